"""Why this file exists: a table as CSV (RFC 4180, UTF-8) that is safe to open in any spreadsheet.

A text that a spreadsheet would run, since it begins like a formula, gets an apostrophe before it; one that begins with
an apostrophe gets another, so that taking one away from every text that begins with one gives back what was meant.
Numbers, dates and booleans stay as they are.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import orjson

from app.exports.about import About
from app.exports.columns import Cell, Places

BOM = "\ufeff"
END = "\r\n"
GUARD = "'"
# What makes a spreadsheet take a cell for a formula, also in the full width of East Asian keyboards; and our own guard.
DANGEROUS = "=+-@\t\r\n" + "＝＋－＠" + GUARD  # noqa: RUF001
REPLACEMENT = "\ufffd"
# The least that is handed on at once, in characters: small enough to be compressed without keeping others waiting.
PIECE = 128 * 1024
# Cells of a column whose spelling is remembered: most stand in many rows.
REMEMBERED = 1000
_DANGEROUS = frozenset(DANGEROUS)
# What no file can hold; the drafts refuse it at the door.
_UNWRITABLE = re.compile("[\0\ud800-\udfff]")


def guarded(text: str) -> str:
    """Return a text that no spreadsheet runs."""
    return GUARD + text if text[:1] in _DANGEROUS else text


def unguarded(text: str) -> str:
    """Return what was meant by a text of a file."""
    return text.removeprefix(GUARD)


def spelled(text: str) -> str:
    """Return a text as a field: guarded, and quoted where it must be."""
    if text[:1] in _DANGEROUS:
        text = GUARD + text
    # Looking for each alone is ten times faster than a pattern.
    if "," in text or '"' in text or "\n" in text or "\r" in text:
        return '"' + text.replace('"', '""') + '"'
    return text


class _Spelling(dict[Any, str]):
    """How the cells of one column are spelled; what was spelled before is looked up."""

    def __init__(self) -> None:
        super().__init__({None: ""})

    def kept(self, cell: Any, field: str) -> str:
        """Remember a field, and give it."""
        if len(self) > REMEMBERED:
            self.clear()
            self[None] = ""
        self[cell] = field
        return field


class _Texts(_Spelling):
    """Texts."""

    def __missing__(self, cell: str) -> str:
        return self.kept(cell, spelled(cell))


class _Others(_Spelling):
    """Numbers in plain notation, since not every database reads an exponent; dates and booleans."""

    def __missing__(self, cell: Any) -> str:
        if cell is True or cell is False:
            return "true" if cell else "false"
        return self.kept(cell, f"{cell:f}" if isinstance(cell, Decimal) else str(cell))


class Csv:
    """Makes CSV."""

    media_type = "text/csv"
    extension = "csv"

    def present(self, about: About, documents: Iterator[bytes], places: Places) -> Iterator[bytes]:
        """Yield the bytes of a table: a header even when there is nothing else, then the rows."""
        table, seq = about.table, str(about.seq)
        spellings = [_Texts() if column.kind == "text" else _Others() for column in table.columns]
        lines = [(BOM if about.bom else "") + ",".join(column.name for column in table.exported)]
        size = 0

        def take(row: tuple[Cell, ...]) -> int:
            line = ",".join([seq, *[spelling[cell] for spelling, cell in zip(spellings, row, strict=True)]])
            lines.append(line)
            return len(line)

        for document in documents:
            for row in table.cells(orjson.loads(document), places):
                size += take(row)
            if size > PIECE:
                yield _joined(lines)
                size = 0
        for row in about.retracted:
            take(row)
            if len(lines) > REMEMBERED:
                yield _joined(lines)
        yield _joined(lines)


def _joined(lines: list[str]) -> bytes:
    """Return lines as bytes, each with its end; they are forgotten."""
    lines.append("")
    found = END.join(lines)
    lines.clear()
    try:
        if "\0" not in found:
            return found.encode()
    except UnicodeEncodeError:
        pass
    return _UNWRITABLE.sub(REPLACEMENT, found).encode()
