"""The promise: an uncertain date is read as exactly the days it can mean, or refused with UncertainDateError."""

import contextlib
import io
import re
from datetime import date, timedelta

import pytest
from edtf import EDTFParseException, parse_edtf
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from app.kit.dates import ECHOED_CHARACTERS, DateBounds, UncertainDateError, bounds, display, overlaps

# Other work on the machine must not fail a property, so none here has a deadline.
patient = settings(deadline=None)

READINGS = [
    # expression, earliest, latest, English reading
    ("2016", "2016-01-01", "2016-12-31", "2016"),
    ("2016?", "2016-01-01", "2016-12-31", "2016 (uncertain)"),
    ("2016-12", "2016-12-01", "2016-12-31", "December 2016"),
    ("2016-12?", "2016-12-01", "2016-12-31", "December 2016 (uncertain)"),
    ("2016-12~", "2016-12-01", "2016-12-31", "about December 2016"),
    ("2016-02", "2016-02-01", "2016-02-29", "February 2016"),
    ("2016-12-13", "2016-12-13", "2016-12-13", "13 December 2016"),
    ("2016-12-13?", "2016-12-13", "2016-12-13", "13 December 2016 (uncertain)"),
    ("2016-12-13~", "2016-12-13", "2016-12-13", "about 13 December 2016"),
    ("2016-12-13%", "2016-12-13", "2016-12-13", "about 13 December 2016 (uncertain)"),
    ("201X", "2010-01-01", "2019-12-31", "2010 to 2019"),
    ("20XX~", "2000-01-01", "2099-12-31", "about 2000 to 2099"),
    ("000X", "0001-01-01", "0009-12-31", "0001 to 0009"),
    ("99XX", "9900-01-01", "9999-12-31", "9900 to 9999"),
    ("2016-XX", "2016-01-01", "2016-12-31", "2016 (month unknown)"),
    ("2016-XX-XX", "2016-01-01", "2016-12-31", "2016 (month and day unknown)"),
    ("2016-12-XX", "2016-12-01", "2016-12-31", "December 2016 (day unknown)"),
    ("2016-12-XX%", "2016-12-01", "2016-12-31", "about December 2016 (day unknown, uncertain)"),
    ("2016-12-0X", "2016-12-01", "2016-12-09", "1 to 9 December 2016"),
    ("2016-12-2X", "2016-12-20", "2016-12-29", "20 to 29 December 2016"),
    ("2016-12-3X", "2016-12-30", "2016-12-31", "30 to 31 December 2016"),
    ("2016-11-3X", "2016-11-30", "2016-11-30", "30 November 2016"),
    ("2015-02-2X", "2015-02-20", "2015-02-28", "20 to 28 February 2015"),
    ("2016-12-13/2016-12-14", "2016-12-13", "2016-12-14", "13 to 14 December 2016"),
    ("2016-12-13/2016-12-13", "2016-12-13", "2016-12-13", "13 December 2016"),
    ("2016-11-30/2016-12-02", "2016-11-30", "2016-12-02", "30 November to 2 December 2016"),
    ("2016-12-30/2017-01-02", "2016-12-30", "2017-01-02", "30 December 2016 to 2 January 2017"),
    ("2016-11/2016-12", "2016-11-01", "2016-12-31", "November to December 2016"),
    ("2012/2016", "2012-01-01", "2016-12-31", "2012 to 2016"),
    ("2016-12/2016-12-05", "2016-12-01", "2016-12-05", "December 2016 to 5 December 2016"),
    ("2016-12-13?/2016-12-14~", "2016-12-13", "2016-12-14", "13 December 2016 (uncertain) to about 14 December 2016"),
    ("2016-12-2X/2017", "2016-12-20", "2017-12-31", "20\N{EN DASH}29 December 2016 to 2017"),
    ("../2016-12-14", None, "2016-12-14", "until 14 December 2016"),
    ("../2016-12~", None, "2016-12-31", "until about December 2016"),
    ("2016-12-13/..", "2016-12-13", None, "from 13 December 2016"),
    ("[2016-12-13..2016-12-15]", "2016-12-13", "2016-12-15", "between 13 and 15 December 2016"),
    ("[2016-12-13..2016-12-13]", "2016-12-13", "2016-12-13", "13 December 2016"),
    ("[2016-12..2017-01]", "2016-12-01", "2017-01-31", "between December 2016 and January 2017"),
    ("[2012..2016]", "2012-01-01", "2016-12-31", "between 2012 and 2016"),
    ("[..2016-12-15]", None, "2016-12-15", "on or before 15 December 2016"),
    ("[2016-12-13..]", "2016-12-13", None, "on or after 13 December 2016"),
    ("[2016-12..]", "2016-12-01", None, "in or after December 2016"),
]

