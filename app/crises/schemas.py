"""Why this file exists: what is written and read of a crisis."""

import re
from typing import Annotated, Literal

from pydantic import Field, model_validator

from app.crises.words import CrisisStatus, CrisisType
from app.kit.schema import Code, Draft, Label, Lang, PlaceId, Slug, UncertainDate, UncertainDateView, View
from app.places.schemas import PlaceCardView
from app.record.schemas import RecordView

# The GLIDE form: hazard type, year, six digits, country (or region) in three capitals.
GLIDE_PATTERN = r"^[A-Z]{2}-[0-9]{4}-[0-9]{6}-[A-Z]{3}$"


class ExternalIdDraft(Draft):
    """An id in another system; a GLIDE number has the GLIDE form."""

    scheme: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,30}$")]
    value: Code

    @model_validator(mode="after")
    def _glide_form(self) -> "ExternalIdDraft":
        """What calls itself GLIDE looks like GLIDE."""
        if self.scheme == "glide" and not re.fullmatch(GLIDE_PATTERN, self.value):
            raise ValueError("expected a GLIDE number such as CE-2011-000012-SYR")
        return self


class CrisisDraft(Draft):
    """A crisis as it is written."""

    slug: Slug
    name: Label
    lang: Lang
    type: CrisisType
    status: CrisisStatus
    dates: UncertainDate
    places: tuple[PlaceId, ...] = Field(min_length=1)
    external_ids: tuple[ExternalIdDraft, ...] = ()

    @model_validator(mode="after")
    def _once(self) -> "CrisisDraft":
        """Places and ids stand once."""
        if len(set(self.places)) != len(self.places) or len(set(self.external_ids)) != len(self.external_ids):
            raise ValueError("expected every place and every external id once")
        return self


class ExternalIdView(View):
    """An id in another system."""

    scheme: str = Field(description="The system.", examples=["glide"])
    value: str = Field(description="Its id there.", examples=["CE-2011-000012-SYR"])


class CrisisCardView(View):
    """A crisis as other records embed it."""

    id: str = Field(description="Id of the crisis.")
    slug: str = Field(description="Readable name that also finds it.", examples=["syria-civil-war"])
    name: str = Field(description="Its name.", examples=["Syria: civil war"])


class CrisisCountsView(View):
    """How many public records a crisis has."""

    reports: int = Field(description="Public reports.", examples=[1])
    claims: int = Field(description="Public claims in them.", examples=[102])
    figures: int = Field(description="Public figures in those.", examples=[14])


class CrisisView(RecordView):
    """An emergency that reports are about."""

    type: Literal["crisis"] = Field(description="The noun: crisis.")
    slug: str = Field(description="Readable name that also finds it.", examples=["syria-civil-war"])
    name: str = Field(description="Its name.", examples=["Syria: civil war"])
    lang: str = Field(description="Language of the name (BCP 47).", examples=["en"])
    crisis_type: CrisisType = Field(description="Code of the vocabulary `crisis_type`.", examples=["complex_emergency"])
    crisis_status: CrisisStatus = Field(description="alert, ongoing or past (vocabulary `crisis_status`).")
    dates: UncertainDateView = Field(description="When it began and ended, as far as known.")
    places: list[PlaceCardView] = Field(description="Where it is.")
    external_ids: list[ExternalIdView] = Field(description="Its ids in other systems.")
    counts: CrisisCountsView = Field(description="How many public records it has.")
