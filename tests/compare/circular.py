"""Why this file exists: hard cases of circular reporting, each with its `restates` relations.

A name, the facts, and the line that tells what a careful reader would say of them (see `told`).
"""

from typing import Any

from app.compare.rules import Fact
from tests.compare.facts import fact

UNKNOWN: dict[str, Any] = {"independent": False}

ECHOES: dict[str, tuple[tuple[Fact, ...], set[tuple[str, str]], str]] = {
    "said again of the same day": (
        (fact("a1"), fact("a2", 12, "100.0"), fact("b3", 12, "90")),
        set(),
        "90 (b3) to 100 (a1); voices 2; b: b3, a: a1; echoes a2 repeated a1",
    ),
    "days told out of order": (
        (fact("a1", 20), fact("a2", 10), fact("a3", 20), fact("a4", 10)),
        set(),
        "one_voice; voices 1; a: no_spread; echoes a3 repeated a1, a4 repeated a2",
    ),
    "said again of the next day is news": (
        (fact("a1"), fact("a2", 13), fact("b3", 12, "90")),
        set(),
        "90 (b3) to 100 (a2); voices 2; a: a2, b: b3",
    ),
    "the same number otherwise qualified is news": (
        (fact("a1"), fact("a2", 12, "at_least 100")),
        set(),
        "one_voice; voices 1; a: no_spread",
    ),
    "an undated figure repeats nothing that anybody knows of": (
        (fact("a1"), fact("a2", None), fact("a3", (None, 12))),
        set(),
        "one_voice; voices 1; a: no_spread",
    ),
    "dates that hang together like links of a chain: each is held against what stands": (
        (fact("a1", (1, 3)), fact("a2", (3, 5)), fact("a3", (5, 7))),
        set(),
        "one_voice; voices 1; a: no_spread; echoes a2 repeated a1",
    ),
    "an outlet that restates a spokesman is no voice": (
        (fact("a1"), fact("b2", 13), fact("c3", 13, "90")),
        {("b2", "a1")},
        "90 (c3) to 100 (a1); voices 2; c: c3, a: a1, b: echo; echoes b2 restated a1",
    ),
    "ten outlets and one spokesman are one voice": (
        (fact("a1"), *(fact(f"{voice}2") for voice in "bcdefghijk")),
        {(f"{voice}2", "claim of a1") for voice in "bcdefghijk"},
        "one_voice; voices 1; a: no_spread, "
        + ", ".join(f"{voice}: echo" for voice in "kjihgfedcb")
        + "; echoes "
        + ", ".join(f"{voice}2 restated a1" for voice in "kjihgfedcb"),
    ),
    "a restated claim needs no equal number": (
        (fact("a1"), fact("b2", 12, "just_under 90")),
        {("claim of b2", "claim of a1")},
        "one_voice; voices 1; a: no_spread, b: echo; echoes b2 restated a1",
    ),
    "a figure that says its own again and restates another goes back to the other": (
        (fact("a1"), fact("b2"), fact("b3")),
        {("b3", "a1")},
        "100 (a1/b2) to 100 (a1/b2); voices 2; b: b2, a: a1; echoes b3 restated a1",
    ),
    "a way by a figure of another place is a way": (
        (fact("a1"), fact("b2"), fact("z3", place="within")),
        {("b2", "z3"), ("claim of z3", "claim of a1")},
        "one_voice; voices 1; a: no_spread, b: echo; echoes b2 restated a1; near z3 by place",
    ),
    "who restates by a claim without figures still restates": (
        (fact("a1"), fact("b2")),
        {("claim of b2", "another claim"), ("another claim", "claim of a1")},
        "one_voice; voices 1; a: no_spread, b: echo; echoes b2 restated a1",
    ),
    "the way of the relation decides, not who was recorded first": (
        (fact("a1"), fact("b2")),
        {("a1", "b2")},
        "one_voice; voices 1; b: no_spread, a: echo; echoes a1 restated b2",
    ),
    "of a circle the first recorded is the original": (
        (fact("a1"), fact("b2"), fact("c3")),
        {("a1", "b2"), ("b2", "c3"), ("c3", "a1")},
        "one_voice; voices 1; a: no_spread, c: echo, b: echo; echoes c3 restated a1, b2 restated a1",
    ),
    "who restates two voices does not tie them to each other": (
        (fact("a1"), fact("b2", 12, "90"), fact("c3")),
        {("c3", "a1"), ("c3", "b2")},
        "90 (b2) to 100 (a1); voices 2; b: b2, a: a1, c: echo; echoes c3 restated a1",
    ),
    "two that restate one source beyond the list are one": (
        (fact("a1"), fact("b2", 12, "90")),
        {("a1", "elsewhere"), ("claim of b2", "elsewhere")},
        "one_voice; voices 1; a: no_spread, b: echo; echoes b2 restated a1",
    ),
    "who restates two such sources stands for both": (
        (fact("a1"), fact("b2", 12, "90"), fact("c3", 12, "80")),
        {("a1", "elsewhere"), ("a1", "further"), ("b2", "elsewhere"), ("c3", "further")},
        "one_voice; voices 1; a: no_spread, c: echo, b: echo; echoes c3 restated a1, b2 restated a1",
    ),
    "who restates two such sources after two voices is an echo of the first": (
        (fact("a1"), fact("b2", 12, "90"), fact("c3", 12, "80")),
        {("c3", "elsewhere"), ("c3", "further"), ("a1", "elsewhere"), ("b2", "further")},
        "90 (b2) to 100 (a1); voices 2; b: b2, a: a1, c: echo; echoes c3 restated a1",
    ),
    "sources shared from one to the next lead back to the first": (
        (fact("a1"), fact("b2", 12, "90"), fact("c3", 12, "80")),
        {("a1", "elsewhere"), ("b2", "elsewhere"), ("b2", "further"), ("c3", "further")},
        "one_voice; voices 1; a: no_spread, c: echo, b: echo; echoes c3 restated a1, b2 restated a1",
    ),
    "one voice may draw two figures from one source": (
        (fact("a1"), fact("a2", 13, "90"), fact("b3", 13, "80")),
        {("a1", "elsewhere"), ("a2", "elsewhere")},
        "80 (b3) to 90 (a2); voices 2; b: b3, a: a2",
    ),
    "but not after somebody else drew from there": (
        (fact("a1"), fact("b2"), fact("b3", 13, "90"), fact("c4", 13, "80")),
        {("a1", "elsewhere"), ("b2", "elsewhere"), ("b3", "elsewhere")},
        "80 (c4) to 100 (a1); voices 2; c: c4, a: a1, b: echo; echoes b3 restated a1, b2 restated a1",
    ),
    "two figures of one claim do not restate each other": (
        (fact("a1", claim="one"), fact("a2", 13, "90", claim="one"), fact("b3", 13, "80")),
        {("elsewhere", "one"), ("one", "further")},
        "80 (b3) to 90 (a2); voices 2; b: b3, a: a2",
    ),
    "a voice with one word of its own is a voice": (
        (fact("a1"), fact("b2"), fact("b3", 11, "90")),
        {("b2", "a1")},
        "90 (b3) to 100 (a1); voices 2; b: b3, a: a1; echoes b2 restated a1",
    ),
    "what repeats an echo is an echo": (
        (fact("a1"), fact("b2"), fact("b3")),
        {("b2", "a1")},
        "one_voice; voices 1; a: no_spread, b: echo; echoes b3 repeated a1, b2 restated a1",
    ),
    "a figure that restates a later record of its own voice does not make it vanish": (
        (fact("a1"), fact("a2"), fact("b3", 12, "90")),
        {("a1", "a2")},
        "90 (b3) to 100 (a2); voices 2; b: b3, a: a2; echoes a1 restated a2",
    ),
    "who restates an unnamed source is not counted either": (
        (fact("x1", **UNKNOWN), fact("b2"), fact("c3")),
        {("b2", "x1")},
        "one_voice; voices 1; c: no_spread, b: echo, x: unknown_voice; echoes b2 restated x1",
    ),
}
