"""Why this file exists: the hot read path. Statements are built with Core, compiled once, and run on the driver.

Results are the driver's own tuples: nothing is decoded that is only going to be handed out. SQLite is read in the
event loop (a point read costs about ten microseconds, less than a thread switch), PostgreSQL through an async pool.
"""

import asyncio
import sqlite3
import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol, cast

import psycopg
from psycopg_pool import AsyncConnectionPool, PoolTimeout
from sqlalchemy import ClauseElement, Dialect
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url

from app.store.engine import is_sqlite, normal_url, sqlite_path
from app.store.waiting import Connection

Parameters = Mapping[str, Any]
# Steps of SQLite's machine after which it asks whether to go on, and how often it may: about a millisecond together.
STEPS, SHARE = 10_000, 4
THREADS = 2
# Ways of PostgreSQL to go through a whole table, where every statement of ours has an index to walk and look up by.
# Its statistics know nothing of a set that a statement gathers first, and nothing at all after a bulk load; compiling
# pays off for no statement that is answered in milliseconds.
PLANNED_WITHOUT = ("enable_seqscan", "enable_hashjoin", "enable_mergejoin", "jit")


# The language of each database, by its name, with the parameters as the drivers take them.
DIALECTS: Mapping[str, Dialect] = {
    "sqlite": sqlite.dialect(paramstyle="named"),
    "postgresql": postgresql.psycopg.dialect(),  # type: ignore[no-untyped-call]
}


class StoreUnavailable(Exception):
    """The database cannot be reached or is not laid out yet."""


class _Interrupted(StoreUnavailable):
    """A statement in the event loop took too long, and is to be run in a thread."""


class Statement:
    """A Core statement and its text for each database, compiled when first run."""

    def __init__(self, clause: ClauseElement, *, planned_once: bool = True) -> None:
        """Take a clause; without `planned_once` a database plans it anew for the values of every run."""
        self.clause = clause
        self.planned_once = planned_once
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

    @property
    def dialect(self) -> Dialect:
        """Return the language of its database."""

    async def open(self) -> None:
        """Connect; raises StoreUnavailable."""

    async def rows(self, statement: Statement, parameters: Parameters) -> list[tuple[Any, ...]]:
        """Return every row of a statement; raises StoreUnavailable."""

    async def long_rows(self, statement: Statement, parameters: Parameters) -> list[tuple[Any, ...]]:
        """Return every row of a statement that may take long, keeping nobody else waiting; raises StoreUnavailable."""

    async def close(self) -> None:
        """Give every connection back."""


