"""Why this file exists: the one way into the ledger. Whoever writes takes the head first, then appends.

Taking the head as the transaction's first statement makes `seq` order the order of commits: writers queue on one
row, so a reader that follows `seq` misses nothing, and no two writers can wait for each other.
"""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from app.kit.canonical import JSON, canonical, parse
from app.kit.clock import MICROSECOND, Clock
from app.kit.errors import NotRecorded
from app.ledger.chain import SALT_LENGTH, Envelope, commitment, link
from app.ledger.tables import LedgerHead, LedgerWrite, RevisionContent, RevisionRedaction, RevisionRow
from app.ledger.words import Cause, Operation, Part, WriterRole
from app.store.base import Row, table_of
from app.store.bulk import insert_rows

Entropy = Callable[[int], bytes]
HEAD, REVISION = table_of(LedgerHead), table_of(RevisionRow)
CONTENT, REDACTION = table_of(RevisionContent), table_of(RevisionRedaction)
WRITE = table_of(LedgerWrite)


@dataclass(frozen=True, slots=True)
class Change:
    """What a verb wants recorded of one record."""

    record_type: str
    record_id: str
    version: int
    operation: Operation
    body: dict[str, Any]
    cause: Cause | None = None
    note: dict[str, Any] | None = None


class Ledger:
    """The ledger as one transaction holds it: taken at its head, appended to, and put back."""

    def __init__(
        self, connection: Connection, role: WriterRole, clock: Clock, entropy: Entropy = secrets.token_bytes
    ) -> None:
        taken = connection.execute(update(HEAD).values(seq=HEAD.c.seq).returning(*HEAD.c)).one()
        self._connection = connection
        self._role = role
        self._entropy = entropy
        self._revisions: list[Row] = []
        self._contents: list[Row] = []
        self.id: str = taken.ledger
        self.seq: int = taken.seq
        # The first revision of this write, if it makes any: what was is until then.
        self.first: int = taken.seq + 1
        self._ended: int | None = None
        self.chain: str = taken.chain
        now = clock()
        # A clock that stands still or runs back must not make two revisions equal in time or out of order. Those of one
        # write are a microsecond apart, and writes are more: so the ledger alone tells where each write ends.
        self._last: datetime = (
            now - MICROSECOND if taken.recorded_at is None else max(now - MICROSECOND, taken.recorded_at + MICROSECOND)
        )

    def append(self, change: Change) -> Envelope:
        """Add one revision to the chain; it is stored when the ledger is put back."""
        self.seq += 1
        self._last += MICROSECOND
        envelope = Envelope(
            ledger=self.id,
            seq=self.seq,
            record_type=change.record_type,
            record_id=change.record_id,
            version=change.version,
            operation=change.operation.value,
            cause=change.cause.value if change.cause else None,
            recorded_at=self._last,
            role=self._role.value,
            body_commitment=self._commit(Part.BODY, change.body),
            note_commitment=None if change.note is None else self._commit(Part.NOTE, change.note),
        )
        self.chain = link(self.chain, envelope)
        self._revisions.append({**envelope.value(), "recorded_at": envelope.recorded_at, "chain": self.chain})
        return envelope

    def _commit(self, part: Part, value: dict[str, Any]) -> str:
        salt, data = self._entropy(SALT_LENGTH).hex(), canonical(value)
        self._contents.append({"seq": self.seq, "part": part.value, "salt": salt, "value": data.decode()})
        return commitment(salt, data)

    def redact(self, change: Change, contents: Sequence[tuple[int, Part]]) -> Envelope:
        """Append a redact revision whose body names earlier contents, and erase them with their salts.

        The body states what is erased and by which revision, so that anyone who verifies knows which missing contents
        are lawful. Raises NotRecorded, and erases nothing, when a content is not there.
        """
        if change.operation is not Operation.REDACT or not contents:
            raise ValueError("expected a redact revision, and contents that it erases")
        self.flush()
        values = {(seq, part): self._value(seq, part) for seq, part in contents}
        named = [{"seq": seq, "part": part.value, "redacted_by": self.seq + 1} for seq, part in values]
        # When the body of an earlier redact revision is erased, what it named must stay named.
        carried = [one for value in values.values() for one in value.get("redacts", [])]
        envelope = self.append(
            Change(
                change.record_type,
                change.record_id,
                change.version,
                change.operation,
                {**change.body, "redacts": [*named, *carried]},
                change.cause,
                change.note,
            )
        )
        self.flush()
        self._connection.execute(insert(REDACTION), named)
        for row in named:
            self._connection.execute(delete(CONTENT).where(CONTENT.c.seq == row["seq"], CONTENT.c.part == row["part"]))
        return envelope

    def _value(self, seq: int, part: Part) -> JSON:
        """Return a content that is there."""
        query = select(CONTENT.c.value).where(CONTENT.c.seq == seq, CONTENT.c.part == part.value)
        value = self._connection.execute(query).scalar()
        if value is None:
            raise NotRecorded(f"revision {seq} has no {part.value}, or it was erased before")
        found: JSON = parse(value)
        return found

    def flush(self) -> None:
        """Store what was appended so far, with the head; inside the caller's transaction."""
        if not self._revisions:
            return
        insert_rows(self._connection, REVISION, self._revisions)
        insert_rows(self._connection, CONTENT, self._contents)
        self._connection.execute(update(HEAD).values(seq=self.seq, chain=self.chain, recorded_at=self._last))
        end = insert(WRITE) if self._ended is None else update(WRITE).where(WRITE.c.seq == self._ended)
        self._connection.execute(end.values(seq=self.seq))
        self._ended = self.seq
        self._revisions, self._contents = [], []
