"""Why this file exists: what is written and read of a vocabulary."""

from typing import Literal

from pydantic import Field, model_validator

from app.kit.schema import Code, Draft, Label, Lang, Text, View
from app.record.schemas import RecordView


class CrosswalkDraft(Draft):
    """A term's word in another system."""

    system: Code
    value: Label


class TermDraft(Draft):
    """One code of a list."""

    code: Code
    label: Label
    definition: Text
    ours: bool
    kind: Literal["stock", "flow", "share", "area", "duration", "count"] | None = None
    unit: Code | None = None
    crosswalk: tuple[CrosswalkDraft, ...] = ()


class VocabularyDraft(Draft):
    """A whole list of codes; it is replaced whole."""

    name: str = Field(pattern=r"^[a-z][a-z_]{1,60}$")
    label: Label
    lang: Lang
    definition: Text
    source: Label
    terms: tuple[TermDraft, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _codes_differ(self) -> "VocabularyDraft":
        """A code stands once in its list."""
        if len({term.code for term in self.terms}) != len(self.terms):
            raise ValueError("expected every code once")
        return self


class TermView(View):
    """One code of a list."""

    code: str = Field(description="The code, as it stands in records.", examples=["people_besieged"])
    label: str = Field(description="For display.", examples=["People besieged"])
    definition: str = Field(description="When the code is used, and when not.")
    ours: bool = Field(description="true when the code is Onrecord's own, false when it is another system's.")
    kind: Literal["stock", "flow", "share", "area", "duration", "count"] | None = Field(
        description="Measures only: stock, flow, share, area, duration or count."
    )
    unit: str | None = Field(description="Measures only: the usual unit (UCUM style).", examples=["{person}"])
    crosswalk: dict[str, str] = Field(
        description="What other systems call it, by system.", examples=[{"idmc_term": "EVACUATED"}]
    )


class VocabularyView(RecordView):
    """A closed list: every code with its label, definition and crosswalk."""

    type: Literal["vocabulary"] = Field(description="The noun: vocabulary.")
    name: str = Field(description="The list's name, which also finds it.", examples=["measure"])
    label: str = Field(description="For display.", examples=["Measures"])
    lang: str = Field(description="Language of label and definitions (BCP 47).", examples=["en"])
    definition: str = Field(description="What the list is for.")
    source: str = Field(description="Where the codes come from.")
    terms: list[TermView] = Field(description="The codes, in the list's order.")
