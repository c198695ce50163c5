"""Why this file exists: followers who wait for a change hold neither a thread nor a connection to the database.

One look at the head, a few times a second and only while anybody waits, serves all of them. Nobody depends on what a
database can tell of its own accord, so a replica that only reads is waited at as well.
"""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from typing import Any

from app.changes.asking import LONGEST_WAIT
from app.changes.queries import STANDING
from app.store.reader import Reader, StoreUnavailable

INTERVAL = 0.1
# So many wait at once; who comes then is told to come again.
MOST_WAITING = 1000
# Fewer than read at once of the whole application, so that others come to read too.
TURNS = 3
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]


class Crowded(StoreUnavailable):
    """More wait than there is room for."""


class Waiters:
    """All who wait in one process."""

    def __init__(self, reader: Reader, interval: float = INTERVAL, most: int = MOST_WAITING) -> None:
        self._reader = reader
        self._interval = interval
        self._most = most
        # How long anybody waits at most, and how many read at once of those who were woken together.
        self.longest = float(LONGEST_WAIT)
        self.turns = asyncio.Semaphore(TURNS)
        self._waiting: dict[asyncio.Future[None], str] = {}
        self._poller: asyncio.Task[None] | None = None
        self._stopped = False

    @property
    def count(self) -> int:
        """Return how many wait."""
        return len(self._waiting)

    async def moved(self, chain: str, seconds: float, receive: Receive) -> bool:
        """Wait until the head is another than the one with this chain; return whether it may be worth looking.

        False when the time is over, the client has left or the server stops. Raises Crowded.
        """
        if self._stopped or seconds <= 0:
            return False
        if len(self._waiting) >= self._most:
            raise Crowded("too many wait for changes at this moment")
        waiter = asyncio.get_running_loop().create_future()
        self._waiting[waiter] = chain
        if self._poller is None or self._poller.done():
            self._poller = asyncio.create_task(self._poll())
        leaving = asyncio.create_task(_left(receive))
        try:
            await asyncio.wait((waiter, leaving), timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
            return waiter.done() and not self._stopped
        finally:
            self._waiting.pop(waiter, None)
            waiter.cancel()
            leaving.cancel()
            with suppress(asyncio.CancelledError):
                await leaving

    async def _poll(self) -> None:
        """Look at the head for as long as anybody waits."""
        while self._waiting:
            try:
                ((_, _, chain, _),) = await self._reader.rows(STANDING, {})
            except StoreUnavailable:
                # Whoever waits looks for itself, and is told that the database is away.
                chain = ""
            for waiter, known in self._waiting.items():
                if known != chain and not waiter.done():
                    waiter.set_result(None)
            await asyncio.sleep(self._interval)

    def stop(self) -> None:
        """Send everybody home, and let nobody wait any more."""
        self._stopped = True
        for waiter in self._waiting:
            if not waiter.done():
                waiter.set_result(None)


async def _left(receive: Receive) -> None:
    """Return when the client has gone; never when the server does not tell."""
    asked = False
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        if asked:
            # A second end of the request: this server tells nothing more.
            await asyncio.get_running_loop().create_future()
        asked = not message.get("more_body", False)
