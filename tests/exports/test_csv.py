"""CSV promises: every text comes back as it was, no cell can run, and any reader of RFC 4180 reads it."""

import csv
import io
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.exports.columns import Kind
from app.exports.csv import BOM, DANGEROUS, Csv, guarded, unguarded
from tests.support.exports import HOSTILE, about_of, csv_rows, file_of, table_of

TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=40)
# What spreadsheets take for the beginning of a formula, whatever stands after it.
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001


def rows_with(*texts: str, **changes: Any) -> list[dict[str, str]]:
    """Return the rows of a table with a text in each, read by another reader."""
    documents = [[[str(at), text]] for at, text in enumerate(texts)]
    return csv_rows(file_of(Csv(), about_of(table_of("text"), **changes), documents))


@given(st.lists(TEXTS, max_size=8))
@example([*HOSTILE])
@example(["'", "''", "'=1", "\"'", '"', ",", "\r\n", ";=1+1"])
def test_every_text_comes_back_and_none_can_run(texts: list[str]) -> None:
    """However many rows it takes; taking away one apostrophe in front gives what was meant."""
    rows = rows_with(*texts)
    assert [unguarded(row["c0_text"]) for row in rows] == texts
    assert not [row for row in rows if row["c0_text"].startswith(FORMULAS)]


@given(TEXTS)
def test_a_guard_is_only_where_it_is_needed(text: str) -> None:
    """A text that no spreadsheet runs, and that begins with no apostrophe, is as it is."""
    assert guarded(text) == (text if text[0] not in DANGEROUS else "'" + text)
    assert {*FORMULAS, "'"} == set(DANGEROUS)


def test_what_is_no_text_stands_as_databases_read_it() -> None:
    """Decimals with every digit and without exponent, also below nought; an empty cell is null, unquoted."""
    kinds: tuple[Kind, ...] = ("decimal", "integer", "boolean", "date", "instant")
    rows = [
        ["a", Decimal("1E-6"), 1, True, "2016-12-13", "2016-12-13T08:00:00.000000Z"],
        ["b", Decimal("-0.5"), -1, False, None, None],
        ["c", Decimal(123456789012345), 0, None, None, None],
    ]
    table = table_of(*kinds, cells=lambda document, places: map(tuple, rows))
    content = file_of(Csv(), about_of(table), [[]]).decode()
    assert content.split("\r\n")[1:] == [
        "214,a,0.000001,1,true,2016-12-13,2016-12-13T08:00:00.000000Z",
        "214,b,-0.5,-1,false,,",
        "214,c,123456789012345,0,,,",
        "",
    ]


def test_an_empty_table_has_its_header() -> None:
    """Tools learn the columns from it."""
    assert file_of(Csv(), about_of(table_of("text", "date"))) == b"export_seq,id,c0_text,c1_date\r\n"


def test_a_byte_order_mark_stands_first_when_asked_for() -> None:
    """Excel tells UTF-8 by it; it is no part of the first column's name for readers that know it."""
    content = file_of(Csv(), about_of(table_of("text"), bom=True), [[["k", "حلب"]]])
    assert content.startswith(BOM.encode() + b"export_seq,")
    assert csv_rows(content) == [{"export_seq": "214", "id": "k", "c0_text": "حلب"}]


@pytest.mark.parametrize("text", ["nul\0here", "lone \ud800 surrogate", "\udfff\0"])
def test_what_no_file_can_hold_is_replaced_where_all_see_it(text: str) -> None:
    """No draft takes it; should a record have it, it is the replacement character, and the file is UTF-8."""
    replaced = "".join("\ufffd" if one == "\0" or "\ud800" <= one <= "\udfff" else one for one in text)
    table = table_of("text", cells=lambda document, places: iter([("k", text)]))
    assert csv_rows(file_of(Csv(), about_of(table), [[]]))[0]["c0_text"] == replaced


def test_rows_of_what_was_retracted_come_last() -> None:
    """After all others, with empty cells for facts."""
    about = about_of(table_of("text"), retracted=[("gone", None)] * 1200)
    rows = csv_rows(file_of(Csv(), about, [[["k", "x"]]]))
    assert [row["id"] for row in rows] == ["k", *["gone"] * 1200]
    assert {row["c0_text"] for row in rows[1:]} == {""}


def test_a_file_comes_in_pieces_that_do_not_grow() -> None:
    """However long a table is, one piece is in memory; put together they are lines that end as RFC 4180 says."""
    documents = (b'[["%d","%s"]]' % (at, b"x" * 1000) for at in range(2000))
    pieces = list(Csv().present(about_of(table_of("text")), documents, lambda _: None))
    assert len(pieces) > 10
    assert max(map(len, pieces)) < 200_000
    read = list(csv.reader(io.StringIO(b"".join(pieces).decode(), newline="")))
    assert [row[1] for row in read[1:]] == [str(at) for at in range(2000)]
    assert b"".join(pieces).count(b"\r\n") == b"".join(pieces).count(b"\n") == 2001


def test_cells_that_are_equal_to_python_are_not_mistaken() -> None:
    """1, true and 1.0 are equal keys; each column spells its own."""
    kinds: tuple[Kind, ...] = ("integer", "boolean", "decimal", "text")
    rows = [["a", 1, True, Decimal(1), "1"], ["b", 0, False, Decimal(0), "0"]]
    table = table_of(*kinds, cells=lambda document, places: map(tuple, rows))
    content = file_of(Csv(), about_of(table), [[]]).decode()
    assert content.split("\r\n")[1:3] == ["214,a,1,true,1,1", "214,b,0,false,0,0"]
