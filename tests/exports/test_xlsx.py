"""A workbook promises: it opens as it was meant, no cell of it runs, and it is sent while it is made."""

import io
import tracemalloc
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

import orjson
import pytest
import xlsxwriter  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from app.exports import xlsx_cells
from app.exports.columns import Cell
from app.exports.xlsx import Xlsx
from app.exports.xlsx_cells import CUT, LONGEST, letters, shortened, units
from app.exports.xlsx_parts import Package
from tests.support.exports import HOSTILE, UNPRINTABLE, about_of, elements, file_of, parts, sheets, table_of

# Characters that XML has not, which a reader may leave as Excel's own mark.
UNHELD = "\ufffe\uffff"
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters=UNHELD), max_size=60)
KNOWN = {
    "worksheet", "sheetViews", "sheetView", "pane", "selection", "sheetFormatPr", "cols", "col", "sheetData", "row",
    "c", "v", "is", "t", "workbook", "bookViews", "workbookView", "sheets", "sheet", "Relationships", "Relationship",
    "Types", "Default", "Override", "styleSheet", "numFmts", "numFmt", "fonts", "font", "sz", "name", "family", "b",
    "fills", "fill", "patternFill", "borders", "border", "left", "right", "top", "bottom", "diagonal", "cellStyleXfs",
    "cellXfs", "xf", "alignment", "cellStyles", "cellStyle",
}  # fmt: skip


def rows_of(content: bytes, sheet: str = "things") -> list[list[Any]]:
    """Return the rows of a sheet under the names of the columns, without the state that each begins with."""
    return [row[1:] for row in sheets(content)[sheet][1:]]


@given(texts=st.lists(TEXTS, min_size=1, max_size=8))
def test_every_text_is_read_back_as_it_was(texts: list[str]) -> None:
    """White space, control characters, marks of XML and of Excel: nothing is lost, nothing added."""
    written = file_of(Xlsx(), about_of(table_of("text")), [[["k", text]] for text in texts])
    assert [row[1] for row in rows_of(written)] == texts


@pytest.mark.parametrize("text", [*HOSTILE, *UNPRINTABLE])
def test_no_text_becomes_anything_else(text: str) -> None:
    """No formula, no link, no number, no rich text: there are only the elements of plain cells."""
    written = file_of(Xlsx(), about_of(table_of("text")), [[["k", text]]])
    assert elements(written) == KNOWN
    ((_, read),) = rows_of(written)
    assert isinstance(read, str)
    assert read == text.replace("\ufffe", "_xFFFE_").replace("\uffff", "_xFFFF_")


@pytest.mark.parametrize("text", [text for text in HOSTILE if text[0] in "=+-@＝＋－＠"])  # noqa: RUF001
def test_what_looks_like_a_formula_stays_text_when_it_is_edited(text: str) -> None:
    """Such a cell is marked as quoted, as Excel marks what was typed after an apostrophe."""
    written = file_of(Xlsx(), about_of(table_of("text")), [[["k", text]]])
    found = parts(written)
    cell = next(one for one in found["xl/worksheets/sheet3.xml"].iter() if one.get("r") == "C2")
    formats = next(one for one in found["xl/styles.xml"] if one.tag.endswith("cellXfs"))
    assert formats[int(cell.attrib["s"])].get("quotePrefix") == "1"


def test_an_unpaired_surrogate_is_replaced() -> None:
    """What no file can hold is shown as lost, and the rest is there."""
    table = table_of("text", cells=lambda document, places: iter([("k", "a\ud800b")]))
    assert rows_of(file_of(Xlsx(), about_of(table), [[]])) == [["k", "a\ufffdb"]]


# --- values ----------------------------------------------------------------------------------------------------------


def written_cell(kind: Any, value: Cell) -> Any:
    """Return what is read of one cell."""
    table = table_of(kind, cells=lambda document, places: iter([("k", value)]))
    return rows_of(file_of(Xlsx(), about_of(table), [[]]))[0][1]


@given(digits=st.integers(-(10**15) + 1, 10**15 - 1), places=st.integers(0, 6))
def test_a_number_keeps_every_digit(digits: int, places: int) -> None:
    """Up to the 15 digits that a figure can have."""
    value = Decimal(digits).scaleb(-places)
    read = written_cell("decimal", value)
    assert isinstance(read, float)
    assert Decimal(repr(read)) == value


def test_a_number_that_excel_cannot_hold_stays_text() -> None:
    """16 digits are not rounded in silence."""
    assert written_cell("decimal", Decimal("1234567890.123456")) == "1234567890.123456"
    assert written_cell("integer", 12345678901234567) == "12345678901234567"
    assert written_cell("integer", 123456789012345) == 123456789012345


