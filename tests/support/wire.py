"""Requests that no well-behaved client would send: the bytes of path, query and headers exactly as given."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from tests.support.api import Api

Pair = tuple[bytes, bytes]


@dataclass
class WireAnswer:
    """What came back, every header line as it was sent."""

    status: int = 0
    headers: list[Pair] = field(default_factory=list)
    body: bytes = b""

    def all(self, name: str) -> list[str]:
        """Return the values of every line of a header."""
        return [value.decode("latin-1") for line, value in self.headers if line.decode().lower() == name]

    def one(self, name: str) -> str:
        """Return the value of a header that stands exactly once."""
        (value,) = self.all(name)
        return value


def wire(
    api: Api, target: bytes, headers: list[Pair] | None = None, method: str = "GET", own_host: bool = True
) -> WireAnswer:
    """Send one request as a server hands it on: the path percent-decoded, the rest as it came."""
    raw_path, _, query = target.partition(b"?")
    scope: dict[str, Any] = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": unquote(raw_path.decode("latin-1")),
        "raw_path": raw_path,
        "query_string": query,
        "root_path": "",
        "headers": [*([(b"host", b"test")] if own_host else []), *(headers or [])],
        "client": ("192.0.2.7", 50123),
        "server": ("test", 80),
        "state": {},
    }
    answer = WireAnswer()

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            answer.status, answer.headers = message["status"], list(message["headers"])
        else:
            answer.body += message.get("body", b"")

    api._runner.run(api.app(scope, receive, send))
    assert scope["method"] == method, "a server goes by the method in its own scope"
    return answer
