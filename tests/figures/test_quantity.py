"""The promise: a qualifier becomes exactly the bounds of MODEL.md's table, and no digit is lost on the way."""

import json
from dataclasses import FrozenInstanceError
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from app.claims.words import Quantifier
from app.figures.quantity import (
    TABLE,
    Quantity,
    QuantityError,
    Ratio,
    decimal_text,
    json_number,
    parse_decimal,
    quantity,
)

# Other work on the machine must not fail a property, so none here has a deadline.
patient = settings(deadline=None)

V, A, B = Decimal(6000), Decimal(2000), Decimal("3000.5")

# MODEL.md's table: given, then value, lower, upper, lower exclusive, upper exclusive.
ROWS: list[tuple[str, dict[str, Any], Decimal | None, Decimal | None, Decimal | None, bool, bool]] = [
    ("unqualified", {"value": V}, V, V, V, False, False),
    ("approximately", {"value": V}, V, None, None, False, False),
    ("just_under", {"value": V}, V, None, V, False, True),
    ("less_than", {"value": V}, V, None, V, False, True),
    ("at_most", {"value": V}, V, None, V, False, False),
    ("just_over", {"value": V}, V, V, None, True, False),
    ("more_than", {"value": V}, V, V, None, True, False),
    ("at_least", {"value": V}, V, V, None, False, False),
    ("between", {"lower": A, "upper": B}, None, A, B, False, False),
    ("order_of_magnitude", {"lower": A}, None, A, None, False, False),
]
BELOW = [row[0] for row in ROWS if row[6]]
VALUED = [row[0] for row in ROWS if row[2] is not None]

# What each quantifier is refused, beside its lawful arguments, and the field that is named.
LACKING: list[tuple[str, dict[str, Any], str]] = [
    *[(word, {}, "value") for word in VALUED],
    ("between", {"lower": A}, "upper"),
    ("between", {"upper": B}, "lower"),
    ("between", {}, "lower"),
    ("order_of_magnitude", {}, "lower"),
]
EXCESSIVE: list[tuple[str, dict[str, Any], str]] = [
    *[(row[0], {"value": V, "lower": A}, "lower") for row in ROWS if row[2] is not None],
    *[(row[0], {"value": V, "upper": A}, "upper") for row in ROWS if row[2] is not None],
    *[(row[0], {"value": V, "lower": V}, "lower") for row in ROWS if row[2] is not None and row[3] is None],
    *[(row[0], {"value": V, "upper": V}, "upper") for row in ROWS if row[2] is not None and row[4] is None],
    ("between", {"lower": A, "upper": B, "value": A}, "value"),
    ("between", {"lower": A, "upper": B, "ratio": Ratio(1, 3)}, "ratio"),
    ("between", {"lower": A, "upper": A}, "upper"),
    ("between", {"lower": B, "upper": A}, "upper"),
    ("order_of_magnitude", {"lower": A, "value": A}, "value"),
    ("order_of_magnitude", {"lower": A, "upper": B}, "upper"),
    ("order_of_magnitude", {"lower": A, "ratio": Ratio(1, 3)}, "ratio"),
]
UNLAWFUL: list[Any] = [
    Decimal(-1), Decimal("-0.000001"), Decimal("NaN"), Decimal("sNaN"), Decimal("Infinity"), Decimal("-Infinity"),
    Decimal("0.0000001"), Decimal("1234567890.123456"), Decimal(10**15), Decimal("1E+15"), Decimal("1E+999999"),
    Decimal("1E-999999"), Decimal("1" * 5000), 1, 1.5, True, "1",
]  # fmt: skip


@st.composite
def lawful_decimals(draw: st.DrawFn) -> Decimal:
    """Draw any number of at most 15 significant digits and 6 places, spelled with or without trailing zeros."""
    places = draw(st.integers(0, 6))
    digits = draw(st.integers(0, 10**15 - 1) | st.integers(10**14, 10**15 - 1) | st.integers(0, 1000))
    zeros = draw(st.integers(0, 4))
    return Decimal(f"{digits}{'0' * zeros}E-{places + zeros}")


@st.composite
def lawful_quantities(draw: st.DrawFn) -> Quantity:
    word = draw(st.sampled_from(Quantifier))
    if TABLE[word].has_value:
        return quantity(word, value=draw(lawful_decimals().filter(lambda value: value or word not in BELOW)))
    lower = draw(lawful_decimals())
    if word is Quantifier.ORDER_OF_MAGNITUDE:
        return quantity(word, lower=lower)
    upper = draw(lawful_decimals())
    assume(lower != upper)
    return quantity(word, lower=min(lower, upper), upper=max(lower, upper))