@given(day=st.dates(min_value=date(1900, 3, 1)))
def test_a_date_is_a_date(day: date) -> None:
    """From the first day that Excel counts right."""
    read = written_cell("date", day.isoformat())
    assert (read.date() if isinstance(read, datetime) else read) == day


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "1900-02-28"])
def test_a_day_that_excel_counts_wrong_stays_text(day: str) -> None:
    """It is not shown as another day."""
    assert written_cell("date", day) == day


@given(at=st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2090, 1, 1)))  # noqa: DTZ001
def test_a_moment_is_a_moment_in_utc(at: datetime) -> None:
    """To the millisecond, as Excel has it."""
    read = written_cell("instant", at.isoformat(timespec="microseconds") + "Z")
    # calamine takes midnight for a day.
    moment = read if isinstance(read, datetime) else datetime(read.year, read.month, read.day)  # noqa: DTZ001
    assert abs((moment - at).total_seconds()) < 0.001


def test_a_boolean_is_a_boolean_and_nothing_is_nothing() -> None:
    """No empty text stands for what is not there."""
    assert written_cell("boolean", True) is True
    assert written_cell("boolean", False) is False
    content = file_of(Xlsx(), about_of(table_of("text")), [[["k", None]]])
    cells = [one.get("r") for one in parts(content)["xl/worksheets/sheet3.xml"].iter() if one.tag.endswith("}c")]
    assert cells[-2:] == ["A2", "B2"]


def test_a_library_that_excel_is_known_to_open_writes_the_same_cells() -> None:
    """Cell for cell what XlsxWriter writes, but for the mark of what looks like a formula."""
    texts = [one for one in (*HOSTILE, *UNPRINTABLE) if not one.startswith("<r>")]
    expected = io.BytesIO()
    book = xlsxwriter.Workbook(expected, {"constant_memory": True})
    sheet = book.add_worksheet()
    for at, text in enumerate(texts):
        sheet.write_string(at, 1, text)
    sheet.write_number(len(texts), 1, 12.5)
    sheet.write_boolean(len(texts) + 1, 1, True)
    sheet.write_datetime(len(texts) + 2, 1, date(2016, 12, 13), book.add_format({"num_format": "yyyy-mm-dd"}))
    book.close()
    theirs = [one for one in parts(expected.getvalue())["xl/worksheets/sheet1.xml"].iter() if one.tag.endswith("}c")]
    ours = [xlsx_cells.text_cell(f"B{at}", text) for at, text in enumerate(texts, 1)]
    ours.append(xlsx_cells.number_cell(f"B{len(ours) + 1}", Decimal("12.5")))
    ours.append(xlsx_cells.boolean_cell(f"B{len(ours) + 1}", True))
    ours.append(xlsx_cells.date_cell(f"B{len(ours) + 1}", "2016-12-13"))
    for mine, other in zip(ours, theirs, strict=True):
        cell = ElementTree.fromstring(mine)  # noqa: S314
        assert (cell.get("r"), cell.get("t")) == (other.get("r"), other.get("t"))
        assert "".join(cell.itertext()) == "".join(other.itertext())


