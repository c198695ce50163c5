"""The promise: a figure's draft holds decimal strings that its quantifier allows, or is refused by field."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.claims.words import Quantifier
from app.figures.quantity import TABLE, fits
from app.kit.errors import InvalidInput, UnknownReference
from tests.support.refusals import assert_required, assert_strict, faults, pointers, put
from tests.support.world import World, appearance, draft_of

ID = "0" * 26
DATE = {"edtf": "2016-12-12", "text": "Monday", "basis": "completed", "reasoning": "The year is 2016."}
FIGURE: dict[str, Any] = {
    "claim": f"clm_{ID}",
    "text": "a third of them",
    "measure": "children_share",
    "measure_basis": "stated",
    "term": "third",
    "reported": "a third",
    "quantifier": "unqualified",
    "value": "0.333333",
    "lower": "0.333333",
    "upper": "0.333333",
    "lower_exclusive": False,
    "upper_exclusive": False,
    "ratio": {"numerator": 1, "denominator": 3},
    "unit": "1",
    "population_group": "children",
    "place": f"plc_{ID}",
    "place_basis": "stated",
    "reference_period": DATE,
    "appearance": appearance(locator="text"),
    "sensitivity": "low",
}
DERIVED = {
    **{name: one for name, one in FIGURE.items() if name not in ("reported", "appearance")},
    "derived": {"formula": "a third of 6,000", "inputs": [f"fig_{ID}"]},
}


def test_nothing_but_a_figure_is_taken() -> None:
    """Every field refuses other types: a number is a decimal string, never a float, and true is no integer."""
    assert_strict("figure", FIGURE)
    assert_strict("figure", DERIVED)


def test_what_a_figure_cannot_do_without() -> None:
    """Bounds that follow may be left out; what was counted, how it was qualified and where may not."""
    what = {"claim", "text", "measure", "measure_basis", "quantifier", "unit", "sensitivity"}
    assert_required("figure", FIGURE, what | {"place", "place_basis"}, frozenset({"reported", "appearance"}))


@pytest.mark.parametrize("name", ["value", "lower", "upper"])
@pytest.mark.parametrize(
    "junk", [0.333333, 1, True, "1e3", "1,000", "-1", "+1", "NaN", "0x1", " 1", "1234567890123456"]
)
def test_only_plain_decimal_strings_are_numbers(name: str, junk: Any) -> None:
    """JSON numbers would lose digits on their way; other notations are guesses."""
    assert f"/{name}" in pointers("figure", put(FIGURE, (name,), junk))


BROKEN: list[tuple[str, dict[str, Any], str]] = [
    ("an upper bound with at_least", {"quantifier": "at_least", "ratio": None, "upper": "1"}, "/upper"),
    ("another lower bound", {"lower": "0.2"}, "/lower"),
    ("a value that is not the ratio", {"value": "0.33", "lower": None, "upper": None}, "/value"),
    ("a value with between", {"quantifier": "between", "lower": "1", "upper": "2", "ratio": None}, "/value"),
    ("no upper bound with between", {"quantifier": "between", "value": None, "ratio": None, "upper": None}, "/upper"),
    ("between the wrong way", {"quantifier": "between", "value": None, "ratio": None, "lower": "2", "upper": "1"},
     "/upper"),
    ("a ratio over nought", {"ratio": {"numerator": 1, "denominator": 0}}, "/ratio/denominator"),
    ("a negative ratio", {"ratio": {"numerator": -1, "denominator": 3}}, "/ratio/numerator"),
    ("an exclusive bound that is not", {"lower_exclusive": True}, "/lower_exclusive"),
    ("an inclusive bound that is exclusive",
     {"quantifier": "just_under", "lower": None, "upper_exclusive": False}, "/upper_exclusive"),
    ("no value", {"value": None, "lower": None, "upper": None, "ratio": None}, "/value"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "changes", "pointer"), BROKEN, ids=[row[0] for row in BROKEN])
def test_a_quantity_that_its_quantifier_forbids_is_refused_by_field(
    what: str, changes: dict[str, Any], pointer: str
) -> None:
    """The fault points to the number that is wrong, not to the figure as a whole."""
    assert pointers("figure", {**FIGURE, **changes}) == {pointer}, what


@pytest.mark.parametrize(
    "changes",
    [
        {"derived": DERIVED["derived"]},
        {"reported": None},
        {"appearance": None},
        {"reported": None, "appearance": None},
        {"reported": None, "derived": DERIVED["derived"]},
    ],
    ids=["reported and derived", "nowhere reported", "not located", "neither", "derived and located"],
)
def test_a_figure_is_reported_somewhere_or_derived(changes: dict[str, Any]) -> None:
    """A number nobody stated is marked as derived, and a stated one has its place in the text."""
    (fault,) = faults("figure", {**FIGURE, **changes})
    assert fault.pointer == ""
    assert fault.detail.startswith("expected ")


def test_a_derived_figure_names_every_input_once() -> None:
    """At least one, and none twice."""
    for inputs in ([], [f"fig_{ID}"] * 2):
        assert faults("figure", put(DERIVED, ("derived", "inputs"), inputs))


numbers = st.decimals("0.01", 10**8, places=2)


@given(word=st.sampled_from(Quantifier), one=numbers, other=numbers)
def test_bounds_that_follow_are_filled_in(word: Quantifier, one: Decimal, other: Decimal) -> None:
    """A writer gives what the source said; the table gives the rest, in the one spelling of every number."""
    low, high = sorted((one, other))
    rule = TABLE[word]
    given_: dict[str, str] = {"value": str(low)} if rule.has_value else {"lower": str(low)}
    if word is Quantifier.BETWEEN:
        given_["upper"] = str(high + 1)
    left_out = {name: FIGURE[name] for name in FIGURE if name not in
                ("value", "lower", "upper", "ratio", "lower_exclusive", "upper_exclusive")}  # fmt: skip
    draft = draft_of("figure", {**left_out, "quantifier": word.value, **given_})
    found = draft.model_dump(mode="json")
    known = [Decimal(found[name]) for name in ("lower", "value", "upper") if found[name] is not None]
    assert known == sorted(known)
    assert known[0] == low
    for name in ("value", "lower", "upper"):
        assert found[name] is None or (found[name] == format(Decimal(found[name]).normalize(), "f"))
    whole = {name: one for name, one in found.items() if one is not None}
    assert draft_of("figure", whole) == draft


# --- beside what is on record -----------------------------------------------------------------------------------------


def refused(world: World, value: dict[str, Any]) -> set[str]:
    with pytest.raises((InvalidInput, UnknownReference)) as caught:
        world.create("figure", value)
    return {fault.pointer for fault in caught.value.faults}


def test_what_is_not_on_record_is_refused_with_a_pointer(world: World) -> None:
    """Claim, place, inputs and codes are there, or each is named."""
    claim = world.create("claim", world.claim())
    wrong = {"measure": "happiness", "unit": "furlong", "population_group": "ghosts", "place": f"plc_{ID}"}
    assert refused(world, world.figure(claim, **wrong)) == {f"/{name}" for name in wrong}
    assert refused(world, world.figure(f"clm_{ID}")) == {"/claim"}
    derived = world.figure(claim, reported=None, appearance=None, derived={"formula": "f", "inputs": [f"fig_{ID}"]})
    assert refused(world, derived) == {"/derived/inputs/0"}
    assert refused(world, world.figure(claim, appearance=appearance(edition=2))) == {"/appearance/edition"}


def test_a_figure_is_derived_from_stated_ones_only(world: World) -> None:
    """Nothing is computed from what was computed."""
    claim = world.create("claim", world.claim())
    stated = world.create("figure", world.figure(claim))
    second = {"reported": None, "appearance": None, "derived": {"formula": "half", "inputs": [stated]}}
    derived = world.create("figure", world.figure(claim, **second))
    second["derived"] = {"formula": "half", "inputs": [stated, derived]}
    assert refused(world, world.figure(claim, **second)) == {"/derived/inputs/1"}


def test_the_largest_ratio_is_kept_on_every_database(world: World) -> None:
    """What the rules admit, the tables hold: 15 digits above and below the line."""
    claim = world.create("claim", world.claim())
    ratio = {"numerator": 10**15 - 2, "denominator": 10**15 - 1}
    world.create("figure", world.figure(claim, value=None, ratio=ratio, measure="children_share", unit="1"))


STOCK, FLOW = "people_besieged", "people_departed"
PERIODS: list[tuple[str, str, bool]] = [
    (STOCK, "2016-12-12", True), (STOCK, "2016-12", True), (STOCK, "[2016-12-12..2016-12-14]", True),
    (STOCK, "../2016-12-14", True), (STOCK, "2016-12-14/..", True), (STOCK, "2016-12-14/2016-12-14?", True),
    (STOCK, "2012/2016", False), (STOCK, "2016-12-12/2016-12-14?", False), (STOCK, "2016/2016-12", False),
    (FLOW, "2012/2016", True), (FLOW, "2016-12-12", True),
]  # fmt: skip


def test_a_stock_is_of_one_time(world: World) -> None:
    """A period is for flows; a stock's day may be uncertain or open, but not all days from one to another."""
    claim = world.create("claim", world.claim())
    for measure, edtf, lawful in PERIODS:
        value = world.figure(claim, measure=measure, reference_period={"edtf": edtf, "basis": "stated"})
        if lawful:
            world.create("figure", value)
        else:
            assert refused(world, value) == {"/reference_period/edtf"}, edtf


