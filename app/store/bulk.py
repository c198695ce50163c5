"""Why this file exists: many rows at once, by the quickest way that each database has."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from operator import itemgetter
from typing import Any, cast

import psycopg
from sqlalchemy import Connection, Dialect, Table, insert
from sqlalchemy.exc import DBAPIError

from app.store.base import Row

# Below this a statement with parameters is quicker than making one for many rows, or opening a COPY.
FEW = 20


def insert_rows(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows that all have the same columns; raises what the database raises for a row that breaks a rule.

    A column that the rows do not name gets what the database gives it, so no table may have a default in the program.
    """
    if not rows:
        return
    if len(rows) < FEW:
        connection.execute(insert(table), rows)
        return
    names = list(rows[0])
    preparer = connection.dialect.identifier_preparer
    target = f"{preparer.format_table(table)} ({', '.join(map(preparer.quote, names))})"
    values = _values(connection.dialect, table, names, rows)
    if connection.dialect.name == "postgresql":
        _copy(connection, f"COPY {target} FROM STDIN", values)
    else:
        # The same statement as above, without what SQLAlchemy does for each row beyond the types of its columns.
        marks = ", ".join("?" for _ in names)
        connection.exec_driver_sql(f"INSERT INTO {target} VALUES ({marks})", list(values))  # noqa: S608  # Our names.


def _values(dialect: Dialect, table: Table, names: Sequence[str], rows: Sequence[Row]) -> Iterator[tuple[Any, ...]]:
    """Yield the values of each row as the driver takes them."""
    binders = {name: table.c[name].type.dialect_impl(dialect).bind_processor(dialect) for name in names}
    bound = [(at, bind) for at, bind in enumerate(binders.values()) if bind is not None]
    pick = itemgetter(*names) if len(names) > 1 else lambda row: (row[names[0]],)
    if not bound:
        yield from map(pick, rows)
        return
    for row in rows:
        values = list(pick(row))
        for at, bind in bound:
            values[at] = bind(values[at])
        yield tuple(values)


def _copy(connection: Connection, statement: str, values: Iterable[tuple[Any, ...]]) -> None:
    driver = cast("psycopg.Connection[Any]", connection.connection.driver_connection)
    with _errors_of(connection, statement), driver.cursor() as cursor, cursor.copy(statement.encode()) as copy:
        for row in values:
            copy.write_row(row)


@contextmanager
def _errors_of(connection: Connection, statement: str) -> Iterator[None]:
    """Raise the driver's errors as `execute` does, so that a failed COPY is told and tried again as any statement."""
    try:
        yield
    except psycopg.Error as error:
        told = DBAPIError.instance(
            statement, None, error, psycopg.Error, hide_parameters=True, dialect=connection.dialect
        )
        raise told from error
