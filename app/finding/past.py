"""Why this file exists: every question can be asked of the record as it stood after any write.

What is found as it was then is found by the index as it is now, but for what was found otherwise: of that the index
keeps what it was found by. So a page of the past is two lists in one order: of the index the records that are still
found so, and of what was kept those that answered then. The documents of a page are rendered as they were.
"""

import heapq
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Select, String, bindparam, select

from app.finding.conditions import Clause, OneOf, Recorded, holds
from app.finding.filters import Asked, Terms, Value
from app.finding.finder import NEWEST, Finder
from app.finding.found import Page, Question
from app.finding.moments import Changed, Created
from app.finding.statements import Order, Plan
from app.index.keys import Entries, unspelt
from app.index.past import PAST
from app.kit import ids
from app.kit.canonical import JSON, compact
from app.ledger import queries as ledger_queries
from app.ledger.append import REVISION
from app.record.past import Past
from app.record.protection import Hidden
from app.record.queries import RECORD, RECORD_BY_HANDLE
from app.store.archive import Snapshot, SnapshotReader
from app.store.base import batches

CHUNK = 500


class Was(NamedTuple):
    """By what a record was found at a moment."""

    recorded: int
    record_id: str
    entries: Entries


@dataclass(frozen=True)
class StillSo:
    """The record was recorded by then, and is found today as it was found then."""

    seq: int

    shape = ("still",)

    def values(self, at: str) -> dict[str, Any]:
        """Return the moment."""
        return {f"{at}_n": self.seq}

    def check(self, at: str, recorded: Recorded) -> Clause:
        """Look for anything kept of the record that tells of that moment."""
        then, mine = bindparam(f"{at}_n", type_=BigInteger()), PAST.alias(at)
        kept = select(mine.c.recorded).where(mine.c.recorded == recorded, mine.c.until > then).limit(1)
        return (recorded <= then) & kept.scalar_subquery().is_(None)


@dataclass(frozen=True)
class ChangedThen:
    """The newest revision that the record had at a moment is from `since` on and before `before`."""

    record_type: str
    since: int
    before: int
    seq: int

    shape = ("changed then",)

    def values(self, at: str) -> dict[str, Any]:
        """Return the noun, both ends, and the moment."""
        return {f"{at}_t": self.record_type, f"{at}_a": self.since, f"{at}_z": self.before, f"{at}_n": self.seq}

    def check(self, at: str, recorded: Recorded) -> Clause:
        """Look for a revision between the ends, and for none after it until then."""
        since, before, then = (bindparam(f"{at}_{end}", type_=BigInteger()) for end in "azn")
        mine, record = REVISION.alias(at), RECORD.alias(f"{at}_r")
        revisions = (
            select(mine.c.seq)
            .join(record, (record.c.type == mine.c.record_type) & (record.c.id == mine.c.record_id))
            .where(record.c.recorded == recorded, mine.c.record_type == bindparam(f"{at}_t", type_=String()))
        )
        within = holds(revisions.where(mine.c.seq >= since, mine.c.seq < before, mine.c.seq <= then))
        return within & ~holds(revisions.where(mine.c.seq >= before, mine.c.seq <= then))


Test = Callable[[Was], bool]


