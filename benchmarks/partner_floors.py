"""What partners pull, held against floors as ratios: exports, the feed, and a copy that must equal the server.

An export as NDJSON is held against a stream of the same bytes from memory, one as CSV against Python's own `csv`
writing the same rows from memory, the feed against a page of the same bytes from memory.
"""

import csv
import io
import json
import sqlite3
import statistics
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple
from urllib.request import urlopen

from app.kit.ids import PLURALS
from benchmarks import exporting, following, pulling, servers
from benchmarks.draining import drain
from benchmarks.exporting import Export, path_of
from benchmarks.following import BODIES, again, follow
from benchmarks.holding import Held
from benchmarks.servers import FLOOR, Served
from benchmarks.worlds import POSTGRESQL, SQLITE, World

ROUNDS, SECONDS = 3, 0.2
NDJSON, CSV, FEED = "export: NDJSON of floor", "export: CSV of Python's csv", "feed: with bodies of floor"
COPY = "pull: documents of the copy that are the server's"


class Least(NamedTuple):
    """The least that each ratio may be."""

    ndjson: float
    csv: float
    feed: float


# Measured on two cores that others used as well: on SQLite 0.22 to 0.87, 0.64 to 0.87 and 0.04 to 0.07; on PostgreSQL
# 0.09 to 0.52, 0.18 to 0.49 and 0.02 to 0.04. A path through objects and models would be at a tenth of each.
FLOORS = {SQLITE: Least(ndjson=0.08, csv=0.20, feed=0.015), POSTGRESQL: Least(ndjson=0.03, csv=0.08, feed=0.007)}


class Partners:
    """One server that partners ask, and the floor beside it."""

    def __init__(self, world: World, ours: Served, stack: ExitStack) -> None:
        self._database, self._ours = world.database, ours
        self._folder = Path(stack.enter_context(TemporaryDirectory()))
        self._start = following.after(ours.port)
        kept = self._folder / "floor"
        kept.mkdir()
        self._ndjson = Export("ndjson", 0, path_of("ndjson"), 0, path_of("ndjson"))
        exporting.keep_beginning(ours.port, self._ndjson, kept)
        self._page = following.keep_page(ours.port, BODIES, self._start, kept)
        self._rows = _rows(ours.port)
        self._floor = stack.enter_context(servers.served(FLOOR, world.url, kept))

    def held(self) -> Iterator[Held]:
        """Yield the median of some rounds of each ratio."""
        ratios = [(self._of_stream(), self._of_module(), self._of_page()) for _ in range(ROUNDS)]
        for name, least, found in zip(
            (NDJSON, CSV, FEED), FLOORS[self._database], zip(*ratios, strict=True), strict=True
        ):
            yield Held(name, statistics.median(found), least)

    def _of_stream(self) -> float:
        mine, floor = exporting.beside_floor(self._ours.port, self._floor.port, self._ndjson)
        return mine.speed / floor.speed

    def _of_module(self) -> float:
        mine = drain(self._ours.port, path_of("csv"))
        started = time.perf_counter()
        csv.writer(io.StringIO()).writerows(self._rows)
        return (time.perf_counter() - started) / mine.seconds

    def _of_page(self) -> float:
        mine = follow(self._ours.port, following.path_of(BODIES, self._start), SECONDS)
        return mine.speed / again(self._floor.port, self._page, SECONDS).speed

    def copied(self) -> Held:
        """Return how many documents of a copy, of those there and of those that should be, are the server's."""
        copy = self._folder / "copy.sqlite"
        pulling.pull(self._ours.port, copy)
        with closing(sqlite3.connect(copy)) as connection:
            here = {one: json.loads(body) for one, body in connection.execute("SELECT id, body FROM document")}
        return Held(COPY, alike(here, dict(_documents(self._ours.port))), 1.0)


def alike(here: Mapping[str, Any], there: Mapping[str, Any]) -> float:
    """Return how many of the things that are here, there or in both are the same in both."""
    every = here.keys() | there.keys()
    same = [one for one in every if one in here and one in there and here[one] == there[one]]
    return len(same) / len(every)


def _rows(port: int) -> list[list[str]]:
    with urlopen(f"http://127.0.0.1:{port}{path_of('csv')}") as answer:
        return list(csv.reader(io.StringIO(answer.read().decode(), newline="")))


def _documents(port: int) -> Iterator[tuple[str, Any]]:
    """Yield every document of a server by its id, as its lists show them."""
    for plural in PLURALS.values():
        path: str | None = f"/v1/{plural}?limit=1000"
        while path is not None:
            with urlopen(f"http://127.0.0.1:{port}{path}") as answer:
                page = json.loads(answer.read())
            yield from ((one["id"], one) for one in page["data"])
            path = page["links"]["next"]
