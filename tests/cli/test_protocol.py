"""The server promises: no head of a request fills the memory, and an honest client notices nothing of the bound."""

import json
import socket
from collections.abc import Iterator

import pytest

from app.cli.protocol import LONGEST
from tests.support.terminal import ONRECORD, Served, serving_on_a_socket

LINE = b"GET /healthz HTTP/1.1\r\nHost: a\r\n"
WHOLE = LINE + b"\r\n"
OK, REFUSED = b"HTTP/1.1 200 ", b"HTTP/1.1 431 "
# Sent in pieces, so that what is refused need not come to its end.
LARGE = {
    "one long header": [LINE + b"a: ", *[b"b" * 10_000] * 7, b"\r\n\r\n"],
    "one long header at once": [LINE + b"a: " + b"b" * (LONGEST + 10) + b"\r\n\r\n"],
    "a header without an end": [LINE + b"a: ", *[b"b" * 10_000] * 300],
    "many short headers": [LINE, *[b"a: b\r\n" * 2_000] * 50],
    "a long path": [b"GET /", *[b"a" * 10_000] * 300, b" HTTP/1.1\r\n\r\n"],
    "empty lines": [b"\r\n" * 5_000] * 100,
    "trailers without an end": [
        b"POST /healthz HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n",
        *[b"a: b\r\n" * 2_000] * 50,
    ],
}


@pytest.fixture(scope="module")
def server(seeded_url: str) -> Iterator[Served]:
    """A server on the loopback; what a head is does not depend on the database."""
    if not seeded_url.startswith("sqlite"):
        pytest.skip("what a head is does not depend on the database")
    with serving_on_a_socket(ONRECORD, seeded_url) as running:
        yield running
        running.stop()


def connected(server: Served) -> socket.socket:
    """Return a new connection; nothing on it is waited for longer than ten seconds."""
    host, port = server.url.removeprefix("http://").split(":")
    return socket.create_connection((host, int(port)), timeout=10)


def heard(connection: socket.socket, until: int | None = None) -> bytes:
    """Return what is said until so many answers have begun, or until the connection is closed."""
    said = b""
    try:
        while until is None or said.count(b"HTTP/1.1 ") < until:
            piece = connection.recv(65_536)
            if not piece:
                return said
            said += piece
    except ConnectionResetError:
        assert until is None
    return said


@pytest.mark.parametrize("name", LARGE)
def test_a_head_that_is_too_large_ends_its_connection(server: Served, name: str) -> None:
    """It is refused before a few megabytes have come, and others are served on."""
    with connected(server) as connection:
        try:
            for piece in LARGE[name]:
                connection.sendall(piece)
        except (ConnectionResetError, BrokenPipeError):
            pass
        # The end is seen as the end or as a reset; a time-out would fail this.
        heard(connection)
    assert server.client.get("/healthz").status_code == 200


def test_the_refusal_is_a_problem_like_any_other(server: Served) -> None:
    """A client that can read one problem can read this."""
    with connected(server) as connection:
        connection.sendall(LINE + b"x-secret: " + b"hunter2" * (LONGEST // 7) + b"\r\n\r\n")
        head, _, body = heard(connection).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 431 Request Header Fields Too Large\r\n")
    headers = dict(line.split(b": ", 1) for line in head.split(b"\r\n")[1:])
    assert headers[b"content-type"] == b"application/problem+json"
    assert (headers[b"connection"], int(headers[b"content-length"])) == (b"close", len(body))
    problem = json.loads(body)
    assert (problem["status"], problem["code"]) == (431, "head_too_large")
    assert problem["request_id"] == headers[b"x-request-id"].decode()
    assert b"hunter2" not in head + body
    assert server.client.get(problem["type"]).json()["data"]["status"] == 431


def test_a_large_head_within_the_bound_is_served(server: Served) -> None:
    """The connection stays open, and the bound holds for each head, not for all of a connection together."""
    with connected(server) as connection:
        for _ in range(3):
            connection.sendall(LINE + b"a: " + b"b" * (LONGEST - 100) + b"\r\n\r\n")
            assert OK in heard(connection, 1)


def test_many_requests_at_once_are_all_answered(server: Served) -> None:
    """Pipelined requests may be longer together than one may be alone."""
    number = 80
    with connected(server) as connection:
        connection.sendall((LINE + b"a: " + b"b" * (3 * LONGEST // number) + b"\r\n\r\n") * number)
        assert heard(connection, number).count(OK) == number


def test_a_body_is_no_head(server: Served) -> None:
    """A body that nobody asked for does not count; the next request is answered."""
    head = b"POST /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n" % (3 * LONGEST)
    with connected(server) as connection:
        for piece in (head, b"a" * LONGEST, b"a" * LONGEST, b"a" * LONGEST, WHOLE):
            connection.sendall(piece)
        said = heard(connection, 2)
    assert said.startswith(b"HTTP/1.1 405 ")
    assert said.count(OK) == 1


def test_no_refusal_is_taken_for_the_answer_of_an_earlier_request(server: Served) -> None:
    """What was asked properly before is answered in order, and only then the connection ends."""
    with connected(server) as connection:
        connection.sendall(WHOLE * 3 + LINE + b"a: " + b"b" * (LONGEST + 10) + b"\r\n\r\n")
        said = heard(connection)
    assert said.count(OK) == 3
    assert REFUSED not in said.rpartition(OK)[0]
