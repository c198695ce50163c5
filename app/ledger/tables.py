"""Why this file exists: the ledger's tables. They have no foreign keys, so the past never blocks the present.

`revision` refuses UPDATE and DELETE; `revision_content` refuses UPDATE, and DELETE unless a redaction names the
content. Both databases enforce it with triggers (in the migration); `verify` finds tampering even without them.
"""

from datetime import datetime

from sqlalchemy import BigInteger, Index, UniqueConstraint
from sqlmodel import Field

from app.ledger.words import Cause, Operation, Part, WriterRole
from app.store.base import Model, check, one_of
from app.store.types import Instant, SeqKey


class LedgerHead(Model, table=True):
    """The one row that every write takes first: where the chain stands now."""

    __tablename__ = "ledger_head"
    __table_args__ = (check("single", "id = 1"), check("seq_positive", "seq >= 0"))

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    ledger: str
    seq: int = Field(sa_type=BigInteger)
    chain: str
    recorded_at: datetime | None = Field(sa_type=Instant, nullable=True)


class RevisionRow(Model, table=True):
    """One public change: its envelope and its link of the chain."""

    __tablename__ = "revision"
    __table_args__ = (
        one_of("operation_known", "operation", Operation),
        one_of("cause_known", "cause", Cause),
        one_of("role_known", "role", WriterRole),
        check("seq_positive", "seq >= 1"),
        check("version_positive", "version >= 1"),
        check("first_creates", "(version = 1) = (operation = 'create')"),
        check("later_has_cause", "(version = 1) = (cause IS NULL)"),
        UniqueConstraint("record_type", "record_id", "version"),
        Index(None, "recorded_at"),
    )

    seq: int = Field(primary_key=True, sa_type=SeqKey, sa_column_kwargs={"autoincrement": False})
    ledger: str
    record_type: str
    record_id: str
    version: int
    operation: str
    cause: str | None
    recorded_at: datetime = Field(sa_type=Instant)
    role: str
    body_commitment: str
    note_commitment: str | None
    chain: str


class RevisionContent(Model, table=True):
    """What a revision committed to: the body or the public note, with the salt of its commitment."""

    __tablename__ = "revision_content"
    __table_args__ = (one_of("part_known", "part", Part),)

    seq: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    part: str = Field(primary_key=True)
    salt: str
    value: str


class RevisionRedaction(Model, table=True):
    """Which content a later redact revision has erased; without such a row the content cannot be deleted."""

    __tablename__ = "revision_redaction"
    __table_args__ = (
        one_of("part_known", "part", Part),
        check("later", "redacted_by > seq"),
        Index(None, "redacted_by"),
    )

    seq: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    part: str = Field(primary_key=True)
    redacted_by: int = Field(sa_type=BigInteger)


class LedgerWrite(Model, table=True):
    """The last revision of each write: between two of them there is no state that anybody could read."""

    __tablename__ = "ledger_write"

    seq: int = Field(primary_key=True, sa_type=SeqKey, sa_column_kwargs={"autoincrement": False})


class LedgerFork(Model, table=True):
    """A ledger that began when a backup was restored: it goes on after `seq` of its parent, whose chain was `chain`."""

    __tablename__ = "ledger_fork"
    __table_args__ = (check("seq_not_negative", "seq >= 0"), check("another", "parent <> ledger"))

    ledger: str = Field(primary_key=True)
    parent: str
    seq: int = Field(sa_type=BigInteger)
    chain: str
    recorded_at: datetime = Field(sa_type=Instant)
