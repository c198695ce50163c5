"""Why this file exists: a deleted row is not yet gone: its bytes are erased here, as far as a database can be told.

SQLite overwrites what it deletes, but may leave copies of a moved row in its pages, and older states in its journal:
the file is written anew, and the journal emptied. PostgreSQL keeps dead rows until they are vacuumed, and even then in
free space: the tables are written anew, with what the planner has noted of their values. Both keep what anybody who
still reads may yet see. PostgreSQL's write-ahead log, replicas and backups are its own; the log turns over with use.
"""

import re
import time
from collections.abc import Iterable

import psycopg
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

# A database that is read without a pause is waited for so long, in seconds.
PATIENCE = 60.0
PAUSE = 0.2
BUSY = (
    "what was let go of is in no answer any more, but its bytes may still stand in the database's files, "
    "because others keep it busy: give `onrecord source detach` once more"
)


class NotErased(Exception):
    """Bytes of deleted rows could not be erased, because others keep the database busy."""


def erase(engine: Engine, tables: Iterable[str]) -> None:
    """Leave no byte of deleted rows of some tables; outside a transaction, after the commit; raises NotErased."""
    try:
        if engine.dialect.name == "sqlite":
            _erase_sqlite(engine)
        else:
            with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                _erase_postgresql(connection, tables)
    except DBAPIError as error:
        raise NotErased(BUSY) from error


def _erase_sqlite(engine: Engine) -> None:
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {int(PATIENCE * 1000)}")
        cursor.execute("VACUUM")
        busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except engine.dialect.loaded_dbapi.Error as error:
        raise NotErased(BUSY) from error
    finally:
        raw.close()
    if busy:
        raise NotErased(BUSY)


def _erase_postgresql(connection: Connection, tables: Iterable[str]) -> None:
    connection.execute(text(f"SET lock_timeout = '{max(1, int(PATIENCE * 1000))}ms'"))
    give_up = time.monotonic() + PATIENCE
    for table in tables:
        # Rows that an older snapshot may still see are kept, whatever that snapshot is used for.
        while _write_anew(connection, table):
            if time.monotonic() > give_up:
                raise NotErased(BUSY)
            time.sleep(PAUSE)
    # What the planner noted of their values; where this is not allowed, the database says so and goes on.
    connection.execute(text("VACUUM (FULL) pg_statistic"))


def _write_anew(connection: Connection, table: str) -> int:
    """Write a table anew; return how many dead rows the database had to keep, as it tells in whatever language."""
    told: list[str] = []
    driver = connection.connection.driver_connection
    assert isinstance(driver, psycopg.Connection)  # noqa: S101  # For the type alone.
    listen = lambda notice: told.append(notice.message_detail or "")  # noqa: E731
    driver.add_notice_handler(listen)
    try:
        connection.execute(text(f"VACUUM (FULL, VERBOSE, ANALYZE) {table}"))
    finally:
        driver.remove_notice_handler(listen)
    return sum(int(found[0]) for detail in told if (found := re.match(r"\d+", detail)))
