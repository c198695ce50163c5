"""What finding, searching and comparing cost on a world, one connection, warm: `python -m benchmarks.finding URL`.

    python -m benchmarks.world sqlite:///world.db --claims 100000
    python -m benchmarks.finding sqlite:///world.db --requests 100

A Markdown table in milliseconds: the first request, whose statements are planned and compiled; then, of so many of the
same, the median and the 99th in a hundred. The server is the real one, in a process of its own on loopback. Each row
stops after a few seconds; nothing fails on a time.
"""

import argparse
import json
from collections.abc import Iterator
from urllib.request import urlopen

from app.claims.listing import CLAIMS
from app.figures.listing import FIGURES
from app.store.engine import writer
from benchmarks import questions
from benchmarks.load import percentiles, timed
from benchmarks.questions import Ask, Values
from benchmarks.servers import OURS, served

REQUESTS, SECONDS = 100, 4.0
DEEP, OF_PAGE = 500, 50


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url")
    parser.add_argument("--requests", type=int, default=REQUESTS)
    parser.add_argument("--only", default="", help="only the rows in whose name this stands")
    arguments = parser.parse_args()
    with writer(arguments.url).connect() as connection:
        asks = [one for one in chosen(Values(connection)) if arguments.only in f"{one.group} {one.name}"]
    with served(OURS, arguments.url) as server:
        print("| question | first ms | p50 ms | p99 ms | matches shown |\n|---|---|---|---|---|")
        for one in [*asks, *deep(server.port)]:
            _measure(server.port, one, arguments.requests)


def chosen(values: Values) -> Iterator[Ask]:
    """Yield what is measured, each under the name of its row."""
    for listing in (CLAIMS, FIGURES):
        for kind in (questions.filters, questions.sorts, questions.counts):
            for one in kind(values, listing):
                yield one._replace(name=f"{listing.record_type}s: {one.name}")
    yield from questions.ten_pairs(values)
    yield from questions.searches(values)
    yield from questions.comparisons(values)


def deep(port: int) -> Iterator[Ask]:
    """Walk to a page far down, and yield the first page and that one."""
    path = f"/v1/claims?limit={OF_PAGE}"
    yield Ask("page", "1 of all claims", path)
    for number in range(2, DEEP + 1):
        with urlopen(f"http://127.0.0.1:{port}{path}") as answer:
            path = json.loads(answer.read())["links"]["next"]
        if path is None:
            return
        if number in (DEEP // 10, DEEP):
            yield Ask("page", f"{number} of all claims", path)


def _measure(port: int, one: Ask, requests: int) -> None:
    times, body = timed(port, one.path, requests, SECONDS)
    first, *others = (1000 * time for time in times)
    p50, p99 = percentiles(others)
    data = json.loads(body)["data"]
    shown = len(data) if isinstance(data, list) else "–"
    print(f"| {one.group}: {one.name} | {first:.1f} | {p50:.2f} | {p99:.2f} | {shown} |", flush=True)


if __name__ == "__main__":
    main()
