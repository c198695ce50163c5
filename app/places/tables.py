"""Why this file exists: the tables of places."""

from decimal import Decimal

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint
from sqlmodel import Field

from app.places.words import PlaceKind
from app.store.base import Model, check, one_of
from app.store.types import ExactDecimal


class Place(Model, table=True):
    """A place; an area without a P-code is an informal place inside one that has it."""

    __tablename__ = "place"
    __table_args__ = (
        one_of("kind_known", "kind", PlaceKind),
        check("country_code", "country IS NULL OR length(country) = 3"),
        check("country_has_code", "kind <> 'country' OR country IS NOT NULL"),
        check("country_is_top", "kind <> 'country' OR parent_id IS NULL"),
        check("only_country_is_top", "kind = 'country' OR parent_id IS NOT NULL"),
        check("informal_without_p_code", "NOT informal OR p_code IS NULL"),
        check("not_in_itself", "parent_id IS NULL OR parent_id <> id"),
        check("point_whole", "(latitude IS NULL) = (longitude IS NULL)"),
        check("latitude_bounds", "latitude BETWEEN -90 AND 90"),
        check("longitude_bounds", "longitude BETWEEN -180 AND 180"),
        UniqueConstraint("slug"),
        UniqueConstraint("p_code"),
        ForeignKeyConstraint(["id"], ["record.id"]),
        ForeignKeyConstraint(["parent_id"], ["place.id"]),
        Index(None, "parent_id"),
    )

    id: str = Field(primary_key=True)
    slug: str
    name: str
    lang: str
    kind: str
    p_code: str | None
    country: str | None
    parent_id: str | None
    latitude: Decimal | None = Field(sa_type=ExactDecimal, nullable=True)
    longitude: Decimal | None = Field(sa_type=ExactDecimal, nullable=True)
    informal: bool
    cod_version: str | None


class PlaceName(Model, table=True):
    """A place's name in a language."""

    __tablename__ = "place_name"
    __table_args__ = (
        check("ordinal_positive", "ordinal >= 1"),
        UniqueConstraint("place_id", "lang"),
        ForeignKeyConstraint(["place_id"], ["place.id"]),
    )

    place_id: str = Field(primary_key=True)
    ordinal: int = Field(primary_key=True)
    lang: str
    name: str
