// Where a claim stands in its report. The text is its publisher's and mostly not in the API, so that whoever has a
// copy can look the words up in it: the copy stays in the browser.
import { isAt, wordsAt } from "./codepoints.js";
import { el } from "./elements.js";
import type { Appearance } from "./records.js";
import type { Labels } from "./vocabulary.js";

/** Make the list of a claim's places, and the field that takes a copy of the text. */
export function placesElement(appearances: readonly Appearance[], labels: Labels): HTMLElement {
    const items = appearances.map((appearance) =>
        el("li", {}, placeText(appearance, labels), quoteElement(appearance)),
    );
    const file = el("input", { type: "file", id: "copy", accept: ".txt,text/plain" });
    const found = el("div", { id: "found", role: "status" });
    file.addEventListener("change", () => {
        const copy = file.files?.[0];
        if (copy !== undefined) void showWords(copy, appearances, found);
    });
    return el(
        "div",
        {},
        el("ul", {}, ...items),
        el(
            "p",
            {},
            el(
                "label",
                { for: "copy" },
                "Have the report as plain text? See the words in your copy; it is not sent anywhere. ",
            ),
            file,
        ),
        found,
    );
}

function placeText({ edition, part, paragraph, segments }: Appearance, labels: Labels): string {
    const where = paragraph === null ? "" : `, paragraph ${paragraph}`;
    const stretches = segments.map(({ start, end }) => `${start}–${end}`).join(" and ");
    return `Edition ${edition}, ${labels("appearance_part", part).toLowerCase()}${where}${stretches === "" ? "" : `, characters ${stretches}`}`;
}

// A quote is there only while the operator of the API holds the text.
function quoteElement({ quote }: Appearance): HTMLElement | null {
    return quote === null
        ? null
        : el("blockquote", { dir: "auto" }, quote.prefix, el("mark", {}, quote.exact), quote.suffix);
}

async function showWords(copy: File, appearances: readonly Appearance[], found: HTMLElement): Promise<void> {
    // Nothing is trimmed and no line end is changed: offsets and digests are of the text as it was received.
    const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(await copy.arrayBuffer());
    const lines: HTMLElement[] = [];
    for (const segment of appearances.flatMap(({ segments }) => segments)) {
        const same = await isAt(text, segment);
        lines.push(
            same
                ? el("blockquote", { dir: "auto" }, wordsAt(text, segment))
                : el("p", {}, `Not the annotated words at ${segment.start}–${segment.end}: this copy differs.`),
        );
    }
    found.replaceChildren(...lines);
}
