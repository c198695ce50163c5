// What a part of the page shows while it waits, and when it does not get its answer.
import { Failure } from "./api.js";
import { el } from "./elements.js";

/** Fill a part of the page with what `read` brings, saying so meanwhile, and why when it brings nothing. */
export async function fill(part: HTMLElement, read: () => Promise<Node[]>): Promise<void> {
    part.setAttribute("aria-busy", "true");
    part.replaceChildren(el("p", { role: "status", class: "waiting" }, "Loading…"));
    try {
        part.replaceChildren(...(await read()));
    } catch (error) {
        if (!(error instanceof Failure)) throw error;
        part.replaceChildren(failureElement(error, () => void fill(part, read)));
    } finally {
        part.setAttribute("aria-busy", "false");
    }
}

/** Make the message of a failure: what happened, and what can be done. */
export function failureElement(failure: Failure, again: () => void): HTMLElement {
    const { problem } = failure;
    if (problem?.code === "retracted") return retractedElement(failure);
    const wait = failure.seconds === null ? "" : ` Try again in ${failure.seconds} seconds.`;
    const message = el(
        "div",
        { role: "alert", class: "failure" },
        el("p", { class: "title" }, problem?.title ?? "No answer"),
        el("p", {}, failure.message + wait),
        problem === null ? null : el("p", { class: "small" }, `Request ${problem.request_id}`),
    );
    // What was asked is wrong, and will be wrong again; only what is away can come back.
    if (problem === null || problem.status >= 500) {
        const button = el("button", { type: "button" }, "Try again");
        button.addEventListener("click", again);
        message.append(button);
    }
    return message;
}

// 410: the record was here and was withdrawn. Whoever kept a copy takes it down, and says so in its place.
function retractedElement({ problem }: Failure): HTMLElement {
    const retracted = problem?.retracted;
    return el(
        "div",
        { role: "alert", class: "failure" },
        el("p", { class: "title" }, "Retracted"),
        el("p", {}, "This record was withdrawn and must not be cited."),
        retracted?.note == null ? null : el("p", {}, retracted.note),
        retracted == null
            ? null
            : el(
                  "p",
                  { class: "small" },
                  `On ${retracted.at.slice(0, 10)}, because: ${retracted.cause.replaceAll("_", " ")}.`,
              ),
    );
}
