"""Why this file exists: many rows at once, by the quickest way that each database has."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from operator import itemgetter
from typing import Any, cast

import psycopg
from sqlalchemy import Connection, Dialect, Table, insert
from sqlalchemy.exc import DBAPIError

from app.store.base import Row

# Below this a statement with parameters is quicker than making one for many rows, or opening a COPY.
FEW = 20
# Which of the values of a row a driver takes only in another form, and what gives it that.
_Binder = tuple[int, Callable[[Any], Any]]


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
    pick = itemgetter(*names) if len(names) > 1 else lambda row: (row[names[0]],)
    values = _bound(connection.dialect, table, names, map(pick, rows))
    if connection.dialect.name == "postgresql":
        _copy(connection, f"COPY {_target(connection, table, names)} FROM STDIN", values)
    else:
        # The same statement as above, without what SQLAlchemy does for each row beyond the types of its columns.
        connection.exec_driver_sql(_insertion(connection, table, names), list(values))


def pour(connection: Connection, table: Table, rows: Iterable[Sequence[Any]], *, frozen: bool = False) -> None:
    """Insert rows with a value for every column in the table's order, however many, without ever holding them all.

    `frozen` spares PostgreSQL to look at them again later; it takes that only for a table made in this transaction.
    """
    names = table.columns.keys()
    values = _bound(connection.dialect, table, names, rows)
    if connection.dialect.name == "postgresql":
        freeze = " (FREEZE)" if frozen else ""
        _copy(connection, f"COPY {_target(connection, table, names)} FROM STDIN{freeze}", values)
    else:
        statement = _insertion(connection, table, names)
        driver = cast("sqlite3.Connection", connection.connection.driver_connection)
        with _errors_of(connection, statement):
            driver.executemany(statement, values).close()


def _target(connection: Connection, table: Table, names: Iterable[str]) -> str:
    preparer = connection.dialect.identifier_preparer
    return f"{preparer.format_table(table)} ({', '.join(map(preparer.quote, names))})"


def _insertion(connection: Connection, table: Table, names: Sequence[str]) -> str:
    """Return SQLite's statement for one row."""
    return f"INSERT INTO {_target(connection, table, names)} VALUES ({', '.join('?' for _ in names)})"  # noqa: S608


def _bound(
    dialect: Dialect, table: Table, names: Iterable[str], rows: Iterable[Sequence[Any]]
) -> Iterable[Sequence[Any]]:
    """Return the values of each row as the driver takes them."""
    binders = [table.c[name].type.dialect_impl(dialect).bind_processor(dialect) for name in names]
    bound: list[_Binder] = [(at, bind) for at, bind in enumerate(binders) if bind is not None]
    return _each_bound(bound, rows) if bound else rows


def _each_bound(bound: list[_Binder], rows: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    for row in rows:
        values = list(row)
        for at, bind in bound:
            values[at] = bind(values[at])
        yield tuple(values)


def _copy(connection: Connection, statement: str, values: Iterable[Sequence[Any]]) -> None:
    driver = cast("psycopg.Connection[Any]", connection.connection.driver_connection)
    with _errors_of(connection, statement), driver.cursor() as cursor, cursor.copy(statement.encode()) as copy:
        for row in values:
            copy.write_row(row)


@contextmanager
def _errors_of(connection: Connection, statement: str) -> Iterator[None]:
    """Raise the driver's errors as `execute` does, so that what fails is told and tried again as any statement."""
    drivers = connection.dialect.loaded_dbapi.Error
    try:
        yield
    except drivers as error:
        told = DBAPIError.instance(statement, None, error, drivers, hide_parameters=True, dialect=connection.dialect)
        raise told from error
