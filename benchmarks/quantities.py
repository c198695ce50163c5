"""Figures: all measures and quantifiers, units and groups that fit, and one number that many voices state."""

import random
from datetime import date, timedelta
from typing import Any, NamedTuple

from benchmarks import days
from benchmarks.chance import Record, Skewed, bench_id, key, skewed
from benchmarks.land import Place, focus
from benchmarks.reports import located

EVERY = 3
# One figure in ten is of one measure and one place, for comparing; the eighth part of those counts households.
FOCUS_EVERY, HOUSEHOLDS_EVERY = 30, 240
FOCUS_FIRST, FOCUS_DAYS = date(2016, 11, 15), 60
PERSON, HOUSEHOLD = "{person}", "{household}"


class Measure(NamedTuple):
    """A measure of the vocabulary, with what is counted and how many there are of it."""

    code: str
    kind: str
    units: tuple[str, ...]
    groups: tuple[str | None, ...]
    low: int
    high: int


MEASURES = Skewed(
    (
        Measure("people_killed", "flow", (PERSON,), ("people", "civilians", "children", "combatants"), 1, 900),
        Measure("people_displaced_flow", "flow", (PERSON, HOUSEHOLD), ("people", "civilians"), 50, 90_000),
        Measure("people_in_need", "stock", (PERSON,), ("people", "children", "returnees", "refugees"), 900, 9_000_000),
        Measure("people_injured", "flow", (PERSON,), ("people", "civilians", "health_workers", "women"), 1, 3000),
        Measure("people_besieged", "stock", (PERSON,), ("people", "civilians"), 500, 400_000),
        Measure("people_evacuated", "flow", (PERSON, HOUSEHOLD), ("people", "civilians", "children"), 20, 40_000),
        Measure("people_displaced_stock", "stock", (PERSON,), ("displaced_people", None), 900, 900_000),
        Measure("people_departed", "flow", (PERSON,), ("people", "men"), 20, 50_000),
        Measure("people_missing", "stock", (PERSON,), ("people", "humanitarian_workers"), 1, 5000),
        Measure("people_detained", "stock", (PERSON,), ("people", "men"), 1, 3000),
        Measure("children_share", "share", ("%", "1"), ("displaced_people", "people"), 5, 80),
        Measure("territory_controlled", "share", ("%",), (None,), 2, 100),
        Measure("area_besieged", "area", ("km2",), (None,), 2, 400),
        Measure("delay", "duration", ("d", "mo"), (None,), 2, 60),
        Measure("duration", "duration", ("a", "mo", "d"), (None,), 2, 90),
        Measure("pleas", "count", ("{plea}",), (None,), 1, 20),
    ),
    0.7,
)
BESIEGED = next(one for one in MEASURES.items if one.code == "people_besieged")
_QUANTIFIERS = skewed(
    "unqualified approximately more_than at_least just_under less_than between order_of_magnitude at_most just_over",
    0.8,
)
_MAGNITUDES = (("dozens", 24), ("hundreds", 200), ("thousands", 2000), ("tens of thousands", 20_000))


def is_focus(number: int) -> bool:
    return number % FOCUS_EVERY == 0


def unit_of_focus(number: int) -> str:
    return HOUSEHOLD if number % HOUSEHOLDS_EVERY == 0 else PERSON


def figures(chance: random.Random, number: int, place: Place, day: date) -> list[Record]:
    """Return the figures of a claim: none for two claims of three, else one, seldom two or one derived of it."""
    if number % EVERY:
        return []
    first = _of_focus(chance, number) if is_focus(number) else _figure(chance, number, place, day)
    found: list[Record] = [("figure", key(number), first)]
    more = chance.random()
    if more < 0.1:
        found.append(("figure", f"{key(number)}b", _figure(chance, number, place, day)))
    elif more < 0.15 and first.get("value") is not None:
        found.append(("figure", f"{key(number)}d", _derived(chance, number, first)))
    return found


