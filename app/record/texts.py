"""Why this file exists: texts that the operator holds now are taken in and let go; they are no facts of the record.

A held text stands in no body, digest or revision: it only lets documents show the words that locators point at. Its
words are not ours to weigh, so nobody can say what else of a protected person stands in them: what protects a record
lets go of every text that may speak of it, and no such text is taken in.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, delete, insert

from app.ledger import queries as ledger_queries
from app.ledger.words import Cause
from app.record import queries
from app.record.queries import DOCUMENT, HELD
from app.record.shelf import Shelf
from app.record.standing import Standing
from app.store import fulltext

# Where the words of a held text stand, in what the database keeps for it.
TABLES = (HELD.name, DOCUMENT.name, fulltext.SEARCH.name)


class Texts:
    """The held texts, in one transaction."""

    def __init__(self, connection: Connection, standing: Standing, shelf: Shelf) -> None:
        self._connection = connection
        self._standing = standing
        self._shelf = shelf
        # Whether anything was let go, so that its bytes are to be erased once this is committed.
        self.released = False

    @contextmanager
    def shown(self, record_id: str, edition: int, text: str) -> Iterator[None]:
        """Let the rules see a text before it is written: of one that they refuse no byte reaches the database."""
        self._shelf.show_text(record_id, edition, text)
        try:
            yield
        finally:
            self._shelf.forget_texts()

    def hold(self, record_id: str, edition: int, text: str) -> None:
        """Take the text of an edition in, in place of what was held of it."""
        self._delete(record_id, edition)
        row = {"record_id": record_id, "edition": edition, "content": text.encode()}
        self._connection.execute(insert(HELD), [row])
        self._shelf.forget_texts()

    def release(self, record_id: str) -> list[int]:
        """Let go of all that is held of a record; return the numbers of the editions."""
        editions = sorted(self._shelf.texts(record_id))
        if editions:
            self._delete(record_id)
            self._shelf.forget_texts()
        self.released = True
        return editions

    def _delete(self, record_id: str, edition: int | None = None) -> None:
        chosen = delete(HELD).where(HELD.c.record_id == record_id)
        self._connection.execute(chosen if edition is None else chosen.where(HELD.c.edition == edition))

    def exposing(self, among: Collection[str] | None = None) -> list[str]:
        """Return the records, of all or among these, of which a text is held that may speak of what is protected."""
        held = queries.held_by(self._connection)
        return [one for one in held if (among is None or one in among) and self.protects(one)]

    def protects(self, record_id: str) -> bool:
        """Whether anything that the text of a record may speak of is protected."""
        told = self._standing.told(record_id)
        self._shelf.load(told)
        retracted = {one.retracted_cause for one in map(self._shelf.entry, told) if one is not None}
        return Cause.PROTECTION.value in retracted or ledger_queries.any_protected(self._connection, told)
