"""No list scans a table: every statement of every question explained on a world, `python -m benchmarks.plans URL`.

The statements are those that the application runs: they are noted on their way to the database, and explained with
the values that they were run with. What may be scanned is said in `allowed`; anything else is printed, and is a fault.
"""

import argparse
import asyncio
import re
import sys
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import httpx
from fastapi import FastAPI
from sqlalchemy import Connection, Dialect, text

from app.finding.finder import Finder
from app.kit.settings import Settings
from app.main import create_app
from app.store.engine import writer
from app.store.reader import PLANNED_WITHOUT, Parameters, PostgresReader, Reader, Statement
from benchmarks.questions import Ask, everything

# A table of so few pages is read whole as quickly as by any index.
FEW_PAGES = 8
_WITHIN = re.compile(r"(\w+) AS\s+(?:MATERIALIZED\s+)?\(|\) AS \"?(\w+)")
_FOUND_BY_WORDS = re.compile(r"VIRTUAL TABLE INDEX \d+:(.*)")


class Run(NamedTuple):
    """A statement that was run, as text for its database, with the values that were bound."""

    text: str
    values: dict[str, Any]


class Noting:
    """A reader that notes what it is asked to run."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.runs: list[Run] = []

    @property
    def dialect(self) -> Dialect:
        return self._reader.dialect

    async def open(self) -> None:
        await self._reader.open()

    async def rows(self, statement: Statement, parameters: Parameters) -> list[tuple[Any, ...]]:
        self._note(statement, parameters)
        return await self._reader.rows(statement, parameters)

    async def long_rows(self, statement: Statement, parameters: Parameters) -> list[tuple[Any, ...]]:
        self._note(statement, parameters)
        return await self._reader.long_rows(statement, parameters)

    async def close(self) -> None:
        await self._reader.close()

    def _note(self, statement: Statement, parameters: Parameters) -> None:
        sql, brought = statement.compiled(self.dialect)
        self.runs.append(Run(sql, {**brought, **parameters}))


class Fault(NamedTuple):
    """A scan that nothing allows, the question that brought it about, and the statement."""

    ask: Ask
    scan: str
    statement: str


def noting(url: str) -> tuple[FastAPI, Noting]:
    """Return the application on a database, and what notes its statements."""
    app = create_app(Settings(database_url=url, log_level="error"))
    noted = Noting(app.state.reader)
    app.state.reader, app.state.finder = noted, Finder(noted)
    return app, noted


async def asked(url: str, asks: Iterable[Ask]) -> list[tuple[Ask, Run]]:
    """Ask everything, and return what was run for it; a statement that was run before is left out on SQLite.

    There the plan depends on the text alone. PostgreSQL plans by the values.
    """
    app, noted = noting(url)
    found: dict[Any, tuple[Ask, Run]] = {}
    by_values = isinstance(noted.dialect, PostgresReader.dialect.__class__)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://plans") as client,
    ):
        for one in asks:
            noted.runs.clear()
            answer = await client.get(one.path)
            if answer.status_code != 200:
                raise RuntimeError(f"{one.path}: {answer.text}")
            for run in noted.runs:
                key = (run.text, *map(str, run.values.values())) if by_values else run.text
                found.setdefault(key, (one, run))
    return list(found.values())


def scans(connection: Connection, run: Run) -> Iterator[str]:
    """Yield every scan of a statement that nothing allows."""
    if connection.dialect.name == "sqlite":
        yield from _sqlite_scans(connection, run)
    else:
        yield from _postgres_scans(connection, run)


def _sqlite_scans(connection: Connection, run: Run) -> Iterator[str]:
    within = {name for pair in _WITHIN.findall(run.text) for name in pair if name}
    driver: Any = connection.connection.driver_connection
    for *_, detail in driver.execute(f"EXPLAIN QUERY PLAN {run.text}", run.values):
        word, _, rest = detail.partition(" ")
        # An automatic index is of what was gathered, and the table on the other side is gone through whole; a search
        # without a condition goes through its index.
        through = word == "SEARCH" and ("AUTOMATIC" in rest or "(" not in rest)
        if through or (word == "SCAN" and not _allowed(rest, within)):
            yield detail


def _allowed(scanned: str, within: set[str]) -> bool:
    """Return whether a scan is of what the statement itself has gathered, or of what the words find."""
    name = scanned.split(" ", 1)[0]
    if words := _FOUND_BY_WORDS.search(scanned):
        return "M" in words[1] or words[1] == "="
    return name in within or scanned == "CONSTANT ROW" or name.startswith("(")


def _postgres_scans(connection: Connection, run: Run) -> Iterator[str]:
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor:
        for way in PLANNED_WITHOUT:
            cursor.execute(f"SET {way} = off")
        ((plans,),) = cursor.execute(f"EXPLAIN (FORMAT JSON) {run.text}", run.values).fetchall()
    for node, stops in _nodes(plans[0]["Plan"], stops=False):
        name = node.get("Relation Name", "")
        index = node.get("Index Name", "")
        # A condition that says nothing of the index's first column is looked for through the whole index.
        walked = index and not stops and _first_column(connection, index) not in node.get("Index Cond", "")
        if (node["Node Type"] == "Seq Scan" or walked) and _pages(connection, name or index) > FEW_PAGES:
            yield f"{node['Node Type']} of {name or index}"


def _nodes(node: dict[str, Any], *, stops: bool) -> Iterator[tuple[dict[str, Any], bool]]:
    """Yield every step of a plan, and whether it stops as soon as a limit above it is reached."""
    yield node, stops
    kind = node["Node Type"]
    below = kind == "Limit" or (stops and kind not in ("Sort", "Incremental Sort", "Aggregate", "WindowAgg"))
    for one in node.get("Plans", ()):
        # Only what leads a join stops with it; and what a plan makes beforehand is made whole.
        leads = one.get("Parent Relationship") in ("Outer", "Subquery", "Member")
        yield from _nodes(one, stops=below and leads)


def _first_column(connection: Connection, index: str) -> str:
    query = text("SELECT attname FROM pg_attribute WHERE attrelid = CAST(:name AS regclass) AND attnum = 1")
    return str(connection.execute(query, {"name": index}).scalar())


def _pages(connection: Connection, name: str) -> int:
    found = connection.execute(text("SELECT pg_relation_size(CAST(:name AS regclass)) / 8192"), {"name": name})
    return int(found.scalar() or 0)


def faults(url: str, asks: Iterable[Ask] | None = None) -> tuple[list[Fault], int]:
    """Return every scan that nothing allows, and how many statements were explained."""
    with writer(url).connect() as connection:
        chosen = list(everything(connection)) if asks is None else list(asks)
        runs = asyncio.run(asked(url, chosen))
        found = [Fault(one, scan, run.text) for one, run in runs for scan in scans(connection, run)]
    return found, len(runs)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url")
    parser.add_argument("--statements", action="store_true", help="also print the statements")
    arguments = parser.parse_args()
    found, explained = faults(arguments.url)
    for fault in found:
        print(f"{fault.scan}: {fault.ask.path}")
        if arguments.statements:
            print(fault.statement)
    print(f"{explained} statements explained, {len(found)} scans")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
