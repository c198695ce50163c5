// Key figures: one card a figure, with its voice. Rival numbers stand side by side; nothing is added up.
import { api } from "./api.js";
import { attributionElement, claimLink } from "./attribution.js";
import { dateElement } from "./dates.js";
import { el, facts } from "./elements.js";
import { pages } from "./pages.js";
import { quantityText } from "./quantities.js";
import type { Figure } from "./records.js";
import type { Labels } from "./vocabulary.js";

// Which measures are key is for each page to say; codes come from /v1/vocabularies/measure.
const MEASURES = [
    "people_besieged",
    "people_displaced_stock",
    "people_departed",
    "children_share",
    "area_besieged",
    "territory_controlled",
];

/** Read the key figures of a crisis, those of the newest days first, and return their cards. */
export async function keyFigures(crisis: string, labels: Labels): Promise<Node[]> {
    const grid = el("ul", { class: "cards" });
    const rest = await pages(
        (cursor) =>
            api.GET("/v1/figures", {
                params: {
                    query: {
                        crisis: [crisis],
                        measure: MEASURES,
                        derived: false,
                        sort: "-reference",
                        limit: 6,
                        ...cursor,
                    },
                },
            }),
        (figures) => {
            const cards = figures.map((figure) => el("li", { tabindex: "-1" }, card(figure, labels)));
            grid.append(...cards);
            return cards[0] ?? null;
        },
    );
    if (grid.childElementCount === 0) return [el("p", {}, "No key figures are on record.")];
    return [grid, ...rest];
}

/** Make the card of a figure: the number as its source qualified it, and whose number it is. */
export function card(figure: Figure, labels: Labels): HTMLElement {
    const people = figure.population_group;
    return el(
        "article",
        { class: "card", "data-figure": figure.id },
        el("h3", {}, el("span", { class: "number" }, quantityText(figure)), el("span", { class: "what" }, figure.text)),
        derivedElement(figure),
        facts([
            ["Voice", figure.voice.label],
            ["As of", figure.reference_period ? dateElement(figure.reference_period) : "not stated"],
            ["Measure", figure.measure.label + (figure.measure.basis === "inferred" ? " (inferred)" : "")],
            ["Of whom", people === null ? null : labels("population_group", people)],
            ["Where", figure.place.name],
            ["In the source’s words", figure.reported === null ? null : el("q", {}, figure.reported)],
        ]),
        attributionElement(figure.attribution, figure.report),
        el("p", {}, claimLink(figure.claim.id, "Who said it, and how it came here", figure.text)),
    );
}

// A figure that nobody stated must not look like one that somebody did.
function derivedElement(figure: Figure): HTMLElement | null {
    if (figure.derived === null) return null;
    return el("p", { class: "derived" }, `Computed here, stated by nobody: ${figure.derived.formula}`);
}
