// The page is made of elements and text, never of strings of HTML: whatever a record says stays text.
export type Child = Node | string | null;

/** Make an element: its attributes, then its children; null children are left out. */
export function el<K extends keyof HTMLElementTagNameMap>(
    tag: K,
    attributes: Readonly<Record<string, string>> = {},
    ...children: Child[]
): HTMLElementTagNameMap[K] {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children.filter((child) => child !== null));
    return element;
}

/** Return an element of the page by its id; a page without it is a mistake of ours. */
export function byId(id: string): HTMLElement {
    const found = document.getElementById(id);
    if (found === null) throw new Error(`The page has no #${id}.`);
    return found;
}

/** Make a text in its own language, which may run from right to left. */
export function inLanguage<K extends keyof HTMLElementTagNameMap>(
    tag: K,
    lang: string,
    text: string,
): HTMLElementTagNameMap[K] {
    return el(tag, { lang, dir: "auto" }, text);
}

/** Make a link to another site; an address that is not one of the web stays text. */
export function outward(url: string, text: string): HTMLElement {
    if (!/^https?:\/\//i.test(url)) return el("span", {}, text);
    return el("a", { href: url, rel: "noopener noreferrer" }, text);
}

/** Make a list of terms and what they are; what is null is left out. */
export function facts(rows: readonly (readonly [term: string, what: Child])[]): HTMLDListElement {
    const stated = rows.filter(([, what]) => what !== null);
    return el("dl", {}, ...stated.map(([term, what]) => el("div", {}, el("dt", {}, term), el("dd", {}, what))));
}
