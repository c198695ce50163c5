"""Why this file exists: every write goes over one desk: one verb, one transaction, one revision for each record.

A transaction takes the ledger's head first. Each verb checks, appends its revision, and collects the rows; the end of
the transaction stores them, renders what they touch, and puts the head back. So the fact, its index rows, its document
and its revision appear together or not at all.
"""

import secrets
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from sqlalchemy import Connection, Engine

from app.kit.canonical import JSON
from app.kit.clock import Clock, system_clock
from app.ledger.append import Entropy, Ledger
from app.ledger.words import WriterRole
from app.record import documents
from app.record.documents import Renderer
from app.record.noun import Noun
from app.record.replaying import remember
from app.record.shelf import Shelf
from app.record.texts import TABLES
from app.record.writing import Writing
from app.store.engine import transact
from app.store.erasing import erase

T = TypeVar("T")
SETTLE = 500


class Desk:
    """Opens write transactions over the nouns that it is given."""

    def __init__(
        self,
        engine: Engine,
        nouns: Iterable[Noun],
        clock: Clock = system_clock,
        entropy: Entropy = secrets.token_bytes,
    ) -> None:
        self.engine = engine
        self.nouns: Mapping[str, Noun] = {noun.type: noun for noun in nouns}
        self.clock = clock
        self.entropy = entropy

    def write(self, role: WriterRole, verbs: Callable[[Writing], T]) -> T:
        """Run verbs in one transaction and commit it, then render what waits; raises OnrecordError and keeps nothing.

        When a text was let go its bytes are erased after the commit; raises NotErased when others keep the database
        busy: the text is gone from all answers, and letting go of it once more erases it.
        The verbs may run more than once, when the database asks for the transaction to be tried again.
        """
        done, unsettled, released = transact(self.engine, lambda connection: self._run(connection, role, verbs))
        if unsettled:
            self.settle()
        if released:
            erase(self.engine, TABLES)
        return done

    def _run(self, connection: Connection, role: WriterRole, verbs: Callable[[Writing], T]) -> tuple[T, bool, bool]:
        """Return what the verbs return, whether documents wait, and whether texts were let go.

        Documents wait that are of this write, or of one that was interrupted.
        """
        ledger = Ledger(connection, role, self.clock, self.entropy)
        writing = Writing(connection, ledger, self.nouns, self.clock())
        result = verbs(writing)
        writing.finish()
        return result, bool(documents.waiting(connection, 1)), writing.texts.released

    def settle(self) -> int:
        """Render documents that wait, some at a time, each time committed; return how many were rendered."""
        done = 0
        while batch := transact(self.engine, self._settle_some):
            done += batch
        return done

    def _settle_some(self, connection: Connection) -> int:
        batch = documents.waiting(connection, SETTLE)
        if not batch:
            return 0
        # Documents are rendered under the head, as every write is, so that they never miss a change.
        Ledger(connection, WriterRole.EDITOR, self.clock, self.entropy)
        shelf = Shelf(connection)
        renderer = Renderer(connection, self.nouns, shelf, self.clock())
        renderer.render(batch)
        documents.forget_waiting(connection, batch)
        if renderer.late:
            remember(connection, self.nouns, renderer.late)
        if renderer.changed:
            documents.bump_generation(connection)
        return len(batch)


def note(text: str | None, lang: str = "en") -> JSON | None:
    """Return the public note of a revision as the ledger keeps it; null for none."""
    return None if text is None else {"text": text, "lang": lang}
