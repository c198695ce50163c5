"""Why this file exists: hard cases of what compares, what meets and who is counted.

A name, the facts, and the line that tells what a careful reader would say of them (see `told`).
"""

from typing import Any

from app.compare.rules import Fact
from tests.compare.facts import fact

FLOW: dict[str, Any] = {"kind": "flow"}
PEOPLE: dict[str, Any] = {"population_group": "people"}
UNKNOWN: dict[str, Any] = {"independent": False}
TWO = (fact("a1", 12, "100"), fact("b2", 13, "90"))

SPREADS: dict[str, tuple[tuple[Fact, ...], str]] = {
    "nobody said anything": ((), "no_comparable; voices 0"),
    "one voice": ((fact("a1"),), "one_voice; voices 1; a: no_spread"),
    "two voices a day apart": (TWO, "90 (b2) to 100 (a1); voices 2; b: b2, a: a1"),
    "exactly a week apart is within the window": (
        (fact("a1", 5, "100"), fact("b2", 12, "90")),
        "90 (b2) to 100 (a1); voices 2; b: b2, a: a1",
    ),
    "eight days apart is not": (
        (fact("a1", 4, "100"), fact("b2", 12, "90")),
        "no_common_window; voices 2; b: no_spread, a: no_spread",
    ),
    "the newest window wins over a fuller one": (
        (fact("a1", 1), fact("b1", 1), fact("c1", 1), fact("a2", 20, "80"), fact("b2", 21, "70")),
        "70 (b2) to 80 (a2); voices 3; b: b2, a: a2, c: outside_window",
    ),
    "the window ends on a day that somebody spoke of, so a third voice six days back is in it": (
        (fact("a1", 13, "100"), fact("b2", 12, "90"), fact("c3", 7, "120")),
        "90 (b2) to 120 (c3); voices 3; a: a1, b: b2, c: c3",
    ),
    "the newest word of a voice counts, though an older one is in the window too": (
        (fact("a1", 12, "500"), fact("a2", 13, "100"), fact("b3", 13, "90")),
        "90 (b3) to 100 (a2); voices 2; b: b3, a: a2",
    ),
    "of two words on one day the later recorded counts": (
        (fact("a1", 12, "500"), fact("a2", 12, "100"), fact("b3", 12, "90")),
        "90 (b3) to 100 (a2); voices 2; b: b3, a: a2",
    ),
    "a newer figure of nobody else's time does not hide the older one that meets": (
        (fact("a1", 1, "100"), fact("b2", 2, "90"), fact("a3", 30, "80")),
        "90 (b2) to 100 (a1); voices 2; a: a1, b: b2",
    ),
    "an uncertain day meets the window if one of its days does": (
        (fact("a1", 1, "100"), fact("b2", (6, 30), "90")),
        "90 (b2) to 100 (a1); voices 2; b: b2, a: a1",
    ),
    "an undated figure never counts, and stays in its row": (
        (*TWO, fact("c3", None, "5")),
        "90 (b2) to 100 (a1); voices 3; b: b2, a: a1, c: undated",
    ),
    "nor does one with an open end": (
        (*TWO, fact("c3", (None, 12), "5"), fact("d4", (12, None), "5")),
        "90 (b2) to 100 (a1); voices 4; b: b2, a: a1, d: undated, c: undated",
    ),
    "two voices of which one is undated": (
        (fact("a1"), fact("b2", None)),
        "undated; voices 2; a: no_spread, b: undated",
    ),
    "an unnamed source is a row of its own and moves no end": (
        (*TWO, fact("x3", 13, "5", **UNKNOWN)),
        "90 (b2) to 100 (a1); voices 2; b: b2, a: a1, x: unknown_voice",
    ),
    "only unnamed sources": (
        (fact("x1", **UNKNOWN), fact("y2", **UNKNOWN)),
        "no_counted_voice; voices 0; y: unknown_voice, x: unknown_voice",
    ),
    "a withheld voice is not put into the row of the known one, nor called its echo": (
        (fact("a1"), fact("a2", **UNKNOWN)),
        "one_voice; voices 1; a: no_spread, a: unknown_voice",
    ),
    "other people, another unit, a place within and a derived number are near": (
        (
            *TWO,
            fact("c3", **PEOPLE),
            fact("d4", unit="{household}"),
            fact("e5", place="within"),
            fact("f6", derived=True),
            fact("g7", place="within", derived=True, **PEOPLE),
        ),
        "90 (b2) to 100 (a1); voices 2; b: b2, a: a1; near g7 by population_group and place and derived,"
        " f6 by derived, e5 by place, d4 by unit, c3 by population_group",
    ),
    "only places within": (
        (fact("a1", place="within"), fact("b2", place="within", **PEOPLE)),
        "no_comparable; voices 0; near b2 by place, a1 by place",
    ),
    "equal numbers are both ends, and both figures are named": (
        (fact("a1", 12, "100"), fact("b2", 12, "just_under 100.0")),
        "100 (a1/b2) to 100 (a1/b2); voices 2; b: b2, a: a1",
    ),
    "a range takes part by its bounds": (
        (fact("a1", 12, "100"), fact("b2", 12, "80-120")),
        "80 (b2) to 120 (b2); voices 2; b: b2, a: a1",
    ),
    "thousands have no highest number: the lowest stands at both ends": (
        (fact("a1", 12, "1500"), fact("b2", 12, "order_of_magnitude 2000"), fact("c3", 12, "3000")),
        "1500 (a1) to 3000 (c3); voices 3; c: c3, b: b2, a: a1",
    ),
    "thousands above everybody else": (
        (fact("a1", 12, "1500"), fact("b2", 12, "order_of_magnitude 2000")),
        "1500 (a1) to 2000 (b2); voices 2; b: b2, a: a1",
    ),
}

