"""Why this file exists: what is read of the ledger: its changes and its head."""

from datetime import datetime
from typing import Any, Literal

from pydantic import Field

from app.actors.schemas import ActorView
from app.claims.views import ClaimView
from app.crises.schemas import CrisisView
from app.figures.schemas import FigureView
from app.kit.schema import View
from app.ledger.words import Cause, Operation, WriterRole
from app.places.schemas import PlaceView
from app.relations.schemas import RelationView
from app.reports.schemas import ReportView
from app.vocabulary.schemas import VocabularyView

CHAIN = "e7b7a3d7f4b8f3f0b3c5f1f0a5b3a7e0c9d2b1a4f6e8d7c5b3a1908f7e6d5c4b"
LEDGER = "0d9c1c52-6f1b-4a37-9a55-3c8de1b6a6a1"
RecordDocument = (
    ClaimView | FigureView | ReportView | CrisisView | ActorView | PlaceView | RelationView | VocabularyView
)


class MatchesView(View):
    """Whether the record was public and matched the filters; without filters, whether it was public."""

    before: bool | None = Field(description="Before this revision; null when that is withheld for protection.")
    after: bool | None = Field(
        description="After this revision; null when that is withheld. Unless it is true, the record is not in the "
        "filtered list any more: drop your copy of it."
    )


class RevisionNoteView(View):
    """The public note of a revision."""

    text: str = Field(description="Why, in words for readers.", examples=["The publisher corrected the number."])
    lang: str = Field(description="Its language (BCP 47).", examples=["en"])


class ContentView(View):
    """A content, and the salt of its commitment: SHA-256(salt ‖ RFC 8785 bytes of value)."""

    salt: str = Field(description="32 bytes in hexadecimal.", examples=[CHAIN])
    value: dict[str, Any] = Field(description="What was committed to.")


class ContentsView(View):
    """The contents of a revision, as they verify."""

    body: ContentView | None = Field(description="The record's own facts after this revision; null when erased.")
    note: ContentView | None = Field(description="The public note; null when there is none, or it was erased.")


class ChangeView(View):
    """One revision: its envelope exactly as it is hashed, its link of the chain, and what a follower may know of it."""

    type: Literal["change"] = Field(description="change.", examples=["change"])
    ledger: str = Field(description="Id of the ledger that it was written to.", examples=[LEDGER])
    seq: int = Field(description="Its number; the order of seq is the order of commits.", examples=[214])
    record_type: str = Field(description="Type of the record.", examples=["claim"])
    record_id: str = Field(description="Id of the record.", examples=["clm_42q3w558e3a5padppj33tfb0a2"])
    version: int = Field(description="Version of the record after it.", examples=[2])
    operation: Operation = Field(description="What it does.", examples=["correct"])
    cause: Cause | None = Field(description="Why (vocabulary `cause`); null for the first.")
    recorded_at: datetime = Field(description="When it was recorded (UTC).")
    role: WriterRole = Field(description="In what role it was made; never who.", examples=["editor"])
    body_commitment: str = Field(description="Commitment to the record's facts after it.", examples=[CHAIN])
    note_commitment: str | None = Field(
        description="Commitment to its public note; null when it has none.", examples=[CHAIN]
    )
    chain: str = Field(
        description="SHA-256(onrecord-v1 ‖ chain of the revision before ‖ RFC 8785 bytes of the envelope).",
        examples=[CHAIN],
    )
    bare: bool = Field(description="true when it matches no filter and is there for the chain alone (proof=full).")
    matches: MatchesView = Field(description="Whether the record was and is among what you follow.")
    withheld: Literal["protected", "redacted"] | None = Field(
        description="Why its contents are not shown, now and at every time; null when they are. Erase what you have of "
        "them."
    )
    note: RevisionNoteView | None = Field(description="Its public note; null when there is none, or it is withheld.")
    contents: ContentsView | None = Field(description="With include=body: its contents; null when they are withheld.")
    document: RecordDocument | None = Field(
        description="With include=document: the record as it is now, on its newest revision while it matches."
    )