class SqliteReader:
    """Reads an SQLite file through read-only connections: in the event loop, and what takes long in a thread.

    What may take long is begun in the event loop too, since it seldom does, and interrupted after about a millisecond
    to be run again in a thread.
    """

    dialect = DIALECTS["sqlite"]

    def __init__(self, url: str) -> None:
        self._path = sqlite_path(url)
        self._connection: sqlite3.Connection | None = None
        self._hasty: sqlite3.Connection | None = None
        self._steps = 0
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="reader", initializer=self._begin_thread)
        self._mine = threading.local()
        self._opened: list[sqlite3.Connection] = []

    async def open(self) -> None:
        """Connect read-only; the file must exist."""
        self._connect()

    def _connect(self) -> sqlite3.Connection:
        self._connection = self._opened_connection()
        self._hasty = self._opened_connection()
        self._hasty.set_progress_handler(self._count_steps, STEPS)
        return self._connection

    def _opened_connection(self) -> sqlite3.Connection:
        uri = self._path.resolve().as_uri() + "?mode=ro"
        try:
            connection = sqlite3.connect(
                uri, uri=True, isolation_level=None, check_same_thread=False, timeout=5, cached_statements=512
            )
            connection.execute("PRAGMA mmap_size=268435456")
            connection.execute("PRAGMA cache_size=-65536")
        except sqlite3.Error as error:
            raise StoreUnavailable(reason(error)) from error
        self._opened.append(connection)
        return connection

    def _count_steps(self) -> bool:
        """Say whether a statement in the event loop has taken its share of steps; the first call may come early."""
        self._steps += 1
        return self._steps > SHARE

    def _begin_thread(self) -> None:
        self._mine.connection = None

    async def rows(self, statement: Statement, parameters: Parameters) -> list[tuple[Any, ...]]:
        """Run a statement; a database that was missing before is opened now."""
        return self._run(self._connection or self._connect(), statement, parameters)

    async def long_rows(self, statement: Statement, parameters: Parameters) -> list[tuple[Any, ...]]:
        """Run a statement in the event loop for a moment, and in a thread when that was not enough."""
        if self._hasty is None:
            self._connect()
        self._steps = 0
        try:
            return self._run(cast(sqlite3.Connection, self._hasty), statement, parameters)
        except _Interrupted:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._threads, self._run_in_thread, statement, parameters)

    def _run_in_thread(self, statement: Statement, parameters: Parameters) -> list[tuple[Any, ...]]:
        if self._mine.connection is None:
            self._mine.connection = self._opened_connection()
        return self._run(self._mine.connection, statement, parameters)

    def _run(
        self, connection: sqlite3.Connection, statement: Statement, parameters: Parameters
    ) -> list[tuple[Any, ...]]:
        text, brought = statement.compiled(self.dialect)
        try:
            return connection.execute(text, {**brought, **parameters}).fetchall()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
                raise _Interrupted(reason(error)) from error
            raise StoreUnavailable(reason(error)) from error
        except sqlite3.Error as error:
            raise StoreUnavailable(reason(error)) from error

    async def close(self) -> None:
        """Close every connection, after what still runs."""
        self._threads.shutdown(wait=True)
        while self._opened:
            self._opened.pop().close()
        self._connection = self._hasty = None


class PostgresReader:
    """Reads PostgreSQL through an async pool of read-only, autocommitting connections."""

    dialect = DIALECTS["postgresql"]

    def __init__(self, url: str, connections: int) -> None:
        # Keywords, read from the URL as for writing: a string that cannot be read would be logged, password and all.
        _, given = self.dialect.create_connect_args(make_url(normal_url(url)))
        settings = ("default_transaction_read_only=on", *(f"{name}=off" for name in PLANNED_WITHOUT))
        options = " ".join((given.get("options", ""), *(f"-c {one}" for one in settings))).strip()
        keywords = {**given, "options": options, "autocommit": True, "connect_timeout": 10}
        self._pool = AsyncConnectionPool(
            "",
            connection_class=Connection,
            min_size=min(2, connections),
            max_size=connections,
            kwargs=keywords,
            open=False,
            timeout=5,
        )

    async def open(self) -> None:
        """Start the pool; it connects in the background, so a database that comes late is no failure."""
        await self._pool.open()

    async def rows(self, statement: Statement, parameters: Parameters) -> list[tuple[Any, ...]]:
        """Run a statement with binary results, so that stored bytes arrive as bytes."""
        text, brought = statement.compiled(self.dialect)
        try:
            # Not `pool.connection()`, which ends a transaction that an autocommitting connection never begins: 7 µs.
            connection = await self._pool.getconn()
            try:
                cursor = connection.cursor(binary=True)
                prepare = None if statement.planned_once else False
                await cursor.execute(text.encode(), {**brought, **parameters}, prepare=prepare)
                return await cursor.fetchall()
            finally:
                await self._pool.putconn(connection)
        except (psycopg.Error, PoolTimeout) as error:
            raise StoreUnavailable(reason(error)) from error

    async def long_rows(self, statement: Statement, parameters: Parameters) -> list[tuple[Any, ...]]:
        """Run a statement: the server is another process, so that nobody waits here anyway."""
        return await self.rows(statement, parameters)

    async def close(self) -> None:
        """Close the pool."""
        await self._pool.close()


def reason(error: Exception) -> str:
    """Return the kind of a fault and its first line, for the log; the lines after it may hold data."""
    return f"{type(error).__name__}: {next(iter(str(error).splitlines()), '')}"


def reader(url: str, connections: int) -> Reader:
    """Return the reader of the database that a URL names."""
    return SqliteReader(url) if is_sqlite(url) else PostgresReader(url, connections)
