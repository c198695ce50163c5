// The pages promise: everybody can read them, by eye or ear, by mouse or keys, wide or narrow, by day or night.
import assert from "node:assert/strict";
import { test } from "node:test";
import { INVENTED, visit, walked } from "./browser.mjs";
import { violations } from "./reading.mjs";

const PAGES = {
    "the page of a crisis": () => ["index.html", {}],
    "the page of an invented crisis": () => ["index.html", { crisis: INVENTED.crisis }],
    "the page of a claim with figures": async () => [
        "claim.html",
        { id: (await walked("/v1/claims?has_figures=true&q=trapped"))[0].id },
    ],
    "the page of a claim from right to left": () => ["claim.html", { id: INVENTED.arabic }],
};

for (const [name, where] of Object.entries(PAGES)) {
    test(`${name} can be read wide and narrow, by day and by night`, async () => {
        const page = await visit(...(await where()));
        await page.locator("details").evaluateAll((found) => found.forEach((one) => (one.open = true)));
        for (const [colorScheme, width] of [
            ["light", 1280],
            ["dark", 1280],
            ["light", 390],
            ["dark", 390],
        ]) {
            await page.emulateMedia({ colorScheme });
            await page.setViewportSize({ width, height: 900 });
            const content = await page.evaluate(() => document.documentElement.scrollWidth);
            assert.ok(content <= width, `${content} pixels are wider than ${width}`);
            const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
            assert.equal(Number(ground.match(/\d+/)[0]) < 128, colorScheme === "dark");
            // Widths and colours do not depend on each other: two of the four show both of each.
            if ((width === 390) === (colorScheme === "dark")) assert.deepEqual(await violations(page), []);
        }
    });
}

test("a message can be read as well as what it stands for", async () => {
    for (const scheme of ["light", "dark"]) {
        const page = await visit("claim.html", { id: "clm_0" }, { scheme, refused: true });
        assert.deepEqual(await violations(page), []);
    }
});

test("every control is reached with the tabulator, in the order of the page", async () => {
    const page = await visit("index.html");
    const controls = await page
        .locator("a, button, select, summary")
        .evaluateAll((found) => found.filter((one) => one.checkVisibility()).length);
    const reached = [];
    for (let step = 0; step < controls; step += 1) {
        await page.keyboard.press("Tab");
        reached.push(await page.evaluate(() => document.activeElement.getBoundingClientRect().top + scrollY));
    }
    assert.equal(
        await page.evaluate(() => document.activeElement.textContent),
        "Show more",
        "the last control is the last button",
    );
    const tops = await page
        .locator("section")
        .evaluateAll((found) => found.map((one) => one.getBoundingClientRect().top + scrollY));
    const section = (top) => tops.filter((one) => one <= top).length;
    assert.deepEqual(
        reached.map(section),
        reached.map(section).toSorted((one, other) => one - other),
    );
});
