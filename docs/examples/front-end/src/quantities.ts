// A number in words, never more exact than its source. Pure: no page, no request.
import type { Figure, Mark, Quantifier } from "./records.js";

type Quantity = Pick<Figure, "value" | "lower" | "upper" | "ratio" | "quantifier" | "unit" | "reported">;

// What stands before the number; null where there is none. The compiler holds the list against the contract, but a
// later version of the API may add a quantifier: the pages that run then find none here and show the source's words.
const BEFORE: Readonly<Record<Quantifier, string | null>> = {
    unqualified: "",
    approximately: "about ",
    just_under: "almost ",
    less_than: "less than ",
    at_most: "at most ",
    just_over: "just over ",
    more_than: "more than ",
    at_least: "at least ",
    between: null,
    order_of_magnitude: null,
};

// One and many, for each unit that is written out (vocabulary `unit`); persons are said by the population group.
const UNITS: Readonly<Record<string, readonly [one: string, many: string]>> = {
    "{person}": ["", ""],
    "{household}": [" household", " households"],
    "{plea}": [" plea", " pleas"],
    "%": ["%", "%"],
    "1": ["", ""],
    km2: [" km²", " km²"],
    d: [" day", " days"],
    mo: [" month", " months"],
    a: [" year", " years"],
};

const FORMAT = new Intl.NumberFormat("en", { maximumFractionDigits: 6 });

/** Return a number with its unit: "6,000", "98%", "5 km²". */
export function numberText(value: number, unit: string): string {
    const [one, many] = UNITS[unit] ?? [` ${unit}`, ` ${unit}`];
    return FORMAT.format(value) + (value === 1 ? one : many);
}

/** Return a quantity as its source meant it: "almost 6,000", "1 in 3", "thousands". */
export function quantityText(figure: Quantity): string {
    const { value, lower, upper, ratio, quantifier, unit, reported } = figure;
    const before: string | null | undefined = BEFORE[quantifier];
    if (value !== null && before != null) return before + (ratio === null ? numberText(value, unit) : ratioText(ratio));
    if (quantifier === "between" && lower !== null && upper !== null) {
        return `${FORMAT.format(lower)} to ${numberText(upper, unit)}`;
    }
    // "thousands", and what is not known here: the source's own words are never wrong.
    return reported ?? boundsText(lower, upper, unit);
}

function ratioText({ numerator, denominator }: NonNullable<Quantity["ratio"]>): string {
    return `${FORMAT.format(numerator)} in ${FORMAT.format(denominator)}`;
}

function boundsText(lower: number | null, upper: number | null, unit: string): string {
    if (lower !== null && upper !== null) return `${FORMAT.format(lower)} to ${numberText(upper, unit)}`;
    if (lower !== null) return `at least ${numberText(lower, unit)}`;
    return upper === null ? "a number not stated" : `at most ${numberText(upper, unit)}`;
}

/** Return a number at one end of a spread: "almost 6,000"; "2,000 or more" where its source sets no upper bound. */
export function markText(mark: Pick<Mark, "number" | "by" | "quantifier">, unit: string): string {
    const number = numberText(mark.number, unit);
    if (mark.by === "lower" && mark.quantifier !== "between") return `${number} or more`;
    if (mark.by === "upper" && mark.quantifier !== "between") return `at most ${number}`;
    return (BEFORE[mark.quantifier] ?? "") + number;
}