@pytest.mark.parametrize(("word", "given_", "value", "lower", "upper", "low_open", "high_open"), ROWS)
def test_the_table_row_by_row(
    word: str,
    given_: dict[str, Any],
    value: Decimal | None,
    lower: Decimal | None,
    upper: Decimal | None,
    low_open: bool,
    high_open: bool,
) -> None:
    expected = Quantity(Quantifier(word), value, lower, upper, low_open, high_open, None)
    assert quantity(Quantifier(word), **given_) == expected
    assert quantity(word, value=value, lower=lower, upper=upper) == expected


def test_the_table_has_the_ten_quantifiers_of_the_model() -> None:
    assert {row[0] for row in ROWS} == set(Quantifier) == set(TABLE)
    assert len(Quantifier) == 10


@pytest.mark.parametrize(("word", "arguments", "field"), LACKING + EXCESSIVE)
def test_what_the_table_forbids_is_refused_by_field(word: str, arguments: dict[str, Any], field: str) -> None:
    with pytest.raises(QuantityError) as caught:
        quantity(word, **arguments)
    assert caught.value.field == field
    assert caught.value.message.startswith("expected ")
    assert str(caught.value) == f"{field}: {caught.value.message}"


@pytest.mark.parametrize("word", VALUED)
@pytest.mark.parametrize("given_", [{"value": Decimal(0)}, {"value": Decimal("0.000")}, {"ratio": Ratio(0, 5)}])
def test_nothing_is_below_zero(word: str, given_: dict[str, Any]) -> None:
    if word not in ("less_than", "just_under"):
        assert quantity(word, **given_).value == 0
        return
    with pytest.raises(QuantityError, match=rf"^value: expected a value above zero with {word}"):
        quantity(word, **given_)


@pytest.mark.parametrize("word", ["", "exactly", "At_least", None, 3, []])
def test_an_unknown_quantifier_is_refused(word: Any) -> None:
    with pytest.raises(QuantityError, match=r"^quantifier: expected one of unqualified, approximately, ") as caught:
        quantity(word, value=V)
    assert caught.value.field == "quantifier"


@pytest.mark.parametrize("number", UNLAWFUL, ids=lambda number: repr(number)[:30])
def test_an_unlawful_number_is_refused_wherever_it_stands(number: Any) -> None:
    calls: list[tuple[str, str, dict[str, Any]]] = [
        ("value", "approximately", {"value": number}),
        ("lower", "between", {"lower": number, "upper": B}),
        ("upper", "between", {"lower": A, "upper": number}),
        ("lower", "at_least", {"value": V, "lower": number}),
    ]
    for field, word, arguments in calls:
        with pytest.raises(QuantityError) as caught:
            quantity(word, **arguments)
        assert caught.value.field == field
    for write in (decimal_text, json_number):
        with pytest.raises(QuantityError):
            write(number)


def test_a_quantity_does_not_change() -> None:
    made = quantity("at_least", value=V)
    with pytest.raises(FrozenInstanceError):
        made.value = A  # type: ignore[misc]


@patient
@given(made=lawful_quantities())
def test_the_value_lies_within_its_bounds(made: Quantity) -> None:
    known = [number for number in (made.lower, made.value, made.upper) if number is not None]
    assert known
    assert known == sorted(known)
    assert made.lower is not None or not made.lower_exclusive
    assert made.upper is not None or not made.upper_exclusive


@patient
@given(made=lawful_quantities())
def test_a_completed_quantity_completes_to_itself(made: Quantity) -> None:
    assert quantity(made.quantifier, value=made.value, lower=made.lower, upper=made.upper, ratio=made.ratio) == made


@patient
@given(value=lawful_decimals(), other=lawful_decimals(), word=st.sampled_from(VALUED))
def test_a_bound_that_is_not_the_tables_is_refused(value: Decimal, other: Decimal, word: str) -> None:
    assume(value != other and (value or word not in BELOW))
    with pytest.raises(QuantityError) as caught:
        quantity(word, value=value, lower=other)
    assert caught.value.field == "lower"
    with pytest.raises(QuantityError) as caught:
        quantity(word, value=value, upper=other)
    assert caught.value.field == "upper"


@pytest.mark.parametrize(
    ("ratio", "value"),
    [((1, 3), "0.333333"), ((2, 3), "0.666667"), ((0, 5), "0"), ((7, 2), "3.5"), ((2, 6), "0.333333"),
     ((1, 2_000_000), "0"), ((3, 2_000_000), "0.000002"), ((5, 2_000_000), "0.000002"), ((1, 10**14), "0")],
)  # fmt: skip
def test_a_ratio_fills_in_its_value_rounded_half_even(ratio: tuple[int, int], value: str) -> None:
    made = quantity("at_least", ratio=Ratio(*ratio))
    assert made == quantity("at_least", value=Decimal(value), ratio=Ratio(*ratio))
    assert (made.value, made.lower, made.ratio) == (Decimal(value), Decimal(value), ratio)


