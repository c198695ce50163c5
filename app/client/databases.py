"""Why this file exists: the two kinds of database that a copy can be in; nothing else of the client knows which it is.

Statements are written with `?`. A transaction is one page of the feed: whatever ends it early leaves nothing behind.
"""

import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, ClassVar

from app.client.errors import CopyFault

Row = tuple[Any, ...]
MOST_BOUND = 500


class Database(ABC):
    """A database of a copy: one connection, used by one pull."""

    # How the kinds of columns are called here.
    kinds: ClassVar[Mapping[str, str]]

    @abstractmethod
    def run(self, statement: str, values: Sequence[Any] = ()) -> int:
        """Run a statement; return how many rows it touched."""

    @abstractmethod
    def rows(self, statement: str, values: Sequence[Any] = ()) -> list[Row]:
        """Return the rows of a query."""

    @abstractmethod
    def each(self, statement: str) -> Iterator[Row]:
        """Yield the rows of a long query, holding few of them."""

    @abstractmethod
    def many(self, statement: str, rows: Iterable[Row]) -> None:
        """Run a statement for each row."""

    @abstractmethod
    def add(self, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
        """Add rows that are new, as fast as it goes."""

    @abstractmethod
    def transaction(self) -> Any:
        """Give a transaction: all that happens in it, or nothing."""

    @abstractmethod
    def purge(self, tables: Iterable[str]) -> None:
        """Let nothing of what was deleted remain in the files."""

    @abstractmethod
    def columns(self, table: str) -> list[str]:
        """Return the names of a table's columns; none when there is no such table."""

    @abstractmethod
    def close(self) -> None:
        """Let go of the database."""

    def among(self, statement: str, values: Iterable[Any]) -> list[Row]:
        """Return the rows of a query whose `(…)` stands for some values, however many."""
        found: list[Row] = []
        for some in batches(values):
            found += self.rows(statement.replace("(…)", f"({', '.join('?' * len(some))})"), some)
        return found

    def run_among(self, statement: str, values: Iterable[Any]) -> int:
        """Run a statement whose `(…)` stands for some values; return how many rows it touched."""
        touched = 0
        for some in batches(values):
            touched += self.run(statement.replace("(…)", f"({', '.join('?' * len(some))})"), some)
        return touched


def batches(values: Iterable[Any]) -> Iterator[list[Any]]:
    """Yield values in lists that a statement can hold."""
    whole = list(values)
    return (whole[at : at + MOST_BOUND] for at in range(0, len(whole), MOST_BOUND))


class Sqlite(Database):
    """A copy in one SQLite file, and a journal beside it while it is written."""

    kinds = MappingProxyType(
        {
            "text": "TEXT",
            "integer": "INTEGER",
            # Numbers of at most 15 digits are kept to the digit.
            "decimal": "NUMERIC",
            "boolean": "BOOLEAN",
            "date": "TEXT",
            "instant": "TEXT",
        }
    )

    def __init__(self, path: Path) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, isolation_level=None, timeout=60, check_same_thread=False)
            self._db.execute("PRAGMA journal_mode = WAL")
        except (OSError, sqlite3.Error) as error:
            raise CopyFault(f"{path}: {error}") from None
        self._db.execute("PRAGMA synchronous = NORMAL")
        # What is deleted is overwritten where it stood.
        self._db.execute("PRAGMA secure_delete = ON")
        self._db.execute("PRAGMA cache_size = -65536")
        self._db.execute("PRAGMA wal_autocheckpoint = 4000")

    def run(self, statement: str, values: Sequence[Any] = ()) -> int:
        """Run a statement."""
        return self._db.execute(statement, values).rowcount

    def rows(self, statement: str, values: Sequence[Any] = ()) -> list[Row]:
        """Return the rows of a query."""
        return self._db.execute(statement, values).fetchall()

    def each(self, statement: str) -> Iterator[Row]:
        """Yield the rows of a long query."""
        cursor = self._db.execute(statement)
        try:
            yield from cursor
        finally:
            cursor.close()

    def many(self, statement: str, rows: Iterable[Row]) -> None:
        """Run a statement for each row."""
        self._db.executemany(statement, rows)

    def add(self, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
        """Add rows."""
        names = ", ".join(quoted(one) for one in columns)
        marks = ", ".join("?" * len(columns))
        self._db.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)  # noqa: S608 - names of ours

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Give a transaction."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def purge(self, tables: Iterable[str]) -> None:
        """Write the whole file anew, and empty the journal."""
        self._db.execute("VACUUM")
        (busy, *_) = self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise CopyFault("somebody reads the copy, so the journal still holds what was erased; pull again")

    def columns(self, table: str) -> list[str]:
        """Return the names of a table's columns."""
        return [row[1] for row in self._db.execute(f"PRAGMA table_info({table})")]

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()


