"""How a world is measured: alternating rounds under load, questions one at a time, and readers beside a writer.

Everything is bounded in time: what is slow is asked over fewer connections, and what takes many seconds only once.
"""

import json
import os
import statistics
import time
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlencode
from urllib.request import urlopen

from app.store.engine import writer
from benchmarks import beside, sampling, servers
from benchmarks.load import Result, percentiles, run, timed
from benchmarks.questions import Ask
from benchmarks.servers import ASKING, FLOOR, IDIOMATIC, LOGGED, OURS
from benchmarks.worlds import World

CONNECTIONS = 16
# Requests of one question, and the seconds that they may take together.
REQUESTS, MOST_SECONDS = 300, 3.0
# Claims that are looked at to find one of a usual size.
SOME = 99
# An answer that takes so long is asked for in one round only, and one that takes longer is not waited for.
SLOW, TOO_SLOW = 3.0, 60.0
BESIDE_SECONDS = 6.0
ONE, PAGE, NARROWED = "one claim", "page of 50", "page of 50 by theme and place"
UNCHANGED = "304"


@dataclass(frozen=True)
class Row:
    """Requests that are sent under load: to whom, which, with what headers, and over how many connections."""

    group: str
    who: str
    port: int
    paths: Sequence[str]
    headers: str = ""
    connections: int = CONNECTIONS
    rounds: int = 1000
    bytes: int = 0

    def measure(self, seconds: float) -> Result:
        """Send them for some seconds."""
        return run(self.port, self.paths, self.headers, seconds, self.connections)


@dataclass(frozen=True)
class Pace:
    """How long and how often everything is measured."""

    seconds: float = 1.5
    rounds: int = 5


