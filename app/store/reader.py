"""Why this file exists: the hot read path. Statements are built with Core, compiled once, and run on the driver.

Results are the driver's own tuples: nothing is decoded that is only going to be handed out. SQLite is read in the
event loop (a point read costs about ten microseconds, less than a thread switch), PostgreSQL through an async pool.
"""

import sqlite3
from collections.abc import Mapping
from typing import Any, Protocol

import psycopg
from psycopg_pool import AsyncConnectionPool, PoolTimeout
from sqlalchemy import ClauseElement, Dialect
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url

from app.store.engine import is_sqlite, normal_url, sqlite_path

Parameters = Mapping[str, Any]


class StoreUnavailable(Exception):
    """The database cannot be reached or is not laid out yet."""


class Statement:
    """A Core statement and its text for each database, compiled when first run."""

    def __init__(self, clause: ClauseElement) -> None:
        self.clause = clause
        self._compiled: dict[str, tuple[str, dict[str, Any]]] = {}

    def compiled(self, dialect: Dialect) -> tuple[str, dict[str, Any]]:
        """Return the SQL text for a dialect, with named parameters, and the values that the text itself brings."""
        found = self._compiled.get(dialect.name)
        if found is None:
            made = self.clause.compile(dialect=dialect)
            brought = {name: value for name, value in made.params.items() if value is not None}
            found = self._compiled[dialect.name] = (str(made), brought)
        return found


class Reader(Protocol):
    """Reads committed rows; one statement is one snapshot."""

    async def open(self) -> None:
        """Connect; raises StoreUnavailable."""

    async def rows(self, statement: Statement, parameters: Parameters) -> list[tuple[Any, ...]]:
        """Return every row of a statement; raises StoreUnavailable."""

    async def close(self) -> None:
        """Give every connection back."""


class SqliteReader:
    """Reads an SQLite file in the event loop through one read-only connection."""

    dialect = sqlite.dialect(paramstyle="named")

    def __init__(self, url: str) -> None:
        self._path = sqlite_path(url)
        self._connection: sqlite3.Connection | None = None

    async def open(self) -> None:
        """Connect read-only; the file must exist."""
        self._connect()

    def _connect(self) -> sqlite3.Connection:
        uri = self._path.resolve().as_uri() + "?mode=ro"
        try:
            connection = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False, timeout=5)
            connection.execute("PRAGMA mmap_size=268435456")
            connection.execute("PRAGMA cache_size=-65536")
        except sqlite3.Error as error:
            raise StoreUnavailable(_reason(error)) from error
        self._connection = connection
        return connection

    async def rows(self, statement: Statement, parameters: Parameters) -> list[tuple[Any, ...]]:
        """Run a statement; a database that was missing before is opened now."""
        connection = self._connection or self._connect()
        text, brought = statement.compiled(self.dialect)
        try:
            return connection.execute(text, {**brought, **parameters}).fetchall()
        except sqlite3.Error as error:
            raise StoreUnavailable(_reason(error)) from error

    async def close(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class PostgresReader:
    """Reads PostgreSQL through an async pool of read-only, autocommitting connections."""

    dialect = postgresql.psycopg.dialect()  # type: ignore[no-untyped-call]

    def __init__(self, url: str, connections: int) -> None:
        # Keywords, read from the URL as for writing: a string that cannot be read would be logged, password and all.
        _, given = self.dialect.create_connect_args(make_url(normal_url(url)))  # type: ignore[no-untyped-call]
        options = f"{given.get('options', '')} -c default_transaction_read_only=on".strip()
        keywords = {**given, "options": options, "autocommit": True, "connect_timeout": 10}
        self._pool = AsyncConnectionPool(
            "", min_size=min(2, connections), max_size=connections, kwargs=keywords, open=False, timeout=5
        )

    async def open(self) -> None:
        """Start the pool; it connects in the background, so a database that comes late is no failure."""
        await self._pool.open()

    async def rows(self, statement: Statement, parameters: Parameters) -> list[tuple[Any, ...]]:
        """Run a statement with binary results, so that stored bytes arrive as bytes."""
        text, brought = statement.compiled(self.dialect)
        try:
            async with self._pool.connection() as connection, connection.cursor(binary=True) as cursor:
                await cursor.execute(text.encode(), {**brought, **parameters})
                return await cursor.fetchall()
        except (psycopg.Error, PoolTimeout) as error:
            raise StoreUnavailable(_reason(error)) from error

    async def close(self) -> None:
        """Close the pool."""
        await self._pool.close()


def _reason(error: Exception) -> str:
    """Return the kind of a fault and its first line, for the log; the lines after it may hold data."""
    return f"{type(error).__name__}: {next(iter(str(error).splitlines()), '')}"


def reader(url: str, connections: int) -> Reader:
    """Return the reader of the database that a URL names."""
    return SqliteReader(url) if is_sqlite(url) else PostgresReader(url, connections)
