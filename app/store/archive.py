"""Why this file exists: what takes several statements of one moment, or long, is read in a thread, in one snapshot.

The hot path reads with one statement in the event loop. Time travel, history, the feed and exports ask again and again
of the same moment: each gets a connection of its own whose statements all see the same committed rows.
"""

import asyncio
import sqlite3
import threading
from collections.abc import AsyncGenerator, Callable, Coroutine, Generator, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import Any, TypeVar

import psycopg
from sqlalchemy import Connection, Dialect, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as SQLAlchemyTimeout
from sqlalchemy.pool import QueuePool

from app.store.engine import is_sqlite, normal_url, snapshot, sqlite_path
from app.store.reader import DIALECTS, PLANNED_WITHOUT, Parameters, Statement, StoreUnavailable, reason

T = TypeVar("T")
# So many read at once, and so many may wait for their turn; who comes then is told to come again.
THREADS, WAITING = 4, 32


class Busy(StoreUnavailable):
    """More is being read at this moment than there is room for."""


class SnapshotReader:
    """The hot path's reader over one snapshot: what it gives is there at once, in the thread that asks."""

    def __init__(self, connection: Connection) -> None:
        self._driver: Any = connection.connection.driver_connection
        self._postgresql = connection.dialect.name == "postgresql"
        self.dialect: Dialect = DIALECTS[connection.dialect.name]

    def fetch(self, statement: Statement, parameters: Parameters) -> list[tuple[Any, ...]]:
        """Return every row of a statement; raises the driver's errors."""
        text, brought = statement.compiled(self.dialect)
        given: Mapping[str, Any] = {**brought, **parameters}
        if not self._postgresql:
            return list(self._driver.execute(text, given))
        with self._driver.cursor(binary=True) as cursor:
            cursor.execute(text.encode(), given, prepare=None if statement.planned_once else False)
            return list(cursor.fetchall())

    async def open(self) -> None:
        """It is open."""

    async def close(self) -> None:
        """Whoever made the snapshot closes it."""

    async def rows(self, statement: Statement, parameters: Parameters) -> list[tuple[Any, ...]]:
        """Return every row of a statement."""
        return self.fetch(statement, parameters)

    async def long_rows(self, statement: Statement, parameters: Parameters) -> list[tuple[Any, ...]]:
        """Return every row of a statement: nobody else waits in this thread."""
        return self.fetch(statement, parameters)


class Snapshot:
    """One moment of the database, in the thread that reads it."""

    def __init__(self, connection: Connection, runner: asyncio.Runner) -> None:
        self.connection = connection
        # Whatever is asked through SQLAlchemy or past it belongs to the same transaction, which begins here.
        connection.begin()
        self.reader = SnapshotReader(connection)
        self._runner = runner

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Run what is written for the event loop to its end, in this thread."""
        return self._runner.run(coroutine)


class Archive:
    """Reads snapshots for one application."""

    def __init__(self, url: str) -> None:
        self._engine = _engine(url)
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="archive")
        self._room = threading.BoundedSemaphore(THREADS + WAITING)

    async def read(self, work: Callable[[Snapshot], T]) -> T:
        """Do what reads one snapshot, in a thread; raises StoreUnavailable, or Busy when too many wait."""
        if not self._room.acquire(blocking=False):
            raise Busy("too much is being read at this moment")
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, self._read, work)
        finally:
            self._room.release()

    def _read(self, work: Callable[[Snapshot], T]) -> T:
        with self._snapshot() as found:
            return work(found)

    async def stream(self, work: Callable[[Snapshot], Iterator[bytes]]) -> AsyncGenerator[bytes, None]:
        """Yield what a walk over one snapshot yields, one piece ahead; it ends when nobody takes any more.

        Each walk has a thread of its own, so that a long one keeps nobody waiting; whoever offers walks bounds them.
        """
        loop = asyncio.get_running_loop()
        with ThreadPoolExecutor(1, thread_name_prefix="walk") as thread:
            walk = self._walk(work)
            upcoming = loop.run_in_executor(thread, next, walk, None)
            try:
                while (piece := await upcoming) is not None:
                    upcoming = loop.run_in_executor(thread, next, walk, None)
                    yield piece
            finally:
                # What runs ends first: then the walk is at rest and can be closed, with its snapshot.
                await asyncio.wait([upcoming])
                await asyncio.shield(loop.run_in_executor(thread, walk.close))

    def _walk(self, work: Callable[[Snapshot], Iterator[bytes]]) -> Generator[bytes, None, None]:
        with self._snapshot() as found:
            yield from work(found)

    @contextmanager
    def _snapshot(self) -> Iterator[Snapshot]:
        try:
            with snapshot(self._engine) as connection, asyncio.Runner() as runner:
                yield Snapshot(connection, runner)
        except (DBAPIError, SQLAlchemyTimeout, psycopg.Error, sqlite3.Error) as error:
            raise StoreUnavailable(reason(getattr(error, "orig", None) or error)) from error

    def close(self) -> None:
        """Close every connection, after what still runs."""
        self._threads.shutdown(wait=True)
        self._engine.dispose()


def _engine(url: str) -> Engine:
    """Return an engine that only reads, whose connections are kept for the next who asks."""
    if not is_sqlite(url):
        options = " ".join(f"-c {one}=off" for one in PLANNED_WITHOUT)
        given = {"connect_timeout": 10, "options": f"-c default_transaction_read_only=on {options}"}
        return create_engine(
            normal_url(url), pool_size=THREADS, max_overflow=8, pool_timeout=5, hide_parameters=True,
            pool_pre_ping=True, connect_args=given,
        )  # fmt: skip
    # A path with a question mark in it, or a space, is still a path.
    uri = f"{sqlite_path(url).resolve().as_uri()}?mode=ro"
    engine = create_engine(
        "sqlite://",
        poolclass=QueuePool,
        pool_size=THREADS,
        max_overflow=8,
        hide_parameters=True,
        creator=partial(_connect, uri),
    )
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    return engine


def _connect(uri: str) -> sqlite3.Connection:
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False, timeout=5)
    connection.execute("PRAGMA mmap_size=268435456")
    return connection
