"""Why this file exists: what is protected now is protected at all times: also what is kept of the past says so.

What a protected record was found by before, and what it was counted by, is put right back to when it was recorded.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from sqlalchemy import Connection, select, update

from app.index import past
from app.index.writing import IndexWriter
from app.kit.canonical import JSON
from app.ledger import queries as ledger_queries
from app.ledger.append import REVISION
from app.ledger.queries import of_records
from app.record.noun import Noun
from app.record.protection import NONE, Shield, shields
from app.record.queries import TALLY_PAST
from app.record.refs import Entry, Refs
from app.record.revisions import SHOWING
from app.record.shelf import Shelf


class _Period(NamedTuple):
    """From revision `since` until revision `until` a record was public."""

    since: int
    until: int


class Covering:
    """Knows the shields of the records of one write as they were before it."""

    def __init__(self, connection: Connection, nouns: Mapping[str, Noun], shelf: Shelf, first: int) -> None:
        self._connection = connection
        self._nouns = nouns
        self._shelf = shelf
        self._first = first
        self._before: dict[str, Shield] = {}
        self._replaced: set[str] = set()

    def replaced(self, entries: Iterable[Entry]) -> None:
        """Take a record that is about to be corrected for protection, and what stands in it, found by its facts."""
        entries = list(entries)
        self.hidden(entries)
        self._replaced.update(one.id for one in entries)

    def hidden(self, entries: Iterable[Entry]) -> None:
        """Take records that are about to be gone at all times, or to come back to them."""
        new = [one.id for one in entries if one.id not in self._before]
        found = shields(self._connection, new)
        self._before.update((one, found.get(one, NONE)) for one in new)

    def cover(self, index: IndexWriter) -> None:
        """Put the past right; called when everything is stored and rendered."""
        if not self._before:
            return
        after = shields(self._connection, self._before)
        replaced = [self._shelf.entries[one] for one in self._replaced]
        past.cover(self._connection, index.stored(one.recorded for one in replaced if one.public))
        for entry in (self._shelf.entries[one] for one in self._before):
            self._count(entry, self._before[entry.id], after.get(entry.id, NONE))

    def _count(self, entry: Entry, before: Shield, after: Shield) -> None:
        """Have counts of the past tell of a record as far as it is shown now, and no further."""
        if before == after:
            return
        noun, refs = self._nouns[entry.type], Refs(self._shelf)
        for period in self._periods(entry):
            bodies = [self._body(entry, period, shield) for shield in (before, after)]
            was, now = (Counter(noun.tallies(body, refs) if body else ()) for body in bodies)
            for (record_id, name), step in ((key, now[key] - was[key]) for key in {*was, *now}):
                here = (TALLY_PAST.c.record_id == record_id) & (TALLY_PAST.c.name == name)
                within = TALLY_PAST.c.until.between(period.since + 1, period.until)
                if step:
                    moved = update(TALLY_PAST).where(here, within).values(total=TALLY_PAST.c.total + step)
                    self._connection.execute(moved)

    def _periods(self, entry: Entry) -> Iterator[_Period]:
        """Yield the times in which a record was public before this write."""
        query = select(REVISION.c.seq, REVISION.c.operation).where(of_records([entry.id]), REVISION.c.seq < self._first)
        revisions = list(self._connection.execute(query.order_by(REVISION.c.seq)))
        ends = [*(row.seq for row in revisions[1:]), self._first]
        for row, until in zip(revisions, ends, strict=True):
            if row.operation in SHOWING:
                yield _Period(row.seq, until)

    def _body(self, entry: Entry, period: _Period, shield: Shield) -> JSON | None:
        """Return the facts by which a record is counted in a period; null when it is not."""
        if shield.gone:
            return None
        seq = max(period.since, shield.before)
        return ledger_queries.bodies(self._connection, {entry.id: seq}).get(entry.id)
