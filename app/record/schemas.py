"""Why this file exists: the fields that every record's document shares."""

from datetime import datetime

from pydantic import Field

from app.kit.schema import View


class CorrectionsView(View):
    """How often a record was corrected, and why last."""

    count: int = Field(description="Number of corrections, not counting retractions.", examples=[0])
    last_at: datetime | None = Field(description="When it was last corrected (UTC).")
    last_cause: str | None = Field(description="Why it was last corrected (vocabulary `cause`).")
    note: str | None = Field(description="The public note of the last correction.")


class RecordView(View):
    """What every record says of itself."""

    id: str = Field(description="Opaque and stable id.", examples=["clm_2x4y6z8a0b1c2d3e4f5g6h7j8k"])
    type: str = Field(description="The noun: crisis, report, claim, figure, actor, place, relation or vocabulary.")
    status: str = Field(description="Always `published` in public answers (vocabulary `status`).")
    version: int = Field(description="Number of public revisions; 1 is the first.", examples=[1])
    corrections: CorrectionsView = Field(description="How often it was corrected, and why last.")
    recorded_at: datetime = Field(description="When it was first published here (UTC).")
    changed_at: datetime = Field(description="When its newest public revision was made (UTC).")


class TermLabelView(View):
    """A code with its label."""

    code: str = Field(description="The code.", examples=["health"])
    label: str = Field(description="The label, for display.", examples=["Health"])
