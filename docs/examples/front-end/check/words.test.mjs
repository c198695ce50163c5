// The pure parts promise: no number, date or hop reads as more certain than its source made it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { hopName } from "../dist/chain.js";
import { isAt, utf16Index, wordsAt } from "../dist/codepoints.js";
import { dayText, doubts, yearOf } from "../dist/dates.js";
import { markText, quantityText } from "../dist/quantities.js";

const PLAIN = {
    value: 6000,
    lower: null,
    upper: null,
    ratio: null,
    quantifier: "unqualified",
    unit: "{person}",
    reported: "6,000",
};
const quantity = (changes) => quantityText({ ...PLAIN, ...changes });

test("every quantifier is said with its number", () => {
    const said = {
        unqualified: "6,000",
        approximately: "about 6,000",
        just_under: "almost 6,000",
        less_than: "less than 6,000",
        at_most: "at most 6,000",
        just_over: "just over 6,000",
        more_than: "more than 6,000",
        at_least: "at least 6,000",
    };
    for (const [quantifier, text] of Object.entries(said)) assert.equal(quantity({ quantifier }), text);
});

test("bounds without a number between them are said as bounds, or in the source's words", () => {
    assert.equal(
        quantity({ quantifier: "between", value: null, lower: 300, upper: 400.5, unit: "km2" }),
        "300 to 400.5 km²",
    );
    const thousands = { quantifier: "order_of_magnitude", value: null, lower: 2000, reported: "thousands" };
    assert.equal(quantity(thousands), "thousands");
    assert.equal(quantity({ ...thousands, reported: null }), "at least 2,000");
    assert.equal(quantity({ ...thousands, reported: null, lower: null, upper: 9 }), "at most 9");
    assert.equal(quantity({ ...thousands, reported: null, lower: null }), "a number not stated");
});

test("a quantifier of a later version never turns into a bare number", () => {
    assert.equal(quantity({ quantifier: "far_below", reported: "nowhere near 6,000" }), "nowhere near 6,000");
});

test("units and stated fractions are said as they are", () => {
    const ratio = { numerator: 1, denominator: 3 };
    assert.equal(quantity({ ratio, value: 0.333333, unit: "1" }), "1 in 3");
    assert.equal(quantity({ ratio, value: 0.333333, unit: "1", quantifier: "just_over" }), "just over 1 in 3");
    const said = {
        "%": "98%",
        km2: "98 km²",
        d: "98 days",
        mo: "98 months",
        a: "98 years",
        "{plea}": "98 pleas",
        "{household}": "98 households",
    };
    for (const [unit, text] of Object.entries(said)) assert.equal(quantity({ value: 98, unit }), text);
    assert.equal(quantity({ value: 1, unit: "d" }), "1 day");
    assert.equal(quantity({ value: 98, unit: "furlong" }), "98 furlong");
    assert.equal(quantity({ value: 123456789012345 }), "123,456,789,012,345");
    assert.equal(quantity({ value: 0.000001, unit: "%" }), "0.000001%");
});

test("the end of a spread says when it is open", () => {
    const mark = (by, quantifier) => markText({ number: 2000, by, quantifier }, "{person}");
    assert.equal(mark("lower", "order_of_magnitude"), "2,000 or more");
    assert.equal(mark("lower", "between"), "2,000");
    assert.equal(mark("upper", "between"), "2,000");
    assert.equal(mark("value", "more_than"), "more than 2,000");
    assert.equal(mark("value", "unqualified"), "2,000");
});

test("doubts of a date are named, and a stated date has none", () => {
    const found = (edtf, basis = "stated") => doubts({ edtf, basis }).join(", ");
    assert.equal(found("2016-12-12"), "");
    assert.equal(found("2016-12-12", "completed"), "completed from the text");
    assert.equal(found("2016-12-13?", "inferred"), "uncertain, inferred");
    assert.equal(found("2011~/2016-12-15?", "inferred"), "uncertain, approximate, inferred");
    assert.equal(found("2016-12%"), "uncertain, approximate");
    assert.equal(yearOf({ earliest: "2011-01-01" }), "2011");
    assert.equal(yearOf({ earliest: null }), "Beginning not known");
    assert.equal(dayText("2016-12-06"), "6 December 2016");
});

test("a hop that is not known, not named or withheld says so", () => {
    const hop = { label: "Laila Kiki", known: true, withheld: false, source_ref: null };
    assert.equal(hopName(hop), "Laila Kiki");
    assert.equal(hopName({ ...hop, label: null, known: false }), "Unknown: the text does not say who");
    assert.equal(hopName({ ...hop, label: null, withheld: true }), "Withheld to protect them");
    assert.equal(
        hopName({ ...hop, withheld: true }),
        "Withheld to protect them",
        "not even by a label that slipped through",
    );
    assert.equal(hopName({ ...hop, label: "analysts", source_ref: "s1" }), "analysts (not named in the report)");
});

test("places count code points, whatever a text is made of", async () => {
    const pieces = ["a", "é", "e\u0301", "“", "م", "💧", "👩‍🚒", "\r\n", "𝔘", " "];
    for (let length = 0; length < 40; length += 1) {
        const text = Array.from({ length }, (_, at) => pieces[(at * 7 + length) % pieces.length]).join("");
        const points = Array.from(text);
        for (let start = 0; start <= points.length; start += 3) {
            assert.equal(utf16Index(text, start), points.slice(0, start).join("").length);
            for (let end = start; end <= points.length; end += 4) {
                assert.equal(wordsAt(text, { start, end }), points.slice(start, end).join(""));
            }
        }
    }
    const sha256 = "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9";
    assert.equal(await isAt("💧hello world!", { start: 1, end: 12, sha256 }), true);
    assert.equal(await isAt("hello world!", { start: 1, end: 12, sha256 }), false);
});

test("a code without a label is shown as words, not left out", async () => {
    globalThis.location = { search: "" };
    const { labelsOf } = await import("../dist/vocabulary.js");
    const labels = labelsOf([{ name: "theme", terms: [{ code: "health", label: "Health" }] }]);
    assert.equal(labels("theme", "health"), "Health");
    assert.equal(labels("claim_kind", "factual_report"), "factual report");
});
