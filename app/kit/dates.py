"""Uncertain dates: which calendar days an EDTF expression can mean, and how a person reads it.

Sources seldom say to the day when a thing happened, so dates are kept verbatim in a subset of EDTF (ISO 8601-2)
and filters use the bounds worked out here. The grammar is our own because the `edtf` library parses slowly and
gives wrong bounds for `2016-12-2X` and `../2016-12-14`; the tests use that library as an independent judge.

The subset, for the years 0001 to 9999:

- a date: `2016`, `2016-12`, `2016-12-13`, or one with digits unspecified from the right: `201X`, `20XX`,
  `2016-XX`, `2016-XX-XX`, `2016-12-XX`, `2016-12-1X`; each with at most one of `?` (uncertain),
  `~` (approximate) and `%` (both) at its end;
- an interval `A/B` of two such dates, one of which may be `..` (open);
- one of a range, a single date somewhere in it: `[A..B]`, `[..B]`, `[A..]`, where A and B are written out and are
  equally precise, because the standard gives no meaning to "the values between a month and a day".
"""

import re
from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date
from functools import lru_cache
from typing import Final, Literal, NamedTuple

ECHOED_CHARACTERS: Final = 40
EXPECTED_FORM: Final = (
    "an EDTF date such as 2016, 2016-12, 2016-12-13, 2016-12-13?, 2016-12-13~, 201X, 2016-12-XX,"
    " 2016-12-13/2016-12-14, ../2016-12-14 or [2016-12-13..2016-12-15]"
)

_LONGEST: Final = len("[2016-12-13..2016-12-15]")
_OPEN: Final = ".."
_EN_DASH: Final = "\N{EN DASH}"
_DATE: Final = re.compile(
    r"(?P<year>[0-9]{4}|[0-9]{3}X(?!-)|[0-9]{2}XX(?!-))"
    r"(?:-(?P<month>[0-9]{2}|XX(?!-[0-9]))(?:-(?P<day>[0-9]{2}|[0-9]X|XX))?)?"
    r"(?P<suffix>[?~%]?)"
)
_MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


class UncertainDateError(ValueError):
    """The text is no date of the subset; the message says what was expected and echoes at most 40 characters."""

    def __init__(self, expected: str, edtf: str) -> None:
        super().__init__(expected, edtf[:ECHOED_CHARACTERS])
        self.expected = expected
        self.echo = edtf[:ECHOED_CHARACTERS]

    def __str__(self) -> str:
        return f"expected {self.expected}; got {self.echo!a}"


class DateBounds(NamedTuple):
    """The first and the last day that an uncertain date can mean, both inclusive; None is open."""

    earliest: date | None
    latest: date | None


class _Point(NamedTuple):
    """One date as written: unspecified digits are X, and a part that is not written is empty."""

    year: str
    month: str
    day: str
    suffix: str

    @property
    def precision(self) -> int:
        return 1 + bool(self.month) + bool(self.day)

    @property
    def plain(self) -> bool:
        """Whether the date is written out, with nothing unspecified and no suffix."""
        return not self.suffix and "X" not in self.year + self.month + self.day


class _Expression(NamedTuple):
    """A whole expression; a single date is its own start and end, and None is an open end."""

    form: Literal["date", "interval", "one_of"]
    start: _Point | None
    end: _Point | None


@lru_cache(maxsize=65536)
def bounds(edtf: str) -> DateBounds:
    """Return the first and last day that `edtf` can mean, ignoring `?`, `~` and `%`.

    Unspecified digits are narrowed to days that exist: `2015-02-2X` ends on the 28th and `000X` begins in 0001.
    Raises UncertainDateError when the text is outside the subset or names a day that no calendar has.
    """
    expression = _parse(edtf)
    start, end = expression.start, expression.end
    earliest = _span(start, edtf)[0] if start else None
    latest = _span(end, edtf)[1] if end else None
    if earliest and latest and earliest > latest:
        raise UncertainDateError("a range whose start is not after its end", edtf)
    return DateBounds(earliest, latest)


def overlaps(bounds: DateBounds, start: date | None, end: date | None) -> bool:
    """Say whether some day lies both within `bounds` and in the window from `start` (inclusive) to `end` (exclusive).

    None is an open end, on either side. An empty window, whose end is not after its start, overlaps nothing.
    """
    if start is not None and end is not None and start >= end:
        return False
    begins_in_time = end is None or bounds.earliest is None or bounds.earliest < end
    ends_in_time = start is None or bounds.latest is None or bounds.latest >= start
    return begins_in_time and ends_in_time


def is_period(edtf: str) -> bool:
    """Whether `edtf` is an interval whose two ends are known and differ, `?`, `~` and `%` aside.

    Raises UncertainDateError exactly when `bounds` does.
    """
    bounds(edtf)
    form, start, end = _parse(edtf)
    return form == "interval" and start is not None and end is not None and start[:3] != end[:3]


@lru_cache(maxsize=65536)
def display(edtf: str) -> str:
    """Read `edtf` aloud in English, for a date to which the annotator gave no text of its own.

    Years keep their four digits. Raises UncertainDateError exactly when `bounds` does.
    """
    bounds(edtf)
    form, start, end = _parse(edtf)
    if start is None or end is None:
        return _open_words(form, start, end)
    if start == end:
        return _words(start, " to ")
    if form == "one_of":
        return f"between {_pair(start, end, ' and ')}"
    return _pair(start, end, " to ")


def _parse(edtf: str) -> _Expression:
    if len(edtf) > _LONGEST:
        raise UncertainDateError(EXPECTED_FORM, edtf)
    if edtf.startswith("[") and edtf.endswith("]"):
        return _one_of(edtf)
    if "/" in edtf:
        return _interval(edtf)
    point = _point(edtf, edtf)
    return _Expression("date", point, point)


