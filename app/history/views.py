"""Why this file exists: what is read of a record's revisions."""

from datetime import datetime
from typing import Any, Generic, Literal, TypeVar

from pydantic import Field

from app.changes.views import RevisionNoteView
from app.kit.schema import View
from app.ledger.words import Cause, Operation, WriterRole
from app.serving.envelope import Links
from app.serving.problems import RetractionView

T = TypeVar("T")


class DifferenceView(View):
    """One fact that a revision changed, among the record's own facts: the names of others are not among them."""

    pointer: str = Field(description="Which fact (JSON Pointer, RFC 6901).", examples=["/statement"])
    operation: Literal["add", "remove", "replace"] = Field(description="As in JSON Patch.", examples=["replace"])
    before: Any = Field(description="What it was; null also when it was not there.", examples=["100"])
    after: Any = Field(description="What it is now; null also when it is not there any more.", examples=["1000"])


class RevisionLinksView(View):
    """Where a revision is."""

    self: str = Field(description="Its permalink.", examples=["/v1/claims/clm_2x4y6z8a0b1c2d3e4f5g6h7j8k/revisions/1"])


class MadeView(View):
    """When, in what role, how and why a revision was made."""

    seq: int = Field(description="Its place in the ledger, which is the order of commits.", examples=[214])
    version: int = Field(description="Its number among the record's revisions, from 1.", examples=[2])
    operation: Operation = Field(
        description="What it did to the record (vocabulary `operation`).", examples=["correct"]
    )
    cause: Cause | None = Field(description="Why (vocabulary `cause`); null for the first.", examples=["our_error"])
    recorded_at: datetime = Field(description="When it was recorded (UTC).")
    role: WriterRole = Field(
        description="In what role it was made (vocabulary `writer_role`); never who.", examples=["editor"]
    )


class RevisionView(MadeView):
    """One public revision of a record, with what it changed."""

    type: Literal["revision"] = Field(description="Always `revision`.")
    note: RevisionNoteView | None = Field(description="The public note, or null.")
    withheld: Literal["protected", "redacted"] | None = Field(
        description="`protected` when what it said was later replaced to protect somebody, `redacted` when it was "
        "erased; null when all is told."
    )
    differences: list[DifferenceView] | None = Field(
        description="What it changed, as a JSON Patch in this order; empty when it left every fact as it was; null for "
        "the first revision, and when this one or the one before is withheld."
    )
    links: RevisionLinksView = Field(description="Where it is.")


class HistoryMeta(View):
    """About a page of a history."""

    seq: int = Field(description="The ledger's newest revision when the page was read.", examples=[214])
    limit: int = Field(description="How many revisions a page holds at most.", examples=[50])
    retracted: RetractionView | None = Field(description="When and why the record was retracted; null while public.")


class HistoryAnswer(View):
    """A page of the public revisions of a record, newest first."""

    data: list[RevisionView] = Field(description="The revisions, newest first.")
    links: Links = Field(description="Where the page is, and where the history goes on.")
    meta: HistoryMeta = Field(description="About this page.")


class RevisionEnvelopeView(MadeView):
    """A revision as it stands in the ledger."""

    ledger: str = Field(description="Id of the ledger that it was made in.")
    record_type: str = Field(description="The noun.", examples=["claim"])
    record_id: str = Field(description="Id of the record.")
    body_commitment: str = Field(description="What the ledger has committed itself to of the facts (SHA-256).")
    note_commitment: str | None = Field(
        description="The same of the note; null without one.",
        examples=["9f2c6c1d0f0c5bb2f6d3a41b6a3e1f7d0a5f4c8e2b7d6190c3e4f5a6b7c8d9e0"],
    )
    chain: str = Field(description="Link of the ledger's chain at this revision (SHA-256).")
    note: RevisionNoteView | None = Field(description="The public note, or null.")


class PermalinkMeta(View):
    """About a record as one revision left it."""

    seq: int = Field(description="The revision's place in the ledger.", examples=[214])
    revision: RevisionEnvelopeView = Field(description="The revision that left the record so.")
    retracted: RetractionView | None = Field(description="When and why the record was retracted; null while public.")


class PermalinkLinks(Links):
    """Where the revision is among the others of its record (RFC 5829)."""

    canonical: str = Field(description="The permalink, by id.")
    latest_version: str = Field(description="The record as it is now.")
    version_history: str = Field(description="Every public revision of the record.")
    predecessor_version: str | None = Field(
        description="The revision before; null for the first.",
        examples=["/v1/claims/clm_42q3w558e3a5padppj33tfb0a2/revisions/1"],
    )
    successor_version: str | None = Field(
        description="The revision after; null for the newest.",
        examples=["/v1/claims/clm_42q3w558e3a5padppj33tfb0a2/revisions/3"],
    )


class RevisionAnswer(View, Generic[T]):
    """A record as one revision left it, in the envelope."""

    data: T = Field(description="The record, in today's shape; what it names, as that was then.")
    links: PermalinkLinks = Field(description="Where it is, and its neighbours.")
    meta: PermalinkMeta = Field(description="About this revision.")
