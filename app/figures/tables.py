"""Why this file exists: the tables of figures; the database itself refuses a number that its quantifier forbids."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from sqlalchemy import BigInteger, CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint
from sqlmodel import Field

from app.claims.tables import DATE_BASES, Segment, segment_checks
from app.claims.words import AppearancePart, LocatorKind, Quantifier
from app.figures.quantity import DECIMAL_PLACES, SIGNIFICANT_DIGITS, TABLE, Bound, Rule
from app.reports.words import Sensitivity
from app.store.base import Model, check, one_of
from app.store.types import ExactDecimal, SeqKey


def _allowed(quantifier: Quantifier, rule: Rule) -> str:
    """Return the condition on a figure with this quantifier: one row of the model's table."""
    parts = [f"quantifier = '{quantifier}'", "value IS NOT NULL" if rule.has_value else "value IS NULL"]
    for name, bound in (("lower", rule.lower), ("upper", rule.upper)):
        if bound is Bound.ABSENT:
            parts.append(f"{name} IS NULL")
        elif bound is Bound.GIVEN:
            parts.append(f"{name} IS NOT NULL")
        else:
            # Without the first half a missing bound would make the CHECK unknown, and what is unknown passes.
            parts.append(f"{name} IS NOT NULL AND {name} = value")
        exclusive = bound is Bound.VALUE_EXCLUSIVE
        parts.append(f"{name}_exclusive" if exclusive else f"NOT {name}_exclusive")
    return f"({' AND '.join(parts)})"


def _exact(name: str) -> Iterator[CheckConstraint]:
    """Yield the CHECKs that a column holds at most 15 digits before the point, 6 after it, and 15 in all.

    PostgreSQL's NUMERIC rounds to 6 places by itself; SQLite keeps whatever it is given. There a number is rounded to
    the places that its size leaves and to no more, since the 16th digit of a binary64 is not what was written.
    """
    digits = " AND ".join(
        f"({name} < {_above(places + 1)} OR {name} >= {_above(places)} OR {name} = round({name}, {places}))"
        for places in reversed(range(DECIMAL_PLACES))
    )
    yield check(f"{name}_exact", f"{name} >= 0 AND {name} < {_above(0)}")
    yield check(f"{name}_places", f"{name} >= {_above(DECIMAL_PLACES)} OR {name} = round({name}, {DECIMAL_PLACES})")
    yield check(f"{name}_digits", digits)


def _above(places: int) -> int:
    """Return the least whole number that leaves fewer places than these of the 15 digits."""
    least: int = 10 ** (SIGNIFICANT_DIGITS - places)
    return least


QUANTIFIERS = " OR ".join(_allowed(quantifier, rule) for quantifier, rule in TABLE.items())


