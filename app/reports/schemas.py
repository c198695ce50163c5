"""Why this file exists: what is written and read of a report."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, model_validator

from app.actors.schemas import ActorCardView
from app.crises.schemas import CrisisCardView
from app.kit.schema import (
    ActorId,
    Code,
    CrisisId,
    Digest,
    Draft,
    InstantText,
    Label,
    Lang,
    PlaceId,
    Slug,
    Text,
    UncertainDate,
    UncertainDateView,
    Url,
    View,
)
from app.places.schemas import PlaceCardView
from app.record.schemas import RecordView, TermLabelView
from app.reports.words import Sensitivity


class ReporterDraft(Draft):
    """Who wrote a report, as its byline names them."""

    actor: ActorId
    label: Label
    capacity: Label | None = None


class EditionDraft(Draft):
    """A state of the text: what it takes to recognise it."""

    n: Annotated[int, Field(ge=1, le=1000)]
    retrieved_at: InstantText | None = None
    url: Url
    sha256: Digest
    length: Annotated[int, Field(ge=1, le=50_000_000)]
    paragraphs: Annotated[int, Field(ge=1, le=1_000_000)]


class ReportDraft(Draft):
    """A report as it is written."""

    slug: Slug
    crisis: CrisisId
    title: Label
    lang: Lang
    summary: Text
    report_format: Code
    publisher: ActorId
    reporters: tuple[ReporterDraft, ...] = ()
    published: UncertainDate
    url: Url
    editions: tuple[EditionDraft, ...] = Field(min_length=1)
    themes: tuple[Code, ...] = ()
    places: tuple[PlaceId, ...] = ()
    licence: Label
    sensitivity: Sensitivity

    @model_validator(mode="after")
    def _in_order(self) -> "ReportDraft":
        """Editions are numbered from 1; everything in a list stands once."""
        if [edition.n for edition in self.editions] != list(range(1, len(self.editions) + 1)):
            raise ValueError("expected editions numbered 1, 2, 3 in order")
        for name in ("themes", "places"):
            values = getattr(self, name)
            if len(set(values)) != len(values):
                raise ValueError(f"expected every one of {name} once")
        if len({one.actor for one in self.reporters}) != len(self.reporters):
            raise ValueError("expected every reporter once")
        return self


class EditionView(View):
    """A state of a report's text."""

    n: int = Field(description="Number of the edition, from 1.", examples=[1])
    retrieved_at: datetime | None = Field(
        description="When it was retrieved (UTC), or null when not known.", examples=["2026-11-23T09:30:00.000000Z"]
    )
    url: str = Field(description="Where it was retrieved.")
    sha256: str = Field(description="SHA-256 of the text as received, UTF-8.")
    length: int = Field(description="Length in Unicode code points (not UTF-16 units).", examples=[6985])
    paragraphs: int = Field(description="Number of paragraphs: lines that are not blank.", examples=[31])
    held: bool = Field(description="Whether the operator holds the text now, so that quotes can be shown.")


class ReporterView(View):
    """Who wrote a report."""

    actor: ActorCardView = Field(description="The reporter.")
    label: str = Field(description="As the byline names them.", examples=["Katie Beiter"])
    capacity: str | None = Field(description="As the byline describes them.", examples=["student journalist"])


class ReportCardView(View):
    """A report as claims and figures embed it."""

    id: str = Field(description="Id of the report.")
    slug: str = Field(description="Readable name that also finds it.", examples=["aleppo-2016-12"])
    title: str = Field(description="Its title.")
    url: str = Field(description="Where it was published.")
    publisher: str = Field(description="Name of the publisher.", examples=["The Media Line"])
    published: UncertainDateView = Field(description="When it was published, as far as known.")
    crisis: str = Field(description="Slug of its crisis.", examples=["syria-civil-war"])


class ReportCountsView(View):
    """How many public records a report has."""

    claims: int = Field(description="Public claims.", examples=[102])
    figures: int = Field(description="Public figures.", examples=[14])


class ReportView(RecordView):
    """A published document and what is known of it."""

    type: Literal["report"] = Field(description="The noun: report.")
    slug: str = Field(description="Readable name that also finds it.", examples=["aleppo-2016-12"])
    crisis: CrisisCardView = Field(description="The crisis that it is about.")
    title: str = Field(description="Its title, as published.")
    summary: str = Field(description="What it holds, in our words.")
    lang: str = Field(description="Language of title and summary (BCP 47).", examples=["en"])
    report_format: TermLabelView = Field(description="What kind of document it is (ReliefWeb's list).")
    publisher: ActorCardView = Field(description="Who published it.")
    reporters: list[ReporterView] = Field(description="Who wrote it.")
    published: UncertainDateView = Field(description="When it was published, as far as known.")
    url: str = Field(description="Where it was published.")
    editions: list[EditionView] = Field(description="Every state of its text that locators refer to.")
    themes: list[TermLabelView] = Field(description="What it is about (vocabulary `theme`).")
    places: list[PlaceCardView] = Field(description="Where it is about.")
    licence: str = Field(description="Who owns the text, and under what terms the annotation is given.")
    sensitivity: Sensitivity = Field(description="low, moderate, high or severe (OCHA data responsibility).")
    counts: ReportCountsView = Field(description="How many public records it has.")
