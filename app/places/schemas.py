"""Why this file exists: what is written and read of a place."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from app.kit.schema import Country, Draft, Label, Lang, PlaceId, Slug, View
from app.places.words import PlaceKind
from app.record.schemas import RecordView

# One spelling for each number: no idle zeros, and no minus before nought.
Degrees = Annotated[str, Field(pattern=r"^(0|-?(0\.[0-9]{0,5}[1-9]|[1-9][0-9]{0,2}(\.[0-9]{0,5}[1-9])?))$")]
PCode = Annotated[str, Field(pattern=r"^[A-Z]{1,3}[0-9]{1,12}$")]


class PlaceNameDraft(Draft):
    """A name in a language."""

    lang: Lang
    name: Label


class PointDraft(Draft):
    """WGS 84 degrees as decimal strings."""

    latitude: Degrees
    longitude: Degrees

    @model_validator(mode="after")
    def _on_earth(self) -> "PointDraft":
        """Latitude within ±90, longitude within ±180."""
        if abs(float(self.latitude)) > 90 or abs(float(self.longitude)) > 180:
            raise ValueError("expected degrees within ±90 and ±180")
        return self


class PlaceDraft(Draft):
    """A place as it is written."""

    slug: Slug
    name: Label
    names: tuple[PlaceNameDraft, ...] = ()
    lang: Lang
    kind: PlaceKind
    p_code: PCode | None = None
    country: Country | None
    parent: PlaceId | None = None
    point: PointDraft | None = None
    informal: bool
    cod_version: Label | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "PlaceDraft":
        """A country stands alone, everything else inside something; an informal place has no P-code."""
        if (self.kind is PlaceKind.COUNTRY) != (self.parent is None):
            raise ValueError("expected a parent for every place but a country")
        if self.kind is PlaceKind.COUNTRY and self.country is None:
            raise ValueError("expected the ISO 3166-1 alpha-3 code of the country")
        if self.informal and self.p_code is not None:
            raise ValueError("expected no P-code for an informal place")
        if len({one.lang for one in self.names}) != len(self.names):
            raise ValueError("expected one name in each language")
        return self


class PlaceCardView(View):
    """A place as other records embed it."""

    id: str = Field(description="Id of the place.")
    slug: str = Field(description="Readable name that also finds it.", examples=["east-aleppo"])
    name: str = Field(description="Its name in English.", examples=["East Aleppo"])
    kind: PlaceKind = Field(description="country, admin1, admin2, admin3, community or area.", examples=["area"])
    p_code: str | None = Field(description="P-code (OCHA common operational datasets), or null.", examples=["C1007"])
    country: str | None = Field(description="ISO 3166-1 alpha-3 code.", examples=["SYR"])


class PointView(View):
    """Where a place is, WGS 84."""

    latitude: float = Field(description="Degrees north.", examples=[36.2])
    longitude: float = Field(description="Degrees east.", examples=[37.16])


class PlaceView(RecordView):
    """A place with everything that it lies in."""

    type: Literal["place"] = Field(description="The noun: place.")
    slug: str = Field(description="Readable name that also finds it.", examples=["east-aleppo"])
    name: str = Field(description="Its name in English.", examples=["East Aleppo"])
    names: dict[str, str] = Field(description="Its name by language (BCP 47).", examples=[{"ar": "حلب"}])
    lang: str = Field(description="Language of `name` (BCP 47).", examples=["en"])
    kind: PlaceKind = Field(description="country, admin1, admin2, admin3, community or area.", examples=["area"])
    p_code: str | None = Field(description="P-code (OCHA common operational datasets), or null.", examples=["C1007"])
    country: str | None = Field(description="ISO 3166-1 alpha-3 code.", examples=["SYR"])
    admin1_code: str | None = Field(description="P-code of the first-level area it lies in.", examples=["SY02"])
    admin1_name: str | None = Field(description="Name of the first-level area.", examples=["Aleppo"])
    admin2_code: str | None = Field(description="P-code of the second-level area it lies in.", examples=["SY0200"])
    admin2_name: str | None = Field(description="Name of the second-level area.", examples=["Jebel Saman"])
    admin3_code: str | None = Field(description="P-code of the third-level area it lies in.", examples=["SY020000"])
    admin3_name: str | None = Field(description="Name of the third-level area.", examples=["Jebel Saman"])
    parent: PlaceCardView | None = Field(description="The place that it lies in directly; null for a country.")
    ancestors: list[PlaceCardView] = Field(description="Every place that it lies in, nearest first.")
    point: PointView | None = Field(description="A point inside it, or null when not confirmed.")
    informal: bool = Field(description="true for an area that has no official boundary.")
    cod_version: str | None = Field(description="Version of the common operational dataset, or null.", examples=["v3"])
