// The page of a crisis: three parts, each of which loads, fails and can be tried again by itself.
import { answer, api } from "./api.js";
import { keyFigures } from "./cards.js";
import { comparisons } from "./comparison.js";
import { dateElement } from "./dates.js";
import { byId, inLanguage } from "./elements.js";
import type { Crisis } from "./records.js";
import { fill } from "./states.js";
import { timeline } from "./timeline.js";
import { type Labels, readLabels } from "./vocabulary.js";

const slug = new URLSearchParams(location.search).get("crisis") ?? "syria-civil-war";

function fillParts(crisis: Crisis, labels: Labels): void {
    byId("parts").hidden = false;
    void fill(byId("figures"), () => keyFigures(crisis.id, labels));
    void fill(byId("comparison"), () => comparisons(crisis.id, labels));
    void fill(byId("timeline"), () => timeline(crisis, labels));
}

await fill(byId("crisis"), async () => {
    const [{ data: crisis }, labels] = await Promise.all([
        answer(api.GET("/v1/crises/{crisis}", { params: { path: { crisis: slug } } })),
        readLabels(),
    ]);
    document.title = `${crisis.name} – Onrecord example`;
    fillParts(crisis, labels);
    const heading = inLanguage("h1", crisis.lang, crisis.name);
    return crisis.dates === null ? [heading] : [heading, dateElement(crisis.dates)];
});
