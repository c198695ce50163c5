// The page /docs of the API promises: its three guided examples run, the whole reference is drawn, all from its own
// assets. It is checked here because here is a browser.
import assert from "node:assert/strict";
import { test } from "node:test";
import { API, INVENTED, newPage } from "./browser.mjs";
import { violations } from "./reading.mjs";

/** Open /docs and wait until the reference is drawn. */
async function open(options) {
    const page = await newPage(options);
    await page.goto(`${API}/docs`);
    await page.locator("#swagger .opblock").first().waitFor();
    return page;
}

/** Run every guided example, and return the text of each answer. */
async function run(page) {
    const found = [];
    for (const example of await page.locator(".example").all()) {
        await example.getByRole("button", { name: "Run" }).click();
        await example.locator(".answer details").waitFor();
        found.push(await example.locator(".answer").innerText());
    }
    return found;
}

test("the three guided examples come first, and each shows who said what", async () => {
    const page = await open();
    const [search, claim, comparison, ...others] = await run(page);
    assert.deepEqual(others, []);
    assert.match(search, /evacuat/);
    assert.match(claim, /not known[^]*Passed on by\s+Laila Kiki[^]*Published by\s+The Media Line[^]*Katie Beiter/);
    assert.match(comparison, /100,000[^]*White Helmets|White Helmets[^]*100,000/);
    assert.match(comparison, /Reported, not an estimate/);
    const tops = await page
        .locator(".example, #swagger")
        .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().top));
    assert.deepEqual(
        tops,
        tops.toSorted((one, other) => one - other),
    );
});

test("each example's curl and fetch lines ask this very server", async () => {
    const page = await open();
    for (const example of await page.locator(".example").all()) {
        const path = await example.getAttribute("data-path");
        const shown = await example.locator("pre code").evaluateAll((all) => all.map((one) => one.textContent));
        assert.equal(shown[0], `curl '${API}${path}'`);
        assert.ok(shown[1].includes(`fetch("${API}${path}")`));
    }
});

test("every operation of the document is drawn, and one of them runs from the page", async () => {
    const page = await open();
    const document = await (await fetch(`${API}/openapi.json`)).json();
    const operations = Object.values(document.paths).flatMap((path) => Object.keys(path));
    assert.equal(await page.locator("#swagger .opblock").count(), operations.length);
    const operation = page.locator("#swagger .opblock", { hasText: "/v1/crises/{crisis}/overview" }).first();
    await operation.locator(".opblock-summary-control").click();
    await operation.getByRole("button", { name: "Try it out" }).click();
    await operation.locator(".parameters input").first().fill(INVENTED.crisis);
    await operation.getByRole("button", { name: "Execute" }).click();
    await operation.locator(".live-responses-table .response-col_status").getByText("200").first().waitFor();
});

test("the page can be read wide and narrow, by day and by night", async () => {
    for (const [scheme, width] of [
        ["light", 1280],
        ["dark", 390],
    ]) {
        const page = await open({ scheme, width });
        await run(page);
        const content = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(content <= width, `${content} pixels are wider than ${width}`);
        // What Swagger UI draws is not ours to mend; what stands round it is.
        assert.deepEqual(await violations(page, { exclude: [["#swagger"]] }), []);
    }
});
