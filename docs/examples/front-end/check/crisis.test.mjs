// The page of the seed's crisis promises: every number and every claim stands with whoever said it, as the API says.
import assert from "node:assert/strict";
import { test } from "node:test";
import { API, asked, visit, walked } from "./browser.mjs";

const texts = (locator) => locator.evaluateAll((found) => found.map((one) => one.innerText.trim()));
const ids = (locator, name) =>
    locator.evaluateAll((found, attribute) => found.map((one) => one.getAttribute(attribute)), name);

/** Press "Show more" until the part of the page has no more, waiting for new records each time. */
async function showAll(part, records) {
    const button = part.getByRole("button", { name: "Show more" });
    while (await button.isVisible()) {
        const before = await records.count();
        await button.click();
        await records.nth(before).waitFor();
        const focused = await records.nth(before).evaluate((one) => one.closest("li") === document.activeElement);
        assert.ok(focused, "reading goes on at the first new record");
    }
}

test("key figures are cards with number, voice, date, attribution and the claim", async () => {
    const page = await visit("index.html");
    const cards = page.locator("#figures .card");
    assert.deepEqual(await texts(cards.locator(".number")), [
        "6,300,000",
        "100,000",
        "1 in 3",
        "almost 6,000",
        "5 km²",
        "100,000",
    ]);
    assert.deepEqual(await texts(cards.locator("dl > div:first-child dd")), [
        "UNHCR",
        "The Media Line",
        "Russia",
        "Russia",
        "White Helmets",
        "White Helmets",
    ]);
    await showAll(page.locator("#figures"), cards);
    assert.equal(await cards.count(), 8);

    const figures = new Map((await walked("/v1/figures?crisis=syria-civil-war")).map((one) => [one.id, one]));
    for (const card of await cards.all()) {
        const figure = figures.get(await card.getAttribute("data-figure"));
        assert.equal(await card.locator(".said").innerText(), figure.attribution.text);
        assert.equal(await card.locator(".what").innerText(), figure.text);
        assert.equal(figure.derived, null, "what nobody stated is no key figure");
        assert.match(await card.locator("dl").innerText(), new RegExp(`As of\\s+${figure.reference_period.text}`));
        assert.equal(await card.locator(".attribution a").getAttribute("href"), figure.report.url);
        assert.match(
            await card.getByRole("link", { name: "Who said it" }).getAttribute("href"),
            new RegExp(`^claim\\.html\\?.*id=${figure.claim.id}$`),
        );
    }
});

test("nothing on the page is a sum", async () => {
    const page = await visit("index.html");
    const shown = (await page.locator("body").innerText())
        .match(/\d[\d,]*\d/g)
        .map((one) => Number(one.replaceAll(",", "")));
    const big = new Set(shown.filter((one) => one >= 3000));
    assert.deepEqual(
        [...big].sort((one, other) => one - other),
        [6000, 100000, 6300000],
    );
});

test("a comparison has a row for each voice, and a spread that says what it is", async () => {
    const page = await visit("index.html");
    const part = page.locator("#comparison");
    assert.deepEqual(await texts(part.locator("tbody th")), ["The Media Line", "White Helmets"]);
    assert.deepEqual(await texts(part.locator("tbody strong")), ["100,000", "100,000"]);
    const [media, helmets] = await texts(part.locator("tbody td"));
    assert.match(media, /As of\s+Tuesday 13 December 2016\s+uncertain, inferred/);
    assert.match(
        media,
        /The Media Line, in its own words[^]*Counted as an independent voice\. Carried by The Media Line \(1 report\)\.$/,
    );
    assert.match(
        helmets,
        /As of\s+12 December 2016[^]*The Syria Civil Defense \(first responders in Syria\), in a message/,
    );
    assert.match(await part.innerText(), /2 independent voices, carried by 1 publisher\./);
    assert.deepEqual((await part.locator(".spread").innerText()).split(/\n+/), [
        "Lowest reported: 100,000 (The Media Line, White Helmets)",
        "Highest reported: 100,000 (The Media Line, White Helmets)",
        "From 6 December 2016 to 13 December 2016. Reported, not an estimate.",
    ]);
    const near = await part.locator(".near li").innerText();
    assert.match(
        near,
        /^almost 100,000 · almost 100,000 people waiting for death\s+Not compared: of another group \(people\)\.\s+Dr\. Khaula Sawah/,
    );
});

