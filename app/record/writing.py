"""Why this file exists: the verbs: create, correct, retract and restore, the same for every noun.

Each verb has two halves: what the ledger and the register learn, and what readers may see (documents, counts, index
rows), which changes only when a record becomes or ceases to be public.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection

from app.index.keys import Keys
from app.kit import ids
from app.kit.canonical import JSON
from app.kit.errors import AlreadyRecorded, InvalidInput, NotAllowed, NothingChanged, NotRecorded
from app.ledger.append import Change, Ledger
from app.ledger.chain import Envelope
from app.ledger.words import Cause, Operation
from app.record import checks, documents
from app.record.counting import Counting
from app.record.covering import Covering
from app.record.documents import Renderer
from app.record.lifecycle import Status
from app.record.noun import Noun
from app.record.reach import Reaches
from app.record.refs import Entry, Refs
from app.record.replaying import found_before, remember
from app.record.rows import RowWriter
from app.record.shelf import Shelf
from app.record.standing import Standing
from app.record.texts import Texts

Note = JSON | None


class Writing:
    """One open write transaction."""

    def __init__(self, connection: Connection, ledger: Ledger, nouns: Mapping[str, Noun], now: datetime) -> None:
        self.connection = connection
        self._now = now
        self._ledger = ledger
        self._nouns = nouns
        self._rows = RowWriter(connection, nouns, ledger.first)
        self._reaches = Reaches(connection, ledger.first, partial(found_before, connection, nouns, ledger.first))
        # By what records that were rendered are found.
        self._keys: dict[str, Keys] = {}
        self._marked: set[str] = set()
        self._protects = False
        # What was written, and what that stands in.
        self._written: set[str] = set()
        # Whether a text was taken in or let go, so that documents change without a revision.
        self._reread = False
        self.shelf = Shelf(connection)
        self._standing = Standing(connection, nouns, self.shelf)
        self.texts = Texts(connection, self._standing, self.shelf)
        self._counting = Counting(nouns, self.shelf, self._standing, self._rows)
        self._covering = Covering(connection, nouns, self.shelf, self._standing, ledger.first)
        # What was changed while it waited to be rendered, so that more than one state of it is to be kept.
        self._late: set[str] = set()

    # --- the verbs ---------------------------------------------------------------------------------------------------

    def create(self, record_type: str, record_id: str, draft: Any) -> Envelope:
        """Publish a new record; raises AlreadyRecorded, InvalidInput, UnknownReference or NotAllowed."""
        noun = self._nouns[record_type]
        return self._create(noun, record_id, noun.body(draft))

    def create_all(self, drafts: Iterable[tuple[str, str, Any]]) -> list[Envelope]:
        """Publish many new records (type, id, draft), each after those that it names; raises what `create` raises.

        The same as creating one after the other, with what they all ask for brought to hand in a few statements.
        """
        bodies = [(noun := self._nouns[record_type], one, noun.body(draft)) for record_type, one, draft in drafts]
        named = {reference for noun, _, body in bodies for _, reference in noun.references(body)}
        self.shelf.load({one for _, one, _ in bodies} | named)
        self.shelf.load_bodies(sorted(named & self.shelf.entries.keys()))
        return [self._create(noun, one, body) for noun, one, body in bodies]

    def _create(self, noun: Noun, record_id: str, body: JSON) -> Envelope:
        if not ids.is_id(record_id, noun.type):
            raise InvalidInput(f"expected an id of a {noun.type}")
        if self.shelf.entry(record_id) is not None:
            raise AlreadyRecorded(f"{record_id} is recorded already")
        checks.draft(noun, record_id, body, self.shelf, self._rows)
        ancestors = noun.ancestors(body, self._refs())
        self.shelf.load(ancestors)
        if not all(self.shelf.entries[one].public for one in ancestors):
            raise NotAllowed("the record that it stands in is not public")
        done = self._ledger.append(Change(noun.type, record_id, 1, Operation.CREATE, body))
        at = done.recorded_at
        entry = Entry(
            record_id, noun.type, done.seq, done.seq, 1, Status.PUBLISHED.value, True, recorded_at=at, changed_at=at
        )
        self.shelf.entries[record_id], self.shelf.bodies[record_id] = entry, body
        self._reaches.add(done, entry, created=True)
        self._rows.add(noun, entry, body, ancestors)
        self._appear(entry)
        return done

    def correct(self, record_id: str, draft: Any, cause: Cause, note: Note = None) -> Envelope:
        """Replace a public record's facts; raises NotRecorded, NotAllowed, NothingChanged and what `create` raises."""
        entry, noun = self._at_hand(record_id)
        _refuse_parent(cause)
        if not entry.public:
            raise NotAllowed("only a public record can be corrected")
        before, body = self.shelf.body(record_id), noun.body(draft)
        if before == body:
            raise NothingChanged(f"{record_id} already says this")
        checks.draft(noun, record_id, body, self.shelf, self._rows)
        if noun.ancestors(before, self._refs()) != noun.ancestors(body, self._refs()):
            raise NotAllowed("a record cannot move to another report or claim; retract it and record it anew")
        if faults := tuple(noun.change_faults(before, body)):
            raise InvalidInput(f"this {noun.type} cannot be changed so", faults)
        if cause is Cause.PROTECTION:
            self._covering.take(entry)
        done = self._append(entry, Operation.CORRECT, body, cause, note)
        entry.corrections += 1
        entry.corrected_at, entry.corrected_cause = done.recorded_at, cause.value
        entry.corrected_note = note["text"] if note else None
        self._counting.anew(entry, body)
        if noun.binds:
            below = self._standing.descendants(record_id)
            checks.standing(self._nouns, [one for one in below if one.public], self.shelf)
        self._rows.replace(noun, entry, body, forget=cause is Cause.PROTECTION)
        self._mark(entry)
        return done

    def retract(self, record_id: str, cause: Cause, note: Note = None) -> Envelope:
        """Take a record, and all that stand in it, out of public sight; raises NotRecorded or NotAllowed."""
        entry, _ = self._at_hand(record_id)
        _refuse_parent(cause)
        was_public = entry.public
        # What is out of sight can still be read in its history, so it can be protected all the same.
        if not was_public and (cause is not Cause.PROTECTION or entry.retracted_cause == cause.value):
            raise NotAllowed("only a public record can be retracted, or, to protect somebody, one that was")
        children = [one for one in self._standing.descendants(record_id) if one.public]
        if was_public:
            self._refuse_if_cited(entry, children)
        if cause is Cause.PROTECTION:
            self._covering.take(entry)
        done = self._append(entry, Operation.RETRACT, self.shelf.body(record_id), cause, note)
        entry.status = Status.RETRACTED.value
        entry.retract(done.recorded_at, cause.value, note["text"] if note else None)
        for child in children:
            child_done = self._append(child, Operation.RETRACT, self.shelf.body(child.id), Cause.PARENT, None)
            child.retract(child_done.recorded_at, Cause.PARENT.value, None)
        if was_public:
            self._disappear([entry, *children])
        return done

    def restore(self, record_id: str, cause: Cause, note: Note = None) -> Envelope:
        """Bring a retracted record back, with what stands in it; raises NotRecorded or NotAllowed."""
        entry, _ = self._at_hand(record_id)
        _refuse_parent(cause)
        if entry.status != Status.RETRACTED.value:
            raise NotAllowed("only a retracted record can be restored")
        self._require_public_ancestors(record_id)
        children = self._standing.coming_back(record_id)
        checks.coming_back(self._nouns, [entry, *children], self.shelf)
        if entry.retracted_cause == Cause.PROTECTION.value:
            self._covering.take(entry)
        done = self._append(entry, Operation.RESTORE, self.shelf.body(record_id), cause, note)
        entry.status = Status.PUBLISHED.value
        self._come_back(entry)
        for child in children:
            self._append(child, Operation.RESTORE, self.shelf.body(child.id), Cause.PARENT, None)
            self._come_back(child)
        return done

    def hold(self, record_id: str, edition: int, text: str) -> None:
        """Take in an edition's text, where every locator must hold; raises NotRecorded, NotAllowed or InvalidInput."""
        entry, _ = self._at_hand(record_id)
        if not entry.public:
            raise NotAllowed("only the text of a public record is held")
        if self.texts.protects(record_id):
            raise NotAllowed("its text may speak of what is protected, so it is not to be shown")
        with self.texts.shown(record_id, edition, text):
            checks.holding(self._nouns, self._standing.descendants(record_id), self.shelf)
        self.texts.hold(record_id, edition, text)
        self._mark_text(entry)

    def release(self, record_id: str) -> list[int]:
        """Let go of every text of a record, and leave no byte of it; return the editions; raises NotRecorded."""
        entry, _ = self._at_hand(record_id)
        editions = self.texts.release(record_id)
        self._mark_text(entry)
        return editions

    def finish(self) -> None:
        """Store everything and render what it touched; called once, by the desk.

        When somebody is to be protected nothing waits, not even what an earlier write has left waiting, and texts that
        may speak of them are let go; so is the text of a record in which somebody is now named who is protected. Nor
        does anything wait when a text comes or goes.
        """
        self._flush()
        for record_id in self.texts.exposing(None if self._protects else self._written):
            self.release(record_id)
        at_once = self._protects or self._reread
        if at_once:
            self._marked.update(documents.all_waiting(self.connection))
        self._render(everything_now=at_once)
        self._reaches.store(self._keys, self.shelf.entries)
        self._rows.keep_counts()
        if self._late:
            remember(self.connection, self._nouns, self._late)
        self._covering.cover()
        if self._reread:
            documents.bump_generation(self.connection)
        if self._protects or self.texts.released:
            documents.forget_unused(self.connection)

    def _render(self, *, everything_now: bool) -> None:
        self._flush()
        self._reaches.read()
        renderer = Renderer(self.connection, self._nouns, self.shelf, self._now, self._ledger.first)
        renderer.render(self._marked | self._counting.counted, everything_now=everything_now)
        self._keys.update(renderer.keys)
        self._late |= renderer.late
        self._marked.clear()
        self._counting.counted.clear()

    # --- their parts -------------------------------------------------------------------------------------------------

    def _refs(self) -> Refs:
        return Refs(self.shelf)

    def _at_hand(self, record_id: str) -> tuple[Entry, Noun]:
        self._flush()
        entry = self.shelf.entry(record_id)
        if entry is None:
            raise NotRecorded(f"there is no record {record_id}")
        return entry, self._nouns[entry.type]

    def _append(self, entry: Entry, operation: Operation, body: JSON, cause: Cause, note: Note) -> Envelope:
        change = Change(entry.type, entry.id, entry.version + 1, operation, body, cause, note)
        done = self._ledger.append(change)
        self._reaches.add(done, entry)
        entry.version, entry.seq, entry.changed_at = done.version, done.seq, done.recorded_at
        self._rows.touch(entry)
        self._protects |= cause is Cause.PROTECTION
        return done

    def _appear(self, entry: Entry) -> None:
        """Let readers find a public record."""
        self._counting.count(entry, +1)
        self._mark(entry)

    def _disappear(self, entries: list[Entry]) -> None:
        """Let no reader find some records any more."""
        for entry in entries:
            self._counting.count(entry, -1)
            self._mark(entry)
        self._reaches.read()
        self._late |= documents.withdraw(self.connection, self._nouns, entries, self._ledger.first)

    def _come_back(self, entry: Entry) -> None:
        entry.come_back()
        self._appear(entry)

    def _mark(self, entry: Entry) -> None:
        """Have a record and those that it stands in rendered at the end."""
        found = {entry.id, *self._standing.ancestors(entry.id)}
        self._marked |= found
        self._written |= found
        self.shelf.forget_children()
        if entry.type == "vocabulary":
            self.shelf.forget_terms()

    def _mark_text(self, entry: Entry) -> None:
        """Have all that shows words of a record's text rendered at the end."""
        self._reread = True
        self._marked.update((entry.id, *(one.id for one in self._standing.descendants(entry.id))))

    def _require_public_ancestors(self, record_id: str) -> None:
        if not all(self.shelf.entries[one].public for one in self._standing.ancestors(record_id)):
            raise NotAllowed("the record that it stands in is not public; restore that first")

    def _refuse_if_cited(self, entry: Entry, children: list[Entry]) -> None:
        """A record that others embed cannot just go: they would stand without their source."""
        # What this very write has changed must be known before it is asked who cites whom.
        self._render(everything_now=True)
        checks.uncited(self.connection, self._nouns, self.shelf, self._standing, [entry, *children])

    def _flush(self) -> None:
        self._rows.flush()
        self._ledger.flush()
        self.shelf.tallies.clear()


def _refuse_parent(cause: Cause) -> None:
    """A record falls or rises with what it stands in by itself; nobody says so by hand."""
    if cause is Cause.PARENT:
        raise NotAllowed("expected the cause of this very change; `parent` is written for what stands in a record")
