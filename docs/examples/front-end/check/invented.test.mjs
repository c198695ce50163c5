// A crisis that never was promises: what the seed does not have is rendered as carefully as what it has.
import assert from "node:assert/strict";
import { test } from "node:test";
import { INVENTED, visit } from "./browser.mjs";

const CRISIS = { crisis: INVENTED.crisis };
const texts = (locator) => locator.evaluateAll((found) => found.map((one) => one.innerText.trim()));

test("rival voices stand in rows; who repeats another and who cannot be told apart is not counted", async () => {
    const page = await visit("index.html", CRISIS);
    const part = page.locator("#comparison");
    assert.deepEqual(await texts(part.locator("tbody th")), [
        "a speaker",
        "the mayor",
        "Flood Agency",
        "Flood Wire",
        "officials",
    ]);
    assert.deepEqual(await texts(part.locator("tbody strong")), [
        "thousands",
        "more than 15,000",
        "12,000",
        "12,000",
        "20,000",
    ]);
    const rows = await texts(part.locator("tbody td"));
    assert.match(rows[2], /Counted as an independent voice\./);
    assert.match(
        rows[3],
        /Goes back to a figure of Flood Agency\.[^]*Not counted\. Every figure of this voice goes back to another voice\./,
    );
    assert.match(rows[4], /Not counted\. Nobody can say whether this voice is one of the others\./);
    assert.match(await part.innerText(), /3 independent voices, carried by 1 publisher\./);
});

test("a spread's ends keep their qualifiers, and an open end is open", async () => {
    const page = await visit("index.html", CRISIS);
    const spread = await page.locator("#comparison .spread").innerText();
    assert.match(
        spread,
        /^Lowest reported: 2,000 or more \(a speaker\)\s+Highest reported: more than 15,000 \(the mayor\)/,
    );
    const near = await page.locator("#comparison .near li").innerText();
    assert.match(near, /^300 to 400 · [^]*Not compared: of a place inside \(Lower Quarter\)\./);
});

test("a text is shown in its own language and direction", async () => {
    const page = await visit("claim.html", { id: INVENTED.arabic });
    const statement = page.locator(".statement");
    assert.equal(await statement.getAttribute("lang"), "ar");
    assert.equal(await statement.evaluate((one) => getComputedStyle(one).direction), "rtl");
    assert.match(await page.locator("#claim").innerText(), /Hedged by whoever made it\s+Worry/);
    assert.match(await page.locator("#claim").innerText(), /about 11 December 2016\s+approximate, inferred/);
});

test("what a record says stays text, whatever it looks like", async () => {
    const page = await visit("index.html", CRISIS);
    const entry = page.locator(`[data-claim="${INVENTED.hostile}"]`);
    assert.match(await entry.innerText(), /<img src=x onerror=/);
    assert.equal(await page.locator("img").count(), 0);
    assert.equal(await page.title(), "An invented flood – Onrecord example");
});

test("a copy of the text shows the claim's own words, counted in code points", async () => {
    const page = await visit("claim.html", { id: INVENTED.mayor });
    const copy = (text) => ({ name: "copy.txt", mimeType: "text/plain", buffer: Buffer.from(text) });
    const input = page.getByLabel("Have the report as plain text?");
    await input.setInputFiles(copy(INVENTED.text));
    assert.equal(await page.locator("#found blockquote").innerText(), INVENTED.words);
    await input.setInputFiles(copy(INVENTED.text.replaceAll("\r\n", "\n")));
    await page.locator("#found p").waitFor();
    assert.match(await page.locator("#found").innerText(), /^Not the annotated words at \d+–\d+: this copy differs\.$/);
});
