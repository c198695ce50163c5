"""Why this file exists: documents are rendered when something changes, and stored; reads hand the bytes out.

Two passes. First the cards, in the nouns' order of citation, so that a card is made of finished cards; a card that
changed marks every document that embeds it. Then the documents. A rebuild is the same two passes over everything, and
gives the same bytes.
"""

import base64
import hashlib
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from app.index.keys import Keys
from app.index.keys import entries as entries_of
from app.index.writing import IndexWriter
from app.kit.canonical import compact
from app.ledger import queries as ledger_queries
from app.record import queries
from app.record.noun import Noun
from app.record.queries import DOCUMENT, QUEUE, RECORD, SOURCE, STATE
from app.record.refs import Entry, Lifecycle, Refs
from app.record.shelf import Shelf
from app.store import fulltext
from app.store.base import Row, batches
from app.store.bulk import insert_rows

Step = Callable[[int], None]
# More documents than this are rendered after the answer, by `settle`, which goes on where it was interrupted.
FEW = 500


def entity_tag(seq: int, body: bytes) -> str:
    """Return the opaque part of the strong validator of one record's answer."""
    return base64.urlsafe_b64encode(hashlib.sha256(b"%d " % seq + body).digest()[:15]).decode()


class Renderer:
    """Renders what a transaction has marked."""

    def __init__(
        self, connection: Connection, nouns: Mapping[str, Noun], shelf: Shelf, now: datetime, first: int | None = None
    ) -> None:
        """Take the first revision of the write, when what changes is to be kept as it was until then."""
        self._first = first
        self._connection = connection
        self._nouns = nouns
        self._shelf = shelf
        self._now = int(now.timestamp())
        self._stored: dict[str, Row] = {}
        self._used: dict[str, set[str]] = {}
        self._carded: set[str] = set()
        self._prepared: set[str] = set()
        self._index = index_of(connection, nouns)
        # By what records that were rendered are found, and those that wait since a revision.
        self.keys: dict[str, Keys] = {}
        self._since: dict[str, int] = {}
        # What waited while more was written: what was kept of it since then is to be worked out from the ledger.
        self.late: set[str] = set()
        self.changed: set[str] = set()

    def render(self, marked: Iterable[str], *, everything_now: bool = False) -> None:
        """Render the documents of the marked public records, and of those that embed a card that changed."""
        marked = set(marked)
        self._shelf.load(marked)
        ready = {one for one in marked if self._is_public(one)}
        beyond: set[str] = set()
        self._prepare(sorted(ready))
        # A card may touch records of an earlier noun (a figure's its claim's), whose own cards may have waited to be
        # rendered: they are taken in another round, so that what embeds them hears of it too.
        while ready - self._carded:
            for record_type in self._nouns:
                fresh = ready - self._carded
                mine = sorted(one for one in fresh if self._shelf.entries[one].type == record_type)
                touched = self._touched(record_type, self.render_cards(record_type, mine)) - ready
                room = touched if everything_now or len(touched) + len(ready) <= FEW else set()
                ready |= {one for one in room if self._is_public(one)}
                beyond |= touched - room
        self._queue(beyond - ready)
        self.render_documents(sorted(ready))

    def _touched(self, record_type: str, changed: set[str]) -> set[str]:
        """Return every record whose document embeds a card that changed."""
        touched = queries.dependants(self._connection, changed)
        if record_type == "vocabulary" and changed:
            touched |= self._speakers(changed)
        self._shelf.load(touched)
        return touched

    def _is_public(self, record_id: str) -> bool:
        entry = self._shelf.entry(record_id)
        return entry is not None and entry.public

    def _speakers(self, vocabulary_ids: set[str]) -> set[str]:
        """Return every public record whose document embeds labels of these vocabularies."""
        names = {self._shelf.body(one)["name"] for one in vocabulary_ids}
        types = [noun.type for noun in self._nouns.values() if names & set(noun.vocabularies)]
        query = select(RECORD.c.id).where(RECORD.c.type.in_(types), RECORD.c.public)
        return set(self._connection.execute(query).scalars()) if types else set()

    def _refs(self, record_id: str) -> Refs:
        refs = Refs(self._shelf)
        refs.used = self._used.setdefault(record_id, set())
        return refs

    def _prepare(self, record_ids: list[str]) -> None:
        """Bring everything that these records embed, and how they are stored now, to hand in a few statements."""
        shelf = self._shelf
        new = [one for one in record_ids if one not in self._prepared]
        self._prepared.update(new)
        self._load_stored(new)
        self._since.update(queries.waiting_since(self._connection, new))
        shelf.load_bodies(new)
        named = {
            reference
            for one in new
            for _, reference in self._nouns[shelf.entries[one].type].references(shelf.bodies[one])
        }
        shelf.load_cards(named)

    def render_cards(self, record_type: str, record_ids: list[str]) -> set[str]:
        """Render cards of one noun; return the records whose stored card is another."""
        noun = self._nouns[record_type]
        self._prepare(record_ids)
        self._carded.update(record_ids)
        changed = set()
        for one in record_ids:
            card = noun.card(one, self._shelf.body(one), self._refs(one))
            self._shelf.cards[one] = card
            stored = self._stored.get(one)
            if stored is not None and stored["card"] != compact(card).decode():
                changed.add(one)
        return changed

    def _load_stored(self, record_ids: list[str]) -> None:
        for batch in batches(record_ids):
            for row in self._connection.execute(select(DOCUMENT).where(DOCUMENT.c.id.in_(batch))).mappings():
                self._stored[row["id"]] = dict(row)

    def render_documents(self, record_ids: list[str]) -> None:
        """Render documents whose cards are ready, and store those that changed."""
        shelf = self._shelf
        for record_type, late in self._without_card(record_ids).items():
            self.render_cards(record_type, late)
        shelf.load_tallies(record_ids)
        for noun in self._nouns.values():
            mine = [one for one in record_ids if shelf.entries[one].type == noun.type]
            for child_type in noun.embeds:
                shelf.load_children(mine, child_type)
                shelf.load_cards(child for one in mine for child in shelf.children(one, child_type))
        rows = [self._row(one) for one in record_ids]
        self._store(rows, self._store_entries(record_ids))

    def _without_card(self, record_ids: list[str]) -> dict[str, list[str]]:
        """Return by type the records that a later noun's card has marked: their own card is as it was."""
        late: dict[str, list[str]] = {}
        for one in record_ids:
            if one not in self._carded:
                late.setdefault(self._shelf.entries[one].type, []).append(one)
        return late

    def _row(self, record_id: str) -> Row:
        shelf = self._shelf
        entry = shelf.entries[record_id]
        noun = self._nouns[entry.type]
        document = noun.document(record_id, shelf.body(record_id), Lifecycle(entry), self._refs(record_id))
        body = compact(document)
        return {
            "recorded": entry.recorded,
            "id": record_id,
            "seq": entry.seq,
            "etag": entity_tag(entry.seq, body),
            "modified_at": self._now,
            "card": compact(shelf.cards[record_id]).decode(),
            "body": body,
        }

    def _store_entries(self, record_ids: list[str]) -> set[str]:
        """Have the index find what is rendered by what it says now; return what is found otherwise than before."""
        wanted, ids, until = {}, {}, {}
        for one in record_ids:
            entry = self._shelf.entries[one]
            keys = self.keys[one] = self._nouns[entry.type].keys(one, self._shelf.body(one), self._refs(one))
            keys.terms = {**keys.terms, **Lifecycle(entry).terms()}
            wanted[entry.recorded], ids[entry.recorded] = entries_of(entry.type, entry.recorded, keys), one
            if (end := self._until(one)) is not None:
                until[entry.recorded] = end
        known = [recorded for recorded, one in ids.items() if one in self._stored]
        return {ids[recorded] for recorded in self._index.store(wanted, known, until)}

    def _until(self, record_id: str) -> int | None:
        """Return until which revision a record was found as it is stored; null when nobody can tell from that."""
        since = self._since.get(record_id)
        if since is None:
            return self._first
        # What waits was found otherwise until the write that touched it, if that was the last one.
        if self._first is None and ledger_queries.newest_write(self._connection) == since:
            return since
        self.late.add(record_id)
        return None

    def _store(self, rows: list[Row], found_otherwise: set[str]) -> None:
        """Write what changed, with what it embeds; what is the same stays, with its date."""
        changed = [row for row in rows if not self._is_stored(row)]
        ids = [row["id"] for row in changed]
        for batch in batches(one for one in ids if one in self._stored):
            self._connection.execute(delete(DOCUMENT).where(DOCUMENT.c.id.in_(batch)))
        for batch in batches(row["id"] for row in rows):
            self._connection.execute(delete(QUEUE).where(QUEUE.c.record_id.in_(batch)))
        insert_rows(self._connection, DOCUMENT, changed)
        touched = sorted({*ids, *found_otherwise})
        self.store_sources(touched)
        self.changed.update(touched)

    def store_sources(self, record_ids: list[str]) -> None:
        """Write what documents that were just rendered embed."""
        for batch in batches(record_ids):
            self._connection.execute(delete(SOURCE).where(SOURCE.c.record_id.in_(batch)))
        used = [
            {"record_id": one, "source_id": other} for one in record_ids for other in sorted(self._used[one] - {one})
        ]
        insert_rows(self._connection, SOURCE, used)

    def _is_stored(self, row: Row) -> bool:
        stored = self._stored.get(row["id"])
        # Every byte is compared, not the entity tag alone: whoever forges a body can leave the tag as it was.
        return stored is not None and {**stored, "modified_at": 0} == {**row, "modified_at": 0}

    def _queue(self, record_ids: set[str]) -> None:
        # What settling touches anew waits for the same reason as what it settles.
        since = self._first or min(self._since.values(), default=0)
        for batch in batches(sorted(record_ids)):
            waiting = select(QUEUE.c.record_id).where(QUEUE.c.record_id.in_(batch))
            already = set(self._connection.execute(waiting).scalars())
            new = [{"record_id": one, "since": since} for one in batch if one not in already]
            if new:
                self._connection.execute(insert(QUEUE), new)


