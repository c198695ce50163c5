// A list that goes on: the first page, and a button for the next as long as there is one.
import { Failure, answer, nextCursor } from "./api.js";
import { el } from "./elements.js";
import type { Links } from "./records.js";
import { failureElement } from "./states.js";

interface Page<T> {
    data: T[];
    links: Links;
}

/** Ask for a page of a list: the first without a cursor, every other with that of the page before. */
export type Asking<T> = (cursor: {
    cursor?: string;
}) => Promise<{ data?: Page<T>; error?: unknown; response: Response }>;

/** Return the first page's elements, and the button that adds the next page's before itself. */
export async function pages<T>(ask: Asking<T>, add: (records: T[]) => HTMLElement | null): Promise<Node[]> {
    const first = await answer(ask({}));
    const foot = el("div", { class: "more" });
    let cursor = nextCursor(first.links);

    async function more(): Promise<void> {
        try {
            const page = await answer(ask(cursor === undefined ? {} : { cursor }));
            cursor = nextCursor(page.links);
            const focus = add(page.data);
            offer();
            // The button that had the focus is gone or has moved: go on reading at the first new record.
            focus?.focus();
        } catch (error) {
            if (!(error instanceof Failure)) throw error;
            foot.replaceChildren(failureElement(error, () => void more()));
        }
    }

    function offer(): void {
        foot.replaceChildren();
        if (cursor === undefined) return;
        const button = el("button", { type: "button" }, "Show more");
        button.addEventListener("click", () => {
            button.disabled = true;
            void more();
        });
        foot.append(button);
    }

    add(first.data);
    offer();
    return [foot];
}
