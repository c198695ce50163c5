"""Why this file exists: an answer of PostgreSQL comes in pieces of 8 kB; a request should wake once for all of them.

psycopg resumes the whole request, through every frame between it and the socket, for each piece: some twenty times for
a page of 50 claims. Here the event loop's own callback takes the pieces in, and the request goes on with the last one.
Of 194 kB, with 16 requests at once: 245 µs of the server's time for a page instead of 330.
"""

import asyncio
from typing import Any, Generic, TypeVar

from psycopg import AsyncConnection, OperationalError
from psycopg.abc import PQGen
from psycopg.waiting import Ready, Wait

T = TypeVar("T")
INTERVAL = 0.1


class Connection(AsyncConnection[tuple[Any, ...]]):
    """A connection whose answers are taken in by the event loop."""

    async def wait(
        self,
        gen: PQGen[T],
        interval: float = INTERVAL,
        timeout: float | None = None,  # noqa: ASYNC109  # As psycopg has it.
    ) -> T:
        """Return what a generator of psycopg returns; one that is given up leaves the connection closed."""
        if timeout is not None:
            return await super().wait(gen, interval, timeout)
        try:
            wanted = next(gen)
        except StopIteration as end:
            result: T = end.value
            return result
        intake = _Intake(gen, self.pgconn.socket, wanted)
        try:
            return await intake.whole
        except asyncio.CancelledError:
            intake.leave()
            self.pgconn.finish()
            raise


class _Intake(Generic[T]):
    """A generator of psycopg, gone on with whenever its socket is ready for what it wants."""

    def __init__(self, gen: PQGen[T], socket: int, wanted: Wait) -> None:
        self._gen = gen
        self._socket = socket
        self._loop = asyncio.get_running_loop()
        self.whole: asyncio.Future[T] = self._loop.create_future()
        self._watch(wanted)

    def _watch(self, wanted: Wait) -> None:
        self._wanted = wanted
        if wanted & Wait.R:
            self._loop.add_reader(self._socket, self._go_on, Ready.R)
        if wanted & Wait.W:
            self._loop.add_writer(self._socket, self._go_on, Ready.W)

    def leave(self) -> None:
        """Watch the socket no longer."""
        self._loop.remove_reader(self._socket)
        self._loop.remove_writer(self._socket)

    def _go_on(self, ready: Ready) -> None:
        if self.whole.done():
            # Cancelled: the request has not had its turn to leave yet.
            return
        try:
            wanted = self._gen.send(ready)
        except StopIteration as end:
            self.leave()
            self.whole.set_result(end.value)
        except OSError:
            self.leave()
            self.whole.set_exception(OperationalError("the connection's socket is closed"))
        except Exception as error:
            self.leave()
            self.whole.set_exception(error)
        else:
            if wanted != self._wanted:
                self.leave()
                self._watch(wanted)
