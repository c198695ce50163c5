"""What the past costs: one claim and pages as of a time since which so much has changed, and the same now."""

from collections.abc import Iterator, Mapping
from typing import Any

from benchmarks.load import percentiles, timed
from benchmarks.measuring import NARROWED, ONE, PAGE

REQUESTS, SECONDS = 200, 4.0


def measure(port: int, paths: Mapping[str, str], seq: int, changed: int) -> Iterator[dict[str, Any]]:
    """Yield what each question costs now, and as of a revision since which so many records were changed."""
    for name in (ONE, PAGE, NARROWED):
        path = paths[name]
        then = f"{path}{'&' if '?' in path else '?'}as_of=seq:{seq}"
        yield {"name": name, "changed": changed, "now": _asked(port, path), "then": _asked(port, then)}


def _asked(port: int, path: str) -> dict[str, float]:
    times, _ = timed(port, path, REQUESTS, SECONDS)
    # The first plans its statements.
    p50, p99 = percentiles([1000 * one for one in times[1:]])
    return {"p50": p50, "p99": p99, "times": len(times) - 1}
