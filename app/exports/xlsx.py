"""Why this file exists: a table as a workbook that opens safely in Excel, sent while it is made.

A first sheet says what this is, a second what every column means, then come the rows: as many sheets as they need. The
sheets of the rows are written first, so that the first one can say what had to be cut.
"""

from collections.abc import Iterator
from itertools import chain, islice

from app.exports.about import About
from app.exports.columns import Column, Places
from app.exports.flat import Flat, flat_rows
from app.exports.xlsx_cells import CELLS, HEADER, LONGEST, WRAPPED, Cell, inline, letters, shortened
from app.exports.xlsx_parts import SHEET_END, Package, Part, sheet_begin

# Rows of a sheet, the header among them: Excel's own limit. Bytes: what an archive's part may be without 64-bit sizes.
MOST_ROWS, MOST_BYTES = 1_048_576, 1_500_000_000
BATCH = 200
_WIDTHS = {"text": 24, "integer": 12, "decimal": 14, "boolean": 10, "date": 12, "instant": 20}
_NAMED_CUTS = 20


class Xlsx:
    """Makes workbooks; the bounds are those of Excel, smaller in tests."""

    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    extension = "xlsx"

    def __init__(self, most_rows: int = MOST_ROWS, longest: int = LONGEST, most_bytes: int = MOST_BYTES) -> None:
        self._most_rows = most_rows
        self._longest = longest
        self._most_bytes = most_bytes

    def present(self, about: About, documents: Iterator[bytes], places: Places) -> Iterator[bytes]:
        """Yield the bytes of a workbook of the rows of these documents."""
        package = Package()
        columns = about.table.exported
        sheets = _Sheets(columns, self._longest)
        rows = flat_rows(about, documents, places)
        names: list[str] = []
        following = next(rows, None)
        while following is not None or not names:
            names.append(about.table.name if not names else f"{about.table.name}_{len(names) + 1}")
            with package.part(package.sheet(len(names) + 2)) as part:
                sheets.begin(part, names[-1])
                rest = rows if following is None else chain((following,), rows)
                for _ in sheets.fill(part, rest, self._most_rows - 1, self._most_bytes):
                    if package.pieces.waiting:
                        yield package.pieces.taken()
                part.write(SHEET_END)
            following = next(rows, None)
        _write_text(package, 1, _about_lines(about, names, sheets))
        _write_text(package, 2, _column_lines(columns))
        package.finish(["about", "columns", *names])
        yield package.pieces.taken()


class _Sheets:
    """Writes rows; remembers which cells had to be cut."""

    def __init__(self, columns: tuple[Column, ...], longest: int) -> None:
        self._columns = columns
        self._longest = longest
        self._cells: tuple[tuple[str, Cell, bool], ...] = tuple(
            (letters(at), CELLS[one.kind], one.kind == "text") for at, one in enumerate(columns)
        )
        self._sheet = ""
        self.cuts: list[str] = []
        self.cut = 0

    def begin(self, part: Part, name: str) -> None:
        """Write what stands above the rows of a sheet: the names of the columns, which stay in sight."""
        self._sheet = name
        part.write(sheet_begin([max(_WIDTHS[one.kind], min(len(one.name) + 2, 40)) for one in self._columns]))
        names = (
            f'<c r="{letters(at)}1" s="{HEADER}" t="inlineStr">{inline(one.name)}</c>'
            for at, one in enumerate(self._columns)
        )
        part.write(f'<row r="1">{"".join(names)}</row>')

    def fill(self, part: Part, rows: Iterator[Flat], most: int, most_bytes: int) -> Iterator[None]:
        """Write rows into a sheet until it is full or they are all there; yields now and then."""
        number = 1
        while number <= most and part.size < most_bytes:
            batch = list(islice(rows, min(BATCH, most - number + 1)))
            if not batch:
                return
            part.write("".join([self._row(number + at, row) for at, row in enumerate(batch, 1)]))
            number += len(batch)
            yield

    def _row(self, number: int, row: Flat) -> str:
        written = [f'<row r="{number}">']
        for value, (column, cell, is_text) in zip(row, self._cells, strict=True):
            if value is None:
                continue
            ref = f"{column}{number}"
            if is_text and len(text := str(value)) * 2 > self._longest:
                written.append(cell(ref, self._shortened(ref, text)))
            else:
                written.append(cell(ref, value))
        written.append("</row>")
        return "".join(written)

    def _shortened(self, ref: str, text: str) -> str:
        kept = shortened(text, self._longest)
        if kept is not text:
            self.cut += 1
            if len(self.cuts) < _NAMED_CUTS:
                self.cuts.append(f"{self._sheet}!{ref}")
        return kept


def _about_lines(about: About, names: list[str], sheets: _Sheets) -> Iterator[tuple[str, ...]]:
    """Yield what the first sheet says, line by line."""
    yield about.table.title, ""
    yield "what", about.table.description
    yield "export_seq", str(about.seq)
    yield "recorded_at", about.recorded_at.isoformat()
    yield "made by", about.path
    yield "licence", f"{about.licence}. {about.terms}"
    yield "sheets of rows", "; ".join(names)
    yield "columns", "The sheet `columns` says what each means."
    yield "dates", "Days and moments are Excel's own; moments are in UTC, to the millisecond."
    yield "numbers", "As reported. Figures of different voices are never to be added up."
    yield "texts cut", _cut_line(sheets)


def _cut_line(sheets: _Sheets) -> str:
    if not sheets.cut:
        return "none"
    more = "" if sheets.cut == len(sheets.cuts) else f" and {sheets.cut - len(sheets.cuts)} more"
    return f"{sheets.cut}, each marked at its end: {', '.join(sheets.cuts)}{more}"


def _column_lines(columns: tuple[Column, ...]) -> Iterator[tuple[str, ...]]:
    """Yield the data dictionary, line by line."""
    yield "column", "kind", "never empty", "key", "refers to", "meaning"
    for one in columns:
        required, primary = ("yes" if flag else "" for flag in (one.required, one.primary))
        yield one.name, one.kind, required, primary, one.references or "", one.description


def _write_text(package: Package, number: int, lines: Iterator[tuple[str, ...]]) -> None:
    """Write a small sheet of nothing but texts."""
    with package.part(package.sheet(number)) as part:
        for at, line in enumerate(lines, 1):
            if at == 1:
                part.write(sheet_begin([24] * (len(line) - 1) + [100]))
            style = HEADER if at == 1 else WRAPPED
            cells = (
                f'<c r="{letters(column)}{at}" s="{style}" t="inlineStr">{inline(shortened(text))}</c>'
                for column, text in enumerate(line)
                if text
            )
            part.write(f'<row r="{at}">{"".join(cells)}</row>')
        part.write(SHEET_END)
