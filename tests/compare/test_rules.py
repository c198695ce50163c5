"""Whatever is on record, a comparison keeps its promises; judged over random facts and by a slow second opinion."""

from dataclasses import replace
from itertools import combinations
from random import Random

from hypothesis import assume, given
from hypothesis import strategies as st

from app.compare.rules import Comparison, Fact, Independence, NotCounting, compare
from tests.compare.facts import HERE, Situation, fact, situations, without
from tests.compare.oracle import judge

windows = st.integers(0, 9)
STATES = ("stock", "share", "area", "duration")


def of(one: Situation, window: int = 7, **asked: str | None) -> Comparison:
    """Compare the facts of a situation."""
    return compare(one.facts, place=HERE, window_days=window, restates=one.restates, **asked)


def basis(said: Comparison) -> tuple[str | None, str | None]:
    """Return the unit and the population group of a comparison."""
    return said.unit, said.population_group


def comparable(one: Situation, said: Comparison) -> list[Fact]:
    """Return the facts of the basis."""
    return [
        each
        for each in one.facts
        if (each.unit, each.population_group, each.place, each.derived) == (*basis(said), HERE, False)
    ]


def by_id(one: Situation) -> dict[str, Fact]:
    """Return the facts by figure."""
    return {each.figure: each for each in one.facts}


@given(situations(), windows)
def test_a_slow_second_opinion_agrees(one: Situation, window: int) -> None:
    """The spread, who is in it, who echoes whom and which voices count are what looking at every pair finds."""
    said = of(one, window)
    verdict = judge(one.facts, comparable(one, said), one.restates, window)
    assert {echo.figure: echo.of for row in said.rows for echo in row.echoes} == verdict.echoes
    counted = [row.voice for row in said.rows if row.independence is Independence.COUNTED]
    assert sorted(counted) == sorted(verdict.voices)
    if said.spread is None:
        assert verdict.figures == ()
    else:
        assert said.spread.figures == verdict.figures
        assert (said.spread.lowest[0].number, said.spread.highest[0].number) == verdict.ends


@given(situations(), st.randoms(use_true_random=False))
def test_the_order_in_which_facts_come_changes_nothing(one: Situation, chance: Random) -> None:
    """Two databases that answer in different orders answer the same."""
    facts, pairs = list(one.facts), list(one.restates)
    chance.shuffle(facts)
    chance.shuffle(pairs)
    assert compare(facts, place=HERE, restates=pairs) == of(one)


@given(situations(), windows)
def test_every_figure_is_shown_once(one: Situation, window: int) -> None:
    """Nothing is dropped and nothing stands in two places: a figure is in one row, or near by with what differs."""
    said = of(one, window)
    facts = by_id(one)
    for row in said.rows:
        assert {(facts[each].voice, facts[each].independent) for each in row.figures} == {
            (row.voice, row.independence is not Independence.UNKNOWN)
        }
    for near in said.near:
        each = facts[near.figure]
        here = (each.unit, each.population_group, each.place, each.derived)
        theirs = (said.unit, said.population_group, HERE, False)
        names = ("unit", "population_group", "place", "derived")
        if said.rows:
            assert near.differs == tuple(n for n, a, b in zip(names, here, theirs, strict=True) if a != b)
        assert near.differs
    assert len({(row.voice, row.independence is Independence.UNKNOWN) for row in said.rows}) == len(said.rows)
    assert sorted([each for row in said.rows for each in row.figures] + [each.figure for each in said.near]) == sorted(
        facts
    )


@given(situations(), windows)
def test_a_spread_holds_one_figure_of_each_independent_voice(one: Situation, window: int) -> None:
    """Never two of one voice or of two that share somebody; never an echo, an unknown voice or an undated figure."""
    said = of(one, window)
    assert (said.spread is None) is (said.spread_reason is not None)
    inside = said.spread.figures if said.spread else ()
    assert sorted(row.counts for row in said.rows if row.counts) == sorted(inside)
    facts = by_id(one)
    for figure, other in combinations(inside, 2):
        assert not set(facts[figure].voice.split("+")) & set(facts[other].voice.split("+"))
    for row in said.rows:
        assert (row.counts is None) is (row.why is not None)
        if row.counts:
            assert row.independence is Independence.COUNTED
            assert row.counts not in {echo.figure for echo in row.echoes}
            assert facts[row.counts].earliest
            assert facts[row.counts].latest


@given(situations(fewest=6), windows)
def test_a_spread_never_mixes(one: Situation, window: int) -> None:
    """All its figures are of one unit, population group and place, reported, and of one time."""
    said = of(one, window)
    assume(said.spread)
    assert said.spread
    facts = by_id(one)
    inside = [facts[each] for each in said.spread.figures]
    assert len(inside) >= 2
    assert {(each.unit, each.population_group) for each in inside} == {basis(said)}
    assert {(each.place, each.derived) for each in inside} == {(HERE, False)}
    days = [(each.earliest, each.latest) for each in inside if each.earliest and each.latest]
    if inside[0].kind in STATES:
        assert (said.spread.end - said.spread.start).days == window
        assert all(start <= said.spread.end and end >= said.spread.start for start, end in days)
        assert said.spread.end == max(start for start, _ in days)
    else:
        assert set(days) == {(said.spread.start, said.spread.end)}


