// The words for the API's codes. The lists are served, so no label is kept here.
import { answer, api } from "./api.js";
import type { Vocabulary } from "./records.js";

/** Give the label of a code of a vocabulary; a code that nobody knows is better than nothing. */
export type Labels = (vocabulary: string, code: string) => string;

/** Read all vocabularies, once for a page. */
export async function readLabels(): Promise<Labels> {
    const { data } = await answer(api.GET("/v1/vocabularies", { params: { query: { limit: 1000 } } }));
    return labelsOf(data);
}

/** Return labels made of vocabularies. */
export function labelsOf(vocabularies: readonly Pick<Vocabulary, "name" | "terms">[]): Labels {
    const found = new Map<string, string>();
    for (const { name, terms } of vocabularies) {
        for (const { code, label } of terms) found.set(`${name}/${code}`, label);
    }
    return (vocabulary, code) => found.get(`${vocabulary}/${code}`) ?? code.replaceAll("_", " ");
}