class ChangesLinks(View):
    """Where this page is, and where the feed goes on."""

    self: str = Field(description="Path of this answer.", examples=["/v1/changes?after=0&limit=200"])
    next: str = Field(
        description="Path of what comes after; it is there also when nothing has come yet. Keep it: it is where you "
        "stand.",
        examples=[f"/v1/changes?limit=200&after={LEDGER}:214:{CHAIN}"],
    )


class ChangesMeta(View):
    """About a page of the feed."""

    seq: int = Field(description="The ledger's newest revision when the page was read.", examples=[214])
    limit: int = Field(description="How many changes a page holds at most.", examples=[200])
    ledger: str = Field(description="Id of the ledger now.", examples=[LEDGER])
    after: int = Field(description="The revision after which the page begins.", examples=[0])
    through: int = Field(description="The last revision that was looked at.", examples=[200])
    chain: str | None = Field(description="The chain there; null when the database has not reached it and none came.")
    complete: bool = Field(description="true when there is nothing more to be had now.")
    verifiable: bool = Field(
        description="true when every revision from after + 1 to through is here, so that the chain can be verified."
    )


class ChangesAnswer(View):
    """One page of the change feed."""

    data: list[ChangeView] = Field(description="The changes, in the order of commits.")
    links: ChangesLinks = Field(description="Where the page is, and where the feed goes on.")
    meta: ChangesMeta = Field(description="About this answer.")


class ForkView(View):
    """A ledger that began when an older backup was restored."""

    ledger: str = Field(description="Id of the ledger that began.", examples=[LEDGER])
    parent: str = Field(description="Id of the ledger that it goes on from.", examples=[LEDGER])
    seq: int = Field(description="The last revision of both.", examples=[180])
    chain: str = Field(description="The chain there.", examples=[CHAIN])


class SignatureView(View):
    """Who vouches for a head."""

    algorithm: Literal["Ed25519"] = Field(description="Ed25519 (RFC 8032).", examples=["Ed25519"])
    key: str = Field(
        description="The public key: 32 bytes in base64url.", examples=["11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"]
    )
    value: str = Field(
        description="The signature, in base64url, of onrecord-head-v1 ‖ RFC 8785 bytes of the head without type and "
        "signature.",
        examples=["5VZDAMNgrHKQhjLMgG4CioSHfx645dl02HPgZSJJAVVfuIIVkKM7rMYeOXAc-bRr0lv18FlbviRlUUFDjnoQCw"],
    )


class LedgerHeadView(View):
    """Where the ledger stands: whoever keeps it will find out whether anything before it was rewritten."""

    type: Literal["ledger_head"] = Field(description="ledger_head.", examples=["ledger_head"])
    ledger: str = Field(description="Id of the ledger.", examples=[LEDGER])
    seq: int = Field(description="Its newest revision; 0 when there is none.", examples=[214])
    chain: str = Field(description="The chain there; 64 zeros when there is none.", examples=[CHAIN])
    recorded_at: datetime | None = Field(description="When that revision was recorded (UTC); null when there is none.")
    forks: list[ForkView] = Field(description="The ledgers that it went on from, the first fork first; mostly none.")
    signature: SignatureView | None = Field(description="The operator's signature; null when no key is set.")


class LedgerHeadLinks(View):
    """Where this answer is."""

    self: str = Field(description="Path of this answer.", examples=["/v1/ledger/head"])
    next: None = Field(description="null: there is one head.", examples=[None])


class LedgerHeadMeta(View):
    """About the answer of the head."""

    seq: int = Field(description="The ledger's newest revision.", examples=[214])


class LedgerHeadAnswer(View):
    """The head of the ledger in the envelope."""

    data: LedgerHeadView = Field(description="The head.")
    links: LedgerHeadLinks = Field(description="Where it is.")
    meta: LedgerHeadMeta = Field(description="About this answer.")
