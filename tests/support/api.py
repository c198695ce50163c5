"""The application over HTTP without a socket: one event loop, its lifespan run, every header as a client sees it."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager, contextmanager
from typing import Any

import httpx
from fastapi import FastAPI

from app.kit.settings import Settings
from app.main import create_app


class Api:
    """A client of one application; calls are synchronous."""

    def __init__(self, app: FastAPI, runner: asyncio.Runner) -> None:
        self.app = app
        self._runner = runner
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        self._client = httpx.AsyncClient(transport=transport, base_url="http://test")

    def request(self, method: str, path: str, headers: dict[str, str] | None = None) -> httpx.Response:
        """Send one request; `accept-encoding` is `identity` unless given."""
        sent = {"accept-encoding": "identity", **(headers or {})}
        return self._runner.run(self._client.request(method, path, headers=sent))

    def send(self, **request: Any) -> httpx.Response:
        """Send a request as an HTTP library describes it."""
        return self._runner.run(self._client.request(**request))

    def get(self, path: str, **headers: str) -> httpx.Response:
        """Send a GET; header names are given with underscores."""
        return self.request("GET", path, {name.replace("_", "-"): value for name, value in headers.items()})

    def data(self, path: str) -> Any:
        """Return `data` of a 200."""
        answer = self.get(path)
        assert answer.status_code == 200, answer.text
        return json.loads(answer.content)["data"]

    def walk(self, path: str) -> list[Any]:
        """Return every record of a list, following links.next."""
        found: list[Any] = []
        following: str | None = path
        while following is not None:
            answer = self.get(following)
            assert answer.status_code == 200, answer.text
            page = json.loads(answer.content)
            found += page["data"]
            following = page["links"]["next"]
        return found


@contextmanager
def serving(url: str, **settings: Any) -> Iterator[Api]:
    """Give the application on a database, opened and closed as a server would."""
    app = create_app(Settings(database_url=url, log_level="error", **settings))
    with asyncio.Runner() as runner:
        lifespan: AbstractAsyncContextManager[Any] = app.router.lifespan_context(app)
        runner.run(lifespan.__aenter__())
        try:
            yield Api(app, runner)
        finally:
            runner.run(lifespan.__aexit__(None, None, None))