@given(situations(fewest=6), windows)
def test_nothing_is_ever_computed(one: Situation, window: int) -> None:
    """Every number of a comparison is a number of the figure that it names; the ends hold all who gave them."""
    said = of(one, window)
    assume(said.spread)
    assert said.spread
    facts = by_id(one)
    for mark in said.spread.lowest + said.spread.highest:
        each = facts[mark.figure]
        assert mark.number is getattr(each, mark.by)
        assert (mark.voice, mark.quantifier) == (each.voice, each.quantifier)
        assert (mark.by == "value") is (each.value is not None)
        assert mark.figure in said.spread.figures
    for end in (said.spread.lowest, said.spread.highest):
        assert len({mark.number for mark in end}) == 1
    assert said.spread.lowest[0].number <= said.spread.highest[0].number


@given(situations(), windows)
def test_voices_counted_share_nobody(one: Situation, window: int) -> None:
    """The count never claims more independence than there is; publishers are counted apart."""
    said = of(one, window)
    counted = [row for row in said.rows if row.independence is Independence.COUNTED]
    assert said.voices == len(counted)
    for row, other in combinations(counted, 2):
        assert not set(row.voice.split("+")) & set(other.voice.split("+"))
    for row in said.rows:
        taken = {member for each in counted for member in each.voice.split("+")}
        if row.independence is Independence.SHARED:
            assert set(row.voice.split("+")) & taken
        if row.independence is Independence.ECHO:
            assert {echo.figure for echo in row.echoes} == set(row.figures)
            assert not {echo.of for echo in row.echoes} & set(row.figures)
    assert said.publishers == len({by_id(one)[each].publisher for row in said.rows for each in row.figures})


@given(situations(), st.data())
def test_an_echo_changes_neither_the_spread_nor_the_count(one: Situation, data: st.DataObject) -> None:
    """A voice repeating itself, or another drawing on it, adds nothing but a line to the list."""
    here = [each for each in one.facts if each.place == HERE and not each.derived]
    assume(here)
    heard = data.draw(st.sampled_from(here))
    new = replace(heard, recorded=2000, figure="new", claim="claim of new")
    pairs = set(one.restates)
    if data.draw(st.booleans()) or not (heard.earliest and heard.latest):
        voice = data.draw(st.sampled_from(("a", "d", "e", "a+e")))
        new = replace(new, voice=voice, independent=True, value=data.draw(st.sampled_from((heard.value, None))))
        pairs |= {(data.draw(st.sampled_from(("new", new.claim))), heard.figure)}
    before, after = of(one), of(Situation((*one.facts, new), frozenset(pairs)))
    assert (after.spread, after.spread_reason, after.voices) == (before.spread, before.spread_reason, before.voices)
    assert basis(after) == basis(before)
    if basis(before) == (new.unit, new.population_group):
        assert "new" in {echo.figure for row in after.rows for echo in row.echoes}


@given(situations(), st.data())
def test_what_does_not_count_can_be_taken_away(one: Situation, data: st.DataObject) -> None:
    """Neither the spread nor the count rests on older figures, echoes, unknown voices or voices counted elsewhere."""
    before = of(one)
    ways = {end for pair in one.restates for end in pair}
    originals = {echo.of for row in before.rows for echo in row.echoes}
    idle = []
    for row in before.rows:
        own = set(row.figures) - {echo.figure for echo in row.echoes}
        for figure in row.figures:
            free = row.independence is not Independence.COUNTED or figure not in own or len(own) > 1
            each = by_id(one)[figure]
            if free and figure != row.counts and figure not in originals and not {figure, each.claim} & ways:
                idle.append(figure)
    assume(idle)
    after = of(replace(one, facts=without(one.facts, data.draw(st.sampled_from(idle)))))
    assert (after.spread, after.voices) == (before.spread, before.voices)


@given(situations(), st.data())
def test_figures_near_by_have_no_say(one: Situation, data: st.DataObject) -> None:
    """Once the basis is asked for, what differs from it can come and go."""
    unit, people = data.draw(
        st.sampled_from((("{person}", "civilians"), ("{person}", "people"), ("{household}", "people")))
    )
    before = of(one, unit=unit, population_group=people)
    assert basis(before) == (unit, people)
    ways = {end for pair in one.restates for end in pair}
    near = [each.figure for each in before.near if not {each.figure, by_id(one)[each.figure].claim} & ways]
    after = of(
        replace(one, facts=tuple(each for each in one.facts if each.figure not in near)),
        unit=unit,
        population_group=people,
    )
    assert replace(after, near=before.near) == before


@given(situations(), st.integers(1, 16))
def test_an_unknown_voice_has_no_say(one: Situation, day: int) -> None:
    """Whoever may be one of the others moves no end and is not counted."""
    new = fact("zz1", day, "5", recorded=2000, independent=False, kind=one.facts[0].kind if one.facts else "stock")
    before, after = of(one), of(replace(one, facts=(*one.facts, new)))
    assert (after.spread, after.voices) == (before.spread, before.voices)
    for row in after.rows:
        if row.voice == "zz":
            assert (row.independence, row.why) == (Independence.UNKNOWN, NotCounting.UNKNOWN_VOICE)


@given(situations(kind="stock"), windows)
def test_rows_and_figures_are_newest_first(one: Situation, window: int) -> None:
    """A reader meets the newest first, counted voices before others, and undated figures last."""
    said = of(one, window)
    facts = by_id(one)

    def age(figure: str) -> tuple[bool, int, int, int]:
        each = facts[figure]
        if each.earliest is None or each.latest is None:
            known = each.earliest or each.latest
            return False, known.toordinal() if known else 0, 0, each.recorded
        return True, each.earliest.toordinal(), each.latest.toordinal(), each.recorded

    order = list(Independence)
    assert list(said.rows) == sorted(
        said.rows, key=lambda row: (-order.index(row.independence), age(row.figures[0])), reverse=True
    )
    for figures in (*(row.figures for row in said.rows), tuple(each.figure for each in said.near)):
        assert list(figures) == sorted(figures, key=age, reverse=True)