REFUSED_WORDS = """
    0000 0000-01-01 2016-00 2016-13 2016-12-00 2016-12-32 2016-02-30 2015-02-29 2016-11-31 1900-02-29
    2016-02-3X 2016-12-4X 2016-1X 201X-12 20XX-XX 2XXX XXXX X016 2016-XX-13 2016-XX-1X 2016-12-X3 201x 2016-xx
    16 216 02016 -2016 +2016 Y2016 2016-1 2016-12-1 2016- 2016-12- 20161213 2016/12/13 2016-12-13T10:00:00Z 2016-21
    2016?? 2016?~ ?2016 2016?-12 2016-?12 2016-12-13! / ../ /.. ../.. .. /2016 2016/ 2016//2017 2016/2017/2018
    2017/2016 2016-12-14/2016-12-13 2016-12-31?/2016-12-05 .../2016 2016/2016-13 2016-02-30/2017 [2016..2017]/2018
    [] [..] [....] [2016] [2016..2017 [2016/2017] [2016,2017] [2016...2017] [2017..2016] {2016..2017}
    [2016?..2017] [201X..2020] [2016..2016-05] [2016-12..2016-12-05] [2016-02-30..] [..2016-13] [2016..2017]?
"""
REFUSED = [
    *REFUSED_WORDS.split(),
    *["", " ", " 2016", "2016 ", "2016\n", "\n2016", "2016-12-13\n", "2016/2017\n", "[2016..2017]\n", "2016\x00"],
    *["2016 / 2017", "\u0662\u0660\u0661\u0666", "2016-\u0661\u0662", "\uff12016", "2016\N{EN DASH}12", "\u00b2016"],
    *["2016-12-1\ud800", "2" * 1_000_000],
]

MASKS = ["YYYY", "YYYX", "YYXX", "YYYY-MM", "YYYY-XX", "YYYY-XX-XX", "YYYY-MM-DD", "YYYY-MM-XX", "YYYY-MM-DX"]
SUFFIXES = ["", "?", "~", "%"]


def mask(day: date, form: str) -> str:
    """Write a day in a form of the subset: each X of the form hides the digit in its place."""
    return "".join("X" if sign == "X" else digit for digit, sign in zip(day.isoformat(), form, strict=False))


def matches(day: date, masked: str) -> bool:
    """Say whether a masked date can mean that day, by comparing digits alone."""
    return all(sign in ("X", digit) for digit, sign in zip(day.isoformat(), masked, strict=False))


def library_accepts(edtf: str) -> bool:
    """Ask the `edtf` library, which also prints to the console when it fails."""
    with contextlib.redirect_stdout(io.StringIO()):
        try:
            parse_edtf(edtf)
        except EDTFParseException:
            return False
    return True


def refusal(edtf: str) -> str | None:
    """Return why an expression is refused, or None when it is read."""
    try:
        bounds(edtf)
    except UncertainDateError as error:
        return str(error)
    return None


def as_date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


days = st.dates()
masks = st.sampled_from(MASKS)
suffixes = st.sampled_from(SUFFIXES)
points = st.builds(lambda day, form, suffix: mask(day, form) + suffix, days, masks, suffixes)


