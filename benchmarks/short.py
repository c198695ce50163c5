"""The short form: a small world within a minute, which fails when a ratio falls under its floor; never on a time.

The floors stand well under what was measured, so that a busy machine does not fail them. What is under its floor is
measured again, up to three times, and the best counts: noise goes away, and a read path that has become slow stays.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from benchmarks import servers
from benchmarks.holding import Held, best_of
from benchmarks.measuring import NARROWED, ONE, PAGE, UNCHANGED, Measuring, Pace
from benchmarks.partner_floors import Partners
from benchmarks.questions import Ask
from benchmarks.servers import FLOOR, IDIOMATIC, OURS
from benchmarks.worlds import POSTGRESQL, SQLITE, world

CLAIMS, PACE, ATTEMPTS = 2_500, Pace(seconds=0.3, rounds=3), 3
REQUESTS, MOST_SECONDS = 20, 0.3


class Floor(NamedTuple):
    """One ratio of two rates, and the least that it may be."""

    group: str
    who: str
    of: str
    least: float


# Behind each, what was measured on two cores that others used as well: the least of some runs, and the greatest.
FLOORS = {
    SQLITE: (
        Floor(ONE, OURS, FLOOR, 0.60),  # 0.82 to 1.07
        Floor(ONE, OURS, IDIOMATIC, 6.0),  # 14 to 22, and 9 at the worst of times
        Floor(ONE, UNCHANGED, FLOOR, 0.60),  # 0.99 to 1.32
        Floor(PAGE, OURS, FLOOR, 0.35),  # 0.73 to 0.87, and 0.54 at the worst of times
        Floor(PAGE, OURS, IDIOMATIC, 50.0),  # 101 to 238
        Floor(NARROWED, OURS, FLOOR, 0.22),  # 0.66 to 0.77, and 0.34 at the worst of times
    ),
    POSTGRESQL: (
        Floor(ONE, OURS, FLOOR, 0.15),  # 0.26 to 0.42
        Floor(PAGE, OURS, FLOOR, 0.08),  # 0.17 to 0.27
    ),
}
# How quick the slowest question of a group is, asked alone, against a plain page asked alone. Measured on SQLite: 0.30,
# 0.11, 0.015 and 0.13; on PostgreSQL 0.11 to 0.27, 0.07 to 0.16, 0.004 to 0.03 and 0.07 to 0.15.
QUESTIONS = {
    SQLITE: {"filter": 0.06, "pair": 0.03, "search": 0.004, "compare": 0.03},
    POSTGRESQL: {"filter": 0.03, "pair": 0.015, "search": 0.001, "compare": 0.02},
}


def hold(databases: list[str], folder: Path) -> int:
    """Measure a small world on each database; return how many ratios stayed under their floors."""
    return sum(_held(database, folder) for database in databases)


def _held(database: str, folder: Path) -> int:
    with world(database, CLAIMS, folder) as made, servers.pinned(servers.LOAD_CORE), ExitStack() as stack:
        measuring = Measuring(made, PACE, stack, sorted({one.of for one in FLOORS[database]}))
        asks = measuring.asks()
        partners = Partners(made, measuring.ours, stack)
        best = best_of(
            [*_under_load(measuring, database), *_alone(measuring, database, asks), *partners.held()]
            for _ in range(ATTEMPTS)
        )
        # Not a matter of speed: it is asked once.
        best.append(partners.copied())
    for one in best:
        told = "holds" if one.holds else "UNDER ITS FLOOR"
        print(f"{database:12}{one.name:72}{one.ratio:8.3g}  floor {one.least:<6g} {told}", flush=True)
    return sum(not one.holds for one in best)


def _under_load(measuring: Measuring, database: str) -> Iterator[Held]:
    load = measuring.under_load()
    for one in FLOORS[database]:
        row = load[one.group]["rows"][one.who]
        ratio = row["of_floor"] if one.of == FLOOR else row["of_idiomatic"]
        yield Held(f"{one.group}: {one.who} of {one.of}", ratio, one.least)


def _alone(measuring: Measuring, database: str, asks: list[Ask]) -> Iterator[Held]:
    asked = measuring.questions(asks, REQUESTS, MOST_SECONDS)
    page = next(one["p50"] for one in asked if one["group"] == "page")
    for group, least in QUESTIONS[database].items():
        slowest = max(one["p50"] for one in asked if one["group"] == group)
        yield Held(f"{group}: the slowest, against a page", page / slowest, least)
