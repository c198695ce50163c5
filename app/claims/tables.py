"""Why this file exists: the tables of claims, as strict as the model page."""

from datetime import date
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from app.claims.words import (
    AboutRole,
    AppearancePart,
    AttributionForm,
    ClaimKind,
    HedgeType,
    HopRole,
    Identification,
    LocatorKind,
    Medium,
)
from app.reports.words import Sensitivity
from app.store.base import Model, check, one_of

DATE_BASES = ("stated", "completed", "inferred")
# What would say who somebody is; an unknown hop has none of it.
TELLING = ("actor_id", "source_ref", "label", "short_label", "capacity", "affiliation_label", "on_behalf_of_label")
ONE_PUBLISHER = text("role = 'publisher'")


def segment_checks() -> tuple[Any, ...]:
    """Return the CHECKs that every table of segments has."""
    return (
        check("ordinal_positive", "ordinal >= 1"),
        check("bounds_in_order", "start_at >= 0 AND start_at < end_at"),
        check("sha256_shape", "length(sha256) = 64"),
        check("normalised_shape", "length(normalised_sha256) = 64 AND normalised_length >= 1"),
    )


class Segment(SQLModel):
    """The columns of a segment: code points from the document's start, end exclusive, and its two digests."""

    start_at: int
    end_at: int
    sha256: str
    normalised_sha256: str
    normalised_length: int


class Claim(Model, table=True):
    """One proposition, in our words, that a report carries."""

    __tablename__ = "claim"
    __table_args__ = (
        one_of("kind_known", "kind", ClaimKind),
        one_of("form_known", "form", AttributionForm),
        one_of("identification_known", "identification", Identification),
        one_of("hedge_known", "hedge_type", HedgeType),
        one_of("sensitivity_known", "sensitivity", Sensitivity),
        one_of("event_basis_known", "event_basis", DATE_BASES),
        one_of("said_basis_known", "said_basis", DATE_BASES),
        check("event_whole", "(event_edtf IS NULL) = (event_basis IS NULL)"),
        check("event_reasoned", "event_basis = 'stated' OR event_basis IS NULL OR event_reasoning IS NOT NULL"),
        check("event_in_order", "event_earliest <= event_latest"),
        check("said_whole", "(said_edtf IS NULL) = (said_basis IS NULL)"),
        check("said_reasoned", "said_basis = 'stated' OR said_basis IS NULL OR said_reasoning IS NOT NULL"),
        check("said_in_order", "said_earliest <= said_latest"),
        ForeignKeyConstraint(["id"], ["record.id"]),
        ForeignKeyConstraint(["report_id"], ["report.id"]),
        ForeignKeyConstraint(["said_in_id"], ["place.id"]),
        Index(None, "report_id"),
        Index(None, "said_in_id"),
    )

    id: str = Field(primary_key=True)
    report_id: str
    kind: str
    statement: str
    lang: str
    hedge_type: str | None
    event_edtf: str | None
    event_earliest: date | None
    event_latest: date | None
    event_text: str | None
    event_basis: str | None
    event_reasoning: str | None
    form: str
    identification: str
    said_edtf: str | None
    said_earliest: date | None
    said_latest: date | None
    said_text: str | None
    said_basis: str | None
    said_reasoning: str | None
    said_in_id: str | None
    sensitivity: str


class ClaimTheme(Model, table=True):
    """A theme of a claim."""

    __tablename__ = "claim_theme"
    __table_args__ = (
        check("ordinal_positive", "ordinal >= 1"),
        UniqueConstraint("claim_id", "theme"),
        ForeignKeyConstraint(["claim_id"], ["claim.id"]),
    )

    claim_id: str = Field(primary_key=True)
    ordinal: int = Field(primary_key=True)
    theme: str


class ClaimPlace(Model, table=True):
    """A place where the claimed thing is."""

    __tablename__ = "claim_place"
    __table_args__ = (
        check("ordinal_positive", "ordinal >= 1"),
        UniqueConstraint("claim_id", "place_id"),
        ForeignKeyConstraint(["claim_id"], ["claim.id"]),
        ForeignKeyConstraint(["place_id"], ["place.id"]),
        Index(None, "place_id"),
    )

    claim_id: str = Field(primary_key=True)
    ordinal: int = Field(primary_key=True)
    place_id: str


class ClaimAbout(Model, table=True):
    """Whom a claim concerns, as the text names them."""

    __tablename__ = "claim_about"
    __table_args__ = (
        one_of("role_known", "role", AboutRole),
        check("ordinal_positive", "ordinal >= 1"),
        ForeignKeyConstraint(["claim_id"], ["claim.id"]),
        ForeignKeyConstraint(["actor_id"], ["actor.id"]),
        Index(None, "actor_id"),
    )

    claim_id: str = Field(primary_key=True)
    ordinal: int = Field(primary_key=True)
    actor_id: str | None
    label: str
    role: str


