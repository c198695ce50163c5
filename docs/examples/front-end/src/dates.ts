// A date as far as it is known. What is uncertain, open or inferred is said, and why it is believed can be read.
import { el } from "./elements.js";
import type { UncertainDate } from "./records.js";

/**
 * Return the words for what is not sure of a date; none for a date that the source states in full.
 * The API keeps the EDTF (ISO 8601-2) verbatim: "?" after a date is uncertain, "~" approximate, "%" both.
 */
export function doubts(date: Pick<UncertainDate, "edtf" | "basis">): string[] {
    const found: string[] = [];
    if (/[?%]/.test(date.edtf)) found.push("uncertain");
    if (/[~%]/.test(date.edtf)) found.push("approximate");
    if (date.basis === "completed") found.push("completed from the text");
    if (date.basis === "inferred") found.push("inferred");
    return found;
}

/** Make a date to show: its text, and below it what is not sure, with the reasoning to open. */
export function dateElement(date: UncertainDate): HTMLElement {
    const words = doubts(date).join(", ");
    return el("span", { class: "date" }, dayElement(date), words === "" ? null : doubtElement(words, date.reasoning));
}

// A machine-readable day is given only where there is one: `earliest` and `latest` leave doubts out.
function dayElement(date: UncertainDate): HTMLElement {
    const { earliest, latest, text } = date;
    return earliest !== null && earliest === latest ? el("time", { datetime: earliest }, text) : el("span", {}, text);
}

function doubtElement(words: string, reasoning: string | null): HTMLElement {
    if (reasoning === null) return el("span", { class: "doubt" }, words);
    return el("details", { class: "doubt" }, el("summary", {}, words), el("p", {}, reasoning));
}

/** Return the heading under which a date stands in a timeline: the year in which it can begin. */
export function yearOf(date: UncertainDate): string {
    return date.earliest?.slice(0, 4) ?? "Beginning not known";
}

const DAY = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });

/** Return a plain date, such as the first day of a window, in words. */
export function dayText(date: string): string {
    return DAY.format(new Date(`${date}T00:00:00Z`));
}