@lru_cache
def _psycopg(statement: str) -> Any:
    return statement.replace("?", "%s")


class Postgresql(Database):
    """A copy in a schema of its own of a PostgreSQL database."""

    kinds = MappingProxyType(
        {
            "text": "text",
            "integer": "bigint",
            "decimal": "numeric",
            "boolean": "boolean",
            "date": "date",
            "instant": "timestamptz",
        }
    )

    def __init__(self, url: str, schema: str) -> None:
        try:
            import psycopg  # noqa: PLC0415 - an extra, needed only here
        except ModuleNotFoundError:
            raise CopyFault("a copy in PostgreSQL needs `pip install onrecord[postgresql]`") from None
        try:
            self._db = psycopg.connect(url.replace("+psycopg", "", 1), autocommit=True)
            self._db.execute(_psycopg(f"CREATE SCHEMA IF NOT EXISTS {quoted(schema)}"))
            self._db.execute(_psycopg(f"SET search_path = {quoted(schema)}"))
        except psycopg.Error as error:
            # What repeats the URL, or a part of it, may repeat a password.
            told = next(iter(str(error).splitlines()), "")
            unsafe = not told or "@" in told or not isinstance(error, psycopg.OperationalError)
            reason = "its URL is none that PostgreSQL takes" if unsafe else told
            raise CopyFault(f"the database cannot be used: {reason}") from None
        self._schema = schema

    def run(self, statement: str, values: Sequence[Any] = ()) -> int:
        """Run a statement."""
        return self._db.execute(_psycopg(statement), values or None).rowcount

    def rows(self, statement: str, values: Sequence[Any] = ()) -> list[Row]:
        """Return the rows of a query."""
        return self._db.execute(_psycopg(statement), values or None).fetchall()

    def each(self, statement: str) -> Iterator[Row]:
        """Yield the rows of a long query."""
        with self._db.transaction(), self._db.cursor(name="each") as cursor:
            cursor.itersize = 1000
            cursor.execute(_psycopg(statement))
            yield from cursor

    def many(self, statement: str, rows: Iterable[Row]) -> None:
        """Run a statement for each row, without waiting for each."""
        with self._db.cursor() as cursor:
            cursor.executemany(_psycopg(statement), rows)

    def add(self, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
        """Add rows by COPY."""
        if not rows:
            return
        names = ", ".join(quoted(one) for one in columns)
        with self._db.cursor() as cursor, cursor.copy(_psycopg(f"COPY {table} ({names}) FROM STDIN")) as copy:
            for row in rows:
                copy.write_row(row)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Give a transaction."""
        with self._db.transaction():
            yield

    def purge(self, tables: Iterable[str]) -> None:
        """Write the tables anew."""
        for table in tables:
            self._db.execute(_psycopg(f"VACUUM FULL {table}"))

    def columns(self, table: str) -> list[str]:
        """Return the names of a table's columns."""
        query = (
            "SELECT column_name FROM information_schema.columns"
            " WHERE table_schema = ? AND table_name = ? ORDER BY ordinal_position"
        )
        return [name for (name,) in self.rows(query, (self._schema, table.strip('"')))]

    def close(self) -> None:
        """Let go of the database."""
        self._db.close()


def quoted(name: str) -> str:
    """Return a name as SQL takes it."""
    return '"' + name.replace('"', '""') + '"'