FLOWS: dict[str, tuple[tuple[Fact, ...], str]] = {
    "flows of one period": (
        (fact("a1", (1, 7), "50", **FLOW), fact("b2", (1, 7), "70", **FLOW)),
        "50 (a1) to 70 (b2); voices 2; b: b2, a: a1",
    ),
    "flows of periods that only overlap": (
        (fact("a1", (1, 7), "50", **FLOW), fact("b2", (1, 8), "70", **FLOW)),
        "no_common_period; voices 2; b: no_spread, a: no_spread",
    ),
    "the period that ends last wins": (
        (
            fact("a1", (5, 7), "50", **FLOW),
            fact("b2", (5, 7), "70", **FLOW),
            fact("a3", (1, 9), "90", **FLOW),
            fact("b4", (1, 9), "95", **FLOW),
            fact("c5", (5, 7), "1", **FLOW),
        ),
        "90 (a3) to 95 (b4); voices 3; b: b4, a: a3, c: other_period",
    ),
    "a count of things may be of a day or a month, so its periods must be equal too": (
        (fact("a1", 12, "50", kind="count"), fact("b2", 13, "70", kind="count")),
        "no_common_period; voices 2; b: no_spread, a: no_spread",
    ),
    "the same number for another period is another statement": (
        (fact("a1", (1, 7), "50", **FLOW), fact("a2", (1, 31), "50", **FLOW), fact("b3", (1, 31), "60", **FLOW)),
        "50 (a2) to 60 (b3); voices 2; b: b3, a: a2",
    ),
    "and so is the same number for a part of the period": (
        (fact("a1", (1, 31), "50", **FLOW), fact("a2", (1, 7), "50", **FLOW), fact("b3", (1, 7), "60", **FLOW)),
        "50 (a2) to 60 (b3); voices 2; a: a2, b: b3",
    ),
    "the same number for the same period is an echo": (
        (fact("a1", (1, 7), "50", **FLOW), fact("a2", (1, 7), "50", **FLOW), fact("b3", (1, 7), "60", **FLOW)),
        "50 (a1) to 60 (b3); voices 2; b: b3, a: a1; echoes a2 repeated a1",
    ),
}

JOINT: dict[str, tuple[tuple[Fact, ...], str]] = {
    "alone and jointly at one time: one voice": (
        (fact("a1", 12, "100"), fact("a+b2", 12, "90")),
        "one_voice; voices 1; a: no_spread, a+b: shared_voice",
    ),
    "both alone and jointly at one time: the two alone": (
        (fact("a1", 12, "100"), fact("a+b2", 12, "95"), fact("b3", 12, "90")),
        "90 (b3) to 100 (a1); voices 2; b: b3, a: a1, a+b: shared_voice",
    ),
    "a newer joint word speaks for its members": (
        (fact("a1", 11, "100"), fact("a+b2", 12, "95"), fact("c3", 12, "90")),
        "90 (c3) to 95 (a+b2); voices 2; c: c3, a+b: a+b2, a: shared_voice",
    ),
    "a newer joint word of the only two leaves them side by side as they were before": (
        (fact("a1", 11, "100"), fact("b2", 11, "90"), fact("a+b3", 12, "95")),
        "90 (b2) to 100 (a1); voices 2; b: b2, a: a1, a+b: shared_voice",
    ),
    "on one day who speaks alone goes before the joint word, whatever their names": (
        (fact("b1", 12, "100"), fact("a+b2", 12, "95"), fact("c3", 12, "90")),
        "90 (c3) to 100 (b1); voices 2; c: c3, b: b1, a+b: shared_voice",
    ),
    "but not before a joint word of days that end later": (
        (fact("b1", 12, "100"), fact("a+b2", (12, 14), "95"), fact("c3", 12, "90")),
        "90 (c3) to 95 (a+b2); voices 2; a+b: a+b2, c: c3, b: shared_voice",
    ),
    "a joint word that began earlier is older, whenever it ends": (
        (fact("b1", 12, "100"), fact("a+b2", (11, 14), "95"), fact("c3", 12, "90")),
        "90 (c3) to 100 (b1); voices 2; c: c3, b: b1, a+b: shared_voice",
    ),
    "a joint word beside which nobody could stand is left out": (
        (fact("a1", 12, "100"), fact("a+b2", (12, 14), "95"), fact("b3", 12, "90")),
        "90 (b3) to 100 (a1); voices 2; b: b3, a: a1, a+b: shared_voice",
    ),
    "who only spoke jointly is one voice": (
        (fact("a+b1", 12, "100"), fact("c2", 12, "90")),
        "90 (c2) to 100 (a+b1); voices 2; c: c2, a+b: a+b1",
    ),
    "joint voices in a ring are one": (
        (fact("a+b1"), fact("b+c2"), fact("a+c3")),
        "one_voice; voices 1; a+b: no_spread, a+c: shared_voice, b+c: shared_voice",
    ),
}

