"""Quantities: what a reported number says about its lowest and highest value, and nothing more.

A source's qualifier ("at least", "just under") decides the bounds, so that a filter or a comparison never has to
interpret words. The table of MODEL.md stands here once, as `TABLE`; constraints, documentation and checks read it.
Numbers are `Decimal` and never float: they stand in hashed bodies, where a rounding error is a changed record.
Quantities are counts, shares, areas and durations, so none is negative.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import Final, NamedTuple

from app.claims.words import Quantifier

SIGNIFICANT_DIGITS: Final = 15
DECIMAL_PLACES: Final = 6

EXPECTED_NUMBER: Final = (
    f"expected a finite decimal, zero or more, of at most {SIGNIFICANT_DIGITS} significant digits"
    f" and {DECIMAL_PLACES} decimal places"
)
EXPECTED_NOTATION: Final = (
    "expected a number in plain notation such as 0, 6000 or 33.5, without sign, exponent, separators or leading zeros,"
    f" of at most {SIGNIFICANT_DIGITS} significant digits and {DECIMAL_PLACES} decimal places"
)

_PLAIN: Final = re.compile(rf"(0|[1-9][0-9]{{0,{SIGNIFICANT_DIGITS - 1}}})(\.[0-9]{{1,{DECIMAL_PLACES}}})?")


class QuantityError(ValueError):
    """A number or a combination that no quantity has: `field` is at fault, `message` says what was expected."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(field, message)
        self.field = field
        self.message = message

    def __str__(self) -> str:
        return f"{self.field}: {self.message}"


class Bound(StrEnum):
    """Where a bound comes from: there is none, it is the value (itself included or not), or the source gives it."""

    ABSENT = "absent"
    VALUE = "value"
    VALUE_EXCLUSIVE = "value_exclusive"
    GIVEN = "given"


class Rule(NamedTuple):
    """One row of the table: whether the quantifier has a value, and where its two bounds come from."""

    has_value: bool
    lower: Bound
    upper: Bound


TABLE: Final[Mapping[Quantifier, Rule]] = MappingProxyType(
    {
        Quantifier.UNQUALIFIED: Rule(True, Bound.VALUE, Bound.VALUE),
        Quantifier.APPROXIMATELY: Rule(True, Bound.ABSENT, Bound.ABSENT),
        Quantifier.JUST_UNDER: Rule(True, Bound.ABSENT, Bound.VALUE_EXCLUSIVE),
        Quantifier.LESS_THAN: Rule(True, Bound.ABSENT, Bound.VALUE_EXCLUSIVE),
        Quantifier.AT_MOST: Rule(True, Bound.ABSENT, Bound.VALUE),
        Quantifier.JUST_OVER: Rule(True, Bound.VALUE_EXCLUSIVE, Bound.ABSENT),
        Quantifier.MORE_THAN: Rule(True, Bound.VALUE_EXCLUSIVE, Bound.ABSENT),
        Quantifier.AT_LEAST: Rule(True, Bound.VALUE, Bound.ABSENT),
        Quantifier.BETWEEN: Rule(False, Bound.GIVEN, Bound.GIVEN),
        Quantifier.ORDER_OF_MAGNITUDE: Rule(False, Bound.GIVEN, Bound.ABSENT),
    }
)


# The greatest quantity there is: as far as an open upper bound reaches.
BEYOND: Final = Decimal(10**SIGNIFICANT_DIGITS - 1)


# Units that gauge one kind of thing; a measure takes its usual unit or one of its kind, and none is ever converted.
OF_ONE_KIND: Final = (
    frozenset({"%", "1"}),
    frozenset({"d", "mo", "a"}),
    frozenset({"km2"}),
    frozenset({"{person}", "{household}"}),
)


