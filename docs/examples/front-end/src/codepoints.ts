// Places in a text. The API counts Unicode code points; a JavaScript string counts UTF-16 units, and every character
// beyond U+FFFF (an emoji, say) is two of these: text.slice(start, end) would show the wrong words. Pure.
import type { Segment } from "./records.js";

/** Return the index in a JavaScript string at which a code point of the text stands. */
export function utf16Index(text: string, codePoint: number): number {
    let index = 0;
    for (let passed = 0; passed < codePoint && index < text.length; passed += 1) {
        index += (text.codePointAt(index) ?? 0) > 0xffff ? 2 : 1;
    }
    return index;
}

/** Return the words between two code points, the end not included. */
export function wordsAt(text: string, { start, end }: Pick<Segment, "start" | "end">): string {
    const from = utf16Index(text, start);
    return text.slice(from, from + utf16Index(text.slice(from), end - start));
}

/** Whether a text holds at a segment's place exactly the words that were annotated there. */
export async function isAt(text: string, segment: Pick<Segment, "start" | "end" | "sha256">): Promise<boolean> {
    const bytes = new TextEncoder().encode(wordsAt(text, segment));
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("") === segment.sha256;
}
