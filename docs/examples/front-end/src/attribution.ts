// Who said it. The API writes the line; a client shows it as it is and never makes one of its own.
import { el, inLanguage, outward } from "./elements.js";
import type { Attribution, Report } from "./records.js";

/** Make the line that stands with every claim and every figure: who said it, and which report carried it. */
export function attributionElement(attribution: Attribution, report: Report): HTMLElement {
    return el(
        "p",
        { class: "attribution" },
        el("span", { class: "said" }, attribution.text),
        " · ",
        outward(report.url, `${report.publisher}, ${report.published.text}`),
    );
}

/** Make a link to the page of a claim, which shows the whole chain; `about` tells it from others of the same text. */
export function claimLink(id: string, text: string, about: string | null = null): HTMLElement {
    const query = new URLSearchParams(location.search);
    query.set("id", id);
    const label = about === null ? {} : { "aria-label": `${text}: ${about}` };
    return el("a", { href: `claim.html?${query}`, ...label }, text);
}

/** Make a statement of ours, in its language. */
export function statementElement(statement: string, lang: string): HTMLElement {
    return inLanguage("p", lang, statement);
}