class Ratio(NamedTuple):
    """A fraction as the source stated it, not reduced: "two in six" stays 2/6."""

    numerator: int
    denominator: int


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its bounds completed; make it with `quantity`, which is what keeps it lawful."""

    quantifier: Quantifier
    value: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    lower_exclusive: bool
    upper_exclusive: bool
    ratio: Ratio | None


def quantity(
    quantifier: Quantifier | str,
    *,
    value: Decimal | None = None,
    lower: Decimal | None = None,
    upper: Decimal | None = None,
    ratio: Ratio | None = None,
) -> Quantity:
    """Complete a quantity from its quantifier, or raise QuantityError naming the field that the table forbids.

    A bound may be given or left out (None); one that is given must equal what the table makes of the value. A value
    may be left out when a ratio is given, and is then the ratio rounded half-even to 6 places.
    """
    word = _quantifier(quantifier)
    rule = TABLE[word]
    stated = _value(word, rule, value, ratio)
    if rule.upper is Bound.VALUE_EXCLUSIVE and stated == 0:
        raise QuantityError("value", f"expected a value above zero with {word}: no quantity is below zero")
    low = _bound("lower", word, rule.lower, stated, lower)
    high = _bound("upper", word, rule.upper, stated, upper)
    if not rule.has_value and low is not None and high is not None and low >= high:
        raise QuantityError("upper", "expected an upper bound above the lower one")
    return Quantity(
        quantifier=word,
        value=stated,
        lower=low,
        upper=high,
        lower_exclusive=rule.lower is Bound.VALUE_EXCLUSIVE,
        upper_exclusive=rule.upper is Bound.VALUE_EXCLUSIVE,
        ratio=ratio,
    )


def fits(unit: str, usual: str | None) -> bool:
    """Whether a unit can be that of a measure with this usual unit; a measure without one takes any."""
    return usual is None or unit == usual or any({unit, usual} <= group for group in OF_ONE_KIND)


def parse_decimal(text: str, field: str = "value") -> Decimal:
    """Read a number in plain ASCII notation, such as `6000` or `33.5`; QuantityError names `field` on failure."""
    if _PLAIN.fullmatch(text) is None:
        raise QuantityError(field, EXPECTED_NOTATION)
    return _number(field, Decimal(text))


def decimal_text(value: Decimal) -> str:
    """Write a lawful number the one way it stands in bodies: plain notation, no trailing zeros, no exponent."""
    return f"{_number('value', value):f}"


def json_number(value: Decimal) -> int | float:
    """Turn a lawful number into a JSON number that keeps every digit, since a double holds any 15 of them."""
    number = _number("value", value)
    whole = int(number)
    return whole if whole == number else float(number)


def _quantifier(word: Quantifier | str) -> Quantifier:
    try:
        return Quantifier(word)
    except ValueError:
        raise QuantityError("quantifier", f"expected one of {', '.join(Quantifier)}") from None


def _value(word: Quantifier, rule: Rule, value: Decimal | None, ratio: Ratio | None) -> Decimal | None:
    if not rule.has_value:
        for field, given in (("value", value), ("ratio", ratio)):
            if given is not None:
                raise QuantityError(field, f"expected no {field} with {word}")
        return None
    rounded = None if ratio is None else _rounded(ratio)
    if value is None and rounded is None:
        raise QuantityError("value", f"expected a value with {word}")
    stated = rounded if value is None else _number("value", value)
    if rounded is not None and stated != rounded:
        raise QuantityError("value", f"expected {rounded:f}, the ratio rounded half-even to {DECIMAL_PLACES} places")
    return stated


def _bound(field: str, word: Quantifier, source: Bound, value: Decimal | None, given: Decimal | None) -> Decimal | None:
    number = None if given is None else _number(field, given)
    if source is Bound.GIVEN:
        if number is None:
            raise QuantityError(field, f"expected a bound with {word}")
        return number
    made = None if source is Bound.ABSENT else value
    if number is not None and number != made:
        expected = f"expected no {field} bound with {word}" if made is None else f"expected the value, {made:f}"
        raise QuantityError(field, expected)
    return made


def _rounded(ratio: object) -> Decimal:
    """Return the value of a ratio; its parts are limited like any number of ours, and a bool is not an integer."""
    limit = 10**SIGNIFICANT_DIGITS
    if (
        not isinstance(ratio, Ratio)
        or not all(type(part) is int for part in ratio)
        or not (0 <= ratio.numerator < limit and 0 < ratio.denominator < limit)
    ):
        expected = "expected a numerator of zero or more over a denominator above zero, both integers"
        raise QuantityError("ratio", f"{expected} of at most {SIGNIFICANT_DIGITS} digits")
    # Rounding a fraction to an integer is exact and half-even, where a decimal division could round twice.
    units = round(Fraction(ratio.numerator, ratio.denominator) * 10**DECIMAL_PLACES)
    return _number("ratio", Decimal(f"{units}E-{DECIMAL_PLACES}"))


def _number(field: str, value: object) -> Decimal:
    """Return the number in its canonical form, judged by what it is and not by how many zeros it was written with.

    No step depends on the decimal context, so that a caller's precision or rounding never changes a figure.
    """
    if not isinstance(value, Decimal) or not value.is_finite() or value < 0:
        raise QuantityError(field, EXPECTED_NUMBER)
    significant = "".join(map(str, value.as_tuple().digits)).strip("0")
    if not significant:
        return Decimal(0)
    # The exponent of the last digit that is not zero, and the number of digits before the decimal point.
    last = value.adjusted() - len(significant) + 1
    if last < -DECIMAL_PLACES or value.adjusted() - min(last, 0) >= SIGNIFICANT_DIGITS:
        raise QuantityError(field, EXPECTED_NUMBER)
    return Decimal(f"{int(significant) * 10 ** max(last, 0)}E{min(last, 0)}")


class Extent(NamedTuple):
    """How far a quantity reaches, for filters: `low` to `high` strictly read, `floor` to `ceiling` with open bounds."""

    low: Decimal
    high: Decimal
    floor: Decimal
    ceiling: Decimal


def extent(quantifier: Quantifier, value: Decimal | None, lower: Decimal | None, upper: Decimal | None) -> Extent:
    """Return the extent of a lawful quantity.

    Strictly it is its value, or both bounds when there is no value. With open bounds it is all that it can mean; what
    is only said to be approximate has no stated bound, and stays its value.
    """
    bounds = (Decimal(0) if lower is None else lower, BEYOND if upper is None else upper)
    if value is None:
        return Extent(*bounds, *bounds)
    if quantifier is Quantifier.APPROXIMATELY:
        return Extent(value, value, value, value)
    return Extent(value, value, *bounds)
