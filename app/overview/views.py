"""Why this file exists: what is read of a crisis at a glance."""

from pydantic import Field

from app.claims.views import ClaimView
from app.compare.views import ComparisonView
from app.crises.schemas import CrisisView
from app.figures.schemas import FigureView
from app.kit.schema import View
from app.reports.schemas import ReportView
from app.serving.envelope import FacetValueView, Links


class OverviewView(View):
    """A crisis at a glance."""

    crisis: CrisisView = Field(description="The crisis, with its counts.")
    key_figures: list[ComparisonView] = Field(
        description="What is reported, by voice, for 12 pairs of measure and place: most voices first, 10 of each."
    )
    timeline: list[ClaimView] = Field(description="The 20 claims of the latest events, latest first.")
    voices: list[FacetValueView] = Field(description="Who is heard in how many claims: the 25 most heard.")
    voices_approximate: bool = Field(description="true when only the newest 5,000 claims were counted.")
    reports: list[ReportView] = Field(description="The 5 reports that were published last, as far as known.")
    corrections: list[ClaimView | FigureView | ReportView] = Field(
        description="The 10 records of this crisis that were corrected last, latest first."
    )


class OverviewMeta(View):
    """About the answer of an overview."""

    seq: int = Field(description="The ledger's newest revision when it was read.", examples=[219])


class OverviewAnswer(View):
    """A crisis at a glance, in the envelope."""

    data: OverviewView = Field(description="The overview.")
    links: Links = Field(description="Where it is.")
    meta: OverviewMeta = Field(description="About this answer.")