def _figure(chance: random.Random, number: int, place: Place, day: date) -> dict[str, Any]:
    measure = MEASURES.one(chance)
    unit = chance.choice(measure.units)
    group = "households" if unit == HOUSEHOLD else chance.choice(measure.groups)
    dated = days.period if measure.kind == "flow" else days.point
    value = {
        "measure": measure.code,
        "unit": unit,
        "population_group": group,
        "place": bench_id("place", place.number),
        "reference_period": dated(chance, day) if chance.random() < 0.85 else None,
        **_amount(chance, measure, unit),
    }
    return _stated(chance, number, value)


def _of_focus(chance: random.Random, number: int) -> dict[str, Any]:
    """Return a figure of the place that many voices speak of: round numbers, near one another, in two months."""
    unit = unit_of_focus(number)
    base = chance.choice((50_000, 80_000, 100_000, 100_000, 120_000, 250_000))
    amount = _numbers(chance, _QUANTIFIERS.one(chance), base, base + 1000 * chance.randint(5, 40))
    day = FOCUS_FIRST + timedelta(chance.randrange(FOCUS_DAYS))
    value = {
        "measure": BESIEGED.code,
        "unit": unit,
        "population_group": "households" if unit == HOUSEHOLD else chance.choice(("civilians", "civilians", "people")),
        "place": bench_id("place", focus().number),
        "reference_period": days.point(chance, day) if chance.random() < 0.9 else None,
        **amount,
    }
    return _stated(chance, number, value)


def _stated(chance: random.Random, number: int, value: dict[str, Any]) -> dict[str, Any]:
    return {
        **value,
        "claim": bench_id("claim", number),
        "text": f"{value['reported']} {value['population_group'] or value['measure']}".replace("_", " "),
        "measure_basis": chance.choice(("stated", "stated", "inferred")),
        "term": chance.choice((None, "trapped", "left", "killed", "displaced")),
        "place_basis": chance.choice(("stated", "stated", "inferred")),
        "appearance": located(chance),
        "sensitivity": "low",
    }


def _derived(chance: random.Random, number: int, first: dict[str, Any]) -> dict[str, Any]:
    """Return what nobody stated: a part of the figure of the same claim."""
    names = ("claim", "measure", "unit", "population_group", "place", "reference_period", "sensitivity")
    parts = chance.randint(2, 5)
    part = f"{float(first['value']) / parts:.2f}".rstrip("0").rstrip(".")
    return {
        **{name: first[name] for name in names},
        "text": f"one part in {parts} of {first['text']}",
        "measure_basis": "inferred",
        "place_basis": "inferred",
        "quantifier": "approximately",
        "value": part,
        "derived": {"formula": f"value / {parts}", "inputs": [bench_id("figure", number)]},
    }


def _amount(chance: random.Random, measure: Measure, unit: str) -> dict[str, Any]:
    """Return a number of the measure's size, as somebody would say it; a share may be a fraction."""
    if unit == "1":
        parts = chance.randint(2, 9)
        some = chance.randrange(1, parts)
        ratio = {"numerator": some, "denominator": parts}
        return {"quantifier": "unqualified", "ratio": ratio, "reported": f"{some} in {parts}"}
    size = measure.low * (measure.high / measure.low) ** chance.random()
    low = max(1, int(float(f"{size:.{chance.randint(1, 3)}g}")))
    return _numbers(chance, _QUANTIFIERS.one(chance), low, low + max(1, int(low * chance.random())))


def _numbers(chance: random.Random, quantifier: str, low: int, high: int) -> dict[str, Any]:
    if quantifier == "between":
        return {"quantifier": quantifier, "lower": str(low), "upper": str(high), "reported": f"{low} to {high}"}
    if quantifier == "order_of_magnitude":
        word, least = max((one for one in _MAGNITUDES if one[1] <= low), key=lambda one: one[1], default=("dozens", 24))
        return {"quantifier": quantifier, "lower": str(least), "reported": word}
    value = f"{low}.5" if chance.random() < 0.03 else str(low)
    words = "" if quantifier == "unqualified" else f"{quantifier.replace('_', ' ')} "
    return {"quantifier": quantifier, "value": value, "reported": f"{words}{value}"}
