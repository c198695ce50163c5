"""Why this file exists: how each database is opened for writing, and how a write is tried again.

SQLite: WAL, full synchronisation (an answered write survives a power cut), foreign keys, erased pages are
overwritten, and BEGIN IMMEDIATE so that two writers queue instead of failing half-way.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

T = TypeVar("T")
ATTEMPTS = 8
_READING = "onrecord_reading"
# Serialisation failure and deadlock: the database asks for the transaction to be run again.
RETRIED = ("40001", "40P01")


def normal_url(url: str) -> str:
    """Return the URL with the driver that we use spelt out."""
    for scheme in ("postgresql://", "postgres://"):
        if url.startswith(scheme):
            return "postgresql+psycopg://" + url.removeprefix(scheme)
    return url


def is_sqlite(url: str) -> bool:
    """Whether a URL names an SQLite file."""
    return url.startswith("sqlite:")


def sqlite_path(url: str) -> Path:
    """Return the file that an SQLite URL names."""
    return Path(url.removeprefix("sqlite:///"))


def writer(url: str) -> Engine:
    """Return the engine for writing and for long reading; a connection is opened when needed and closed after use."""
    if not is_sqlite(url):
        return create_engine(
            normal_url(url), poolclass=NullPool, hide_parameters=True, connect_args={"connect_timeout": 10}
        )
    engine = create_engine(url, poolclass=NullPool, hide_parameters=True, connect_args={"timeout": 60})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_immediate)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None
    # 64 MiB of pages: with SQLite's usual 2 a large transaction reads the same pages again and again.
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON", "cache_size=-65536"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN" if connection.get_execution_options().get(_READING) else "BEGIN IMMEDIATE")


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """Give a connection whose statements all see one moment, for long reading that keeps no writer waiting."""
    with engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            yield connection.execution_options(isolation_level="REPEATABLE READ")
        else:
            yield connection.execution_options(**{_READING: True})


def transact(engine: Engine, work: Callable[[Connection], T]) -> T:
    """Run work in one transaction and commit it; run it again when the database asks for that."""
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with engine.begin() as connection:
                return work(connection)
        except DBAPIError as error:
            state = getattr(error.orig, "sqlstate", None)
            if state not in RETRIED or attempt == ATTEMPTS:
                raise
    raise AssertionError("unreachable")
