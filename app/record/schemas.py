"""Why this file exists: the fields that every record's document shares."""

from datetime import datetime

from pydantic import Field

from app.kit.schema import View
from app.ledger.words import Cause
from app.record.csl import CslItemView
from app.record.lifecycle import Status


class CorrectionsView(View):
    """How often a record was corrected, and why last."""

    count: int = Field(description="Number of corrections, not counting retractions.", examples=[0])
    last_at: datetime | None = Field(
        description="When it was last corrected (UTC).", examples=["2026-11-23T09:30:00.000000Z"]
    )
    last_cause: Cause | None = Field(description="Why it was last corrected (vocabulary `cause`).")
    note: str | None = Field(description="The public note of the last correction.", examples=["A digit was misread."])


class CiteView(View):
    """How to cite a record as it is now, and as it will be found again when it has changed."""

    text: str = Field(description="A citation to copy; it names the record and its version.")
    url: str = Field(
        description="Permalink of exactly this revision, as a path of this API.",
        examples=["/v1/claims/clm_2x4y6z8a0b1c2d3e4f5g6h7j8k/revisions/1"],
    )
    recorded_at: datetime = Field(description="When this revision was recorded (UTC).")
    csl: CslItemView = Field(description="The same as data for reference managers: one item of CSL-JSON.")


class RecordView(View):
    """What every record says of itself."""

    id: str = Field(description="Opaque and stable id.")
    type: str = Field(description="The noun: crisis, report, claim, figure, actor, place, relation or vocabulary.")
    status: Status = Field(description="Always `published` in public answers (vocabulary `status`).")
    version: int = Field(description="Number of public revisions; 1 is the first.", examples=[1])
    corrections: CorrectionsView = Field(description="How often it was corrected, and why last.")
    recorded_at: datetime = Field(description="When it was first published here (UTC).")
    changed_at: datetime = Field(description="When its newest public revision was made (UTC).")
    cite: CiteView = Field(description="How to cite it.")


class TermLabelView(View):
    """A code with its label."""

    code: str = Field(description="The code.", examples=["health"])
    label: str = Field(description="The label, for display.", examples=["Health"])