BASES: dict[str, tuple[tuple[Fact, ...], str]] = {
    "the basis with more voices": (
        (fact("a1", **PEOPLE), fact("b2"), fact("c3")),
        "100 (b2/c3) to 100 (b2/c3); voices 2; c: c3, b: b2; near a1 by population_group",
    ),
    "more voices go before fewer that meet": (
        (fact("a1", 1), fact("b2", 10), fact("c3", 20), fact("d4", **PEOPLE), fact("e5", **PEOPLE)),
        "no_common_window; voices 3; c: no_spread, b: no_spread, a: no_spread;"
        " near e5 by population_group, d4 by population_group",
    ),
    "of two with as many voices the one where more of them meet, though it is older": (
        (
            *(fact(one, 1, **PEOPLE) for one in ("a1", "b2", "c3")),
            *(fact("d4", 1), fact("e5", 20), fact("f6", 20)),
        ),
        "100 (a1/b2/c3) to 100 (a1/b2/c3); voices 3; c: c3, b: b2, a: a1;"
        " near f6 by population_group, e5 by population_group, d4 by population_group",
    ),
    "where both meet on one day older figures do not choose": (
        (fact("a1"), fact("b2"), fact("c3", 1, **PEOPLE), fact("c4", **PEOPLE), fact("d5", **PEOPLE)),
        "100 (a1/b2) to 100 (a1/b2); voices 2; b: b2, a: a1;"
        " near d5 by population_group, c4 by population_group, c3 by population_group",
    ),
    "no population group is a basis too": (
        (fact("a1", population_group=None), fact("b2", population_group=None), fact("c3")),
        "100 (a1/b2) to 100 (a1/b2); voices 2; b: b2, a: a1; near c3 by population_group",
    ),
    "unnamed sources, echoes and older figures do not choose it": (
        (
            *(fact(f"x{n}", **PEOPLE, **UNKNOWN) for n in (1, 2, 3)),
            *(fact(f"a{n}", **PEOPLE) for n in (4, 5, 6)),
            fact("b7"),
            fact("c8", 13),
        ),
        "100 (b7/c8) to 100 (b7/c8); voices 2; c: c8, b: b7; near a6 by population_group, a5 by population_group,"
        " a4 by population_group, x3 by population_group, x2 by population_group, x1 by population_group",
    ),
    "of two with as many voices the one whose voices meet": (
        (fact("a1", 1), fact("b2", 30), fact("c3", 1, **PEOPLE), fact("d4", 2, **PEOPLE)),
        "100 (c3/d4) to 100 (c3/d4); voices 2; d: d4, c: c3; near b2 by population_group, a1 by population_group",
    ),
    "of two that meet the newer": (
        (fact("a1", 1), fact("b2", 2), fact("c3", 2, **PEOPLE), fact("d4", 3, **PEOPLE)),
        "100 (c3/d4) to 100 (c3/d4); voices 2; d: d4, c: c3; near b2 by population_group, a1 by population_group",
    ),
    "of two single voices the one that said more of its own": (
        (fact("a1"), fact("a2"), fact("b3", 1, "90", **PEOPLE), fact("b4", 2, "80", **PEOPLE)),
        "one_voice; voices 1; b: no_spread; near a2 by population_group, a1 by population_group",
    ),
    "else one with a population group, by its code": (
        (fact("a1", population_group=None), fact("b2", **PEOPLE), fact("c3")),
        "one_voice; voices 1; c: no_spread; near b2 by population_group, a1 by population_group",
    ),
}

PLAIN = {**SPREADS, **FLOWS, **JOINT, **BASES}
