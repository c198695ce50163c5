"""Streaming promises: a file is sent while it is made, through compression too; who leaves ends it; few run at once."""

import asyncio
import gzip
from collections.abc import Iterator
from typing import Any

import brotli  # type: ignore[import-untyped]
import pytest
import zstandard
from starlette.types import Message

from app.exports.listing import choice
from app.exports.tables import TABLES
from tests.support.api import Api, serving
from tests.support.routes import problem_of

DECODERS = {
    "zstd": lambda data: zstandard.ZstdDecompressor().decompressobj().decompress(data),
    "br": lambda data: bytes(brotli.decompress(data)),
    "gzip": gzip.decompress,
}
PATH = "/v1/exports/claims.ndjson"


class Client:
    """One request as the server's own protocol makes it; leaves after so many pieces of the body, if ever."""

    def __init__(self, api: Api, leaves_after: int | None = None) -> None:
        self._api = api
        self._leaves_after = leaves_after
        self._left = asyncio.Event()
        self.pieces: list[bytes] = []
        self.headers: dict[bytes, bytes] = {}

    async def _receive(self) -> Message:
        await self._left.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.headers = dict(message["headers"])
        else:
            self.pieces.append(message["body"])
            if len(self.pieces) == self._leaves_after:
                self._left.set()
        # As a server's does, where a client reads slowly.
        await asyncio.sleep(0)

    def get(self, path: str, method: str = "GET", **headers: str) -> "Client":
        """Send the request, and wait until the application is done with it."""
        given = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
        scope: dict[str, Any] = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": method,
            "path": path,
            "raw_path": path.encode(),
            "query_string": b"",
            "root_path": "",
            "scheme": "http",
            "headers": given,
            "server": ("test", 80),
            "client": ("test", 1),
        }
        self._api._runner.run(self._api.app(scope, self._receive, self._send))
        return self


def test_a_file_is_sent_in_pieces(seeded_api: Api) -> None:
    """The first leaves before the last is made; for HEAD, none is made after the first."""
    assert len(Client(seeded_api).get(PATH, "HEAD").pieces) == 2
    client = Client(seeded_api).get(PATH)
    assert len(client.pieces) > 5
    assert b"content-length" not in client.headers
    assert b"".join(client.pieces) == seeded_api.get(PATH).content


@pytest.mark.parametrize("coding", list(DECODERS))
def test_compression_streams_too(seeded_api: Api, coding: str) -> None:
    """The same bytes when decoded, far fewer of them, and an entity tag of its own, which HEAD says too."""
    for path in (PATH, "/v1/exports/claims.csv", "/v1/exports/claims.jsonld", "/v1/exports/claims.geojson"):
        client = Client(seeded_api).get(path, accept_encoding=coding)
        coded = b"".join(client.pieces)
        assert client.headers[b"content-encoding"] == coding.encode()
        assert client.headers[b"etag"].endswith(f'-{coding}"'.encode())
        whole = seeded_api.get(path).content
        assert DECODERS[coding](coded) == whole
        assert len(coded) < len(whole) / 4
        head = Client(seeded_api).get(path, "HEAD", accept_encoding=coding)
        assert head.headers[b"etag"] == client.headers[b"etag"]
        assert b"".join(head.pieces) == b""


@pytest.mark.parametrize("path", ["/v1/exports/claims.parquet", "/v1/exports/claims.xlsx"])
def test_what_is_compressed_already_is_sent_as_it_is(seeded_api: Api, path: str) -> None:
    """Coding it again would only take time."""
    assert b"content-encoding" not in Client(seeded_api).get(path, accept_encoding="zstd").headers


@pytest.mark.parametrize("leaves_after", [1, 2, 3])
def test_a_client_that_leaves_ends_the_walk(seeded_api: Api, leaves_after: int) -> None:
    """Nothing more is made for it, its place is free, and its snapshot is closed."""
    whole = len(Client(seeded_api).get(PATH).pieces)
    client = Client(seeded_api, leaves_after).get(PATH)
    assert leaves_after <= len(client.pieces) <= leaves_after + 1 < whole
    assert seeded_api.app.state.exports.running == 0
    assert seeded_api.app.state.archive._engine.pool.checkedout() == 0


@pytest.fixture
def alone(seeded_url: str) -> Iterator[Api]:
    """The API on the seed, where one export runs at a time."""
    with serving(seeded_url, exports=1) as api:
        yield api


def test_more_than_a_few_are_told_to_come_again(alone: Api) -> None:
    """503 with Retry-After, in the one shape; other routes answer meanwhile, and when one is done the next begins."""
    table = TABLES["claims"]
    exports = alone.app.state.exports
    walk = alone._runner.run(exports.begin(table, "csv", choice(table, "csv", b""), "/"))
    answer = alone.get(PATH)
    assert (answer.status_code, problem_of(answer)["code"]) == (503, "unavailable")
    assert int(answer.headers["retry-after"]) > 0
    assert alone.get("/v1/claims").status_code == 200
    assert alone.get("/v1/exports/datapackage.json").status_code == 200
    alone._runner.run(walk.rest.aclose())
    assert alone.get(PATH).status_code == 200


@pytest.mark.parametrize("url", ["sqlite:///never-made.db", "postgresql://nobody@127.0.0.1:1/nothing"])
def test_a_database_that_is_away_is_a_503(url: str) -> None:
    """Before the first byte, so that nobody takes half a file for a whole one."""
    with serving(url) as api:
        for path in (PATH, "/v1/exports/datapackage.json", "/v1/catalogue.jsonld"):
            assert api.get(path).status_code == 503
        assert api.app.state.exports.running == 0


def test_a_fault_on_the_way_breaks_the_answer_off(alone: Api) -> None:
    """A file that could not be made to its end never looks whole: the last message is missing."""

    class Broken:
        media_type, extension = "text/csv", "csv"

        def present(self, *_: Any) -> Iterator[bytes]:
            yield b"first"
            raise ValueError("broken")

    table = TABLES["claims"]
    exports = alone.app.state.exports

    async def walk() -> list[bytes]:
        stream = exports._pieces(lambda snapshot: Broken().present(snapshot))
        return [piece async for piece in stream]

    with pytest.raises(ValueError, match="broken"):
        alone._runner.run(walk())
    assert exports.running == 0
    assert alone.get(f"/v1/exports/{table.name}.csv").status_code == 200
