"""Delivery promises: what leaves a filter is heard of, and no filter tells what is protected."""

from itertools import product

from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.changes.rules import Delivery, Facts, Filters, Reach, delivery, may_be_delivered
from app.ledger.words import Cause, Operation
from app.record.protection import Shield

NAMES = ("crisis", "place")
VALUES = ("a", "b")
reaches = st.none() | st.fixed_dictionaries(
    {}, optional=dict.fromkeys(NAMES, st.lists(st.sampled_from(VALUES), max_size=2))
)
wanted = st.dictionaries(
    st.sampled_from(NAMES), st.frozensets(st.sampled_from(VALUES), min_size=1, max_size=2), max_size=2
)
filters = st.builds(Filters, st.sampled_from([frozenset[str](), frozenset({"claim"})]), wanted)
causes = st.none() | st.sampled_from([one.value for one in Cause])
operations = st.sampled_from([one.value for one in Operation])
facts = st.builds(Facts, st.integers(1, 3), st.sampled_from(["claim", "report"]), operations, causes, *[reaches] * 3)
shields = st.builds(Shield, st.integers(0, 4), gone=st.booleans()).filter(lambda one: one.gone or one.before)
# Cheap to try, and many cases to meet.
MANY = settings(max_examples=400)
TAKEN = ("retract", "redact", "seal")


def matches(filters: Filters, reach: Reach | None) -> bool:
    """Say by brute force whether some choice of one value for each name is what the record was found by."""
    choices = product(*(sorted(values) for values in filters.reach.values()))
    return reach is not None and any(
        all(value in reach.get(name, ()) for name, value in zip(filters.reach, choice, strict=True))
        for choice in choices
    )


@MANY
@given(filters, facts)
def test_what_matched_before_or_after_is_delivered(filters: Filters, facts: Facts) -> None:
    """And what takes something back goes to every filter that ever matched; nothing else is delivered."""
    told = delivery(filters, facts, None)
    right = not filters.types or facts.record_type in filters.types
    before, after, ever = (matches(filters, one) for one in (facts.before, facts.after, facts.ever))
    taken = facts.operation in TAKEN or facts.cause == "protection"
    everything = not filters.reach
    assert told.delivered is (right and (everything or before or after or (taken and ever)))
    assert (told.before, told.after) == ((before, after) if right else (False, False))


@MANY
@given(filters, facts, st.none() | shields)
def test_nothing_that_is_delivered_is_passed_over(filters: Filters, facts: Facts, shield: Shield | None) -> None:
    """The quick look that decides whose protection is asked for is never narrower than the decision."""
    if delivery(filters, facts, shield).delivered:
        assert may_be_delivered(filters, facts)


def hidden(facts: Facts, shield: Shield, others: tuple[Reach | None, ...]) -> Facts:
    """Return the same revision with other protected reaches; what was public stays public."""
    before, after, ever = (
        own if own is None or other is None else other
        for own, other in zip((facts.before, facts.after, facts.ever), others, strict=True)
    )
    if not shield.withholds(facts.seq):
        after = facts.after
    if not shield.withholds(facts.seq - 1):
        before = facts.before
    return facts._replace(before=before, after=after, ever=ever)


# The revision that protects: what was before it is withheld, what it left is not.
PLACE = Filters(reach={"place": frozenset("a")})
PROTECTING = Facts(2, "claim", "correct", "protection", {"place": ["a"]}, {"place": ["b"]}, {"place": ["a"]})


@MANY
@example(PLACE, PROTECTING, Shield(2, gone=False), ({"place": ["b"]}, None, None))
@example(PLACE, PROTECTING, Shield(3, gone=False), (None, {"place": ["a"]}, {"place": ["b"]}))
@given(filters, facts, shields, st.tuples(reaches, reaches, reaches))
def test_filters_tell_nothing_of_what_is_protected(
    filters: Filters, facts: Facts, shield: Shield, others: tuple[Reach | None, ...]
) -> None:
    """Whatever the withheld contents were found by, a follower is told the same: it cannot ask its way to them."""
    assert delivery(filters, facts, shield) == delivery(filters, hidden(facts, shield, others), shield)


@MANY
@given(filters, facts, shields)
def test_what_takes_a_protected_record_back_reaches_every_follower(
    filters: Filters, facts: Facts, shield: Shield
) -> None:
    """Nobody goes on showing it because its filter happened not to match."""
    told = delivery(filters, facts._replace(operation="retract"), shield)
    assert told.delivered is (not filters.types or facts.record_type in filters.types)


@MANY
@given(filters, facts, shields)
def test_nothing_else_of_what_is_withheld_is_delivered_by_a_filter(
    filters: Filters, facts: Facts, shield: Shield
) -> None:
    """A revision whose contents nobody gets is in no filtered list."""
    quiet = facts._replace(operation="correct", cause="our_error")
    if filters.reach and shield.withholds(facts.seq):
        assert delivery(filters, quiet, shield) == Delivery(delivered=False, before=False, after=False)
