"""Why this file exists: by what a record was found and what it counted, state after state, as the ledger tells.

What a noun says of a record is a function of what it asks of others. So after one state the next at which it can say
something else is the first at which anything that it asked about had another revision: nothing else is looked at.
"""

import re
from collections import Counter
from collections.abc import Callable
from typing import NamedTuple, TypeVar

from app.index.keys import Entries, Keys, entries, spelt
from app.index.past import alike
from app.kit import ids
from app.kit.canonical import JSON
from app.record.chronicle import Chronicle, Named, Shielding, View
from app.record.protection import NONE, Hidden, Shield
from app.record.reach import reach_of, united
from app.record.refs import Lifecycle, Refs
from app.store.base import Row

T = TypeVar("T")
_NAMES = re.compile(r"(?:plc|act|crs)_[0-7][0-9a-z]{25}", re.ASCII)
Count = tuple[str, str]
Counts = Counter[Count]


def states(
    chronicle: Chronicle, record_id: str, shielding: Shielding, say: Callable[[View, str], T]
) -> list[tuple[int, T]]:
    """Return (state, what is said then) of a record, from when it was recorded, at every state where that can change.

    All records that it asks about are best at hand (`Chronicle.prepare`); what is not is read.
    """
    state: int | None = chronicle.told[record_id][0].end
    found = []
    while state is not None:
        view = View(chronicle, state, shielding)
        found.append((state, say(view, record_id)))
        state = chronicle.next_state(view.used, view.counted, state)
    return found


# --- by what it was found ---------------------------------------------------------------------------------------------


def keys_of(view: View, record_id: str) -> Keys | None:
    """Return by what a record was found; null when nobody could get it, or nobody may any more."""
    entry = view.entry(record_id)
    if entry is None or not view.is_public(record_id):
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


def found_before(chronicle: Chronicle, record_id: str) -> list[Row]:
    """Return what is to be kept of a record: by what it was found before each write that changed it."""
    timeline = states(chronicle, record_id, chronicle.shield, keys_of)
    if len(timeline) == 1:
        return []
    recorded, kind = chronicle.told[record_id][0].revision.seq, ids.type_of(record_id)
    each = [(state, _entries(chronicle, kind, recorded, keys)) for state, keys in timeline]
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


def _entries(chronicle: Chronicle, kind: str, recorded: int, keys: Keys | None) -> Entries | None:
    """Return what the index would keep; nothing of a record that is found by somebody who is gone now."""
    if keys is None:
        return None
    found = entries(kind, recorded, keys)
    named = {one for _, value in found.terms for one in _NAMES.findall(value)}
    chronicle.load(named)
    return None if any(chronicle.shield(one).gone for one in named) else found


# --- what it counted --------------------------------------------------------------------------------------------------


def counts_of(view: View, record_id: str) -> Counts:
    """Return the counts to which a record added one, as far as anybody may know of it."""
    if not view.is_public(record_id):
        return Counter()
    try:
        return Counter(view.nouns[ids.type_of(record_id)].tallies(view.body(record_id), Refs(view)))
    except Hidden:
        return Counter()


def counted(chronicle: Chronicle, record_id: str, shielding: Shielding) -> list[tuple[int, Counts]]:
    """Return (first revision of a write, counts since then) of a record, wherever they may have changed."""
    timeline = states(chronicle, record_id, shielding, counts_of)
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


def reaches(chronicle: Chronicle, record_id: str) -> list[Row | None]:
    """Return what is kept of whom each revision of a record is delivered to; null for what its erased body told.

    What was protected since is told to followers too, who are to let go of it: nothing is taken out.
    """
    found: list[tuple[int, JSON | None]] = []
    erased: set[int] = set()
    for state, keys in states(chronicle, record_id, lambda _: NONE, keys_of):
        pass
    return []
