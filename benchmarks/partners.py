"""What partners cost and get: exports, the change feed, copies, the past, and readers beside an export and a writer."""

import json
import statistics
import time
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.request import urlopen

from app.store.engine import writer
from benchmarks import beside, correcting, exporting, following, pulling, sampling, servers, travelling
from benchmarks.chance import bench_id
from benchmarks.load import run
from benchmarks.measuring import BESIDE_SECONDS, NARROWED, ONE, PAGE
from benchmarks.servers import OURS, Served
from benchmarks.worlds import World

# Revisions of one night, and how many nights are pulled.
NIGHT, NIGHTS = 1000, 3
# The most records that were changed since the time that is asked for; a small world has fewer.
MOST_CHANGED = 10_000


def measure(world: World, folder: Path) -> dict[str, Any]:
    """Return everything that is measured of a world for partners; copies lie in a folder for as long as it takes."""
    with servers.pinned(servers.LOAD_CORE), ExitStack() as stack:
        ours = stack.enter_context(servers.served(OURS, world.url))
        here = Path(stack.enter_context(TemporaryDirectory(prefix="partners-", dir=folder))).resolve()
        kept, copies = here / "floor", here / "copies"
        kept.mkdir()
        copies.mkdir()
        with writer(world.url).connect() as connection:
            sample = sampling.sample(connection)
        return {
            "exports": exporting.measure(world.url, ours, kept),
            "feed": following.measure(world.url, ours, kept),
            "beside": _beside(world, ours, sample.claims),
            **_nights(world, ours, sample, copies / "copy.sqlite"),
        }


def _beside(world: World, ours: Served, claims: list[str]) -> dict[str, float]:
    """Return the p99 of point reads on an idle server, and while one export and one writer run."""
    paths = [f"/v1/claims/{one}" for one in claims]
    idle = run(ours.port, paths, seconds=BESIDE_SECONDS)
    work = {
        "commits": beside.begin(beside.WRITE, world.url, str(world.claims), BESIDE_SECONDS + 2),
        "speed": beside.begin(beside.EXPORT, str(ours.port), exporting.path_of("ndjson"), BESIDE_SECONDS + 2),
    }
    time.sleep(1)
    busy = run(ours.port, paths, seconds=BESIDE_SECONDS)
    done = {name: beside.end(process) for name, process in work.items()}
    return {"idle_p99": idle.p99, "busy_p99": busy.p99, "idle_rate": idle.rate, "busy_rate": busy.rate, **done}


def _nights(world: World, ours: Served, sample: sampling.Sample, copy: Path) -> dict[str, Any]:
    """Pull a copy; then correct claims night after night, pull again, and ask for what was there before."""
    first, unchanged = pulling.pull(ours.port, copy), pulling.pull(ours.port, copy)
    changing = list(islice(correcting.everywhere(world.claims), MOST_CHANGED))
    each = min(NIGHT, len(changing) // NIGHTS)
    paths = {
        ONE: f"/v1/claims/{bench_id('claim', changing[0])}",
        PAGE: sampling.plain(),
        NARROWED: sampling.filtered(sample),
    }
    seq, nights = _head(ours.port), []
    past = list(travelling.measure(ours.port, paths, seq, 0))
    for night in range(NIGHTS):
        correcting.correct(world.url, world.claims, changing[night * each : (night + 1) * each])
        nights.append(pulling.pull(ours.port, copy))
        if night == 0:
            past += travelling.measure(ours.port, paths, seq, each)
    correcting.correct(world.url, world.claims, changing[NIGHTS * each :])
    past += travelling.measure(ours.port, paths, seq, len(changing))
    return {
        "copy": {
            "claims": world.claims,
            "revisions": seq,
            "first": first._asdict(),
            "unchanged": unchanged.seconds,
            "night": statistics.median(one.seconds for one in nights),
            "night_revisions": each,
            "night_memory": max((one.memory or 0 for one in nights), default=0) or None,
        },
        "past": past,
    }


def _head(port: int) -> int:
    with urlopen(f"http://127.0.0.1:{port}/v1/ledger/head") as answer:
        return int(json.loads(answer.read())["data"]["seq"])