class ClaimHop(Model, table=True):
    """One station of the way from who said it to the page."""

    __tablename__ = "claim_hop"
    __table_args__ = (
        one_of("role_known", "role", HopRole),
        one_of("medium_known", "medium", Medium),
        one_of("cue_part_known", "cue_part", AppearancePart),
        one_of("cue_locator_known", "cue_locator", LocatorKind),
        check("ordinal_positive", "ordinal >= 1"),
        check("position_positive", "position >= 1"),
        check("originators_first", "(role = 'originator') = (position = 1)"),
        check("unknown_has_nobody", f"known OR ({' AND '.join(f'{name} IS NULL' for name in TELLING)})"),
        check("known_has_label", "NOT known OR label IS NOT NULL"),
        check("known_is_actor_or_source", "NOT known OR (actor_id IS NULL) <> (source_ref IS NULL)"),
        check("carriers_are_actors", "role NOT IN ('publisher', 'reporter') OR actor_id IS NOT NULL"),
        check("medium_but_reporters", "(medium IS NULL) = (role = 'reporter')"),
        check("affiliation_labelled", "affiliation_id IS NULL OR affiliation_label IS NOT NULL"),
        check("behalf_whole", "(on_behalf_of_id IS NULL) = (on_behalf_of_label IS NULL)"),
        check("addressee_labelled", "addressee_id IS NULL OR addressee_label IS NOT NULL"),
        check("cue_whole", "(cue_edition IS NULL) = (cue_part IS NULL)"),
        Index(
            "uq_claim_hop_publisher",
            "claim_id",
            unique=True,
            sqlite_where=ONE_PUBLISHER,
            postgresql_where=ONE_PUBLISHER,
        ),
        ForeignKeyConstraint(["claim_id"], ["claim.id"]),
        ForeignKeyConstraint(["actor_id"], ["actor.id"]),
        ForeignKeyConstraint(["affiliation_id"], ["actor.id"]),
        ForeignKeyConstraint(["on_behalf_of_id"], ["actor.id"]),
        ForeignKeyConstraint(["addressee_id"], ["actor.id"]),
        Index(None, "actor_id"),
        Index(None, "affiliation_id"),
        Index(None, "on_behalf_of_id"),
    )

    claim_id: str = Field(primary_key=True)
    ordinal: int = Field(primary_key=True)
    position: int
    role: str
    actor_id: str | None
    label: str | None
    short_label: str | None
    known: bool
    source_ref: str | None
    capacity: str | None
    affiliation_id: str | None
    affiliation_label: str | None
    on_behalf_of_id: str | None
    on_behalf_of_label: str | None
    verb: str | None
    medium: str | None
    addressee_id: str | None
    addressee_label: str | None
    cue_edition: int | None
    cue_locator: str | None
    cue_part: str | None
    cue_paragraph: int | None


class ClaimHopSegment(Segment, Model, table=True):
    """A stretch of the words that attribute a claim to a hop."""

    __tablename__ = "claim_hop_segment"
    __table_args__ = (
        *segment_checks(),
        ForeignKeyConstraint(["claim_id", "hop"], ["claim_hop.claim_id", "claim_hop.ordinal"]),
    )

    claim_id: str = Field(primary_key=True)
    hop: int = Field(primary_key=True)
    ordinal: int = Field(primary_key=True)


class ClaimAppearance(Model, table=True):
    """A place in an edition where a claim stands."""

    __tablename__ = "claim_appearance"
    __table_args__ = (
        one_of("part_known", "part", AppearancePart),
        one_of("locator_known", "locator", LocatorKind),
        check("ordinal_positive", "ordinal >= 1"),
        check("edition_positive", "edition >= 1"),
        check("paragraph_positive", "paragraph >= 1"),
        ForeignKeyConstraint(["claim_id"], ["claim.id"]),
    )

    claim_id: str = Field(primary_key=True)
    ordinal: int = Field(primary_key=True)
    edition: int
    locator: str
    part: str
    paragraph: int | None


class ClaimSegment(Segment, Model, table=True):
    """A stretch of the words that state a claim; a split quotation has two."""

    __tablename__ = "claim_segment"
    __table_args__ = (
        *segment_checks(),
        ForeignKeyConstraint(["claim_id", "appearance"], ["claim_appearance.claim_id", "claim_appearance.ordinal"]),
    )

    claim_id: str = Field(primary_key=True)
    appearance: int = Field(primary_key=True)
    ordinal: int = Field(primary_key=True)


class ClaimGrading(Model, table=True):
    """A grading in the Admiralty code; dated, never overwritten."""

    __tablename__ = "claim_grading"
    __table_args__ = (
        one_of("reliability_known", "source_reliability", "ABCDEF"),
        one_of("credibility_known", "information_credibility", "123456"),
        check("ordinal_positive", "ordinal >= 1"),
        ForeignKeyConstraint(["claim_id"], ["claim.id"]),
    )

    claim_id: str = Field(primary_key=True)
    ordinal: int = Field(primary_key=True)
    source_reliability: str
    information_credibility: str
    graded_by: str
    graded_at: str
