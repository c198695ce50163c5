"""Why this file exists: the manners of every schema, said once.

Drafts (what is written) are strict, frozen and refuse unknown fields; Views (what is read) state every field.
"""

import re
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from app.kit import dates
from app.kit.canonical import JSON, compact
from app.kit.clock import parse_instant
from app.kit.errors import Fault, InvalidInput
from app.kit.ids import PREFIXES


class Draft(BaseModel):
    """What a writer hands in: strict types, no unknown fields, immutable."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    @classmethod
    def prepare(cls, value: JSON) -> JSON:
        """Return the value with what may be left out filled in; what is wrong is left for validation to find."""
        return value

    @classmethod
    def amend(cls, before: JSON, changes: JSON) -> JSON:
        """Return a value with some of its fields stated anew, and without what followed from what they were."""
        return {**before, **changes}

    @classmethod
    def parse(cls, value: JSON) -> Self:
        """Return the draft of a JSON value; raises InvalidInput with a fault for everything that is wrong."""
        try:
            return cls.model_validate_json(compact(cls.prepare(value)))
        except TypeError:
            fault = Fault("", "expected JSON: text without unpaired surrogates, numbers within 64 bits", "not_json")
            raise InvalidInput(f"this is no valid {cls.__name__}", (fault,)) from None
        except ValidationError as error:
            raise InvalidInput(f"this is no valid {cls.__name__}", tuple(faults_of(error))) from None


def faults_of(error: ValidationError) -> Iterator[Fault]:
    """Yield what a validation found, without the input that it found it in; a rule may name the `field` at fault."""
    found = error.errors(include_input=False, include_url=False)
    for one in found:
        depth = len(one["loc"])
        # A list counts as too short when its items are faulty; only the items' own faults are true.
        if one["type"] == "too_short" and any(other["loc"][:depth] == one["loc"] for other in found if other != one):
            continue
        field = getattr(one.get("ctx", {}).get("error"), "field", None)
        parts = [*one["loc"], field] if field else one["loc"]
        pointer = "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in parts)
        yield Fault(pointer, one["msg"].removeprefix("Value error, "), one["type"])


class View(BaseModel):
    """What a reader gets: every field stated, null when unknown."""

    model_config = ConfigDict(extra="forbid")


_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
# Bidirectional embeddings, overrides and isolates: they show a reader other words than those that are there.
_BIDIRECTIONAL = re.compile("[\u202a-\u202e\u2066-\u2069]")
_LINES = re.compile("[\t\n\u2028\u2029]")


def _printable(text: str) -> str:
    """Refuse control characters: they break terminals, spreadsheets and PostgreSQL (NUL)."""
    if _CONTROL.search(text):
        raise ValueError("expected text without control characters")
    if _BIDIRECTIONAL.search(text):
        raise ValueError("expected text without bidirectional controls (U+202A to U+202E, U+2066 to U+2069)")
    if text != text.strip():
        raise ValueError("expected text without white space at its ends")
    return text


def _one_line(text: str) -> str:
    """Refuse what would break a line that is made of labels."""
    if _LINES.search(text):
        raise ValueError("expected one line, without tabs")
    return text


Text = Annotated[str, Field(min_length=1, max_length=5000), AfterValidator(_printable)]
Label = Annotated[str, Field(min_length=1, max_length=300), AfterValidator(_printable), AfterValidator(_one_line)]
Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9%{}+:_-]{1,80}$")]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=100)]
Lang = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$")]
Country = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Url = Annotated[str, Field(pattern=r"^https?://[^\s<>\"]{1,2000}$"), AfterValidator(_printable)]


def _instant(text: str) -> str:
    parse_instant(text)
    return text


InstantText = Annotated[str, Field(max_length=27), AfterValidator(_instant)]


def record_id(record_type: str) -> Any:
    """Return the annotation of a reference to a record of one type."""
    pattern = rf"^{PREFIXES[record_type]}_[0-7][0-9abcdefghjkmnpqrstvwxyz]{{25}}$"
    return Annotated[str, Field(pattern=pattern)]


VocabularyId = record_id("vocabulary")
PlaceId = record_id("place")
ActorId = record_id("actor")
CrisisId = record_id("crisis")
ReportId = record_id("report")
ClaimId = record_id("claim")
FigureId = record_id("figure")


def _edtf(text: str) -> str:
    dates.bounds(text)
    return text


class UncertainDate(Draft):
    """A date as far as it is known (EDTF, ISO 8601-2), with why it is believed."""

    edtf: Annotated[str, Field(max_length=80), AfterValidator(_edtf)]
    text: Label | None = None
    basis: Literal["stated", "completed", "inferred"]
    reasoning: Label | None = None

    @model_validator(mode="after")
    def _reasoned(self) -> "UncertainDate":
        """A date that the text does not state in full says why it is believed."""
        if self.basis != "stated" and self.reasoning is None:
            raise ValueError("expected a reasoning, since the date is not stated in full")
        return self


class DateBasis(StrEnum):
    """Why a date is believed: the source states it, what it leaves out was completed, or it was inferred."""

    STATED = "stated"
    COMPLETED = "completed"
    INFERRED = "inferred"


class UncertainDateView(View):
    """A date as far as it is known (EDTF, ISO 8601-2)."""

    edtf: str = Field(description="The date in EDTF (ISO 8601-2), verbatim.", examples=["2016-12-13?"])
    earliest: date | None = Field(description="First day it can mean, ignoring ? and ~; null is open.")
    latest: date | None = Field(description="Last day it can mean, ignoring ? and ~; null is open.")
    text: str = Field(description="For display, in English.", examples=["Tuesday 13 December 2016"])
    basis: DateBasis = Field(
        description="stated, completed or inferred (vocabulary `date_basis`).", examples=["inferred"]
    )
    reasoning: str | None = Field(description="Why the date is believed, when it is not stated in full.")


def date_view(value: dict[str, Any] | None) -> dict[str, Any] | None:
    """Return the view of an uncertain date of a body, with its bounds; null stays null."""
    if value is None:
        return None
    earliest, latest = dates.bounds(value["edtf"])
    return {
        "edtf": value["edtf"],
        "earliest": earliest.isoformat() if earliest else None,
        "latest": latest.isoformat() if latest else None,
        "text": value["text"] or dates.display(value["edtf"]),
        "basis": value["basis"],
        "reasoning": value["reasoning"],
    }


def date_bound(value: dict[str, Any] | None, name: Literal["earliest", "latest"]) -> date | None:
    """Return one bound of an uncertain date of a body, for a column that filters use; null when open or unknown."""
    if value is None:
        return None
    found: date | None = getattr(dates.bounds(value["edtf"]), name)
    return found
