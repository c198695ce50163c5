"""Metrics promise: counts and times by route template, so that their number never grows with what callers send."""

import pytest
from prometheus_client.parser import text_string_to_metric_families

from app.web.gate import UNROUTED
from app.web.metrics import Metrics
from tests.support.api import Api, serving
from tests.support.routes import NAMES, ROUTES, asking, path_of
from tests.support.wire import wire


def samples(text: str) -> dict[tuple[str, str, str, str], float]:
    """Return {(name, route, status, bucket): value} of a text in Prometheus's format."""
    return {
        (one.name, one.labels.get("route", ""), one.labels.get("status", ""), one.labels.get("le", "")): one.value
        for family in text_string_to_metric_families(text)
        for one in family.samples
    }


def test_every_answer_is_counted_by_route_and_status(seeded_url: str) -> None:
    """One request is one count of its route and status, and one time."""
    with serving(seeded_url) as api:
        paths = [path_of(api, name).encode() for name in NAMES]
        before = samples(api.get("/metrics").text)
        for path in paths:
            wire(api, asking(path, b"no-such-name=1"))
            wire(api, path, method="DELETE")
        after = samples(api.get("/metrics").text)
    grown = {key for key, value in after.items() if key[0] == "onrecord_requests_total" and value != before.get(key)}
    expected = {(ROUTES[name].path, status) for name in NAMES for status in ("400", "405")} | {("/metrics", "200")}
    assert {(route, status) for _, route, status, _ in grown} == expected
    counted = sum(value for key, value in after.items() if key[0] == "onrecord_requests_total")
    timed = sum(value for key, value in after.items() if key[0] == "onrecord_request_seconds_count")
    assert counted == timed


def test_no_label_holds_anything_that_a_caller_chose(seeded_url: str) -> None:
    """Routes are templates or one word for none; a scan of a thousand paths adds one line, not a thousand."""
    with serving(seeded_url) as api:
        for number in range(50):
            for target in (f"/hunter2-{number}", f"/v1/claims/hunter2-{number}", f"/v1/claims?hunter2-{number}"):
                wire(api, target.encode(), method="HUNTER2" if number % 2 else "GET")
        text = api.get("/metrics").text
    assert "hunter2" not in text.lower()
    assert {key[1] for key in samples(text)} <= {route.path for route in ROUTES.values()} | {UNROUTED, ""}


def test_the_metrics_are_prometheus_text(seeded_api: Api) -> None:
    """A collector reads them as they are, whatever it says that it accepts."""
    for accept in ("text/plain", "application/openmetrics-text", "application/json", "*/*"):
        answer = seeded_api.get("/metrics", accept=accept)
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")


@pytest.mark.parametrize("seconds", [0.0, 0.0004, 0.0005, 0.3, 2.5, 60.0])
def test_a_time_is_counted_in_every_bucket_that_holds_it(seconds: float) -> None:
    """Buckets are cumulative and the last holds everything, as Prometheus reads them."""
    metrics = Metrics()
    metrics.observe("/v1/claims", 200, seconds)
    found = samples(metrics.text().decode())
    buckets = {key[3]: value for key, value in found.items() if key[0] == "onrecord_request_seconds_bucket"}
    assert buckets == {bound: float(seconds <= float(bound)) for bound in buckets}
    assert buckets["+Inf"] == 1.0
    sums = [value for key, value in found.items() if key[0] == "onrecord_request_seconds_sum"]
    assert sums == [seconds]
