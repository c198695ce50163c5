"""Exports promise everybody else: who asks for a file and does not read it keeps neither a place nor a snapshot."""

import asyncio
from typing import Any

import pytest
from starlette.types import Message

from app.serving import streaming
from tests.support.api import Api, serving


@pytest.mark.parametrize("coding", ["identity", "gzip"])
def test_who_reads_nothing_is_taken_for_gone(seeded_url: str, monkeypatch: pytest.MonkeyPatch, coding: str) -> None:
    """A reader that keeps its connection and takes no more is broken off, and the next one gets the whole file."""
    monkeypatch.setattr(streaming, "PATIENCE", 0.05)
    taken: list[Message] = []

    async def stays() -> Message:
        await asyncio.get_running_loop().create_future()
        raise AssertionError

    async def stalls(message: Message) -> None:
        taken.append(message)
        if len(taken) > 2:
            # As a server does whose buffer is full: it waits for a reader that never comes.
            await asyncio.get_running_loop().create_future()

    path = "/v1/exports/claims.ndjson"
    scope: dict[str, Any] = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "path": path,
        "raw_path": path.encode(), "query_string": b"", "root_path": "", "scheme": "http",
        "headers": [(b"accept-encoding", coding.encode())], "server": ("test", 80), "client": ("test", 1),
    }  # fmt: skip
    with serving(seeded_url, exports=1) as api:
        api._runner.run(asyncio.wait_for(api.app(scope, stays, stalls), 20))
        assert taken[-1].get("more_body", True)
        assert api.app.state.exports.running == 0
        assert api.app.state.archive._engine.pool.checkedout() == 0
        assert_whole(api, path)


def assert_whole(api: Api, path: str) -> None:
    """Check that the file can be had."""
    assert len(api.get(path).content.splitlines()) == 102
