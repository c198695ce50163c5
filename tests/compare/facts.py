"""Why this file exists: short words for facts, what a comparison says of them in one line, and random ones."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from app.compare.rules import Comparison, Fact
from app.figures.quantity import quantity

HERE = "plc_here"


def day(number: int) -> date:
    """Return a day of December 2016, or one before it for zero and less."""
    return date.fromordinal(date(2016, 11, 30).toordinal() + number)


def fact(figure: str, when: object = 12, number: str = "100", **changes: Any) -> Fact:
    """Return a fact told in short: `a2` is the second figure of the voice `a` and was recorded second.

    `when` is a day, a pair of days of which either may be None, or None; `number` is `[quantifier] value` or
    `low-high`.
    """
    voice = figure.rstrip("0123456789")
    start, end = when if isinstance(when, tuple) else (when, when)
    return Fact(
        **{
            "recorded": int(figure.removeprefix(voice) or 1) * 100 + sum(map(ord, voice)) % 89,
            "figure": figure,
            "claim": f"claim of {figure}",
            "voice": voice,
            "independent": True,
            "measure": "people_besieged",
            "kind": "stock",
            "unit": "{person}",
            "population_group": "civilians",
            "place": HERE,
            "derived": False,
            "earliest": None if start is None else day(start),
            "latest": None if end is None else day(end),
            "dated": when is not None,
            "publisher": "a publisher",
            "report": f"report of {figure}",
            **numbers(number),
            **changes,
        }
    )


def numbers(told: str) -> dict[str, Any]:
    """Return the lawful numbers of `100`, `just_under 100`, `80-120` or `order_of_magnitude 2000`."""
    word, _, rest = told.rpartition(" ")
    given = [Decimal(one) for one in rest.split("-")]
    if len(given) == 2:
        whole = quantity("between", lower=given[0], upper=given[1])
    elif word == "order_of_magnitude":
        whole = quantity(word, lower=given[0])
    else:
        whole = quantity(word or "unqualified", value=given[0])
    names = ("quantifier", "value", "lower", "upper", "lower_exclusive", "upper_exclusive")
    return {name: getattr(whole, name) for name in names}


def told(said: Comparison) -> str:
    """Return a comparison in a line: the spread or why none, the voices, each row, and what is near."""
    if said.spread:
        low, high = ("/".join(one.figure for one in end) for end in (said.spread.lowest, said.spread.highest))
        line = f"{said.spread.lowest[0].number} ({low}) to {said.spread.highest[0].number} ({high})"
    else:
        line = str(said.spread_reason)
    rows = ", ".join(f"{row.voice}: {row.counts or row.why}" for row in said.rows)
    echoes = ", ".join(f"{one.figure} {one.kind} {one.of}" for row in said.rows for one in row.echoes)
    near = ", ".join(f"{one.figure} by {' and '.join(one.differs)}" for one in said.near)
    parts = (line, f"voices {said.voices}", rows, echoes and f"echoes {echoes}", near and f"near {near}")
    return "; ".join(part for part in parts if part)


# --- random ones -----------------------------------------------------------------------------------------------------

KNOWN = ("a", "b", "c", "d", "a+b", "b+c", "c+d")
UNKNOWN = ("r.s1", "r.s2", "a")
NUMBERS = ("100", "100.0", "90", "120", "at_least 100", "just_under 100", "80-120", "order_of_magnitude 2000")


@dataclass(frozen=True)
class Situation:
    """Facts of one measure and the relations among them."""

    facts: tuple[Fact, ...]
    restates: frozenset[tuple[str, str]]


def mostly(usual: Any, *others: Any) -> st.SearchStrategy[Any]:
    """Draw the usual thing, and each other one now and then."""
    return st.sampled_from([usual] * 5 * len(others) + list(others))


@st.composite
def periods(draw: st.DrawFn, kind: str) -> object:
    """Draw mostly days close together, or a few periods of a flow; now and then open ones, or none."""
    start = draw(st.integers(1, 3) if kind == "flow" else st.integers(1, 16))
    form = draw(st.sampled_from(("day",) * 6 + ("long", "long", "ends", "begins", "none")))
    end = start + draw(st.sampled_from((1, 2, 5, 12))) if form == "long" else start
    return {"ends": (None, end), "begins": (start, None), "none": None}.get(form, (start, end))


@st.composite
def situations(draw: st.DrawFn, fewest: int = 0, kind: str | None = None) -> Situation:
    """Draw facts of few voices, dates and numbers, so that they meet, repeat and restate each other often."""
    kind = kind or draw(st.sampled_from(("stock", "flow")))
    size = draw(st.integers(fewest, 14))
    facts = []
    for recorded in draw(st.lists(st.integers(1, 999), min_size=size, max_size=size, unique=True)):
        independent = draw(mostly(True, False))
        voice = draw(st.sampled_from(KNOWN if independent else UNKNOWN))
        one = fact(
            f"{voice}{recorded}",
            draw(periods(kind)),
            draw(st.sampled_from(NUMBERS)),
            recorded=recorded,
            voice=voice,
            independent=independent,
            kind=kind,
            claim=f"claim {draw(st.integers(1, 20))}",
            unit=draw(mostly("{person}", "{household}")),
            population_group=draw(mostly("civilians", "people", None)),
            place=draw(mostly(HERE, "plc_inside")),
            derived=draw(mostly(False, True)),
            publisher=draw(st.sampled_from(("p", "q"))),
        )
        facts.append(one)
    ends = st.sampled_from(["elsewhere", "further", *(one.figure for one in facts), *(one.claim for one in facts)])
    pairs = draw(st.lists(st.tuples(ends, ends), max_size=5))
    return Situation(tuple(facts), frozenset(pair for pair in pairs if pair[0] != pair[1]))


def without(facts: Iterable[Fact], figure: str) -> tuple[Fact, ...]:
    """Return the facts but one."""
    return tuple(one for one in facts if one.figure != figure)
