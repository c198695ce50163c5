"""Hard cases by name, each with what a careful reader would say of it in one line."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from app.compare.rules import (
    NO_SPREAD_SENTENCES,
    NOT_COUNTING_SENTENCES,
    Carrier,
    Comparison,
    Echo,
    EchoKind,
    Independence,
    Mark,
    Near,
    NoSpread,
    NotCounting,
    Row,
    Spread,
    compare,
)
from tests.compare.cases import PEOPLE, PLAIN, TWO
from tests.compare.circular import ECHOES
from tests.compare.facts import HERE, day, fact, told


@pytest.mark.parametrize("name", PLAIN)
def test_a_case_of_the_table(name: str) -> None:
    """Each hard case comes out as a careful reader would tell it."""
    facts, line = PLAIN[name]
    assert told(compare(facts, place=HERE)) == line


@pytest.mark.parametrize("name", ECHOES)
def test_a_case_of_circular_reporting(name: str) -> None:
    """Whoever repeats, or draws on somebody, is shown and never counted as a second voice."""
    facts, restates, line = ECHOES[name]
    assert told(compare(facts, place=HERE, restates=restates)) == line


# The figures of the seed: about 100,000 besieged people, by three voices.
BESIEGED = (
    fact("helmets1", 12, "100000", place="ghwc", publisher="mln"),
    fact("mln2", 13, "100000", place="ghwc", publisher="mln"),
    fact("uossm3", (None, 15), "just_under 100000", place="ghwc", publisher="mln", **PEOPLE),
)


def test_the_besieged_people_of_the_seed() -> None:
    """Three voices say about 100,000: two compare, and the third is near, of people and of no known day."""
    marks = tuple(
        Mark(figure, voice, Decimal(100000), "value", "unqualified")
        for figure, voice in (("helmets1", "helmets"), ("mln2", "mln"))
    )
    rows = (
        Row("mln", Independence.COUNTED, ("mln2",), "mln2", None, (), (Carrier("mln", ("report of mln2",)),)),
        Row(
            "helmets",
            Independence.COUNTED,
            ("helmets1",),
            "helmets1",
            None,
            (),
            (Carrier("mln", ("report of helmets1",)),),
        ),
    )
    assert compare(BESIEGED, place="ghwc") == Comparison(
        place="ghwc",
        unit="{person}",
        population_group="civilians",
        rows=rows,
        near=(Near("uossm3", "uossm", ("population_group",)),),
        spread=Spread(marks, marks, ("mln2", "helmets1"), day(6), day(13)),
        spread_reason=None,
        voices=2,
        publishers=1,
    )


def test_the_basis_asked_for_is_the_basis() -> None:
    """Whoever asks for people gets people, though more voices speak of civilians."""
    said = compare(BESIEGED, place="ghwc", population_group="people")
    assert told(said) == (
        "one_voice; voices 1; uossm: undated; near mln2 by population_group, helmets1 by population_group"
    )
    assert (said.unit, said.population_group) == ("{person}", "people")


def test_a_basis_that_nobody_has_leaves_everything_near() -> None:
    """What was asked stands in the answer, and each figure says what differs from it; what was not asked is free."""
    said = compare((*BESIEGED, fact("d4", place="within", unit="{household}")), place="ghwc", unit="{household}")
    assert told(said) == ("no_comparable; voices 0; near mln2 by unit, d4 by place, helmets1 by unit, uossm3 by unit")
    assert (said.unit, said.population_group) == ("{household}", None)


def test_an_echo_says_of_what_and_why() -> None:
    """A reader can go from an echo to what it echoes, even by way of another echo."""
    facts = (fact("a1"), fact("a2"), fact("b3"))
    said = compare(facts, place=HERE, restates={("b3", "a2")})
    echoes = {echo for row in said.rows for echo in row.echoes}
    assert echoes == {Echo("a2", "a1", EchoKind.REPEATED), Echo("b3", "a1", EchoKind.RESTATED)}


def test_carriers_are_named_once_with_all_their_reports() -> None:
    """One publisher that carries a voice in three reports is one publisher."""
    facts = [fact(f"a{n}", n, str(n), publisher="pq"[n % 2], report=f"r{n // 3}") for n in range(1, 6)]
    (row,) = compare(facts, place=HERE).rows
    assert row.carried_by == (Carrier("q", ("r1", "r0")), Carrier("p", ("r1", "r0")))
    assert compare(facts, place=HERE).publishers == 2


@pytest.mark.parametrize(("window", "meets"), [(0, False), (1, True), (10**9, True)])
def test_the_window_is_the_callers(window: int, meets: bool) -> None:
    """A window of no days is one day; one longer than the calendar is all of it."""
    said = compare(TWO, place=HERE, window_days=window)
    assert (said.spread is not None) is meets
    same = compare((TWO[0], fact("b2")), place=HERE, window_days=window)
    assert same.spread
    assert same.spread.end == day(12)
    assert same.spread.start == max(date.min, day(12 - window)) if window < 10 else date.min


@pytest.mark.parametrize("kind", ["stock", "share", "area", "duration"])
def test_states_meet_within_the_window(kind: str) -> None:
    """How large, how long and which part are states of a day, as a stock is."""
    facts = [fact("a1", 12, "100", kind=kind), fact("b2", 13, "90", kind=kind)]
    assert compare(facts, place=HERE).spread


def test_an_open_upper_end_is_marked() -> None:
    """Of "thousands" the lowest number stands at the upper end too, and says that it is a lower bound."""
    said = compare((fact("a1", 12, "1500"), fact("b2", 12, "order_of_magnitude 2000")), place=HERE)
    assert said.spread
    assert said.spread.highest == (Mark("b2", "b", Decimal(2000), "lower", "order_of_magnitude"),)


def test_a_long_chain_and_a_long_circle_of_restatements_end() -> None:
    """Ten thousand relations are followed to their end, whatever their shape."""
    facts = [replace(fact("a1"), recorded=n, voice=f"v{n}", figure=f"f{n}", claim=f"c{n}") for n in range(5000)]
    chain = [(f"f{n + 1}", f"f{n}") for n in range(4999)]
    for pairs in (chain, [*chain, ("f0", "f4999")]):
        said = compare(facts, place=HERE, restates=pairs)
        assert (said.voices, said.spread_reason) == (1, NoSpread.ONE_VOICE)
        assert {echo.of for row in said.rows for echo in row.echoes} == {"f0"}


def test_facts_of_two_measures_are_refused() -> None:
    """Nobody compares the dead with the displaced by mistake."""
    with pytest.raises(ValueError, match="one measure"):
        compare((fact("a1"), fact("b2", measure="people_killed")), place=HERE)
    with pytest.raises(ValueError, match="window"):
        compare((), place=HERE, window_days=-1)
    with pytest.raises(ValueError, match="a number in the figure a1"):
        compare((fact("a1", value=None, lower=None, upper=None), fact("b2")), place=HERE)


def test_every_reason_has_its_sentence() -> None:
    """Whoever gets no number is told why, in words."""
    assert set(NO_SPREAD_SENTENCES) == set(NoSpread)
    assert set(NOT_COUNTING_SENTENCES) == set(NotCounting)
    for sentence in (*NO_SPREAD_SENTENCES.values(), *NOT_COUNTING_SENTENCES.values()):
        assert sentence.endswith(".")