def store_cards(connection: Connection, shelf: Shelf, record_ids: Iterable[str]) -> None:
    """Keep cards for a rebuild, which renders the documents beside them in the same transaction."""
    rows = []
    for one in record_ids:
        card = compact(shelf.cards[one]).decode()
        known = connection.execute(update(DOCUMENT).where(DOCUMENT.c.id == one).values(card=card)).rowcount
        if not known:
            entry = shelf.entries[one]
            empty = {"seq": entry.seq, "etag": "", "modified_at": 0, "body": b""}
            rows.append({"recorded": entry.recorded, "id": one, "card": card, **empty})
    if rows:
        connection.execute(insert(DOCUMENT), rows)


def index_of(connection: Connection, nouns: Mapping[str, Noun]) -> IndexWriter:
    """Return the writer of the index, which knows every noun's narrow tables."""
    return IndexWriter(connection, (table for noun in nouns.values() for table in noun.index_tables))


def withdraw(connection: Connection, nouns: Mapping[str, Noun], entries: list[Entry], first: int) -> set[str]:
    """Take records that are no longer public, since the write of that first revision, out of documents and index.

    Return those that waited to be rendered: what they were found by is not what the index kept.
    """
    waiting = queries.waiting_since(connection, [entry.id for entry in entries]).keys()
    index = index_of(connection, nouns)
    index.withdraw([entry.recorded for entry in entries if entry.id not in waiting], first)
    index.withdraw([entry.recorded for entry in entries if entry.id in waiting])
    for batch in batches(entry.id for entry in entries):
        connection.execute(delete(DOCUMENT).where(DOCUMENT.c.id.in_(batch)))
        connection.execute(delete(SOURCE).where(SOURCE.c.record_id.in_(batch)))
        connection.execute(delete(QUEUE).where(QUEUE.c.record_id.in_(batch)))
    return set(waiting)


def forget_unused(connection: Connection) -> None:
    """Leave in the index nothing of names and words that no record has any more: they might tell who was protected."""
    IndexWriter(connection, ()).forget_unused()
    fulltext.purge(connection)


def forget_waiting(connection: Connection, record_ids: list[str]) -> None:
    """Take documents off the queue, rendered or no longer public."""
    connection.execute(delete(QUEUE).where(QUEUE.c.record_id.in_(record_ids)))


def bump_generation(connection: Connection) -> None:
    """Say that documents changed without a revision, so that validators of lists change."""
    connection.execute(update(STATE).values(generation=STATE.c.generation + 1))


def all_waiting(connection: Connection) -> set[str]:
    """Return every document that waits to be rendered again."""
    return set(connection.execute(select(QUEUE.c.record_id)).scalars())


def waiting(connection: Connection, limit: int) -> list[str]:
    """Return documents that wait to be rendered again."""
    return list(connection.execute(select(QUEUE.c.record_id).order_by(QUEUE.c.record_id).limit(limit)).scalars())