class PastFinder(Finder):
    """Answers questions as they would have been answered after the write at whose end `past` stands."""

    def __init__(self, snapshot: Snapshot, past: Past) -> None:
        super().__init__(snapshot.reader)
        self.past = past
        self._connection = snapshot.connection
        self._reader: SnapshotReader = snapshot.reader

    # --- what lists and comparisons ask ------------------------------------------------------------------------------

    async def page(self, question: Question, after: tuple[int, int] | None, limit: int) -> Page:
        """Return the records after a place (key, recorded), at most `limit`, as they were; raises UnknownCodes."""
        down, order = question.order.down, question.order
        start = after
        if order.field is None and down:
            # Nothing that was recorded later can match: the walk begins behind it.
            start = (0, min(after[1] if after else NEWEST, self.past.seq + 1))
        found = await super().page(self._still(question), start, limit)
        kept = self._places(question, after, limit + 1)
        places = sorted([*found.places, *kept], reverse=down)
        page = Page(found.state, places[:limit], [], more=found.more or len(places) > limit)
        documents = await self.documents([recorded for _, recorded in page.places])
        # What is protected now is in no page; the place stands for where the list goes on.
        page.bodies = [documents[recorded] for _, recorded in page.places if recorded in documents]
        return page

    async def count(self, question: Question) -> int:
        """Return exactly how many records there were."""
        return await super().count(self._still(question)) + sum(1 for _ in self._matching(question))

    async def documents(self, recorded: Sequence[int]) -> dict[int, bytes]:
        """Return the documents of some records as they were, but of those that are protected now."""
        named = self._ids(recorded)
        self.past.prepare(named.values())
        found = {}
        for one, record_id in named.items():
            try:
                found[one] = compact(self.past.document(record_id))
            except Hidden:
                continue
        return found

    async def cards(self, record_ids: Sequence[str]) -> dict[str, JSON]:
        """Return the cards of records that were public, by id."""
        self.past.load(record_ids)
        return {one: self.past.card(one) for one in record_ids if self.past.is_public(one)}

    async def named(self, record_type: str, handle: str) -> str | None:
        """Return the id of the record that a slug or code finds, if it was public."""
        rows = self._reader.fetch(RECORD_BY_HANDLE, {"type": record_type, "handle": handle})
        return rows[0][0] if rows and self.past.is_public(rows[0][0]) else None

    async def gathered(
        self, question: Question, kind: str, build: Callable[[Plan], Any], bound: dict[str, Any]
    ) -> list[tuple[Any, ...]]:
        """Return the rows of another room's statement over what is still found so; `was` gives the others."""
        return await super().gathered(self._still(question), kind, build, bound)

    async def was(self, question: Question, table: str, columns: Sequence[str]) -> list[tuple[Any, ...]]:
        """Return narrow rows, as they were kept, of the records that are found otherwise now."""
        return [tuple(one.entries.rows[table][name] for name in columns) for one in self._matching(question)]

    async def every(self, question: Question, most: int) -> list[JSON]:
        """Return the facts of the newest records that a question found, at most so many."""
        page = await self.page(question, None, most)
        named = self._ids([recorded for _, recorded in page.places])
        return [self.past.body(one) for one in named.values()]

    async def vocabulary(self, name: str) -> list[dict[str, Any]]:
        """Return the terms of a vocabulary as it was, with those that came later: nobody mistakes them for others."""
        record_id = ids.seeded_id("vocabulary", name)
        if not self.past.is_public(record_id):
            return []
        then: list[dict[str, Any]] = self.past.document(record_id)["terms"]
        return [*then, *await super().vocabulary(name)]

    # --- their parts -------------------------------------------------------------------------------------------------

    def _still(self, question: Question) -> Question:
        """Return the question to the index as it is now."""
        asked = tuple(self._then(one) if isinstance(one, Changed) else one for one in question.asked)
        return replace(question, asked=(*asked, StillSo(self.past.seq)))

    def _then(self, asked: Changed) -> ChangedThen:
        since, before = self._seqs(asked.since, asked.before)
        return ChangedThen(asked.record_type, since, before, self.past.seq)

    def _seqs(self, since: datetime | None, before: datetime | None) -> tuple[int, int]:
        """Return the first revisions at or after two instants; without one, before and after all."""
        first, last = (
            None if one is None else ledger_queries.first_since(self._connection, one) or NEWEST
            for one in (since, before)
        )
        return first or 0, NEWEST if last is None else last

    def _places(self, question: Question, after: tuple[int, int] | None, most: int) -> list[tuple[int, int]]:
        """Return the first places beyond one of what is found otherwise now."""
        order = question.order
        places = (_place(one, order) for one in self._matching(question, after))
        if order.field is None:
            return list(islice(places, most))
        beyond = (one for one in places if after is None or (one < after if order.down else one > after))
        return heapq.nlargest(most, beyond) if order.down else heapq.nsmallest(most, beyond)

    def _matching(self, question: Question, after: tuple[int, int] | None = None) -> Iterator[Was]:
        """Yield what was found and is found otherwise now, in the order of recording; beyond a place in that order."""
        tests = [self._test(one) for one in question.asked]
        down = question.order.down
        recorded = after[1] if after and question.order.field is None else (NEWEST if down else -1)
        while rows := list(self._connection.execute(_kept(question.record_type, self.past.seq, recorded, down=down))):
            for row in rows:
                one = Was(row.recorded, row.id, unspelt(row.entries))
                if all(test(one) for test in tests):
                    yield one
            recorded = rows[-1].recorded

    def _test(self, asked: Asked) -> Test:
        """Return how a question is asked of what was kept."""
        if isinstance(asked, Terms):
            values = {self._value(one) for one in asked.values}
            wanted = {(field, value) for field in asked.fields for value in values}
            return lambda was: not wanted.isdisjoint(was.entries.terms)
        if isinstance(asked, Created):
            since, before = self._seqs(asked.since, asked.before)
            return lambda was: since <= was.recorded < before
        if isinstance(asked, Changed):
            since, before = self._seqs(asked.since, asked.before)
            return lambda was: since <= self._newest_seq(was.record_id) < before
        if isinstance(asked, OneOf):
            some = frozenset(asked.ids)
            return lambda was: was.record_id in some
        matches: Callable[[Entries], bool] = asked.matches  # type: ignore[attr-defined]
        return lambda was: matches(was.entries)

    def _value(self, value: Value) -> str:
        """Return a term's value; a handle finds the id of its record, or nothing."""
        if value.handle_of is None:
            return value.value
        rows = self._reader.fetch(RECORD_BY_HANDLE, {"type": value.handle_of, "handle": value.value})
        return rows[0][0] if rows else ""

    def _newest_seq(self, record_id: str) -> int:
        entry = self.past.entry(record_id)
        return entry.seq if entry else 0

    def _ids(self, recorded: Sequence[int]) -> dict[int, str]:
        """Return {recorded: id} in the order given."""
        found: dict[int, str] = {}
        for batch in batches(recorded):
            query = select(RECORD.c.recorded, RECORD.c.id).where(RECORD.c.recorded.in_(batch))
            found.update((row.recorded, row.id) for row in self._connection.execute(query))
        return {one: found[one] for one in recorded if one in found}


def _place(one: Was, order: Order) -> tuple[int, int]:
    """Return the place of a record in an order."""
    if order.field is None:
        return 0, one.recorded
    span = one.entries.spans[order.field]
    return (span.down if order.down else span.up), one.recorded


def _kept(record_type: str, seq: int, beyond: int, *, down: bool) -> Select[Any]:
    """Return what was kept of the next records of a noun that tells of a moment; of who is gone now nothing is."""
    earlier = PAST.alias("earlier")
    first = (
        select(earlier.c.recorded)
        .where(earlier.c.recorded == PAST.c.recorded, earlier.c.until > seq, earlier.c.until < PAST.c.until)
        .exists()
    )
    recorded = PAST.c.recorded
    query = (
        select(recorded, PAST.c.entries, RECORD.c.id)
        .join(RECORD, RECORD.c.recorded == recorded)
        .where(PAST.c.type == record_type, recorded <= seq, PAST.c.until > seq, PAST.c.entries.is_not(None))
        .where(~first, recorded < beyond if down else recorded > beyond)
    )
    return query.order_by(recorded.desc() if down else recorded.asc()).limit(CHUNK)