test("another comparison is chosen with the keyboard, and says why it has no spread", async () => {
    const page = await visit("index.html");
    const { data } = await asked("/v1/compare?crisis=syria-civil-war&limit=100");
    const wanted = data.findIndex(({ measure }) => measure.code === "people_departed");
    await page.getByLabel("What and where").focus();
    for (let step = 0; step < wanted; step += 1) await page.keyboard.press("ArrowDown");
    const part = page.locator("#comparison");
    await part.getByText("People departed (civilians), East Aleppo: by voice").waitFor();
    assert.match(await part.locator(".spread").innerText(), /^No spread\. Only one voice can be counted/);
    assert.deepEqual(await texts(part.locator("tbody strong")), ["almost 6,000"]);
    assert.match(
        await part.locator(".near").innerText(),
        /about 2,000[^]*Not compared: of another group \(children\); computed here, stated by nobody\./,
    );
});

test("the timeline holds every dated claim in the order of the events, and says what is not sure", async () => {
    const page = await visit("index.html");
    const entries = page.locator("#timeline li");
    assert.equal(await entries.count(), 20);
    await showAll(page.locator("#timeline"), entries);

    const claims = (await walked("/v1/claims?crisis=syria-civil-war&event_from=2011-01-01&sort=event")).filter(
        ({ event }) => event,
    );
    assert.deepEqual(
        await ids(entries, "data-claim"),
        claims.map(({ id }) => id),
    );
    const begins = claims.map(({ event }) => event.earliest ?? "9999");
    assert.deepEqual(begins, begins.toSorted());
    assert.deepEqual(await texts(page.locator("#timeline h3")), ["2011", "2012", "2016", "Beginning not known"]);
    const said = await texts(page.locator("#timeline .said"));
    assert.deepEqual(
        said,
        claims.map(({ attribution }) => attribution.text),
    );
    const hedged = claims.map(({ hedge }) => hedge !== null);
    assert.deepEqual(
        (await texts(page.locator("#timeline .kind"))).map((one) => one.includes(", hedged: ")),
        hedged,
    );
    assert.ok(hedged.includes(true) && hedged.includes(false));

    const guess = page.locator(`[data-claim="${claims.find(({ event }) => event.edtf === "2016-12-14?").id}"]`);
    assert.match(await guess.locator(".date").innerText(), /^Wednesday 14 December 2016\s+uncertain, inferred$/);
    await guess.locator("summary").focus();
    await page.keyboard.press("Enter");
    const { reasoning } = claims.find(({ event }) => event.edtf === "2016-12-14?").event;
    await guess.getByText(reasoning).waitFor();
});

test("a claim's page shows its whole chain, unknown hops too", async () => {
    const claims = await walked("/v1/claims?crisis=syria-civil-war");
    const unknown = claims.find(({ attribution }) => attribution.chain.some(({ known }) => !known));
    const page = await visit("claim.html", { id: unknown.id });
    const hops = page.locator(".chain li");
    assert.deepEqual(await texts(hops.locator("strong")), [
        "Unknown: the text does not say who",
        "Laila Kiki",
        "The Media Line",
        "Katie Beiter",
    ]);
    assert.deepEqual(await texts(hops.locator(".role")), ["Originator", "Relay", "Publisher", "Reporter"]);
    assert.match(
        await hops.nth(1).innerText(),
        /media lead; the Syria Campaign; through: interview; to The Media Line/,
    );
    assert.match(await page.locator("#claim").innerText(), /Hedged by whoever made it\s+Hearsay/);
    assert.equal(await page.locator(".cite").innerText(), unknown.cite.text);
    assert.match(await page.title(), /is said to be .* – Onrecord example$/);
    await page.getByRole("link", { name: "All that is reported of this crisis" }).click();
    await page.getByRole("heading", { level: 1, name: "Syria: civil war" }).waitFor();
});

test("a number that nobody stated is marked wherever it is shown", async () => {
    const [derived] = await walked("/v1/figures?derived=true");
    const page = await visit("claim.html", { id: derived.claim.id });
    const card = page.locator(`[data-figure="${derived.id}"]`);
    assert.equal(
        await card.locator(".derived").innerText(),
        `Computed here, stated by nobody: ${derived.derived.formula}`,
    );
});

test("the address of the API is the page's to choose", async () => {
    const page = await visit("index.html");
    const origins = new Set();
    page.on("request", (request) => origins.add(new URL(request.url()).origin));
    await page.reload();
    await page.locator("#figures .card").first().waitFor();
    assert.ok(origins.has(API));
});
