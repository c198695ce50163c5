"""Why this file exists: many rows at once, by the quickest way that each database has."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, cast

import psycopg
from sqlalchemy import Connection, Table, insert
from sqlalchemy.exc import DBAPIError

from app.store.base import Row

# Below this a statement with parameters is quicker than opening a COPY.
FEW = 20


def insert_rows(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows that all have the same columns; raises what the database raises for a row that breaks a rule.

    A column that the rows do not name gets what the database gives it, so no table may have a default in the program.
    """
    if not rows:
        return
    if connection.dialect.name != "postgresql" or len(rows) < FEW:
        connection.execute(insert(table), rows)
        return
    names = list(rows[0])
    columns = ", ".join(connection.dialect.identifier_preparer.quote(name) for name in names)
    binders = [table.c[name].type.dialect_impl(connection.dialect).bind_processor(connection.dialect) for name in names]
    driver = cast("psycopg.Connection[Any]", connection.connection.driver_connection)
    statement = f"COPY {connection.dialect.identifier_preparer.format_table(table)} ({columns}) FROM STDIN"
    with _errors_of(connection, statement), driver.cursor() as cursor, cursor.copy(statement.encode()) as copy:
        for row in rows:
            copy.write_row(
                [row[name] if bind is None else bind(row[name]) for name, bind in zip(names, binders, strict=True)]
            )


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
