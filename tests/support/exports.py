"""Files of exports without a server, tables that never were, and readers that know nothing of how a file was made."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

import orjson
import pyarrow.parquet as pq  # type: ignore[import-untyped]
import python_calamine
from pyld import jsonld  # type: ignore[import-untyped]

from app.exports import context
from app.exports.about import About, Presenter
from app.exports.columns import Cell, Column, Kind, Places, Table

AT = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
# What spreadsheets, terminals, databases and readers of XML have tripped over.
HOSTILE = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1:A9)",
    '=HYPERLINK("https://example.org/?"&A1,"here")',
    '=cmd|"/C calc"!A0',
    "＝1+1",  # noqa: RUF001
    "＋1",  # noqa: RUF001
    "－1",  # noqa: RUF001
    "＠SUM(A1)",  # noqa: RUF001
    "'=1+1",
    "<r><t>rich</t></r>",
    '</t></is></c><c r="A1"><f>1+1</f></c>',
    "<img src=x onerror=alert(1)> & <b>",
    "]]>",
    "_x000D_ and _x0041_",
    "NULL",
    "null",
    "true",
    "007",
    "1e999",
    "2016-12-13",
    "https://example.org/a?b=c&d=e",
    'a "quoted", cell; with all, that; splits',
    "two\nlines\n\nand two more",
    "a\ttab",
    "two  spaces",
    "line\N{LINE SEPARATOR}separator",
    "\N{ZERO WIDTH NO-BREAK SPACE}mark first",
    "غمرت المياه البلدة",
    "\N{RIGHT-TO-LEFT MARK}rtl mark \N{LEFT-TO-RIGHT MARK}",
    "\N{ARABIC LETTER MARK}letter mark",
    "👩‍👩‍👧‍👦 family, 🇸🇾 flag, e\N{COMBINING ACUTE ACCENT}",
    "\U0001f4a7" * 40,
    "\ufffe\uffff noncharacters",
    "%s %(name)s {0} ${x} `id` $(id)",
    "; DROP TABLE claims; --",
)
# Reads no characters into a text; the door of drafts refuses them, the formats must survive them.
UNPRINTABLE = ("nul\x00here", "cr\rhere", "\x01\x1f", "\x7f\x85", "\u202eoverridden")


def about_of(table: Table, **changes: Any) -> About:
    """Return what a file of a table says of itself."""
    return About(**{"table": table, "seq": 214, "recorded_at": AT, "path": f"/v1/exports/{table.name}.x", **changes})


def nowhere(place: str) -> None:
    """Know no place."""


def file_of(presenter: Presenter, about: About, documents: Iterable[Any] = (), places: Places = nowhere) -> bytes:
    """Return the whole file of some documents."""
    bodies = (one if isinstance(one, bytes) else orjson.dumps(one) for one in documents)
    return b"".join(presenter.present(about, bodies, places))


def table_of(*kinds: Kind, **changes: Any) -> Table:
    """Return a table whose documents are lists of rows, with a key and columns of these kinds."""
    columns = (
        Column(name="id", description="A key.", required=True, primary=True),
        *(Column(name=f"c{at}_{kind}", kind=kind, description=f"A {kind}.") for at, kind in enumerate(kinds)),
    )

    def cells(document: Any, places: Places) -> Iterator[tuple[Cell, ...]]:
        yield from (tuple(row) for row in document)

    said = {"name": "things", "noun": "claim", "title": "Things", "description": "Things that never were."}
    return Table(**{**said, "columns": columns, "cells": cells, **changes})


# --- readers ---------------------------------------------------------------------------------------------------------


def sheets(content: bytes) -> dict[str, list[list[Any]]]:
    """Return the cells of every sheet, as calamine reads them; an empty cell is an empty text."""
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def parts(content: bytes) -> dict[str, ElementTree.Element]:
    """Return every part of a workbook, parsed; also checks every sum of the archive."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: ElementTree.fromstring(archive.read(name)) for name in archive.namelist()}  # noqa: S314


def elements(content: bytes) -> set[str]:
    """Return the names of all elements in a workbook, without their namespaces."""
    return {one.tag.rpartition("}")[2] for part in parts(content).values() for one in part.iter()}


def parquet(content: bytes) -> Any:
    """Return a Parquet file, opened."""
    return pq.ParquetFile(io.BytesIO(content))


def csv_rows(content: bytes) -> list[dict[str, str]]:
    """Return the rows of a CSV by column."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def named(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> list[dict[str, Any]]:
    """Return rows by column."""
    return [dict(zip(names, row, strict=True)) for row in rows]


def leaves(value: Any) -> Iterator[Any]:
    """Yield everything in a JSON value that is neither a list nor an object nor null."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from leaves(one)
    elif value is not None:
        yield value


def expanded(content: bytes, base: str = "https://example.org/v1/exports/x.jsonld") -> Any:
    """Return JSON-LD expanded as pyld does it, with our context and nothing loaded from elsewhere."""
    return jsonld.expand(parsed(content), {"base": base, "documentLoader": loader})


def loader(url: str, options: Any) -> dict[str, Any]:
    """Load our context, and refuse to load anything else."""
    assert url == "https://example.org" + context.PATH, url
    document = json.loads(context.CONTENT)
    return {"contextUrl": None, "documentUrl": url, "contentType": context.MEDIA_TYPE, "document": document}


def parsed(content: bytes) -> Any:
    """Return JSON with numbers as they are spelled; a name that stands twice is a fault."""
    return json.loads(content, object_pairs_hook=_once)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    assert len(found) == len(pairs), "a name stands twice"
    return found
