"""Why this file exists: what an operator watches, by route template; no label holds anything that a caller chose.

Answers are counted in plain numbers and turned into metrics when somebody asks: an answer pays half a microsecond.
"""

from bisect import bisect_left
from collections.abc import Iterator

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

BUCKETS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)


class _Counted:
    """What is known of one route and status: answers by bucket of time, and all seconds together."""

    __slots__ = ("buckets", "seconds")

    def __init__(self) -> None:
        self.buckets = [0] * (len(BUCKETS) + 1)
        self.seconds = 0.0


class Metrics(Collector):
    """The counts of one application."""

    def __init__(self) -> None:
        self._counted: dict[tuple[str, int], _Counted] = {}
        self._registry = CollectorRegistry()
        self._registry.register(self)

    def observe(self, route: str, status: int, seconds: float) -> None:
        """Count one answer."""
        counted = self._counted.get((route, status))
        if counted is None:
            counted = self._counted[route, status] = _Counted()
        counted.buckets[bisect_left(BUCKETS, seconds)] += 1
        counted.seconds += seconds

    def collect(self) -> Iterator[Metric]:
        """Yield the counts as Prometheus knows them."""
        requests = CounterMetricFamily("onrecord_requests", "Answers by route and status.", labels=["route", "status"])
        times = HistogramMetricFamily("onrecord_request_seconds", "Time to answer.", labels=["route", "status"])
        for (route, status), counted in sorted(self._counted.items()):
            labels, total, upto = [route, str(status)], sum(counted.buckets), 0
            requests.add_metric(labels, total)
            buckets = []
            for bound, count in zip((*map(str, BUCKETS), "+Inf"), counted.buckets, strict=True):
                upto += count
                buckets.append((bound, upto))
            times.add_metric(labels, buckets, counted.seconds)
        yield requests
        yield times

    def text(self) -> bytes:
        """Return the metrics in Prometheus's text format."""
        return generate_latest(self._registry)
