"""The change feed as one follower reads it, page after page: bare, with bodies, and with all that a copy needs."""

import json
import statistics
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from http.client import HTTPConnection
from itertools import chain, repeat
from pathlib import Path
from typing import Any, NamedTuple
from urllib.request import urlopen

from benchmarks import servers
from benchmarks.draining import SILENCE
from benchmarks.servers import FLOOR, Served

LIMIT = 1000
BARE, BODIES, WHOLE = "bare", "with bodies", "with bodies, documents and proof"
ASKED = {BARE: "", BODIES: "&include=body", WHOLE: "&include=body,document&proof=full"}
SECONDS, ROUNDS = 4.0, 3
# The follower begins after this part of the ledger, where vocabularies, places and actors lie behind it.
PART = 4


class Followed(NamedTuple):
    """How many revisions came, in how many bytes, and how long it took."""

    rows: int
    bytes: int
    seconds: float

    @property
    def speed(self) -> float:
        """Return megabytes a second."""
        return self.bytes / 1e6 / self.seconds


def path_of(kind: str, after: int) -> str:
    """Return the path of a page of the feed."""
    return f"/v1/changes?after={after}&limit={LIMIT}{ASKED[kind]}"


def after(port: int) -> int:
    """Return where the follower begins."""
    with urlopen(f"http://127.0.0.1:{port}/v1/ledger/head") as answer:
        return int(json.loads(answer.read())["data"]["seq"]) // PART


def pages(port: int, path: str) -> Iterator[Followed]:
    """Follow the links of the feed to its end, and yield what each page took."""
    following: str | None = path
    with closing(HTTPConnection("127.0.0.1", port, timeout=SILENCE)) as connection:
        while following is not None:
            started = time.perf_counter()
            body = _asked(connection, following)
            # The rows before it are not looked into: that would cost more than reading them.
            ending = json.loads(b"{" + body[body.rindex(b'"links":') :])
            meta = ending["meta"]
            following = None if meta["complete"] else ending["links"]["next"]
            yield Followed(meta["through"] - meta["after"], len(body), time.perf_counter() - started)


def follow(port: int, path: str, seconds: float) -> Followed:
    """Follow the feed for some seconds, at its end again from the beginning."""
    rows, size, taken = 0, 0, 0.0
    for one in chain.from_iterable(pages(port, path) for _ in repeat(None)):
        rows, size, taken = rows + one.rows, size + one.bytes, taken + one.seconds
        if taken >= seconds:
            break
    return Followed(rows, size, taken)


def again(port: int, path: str, seconds: float) -> Followed:
    """Ask for the same for some seconds: what the floor answers, which has as many rows each time."""
    count = size = 0
    started = time.perf_counter()
    with closing(HTTPConnection("127.0.0.1", port, timeout=SILENCE)) as connection:
        while time.perf_counter() - started < seconds:
            size += len(_asked(connection, path))
            count += 1
    return Followed(LIMIT * count, size, time.perf_counter() - started)


def _asked(connection: HTTPConnection, path: str) -> bytes:
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{path}: {answer.status} {body.decode()}")
    return body


def keep_page(port: int, kind: str, start: int, folder: Path) -> str:
    """Keep a page of the feed for the floor; return its path there."""
    name = f"changes-{list(ASKED).index(kind)}"
    with urlopen(f"http://127.0.0.1:{port}{path_of(kind, start)}") as answer:
        (folder / name).write_bytes(answer.read())
    return f"/pages/{name}"


def measure(url: str, ours: Served, folder: Path) -> list[dict[str, Any]]:
    """Return what each kind costs, beside the floor; `folder` is for what that hands out."""
    start = after(ours.port)
    pages = {kind: keep_page(ours.port, kind, start, folder) for kind in ASKED}
    found: dict[str, list[tuple[Followed, Followed]]] = {kind: [] for kind in ASKED}
    with ExitStack() as stack:
        floor = stack.enter_context(servers.served(FLOOR, url, folder))
        for _ in range(ROUNDS):
            for kind, page in pages.items():
                mine = follow(ours.port, path_of(kind, start), SECONDS)
                found[kind].append((mine, again(floor.port, page, SECONDS / 4)))
    return [_summary(kind, rounds) for kind, rounds in found.items()]


def _summary(kind: str, rounds: list[tuple[Followed, Followed]]) -> dict[str, Any]:
    return {
        "kind": kind,
        "rows_a_second": statistics.median(mine.rows / mine.seconds for mine, _ in rounds),
        "speed": statistics.median(mine.speed for mine, _ in rounds),
        "bytes_a_row": statistics.median(mine.bytes / mine.rows for mine, _ in rounds),
        "of_floor": statistics.median(mine.speed / floor.speed for mine, floor in rounds),
    }