def _interval(edtf: str) -> _Expression:
    ends = edtf.split("/")
    if len(ends) != 2 or ends == [_OPEN, _OPEN]:
        raise UncertainDateError("an interval of two dates, at most one of them open: A/B, ../B or A/..", edtf)
    start, end = (None if text == _OPEN else _point(text, edtf) for text in ends)
    return _Expression("interval", start, end)


def _one_of(edtf: str) -> _Expression:
    expected = "two equally precise dates written out, at most one of them open: [A..B], [..B] or [A..]"
    ends = edtf[1:-1].split(_OPEN)
    if len(ends) != 2 or ends == ["", ""]:
        raise UncertainDateError(expected, edtf)
    start, end = (_point(text, edtf) if text else None for text in ends)
    written = [point for point in (start, end) if point is not None]
    if not all(point.plain for point in written) or len({point.precision for point in written}) != 1:
        raise UncertainDateError(expected, edtf)
    return _Expression("one_of", start, end)


def _point(text: str, edtf: str) -> _Point:
    match = _DATE.fullmatch(text)
    if match is None:
        raise UncertainDateError(EXPECTED_FORM, edtf)
    return _Point(match["year"], match["month"] or "", match["day"] or "", match["suffix"])


def _span(point: _Point, edtf: str) -> tuple[date, date]:
    """Return the first and last day of one date; a part that is not written is as wide as one that is unspecified."""
    first_year, last_year = _narrow(point.year, MINYEAR, MAXYEAR, "a year from 0001 to 9999", edtf)
    first_month, last_month = _narrow(point.month or "XX", 1, 12, "a month from 01 to 12", edtf)
    length = monthrange(last_year, last_month)[1]
    first_day, last_day = _narrow(point.day or "XX", 1, length, f"a day from 01 to {length} in that month", edtf)
    return date(first_year, first_month, first_day), date(last_year, last_month, last_day)


def _narrow(digits: str, lowest: int, highest: int, expected: str, edtf: str) -> tuple[int, int]:
    """Return the least and the greatest number between the limits that the digits, of which some may be X, can be."""
    least = max(int(digits.replace("X", "0")), lowest)
    greatest = min(int(digits.replace("X", "9")), highest)
    if least > greatest:
        raise UncertainDateError(expected, edtf)
    return least, greatest


def _open_words(form: str, start: _Point | None, end: _Point | None) -> str:
    (point,) = (point for point in (start, end) if point is not None)
    words = _words(point, _EN_DASH)
    if form == "interval":
        return f"from {words}" if start else f"until {words}"
    preposition = "on" if point.day else "in"
    return f"{preposition} or after {words}" if start else f"{preposition} or before {words}"


def _pair(start: _Point, end: _Point, joiner: str) -> str:
    """Read two dates together, saying the month and the year that they share only once."""
    if start.plain and end.plain and start.precision == end.precision > 1 and start.year == end.year:
        month = _MONTHS[int(start.month) - 1]
        day = f"{int(start.day)} " if start.day else ""
        opening = day.strip() if start.month == end.month else f"{day}{month}"
        return f"{opening}{joiner}{_words(end, _EN_DASH)}"
    return f"{_words(start, _EN_DASH)}{joiner}{_words(end, _EN_DASH)}"


def _words(point: _Point, joiner: str) -> str:
    """Read one date; the joiner stands between the ends of a decade, a century or a ten of days."""
    first, last = _span(point, "")
    words = f"{first.year:04}" if first.year == last.year else f"{first.year:04}{joiner}{last.year:04}"
    if point.month not in ("", "XX"):
        words = f"{_MONTHS[first.month - 1]} {words}"
    if point.day not in ("", "XX"):
        days = f"{first.day}" if first.day == last.day else f"{first.day}{joiner}{last.day}"
        words = f"{days} {words}"
    unknown = {"XX": "month unknown", "XXXX": "month and day unknown"}.get(point.month + point.day)
    notes = [unknown] if unknown else ["day unknown"] if point.day == "XX" else []
    if point.suffix in ("?", "%"):
        notes.append("uncertain")
    about = "about " if point.suffix in ("~", "%") else ""
    return f"{about}{words} ({', '.join(notes)})" if notes else f"{about}{words}"


def short(edtf: str) -> str:
    """Read `edtf` for small spaces: `12 Dec 2016`, `Dec 2016?`, `about 2016`, `13–15 Dec 2016`, `until 14 Dec 2016`.

    Raises UncertainDateError exactly when `bounds` does.
    """
    earliest, latest = bounds(edtf)
    doubt = "?" if "?" in edtf or "%" in edtf else ""
    about = "about " if "~" in edtf or "%" in edtf else ""
    if earliest is None or latest is None:
        known = latest if earliest is None else earliest
        word = "until" if earliest is None else "from"
        return f"{word} {about}{_short_day(known)}{doubt}" if known else ""
    return f"{about}{_short_span(earliest, latest)}{doubt}"


def _short_span(first: date, last: date) -> str:
    """Say a span as the largest whole unit that it is, else by its two ends without repeating what they share."""
    if first == last:
        return _short_day(first)
    whole_month = first.day == 1 and last == date(first.year, first.month, monthrange(first.year, first.month)[1])
    if whole_month:
        return f"{_MONTHS[first.month - 1][:3]} {first.year:04d}"
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return f"{first.year:04d}" if first.year == last.year else f"{first.year:04d}–{last.year:04d}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{_short_day(last)}"
    return f"{_short_day(first)} – {_short_day(last)}"


def _short_day(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1][:3]} {day.year:04d}"