@st.composite
def ranges(draw: st.DrawFn) -> tuple[str, date, date]:
    """Draw an interval or a one-of range with the two days from which it was written."""
    first, last = sorted((draw(days), draw(days)))
    opening = draw(st.sampled_from(["", "start", "end"]))
    if draw(st.booleans()):
        start, end = mask(first, draw(masks)) + draw(suffixes), mask(last, draw(masks)) + draw(suffixes)
        start, end = ".." if opening == "start" else start, ".." if opening == "end" else end
        return f"{start}/{end}", first, last
    form = draw(st.sampled_from(["YYYY", "YYYY-MM", "YYYY-MM-DD"]))
    start = "" if opening == "start" else mask(first, form)
    end = "" if opening == "end" else mask(last, form)
    return f"[{start}..{end}]", first, last


valid = points | ranges().map(lambda drawn: drawn[0])


@pytest.mark.parametrize(("edtf", "earliest", "latest", "reading"), READINGS)
def test_every_form_has_exact_bounds_and_an_english_reading(
    edtf: str, earliest: str | None, latest: str | None, reading: str
) -> None:
    assert bounds(edtf) == DateBounds(as_date(earliest), as_date(latest))
    assert display(edtf) == reading


@pytest.mark.parametrize("edtf", REFUSED, ids=lambda text: ascii(text[:30]))
def test_what_is_outside_the_subset_is_refused_by_bounds_and_display_alike(edtf: str) -> None:
    for read in (bounds, display):
        with pytest.raises(UncertainDateError, match=r"^expected ") as caught:
            read(edtf)
        assert edtf[: ECHOED_CHARACTERS + 1] == edtf or edtf[: ECHOED_CHARACTERS + 1] not in str(caught.value)
        assert len(str(caught.value)) < 500


def test_a_refusal_says_what_was_expected() -> None:
    with pytest.raises(UncertainDateError, match=r"a day from 01 to 29 in that month; got '2016-02-30'"):
        bounds("2016-02-30")
    with pytest.raises(UncertainDateError, match=r"a month from 01 to 12"):
        bounds("2016-13")
    with pytest.raises(UncertainDateError, match=r"start is not after its end"):
        bounds("2017/2016")


def test_bounds_are_remembered_but_refusals_are_not() -> None:
    assert bounds.cache_parameters()["maxsize"] == 65536
    before = bounds.cache_info().currsize
    with pytest.raises(UncertainDateError):
        bounds("no date at all")
    assert bounds.cache_info().currsize == before


@patient
@given(day=days, form=masks, suffix=suffixes)
@example(day=date(2016, 2, 29), form="YYYY-MM-DX", suffix="")
@example(day=date.min, form="YYXX", suffix="?")
@example(day=date.max, form="YYYX", suffix="%")
def test_a_date_means_the_days_that_match_its_digits_and_no_others(day: date, form: str, suffix: str) -> None:
    written = mask(day, form)
    earliest, latest = bounds(written + suffix)
    assert earliest is not None
    assert latest is not None
    assert earliest <= day <= latest
    assert matches(earliest, written)
    assert matches(latest, written)
    one = timedelta(days=1)
    assert earliest == date.min or not matches(earliest - one, written)
    assert latest == date.max or not matches(latest + one, written)


@patient
@given(drawn=ranges(), data=st.data())
def test_a_range_holds_every_day_from_its_start_to_its_end(drawn: tuple[str, date, date], data: st.DataObject) -> None:
    edtf, first, last = drawn
    day = data.draw(st.dates(first, last))
    earliest, latest = bounds(edtf)
    assert (earliest is None) == edtf.startswith(("..", "[.."))
    assert (latest is None) == edtf.endswith(("..", "..]"))
    assert earliest is None or earliest <= day
    assert latest is None or day <= latest


