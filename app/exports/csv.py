"""Why this file exists: a table as CSV (RFC 4180, UTF-8) that is safe to open in any spreadsheet.

A text that a spreadsheet would run, since it begins like a formula, gets an apostrophe before it; one that begins with
an apostrophe gets another, so that taking one away from every text that begins with one gives back what was meant.
Numbers, dates and booleans stay as they are.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import chain, islice, repeat
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
# After so many rows it is known in which columns most cells are new: there remembering costs more than it saves.
SEEN = 400
# Rows that are spelled together, column by column: with the above a tenth faster than one by one.
TOGETHER = 32
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

    def anew(self, cell: Any) -> str:
        """Return a field that is not remembered."""
        raise NotImplementedError


class _Texts(_Spelling):
    """Texts."""

    def __missing__(self, cell: str) -> str:
        return self.kept(cell, spelled(cell))

    def anew(self, cell: str | None) -> str:
        """Return a field that is not remembered."""
        return "" if cell is None else spelled(cell)


class _Others(_Spelling):
    """Numbers in plain notation, since not every database reads an exponent; dates and booleans."""

    def __missing__(self, cell: Any) -> str:
        # Not remembered, since true equals 1.
        return self.anew(cell) if cell is True or cell is False else self.kept(cell, self.anew(cell))

    def anew(self, cell: Any) -> str:
        """Return a field that is not remembered."""
        if cell is None:
            return ""
        if cell is True or cell is False:
            return "true" if cell else "false"
        return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)


class Csv:
    """Makes CSV."""

    media_type = "text/csv"
    extension = "csv"

    def present(self, about: About, documents: Iterator[bytes], places: Places) -> Iterator[bytes]:
        """Yield the bytes of a table: a header even when there is nothing else, then the rows."""
        table, fields = about.table, _Fields(about)
        lines = [(BOM if about.bom else "") + ",".join(column.name for column in table.exported)]
        size = 0
        rows = chain.from_iterable(table.cells(orjson.loads(document), places) for document in documents)
        every = chain(rows, about.retracted)
        while some := list(islice(every, TOGETHER)):
            added = fields.lines(some)
            lines += added
            size += sum(map(len, added))
            if size > PIECE:
                yield _joined(lines)
                size = 0
        yield _joined(lines)


class _Fields:
    """Makes lines of rows."""

    def __init__(self, about: About) -> None:
        self._seq = str(about.seq)
        self._spellings = [_Texts() if column.kind == "text" else _Others() for column in about.table.columns]
        self._spell: list[Callable[[Any], str]] = [one.__getitem__ for one in self._spellings]
        self._unseen = SEEN

    def lines(self, rows: Sequence[tuple[Cell, ...]]) -> list[str]:
        """Return a line for each row, without its end."""
        columns = zip(self._spell, zip(*rows, strict=True), strict=True)
        lines = list(
            map(",".join, zip(repeat(self._seq), *[map(spell, cells) for spell, cells in columns], strict=False))
        )
        if self._unseen > 0:
            self._unseen -= len(rows)
            if self._unseen <= 0:
                self._spell = [one.anew if len(one) > SEEN // 2 else one.__getitem__ for one in self._spellings]
        return lines


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
