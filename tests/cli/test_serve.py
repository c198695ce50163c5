"""`onrecord serve` promises: it listens, says where, answers as the tests without a socket say, and stops cleanly."""

import json
import re
import socket

import pytest
from sqlalchemy import insert, select, update

from app.record.queries import DOCUMENT, QUEUE
from tests.support.api import Api
from tests.support.terminal import MODULE, ONRECORD, Served, program, serving_on_a_socket
from tests.support.world import World

COMMANDS = {"sqlite": ONRECORD, "postgresql": MODULE}
PATHS = ["/v1/claims?limit=3", "/v1/reports/aleppo-2016-12", "/readyz", "/v1/claims/none"]
# HEAD, a 404, a 400 and a 405 leave the connection open, so that a nightly pull connects once.
KINDS = ("HEAD /v1/claims", "GET /v1/claims?no", "POST /", "HEAD /none", "OPTIONS /", "GET /healthz")
OURS = ("etag", "link", "vary", "cache-control", "last-modified", "content-type", "content-length")


def converse(url: str) -> None:
    """Send requests of every kind over one connection, which must stay open, and read each answer to its end."""
    host, port = url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        stream = connection.makefile("rb")
        for line in KINDS:
            connection.sendall(f"{line} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
            assert stream.readline().startswith(b"HTTP/1.1 "), line
            headers = {}
            while (header := stream.readline()) not in (b"\r\n", b""):
                name, _, value = header.partition(b":")
                headers[name.lower()] = value.strip()
            assert b"connection" not in headers, line
            if not line.startswith("HEAD"):
                assert stream.read(int(headers[b"content-length"]))


def compare(server: Served, api: Api) -> None:
    """Hold what comes through the socket against what the application says without one."""
    for path in PATHS:
        expected = api.get(path, x_request_id="a-request-id")
        for method in ("GET", "HEAD"):
            sent = {"accept-encoding": "identity", "x-request-id": "a-request-id"}
            answer = server.client.request(method, path, headers=sent)
            assert answer.status_code == expected.status_code
            assert answer.content == (expected.content if method == "GET" else b"")
            assert [answer.headers.get(one) for one in OURS] == [expected.headers.get(one) for one in OURS]
            assert "date" in answer.headers
            assert "server" not in answer.headers


def test_a_server_on_a_socket_answers_as_promised(seeded_url: str, seeded_api: Api) -> None:
    """Both databases, a real socket: the same answers, one connection for many requests, and a clean end."""
    command = COMMANDS["sqlite" if seeded_url.startswith("sqlite") else "postgresql"]
    with serving_on_a_socket(command, seeded_url) as server:
        assert server.url.startswith("http://127.0.0.1:")
        tried = re.findall(r"curl '?(http://[^\s']+)", server.said)
        assert [server.client.get(url).status_code for url in tried] == [200, 200, 200]
        compare(server, seeded_api)
        converse(server.url)
        said = server.stop()
    lines = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
    assert [line["event"] for line in lines] == ["answered"] * (3 + 2 * len(PATHS) + len(KINDS))
    assert not re.search(r"ERROR|WARNING|Traceback", said)


def test_what_an_interrupted_write_left_waiting_is_rendered_before_the_server_listens(world: World) -> None:
    """Nobody reads an old document for as long as nothing else is written."""
    with world.desk.engine.begin() as connection:
        stale = {"body": b'{"stale":true}', "etag": "stale"}
        connection.execute(update(DOCUMENT).where(DOCUMENT.c.id == world.speaker).values(**stale))
        connection.execute(insert(QUEUE).values(record_id=world.speaker, since=1))
    command = COMMANDS[world.desk.engine.dialect.name]
    with serving_on_a_socket(command, world.url) as server:
        answer = server.client.get(f"/v1/actors/{world.speaker}")
        server.stop()
    assert answer.headers["etag"] != '"stale"'
    assert answer.json()["data"]["name"] == "A Speaker"
    with world.desk.engine.connect() as connection:
        assert connection.execute(select(QUEUE)).all() == []


def test_a_port_that_is_taken_is_said(seeded_url: str) -> None:
    """The server does not claim to listen where another one does."""
    if not seeded_url.startswith("sqlite"):
        pytest.skip("what a port is does not depend on the database")
    with socket.create_server(("127.0.0.1", 0)) as other:
        ran = program(ONRECORD, seeded_url, "serve", "--port", str(other.getsockname()[1]))
    assert ran.code > 0
    assert "address already in use" in ran.err
    assert "answers at" not in ran.out
    assert "Traceback" not in ran.err