@patient
@given(start=points, end=points)
def test_the_bounds_of_a_closed_interval_are_those_of_its_ends(start: str, end: str) -> None:
    earliest, latest = bounds(start).earliest, bounds(end).latest
    assert earliest is not None
    assert latest is not None
    if earliest <= latest:
        assert bounds(f"{start}/{end}") == (earliest, latest)
    else:
        with pytest.raises(UncertainDateError):
            bounds(f"{start}/{end}")


@patient
@given(edtf=valid)
def test_a_suffix_never_changes_the_bounds(edtf: str) -> None:
    assert bounds(edtf) == bounds(re.sub("[?~%]", "", edtf))


@patient
@given(edtf=valid)
def test_every_valid_expression_can_be_read_aloud(edtf: str) -> None:
    reading = display(edtf)
    assert reading.strip() == reading
    assert not re.search(r"X|\?|~|%|/|\[|\.\.", reading)


@settings(deadline=None, max_examples=100)
@given(edtf=valid)
def test_the_edtf_library_accepts_what_is_accepted_here(edtf: str) -> None:
    # The library knows neither a suffix after a partly unspecified day nor unspecified digits in an interval.
    assume("X" not in edtf or not re.search(r"/|\dX[?~%]", edtf) or re.fullmatch(r"\d{2,3}X{1,2}[?~%]", edtf))
    assert library_accepts(edtf)


shaped = st.from_regex(r"[0-9]{4}(-[0-3][0-9](-[0-4][0-9])?)?[?~%]{0,2}", fullmatch=True)


@settings(deadline=None, max_examples=150)
@given(edtf=shaped | st.tuples(shaped, shaped).map("/".join))
def test_the_edtf_library_agrees_on_dates_written_out(edtf: str) -> None:
    # The library goes further on purpose (year 0000, seasons) and by leniency (29 February, reversed ranges).
    assume(not re.search(r"\b0000|-02-29|\b[0-9]{4}-[2-3][0-9](?![-0-9])", edtf))
    why = refusal(edtf)
    assume(why is None or "start is not after" not in why)
    assert library_accepts(edtf) == (why is None)


unicode_dates = st.from_regex(r"\d{4}-\d{2}-\d{2}") | st.from_regex(r"\d{4}/\d{4}-\d{2}")
near_misses = st.text(alphabet="0123456789X-/.[]?~% \n\u0661\uff12", max_size=26)
damaged = st.builds(
    lambda edtf, at, cut, put: edtf[:at] + put + edtf[at + cut :],
    valid, st.integers(0, 24), st.integers(0, 3), st.text(alphabet="0129X-/.[]?~% \n\u0661", max_size=2),
)  # fmt: skip


@settings(deadline=None, max_examples=500)
@given(text=st.text() | near_misses | damaged | unicode_dates)
def test_no_text_raises_anything_but_its_own_error(text: str) -> None:
    why = refusal(text)
    if why is not None:
        assert why.isprintable()
        with pytest.raises(UncertainDateError):
            display(text)
        return
    earliest, latest = bounds(text)
    assert text.isascii()
    assert text.isprintable()
    assert " " not in text
    assert earliest or latest
    assert earliest is None or latest is None or earliest <= latest
    assert display(text)


# The oracle walks the days of this fortnight and one day on either side, which stands for all that lie beyond.
FORTNIGHT = [date(2016, 12, 5) + timedelta(days=number) for number in range(14)]
edges = st.none() | st.sampled_from(FORTNIGHT)


@settings(deadline=None, max_examples=500)
@given(earliest=edges, latest=edges, start=edges, end=edges)
def test_overlap_is_a_shared_day(
    earliest: date | None, latest: date | None, start: date | None, end: date | None
) -> None:
    assume(earliest is None or latest is None or earliest <= latest)
    one = timedelta(days=1)
    shared = [
        day
        for day in [FORTNIGHT[0] - one, *FORTNIGHT, FORTNIGHT[-1] + one]
        if (earliest is None or earliest <= day) and (latest is None or day <= latest)
        if (start is None or start <= day) and (end is None or day < end)
    ]
    assert overlaps(DateBounds(earliest, latest), start, end) == bool(shared)
