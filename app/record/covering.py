"""Why this file exists: what is protected now is protected at all times: also what is kept of the past says so.

What was kept of a protected record, and of all that was found or counted by its facts, is worked out anew: by what is
shown of it now, right back to when it was recorded.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping

from sqlalchemy import ColumnElement, Connection, delete, or_, select

from app.index.past import PAST
from app.kit import ids
from app.ledger.append import CONTENT, REVISION
from app.record import queries
from app.record.chronicle import Chronicle
from app.record.noun import Noun
from app.record.protection import NAMED, NONE, Shield, shields
from app.record.queries import RECORD, TALLY_PAST
from app.record.refs import Entry
from app.record.replaying import deliver, remember, replay
from app.record.shelf import Shelf
from app.record.standing import Standing
from app.record.timelines import Count, Counts, counted, steps
from app.store.base import batches
from app.store.bulk import insert_rows


class Covering:
    """Knows the shields of the records of one write as they were before it."""

    def __init__(
        self, connection: Connection, nouns: Mapping[str, Noun], shelf: Shelf, standing: Standing, first: int
    ) -> None:
        self._connection = connection
        self._nouns = nouns
        self._shelf = shelf
        self._standing = standing
        self._first = first
        self._before: dict[str, Shield] = {}
        # What is protected or let out again by itself.
        self._roots: set[str] = set()

    def take(self, entry: Entry) -> None:
        """Take a record that is about to be protected, or no more, with all that stands in it."""
        self._roots.add(entry.id)
        within = [entry.id, *(one.id for one in self._standing.descendants(entry.id))]
        new = [one for one in within if one not in self._before]
        found = shields(self._connection, new)
        self._before.update((one, found.get(one, NONE)) for one in new)

    def cover(self) -> None:
        """Put the past right; called when everything is stored and rendered."""
        if not self._before:
            return
        if any(ids.type_of(one) == "vocabulary" and self._let_out_or_gone(one) for one in self._roots):
            # Nobody lists who speaks a vocabulary that is gone.
            replay(self._connection, self._nouns)
            return
        found = self._related({*self._before, *self._naming()})
        moved = self._moved(found)
        for (record_id, name), by in moved.items():
            self._recount(record_id, name, by)
        remember(self._connection, self._nouns, {*found, *(one for one, _ in moved)})
        # To whom earlier revisions go must not tell either by what others said that they were found.
        deliver(self._connection, self._nouns, found)

    def _let_out_or_gone(self, record_id: str) -> bool:
        after = shields(self._connection, [record_id]).get(record_id, NONE)
        return self._before[record_id].gone != after.gone

    def _related(self, record_ids: set[str]) -> set[str]:
        """Return records with all that they stand in, and all that stands in them."""
        self._shelf.load(record_ids)
        found = set(record_ids)
        for one in record_ids:
            found.update(self._standing.ancestors(one))
            found.update(below.id for below in self._standing.descendants(one))
        return found

    # --- what counts were --------------------------------------------------------------------------------------------

    def _moved(self, record_ids: Iterable[str]) -> dict[Count, dict[int, int]]:
        """Return by how much each count went up or down at which write, as shown now, more than as it was kept."""
        chronicle = Chronicle(self._connection, self._nouns)
        more: Counter[tuple[str, str, int]] = Counter()
        for batch in batches(sorted(record_ids)):
            chronicle.forget()
            chronicle.prepare(batch)
            for one in batch:
                now = counted(chronicle, one, chronicle.shield, hides=True)
                before = counted(chronicle, one, lambda one: self._before.get(one, chronicle.shield(one)), hides=True)
                more.update(steps(now))
                more.subtract(steps(self._kept(before, now[-1][1])))
        moved: dict[Count, dict[int, int]] = {}
        for (record_id, name, first), by in more.items():
            if by:
                moved.setdefault((record_id, name), {})[first] = by
        return moved

    def _kept(self, before: list[tuple[int, Counts]], now: Counts) -> list[tuple[int, Counts]]:
        """Return what was kept of a record: what was shown until this write, which has counted what is shown now."""
        return [*(one for one in before if one[0] < self._first), (self._first, now)]

    def _recount(self, record_id: str, name: str, by: Mapping[int, int]) -> None:
        """Have a count of the past go up and down so much more at some writes; in the end it is what it is now."""
        mine = (TALLY_PAST.c.record_id == record_id) & (TALLY_PAST.c.name == name) & (TALLY_PAST.c.until >= min(by))
        query = select(TALLY_PAST.c.until, TALLY_PAST.c.total).where(mine).order_by(TALLY_PAST.c.until)
        kept = [tuple(row) for row in self._connection.execute(query)]
        now = queries.tallies(self._connection, [record_id]).get(record_id, {}).get(name, 0)
        untils, totals = [until for until, _ in kept], [*(total for _, total in kept), now]
        wanted, more = [], 0
        for until in sorted({*untils, *by}):
            at = bisect_left(untils, until)
            before = totals[at] + more
            more += by.get(until, 0)
            after = totals[at + 1 if at < len(untils) and untils[at] == until else at] + more
            if before != after:
                wanted.append((until, before))
        self._connection.execute(delete(TALLY_PAST).where(mine))
        rows = [{"record_id": record_id, "name": name, "until": until, "total": total} for until, total in wanted]
        insert_rows(self._connection, TALLY_PAST, rows)

    # --- by what others were found -----------------------------------------------------------------------------------

    def _naming(self) -> set[str]:
        """Return the records that are found, or were, by what is protected without standing in it."""
        found: set[str] = set()
        kept: list[ColumnElement[bool]] = []
        for one in self._roots:
            if ids.type_of(one) == "vocabulary":
                kept.append(PAST.c.entries.is_not(None))
            elif ids.type_of(one) in NAMED and self._let_out_or_gone(one):
                found |= self._ever_naming(one)
            elif ids.type_of(one) in NAMED:
                kept.append(PAST.c.entries.contains(one, autoescape=True))
        for some in batches(kept, 50):
            query = select(RECORD.c.id).join(PAST, PAST.c.recorded == RECORD.c.recorded).where(or_(*some))
            found.update(self._connection.execute(query.distinct()).scalars())
        return found

    def _ever_naming(self, record_id: str) -> set[str]:
        """Return the records that ever named one, or a place in it, in whatever part of their facts.

        It goes through all that was ever written: that somebody is gone at all times, or comes back, is rare.
        """
        found: set[str] = set()
        asked, waiting = set(), {record_id}
        while waiting:
            asked |= waiting
            for some in batches(waiting, 50):
                naming = or_(*(CONTENT.c.value.contains(one, autoescape=True) for one in some))
                query = select(REVISION.c.record_id).join(CONTENT, CONTENT.c.seq == REVISION.c.seq).where(naming)
                found.update(self._connection.execute(query.distinct()).scalars())
            waiting = {one for one in found if ids.type_of(one) == "place"} - asked
        return found
