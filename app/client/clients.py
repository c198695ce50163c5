"""Why this file exists: the two faces of the client; all they do is what exchanges ask: send, and wait."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from types import TracebackType
from typing import Any, Self, TypeVar

import httpx

from app.client.errors import NotUnderstood
from app.client.exchange import Exchange, Manners, NoReply, Pause, Reply, Retries, Send
from app.client.models import Page
from app.client.operations import Operations

T = TypeVar("T")
Paging = Callable[[Manners, str], Exchange[Page[T]]]
AGENT = "onrecord-client/1"
BROKEN = (httpx.TransportError, httpx.DecodingError)
# More than a page of the longest records; what was packed small can be without end.
MOST_BYTES = 512 * 1024 * 1024
# A first answer can take long where a page is large; the silence between two pieces of it may not.
TIMEOUT = httpx.Timeout(30, connect=10)


def _settings(url: str, agent: str, timeout: httpx.Timeout) -> dict[str, Any]:
    headers = {"User-Agent": f"{agent} {AGENT}".strip(), "Accept": "application/json, */*;q=0.5"}
    return {"base_url": url, "headers": headers, "timeout": timeout, "follow_redirects": False}


def _patient(usual: httpx.Timeout, send: Send) -> httpx.Timeout:
    read = None if usual.read is None else usual.read + send.patience
    return httpx.Timeout(connect=usual.connect, read=read, write=usual.write, pool=usual.pool)


def _reply(answer: httpx.Response, content: bytes) -> Reply:
    return Reply(answer.status_code, {name.lower(): value for name, value in answer.headers.items()}, content)


def _bounded(piece: bytes, before: bytearray) -> bytes:
    """Return a piece of an answer; raises NotUnderstood when the whole grows beyond what any answer of ours is."""
    if len(before) + len(piece) > MOST_BYTES:
        raise NotUnderstood(
            f"the answer is larger than {MOST_BYTES // 1024**2} MB; what is large is exported to a file"
        )
    return piece


class Onrecord(Operations):
    """A client that waits. `agent` says who asks, best with an address for questions."""

    def __init__(
        self,
        url: str,
        *,
        agent: str = "",
        retries: Retries | None = None,
        timeout: httpx.Timeout = TIMEOUT,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.url = url
        self.manners = Manners(retries or Retries())
        self._sleep = sleep
        self._http = httpx.Client(transport=transport, **_settings(url, agent, timeout))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close every connection."""
        self._http.close()

    def run(self, exchange: Exchange[T]) -> T:
        """Do what an exchange asks, and return its result."""
        outcome: Reply | NoReply | None = None
        while True:
            try:
                asked = exchange.send(outcome)
            except StopIteration as stop:
                result: T = stop.value
                return result
            outcome = self._sleep(asked.seconds) if isinstance(asked, Pause) else self._sent(asked)

    def _sent(self, send: Send) -> Reply | NoReply:
        timeout = _patient(self._http.timeout, send)
        try:
            with self._http.stream("GET", send.path, headers=dict(send.headers), timeout=timeout) as answer:
                if send.into is None or answer.status_code != 200:
                    content = bytearray()
                    for piece in answer.iter_bytes():
                        content += _bounded(piece, content)
                    return _reply(answer, bytes(content))
                send.into.seek(0)
                send.into.truncate()
                for piece in answer.iter_bytes():
                    send.into.write(piece)
                return _reply(answer, b"")
        except BROKEN as error:
            return NoReply(f"{self.url}: {str(error) or type(error).__name__}")

    def walk(self, paging: Paging[T], path: str) -> Iterator[T]:
        """Yield every record of a list, reading pages as they are needed."""
        following: str | None = path
        while following is not None:
            page = self.run(paging(self.manners, following))
            yield from page.data
            following = page.goes_on


class AsyncOnrecord(Operations):
    """A client that awaits. `agent` says who asks, best with an address for questions."""

    def __init__(
        self,
        url: str,
        *,
        agent: str = "",
        retries: Retries | None = None,
        timeout: httpx.Timeout = TIMEOUT,
        transport: httpx.AsyncBaseTransport | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.url = url
        self.manners = Manners(retries or Retries())
        self._sleep = sleep
        self._http = httpx.AsyncClient(transport=transport, **_settings(url, agent, timeout))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close every connection."""
        await self._http.aclose()

    async def run(self, exchange: Exchange[T]) -> T:
        """Do what an exchange asks, and return its result."""
        outcome: Reply | NoReply | None = None
        while True:
            try:
                asked = exchange.send(outcome)
            except StopIteration as stop:
                result: T = stop.value
                return result
            if isinstance(asked, Pause):
                outcome = None
                await self._sleep(asked.seconds)
            else:
                outcome = await self._sent(asked)

    async def _sent(self, send: Send) -> Reply | NoReply:
        timeout = _patient(self._http.timeout, send)
        try:
            async with self._http.stream("GET", send.path, headers=dict(send.headers), timeout=timeout) as answer:
                if send.into is None or answer.status_code != 200:
                    content = bytearray()
                    async for piece in answer.aiter_bytes():
                        content += _bounded(piece, content)
                    return _reply(answer, bytes(content))
                send.into.seek(0)
                send.into.truncate()
                async for piece in answer.aiter_bytes():
                    send.into.write(piece)
                return _reply(answer, b"")
        except BROKEN as error:
            return NoReply(f"{self.url}: {str(error) or type(error).__name__}")

    async def walk(self, paging: Paging[T], path: str) -> AsyncIterator[T]:
        """Yield every record of a list, reading pages as they are needed."""
        following: str | None = path
        while following is not None:
            page = await self.run(paging(self.manners, following))
            for one in page.data:
                yield one
            following = page.goes_on
