"""Every format of a table, read by an independent reader into rows that can be held against each other."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from app.exports.columns import Column, Table, Value
from app.exports.tables import TABLES
from app.kit.ids import PLURALS
from tests.support.api import Api, serving
from tests.support.databases import Databases
from tests.support.exports import csv_rows, parquet, sheets
from tests.support.world import World

Row = dict[str, Any]
# Apostrophes before what a spreadsheet would run; taking one away gives what was meant.
GUARD = "'"


@contextmanager
def fresh_world(databases: Databases, template: World) -> Iterator[tuple[World, Api]]:
    """Give a furnished world of its own and its API, for tests that share it and only read."""
    with databases.copy("furnished") as url, serving(url) as api:
        world = World(url)
        for name in ("country", "town", "publisher", "reporter", "speaker", "crisis", "report", "_numbers"):
            setattr(world, name, getattr(template, name))
        yield world, api


def documents_of(api: Api, table: Table, query: str = "") -> list[Any]:
    """Return the records of a table as the JSON API gives them."""
    return api.walk(f"/v1/{PLURALS[table.noun]}?limit=1000{query}")


def expected_rows(api: Api, table: Table, seq: int) -> list[Row]:
    """Return the rows that every format must have, made of what the JSON API answers."""
    places = {one["id"]: one for one in documents_of(api, TABLES["places"])}
    names = [one.name for one in table.exported]
    return [
        dict(zip(names, (seq, *row), strict=True))
        for document in documents_of(api, table)
        for row in table.rows(document, places.get)
    ]


def read_csv(content: bytes, table: Table) -> list[Row]:
    """Return the rows of a CSV, each cell by its column's kind."""
    kinds = {one.name: one for one in table.exported}
    return [{name: _from_text(text, kinds[name]) for name, text in row.items()} for row in csv_rows(content)]


def _from_text(text: str, column: Column) -> Value:
    if text == "":
        return None
    readers: Mapping[str, Callable[[str], Value]] = {
        "text": lambda found: found.removeprefix(GUARD),
        "integer": int,
        "decimal": Decimal,
        "boolean": {"true": True, "false": False}.__getitem__,
        "date": date.fromisoformat,
        "instant": datetime.fromisoformat,
    }
    return readers[column.kind](text)


def read_xlsx(content: bytes, table: Table) -> list[Row]:
    """Return the rows of a workbook, each cell by its column's kind; every cell must be of that kind already."""
    found = sheets(content)
    names, *rows = found[table.name]
    assert names == [one.name for one in table.exported]
    return [
        {column.name: _from_cell(cell, column) for column, cell in zip(table.exported, row, strict=True)}
        for row in rows
    ]


def _from_cell(cell: Any, column: Column) -> Value:
    if cell == "":
        return None
    if column.kind == "date":
        # calamine gives a day as a date, and a moment at midnight too.
        assert type(cell) is date
        return cell
    if column.kind == "instant":
        assert isinstance(cell, datetime)
        return cell.replace(tzinfo=UTC)
    if column.kind in ("integer", "decimal"):
        assert isinstance(cell, float)
        return int(cell) if column.kind == "integer" else Decimal(repr(cell))
    assert isinstance(cell, bool if column.kind == "boolean" else str)
    return str(cell) if column.kind == "text" else bool(cell)


def read_parquet(content: bytes, table: Table) -> list[Row]:
    """Return the rows of a Parquet file, which are typed."""
    rows: list[Row] = parquet(content).read().to_pylist()
    return rows


def read_geojson(content: bytes, table: Table) -> list[Row]:
    """Return the properties of features."""
    found = json.loads(content, parse_float=Decimal)
    kinds = {one.name: one for one in table.exported}
    return [
        {name: _from_json(value, kinds[name]) for name, value in one["properties"].items()} for one in found["features"]
    ]


def _from_json(value: Any, column: Column) -> Value:
    if value is not None and column.kind in ("date", "instant"):
        return _from_text(value, column)
    return Decimal(value) if value is not None and column.kind == "decimal" else value


READERS: Mapping[str, Callable[[bytes, Table], list[Row]]] = {
    "csv": read_csv,
    "xlsx": read_xlsx,
    "parquet": read_parquet,
    "geojson": read_geojson,
}


def differences(found: list[Row], wanted: list[Row], extension: str) -> list[tuple[Any, ...]]:
    """Return where rows differ, beside what a format cannot tell: Excel tells moments to the millisecond."""
    if [list(row) for row in found] != [list(row) for row in wanted]:
        return [("columns or number of rows", len(found), len(wanted))]
    within = timedelta(milliseconds=1 if extension == "xlsx" else 0)
    return [
        (at, name, cell, row[name])
        for at, (read, row) in enumerate(zip(found, wanted, strict=True))
        for name, cell in read.items()
        if not _alike(cell, row[name], within, marked=extension == "xlsx")
    ]


def _alike(cell: Value, value: Value, within: timedelta, *, marked: bool) -> bool:
    if isinstance(cell, datetime) and isinstance(value, datetime):
        return abs(cell - value) <= within
    if isinstance(value, str) and marked:
        # What XML cannot hold is marked in Excel's way, which this reader does not undo.
        value = value.replace("\ufffe", "_xFFFE_").replace("\uffff", "_xFFFF_")
    return cell == value


def keys(rows: list[Row], table: Table) -> Iterator[tuple[Any, ...]]:
    """Yield the key of every row."""
    return (tuple(row[name] for name in table.key) for row in rows)
