"""Why this file exists: what is written and read of a figure."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from app.claims.schemas import AppearanceDraft
from app.claims.views import AppearanceView, AttributionView, FigureCardView, VoiceView
from app.claims.words import Quantifier
from app.figures.quantity import Quantity, QuantityError, Ratio, decimal_text, parse_decimal, quantity
from app.kit.canonical import JSON
from app.kit.schema import ClaimId, Code, Draft, FigureId, Label, PlaceId, UncertainDate, View
from app.record.schemas import RecordView
from app.reports.schemas import ReportCardView
from app.reports.words import Sensitivity

NUMBERS = ("value", "lower", "upper")


class RatioDraft(Draft):
    """A fraction as stated."""

    numerator: Annotated[int, Field(ge=0, lt=10**15)]
    denominator: Annotated[int, Field(gt=0, lt=10**15)]


class DerivedDraft(Draft):
    """How a figure that nobody stated is computed, and from which."""

    formula: Label
    inputs: tuple[FigureId, ...] = Field(min_length=1)


class FigureDraft(Draft):
    """A figure as it is written; bounds that follow from the quantifier may be left out."""

    claim: ClaimId
    text: Label
    measure: Code
    measure_basis: Literal["stated", "inferred"]
    term: Label | None = None
    reported: Label | None = None
    quantifier: Quantifier
    value: str | None = None
    lower: str | None = None
    upper: str | None = None
    lower_exclusive: bool = False
    upper_exclusive: bool = False
    ratio: RatioDraft | None = None
    unit: Code
    population_group: Code | None = None
    place: PlaceId
    place_basis: Literal["stated", "inferred"]
    reference_period: UncertainDate | None = None
    derived: DerivedDraft | None = None
    appearance: AppearanceDraft | None = None
    sensitivity: Sensitivity

    @classmethod
    def prepare(cls, value: JSON) -> JSON:
        """Fill in the bounds that follow from the quantifier, where that can be done."""
        try:
            whole = _quantity({**dict.fromkeys(NUMBERS), "ratio": None, **value})
        except (QuantityError, KeyError, TypeError, AttributeError):
            return value
        numbers = {name: decimal_text(one) for name in NUMBERS if (one := getattr(whole, name)) is not None}
        exclusive = {name: getattr(whole, name) for name in ("lower_exclusive", "upper_exclusive")}
        return {**exclusive, **value, **numbers}

    @classmethod
    def amend(cls, before: JSON, changes: JSON) -> JSON:
        """Return a figure with some fields stated anew; bounds that are not follow from the quantifier again."""
        followed: set[str] = set()
        if changes.keys() & {"quantifier", "value", "ratio"}:
            followed |= {"lower", "upper", "lower_exclusive", "upper_exclusive"}
        # A value is the ratio's when there is one, and the ratio goes with a value that is stated anew.
        followed |= {"value"} if changes.get("ratio") else {"ratio"} if "value" in changes else set()
        return {**{name: one for name, one in before.items() if name not in followed}, **changes}

    @model_validator(mode="after")
    def _lawful_quantity(self) -> "FigureDraft":
        """The numbers are those that the quantifier allows, each in its one spelling."""
        whole = _quantity(self.model_dump())
        for name in NUMBERS:
            number = getattr(whole, name)
            if getattr(self, name) != (None if number is None else decimal_text(number)):
                raise QuantityError(name, "expected the number that the quantifier makes of it, without idle zeros")
        for name in ("lower_exclusive", "upper_exclusive"):
            if getattr(self, name) is not getattr(whole, name):
                raise QuantityError(name, "expected what the quantifier says of it")
        return self

    @model_validator(mode="after")
    def _stated_or_derived(self) -> "FigureDraft":
        """A figure was reported and stands somewhere, or it is derived; never both."""
        if (self.derived is None) != (self.reported is not None):
            raise ValueError("expected `reported` words, or else `derived`")
        if (self.reported is None) != (self.appearance is None):
            raise ValueError("expected the `appearance` of the reported words")
        if self.derived and len(set(self.derived.inputs)) != len(self.derived.inputs):
            raise ValueError("expected every input once")
        return self


def _quantity(value: JSON) -> Quantity:
    """Return the quantity that a figure's fields state; raises QuantityError."""
    numbers = {name: None if value[name] is None else parse_decimal(value[name], name) for name in NUMBERS}
    ratio = value["ratio"]
    return quantity(value["quantifier"], **numbers, ratio=Ratio(**ratio) if ratio else None)


class ClaimCardView(View):
    """A claim as a figure embeds it."""

    id: str = Field(description="Id of the claim.")
    statement: str = Field(description="The proposition, in our words.")


class FigureView(RecordView, FigureCardView):
    """A number with its whole attribution: what was counted, how it was qualified, and who said so."""

    type: Literal["figure"] = Field(description="The noun: figure.")
    claim: ClaimCardView = Field(description="The claim that states it.")
    report: ReportCardView = Field(description="The report that carries it.")
    voice: VoiceView = Field(description="Whose number it is; the same as `attribution.voice`.")
    attribution: AttributionView = Field(description="Who said it, and by which way it came.")
    appearance: AppearanceView | None = Field(description="Where the reported words stand; null when derived.")
    sensitivity: Sensitivity = Field(description="low, moderate, high or severe (OCHA data responsibility).")
