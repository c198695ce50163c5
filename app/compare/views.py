"""Why this file exists: what is read of comparisons."""

from datetime import date
from typing import Literal

from pydantic import Field

from app.actors.schemas import ActorCardView
from app.claims.views import ClaimView, VoiceView
from app.claims.words import MeasureKind, Quantifier
from app.compare.facts import Difference, EchoKind, Independence, NoSpread, NotCounting
from app.figures.schemas import FigureView
from app.kit.schema import View
from app.places.schemas import PlaceCardView
from app.record.schemas import TermLabelView
from app.relations.schemas import RelationView
from app.reports.schemas import ReportCardView
from app.serving.envelope import Links, MomentView


class MeasureCardView(View):
    """What is compared."""

    code: str = Field(description="Code of the vocabulary `measure`.", examples=["people_besieged"])
    label: str = Field(description="Its label.", examples=["People besieged"])
    kind: MeasureKind = Field(description="stock, flow, share, area, duration or count.", examples=["stock"])


class NoSpreadReasonView(View):
    """Why there is no spread, for programs and for people."""

    code: NoSpread = Field(description="Stable code.", examples=["one_voice"])
    text: str = Field(
        description="The reason in a sentence.",
        examples=["Only one voice can be counted, and a spread needs two that are independent."],
    )


class NotCountingReasonView(View):
    """Why no figure of a row takes part in the spread, for programs and for people."""

    code: NotCounting = Field(description="Stable code.", examples=["outside_window"])
    text: str = Field(
        description="The reason in a sentence.",
        examples=["The figures of this voice are of other dates than the window."],
    )


class EchoView(View):
    """A figure that says again what another said: circular reporting."""

    figure: str = Field(description="Id of the figure that is the echo.", examples=["fig_2x4y6z8a0b1c2d3e4f5g6h7j8k"])
    of: str = Field(description="Id of the figure that it goes back to.", examples=["fig_7x4y6z8a0b1c2d3e4f5g6h7j8k"])
    kind: EchoKind = Field(description="repeated: the same voice said it again; restated: a relation says so.")


class CarrierView(View):
    """A publisher that carried a voice."""

    publisher: ActorCardView = Field(description="Who published.")
    reports: list[ReportCardView] = Field(description="In which reports.")


class RowView(View):
    """One voice with its comparable figures."""

    voice: VoiceView = Field(description="Whose numbers they are.")
    text: str = Field(
        description="Its newest figure's attribution, for small spaces.", examples=["White Helmets, 12 Dec 2016"]
    )
    independence: Independence = Field(
        description="counted; or not counted: shared (somebody of it is counted in another row), echo (all of it goes "
        "back to another voice), unknown (nobody can say whether it is one of the others)."
    )
    figures: list[FigureView] = Field(description="Its figures, newest first; always with the one that counts.")
    figure_count: int = Field(description="How many it has, also those not shown.", examples=[1])
    counts: str | None = Field(description="Id of the figure that takes part in the spread, or null.")
    why: NotCountingReasonView | None = Field(description="Why none does; null when one does.")
    carried_by: list[CarrierView] = Field(description="Who carried it.")
    echoes: list[EchoView] = Field(description="Which of its figures are echoes.")


class NearView(View):
    """A figure that is shown beside and not compared."""

    figure: FigureView = Field(description="The figure.")
    differs: list[Difference] = Field(description="In what: unit, population_group, place (inside this one), derived.")


class MarkView(View):
    """A number at one end of a spread."""

    figure: str = Field(description="Id of its figure.")
    voice: str = Field(description="Key of its voice.")
    number: float = Field(description="The number as that figure gives it.", examples=[100000])
    by: Literal["value", "lower", "upper"] = Field(
        description="Which of its numbers: value, lower or upper. lower at the upper end: it is open there."
    )
    quantifier: Quantifier = Field(description="How the source qualified it.")


class SpreadView(View):
    """The lowest and the highest number reported: reported, not an estimate."""

    lowest: list[MarkView] = Field(description="The lowest number, with every figure that gives it.")
    highest: list[MarkView] = Field(description="The highest number, with every figure that gives it.")
    figures: list[str] = Field(description="Ids of all figures that take part, one of each counted voice.")
    start: date = Field(description="First day of the window, or of the period that all share.")
    end: date = Field(description="Last day of it, included.")
    text: str = Field(description="What a spread is.", examples=["Reported, not an estimate."])


class ComparisonView(View):
    """What is reported of one measure at one place, by voice. Nothing here is ever added up."""

    measure: MeasureCardView = Field(description="What is compared.")
    place: PlaceCardView = Field(description="Where, exactly.")
    unit: str | None = Field(description="The unit that the rows have in common.", examples=["{person}"])
    population_group: str | None = Field(description="Of whom, in all rows; null for none stated.")
    window_days: int = Field(description="How far apart two figures of a state may be.", examples=[7])
    rows: list[RowView] = Field(description="One row a voice: counted ones first, newest first.")
    row_count: int = Field(description="How many rows there are, also those not shown.")
    near: list[NearView] = Field(description="Figures that differ in something, newest first.")
    near_count: int = Field(description="How many there are, also those not shown.")
    spread: SpreadView | None = Field(description="null when there is none; see spread_reason.")
    spread_reason: NoSpreadReasonView | None = Field(description="Why there is no spread; null when there is one.")
    voices: int = Field(description="How many independent voices are counted.", examples=[2])
    publishers: int = Field(description="How many publishers carried any of the rows, counted or not.", examples=[1])


class ComparisonMeta(View):
    """About the answer of a comparison."""

    seq: int = Field(description="The ledger's newest revision when the figures were read.", examples=[219])
    limit: int = Field(description="How many comparisons a page holds at most.", examples=[20])
    complete: bool = Field(description="false when only the newest 20,000 figures were compared.")
    as_of: MomentView | None = Field(description="When the figures stood so, with as_of; null for now.")


class ComparisonAnswer(View):
    """Comparisons in the envelope, those of the most voices first."""

    data: list[ComparisonView] = Field(description="One comparison for each measure and place.")
    links: Links = Field(description="Where the page is, and where the list goes on.")
    meta: ComparisonMeta = Field(description="About this answer.")


class VoiceRowView(View):
    """A voice of a table of claims."""

    voice: VoiceView = Field(description="Whose statements they are.")
    claims: int = Field(description="How many of the claims are its.", examples=[11])


class CellView(View):
    """What one voice says of one theme."""

    voice: str = Field(description="Key of the voice.")
    theme: str | None = Field(description="Code of the theme; null for claims without one.")
    claims: list[str] = Field(description="Ids of the claims, in the order of `claims`.")


class ClaimTableView(View):
    """Voices and themes, the claims in each cell, and how these stand to each other."""

    voices: list[VoiceRowView] = Field(description="The rows: those with the most claims first.")
    themes: list[TermLabelView] = Field(description="The columns: those with the most claims first.")
    cells: list[CellView] = Field(description="Every cell that is not empty; a claim stands in one for each theme.")
    claims: list[ClaimView] = Field(description="The claims, each once, newest recorded first, or as `sort` says.")
    relations: list[RelationView] = Field(description="The relations between these claims, or between their figures.")
