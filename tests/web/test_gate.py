"""The gate promises: an id for each request, HEAD as GET without the body, single headers, and no bare 500."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from typing import Any

import pytest
from sqlalchemy.dialects import sqlite

from tests.support.api import Api
from tests.support.logged import logged
from tests.support.routes import NAMES, RECORDS, ROUTES, asking, path_beyond, path_of, problem_of
from tests.support.wire import WireAnswer, wire

ID = b"a-request-id.1_Z"
ORIGIN, CODING = (b"origin", b"https://example.org"), (b"accept-encoding", b"gzip, br")
# What a client sends beside its request; the last is a browser's question beforehand.
SENT = [[], [ORIGIN], [CODING], [ORIGIN, CODING], [ORIGIN, CODING, (b"access-control-request-method", b"GET")]]
OWN_ID = re.compile(r"[0-9a-f]{16}")


def shape(answer: WireAnswer, leave_out: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """Return the header lines in a fixed order."""
    lines = [(name.decode().lower(), value.decode()) for name, value in answer.headers]
    return sorted(line for line in lines if line[0] not in leave_out)


@pytest.mark.parametrize("name", NAMES)
def test_head_is_get_without_the_body(seeded_api: Api, name: str) -> None:
    """Every header is that of GET, so that a client may look before it loads; a validator works the same way."""
    path = path_of(seeded_api, name).encode()
    # The metrics count the requests themselves, so no two answers are equally long.
    moving = ("content-length",) if name == "get_metrics" else ()
    beyond = path_beyond(seeded_api, name, "/nothing").encode()
    for target, coding in product((path, asking(path, b"no-such-name=1"), beyond), (b"identity", b"gzip")):
        sent = [(b"accept-encoding", coding), (b"x-request-id", ID)]
        get, head = wire(seeded_api, target, sent), wire(seeded_api, target, sent, "HEAD")
        assert head.body == b"" != get.body
        assert (head.status, shape(head, moving)) == (get.status, shape(get, moving))
        for tag in get.all("etag"):
            assert wire(seeded_api, target, [*sent, (b"if-none-match", tag.encode())], "HEAD").status == 304


@pytest.mark.parametrize("given", ["12345678", "a-request-id.1_Z", "A" * 64])
def test_a_well_formed_request_id_is_kept(seeded_api: Api, given: str) -> None:
    """A caller finds its request in our logs by its own id, and in a problem."""
    assert seeded_api.get("/v1/claims?limit=1", x_request_id=given).headers["x-request-id"] == given
    assert problem_of(seeded_api.get("/nowhere", x_request_id=given))["request_id"] == given


@pytest.mark.parametrize(
    "given", [b"", b"1234567", b"A" * 65, b"with space", b"a/b/c/d/e/f", b"\xff" * 10, b"<script>x", b'{"a":"bcd"}']
)
def test_any_other_request_id_is_replaced(seeded_api: Api, given: bytes) -> None:
    """What could break a log line or a header does not get into one."""
    answer = wire(seeded_api, b"/healthz", [(b"x-request-id", given)])
    assert OWN_ID.fullmatch(answer.one("x-request-id"))


def test_every_request_has_an_id_of_its_own(seeded_api: Api) -> None:
    """No two are mistaken for each other."""
    assert len({seeded_api.get("/healthz").headers["x-request-id"] for _ in range(50)}) == 50


@pytest.mark.parametrize("name", NAMES)
def test_no_header_stands_twice(seeded_api: Api, name: str) -> None:
    """Two lines of one header are read differently by different clients; Vary stands once, complete."""
    path = path_of(seeded_api, name).encode()
    for target, method, sent in product((path, asking(path, b"no-such-name=1")), ("GET", "HEAD", "OPTIONS"), SENT):
        answer = wire(seeded_api, target, sent, method)
        lines = Counter(line.lower() for line, _ in answer.headers)
        assert [line for line, count in lines.items() if count > 1] == [], (method, sent)
        assert {"Accept", "Accept-Encoding"} <= set(answer.one("vary").split(", "))
        assert answer.one("x-content-type-options") == "nosniff"


class Broken:
    """A reader that fails in a way that nobody foresaw."""

    dialect = sqlite.dialect()

    async def rows(self, *_: Any) -> list[tuple[Any, ...]]:
        """Fail, with words that must not reach a caller."""
        raise RuntimeError("password=hunter2 at line 7")

    long_rows = rows


@contextmanager
def broken(api: Api) -> Iterator[None]:
    """Let every read fail for as long as the block lasts: of one record, of what is found, and of a whole moment."""
    state = api.app.state
    reader, moments = state.reader, state.archive._snapshot
    state.reader = state.finder.reader = Broken()
    state.archive._snapshot = _unforeseen
    try:
        yield
    finally:
        state.reader = state.finder.reader = reader
        state.archive._snapshot = moments


def _unforeseen() -> None:
    raise RuntimeError("password=hunter2 at line 7")


def test_what_nobody_caught_is_a_problem_without_details_and_is_logged(seeded_url: str) -> None:
    """The caller gets the shape of every problem and an id; the operator gets the rest under that id."""
    with logged(seeded_url) as (api, log):
        paths = {name: path_of(api, name) for name in RECORDS}
        for name, path in paths.items():
            log.take()
            with broken(api):
                answer = api.get(path)
            problem = problem_of(answer)
            assert (answer.status_code, problem["code"]) == (500, "internal"), name
            for secret in ("hunter2", "RuntimeError", "Traceback", "line 7"):
                assert secret not in answer.text
            assert answer.headers["access-control-allow-origin"] == "*"
            unhandled, answered = log.take()
            assert (unhandled["event"], unhandled["level"]) == ("unhandled", "error")
            assert unhandled["request_id"] == answered["request_id"] == problem["request_id"]
            assert "RuntimeError" in unhandled["exception"]
            assert (answered["status"], answered["route"]) == (500, ROUTES[name].path)


def test_the_service_goes_on_after_a_fault(seeded_url: str) -> None:
    """One broken request is not the next one's."""
    with logged(seeded_url) as (api, _):
        with broken(api):
            assert api.get("/v1/claims").status_code == 500
            assert api.get("/healthz").status_code == 200
        assert json.loads(api.get("/v1/claims?limit=1").content)["data"]
