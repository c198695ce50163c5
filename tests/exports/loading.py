"""Tables laid out in a database from what the package says of them, and filled from their CSV, as a partner does it."""

import csv
import io
import sqlite3
from collections.abc import Mapping
from typing import Any

import psycopg
from psycopg import sql

from app.exports.columns import Column, Kind, Table
from app.exports.tables import TABLES

TYPES: Mapping[str, Mapping[Kind, str]] = {
    "sqlite": {
        "text": "TEXT",
        "integer": "INTEGER",
        "decimal": "NUMERIC",
        "boolean": "TEXT CHECK ({0} IN ('true', 'false'))",
        "date": "TEXT CHECK ({0} IS NULL OR date({0}) = {0})",
        "instant": "TEXT CHECK ({0} IS NULL OR datetime({0}) IS NOT NULL)",
    },
    "postgresql": {
        "text": "text",
        "integer": "bigint",
        "decimal": "numeric(21, 6)",
        "boolean": "boolean",
        "date": "date",
        "instant": "timestamptz",
    },
}


def layout(table: Table, types: Mapping[Kind, str], *, tombstones: bool) -> str:
    """Return the CREATE TABLE of a table, with its keys."""
    always = {"export_seq", "status", *table.key} if tombstones and table.tombstones else None
    lines = [_column(one, types, always) for one in table.exported]
    lines.append(f"PRIMARY KEY ({', '.join(table.key)})")
    for one in table.columns:
        if one.references:
            other, _, column = one.references.partition(".")
            key = f"FOREIGN KEY ({one.name}) REFERENCES {other} ({column}) DEFERRABLE INITIALLY DEFERRED"
            lines.append(key)
    return f"CREATE TABLE {table.name} (\n  " + ",\n  ".join(lines) + "\n)"


def _column(one: Column, types: Mapping[Kind, str], always: set[str] | None) -> str:
    needed = one.required if always is None else one.name in always
    kind, _, check = types[one.kind].partition(" CHECK ")
    checked = f" CHECK {check.format(one.name)}" if check else ""
    return f"{one.name} {kind}{' NOT NULL' if needed else ''}{checked}"


def load_sqlite(contents: Mapping[str, bytes], *, tombstones: bool = False) -> sqlite3.Connection:
    """Return a database with every table filled, its foreign keys on and checked."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("BEGIN")
    for name, table in TABLES.items():
        connection.execute(layout(table, TYPES["sqlite"], tombstones=tombstones))
        rows = csv.reader(io.StringIO(contents[name].decode(), newline=""))
        assert next(rows) == [one.name for one in table.exported]
        marks = ", ".join("?" * len(table.exported))
        emptied = ([cell or None for cell in row] for row in rows)
        connection.executemany(f"INSERT INTO {name} VALUES ({marks})", emptied)  # noqa: S608
    connection.execute("COMMIT")
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    return connection


def load_postgresql(url: str, contents: Mapping[str, bytes], *, tombstones: bool = False) -> "psycopg.Connection[Any]":
    """Return a database with every table filled by COPY, whose keys are checked when it commits."""
    connection = psycopg.connect(url)
    with connection.cursor() as cursor:
        for name, table in TABLES.items():
            cursor.execute(layout(table, TYPES["postgresql"], tombstones=tombstones).encode())
            copying = sql.SQL("COPY {} FROM STDIN (FORMAT csv, HEADER match)").format(sql.Identifier(name))
            with cursor.copy(copying) as copy:
                copy.write(contents[name])
    connection.commit()
    return connection
