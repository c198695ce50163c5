"""Why this file exists: a value as a cell of a worksheet (ECMA-376, SpreadsheetML), so that it can only be read.

A text is always an inline string: no cell holds a formula, a link or a number that was made of a text. One that begins
like a formula is marked (`quotePrefix`) besides, so that it stays a text when somebody edits the cell. Dates are day
numbers with a date's format; what Excel cannot count (days before March 1900, more than 15 digits) stays text.
"""

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

# Indices into `cellXfs` of xlsx_parts.STYLES.
PLAIN, HEADER, DATE, INSTANT, QUOTED, WRAPPED = range(6)
# Excel's own limit, in units of UTF-16.
LONGEST = 32_767
CUT = " … [cut here: Excel holds no longer text; the other formats have all of it]"
# What Excel, or a program that reads its files, may take for the beginning of a formula; the full-width ones too.
RISKY = frozenset(
    "=+-@\t\r\n|%\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}\N{FULLWIDTH HYPHEN-MINUS}\N{FULLWIDTH COMMERCIAL AT}"
)
_DIGITS = 15
# Excel takes 1900 for a leap year: its day numbers are right from the first of March on.
_EPOCH, _FIRST = date(1899, 12, 30).toordinal(), date(1900, 3, 1).toordinal()
# What XML cannot hold, or would change, and what would itself be read as such a mark.
_UNHELD = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_SURROGATE = re.compile("[\ud800-\udfff]")
_WHITE = re.compile(r"^\s|\s$|[\n\t]|  ")

Cell = Callable[[str, Any], str]


def inline(text: str) -> str:
    """Return a text as the element of an inline string, with its white space and what XML cannot hold."""
    if text.isprintable() and "_x" not in text and "  " not in text and text == text.strip():
        return f"<is><t>{_escaped(text)}</t></is>"
    kept = _UNHELD.sub(lambda found: f"_x{ord(found[0]):04X}_", _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text))
    space = ' xml:space="preserve"' if _WHITE.search(text) else ""
    return f"<is><t{space}>{_escaped(kept)}</t></is>"


def _escaped(text: str) -> str:
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    return text.replace(">", "&gt;") if ">" in text else text


def units(text: str) -> int:
    """Return the length of a text in units of UTF-16, as Excel counts it."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def shortened(text: str, longest: int = LONGEST) -> str:
    """Return a text that is not longer than a cell can be; one that was cut says so."""
    # A text has at most twice as many units as characters.
    if len(text) * 2 <= longest or units(text) <= longest:
        return text
    room = longest - units(CUT)
    return text.encode("utf-16-le", "surrogatepass")[: room * 2].decode("utf-16-le", "ignore") + CUT


def text_cell(ref: str, value: str) -> str:
    """Return a cell of text, and nothing but text."""
    style = f' s="{QUOTED}"' if value[:1] in RISKY else ""
    return f'<c r="{ref}"{style} t="inlineStr">{inline(value)}</c>'


def number_cell(ref: str, value: int | Decimal) -> str:
    """Return a cell of a number with every digit, or of text when Excel would lose some."""
    text = format(value, "f") if isinstance(value, Decimal) else str(value)
    if isinstance(value, int) and abs(value) < 10**_DIGITS:
        return f'<c r="{ref}"><v>{text}</v></c>'
    if len(text.replace(".", "").lstrip("-0")) > _DIGITS:
        return text_cell(ref, text)
    return f'<c r="{ref}"><v>{text}</v></c>'


def boolean_cell(ref: str, value: bool) -> str:
    """Return a cell that is TRUE or FALSE."""
    return f'<c r="{ref}" t="b"><v>{int(value)}</v></c>'


def date_cell(ref: str, value: str) -> str:
    """Return a cell of a day, given in ISO 8601."""
    day = date.fromisoformat(value).toordinal()
    if day < _FIRST:
        return text_cell(ref, value)
    return f'<c r="{ref}" s="{DATE}"><v>{day - _EPOCH}</v></c>'


def instant_cell(ref: str, value: str) -> str:
    """Return a cell of a moment, given in ISO 8601 and UTC; Excel shows a moment to the millisecond."""
    at = datetime.fromisoformat(value)
    day = at.toordinal()
    if day < _FIRST:
        return text_cell(ref, value)
    of_day = (at.hour * 3600 + at.minute * 60 + at.second) * 1_000_000 + at.microsecond
    return f'<c r="{ref}" s="{INSTANT}"><v>{day - _EPOCH + of_day / 86_400_000_000!r}</v></c>'


CELLS: dict[str, Cell] = {
    "text": text_cell,
    "integer": number_cell,
    "decimal": number_cell,
    "boolean": boolean_cell,
    "date": date_cell,
    "instant": instant_cell,
}


def letters(number: int) -> str:
    """Return the letters of a column, counted from 0."""
    name = ""
    number += 1
    while number:
        number, digit = divmod(number - 1, 26)
        name = chr(65 + digit) + name
    return name
