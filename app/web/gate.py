"""Why this file exists: the one gate that every request passes, pure ASGI: a base-class middleware halves throughput.

It gives the request its id, answers HEAD as GET without the body, ties entity tags to content codings, turns what
nobody caught into a problem, and writes one line and one count of each answer.
"""

import re
import secrets
import time
from collections.abc import Callable, Iterable
from typing import Any

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.serving.problems import Problem
from app.serving.refusing import problem_answer
from app.web.metrics import Metrics

Header = tuple[bytes, bytes]
_REQUEST_ID = re.compile(rb"[A-Za-z0-9._-]{8,64}")
UNROUTED = "(none)"
EXPOSED = b"ETag, Last-Modified, Link, Retry-After, X-Request-Id, Onrecord-Seq, Content-Disposition"
# On every answer: what it depends on, and that any web page may read it.
EVERYWHERE: tuple[Header, ...] = (
    (b"vary", b"Accept, Accept-Encoding"),
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", EXPOSED),
    (b"x-content-type-options", b"nosniff"),
)
_OURS = frozenset(name for name, _ in EVERYWHERE)


def _request_id(scope: Scope) -> str:
    """Return the caller's request id when it is a plain token, else a new one."""
    for name, value in scope["headers"]:
        if name == b"x-request-id" and _REQUEST_ID.fullmatch(value):
            given: bytes = value
            return given.decode()
    return secrets.token_hex(8)


class OnlyWhen:
    """Lets requests pass round a middleware that has nothing to do for them."""

    def __init__(self, app: ASGIApp, asked: Callable[[Scope], bool], through: Callable[[ASGIApp], ASGIApp]) -> None:
        self._plain = app
        self._asked = asked
        self._through = through(app)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take the way through the middleware or the way round it."""
        await (self._through if self._asked(scope) else self._plain)(scope, receive, send)


class Gate:
    """Wraps the whole application."""

    def __init__(self, app: ASGIApp, metrics: Metrics, log: Any) -> None:
        self._app = app
        self._metrics = metrics
        self._log = log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request through; other kinds of connection pass untouched."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        passage = _Passage(scope, send)
        if passage.method == "HEAD":
            # A copy: the server goes by the method in its own scope, and sends no body for HEAD.
            scope = {**scope, "method": "GET", "head": True}
        try:
            await self._app(scope, receive, passage.send)
        except Exception as error:
            self._log.error("unhandled", request_id=passage.request_id, error=type(error).__name__, exc_info=error)
            if not passage.status:
                problem = Problem("internal", "something went wrong here; it is logged under the request_id")
                await problem_answer(Request(scope), problem)(scope, receive, passage.send)
        self._finish(scope, passage)

    def _finish(self, scope: Scope, passage: "_Passage") -> None:
        seconds = time.perf_counter() - passage.started
        route = getattr(scope.get("route"), "path", UNROUTED)
        self._metrics.observe(route, passage.status, seconds)
        self._log.info(
            "answered",
            method=passage.method,
            route=route,
            status=passage.status,
            ms=round(seconds * 1000, 2),
            bytes=passage.length,
            request_id=passage.request_id,
        )


class _Passage:
    """One request on its way through the gate."""

    __slots__ = ("_send", "length", "method", "request_id", "started", "status")

    def __init__(self, scope: Scope, send: Send) -> None:
        self._send = send
        self.started = time.perf_counter()
        self.status = 0
        self.length = 0
        self.method: str = scope["method"]
        self.request_id = scope["request_id"] = _request_id(scope)

    async def send(self, message: Message) -> None:
        """Hand one message on, with our headers on the first and without bodies for HEAD."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = message["headers"] = _tied(message.get("headers", ()))
            headers += EVERYWHERE
            headers.append((b"x-request-id", self.request_id.encode()))
        elif message["type"] == "http.response.body":
            self.length += len(message.get("body", b""))
            if self.method == "HEAD":
                message = {**message, "body": b""}
        await self._send(message)


def _tied(headers: Iterable[Header]) -> list[Header]:
    """Return headers without those that are the same everywhere, and with the content coding in the entity tag.

    Each coding is a representation of its own, so each has a tag of its own.
    """
    kept = [header for header in headers if header[0] not in _OURS]
    coding = next((value for name, value in kept if name == b"content-encoding"), None)
    if coding is None:
        return kept
    return [(name, value[:-1] + b"-" + coding + b'"') if name == b"etag" else (name, value) for name, value in kept]