@pytest.mark.parametrize(
    "ratio",
    [Ratio(-1, 3), Ratio(1, 0), Ratio(1, -3), Ratio(10**15, 1), Ratio(1, 10**15), Ratio(10**5000, 1), Ratio(10**14, 3),
     Ratio(True, 3), Ratio(1, 2.0), Ratio(Decimal(1), 3), (1, 3), (1, 2, 3), "1/3"],  # type: ignore[arg-type]
    ids=lambda ratio: str(type(ratio).__name__),
)  # fmt: skip
def test_an_unlawful_ratio_is_refused(ratio: Any) -> None:
    with pytest.raises(QuantityError) as caught:
        quantity("unqualified", ratio=ratio)
    assert caught.value.field == "ratio"


def test_a_value_that_is_not_its_ratio_is_refused() -> None:
    with pytest.raises(QuantityError, match=r"^value: expected 0\.333333, the ratio rounded") as caught:
        quantity("unqualified", value=Decimal("0.33"), ratio=Ratio(1, 3))
    assert caught.value.field == "value"


@patient
@given(numerator=st.integers(0, 10**8), denominator=st.integers(1, 10**8))
def test_a_ratio_is_within_half_a_millionth_of_its_value(numerator: int, denominator: int) -> None:
    made = quantity("unqualified", ratio=Ratio(numerator, denominator))
    assert made.value is not None
    assert abs(Fraction(made.value) - Fraction(numerator, denominator)) <= Fraction(1, 2_000_000)
    wide = Context(prec=60).divide(Decimal(numerator), Decimal(denominator))
    assert made.value == wide.quantize(Decimal("1E-6"), rounding=ROUND_HALF_EVEN)


@pytest.mark.parametrize(
    ("text", "canonical"),
    [("0", "0"), ("6000", "6000"), ("33.5", "33.5"), ("33.50", "33.5"), ("0.000001", "0.000001"), ("0.000000", "0"),
     ("999999999999999", "999999999999999"), ("123456789012345.000000", "123456789012345"), ("100.0", "100")],
)  # fmt: skip
def test_plain_notation_is_read_and_written_canonically(text: str, canonical: str) -> None:
    assert decimal_text(parse_decimal(text)) == canonical


@pytest.mark.parametrize(
    "text",
    ["", " ", "-1", "+1", "1e3", "1E3", "1,000", "1 000", "1_000", "007", "00", "00.5", ".5", "5.", "1.2.3", " 1", "1 ",
     "1\n",
     "NaN", "Infinity", "0x10", "\u00bd", "\u0663", "\uff11", "1.\u0663", "0.0000001", "1.0000000", "1234567890123456",
     "1234567890.123456", "9" * 1_000_000],
    ids=lambda text: ascii(text[:20]),
)  # fmt: skip
def test_any_other_notation_is_refused(text: str) -> None:
    with pytest.raises(QuantityError, match=r"^value: expected a") as caught:
        parse_decimal(text)
    assert len(str(caught.value)) < 300
    with pytest.raises(QuantityError, match=r"^lower: expected a"):
        parse_decimal(text, "lower")


@patient
@given(text=st.text() | st.text(alphabet="0123456789.+-eE,_\u0663\n ", max_size=24))
def test_no_text_raises_anything_but_its_own_error(text: str) -> None:
    try:
        number = parse_decimal(text)
    except QuantityError:
        return
    assert Decimal(text) == number
    assert text.isascii()


@patient
@given(value=lawful_decimals())
@example(value=Decimal("-0"))
@example(value=Decimal("1E+14"))
def test_text_and_number_are_the_same(value: Decimal) -> None:
    text = decimal_text(value)
    assert parse_decimal(text) == value
    assert decimal_text(parse_decimal(text)) == text
    assert "E" not in text
    assert "." not in text or not text.endswith(("0", "."))
    assert not text.startswith("-")


@settings(deadline=None, max_examples=500)
@given(value=lawful_decimals())
@example(value=Decimal("999999999.999999"))
@example(value=Decimal("0.000001"))
@example(value=Decimal("999999999999999"))
def test_a_json_number_keeps_every_digit(value: Decimal) -> None:
    written = json.dumps(json_number(value))
    assert json.loads(written, parse_int=Decimal, parse_float=Decimal) == value
    read = json.loads(written)
    assert isinstance(read, int) == (value == int(value))
    assert Decimal(repr(read)) == value


@patient
@given(value=lawful_decimals())
def test_the_callers_decimal_context_changes_nothing(value: Decimal) -> None:
    expected = decimal_text(value), json_number(value), quantity("at_least", value=value)
    with localcontext(prec=2, Emax=1, Emin=-1):
        assert (decimal_text(value), json_number(value), quantity("at_least", value=value)) == expected
