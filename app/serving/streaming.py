"""Why this file exists: an answer that is sent while it is made, and is no longer made when nobody takes it.

The framework's own ends by cancelling, again and again, also what closes a walk; this one asks between two pieces
whether the client is still there, closes what it reads from, and lets that finish.
"""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing

from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

# What is being sent holds one of few places, and a snapshot that keeps the database from letting go of what is erased.
PATIENCE = 60.0


async def _leaves(receive: Receive) -> None:
    """Return when the client leaves."""
    while (await receive())["type"] != "http.disconnect":  # noqa: ASYNC110
        # Whoever calls without a server may have its answer ready at once, again and again.
        await asyncio.sleep(0)


async def _taken(send: Send, piece: bytes) -> None:
    """Send a piece; raises TimeoutError when the client is there and takes nothing for too long."""
    async with asyncio.timeout(PATIENCE):
        await send({"type": "http.response.body", "body": piece, "more_body": True})


class Streamed(StreamingResponse):
    """Sends a first piece and what follows it; to HEAD only what decides the headers."""

    def __init__(
        self, first: bytes, rest: AsyncGenerator[bytes, None], headers: Mapping[str, str], media_type: str
    ) -> None:
        super().__init__(rest, 200, headers, media_type)
        self._first = first
        self._rest = rest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send every piece while the client is there."""
        leaving = asyncio.ensure_future(_leaves(receive))
        try:
            async with aclosing(self._rest) as rest:
                await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
                await _taken(send, self._first)
                if not scope.get("head"):
                    async for piece in rest:
                        if leaving.done():
                            return
                        await _taken(send, piece)
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        except TimeoutError:
            # Broken off, as by whoever leaves: the answer never looks whole.
            return
        finally:
            leaving.cancel()
