"""Why this file exists: what the desk keeps for every record, whatever its noun.

`record` the register: state, versions, dates · `lineage` which records stand in which · `handle` slugs and P-codes ·
`tally` counts over public records · `document` the rendered answer · `document_source` what a document embeds ·
`document_queue` documents that wait to be rendered again · `tally_past` what counts were · `revision_reach` to whom
revisions are delivered · `held_text` texts that are held now, outside the ledger.
"""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKeyConstraint, Index, LargeBinary, text
from sqlmodel import Field

from app.ledger.words import Cause
from app.record.lifecycle import Status
from app.store.base import Model, check, one_of
from app.store.types import Instant, SeqKey


class Record(Model, table=True):
    """One row for every record of every noun; `recorded` is the seq of its first publication and never changes."""

    __tablename__ = "record"
    __table_args__ = (
        one_of("status_known", "status", Status),
        one_of("corrected_cause_known", "corrected_cause", Cause),
        one_of("retracted_cause_known", "retracted_cause", Cause),
        check("public_is_published", "NOT public OR status = 'published'"),
        check("version_positive", "version >= 1"),
        check("recorded_first", "recorded <= seq"),
        check("changed_after_recorded", "recorded_at <= changed_at"),
        check("corrections_dated", "(corrections = 0) = (corrected_at IS NULL)"),
        check("corrections_caused", "(corrected_at IS NULL) = (corrected_cause IS NULL)"),
        check("retraction_dated", "(retracted_at IS NULL) = (retracted_cause IS NULL)"),
        check("not_public_is_retracted", "public = (retracted_at IS NULL) OR status IN ('draft', 'in_review')"),
        Index("ix_record_listing", "type", "public", "recorded"),
        Index("ix_record_changes", "type", "public", "seq"),
        Index("uq_record_recorded", "recorded", unique=True),
    )

    id: str = Field(primary_key=True)
    type: str
    recorded: int = Field(sa_type=BigInteger)
    seq: int = Field(sa_type=BigInteger)
    version: int
    status: str
    public: bool
    recorded_at: datetime = Field(sa_type=Instant)
    changed_at: datetime = Field(sa_type=Instant)
    corrections: int
    corrected_at: datetime | None = Field(sa_type=Instant, nullable=True)
    corrected_cause: str | None
    corrected_note: str | None
    retracted_at: datetime | None = Field(sa_type=Instant, nullable=True)
    retracted_cause: str | None
    retracted_note: str | None


class Lineage(Model, table=True):
    """A record and one record that it stands in, at any depth: figure → claim, figure → report, claim → report."""

    __tablename__ = "lineage"
    __table_args__ = (
        check("not_itself", "ancestor_id <> record_id"),
        ForeignKeyConstraint(["ancestor_id"], ["record.id"]),
        ForeignKeyConstraint(["record_id"], ["record.id"]),
        Index(None, "record_id"),
    )

    ancestor_id: str = Field(primary_key=True)
    type: str = Field(primary_key=True)
    recorded: int = Field(primary_key=True, sa_type=BigInteger)
    record_id: str


class Handle(Model, table=True):
    """A readable name that finds a record: a slug or a P-code; a former one goes on finding it."""

    __tablename__ = "handle"
    __table_args__ = (ForeignKeyConstraint(["record_id"], ["record.id"]), Index(None, "record_id"))

    type: str = Field(primary_key=True)
    handle: str = Field(primary_key=True)
    record_id: str


class Tally(Model, table=True):
    """How many public records of a kind a record has; kept with every write, so that reading never counts."""

    __tablename__ = "tally"
    __table_args__ = (check("not_negative", "total >= 0"), ForeignKeyConstraint(["record_id"], ["record.id"]))

    record_id: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    total: int


class Document(Model, table=True):
    """What a reader gets of one public record, rendered when it or what it embeds changes; a rebuildable cache."""

    __tablename__ = "document"
    __table_args__ = (ForeignKeyConstraint(["id"], ["record.id"]), Index("uq_document_id", "id", unique=True))

    recorded: int = Field(primary_key=True, sa_type=SeqKey, sa_column_kwargs={"autoincrement": False})
    id: str
    seq: int = Field(sa_type=BigInteger)
    etag: str
    modified_at: int = Field(sa_type=BigInteger)
    # Before the card, so that reading it never goes past what only writers need.
    body: bytes = Field(sa_type=LargeBinary)
    card: str


class DocumentSource(Model, table=True):
    """Which records a document embeds; when their card changes, the document is rendered again."""

    __tablename__ = "document_source"
    __table_args__ = (Index(None, "source_id", "record_id"),)

    record_id: str = Field(primary_key=True)
    source_id: str = Field(primary_key=True)


class DocumentQueue(Model, table=True):
    """A document that waits to be rendered again, because too many were touched at once."""

    __tablename__ = "document_queue"

    record_id: str = Field(primary_key=True)
    # The first revision of the write that touched it: since then it should say something else.
    since: int = Field(sa_type=BigInteger)


class DocumentState(Model, table=True):
    """How often documents were rendered again without a revision; part of the validator of every list."""

    __tablename__ = "document_state"
    __table_args__ = (check("single", "id = 1"),)

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    generation: int = Field(sa_type=BigInteger, sa_column_kwargs={"server_default": text("0")})


class TallyPast(Model, table=True):
    """What a count was before the write that began with revision `until`."""

    __tablename__ = "tally_past"
    __table_args__ = (check("not_negative", "total >= 0"), ForeignKeyConstraint(["record_id"], ["record.id"]))

    record_id: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    until: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    total: int


class RevisionReach(Model, table=True):
    """By which filters of the feed a revision is delivered: what the record matched before, after, and ever before.

    Each is a JSON object of names and the ids or codes found by them; null when the record was not public then.
    """

    __tablename__ = "revision_reach"

    seq: int = Field(primary_key=True, sa_type=SeqKey, sa_column_kwargs={"autoincrement": False})
    before: str | None
    after: str | None
    ever: str | None


class HeldText(Model, table=True):
    """A text that the operator holds now, as received; no part of any body, digest or revision."""

    __tablename__ = "held_text"
    __table_args__ = (check("edition_positive", "edition >= 1"), ForeignKeyConstraint(["record_id"], ["record.id"]))

    record_id: str = Field(primary_key=True)
    edition: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    # UTF-8: PostgreSQL's text cannot hold every character.
    content: bytes = Field(sa_type=LargeBinary)