@pytest.mark.parametrize(("number", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_are_lettered(number: int, name: str) -> None:
    """After Z comes AA."""
    assert letters(number) == name


# --- length ----------------------------------------------------------------------------------------------------------


@given(text=st.text(st.characters(exclude_categories=["Cs"]), min_size=100, max_size=300))
def test_a_long_text_is_cut_where_excel_ends_and_says_so(text: str) -> None:
    """In units of UTF-16, never through a character; what fits is left as it is."""
    kept = shortened(text, 200)
    if units(text) <= 200:
        assert kept == text
    else:
        assert kept.endswith(CUT)
        assert text.startswith(kept.removesuffix(CUT))
        assert 198 < units(kept) <= 200


def test_the_first_sheet_names_what_was_cut() -> None:
    """Whoever works with the sheet knows that there is more, and where."""
    table = table_of("text", "text")
    rows = [[["a", "short", "x" * LONGEST], ["b", "x" * (LONGEST + 1), "\U0001f4a7" * 20_000]]]
    found = sheets(file_of(Xlsx(), about_of(table), rows))
    said = dict(found["about"])
    assert said["texts cut"] == "2, each marked at its end: things!C3, things!D3"
    assert found["things"][1][3] == "x" * LONGEST
    assert all(cell.endswith(CUT) and units(cell) <= LONGEST for cell in found["things"][2][2:])
    assert dict(sheets(file_of(Xlsx(), about_of(table), []))["about"])["texts cut"] == "none"
    many = [[[str(at), "x" * 200, None]] for at in range(30)]
    said = dict(sheets(file_of(Xlsx(longest=150), about_of(table), many))["about"])
    assert said["texts cut"].startswith("30, each marked at its end: things!C2, ")
    assert said["texts cut"].endswith("things!C21 and 10 more")


@pytest.mark.parametrize(
    ("count", "expected"), [(0, [0]), (3, [3]), (4, [4]), (5, [4, 1]), (8, [4, 4]), (9, [4, 4, 1])]
)
def test_what_is_longer_than_a_sheet_goes_on_in_the_next(count: int, expected: list[int]) -> None:
    """Each has the names of the columns again; no row is lost or repeated, and no sheet is empty but the only one."""
    found = sheets(file_of(Xlsx(most_rows=5), about_of(table_of()), [[[f"k{at}"] for at in range(count)]]))
    names = ["things", "things_2", "things_3"][: len(expected)]
    assert list(found) == ["about", "columns", *names]
    assert dict(found["about"])["sheets of rows"] == "; ".join(names)
    assert [found[name][0] for name in names] == [["export_seq", "id"]] * len(names)
    assert [len(found[name]) - 1 for name in names] == expected
    assert [row for name in names for row in found[name][1:]] == [[214, f"k{at}"] for at in range(count)]


def test_a_sheet_of_much_text_goes_on_in_the_next_too() -> None:
    """No part of the archive grows to where Excel refuses it."""
    rows = [[[f"k{at}", "x" * 1000]] for at in range(1000)]
    found = sheets(file_of(Xlsx(most_bytes=500_000), about_of(table_of("text")), rows))
    assert list(found)[2:] == ["things", "things_2"]
    assert [row[1] for name in list(found)[2:] for row in found[name][1:]] == [f"k{at}" for at in range(1000)]


# --- the file --------------------------------------------------------------------------------------------------------


def test_the_first_sheets_say_what_this_is_and_what_columns_mean() -> None:
    """The file explains itself, also without the service that it came from."""
    about = about_of(table_of("text", "date"))
    found = sheets(file_of(Xlsx(), about))
    said = dict(found["about"])
    assert (said["export_seq"], said["recorded_at"]) == ("214", "2026-11-22T08:00:00+00:00")
    assert about.terms in said["licence"]
    assert found["columns"][0] == ["column", "kind", "never empty", "key", "refers to", "meaning"]
    assert [row[0] for row in found["columns"][1:]] == [one.name for one in about.table.exported]
    assert found["things"] == [["export_seq", "id", "c0_text", "c1_date"]]
    pane = next(one for one in parts(file_of(Xlsx(), about))["xl/worksheets/sheet3.xml"].iter() if "pane" in one.tag)
    assert (pane.get("state"), pane.get("topLeftCell")) == ("frozen", "A2")


def test_what_was_retracted_comes_last() -> None:
    """Rows without facts, in the same columns."""
    about = about_of(table_of("text"), retracted=[("gone", None)], tombstones=True)
    assert rows_of(file_of(Xlsx(), about, [[["k", "v"]]])) == [["k", "v"], ["gone", ""]]


def test_the_same_rows_are_the_same_bytes() -> None:
    """A strong validator promises it."""
    about, rows = about_of(table_of("text")), [[["k", text]] for text in HOSTILE]
    assert file_of(Xlsx(), about, rows) == file_of(Xlsx(), about, rows)


def test_it_is_sent_while_it_is_made_and_nothing_is_kept() -> None:
    """The first bytes leave before the rows are all there; memory does not grow with them."""

    def grown(count: int) -> tuple[int, int]:
        left = 0

        def documents() -> Iterator[bytes]:
            nonlocal left
            for left in range(count):
                yield orjson.dumps([[f"k{left}", "some words of a row"]])

        pieces = Xlsx().present(about_of(table_of("text")), documents(), lambda _: None)
        next(pieces)
        begun = left
        tracemalloc.start()
        for _ in pieces:
            pass
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return begun, peak

    (_, little), (begun, much) = grown(2000), grown(12_000)
    assert begun < 500
    assert much < little * 1.3


def test_it_is_no_archive_of_64_bits_and_can_be_told_by_its_parts() -> None:
    """Excel refuses streams that announce 64-bit sizes; the parts that it needs are all there."""
    content = file_of(Xlsx(), about_of(table_of()))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert all(one.extract_version < 45 and not one.extra for one in archive.infolist())
        assert {"[Content_Types].xml", "_rels/.rels", "xl/workbook.xml"} <= set(archive.namelist())
    package = Package()
    package.finish(["one"])
    assert package.pieces.taken()[:4] == b"PK\x03\x04"
