"""Why this file exists: a record's row of the register is what its revisions add up to, at any time; pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.ledger.words import Operation
from app.record.lifecycle import Status
from app.record.refs import Entry

SHOWING = tuple(one.value for one in (Operation.CREATE, Operation.CORRECT, Operation.RESTORE, Operation.MERGE))


@dataclass(frozen=True, slots=True)
class Revision:
    """One revision of a record, without its contents."""

    seq: int
    record_type: str
    record_id: str
    version: int
    operation: str
    cause: str | None
    recorded_at: datetime
    role: str

    @classmethod
    def of(cls, row: Any) -> "Revision":
        """Return the revision of a row of the ledger."""
        return cls(*(getattr(row, name) for name in cls.__slots__))

    @property
    def shows(self) -> bool:
        """Whether readers get the record after it."""
        return self.operation in SHOWING


def folded(revisions: Sequence[Revision], notes: Mapping[int, str]) -> Entry:
    """Return the register's row after some revisions of one record, first one first, at least one.

    `notes` are the public notes of corrections and retractions by seq. A record that fell with its parent counts as
    published, as in the register.
    """
    first, newest = revisions[0], revisions[-1]
    entry = Entry(
        id=first.record_id,
        type=first.record_type,
        recorded=first.seq,
        seq=newest.seq,
        version=newest.version,
        status=Status.PUBLISHED.value,
        public=newest.shows,
        recorded_at=first.recorded_at,
        changed_at=newest.recorded_at,
    )
    for one in revisions:
        if one.operation == Operation.CORRECT.value:
            entry.corrections += 1
            entry.corrected_at, entry.corrected_cause = one.recorded_at, one.cause
            entry.corrected_note = notes.get(one.seq)
    if not newest.shows:
        entry.retract(newest.recorded_at, newest.cause or "", notes.get(newest.seq))
        if newest.cause != "parent":
            entry.status = Status.RETRACTED.value
    return entry
