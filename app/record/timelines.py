"""Why this file exists: by what a record was found and what it counted, state after state, as the ledger tells.

What a noun says of a record is a function of what it asks of others. So after one state the next at which it can say
something else is the first at which anything that it asked about had another revision: nothing else is looked at.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable
from itertools import groupby, pairwise
from typing import NamedTuple, TypeVar

from app.index.keys import Keys, entries, spelt
from app.index.past import alike
from app.kit import ids
from app.kit.canonical import JSON
from app.record.chronicle import Chronicle, Named, Shielding, View
from app.record.protection import NONE, Hidden
from app.record.reach import reach_of, united
from app.record.refs import Lifecycle, Refs
from app.store.base import Row

T = TypeVar("T")
Timeline = list[tuple[int, Keys | None]]
# By what a record was found whose body of then was erased.
_ERASED = Keys()
Count = tuple[str, str]
Counts = Counter[Count]


class Reach(NamedTuple):
    """By which filters of the feed a revision is delivered; null when it was not public, or never before."""

    before: JSON | None
    after: JSON | None
    ever: JSON | None


class Delivered(NamedTuple):
    """The reach of a revision; not `sure` when contents were erased that would tell."""

    seq: int
    reach: Reach
    sure: bool


def states(
    chronicle: Chronicle, record_id: str, shielding: Shielding, say: Callable[[View, str], T], *, hides: bool = False
) -> list[tuple[int, T]]:
    """Return (state, what is said then) of a record, from when it was recorded, at every state where that can change.

    All records that it asks about are best at hand (`Chronicle.prepare`); what is not is read.
    """
    state: int | None = chronicle.told[record_id][0].end
    found = []
    while state is not None:
        view = View(chronicle, state, shielding, hides=hides)
        found.append((state, say(view, record_id)))
        state = chronicle.next_state(view.used, view.counted, state)
    return found


# --- by what it was found ---------------------------------------------------------------------------------------------


def keys_of(view: View, record_id: str) -> Keys | None:
    """Return by what a record was found; null when nobody could get it, or nobody may any more."""
    entry = view.entry(record_id)
    if entry is None or not view.is_shown(record_id):
        return None
    noun = view.nouns[entry.type]
    try:
        keys = noun.keys(record_id, view.body(record_id), Named(view))
    except Hidden:
        return None
    keys.terms = {**keys.terms, **Lifecycle(entry).terms()}
    # Words are not kept.
    keys.head, keys.body = (), ()
    return keys


def found(chronicle: Chronicle, record_id: str) -> Timeline:
    """Return by what a record was found, at every state where that may have changed, but for what is protected."""
    return states(chronicle, record_id, chronicle.shield, keys_of, hides=chronicle.hides)


def kept(chronicle: Chronicle, record_id: str, timeline: Timeline) -> list[Row]:
    """Return what is to be kept of a record: by what it was found before each write that changed it."""
    if len(timeline) == 1:
        return []
    recorded, kind = chronicle.told[record_id][0].revision.seq, ids.type_of(record_id)
    each = [(state, None if keys is None else entries(kind, recorded, keys)) for state, keys in timeline]
    return [
        {
            "recorded": recorded,
            "until": chronicle.firsts[state],
            "type": kind,
            "entries": None if before is None else spelt(before),
        }
        for (_, before), (state, after) in pairwise(each)
        if not alike(before, after)
    ]


# --- what it counted --------------------------------------------------------------------------------------------------


def counts_of(view: View, record_id: str) -> Counts:
    """Return the counts to which a record added one, as far as anybody may know of it."""
    if not view.is_shown(record_id):
        return Counter()
    try:
        return Counter(view.nouns[ids.type_of(record_id)].tallies(view.body(record_id), Refs(view)))
    except Hidden:
        return Counter()


def counted(chronicle: Chronicle, record_id: str, shielding: Shielding, *, hides: bool) -> list[tuple[int, Counts]]:
    """Return (first revision of a write, counts since then) of a record, wherever they may have changed."""
    timeline = states(chronicle, record_id, shielding, counts_of, hides=hides)
    return [(chronicle.firsts[state], counts) for state, counts in timeline]


def steps(timeline: list[tuple[int, Counts]]) -> Counter[tuple[str, str, int]]:
    """Return by how much each count (record, name) went up or down with the write of a first revision."""
    found: Counter[tuple[str, str, int]] = Counter()
    before: Counts = Counter()
    for first, after in timeline:
        for key in {*before, *after}:
            if step := after[key] - before[key]:
                found[*key, first] += step
        before = after
    return found


# --- to whom its revisions are delivered ------------------------------------------------------------------------------


def reaches(chronicle: Chronicle, record_id: str, timeline: Timeline) -> list[Delivered]:
    """Return whom every revision of a record is delivered to, from its keys without its own shield.

    What was protected since is told to followers too, who are to let go of it: the feed asks for the shield itself.
    What it was found by through others is taken out as it is everywhere, or filters would tell of them.
    """
    if chronicle.shielded:
        gone = chronicle.shield(record_id).gone
        timeline = states(
            chronicle, record_id, lambda one: NONE if gone or one == record_id else chronicle.shield(one), _keys_then
        )
    at = [state for state, _ in timeline]
    found: list[Delivered] = []
    known: list[JSON | None] = []
    sure = True
    for (first, end), told in groupby(chronicle.told[record_id], key=lambda one: (one.first, one.end)):
        then = timeline[bisect_right(at, first - 1) - 1][1] if at[0] < first else None
        now = timeline[bisect_right(at, end) - 1][1]
        # Once a body was erased nobody can tell what the record was ever found by.
        sure = sure and then is not _ERASED and now is not _ERASED
        before, after = (None if one is None or one is _ERASED else reach_of(record_id, one) for one in (then, now))
        reach = Reach(before, after, united(*known))
        found += [Delivered(one.revision.seq, reach, sure) for one in told]
        known += [before, after]
    return found


def reach_before(chronicle: Chronicle, record_id: str, first: int) -> JSON | None:
    """Return by which filters of the feed a record was found before a write; null when it was not."""
    timeline = states(chronicle, record_id, lambda _: NONE, keys_of)
    then = [keys for state, keys in timeline if state < first]
    return reach_of(record_id, then[-1]) if then and then[-1] is not None else None


def _keys_then(view: View, record_id: str) -> Keys | None:
    keys = keys_of(view, record_id)
    return _ERASED if keys is None and view.is_public(record_id) else keys