class Measuring:
    """The servers of one world, all running, and what is measured of them."""

    def __init__(
        self, world: World, pace: Pace, stack: ExitStack, kinds: Sequence[str] = (FLOOR, ASKING, LOGGED, IDIOMATIC)
    ) -> None:
        """Start our server, and those of some kinds; what another would answer is not measured."""
        self._world, self._pace = world, pace
        folder = Path(stack.enter_context(TemporaryDirectory()))
        with writer(world.url).connect() as connection:
            self._sample = sampling.sample(connection)
        self.ours = stack.enter_context(servers.served(OURS, world.url))
        self._claims = self._by_size()
        self.pages = {PAGE: sampling.plain(), NARROWED: sampling.filtered(self._sample)}
        self.sizes, self._tags = self._fetched(folder)
        self._served = {OURS: self.ours}
        for kind in kinds:
            self._served[kind] = stack.enter_context(servers.served(kind, world.url, folder))

    def _by_size(self) -> list[str]:
        """Return the claims of the sample; the first, which the floor gives, and the last are of a usual size."""
        some, others = self._sample.claims[:SOME], self._sample.claims[SOME:]
        sizes = {}
        for one in some:
            with urlopen(f"http://127.0.0.1:{self.ours.port}/v1/claims/{one}") as answer:
                sizes[one] = len(answer.read())
        ordered = sorted(sizes, key=lambda one: (sizes[one], one))
        middle = len(ordered) // 2
        return [ordered[middle], *ordered[:middle], *ordered[middle + 1 :], *others, ordered[middle]]

    def _fetched(self, folder: Path) -> tuple[dict[str, int], dict[str, str]]:
        """Keep our answers for the floor to hand out; return their sizes and entity tags."""
        sizes, tags = {}, {}
        paths = {ONE: f"/v1/claims/{self._claims[0]}", **self.pages}
        for (group, path), name in zip(paths.items(), ("one", "page", "narrowed"), strict=True):
            with urlopen(f"http://127.0.0.1:{self.ours.port}{path}") as answer:
                body, tags[group] = answer.read(), answer.headers["etag"]
            (folder / name).write_bytes(body)
            sizes[group] = len(body)
        return sizes, tags

    # --- under load ---------------------------------------------------------------------------------------------------

    def rows(self) -> list[Row]:
        """Return everything that is measured under load."""
        claims, port = self._claims, {kind: one.port for kind, one in self._served.items()}
        port[UNCHANGED] = port[OURS]
        tagged = {group: f"If-None-Match: {tag}\r\n" for group, tag in self._tags.items()}
        ours, others = [f"/v1/claims/{one}" for one in claims], [f"/one/{one}" for one in claims]
        narrowed = urlencode({"theme": self._sample.theme, "place": self._sample.place})
        asked: dict[tuple[str, str], tuple[Sequence[str], str]] = {
            (ONE, FLOOR): (others, ""),
            (ONE, ASKING): (others, ""),
            (ONE, OURS): (ours, ""),
            (ONE, LOGGED): (ours, ""),
            (ONE, UNCHANGED): (ours[:1], tagged[ONE]),
            (ONE, IDIOMATIC): (others, ""),
            (PAGE, FLOOR): (["/pages/page"], ""),
            (PAGE, ASKING): (["/pages/page"], ""),
            (PAGE, OURS): ([self.pages[PAGE]], ""),
            (PAGE, UNCHANGED): ([self.pages[PAGE]], tagged[PAGE]),
            (PAGE, IDIOMATIC): (["/page?limit=50"], ""),
            (NARROWED, FLOOR): (["/pages/narrowed"], ""),
            (NARROWED, ASKING): (["/pages/narrowed"], ""),
            (NARROWED, OURS): ([self.pages[NARROWED]], ""),
            (NARROWED, IDIOMATIC): ([f"/page?limit=50&{narrowed}"], ""),
        }
        rows = (Row(group, who, port[who], *sent) for (group, who), sent in asked.items() if who in port)
        return [one for row in rows if (one := self._paced(row)) is not None]

    def _paced(self, row: Row) -> Row | None:
        """Ask once to warm up, and once to learn how long it takes; null when that is longer than anybody waits."""
        times, size = [], 0
        for path in (row.paths[0], row.paths[-1]):
            started = time.perf_counter()
            try:
                with urlopen(f"http://127.0.0.1:{row.port}{path}", timeout=TOO_SLOW) as answer:
                    size = len(answer.read())
            except TimeoutError:
                return None
            times.append(time.perf_counter() - started)
        connections = max(1, min(CONNECTIONS, int(self._pace.seconds / times[-1])))
        rounds = 1 if times[-1] > SLOW else self._pace.rounds
        return replace(row, connections=connections, rounds=rounds, bytes=size)

    def under_load(self) -> dict[str, Any]:
        """Return, for each group and whom it was asked of, medians of alternating rounds, and ratios of each round."""
        rows = self.rows()
        found: dict[tuple[str, str], list[Result]] = {(row.group, row.who): [] for row in rows}
        for round_ in range(self._pace.rounds):
            for row in rows:
                if round_ < row.rounds:
                    found[row.group, row.who] += self._measured(row)
        groups: dict[str, Any] = {group: {"bytes": size, "rows": {}} for group, size in self.sizes.items()}
        for row in (one for one in rows if found[one.group, one.who]):
            results, base = found[row.group, row.who], found[row.group, FLOOR]
            slow = found.get((row.group, IDIOMATIC), [])
            groups[row.group]["rows"][row.who] = {
                **{part: statistics.median(getattr(one, part) for one in results) for part in ("rate", "p50", "p99")},
                "of_floor": _ratio(results, base),
                "of_idiomatic": _ratio(results, slow) if slow else None,
                "connections": row.connections,
                "bytes": row.bytes,
            }
        return groups

    def _measured(self, row: Row) -> list[Result]:
        """Return what one round measures: nothing of an idiomatic path that gives up, which is no fault of ours."""
        try:
            return [row.measure(self._pace.seconds)]
        except (RuntimeError, TimeoutError):
            if row.who != IDIOMATIC:
                raise
            return []

    # --- one at a time ------------------------------------------------------------------------------------------------

    def asks(self) -> list[Ask]:
        """Return what is asked one at a time."""
        with writer(self._world.url).connect() as connection:
            return list(sampling.asks(connection))

    def questions(
        self, asks: Iterable[Ask], requests: int = REQUESTS, seconds: float = MOST_SECONDS
    ) -> list[dict[str, Any]]:
        """Return what each question takes, asked on one connection: the first time, and of the others p50 and p99."""
        return [self._asked(one, requests, seconds) for one in asks]

    def _asked(self, one: Ask, requests: int, seconds: float) -> dict[str, Any]:
        times, body = timed(self.ours.port, one.path, requests, seconds)
        first, *others = (1000 * seconds for seconds in times)
        p50, p99 = percentiles(others)
        data = json.loads(body)["data"]
        shown = len(data) if isinstance(data, list) else None
        # Not its path, which holds ids that say nothing.
        named = {"group": one.group, "name": one.name}
        return {**named, "first": first, "p50": p50, "p99": p99, "times": len(others), "shown": shown}

    # --- beside a writer ----------------------------------------------------------------------------------------------

    def beside(self, searched: str) -> dict[str, float]:
        """Return the p99 of point reads on an idle server, and while one writer and ranked searches run."""
        row = Row(ONE, OURS, self.ours.port, [f"/v1/claims/{one}" for one in self._claims])
        idle = row.measure(BESIDE_SECONDS)
        work = {
            "commits": beside.begin(beside.WRITE, self._world.url, str(self._world.claims), BESIDE_SECONDS + 2),
            "searches": beside.begin(beside.SEARCH, str(self.ours.port), searched, BESIDE_SECONDS + 2),
        }
        time.sleep(1)
        busy = row.measure(BESIDE_SECONDS)
        done = {name: beside.end(process) for name, process in work.items()}
        return {"idle_p99": idle.p99, "busy_p99": busy.p99, "idle_rate": idle.rate, "busy_rate": busy.rate, **done}


def _ratio(results: Sequence[Result], others: Sequence[Result]) -> float:
    """Return the median of the ratios of each round: what slows the whole machine slows both."""
    return statistics.median(one.rate / other.rate for one, other in zip(results, others, strict=False))


def measure(world: World, pace: Pace) -> dict[str, Any]:
    """Return everything that is measured of a world."""
    with servers.pinned(servers.LOAD_CORE), ExitStack() as stack:
        measuring = Measuring(world, pace, stack)
        asks = measuring.asks()
        searched = next(one.path for one in asks if one.name == "relevance, common")
        return {
            "world": {key: value for key, value in asdict(world).items() if key != "url"},
            "load_average": os.getloadavg()[0],
            "start": measuring.ours.seconds,
            "load": measuring.under_load(),
            "questions": measuring.questions(asks),
            "private_bytes": servers.private_bytes(measuring.ours.process),
            "beside": measuring.beside(searched),
        }
