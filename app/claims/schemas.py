"""Why this file exists: what is written of a claim and its attribution."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from app.claims import attribution
from app.claims.words import (
    AboutRole,
    AppearancePart,
    AttributionForm,
    ClaimKind,
    HedgeType,
    HopRole,
    Identification,
    LocatorKind,
    Medium,
)
from app.kit.canonical import JSON
from app.kit.schema import (
    ActorId,
    Code,
    Digest,
    Draft,
    InstantText,
    Label,
    Lang,
    PlaceId,
    ReportId,
    Text,
    UncertainDate,
)
from app.reports.words import Sensitivity

Offset = Annotated[int, Field(ge=0, le=50_000_000)]
SourceRef = Annotated[str, Field(pattern=r"^s[1-9][0-9]{0,3}$")]


class NormalisedDraft(Draft):
    """The digest of a segment after normalisation, and its length in code points."""

    sha256: Digest
    length: Annotated[int, Field(ge=1, le=50_000_000)]


class SegmentDraft(Draft):
    """A stretch of a document, in code points, end exclusive."""

    start: Offset
    end: Offset
    sha256: Digest
    normalised: NormalisedDraft


class AppearanceDraft(Draft):
    """Where something stands in an edition of a report."""

    edition: Annotated[int, Field(ge=1, le=1000)]
    locator: LocatorKind = LocatorKind.TEXT
    part: AppearancePart
    paragraph: Annotated[int, Field(ge=1, le=1_000_000)] | None = None
    segments: tuple[SegmentDraft, ...] = ()


class MentionDraft(Draft):
    """Somebody, as the text names them; the actor when it is on record."""

    actor: ActorId | None = None
    label: Label


class BehalfDraft(Draft):
    """The institution whose statement it is; it is always on record."""

    actor: ActorId
    label: Label


class HopDraft(Draft):
    """One station of the way from who said it to the page."""

    position: Annotated[int, Field(ge=1, le=100)]
    role: HopRole
    actor: ActorId | None = None
    label: Label | None = None
    short_label: Label | None = None
    known: bool = True
    source_ref: SourceRef | None = None
    capacity: Label | None = None
    affiliation: MentionDraft | None = None
    on_behalf_of: BehalfDraft | None = None
    verb: Label | None = None
    medium: Medium | None = None
    addressee: MentionDraft | None = None
    cue: AppearanceDraft | None = None


class AttributionDraft(Draft):
    """Who said it, how far we know who, when and where, and by which way it came."""

    form: AttributionForm
    identification: Identification
    said_on: UncertainDate | None = None
    said_in: PlaceId | None = None
    chain: tuple[HopDraft, ...] = Field(min_length=1, max_length=50)


class AboutDraft(Draft):
    """Whom a claim concerns."""

    actor: ActorId | None = None
    label: Label
    role: AboutRole


class HedgeDraft(Draft):
    """How the claim is hedged by whoever made it."""

    type: HedgeType


class GradingDraft(Draft):
    """A grading in the Admiralty code: by whom (role) and when."""

    source_reliability: Literal["A", "B", "C", "D", "E", "F"]
    information_credibility: Literal["1", "2", "3", "4", "5", "6"]
    graded_by: Code
    graded_at: InstantText


class ClaimDraft(Draft):
    """A claim as it is written."""

    report: ReportId
    kind: ClaimKind
    statement: Text
    lang: Lang
    hedge: HedgeDraft | None = None
    event: UncertainDate | None = None
    themes: tuple[Code, ...] = ()
    places: tuple[PlaceId, ...] = ()
    about: tuple[AboutDraft, ...] = ()
    attribution: AttributionDraft
    appearances: tuple[AppearanceDraft, ...] = Field(min_length=1)
    gradings: tuple[GradingDraft, ...] = ()
    sensitivity: Sensitivity

    @classmethod
    def prepare(cls, value: JSON) -> JSON:
        """Fill in positions that were left out: originators share the first, the others count on."""
        said = value.get("attribution")
        chain = said.get("chain") if isinstance(said, dict) else None
        if said is None or not isinstance(chain, list) or not all(isinstance(hop, dict) for hop in chain):
            return value
        counted = attribution.positions([str(hop.get("role")) for hop in chain])
        hops = [{"position": at, **hop} for at, hop in zip(counted, chain, strict=True)]
        return {**value, "attribution": {**said, "chain": hops}}

    @model_validator(mode="after")
    def _once(self) -> "ClaimDraft":
        """Themes and places stand once."""
        for name in ("themes", "places"):
            values = getattr(self, name)
            if len(set(values)) != len(values):
                raise ValueError(f"expected every one of {name} once")
        return self
