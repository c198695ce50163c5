"""Why this file exists: what is written and read of a relation."""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field, model_validator

from app.claims.views import AttributionView
from app.kit.schema import Draft, Lang, Text, View
from app.ledger.words import WriterRole
from app.record.schemas import RecordView
from app.relations.words import RelationType

_END = Annotated[str, Field(pattern=r"^(clm|fig)_[0-7][0-9abcdefghjkmnpqrstvwxyz]{25}$")]


class RelationDraft(Draft):
    """A relation as it is written; `from` is the later or dependent one."""

    model_config = ConfigDict(serialize_by_alias=True)

    type: RelationType
    from_: _END = Field(alias="from")
    to: _END
    role: WriterRole
    reason: Text
    lang: Lang = "en"

    @model_validator(mode="after")
    def _two_of_a_kind(self) -> "RelationDraft":
        """Two different claims or two different figures; quantities are compared between figures."""
        if self.from_[:4] != self.to[:4]:
            raise ValueError("expected two claims or two figures")
        if self.from_ == self.to:
            raise ValueError("expected two different records")
        if self.type is RelationType.SAME_QUANTITY and not self.to.startswith("fig_"):
            raise ValueError("expected two figures for same_quantity")
        return self


class RelationEndView(View):
    """A claim or figure as a relation embeds it, with its attribution."""

    id: str = Field(description="Id of the claim or figure.")
    type: Literal["claim", "figure"] = Field(description="claim or figure.", examples=["claim"])
    text: str = Field(description="The claim's statement, or the figure's text.")
    attribution: AttributionView = Field(description="Who said it, and by which way it came.")


class RelationView(RecordView):
    """How two claims, or two figures, stand to each other."""

    model_config = ConfigDict(extra="forbid", validate_by_name=True, validate_by_alias=True, serialize_by_alias=True)

    type: Literal["relation"] = Field(description="The noun: relation.")
    relation: RelationType = Field(description="restates, corroborates, conflicts_with, updates or same_quantity.")
    from_: RelationEndView = Field(alias="from", description="The later or dependent one.")
    to: RelationEndView = Field(description="The earlier or independent one.")
    role: WriterRole = Field(description="In what role it was judged (vocabulary `writer_role`).", examples=["seed"])
    reason: str = Field(description="Why it was judged so, in our words.")
    lang: str = Field(description="Language of the reason (BCP 47).", examples=["en"])
