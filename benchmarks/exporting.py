"""Exports of claims over HTTP: how fast each format comes, beside the floor, and what it takes of the server's memory.

The floor streams as many bytes from memory. Memory is looked at on a server that was started for that one export, so
that whatever the format needs is in it, also the libraries that write it.
"""

import json
import statistics
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode
from urllib.request import urlopen

from sqlalchemy import Connection, select

from app.kit.clock import instant_text
from app.ledger.append import REVISION
from app.record.queries import RECORD
from app.store.engine import writer
from benchmarks import servers
from benchmarks.draining import Drained, drain
from benchmarks.memory import Watch, private_dirty
from benchmarks.servers import FLOOR, OURS, Served

# Of any size; and those of which only the newest claims are asked for, since they take long.
WHOLE, BOUNDED = ("ndjson", "csv"), ("geojson", "jsonld", "parquet", "xlsx")
MOST = 50_000
# Memory is also looked at of this part of the rows, since it should not grow with them.
PART = 10
# What takes longer is asked for in one round only.
SLOW, ROUNDS = 30.0, 3
# The beginning of a file that the floor has in memory, and streams again and again.
KEPT = 16_000_000
_CLAIMS = (RECORD.c.type == "claim", RECORD.c.public)


class Export(NamedTuple):
    """One file: its format, how many rows it has, the path that asks for it, and one that asks for a part of them."""

    extension: str
    rows: int
    path: str
    part_rows: int
    part: str


def path_of(extension: str, created_from: str | None = None) -> str:
    """Return the path of an export of claims; of those recorded since an instant."""
    path = f"/v1/exports/claims.{extension}"
    return path if created_from is None else f"{path}?{urlencode({'created_from': created_from})}"


def newest(connection: Connection, count: int) -> str:
    """Return the instant since which so many of the public claims were recorded."""
    place = select(RECORD.c.recorded).where(*_CLAIMS).order_by(RECORD.c.recorded.desc()).offset(count - 1).limit(1)
    recorded = connection.execute(place).scalar_one()
    return instant_text(
        connection.execute(select(REVISION.c.recorded_at).where(REVISION.c.seq == recorded)).scalar_one()
    )


def chosen(url: str, port: int) -> Iterator[Export]:
    """Yield what is measured of a world."""
    with urlopen(f"http://127.0.0.1:{port}/v1/claims?count=exact&limit=1") as answer:
        every = int(json.loads(answer.read())["meta"]["count"])
    with writer(url).connect() as connection:
        few = min(every, MOST)
        since = {count: newest(connection, max(1, count)) for count in {few, every // PART, few // PART}}
    for extension in WHOLE:
        yield Export(extension, every, path_of(extension), every // PART, path_of(extension, since[every // PART]))
    for extension in BOUNDED:
        path = path_of(extension, since[few] if few < every else None)
        yield Export(extension, few, path, few // PART, path_of(extension, since[few // PART]))


def measure(url: str, ours: Served, folder: Path) -> list[dict[str, Any]]:
    """Return what every format costs; `folder` is for what the floor hands out."""
    files = list(chosen(url, ours.port))
    for one in files:
        keep_beginning(ours.port, one, folder)
    found: dict[str, list[tuple[Drained, Drained]]] = {one.extension: [] for one in files}
    with ExitStack() as stack:
        floor = stack.enter_context(servers.served(FLOOR, url, folder))
        for round_ in range(ROUNDS):
            for one in files:
                done = found[one.extension]
                if round_ == 0 or done[0][0].seconds <= SLOW:
                    done.append(beside_floor(ours.port, floor.port, one))
    return [{**_summary(one, found[one.extension]), **_memory(url, one)} for one in files]


def keep_beginning(port: int, one: Export, folder: Path) -> None:
    """Keep the beginning of a file for the floor."""
    with urlopen(f"http://127.0.0.1:{port}{one.path}") as answer:
        (folder / f"export-{one.extension}").write_bytes(answer.read(KEPT))


def beside_floor(ours: int, floor: int, one: Export) -> tuple[Drained, Drained]:
    """Return what our export took, and what the floor took for as many bytes."""
    mine = drain(ours, one.path)
    return mine, drain(floor, f"/streams/export-{one.extension}?size={mine.bytes}")


def _summary(one: Export, rounds: list[tuple[Drained, Drained]]) -> dict[str, Any]:
    seconds = statistics.median(mine.seconds for mine, _ in rounds)
    return {
        "format": one.extension,
        "rows": one.rows,
        "bytes": rounds[0][0].bytes,
        "rounds": len(rounds),
        "seconds": seconds,
        "speed": statistics.median(mine.speed for mine, _ in rounds),
        "rows_a_second": one.rows / seconds,
        "of_floor": statistics.median(mine.speed / floor.speed for mine, floor in rounds),
    }


def _memory(url: str, one: Export) -> dict[str, int | None]:
    whole, part = (_above_idle(url, path) for path in (one.path, one.part))
    return {"memory": whole, "part_rows": one.part_rows, "part_memory": part}


def _above_idle(url: str, path: str) -> int | None:
    """Return the private memory that a server has more during an export than before it, at the highest."""
    with servers.served(OURS, url) as server:
        with urlopen(f"http://127.0.0.1:{server.port}/v1/claims?limit=1"):
            pass
        idle = private_dirty(server.process.pid)
        with Watch(server.process.pid) as watch:
            drain(server.port, path)
    return None if idle is None or watch.highest is None else watch.highest - idle
