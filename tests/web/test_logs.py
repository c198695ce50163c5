"""Logs promise: one JSON line for each request, and nothing in it that tells who asked, or for what."""

import io
import json
from collections.abc import Iterator

import pytest

from app.web.logs import MOST, BufferedLines, logger
from tests.support.api import Api
from tests.support.logged import Log, logged
from tests.support.routes import NAMES, ROUTES, asking, path_beyond, path_of
from tests.support.wire import wire

SECRET = b"hunter2"
FIELDS = {"event", "method", "route", "status", "ms", "bytes", "request_id", "level", "timestamp"}
# Everything that a caller can put a word into.
TELLING = [
    (b"user-agent", SECRET),
    (b"referer", b"https://example.org/" + SECRET),
    (b"x-forwarded-for", SECRET),
    (b"forwarded", b"for=" + SECRET),
    (b"authorization", b"Bearer " + SECRET),
    (b"cookie", b"a=" + SECRET),
    (b"origin", b"https://" + SECRET),
    (b"x-request-id", b"!" + SECRET),
    (b"if-none-match", b'"' + SECRET + b'"'),
]


@pytest.fixture(scope="module")
def watched(seeded_url: str) -> Iterator[tuple[Api, Log]]:
    """The API on the seed, with its log."""
    with logged(seeded_url) as pair:
        yield pair


@pytest.mark.parametrize("name", NAMES)
def test_each_request_is_one_line(watched: tuple[Api, Log], name: str) -> None:
    """An operator counts requests by counting lines."""
    api, log = watched
    path = path_of(api, name)
    log.take()
    answer = api.get(path, x_request_id="request-one")
    (line,) = log.take()
    assert set(line) == FIELDS
    assert (line["event"], line["level"], line["method"]) == ("answered", "info", "GET")
    assert (line["route"], line["status"], line["request_id"]) == (ROUTES[name].path, 200, "request-one")
    assert line["bytes"] == len(answer.content)
    assert line["ms"] >= 0
    assert line["timestamp"].endswith("Z")


@pytest.mark.parametrize("name", NAMES)
def test_no_line_tells_who_asked_or_for_what(watched: tuple[Api, Log], name: str) -> None:
    """No address, no user agent, no query, no path beyond the route's template, whatever the answer is."""
    api, log = watched
    path = path_of(api, name).encode()
    beyond = path_beyond(api, name, "/").encode() + SECRET
    log.take()
    for target in (path, asking(path, b"limit=" + SECRET), asking(path, SECRET + b"=1"), beyond):
        wire(api, target, TELLING)
        wire(api, target, TELLING, "POST")
    text = log.text
    assert len(log.take()) == 8
    for told in (SECRET.decode(), "192.0.2.7", "50123", "?", "example.org"):
        assert told not in text


@pytest.mark.parametrize(
    "target", [b"/v1/claims/hunter2", b"/hunter2", b"/v1/claims?cursor=hunter2", b"/%0a%22hunter2"]
)
def test_a_path_is_logged_as_its_template_alone(watched: tuple[Api, Log], target: bytes) -> None:
    """What stands in the path may be a name, too."""
    api, log = watched
    log.take()
    wire(api, target)
    (line,) = log.take()
    assert line["route"] in {"(none)", "/v1/claims", "/v1/claims/{claim}"}
    assert "hunter2" not in json.dumps(line)


def test_lines_are_written_together_and_none_is_lost() -> None:
    """A full buffer is written at once, and what is left at the end too."""
    stream = io.StringIO()
    lines = BufferedLines(stream)
    log = logger(lines, "info")
    for number in range(MOST + 5):
        log.info("counted", number=number)
    lines.flush()
    assert [json.loads(line)["number"] for line in stream.getvalue().splitlines()] == list(range(MOST + 5))


@pytest.mark.parametrize(("level", "kept"), [("debug", 4), ("info", 3), ("warning", 2), ("error", 1)])
def test_the_level_decides_what_is_written(level: str, kept: int) -> None:
    """The setting names the least serious kind of line."""
    stream = io.StringIO()
    lines = BufferedLines(stream)
    log = logger(lines, level)
    for one in (log.debug, log.info, log.warning, log.error):
        one("something", text='a "quoted"\nline')
    lines.flush()
    assert len(stream.getvalue().splitlines()) == kept
