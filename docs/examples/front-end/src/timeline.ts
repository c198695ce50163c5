// What happened, by whose account: claims in the order of their events, as far as the dates are known.
import { api } from "./api.js";
import { attributionElement, claimLink, statementElement } from "./attribution.js";
import { dateElement, yearOf } from "./dates.js";
import { el } from "./elements.js";
import { pages } from "./pages.js";
import type { Claim, Crisis, UncertainDate } from "./records.js";
import type { Labels } from "./vocabulary.js";

/** Read the claims of a crisis by the dates of their events, and return them as a timeline. */
export async function timeline(crisis: Crisis, labels: Labels): Promise<Node[]> {
    const years = el("div", { class: "timeline" });
    // A claim without an event is none of a timeline; `event_from` leaves it out, with what was before the crisis.
    const since = crisis.dates?.earliest ?? "1900-01-01";
    const rest = await pages(
        (cursor) =>
            api.GET("/v1/claims", {
                params: { query: { crisis: [crisis.id], event_from: since, sort: "event", limit: 20, ...cursor } },
            }),
        (claims) => {
            const entries = claims.flatMap((claim) =>
                claim.event === null ? [] : [place(years, claim, claim.event, labels)],
            );
            return entries[0] ?? null;
        },
    );
    if (years.childElementCount === 0) return [el("p", {}, "No dated claims are on record.")];
    return [years, ...rest];
}

// Claims come in the order of their events, so an entry belongs to the last year shown, or begins the next.
function place(years: HTMLElement, claim: Claim, event: UncertainDate, labels: Labels): HTMLElement {
    const year = yearOf(event);
    let group = years.lastElementChild;
    if (group?.getAttribute("data-year") !== year) {
        group = el("section", { "data-year": year }, el("h3", {}, year), el("ol", {}));
        years.append(group);
    }
    const entry = entryElement(claim, event, labels);
    group.querySelector("ol")?.append(entry);
    return entry;
}

function entryElement(claim: Claim, event: UncertainDate, labels: Labels): HTMLElement {
    const kind = labels("claim_kind", claim.kind);
    // A hedge is the speaker's own: without it a fear would read as a fact.
    const hedge = claim.hedge === null ? "" : `, hedged: ${labels("hedge_type", claim.hedge.type).toLowerCase()}`;
    return el(
        "li",
        { tabindex: "-1", "data-claim": claim.id },
        dateElement(event),
        el(
            "div",
            {},
            statementElement(claim.statement, claim.lang),
            el(
                "p",
                { class: "kind" },
                `${kind}${hedge} · `,
                claimLink(claim.id, "the claim and its chain", claim.statement),
            ),
            attributionElement(claim.attribution, claim.report),
        ),
    );
}