UNITS = ("{person}", "{household}", "{plea}", "%", "1", "km2", "d", "mo", "a")
MEASURES = {
    "people_besieged": {"{person}", "{household}"},
    "children_share": {"%", "1"},
    "area_besieged": {"km2"},
    "delay": {"d", "mo", "a"},
    "pleas": {"{plea}"},
}


def test_a_unit_fits_its_measure(world: World) -> None:
    """Besieged people are not square kilometres; any unit of the usual kind is taken."""
    claim = world.create("claim", world.claim())
    lawful = []
    for measure, units in MEASURES.items():
        for unit in UNITS:
            value = world.figure(claim, measure=measure, unit=unit)
            if unit in units:
                lawful.append(("figure", value))
            else:
                assert refused(world, value) == {"/unit"}, (measure, unit)
    assert len(world.create_all(lawful)) == 9
    assert all(fits(unit, None) for unit in UNITS)


def test_nothing_is_computed_across_voices(world: World) -> None:
    """A derived figure and all its inputs are of one voice, whatever claims they stand in; rivals are never summed."""
    other = world.create("actor", world.person(name="B Speaker"))
    rival = world.attribution([world.originator(actor=other, label="B Speaker")])
    mine, again, theirs = (
        world.create("claim", world.claim(**said)) for said in ({}, {"statement": "Once more."}, {"attribution": rival})
    )
    one, two, three = (world.create("figure", world.figure(claim)) for claim in (mine, again, theirs))

    def derived(*inputs: str) -> dict[str, Any]:
        computed = {"formula": "the sum", "inputs": list(inputs)}
        return world.figure(mine, reported=None, appearance=None, derived=computed)

    world.create("figure", derived(one, two))
    assert refused(world, derived(one, three)) == {"/derived/inputs/1"}
    assert refused(world, derived(three)) == {"/derived/inputs/0"}
