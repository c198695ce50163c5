"""Why this file exists: the seed goes over the desk, all of it or nothing, and never undoes what an editor did.

A record is written when it is new, or when its entry changed since the seed last wrote it and nobody else has touched
it since. A record that an editor changed is left and reported; a retracted one is left.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from app.kit.errors import OnrecordError
from app.ledger import queries as ledger_queries
from app.ledger.words import Cause, WriterRole
from app.record.desk import Desk, note
from app.record.lifecycle import Status
from app.record.queries import seeded_beside
from app.record.writing import Writing
from app.seeding.entries import Folder, Seeded
from app.seeding.locators import locator_faults, texts_at_hand, unread_editions
from app.seeding.source import SeedFault


class Done(StrEnum):
    """What seeding did with a record."""

    CREATED = "created"
    CORRECTED = "corrected"
    UNCHANGED = "unchanged"
    LEFT_RETRACTED = "left, retracted"
    LEFT_CONFLICT = "left, changed by an editor"


@dataclass
class Outcome:
    """What a seeding did and could not check."""

    done: Counter[tuple[str, Done]] = field(default_factory=Counter)
    conflicts: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    locators_checked: bool = False

    def count(self, done: Done) -> int:
        """Return how many records were dealt with so."""
        return sum(number for (_, what), number in self.done.items() if what is done)


@dataclass(frozen=True)
class Reason:
    """Why the seed corrects records that it wrote before."""

    cause: Cause = Cause.OUR_ERROR
    note: str | None = None


def read_seed(folder: Path, texts: Path | None) -> tuple[list[Seeded], Outcome]:
    """Read and check the whole seed folder; raises SeedFault with a line for every fault."""
    records = Folder(folder).read()
    at_hand = texts_at_hand(records, texts)
    faults = [str(record.fault(fault)) for record, fault in locator_faults(records, at_hand)]
    if faults:
        raise SeedFault("\n".join(faults))
    unread = unread_editions(records, at_hand)
    return records, Outcome(unread=unread, locators_checked=not unread)


def seed(
    desk: Desk,
    folder: Path,
    texts: Path | None = None,
    reason: Reason | None = None,
    step: Callable[[int, int], None] = lambda _done, _all: None,
) -> Outcome:
    """Write the seed in one transaction; raises SeedFault and keeps nothing when anything in it is wrong."""
    records, outcome = read_seed(folder, texts)

    def verbs(writing: Writing) -> Outcome:
        outcome.done.clear()
        outcome.conflicts.clear()
        left: set[str] = set()
        writing.shelf.load(record.id for record in records)
        for number, record in enumerate(records, start=1):
            try:
                done = _write(writing, desk, record, reason or Reason(), left)
            except OnrecordError as error:
                lines = [str(record.fault(fault)) for fault in error.faults]
                raise SeedFault("\n".join(lines) or f"{record.entry.file}:{record.entry.line}: {error}") from None
            outcome.done[record.type, done] += 1
            if done is Done.LEFT_RETRACTED:
                left.add(record.id)
            if done is Done.LEFT_CONFLICT:
                outcome.conflicts.append(f"{record.entry.file}:{record.entry.line}: {record.id}")
            step(number, len(records))
        outcome.gone = seeded_beside(writing.connection, {record.id for record in records})
        return outcome

    return desk.write(WriterRole.SEED, verbs)


def _write(writing: Writing, desk: Desk, record: Seeded, reason: Reason, left: set[str]) -> Done:
    entry, noun = writing.shelf.entry(record.id), desk.nouns[record.type]
    body = noun.body(record.draft)
    # What would stand in a retracted record, or name one, waits until that is restored.
    waits = any(one in left or _is_retracted(writing, one) for _, one in noun.references(body))
    if entry is None:
        if waits:
            return Done.LEFT_RETRACTED
        writing.create(record.type, record.id, record.draft)
        return Done.CREATED
    connection = writing.connection
    if body in (writing.shelf.body(record.id), ledger_queries.last_seeded_body(connection, record.id)):
        return Done.UNCHANGED
    if waits or entry.status == Status.RETRACTED.value or not entry.public:
        return Done.LEFT_RETRACTED
    if ledger_queries.newest_role(connection, record.id) != WriterRole.SEED.value:
        return Done.LEFT_CONFLICT
    writing.correct(record.id, record.draft, reason.cause, note(reason.note))
    return Done.CORRECTED


def _is_retracted(writing: Writing, record_id: str) -> bool:
    entry = writing.shelf.entry(record_id)
    return entry is not None and not entry.public
