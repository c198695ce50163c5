"""Why this file exists: what is read of a claim, its attribution, its places in the text and its figures."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from app.actors.schemas import ActorCardView
from app.claims.words import (
    AboutRole,
    AppearancePart,
    AttributionForm,
    Basis,
    ClaimKind,
    HedgeType,
    HopRole,
    Identification,
    InformationCredibility,
    LocatorKind,
    MeasureKind,
    Medium,
    Quantifier,
    SourceReliability,
)
from app.kit.schema import UncertainDateView, View
from app.places.schemas import PlaceCardView
from app.record.schemas import RecordView, TermLabelView
from app.reports.schemas import ReportCardView
from app.reports.words import Sensitivity


class NormalisedView(View):
    """A segment's digest after normalisation, for any copy of the text."""

    sha256: str = Field(description="SHA-256 after NFC, white space runs to one space, curly quotes to straight.")
    length: int = Field(description="Length of the normalised segment in code points.", examples=[38])


class SegmentView(View):
    """A stretch of a document."""

    start: int = Field(description="First code point, counted from 0 (not UTF-16 units).", examples=[5148])
    end: int = Field(description="Code point after the last.", examples=[5186])
    sha256: str = Field(description="SHA-256 of exactly these characters, UTF-8.")
    normalised: NormalisedView = Field(description="The same for a copy with other white space and quotes.")


class QuoteView(View):
    """The words at a locator; only while the operator holds the text."""

    exact: str = Field(
        description="The words; the pieces of a split quotation are joined by ' … '.", examples=["almost 6,000"]
    )
    prefix: str = Field(
        description="Up to 32 code points that stand before them in their line.", examples=["said that "]
    )
    suffix: str = Field(description="Up to 32 code points that stand after them in their line.", examples=[" people"])


class AppearanceView(View):
    """Where something stands in an edition of the report."""

    edition: int = Field(description="Number of the edition.", examples=[1])
    locator: LocatorKind = Field(description="text, or document for a source without text.", examples=["text"])
    part: AppearancePart = Field(description="Part of the document (vocabulary `appearance_part`).", examples=["body"])
    paragraph: int | None = Field(description="Paragraph, counted from 1, or null.", examples=[22])
    segments: list[SegmentView] = Field(description="The words' places; a split quotation has two.")
    quote: QuoteView | None = Field(description="The words, or null while the text is not held.")


class MentionView(View):
    """Somebody, as the text names them."""

    label: str = Field(description="As the text names them.", examples=["Chatham House"])
    actor: ActorCardView | None = Field(description="The actor, when on record.")


class HopView(View):
    """One station of the way from who said it to the page."""

    position: int = Field(description="From 1; joint originators share 1.", examples=[1])
    role: HopRole = Field(description="originator, relay, publisher or reporter.", examples=["originator"])
    actor: ActorCardView | None = Field(description="Who it is; null when unnamed, unknown or withheld.")
    label: str | None = Field(description="As the text names them.", examples=["Renad Mansour"])
    short_label: str | None = Field(description="As the text names them in short, or null.")
    known: bool = Field(description="false when the text does not say who it was.")
    withheld: bool = Field(description="true when who it was is known here and kept back to protect them.")
    source_ref: str | None = Field(description="For a source without name: s1, s2 …, within this report only.")
    capacity: str | None = Field(description="The role as stated.", examples=["media lead"])
    affiliation: MentionView | None = Field(description="Where they belong; not by itself a voice.")
    on_behalf_of: MentionView | None = Field(description="The institution whose statement it is, or null.")
    verb: str | None = Field(description="The text's verb.", examples=["told"])
    medium: Medium | None = Field(description="Through what they spoke (vocabulary `medium`); null for reporters.")
    addressee: MentionView | None = Field(description="To whom they spoke, when stated.")
    cue: AppearanceView | None = Field(description="Where the text attributes it, or null.")


class VoiceView(View):
    """Whose statement it is: what comparison, facets and independence count."""

    key: str = Field(description="Equal keys are one voice; opaque.")
    label: str = Field(description="As the text names it; joint voices together.", examples=["White Helmets"])
    actors: list[ActorCardView] = Field(description="The actors behind it; empty for a source without name.")
    named: bool = Field(description="false for unnamed and unknown sources.")


class AttributionView(View):
    """Who said it, in what capacity, through which medium, and by which way it came."""

    form: AttributionForm = Field(description="direct_quote, indirect_quote, mixed_quote or narration.")
    identification: Identification = Field(description="named, described, collective or unnamed.")
    text: str = Field(
        description="The whole line, ready to show.",
        examples=["Renad Mansour (fellow, Chatham House), in an interview with The Media Line"],
    )
    short: str = Field(description="For small spaces.", examples=["White Helmets, 12 Dec 2016"])
    voice: VoiceView = Field(description="Whose statement it is.")
    said_on: UncertainDateView | None = Field(description="When it was said, or null.")
    said_in: PlaceCardView | None = Field(description="Where it was said, when stated.")
    chain: list[HopView] = Field(description="originator⁺ relay* publisher reporter*.")


