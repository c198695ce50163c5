// The page of one claim: what is claimed, by whom, by which way it came, and where it stands.
import { answer, api } from "./api.js";
import { statementElement } from "./attribution.js";
import { card } from "./cards.js";
import { chainElement } from "./chain.js";
import { dateElement } from "./dates.js";
import { byId, el, facts, outward } from "./elements.js";
import { placesElement } from "./places.js";
import type { Claim, Figure } from "./records.js";
import { fill } from "./states.js";
import { type Labels, readLabels } from "./vocabulary.js";

function claimElements(claim: Claim, figures: Figure[], labels: Labels): HTMLElement[] {
    const { attribution, corrections, report } = claim;
    const statement = statementElement(claim.statement, claim.lang);
    statement.className = "statement";
    return [
        el("p", {}, crisisLink(report.crisis)),
        statement,
        facts([
            ["Kind", labels("claim_kind", claim.kind)],
            ["Hedged by whoever made it", claim.hedge === null ? null : labels("hedge_type", claim.hedge.type)],
            ["When", claim.event === null ? null : dateElement(claim.event)],
            ["Said", attribution.said_on === null ? null : dateElement(attribution.said_on)],
            ["Form", labels("attribution_form", attribution.form)],
            [
                "Corrected",
                corrections.count === 0 ? null : `${corrections.count} times; last: ${corrections.note ?? "no note"}`,
            ],
        ]),
        el("h2", {}, "Who said it, and how it came here"),
        el("p", { class: "attribution" }, attribution.text),
        chainElement(attribution.chain, labels),
        el("h2", {}, "Where it stands"),
        el(
            "p",
            {},
            outward(report.url, report.title),
            ` (${report.publisher}, published `,
            dateElement(report.published),
            ")",
        ),
        placesElement(claim.appearances, labels),
        ...(figures.length === 0
            ? []
            : [
                  el("h2", {}, "Its figures"),
                  el("ul", { class: "cards" }, ...figures.map((one) => el("li", {}, card(one, labels)))),
              ]),
        el("h2", {}, "How to cite it"),
        el("p", { class: "cite" }, claim.cite.text),
    ];
}

function crisisLink(slug: string): HTMLElement {
    const query = new URLSearchParams(location.search);
    query.delete("id");
    query.set("crisis", slug);
    return el("a", { href: `index.html?${query}` }, "All that is reported of this crisis");
}

await fill(byId("claim"), async () => {
    const id = new URLSearchParams(location.search).get("id") ?? "";
    const params = { path: { claim: id } };
    const [labels, { data: claim }, { data: figures }] = await Promise.all([
        readLabels(),
        answer(api.GET("/v1/claims/{claim}", { params })),
        answer(api.GET("/v1/claims/{claim}/figures", { params })),
    ]);
    document.title = `${claim.statement} – Onrecord example`;
    return claimElements(claim, figures, labels);
});
