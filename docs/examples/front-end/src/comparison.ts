// Rival figures of one measure and place, a row for each voice. The spread is what was reported, not an estimate.
import { answer, api } from "./api.js";
import { attributionElement, claimLink } from "./attribution.js";
import { dateElement, dayText } from "./dates.js";
import { el } from "./elements.js";
import { markText, quantityText } from "./quantities.js";
import type { Comparison, Figure, Mark, Near, Row, Spread } from "./records.js";
import type { Labels } from "./vocabulary.js";

/** Read the comparisons of a crisis, those of the most voices first, and return one with a choice of the others. */
export async function comparisons(crisis: string, labels: Labels): Promise<Node[]> {
    const { data } = await answer(api.GET("/v1/compare", { params: { query: { crisis: [crisis], limit: 100 } } }));
    const shown = el("div", { id: "compared", "aria-live": "polite" });
    const choice = el("select", { id: "choice" }, ...data.map((one, index) => option(one, index)));

    function show(): void {
        const chosen = data[choice.selectedIndex];
        shown.replaceChildren(...(chosen === undefined ? [] : comparisonElements(chosen, labels)));
    }

    if (data.length === 0) return [el("p", {}, "No figures are on record.")];
    choice.addEventListener("change", show);
    show();
    return [el("p", {}, el("label", { for: "choice" }, "What and where "), choice), shown];
}

function option({ measure, place, voices }: Comparison, index: number): HTMLOptionElement {
    return el("option", { value: String(index) }, `${measure.label}, ${place.name} (${count(voices, "voice")})`);
}

function comparisonElements(comparison: Comparison, labels: Labels): HTMLElement[] {
    const {
        measure,
        place,
        population_group: people,
        rows,
        row_count,
        near,
        near_count,
        voices,
        publishers,
    } = comparison;
    const whom = people === null ? "" : ` (${labels("population_group", people).toLowerCase()})`;
    const caption = el("caption", {}, `${measure.label}${whom}, ${place.name}: by voice`);
    const head = el("tr", {}, ...["Voice", "Reported"].map((text) => el("th", { scope: "col" }, text)));
    const table = el(
        "table",
        {},
        caption,
        el("thead", {}, head),
        el("tbody", {}, ...rows.map((row) => rowElement(row, rows))),
    );
    const elements = [
        el("p", {}, `${count(voices, "independent voice")}, carried by ${count(publishers, "publisher")}.`),
        spreadElement(comparison),
        table,
    ];
    if (row_count > rows.length) elements.push(el("p", {}, `${row_count - rows.length} more voices are not shown.`));
    if (near.length > 0) elements.push(nearElement(near, near_count, labels));
    return elements;
}

function spreadElement({ spread, spread_reason, rows, unit }: Comparison): HTMLElement {
    if (spread === null) return el("p", { class: "spread" }, `No spread. ${spread_reason?.text ?? ""}`);
    const ends: [string, Mark[]][] = [
        ["Lowest", spread.lowest],
        ["Highest", spread.highest],
    ];
    return el(
        "div",
        { class: "spread" },
        ...ends.map(([end, marks]) =>
            el(
                "p",
                {},
                `${end} reported: `,
                el("strong", {}, marksText(marks, unit ?? "")),
                ` (${voicesOf(marks, rows)})`,
            ),
        ),
        el("p", {}, `${daysText(spread)}. ${spread.text}`),
    );
}

// Two voices may give one number in two ways ("6,000", "almost 6,000"): both are said.
function marksText(marks: Mark[], unit: string): string {
    return [...new Set(marks.map((mark) => markText(mark, unit)))].join(" / ");
}

function voicesOf(marks: Mark[], rows: Row[]): string {
    return marks
        .map(({ voice }) => rows.find((row) => row.voice.key === voice)?.voice.label ?? "a voice not shown")
        .join(", ");
}

function daysText({ start, end }: Spread): string {
    return start === end ? `On ${dayText(start)}` : `From ${dayText(start)} to ${dayText(end)}`;
}

function rowElement(row: Row, rows: Row[]): HTMLElement {
    const hidden = row.figure_count - row.figures.length;
    return el(
        "tr",
        { "data-voice": row.voice.key },
        el("th", { scope: "row", dir: "auto" }, row.voice.label),
        el(
            "td",
            {},
            ...row.figures.map((figure) => figureElement(figure, echoText(figure, row, rows))),
            hidden > 0 ? el("p", { class: "small" }, `And ${hidden} earlier.`) : null,
            el("p", { class: "small" }, `${countedText(row)} Carried by ${carriersText(row)}.`),
        ),
    );
}

function figureElement(figure: Figure, echo: string | null): HTMLElement {
    return el(
        "div",
        { class: "reported", "data-figure": figure.id },
        el("p", {}, el("strong", {}, quantityText(figure)), " · ", claimLink(figure.claim.id, figure.text)),
        el("p", {}, "As of ", figure.reference_period ? dateElement(figure.reference_period) : "a day not stated"),
        attributionElement(figure.attribution, figure.report),
        echo === null ? null : el("p", { class: "echo" }, echo),
    );
}

// Ten outlets that repeat one spokesman are one voice: say which figure goes back to which.
function echoText(figure: Figure, row: Row, rows: Row[]): string | null {
    const echo = row.echoes.find((one) => one.figure === figure.id);
    if (echo === undefined) return null;
    const source = rows.find(({ figures }) => figures.some(({ id }) => id === echo.of));
    const whose = source === undefined ? "another voice" : source.voice.label;
    return echo.kind === "repeated" ? `Repeats an earlier figure of ${whose}.` : `Goes back to a figure of ${whose}.`;
}

function countedText({ independence, why }: Row): string {
    const counted = independence === "counted" ? "Counted as an independent voice." : "Not counted.";
    return why === null || why.code === "no_spread" ? counted : `${counted} ${why.text}`;
}

function carriersText({ carried_by: carriers }: Row): string {
    return carriers
        .map(({ publisher, reports }) => `${publisher.name} (${count(reports.length, "report")})`)
        .join(", ");
}

function nearElement(near: Near[], total: number, labels: Labels): HTMLElement {
    const items = near.map(({ figure, differs }) =>
        el(
            "li",
            { "data-figure": figure.id },
            el("p", {}, el("strong", {}, quantityText(figure)), " · ", claimLink(figure.claim.id, figure.text)),
            el(
                "p",
                { class: "differs" },
                `Not compared: ${differs.map((one) => differenceText(one, figure, labels)).join("; ")}.`,
            ),
            attributionElement(figure.attribution, figure.report),
        ),
    );
    const hidden = total > near.length ? el("p", {}, `${total - near.length} more are not shown.`) : null;
    return el("section", { class: "near" }, el("h3", {}, "Near, but not the same"), el("ul", {}, ...items), hidden);
}

function differenceText(differs: string, figure: Figure, labels: Labels): string {
    if (differs === "unit") return `in another unit (${labels("unit", figure.unit).toLowerCase()})`;
    if (differs === "place") return `of a place inside (${figure.place.name})`;
    if (differs === "derived") return "computed here, stated by nobody";
    const people = figure.population_group;
    return people === null
        ? "of whom is not stated"
        : `of another group (${labels("population_group", people).toLowerCase()})`;
}

function count(number: number, what: string): string {
    return `${number} ${what}${number === 1 ? "" : "s"}`;
}
