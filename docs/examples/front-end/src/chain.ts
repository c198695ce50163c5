// The way from who said it to the page: originators, relays, the publisher, the reporters.
import { el } from "./elements.js";
import type { Hop } from "./records.js";
import type { Labels } from "./vocabulary.js";

type Naming = Pick<Hop, "label" | "known" | "withheld" | "source_ref">;

/** Return how a hop is named, as the text does it; what is not known or kept back is said, never left out. */
export function hopName({ label, known, withheld, source_ref }: Naming): string {
    if (withheld) return "Withheld to protect them";
    if (!known) return "Unknown: the text does not say who";
    const name = label ?? "Not named";
    return source_ref === null ? name : `${name} (not named in the report)`;
}

/** Make the chain as a list; joint originators share a position, and so a number. */
export function chainElement(chain: readonly Hop[], labels: Labels): HTMLElement {
    return el(
        "ol",
        { class: "chain" },
        ...chain.map((hop) =>
            el(
                "li",
                { value: String(hop.position), "data-role": hop.role, "data-known": String(hop.known) },
                el("span", { class: "role" }, labels("hop_role", hop.role)),
                el("strong", {}, hopName(hop)),
                el("span", { class: "small" }, hopDetails(hop, labels).join("; ")),
            ),
        ),
    );
}

function hopDetails(hop: Hop, labels: Labels): string[] {
    const { capacity, affiliation, on_behalf_of: behalf, medium, addressee, verb } = hop;
    const details: string[] = [];
    if (capacity !== null) details.push(capacity);
    if (affiliation !== null && affiliation.label !== behalf?.label) details.push(affiliation.label);
    if (behalf !== null && behalf.label !== hop.label) details.push(`speaking for ${behalf.label}`);
    if (medium !== null && medium !== "unspecified") details.push(`through: ${labels("medium", medium).toLowerCase()}`);
    if (addressee !== null) details.push(`to ${addressee.label}`);
    if (verb !== null) details.push(`the text’s verb: “${verb}”`);
    return details;
}
