"""Why this file exists: the tables of crises."""

from datetime import date

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint
from sqlmodel import Field

from app.crises.words import CrisisStatus, CrisisType
from app.store.base import Model, check, one_of


class Crisis(Model, table=True):
    """An emergency that reports are about."""

    __tablename__ = "crisis"
    __table_args__ = (
        one_of("type_known", "type", CrisisType),
        one_of("crisis_status_known", "crisis_status", CrisisStatus),
        one_of("dates_basis_known", "dates_basis", ("stated", "completed", "inferred")),
        check("dates_reasoned", "dates_basis = 'stated' OR dates_reasoning IS NOT NULL"),
        check("dates_in_order", "dates_earliest <= dates_latest"),
        UniqueConstraint("slug"),
        ForeignKeyConstraint(["id"], ["record.id"]),
    )

    id: str = Field(primary_key=True)
    slug: str
    name: str
    lang: str
    type: str
    crisis_status: str
    dates_edtf: str
    dates_earliest: date | None
    dates_latest: date | None
    dates_text: str | None
    dates_basis: str
    dates_reasoning: str | None


class CrisisPlace(Model, table=True):
    """A place that a crisis is in."""

    __tablename__ = "crisis_place"
    __table_args__ = (
        check("ordinal_positive", "ordinal >= 1"),
        UniqueConstraint("crisis_id", "place_id"),
        ForeignKeyConstraint(["crisis_id"], ["crisis.id"]),
        ForeignKeyConstraint(["place_id"], ["place.id"]),
        Index(None, "place_id"),
    )

    crisis_id: str = Field(primary_key=True)
    ordinal: int = Field(primary_key=True)
    place_id: str


class CrisisExternalId(Model, table=True):
    """A crisis's id in another system."""

    __tablename__ = "crisis_external_id"
    __table_args__ = (
        check("ordinal_positive", "ordinal >= 1"),
        UniqueConstraint("crisis_id", "scheme", "value"),
        ForeignKeyConstraint(["crisis_id"], ["crisis.id"]),
        Index(None, "scheme", "value"),
    )

    crisis_id: str = Field(primary_key=True)
    ordinal: int = Field(primary_key=True)
    scheme: str
    value: str
