// What every check in a browser needs: the addresses, Chromium, and pages that are watched. scripts/front-end sets
// what is asked for here.
import assert from "node:assert/strict";
import { after, afterEach, before } from "node:test";
import { chromium } from "playwright-core";

function setting(name) {
    const value = process.env[name];
    if (!value) throw new Error(`${name} is not set: run scripts/front-end.`);
    return value;
}

/** The API on the seed and the invented crisis; an API whose database is away; the front end; ids of the invented. */
export const API = setting("FRONT_END_API");
export const AWAY = setting("FRONT_END_AWAY");
export const SITE = setting("FRONT_END_SITE");
export const INVENTED = JSON.parse(setting("FRONT_END_INVENTED"));

const ARGUMENTS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    // Whatever is not on this machine has no address, so that a request to it fails and is seen.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];

let browser;
let open = [];

before(async () => {
    browser = await chromium.launch({ executablePath: setting("CHROMIUM"), args: ARGUMENTS });
});
after(() => browser?.close());

// Whatever a check was about: no script failed, nothing was complained about, nothing left this machine.
afterEach(async () => {
    const watched = open;
    open = [];
    await Promise.all(watched.map(({ page }) => page.context().close()));
    for (const { complaints, abroad } of watched) {
        assert.deepEqual(complaints, []);
        assert.deepEqual(abroad, []);
    }
});

/** Return a new page; `refused` says that answers other than 200 belong to the check. */
export async function newPage({ width = 1280, scheme = "light", refused = false } = {}) {
    const context = await browser.newContext({
        viewport: { width, height: 900 },
        colorScheme: scheme,
        reducedMotion: "reduce",
    });
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    const watch = { page, complaints: [], abroad: [] };
    open.push(watch);
    page.on("pageerror", (error) => watch.complaints.push(String(error)));
    page.on("console", (message) => {
        const expected = refused && message.text().startsWith("Failed to load resource");
        if (["error", "warning"].includes(message.type()) && !expected) watch.complaints.push(message.text());
    });
    page.on("request", (request) => {
        const url = new URL(request.url());
        if (url.protocol !== "data:" && url.hostname !== "127.0.0.1") watch.abroad.push(request.url());
    });
    return page;
}

/** Open a page of the front end and wait until every part of it has its answer. */
export async function visit(path, query = {}, options = {}) {
    const page = await newPage(options);
    await page.goto(`${SITE}/${path}?${new URLSearchParams({ api: API, ...query })}`);
    await settled(page);
    return page;
}

/** Wait until something is shown and no part of a page is busy. */
export async function settled(page) {
    await page.waitForFunction(
        () => document.querySelector("[aria-busy]") && !document.querySelector('[aria-busy="true"]'),
    );
}

/** Return what the API itself says, asked without the front end. */
export async function asked(path) {
    const answer = await fetch(`${API}${path}`);
    assert.equal(answer.status, 200, path);
    return answer.json();
}

/** Return every record of a list of the API. */
export async function walked(path) {
    const found = [];
    for (let next = path; next !== null;) {
        const page = await asked(next);
        found.push(...page.data);
        next = page.links.next;
    }
    return found;
}
