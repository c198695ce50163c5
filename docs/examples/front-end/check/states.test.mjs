// The pages promise: whatever goes wrong is said in words, and what can come back can be asked for again.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { API, AWAY, INVENTED, newPage, settled, SITE, visit } from "./browser.mjs";

const CLAIM = { id: INVENTED.withdrawn };

/** Withdraw a claim, as an editor does while the API serves. */
function retract(id) {
    const module = ["-m", "tests.support.invented", "retract", process.env.ONRECORD_DATABASE_URL, id];
    execFileSync(process.env.FRONT_END_PYTHON, module, { cwd: process.env.FRONT_END_ROOT });
}

test("a retracted claim is gone from a page that showed it, with when and why", async () => {
    const page = await visit("claim.html", CLAIM, { refused: true });
    const statement = await page.locator(".statement").innerText();
    retract(INVENTED.withdrawn);
    await page.reload();
    await settled(page);
    const alert = page.getByRole("alert");
    assert.match(
        await alert.innerText(),
        /^Retracted\s+This record was withdrawn and must not be cited\.\s+Withdrawn by its publisher\.\s+On 20\d\d-\d\d-\d\d, because: publisher correction\.$/,
    );
    assert.equal((await page.locator("body").innerText()).includes(statement), false);
    assert.equal(await page.getByRole("button").count(), 0, "asking again would not bring it back");
});

test("an unknown claim and an unknown crisis are said to be unknown", async () => {
    for (const [path, query] of [
        ["claim.html", { id: "clm_0" }],
        ["claim.html", {}],
        ["index.html", { crisis: "no-such-crisis" }],
    ]) {
        const page = await visit(path, query, { refused: true });
        assert.match(await page.getByRole("alert").innerText(), /^Not found/);
        assert.equal(await page.getByRole("button").count(), 0);
    }
});

test("an API whose database is away is said to be unavailable, with when to try again", async () => {
    const page = await visit("index.html", { api: AWAY }, { refused: true });
    assert.match(
        await page.getByRole("alert").innerText(),
        /^Unavailable[^]*Try again in \d+ seconds\.\s+Request [\w.-]+\s+Try again$/,
    );
    assert.equal(await page.locator("main").isVisible(), false);
});

test("an API that is not there is said so, and trying again brings the page", async () => {
    const page = await newPage({ refused: true });
    await page.route(`${API}/v1/crises/**`, (route) => route.abort(), { times: 1 });
    await page.goto(`${SITE}/index.html?api=${API}`);
    await settled(page);
    assert.match(await page.getByRole("alert").innerText(), /^No answer\s+The API cannot be reached\./);
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("heading", { level: 1, name: "Syria: civil war" }).waitFor();
    await page.locator("#figures .card").first().waitFor();
    assert.equal(await page.getByRole("alert").count(), 0);
});

test("what answers in another way than the API is no answer", async () => {
    for (const [status, body] of [
        [502, "<h1>Bad gateway</h1>"],
        [200, "<h1>Log in</h1>"],
        [500, ""],
    ]) {
        const page = await newPage({ refused: true });
        const headers = { "content-type": "text/html", "access-control-allow-origin": "*" };
        await page.route(`${API}/v1/crises/**`, (route) => route.fulfill({ status, headers, body }), { times: 1 });
        await page.goto(`${SITE}/index.html?api=${API}`);
        await settled(page);
        assert.match(await page.getByRole("alert").innerText(), /^No answer/, `${status}`);
    }
});

test("a next page that does not come is asked for again, and nothing is shown twice", async () => {
    const page = await visit("index.html", {}, { refused: true });
    await page.route(/cursor=/, (route) => route.abort(), { times: 1 });
    const part = page.locator("#timeline");
    await part.getByRole("button", { name: "Show more" }).click();
    await part.getByRole("button", { name: "Try again" }).click();
    await part.locator("li").nth(20).waitFor();
    const ids = await part.locator("li").evaluateAll((found) => found.map((one) => one.dataset.claim));
    assert.equal(new Set(ids).size, ids.length);
    assert.equal(ids.length, 40);
    assert.equal(await page.getByRole("alert").count(), 0);
});

test("a part that waits says so", async () => {
    const page = await newPage();
    let release = () => {};
    const held = new Promise((resolve) => (release = resolve));
    await page.route(`${API}/v1/figures?**`, async (route) => (await held, route.continue()));
    await page.goto(`${SITE}/index.html?api=${API}`);
    await page.locator("#figures[aria-busy='true']").getByRole("status").getByText("Loading…").waitFor();
    release();
    await page.locator("#figures .card").first().waitFor();
    await settled(page);
});

test("an unchanged answer costs a 304: the browser checks its copy by the entity tag", async () => {
    const page = await visit("index.html");
    const session = await page.context().newCDPSession(page);
    const urls = new Map();
    const statuses = new Map();
    // The two events of a request come in either order, and after the page has long gone on.
    const five = new Promise((resolve) => {
        const look = () => {
            const found = [...statuses].filter(([id]) => urls.get(id)?.startsWith(API)).map(([, status]) => status);
            if (found.length === 5) resolve(found);
        };
        session.on("Network.requestWillBeSent", ({ requestId, request }) => (urls.set(requestId, request.url), look()));
        session.on(
            "Network.responseReceivedExtraInfo",
            ({ requestId, statusCode }) => (statuses.set(requestId, statusCode), look()),
        );
    });
    await session.send("Network.enable");
    await page.reload();
    assert.deepEqual(await five, [304, 304, 304, 304, 304]);
});