class AboutView(View):
    """Whom a claim concerns."""

    actor: ActorCardView | None = Field(description="The actor, when on record.")
    label: str = Field(description="As the text names them.", examples=["civilians"])
    role: AboutRole = Field(description="agent, affected or other.", examples=["affected"])


class HedgeView(View):
    """How the claim is hedged by whoever made it."""

    type: HedgeType = Field(description="possibility, worry, appearance or hearsay.", examples=["possibility"])


class GradingView(View):
    """The newest grading in the Admiralty code; F and 6 when nobody graded."""

    source_reliability: SourceReliability = Field(description="A to F (F: cannot be judged).", examples=["F"])
    information_credibility: InformationCredibility = Field(description="1 to 6 (6: cannot be judged).", examples=["6"])
    graded_by: str | None = Field(description="Role of who graded, or null.", examples=["editor"])
    graded_at: datetime | None = Field(description="When (UTC), or null.", examples=["2026-11-23T09:30:00.000000Z"])


class MeasureView(View):
    """What a figure counts or gauges."""

    code: str = Field(description="Code of the vocabulary `measure`.", examples=["people_besieged"])
    label: str = Field(description="Its label.", examples=["People besieged"])
    kind: MeasureKind = Field(description="stock, flow, share, area, duration or count.", examples=["stock"])
    basis: Basis = Field(description="stated when the source's own word gives the measure, else inferred.")


class RatioView(View):
    """A stated fraction, not reduced."""

    numerator: int = Field(description="Above the line.", examples=[1])
    denominator: int = Field(description="Below the line.", examples=[3])


class DerivedView(View):
    """How a figure that nobody stated was computed here."""

    formula: str = Field(description="How, in words.", examples=["a third of almost 6,000"])
    inputs: list[str] = Field(description="Ids of the figures that it was computed from.")


class FigureCardView(View):
    """A figure as its claim embeds it; the attribution is the claim's."""

    id: str = Field(description="Id of the figure.")
    text: str = Field(description="The figure in a few words of ours.", examples=["100,000 civilians trapped"])
    measure: MeasureView = Field(description="What it counts or gauges.")
    term: str | None = Field(description="The source's own word.", examples=["trapped"])
    reported: str | None = Field(description="The words that carry the number; null when derived.")
    value: float | None = Field(description="The number; null when only bounds are known.", examples=[100000])
    lower: float | None = Field(description="Lower bound, or null when open.", examples=[100000])
    upper: float | None = Field(description="Upper bound, or null when open.", examples=[100000])
    lower_exclusive: bool = Field(description="true when the lower bound itself is not meant.")
    upper_exclusive: bool = Field(description="true when the upper bound itself is not meant.")
    ratio: RatioView | None = Field(description="The fraction as stated, or null.")
    quantifier: Quantifier = Field(description="How the source qualified it (vocabulary `quantifier`).")
    unit: str = Field(description="Unit (UCUM style; vocabulary `unit`).", examples=["{person}"])
    population_group: str | None = Field(description="Of whom (vocabulary `population_group`), or null.")
    place: PlaceCardView = Field(description="Where.")
    place_basis: Basis = Field(description="stated when the source names the place for it, else inferred.")
    reference_period: UncertainDateView | None = Field(description="A point for a stock, an interval for a flow.")
    derived: DerivedView | None = Field(description="null for what a source stated; else how it was computed.")


class ClaimView(RecordView):
    """One proposition with its whole attribution, its places in the text, and its figures."""

    type: Literal["claim"] = Field(description="The noun: claim.")
    report: ReportCardView = Field(description="The report that carries it.")
    kind: ClaimKind = Field(description="What the claim does (vocabulary `claim_kind`).", examples=["factual_report"])
    statement: str = Field(description="The proposition, in our words.")
    lang: str = Field(description="Language of the statement (BCP 47).", examples=["en"])
    hedge: HedgeView | None = Field(description="How it is hedged by whoever made it, or null.")
    event: UncertainDateView | None = Field(description="When the claimed thing happened or will, or null.")
    themes: list[TermLabelView] = Field(description="What it is about (vocabulary `theme`).")
    places: list[PlaceCardView] = Field(description="Where the claimed thing is.")
    about: list[AboutView] = Field(description="Whom it concerns.")
    attribution: AttributionView = Field(description="Who said it, and by which way it came.")
    appearances: list[AppearanceView] = Field(description="Where it stands in the report.")
    figures: list[FigureCardView] = Field(description="The figures in it, first recorded first.")
    grading: GradingView = Field(description="The newest grading.")
    sensitivity: Sensitivity = Field(description="low, moderate, high or severe (OCHA data responsibility).")
