"""Why this file exists: one file of an export is one walk over one moment of the record, a page at a time.

However many rows it has, it holds one page of documents, some places, and one piece of the file in memory.
"""

from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import aclosing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from sqlalchemy import select

from app.exports.about import About
from app.exports.columns import Places, Table
from app.exports.formats import PRESENTERS
from app.exports.listing import Choice
from app.exports.tombstones import Tombstones
from app.finding.finder import Finder
from app.finding.found import Page, Question, State
from app.kit.canonical import JSON, parse
from app.ledger.append import HEAD, REVISION
from app.record.queries import DOCUMENT_BY_ID, HEAD_STATE
from app.store.archive import Archive, Busy, Snapshot

PAGE = 500
KEPT_PLACES = 1000
# What a ledger without a revision says of itself.
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Standing:
    """What state the record is in, when it came to be, and when the first revision was made; null without any."""

    state: State
    recorded_at: datetime | None
    issued: datetime | None


def standing(snapshot: Snapshot) -> Standing:
    """Return how a snapshot stands."""
    state = State(*snapshot.reader.fetch(HEAD_STATE, {})[0])
    connection = snapshot.connection
    recorded_at = connection.execute(select(HEAD.c.recorded_at)).scalar()
    first = select(REVISION.c.recorded_at).order_by(REVISION.c.seq).limit(1)
    return Standing(state, recorded_at, connection.execute(first).scalar())


@dataclass
class Walk:
    """A file on its way: its first piece is there, so that what can be wrong with it is known; `rest` follows."""

    about: About
    state: State
    first: bytes
    rest: AsyncGenerator[bytes, None]


class Exports:
    """Walks of one application: a few at once, since each holds a connection and uses up a processor."""

    def __init__(self, archive: Archive, most: int, page: int = PAGE) -> None:
        self._archive = archive
        self._most = most
        self._page = page
        self.running = 0

    async def begin(self, table: Table, extension: str, choice: Choice, path: str) -> Walk:
        """Return a walk at its first piece; raises UnknownCodes, StoreUnavailable, or Busy when too many run."""
        known: list[tuple[About, State]] = []

        def work(snapshot: Snapshot) -> Iterator[bytes]:
            finder = Finder(snapshot.reader)
            page = snapshot.run(finder.page(choice.question, None, self._page))
            about = _about(snapshot, table, choice, page.state, path)
            known.append((about, page.state))
            documents = _documents(snapshot, finder, choice.question, page, self._page)
            yield from PRESENTERS[extension].presenter().present(about, documents, places_of(snapshot))

        pieces = self._pieces(work)
        first = await anext(pieces, b"")
        about, state = known[0]
        return Walk(about, state, first, pieces)

    async def _pieces(self, work: Callable[[Snapshot], Iterator[bytes]]) -> AsyncGenerator[bytes, None]:
        if self.running >= self._most:
            raise Busy(f"{self._most} exports are on their way already")
        self.running += 1
        try:
            async with aclosing(self._archive.stream(work)) as pieces:
                async for piece in pieces:
                    if piece:
                        yield piece
        finally:
            self.running -= 1


def _about(snapshot: Snapshot, table: Table, choice: Choice, state: State, path: str) -> About:
    return About(
        table=table,
        seq=state.seq,
        recorded_at=snapshot.connection.execute(select(HEAD.c.recorded_at)).scalar() or NEVER,
        path=path,
        tombstones=choice.tombstones,
        retracted=Tombstones(snapshot.connection, table) if choice.tombstones else (),
        bom=choice.bom,
    )


def _documents(snapshot: Snapshot, finder: Finder, question: Question, page: Page, limit: int) -> Iterator[bytes]:
    """Yield the documents that a question finds, from its first page on."""
    while True:
        yield from page.bodies
        if not page.more or not page.places:
            return
        page = snapshot.run(finder.page(question, page.places[-1], limit))


def places_of(snapshot: Snapshot) -> Places:
    """Return what gives the documents of places by id; those asked for last are remembered."""

    @lru_cache(KEPT_PLACES)
    def place(record_id: str) -> JSON | None:
        rows = snapshot.reader.fetch(DOCUMENT_BY_ID, {"id": record_id})
        found: JSON | None = parse(rows[0][-1]) if rows else None
        return found

    return place
