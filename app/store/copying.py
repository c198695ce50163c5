"""Why this file exists: a whole database is copied into an empty one, whichever two databases these are.

Rows are read from one moment of the source and written in one transaction of the target, table by table, and never
held in memory. Indexes are made after the rows, and on PostgreSQL keys and references too, which costs a small part
of what keeping them row by row does; in the end all are as they were, and everything was checked against them.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any, cast

from sqlalchemy import Connection, Engine, Executable, Integer, Select, Table, TableClause, delete, func, select, text
from sqlalchemy.types import TypeDecorator

from app.store import fulltext, migrate
from app.store.bulk import pour

Step = Callable[[int], None]
# Rows that are read together, and so held in memory: of the largest, the documents, some ten megabytes.
READ = 1000
# SQLite writes what does not fit in here before it is finished, and sorts the rows of an index in it.
SQLITE_CACHE = "PRAGMA cache_size = -262144"


class NotEmpty(Exception):
    """The target holds something already; the text says in which table."""


class NotTheSame(Exception):
    """What arrived is not what was sent; nothing of it is kept."""


@contextmanager
def filling(engine: Engine) -> Iterator[Connection]:
    """Give a connection in one transaction that writes much into an empty database; nothing is kept when it fails.

    SQLite writes it to the file at once, with a journal that only undoes: in WAL mode everything would be written
    twice. References are not followed row by row, since a row may name one that comes later; `copy` checks them.
    """
    with engine.connect() as connection:
        if connection.dialect.name != "sqlite":
            with connection.begin():
                connection.execute(text("SET LOCAL maintenance_work_mem = '256MB'"))
                yield connection
            return
        driver = cast("Any", connection.connection.driver_connection)
        for pragma in ("PRAGMA journal_mode = DELETE", "PRAGMA foreign_keys = OFF", SQLITE_CACHE):
            driver.execute(pragma)
        with connection.begin():
            yield connection
        driver.execute("PRAGMA journal_mode = WAL")


def copy(
    source: Connection,
    target: Connection,
    tables: Sequence[Table],
    single: Iterable[Table],
    step: Step = lambda _: None,
) -> dict[str, int]:
    """Lay out the target, copy every row into it, and return how many each table has.

    `tables` come before those that refer to them. The layout itself puts a row into those that are `single`; it gives
    way to the source's. `step` hears of rows as they go by. Raises NotEmpty, UnknownLayout, NotTheSame.
    """
    fresh = migrate.current(target) is None
    migrate.upgrade_within(target)
    for table in single:
        target.execute(delete(table))
    everything: list[TableClause] = [*tables, fulltext.SEARCH]
    for one in everything:
        if target.execute(select(text("1")).select_from(one).limit(1)).first() is not None:
            raise NotEmpty(f"the database is not empty: there are rows in {one.name}")
    with _bare(target, tables):
        rows = {table.name: _copy_table(source, target, table, step, frozen=fresh) for table in tables}
        rows[fulltext.SEARCH.name] = _copy_words(source, target, step)
    _check(target, rows)
    if target.dialect.name == "postgresql":
        target.execute(text("ANALYZE"))
    return rows


def _copy_table(source: Connection, target: Connection, table: Table, step: Step, *, frozen: bool) -> int:
    count = _Count(step)
    pour(target, table, count.over(_rows(source, _reading(table))), frozen=frozen)
    return count.total


def _reading(table: Table) -> Select[Any]:
    """Return the query for every row: where the key is numbers in its order, so that trees grow at their end."""
    first = next(iter(table.primary_key)).type
    kind = first.impl if isinstance(first, TypeDecorator) else first
    return select(table).order_by(*table.primary_key) if isinstance(kind, Integer) else select(table)


def _rows(source: Connection, query: Executable) -> Iterator[Sequence[Any]]:
    """Yield rows without ever holding many, and close what reads them also when nobody asks for more."""
    with source.execute(query.execution_options(yield_per=READ)) as result:
        for part in result.partitions():
            yield from part


def _copy_words(source: Connection, target: Connection, step: Step) -> int:
    """Copy what is searched; each database makes its own index of it."""
    count = _Count(step)
    words = select(fulltext.RECORDED, fulltext.HEAD, fulltext.BODY).order_by(fulltext.RECORDED)
    entries = count.over(_rows(source, words))
    while some := list(islice(entries, READ)):
        fulltext.put(target, ((recorded, head, body) for recorded, head, body in some))
    return count.total


class _Count:
    """Counts what passes, and tells of it now and then."""

    def __init__(self, step: Step) -> None:
        self.total = 0
        self._step = step

    def over(self, rows: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
        """Pass rows on."""
        told = 0
        for row in rows:
            self.total += 1
            yield row
            if self.total - told == READ:
                told = self.total
                self._step(READ)
        self._step(self.total - told)


def _check(target: Connection, rows: dict[str, int]) -> None:
    """Raise NotTheSame unless as many rows are there as were read, and every reference finds its row."""
    for name, sent in rows.items():
        there = target.execute(select(func.count()).select_from(text(name))).scalar_one()
        if there != sent:
            raise NotTheSame(f"{name}: {sent} rows were read, and {there} are there")
    if target.dialect.name == "sqlite":
        lost = target.exec_driver_sql("PRAGMA foreign_key_check").first()
        if lost is not None:
            raise NotTheSame(f"{lost[0]}: a row refers to a row of {lost[2]} that is not there")


# --- Indexes, keys and references ----------------------------------------------------------------------------------

_SQLITE_INDEXES = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
_POSTGRESQL_CONSTRAINTS = """
    SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint
    WHERE conrelid = ANY(CAST(ARRAY[{tables}] AS regclass[])) AND contype IN ({kinds}) ORDER BY 1, 2"""
_POSTGRESQL_INDEXES = """
    SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
    WHERE indrelid = ANY(CAST(ARRAY[{tables}] AS regclass[])) AND NOT indisprimary
    AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid) ORDER BY 1"""


@contextmanager
def _bare(connection: Connection, tables: Sequence[Table]) -> Iterator[None]:
    """Take away what keeping costs with every row, and make it again in the end; raises what a row offends."""
    away, again = _sqlite(connection) if connection.dialect.name == "sqlite" else _postgresql(connection, tables)
    for statement in away:
        connection.exec_driver_sql(statement)
    yield
    for statement in again:
        connection.exec_driver_sql(statement)


def _sqlite(connection: Connection) -> tuple[list[str], list[str]]:
    found = connection.exec_driver_sql(_SQLITE_INDEXES).all()
    return [f'DROP INDEX "{name}"' for name, _ in found], [made for _, made in found]


def _postgresql(connection: Connection, tables: Sequence[Table]) -> tuple[list[str], list[str]]:
    """References go before the keys that they need, and come after them."""
    listed = ", ".join(f"'{table.name}'" for table in tables)
    found = [
        connection.exec_driver_sql(_POSTGRESQL_CONSTRAINTS.format(tables=listed, kinds=kinds)).all()
        for kinds in ("'f'", "'p', 'u'")
    ]
    listed = f"{listed}, '{fulltext.SEARCH.name}'"
    indexes = connection.exec_driver_sql(_POSTGRESQL_INDEXES.format(tables=listed)).all()
    away = [f"ALTER TABLE {table} DROP CONSTRAINT {name}" for some in found for table, name, _ in some]
    references, keys = (
        [f"ALTER TABLE {table} ADD CONSTRAINT {name} {made}" for table, name, made in one] for one in found
    )
    return [*away, *(f"DROP INDEX {name}" for name, _ in indexes)], [*keys, *(made for _, made in indexes), *references]
