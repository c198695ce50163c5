"""What relations a comparison goes by: those on the ways from its own figures, and no others."""

from hypothesis import given
from hypothesis import strategies as st

from app.compare.echoes import concerning
from app.compare.rules import compare
from tests.compare.facts import HERE, fact

VOICES = "abcdef"
FIGURES = st.lists(st.tuples(st.sampled_from(VOICES), st.integers(1, 5)), min_size=1, max_size=6, unique=True)
# Figures and claims, of which some are compared and others lie between or beyond.
NODES = st.tuples(st.sampled_from(("", "claim of ")), st.sampled_from(VOICES), st.integers(1, 6)).map(
    lambda one: f"{one[0]}{one[1]}{one[2]}"
)
RELATIONS = st.sets(st.tuples(NODES, NODES).filter(lambda one: one[0] != one[1]), max_size=14)


@given(FIGURES, RELATIONS)
def test_no_other_relation_matters(named: list[tuple[str, int]], restates: set[tuple[str, str]]) -> None:
    """A comparison is the same by all relations that there are as by those that lead on from its figures."""
    facts = [fact(f"{voice}{number}", number=str(100 + number % 2)) for voice, number in named]
    ways: dict[str, list[str]] = {}
    for source, target in sorted(restates):
        ways.setdefault(source, []).append(target)
    mine = concerning(facts, ways)
    assert compare(facts, place=HERE, restates=mine) == compare(facts, place=HERE, restates=restates)
    assert set(mine) <= restates


def test_only_ways_that_begin_here_are_followed() -> None:
    """What leads to a figure, or lies elsewhere, is left out; what leads on from one is followed to its end."""
    ways = {"claim of a1": ["x"], "x": ["y", "a1"], "y": ["x"], "b2": ["a1"], "p": ["q"]}
    assert set(concerning([fact("a1")], ways)) == {("claim of a1", "x"), ("x", "y"), ("x", "a1"), ("y", "x")}