class Figure(Model, table=True):
    """A number that a claim states, with what the source said of it; or one derived here, and marked so."""

    __tablename__ = "figure"
    __table_args__ = (
        one_of("sensitivity_known", "sensitivity", Sensitivity),
        one_of("measure_basis_known", "measure_basis", ("stated", "inferred")),
        one_of("place_basis_known", "place_basis", ("stated", "inferred")),
        one_of("reference_basis_known", "reference_basis", DATE_BASES),
        one_of("part_known", "appearance_part", AppearancePart),
        one_of("locator_known", "appearance_locator", LocatorKind),
        check("quantity_as_quantified", QUANTIFIERS),
        check("bounds_in_order", "lower <= upper"),
        check(
            "value_in_bounds", "lower <= value AND value <= upper OR lower IS NULL OR upper IS NULL OR value IS NULL"
        ),
        check("between_differs", "quantifier <> 'between' OR lower < upper"),
        *(one for name in ("value", "lower", "upper") for one in _exact(name)),
        check("ratio_whole", "(ratio_numerator IS NULL) = (ratio_denominator IS NULL)"),
        check("ratio_positive", "ratio_numerator >= 0 AND ratio_denominator > 0"),
        check("ratio_has_value", "ratio_numerator IS NULL OR value IS NOT NULL"),
        check("derived_or_reported", "(derived_formula IS NULL) = (reported IS NOT NULL)"),
        check("reported_is_located", "(reported IS NULL) = (appearance_edition IS NULL)"),
        check("appearance_whole", "(appearance_edition IS NULL) = (appearance_part IS NULL)"),
        check("reference_whole", "(reference_edtf IS NULL) = (reference_basis IS NULL)"),
        check(
            "reference_reasoned",
            "reference_basis = 'stated' OR reference_basis IS NULL OR reference_reasoning IS NOT NULL",
        ),
        check("reference_in_order", "reference_earliest <= reference_latest"),
        ForeignKeyConstraint(["id"], ["record.id"]),
        ForeignKeyConstraint(["claim_id"], ["claim.id"]),
        ForeignKeyConstraint(["place_id"], ["place.id"]),
        Index(None, "claim_id"),
        Index(None, "place_id"),
    )

    id: str = Field(primary_key=True)
    claim_id: str
    text: str
    measure: str
    measure_basis: str
    term: str | None
    reported: str | None
    quantifier: str
    value: Decimal | None = Field(sa_type=ExactDecimal, nullable=True)
    lower: Decimal | None = Field(sa_type=ExactDecimal, nullable=True)
    upper: Decimal | None = Field(sa_type=ExactDecimal, nullable=True)
    lower_exclusive: bool
    upper_exclusive: bool
    ratio_numerator: int | None = Field(sa_type=BigInteger)
    ratio_denominator: int | None = Field(sa_type=BigInteger)
    unit: str
    population_group: str | None
    place_id: str
    place_basis: str
    reference_edtf: str | None
    reference_earliest: date | None
    reference_latest: date | None
    reference_text: str | None
    reference_basis: str | None
    reference_reasoning: str | None
    derived_formula: str | None
    appearance_edition: int | None
    appearance_locator: str | None
    appearance_part: str | None
    appearance_paragraph: int | None
    sensitivity: str


class FigureIndex(Model, table=True):
    """Index: what comparison and filters by number ask of a public figure, and nothing that a reader gets from here.

    `low` and `high` are the value, or both bounds of a figure without one. `floor` and `ceiling` are all that it can
    mean: an open bound is as far as numbers go, but a number that is only qualified as approximate stays its value.
    """

    __tablename__ = "figure_index"
    __table_args__ = (
        check("extent_in_order", "low <= high AND floor <= ceiling"),
        Index(None, "low"),
        Index(None, "ceiling"),
    )

    recorded: int = Field(primary_key=True, sa_type=SeqKey, sa_column_kwargs={"autoincrement": False})
    figure_id: str
    claim_id: str
    report_id: str
    publisher_id: str
    voice: str
    independent: bool
    measure: str
    kind: str
    unit: str
    population_group: str | None
    place_id: str
    derived: bool
    quantifier: str
    value: Decimal | None = Field(sa_type=ExactDecimal, nullable=True)
    lower: Decimal | None = Field(sa_type=ExactDecimal, nullable=True)
    upper: Decimal | None = Field(sa_type=ExactDecimal, nullable=True)
    lower_exclusive: bool
    upper_exclusive: bool
    low: Decimal = Field(sa_type=ExactDecimal)
    high: Decimal = Field(sa_type=ExactDecimal)
    floor: Decimal = Field(sa_type=ExactDecimal)
    ceiling: Decimal = Field(sa_type=ExactDecimal)
    dated: bool
    earliest: date | None
    latest: date | None


class FigureInput(Model, table=True):
    """A figure that a derived one was computed from."""

    __tablename__ = "figure_input"
    __table_args__ = (
        check("ordinal_positive", "ordinal >= 1"),
        check("not_itself", "input_id <> figure_id"),
        UniqueConstraint("figure_id", "input_id"),
        ForeignKeyConstraint(["figure_id"], ["figure.id"]),
        ForeignKeyConstraint(["input_id"], ["figure.id"]),
        Index(None, "input_id"),
    )

    figure_id: str = Field(primary_key=True)
    ordinal: int = Field(primary_key=True)
    input_id: str


class FigureSegment(Segment, Model, table=True):
    """A stretch of the words that carry a figure."""

    __tablename__ = "figure_segment"
    __table_args__ = (*segment_checks(), ForeignKeyConstraint(["figure_id"], ["figure.id"]))

    figure_id: str = Field(primary_key=True)
    ordinal: int = Field(primary_key=True)
