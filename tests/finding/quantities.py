"""Quantities of every kind: each quantifier, whole and broken numbers, and figures that were computed from others."""

from random import Random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.finding.worlds import Told

Value = dict[str, Any]
NUMBERS = ["100000", "0.5", "33.333333", "999999999999999", "6000", "98", "100000.000001", "1", "40"]
KINDS: list[Value] = [
    {"quantifier": "unqualified"},
    {"quantifier": "approximately"},
    {"quantifier": "just_under"},
    {"quantifier": "less_than"},
    {"quantifier": "at_most"},
    {"quantifier": "just_over"},
    {"quantifier": "more_than"},
    {"quantifier": "at_least"},
    {"quantifier": "between", "value": None, "lower": "40", "upper": "6000"},
    {"quantifier": "order_of_magnitude", "value": None, "lower": "2000"},
    {"quantifier": "unqualified", "value": None, "ratio": {"numerator": 1, "denominator": 3}},
    {"quantifier": "between", "value": None, "lower": "0", "upper": "0.5"},
]
MEASURES: list[tuple[str, str, list[str | None]]] = [
    ("people_besieged", "{person}", ["2016-12-13", "2016-12-13?", None, "[2016-12-10..2016-12-14]"]),
    ("people_killed", "{person}", ["2016", "2016-12-12/2016-12-14", None]),
    ("people_evacuated", "{household}", ["2016-12-15/..", "../2016-12-14"]),
    ("territory_controlled", "%", ["2016-12-12", None]),
    ("battle_duration", "mo", ["2012/2016", None]),
]
GROUPS = [None, "people", "civilians", "children"]
# After so many, a figure counts the same in the same unit.
ROUND = len(MEASURES)


def quantity(chance: Random, number: int) -> Value:
    """Return the numbers of the n-th figure, and what it counts."""
    measure, unit, periods = MEASURES[number % ROUND]
    period = chance.choice(periods)
    return {
        "value": chance.choice(NUMBERS),
        **dict.fromkeys(("lower", "upper", "ratio")),
        **KINDS[number % len(KINDS)],
        "measure": measure,
        "unit": unit,
        "population_group": chance.choice(GROUPS),
        "reported": chance.choice(["half a café", "100,000", "thousands"]),
        "reference_period": None if period is None else {"edtf": period, "basis": "stated"},
    }


def derived(told: "Told", number: int) -> Value:
    """Return a figure that is computed from another of the same claim."""
    source = told.of("fig_")[number * 4]
    claim = told.facts[source]["claim"]
    made = {"formula": "half of it", "inputs": [source]}
    return {**told.figure(number * 2, claim), "derived": made, "reported": None, "appearance": None}
