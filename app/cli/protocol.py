"""Why this file exists: the parser keeps a request's head in memory however long it is; here it is bounded.

A head is the request line and the headers. Nothing that we serve needs a long one, so a longer one is refused before
it is read to its end, and its connection closed.
"""

import secrets
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from app.kit.canonical import compact
from app.serving.problems import KINDS, MEDIA_TYPE, Problem, problem_value
from app.web.gate import EVERYWHERE

LONGEST = 64 * 1024
CODE = "head_too_large"


class HeadTooLarge(Exception):
    """A head that was read to its end is longer than LONGEST."""


class BoundedHeads(HttpToolsProtocol):
    """HTTP/1.1 as uvicorn speaks it, with heads (and whatever else is neither head nor body) of a bounded length."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        # Bytes since the last end of a head or piece of a body: an unfinished head, trailers, or nothing at all.
        self._since = 0
        # The most that a head which ends in the bytes at hand can have; spares measuring nearly every one.
        self._at_most = 0
        self._too_large = False
        self._refused = False

    def data_received(self, data: bytes) -> None:
        """Parse what came, unless this connection was refused."""
        if self._refused:
            return
        self._since += len(data)
        self._at_most = self._since
        super().data_received(data)
        if self._since > LONGEST and not self._refused:
            self._refuse()

    def on_headers_complete(self) -> None:
        """Begin to answer a request whose head is short enough."""
        self._since = 0
        if self._at_most > LONGEST and self._head_size() > LONGEST:
            self._too_large = True
            # The parser stops here, and reports through send_400_response.
            raise HeadTooLarge
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Take a piece of a body, whose length the server bounds itself."""
        self._since = 0
        super().on_body(body)

    def send_400_response(self, msg: str) -> None:
        """Refuse what the parser stopped at."""
        if self._too_large:
            self._refuse()
        else:
            self._refused = True
            super().send_400_response(msg)

    def _head_size(self) -> int:
        return len(self.url) + sum(len(name) + len(value) + 4 for name, value in self.headers)

    def _refuse(self) -> None:
        """Say why and close; while an earlier request of this connection is being answered, close after its answer."""
        self._refused = True
        cycle = cast(RequestResponseCycle | None, self.cycle)
        if cycle is not None and not cycle.response_complete:
            cycle.keep_alive = False
        elif not self.transport.is_closing():
            self.transport.write(self._refusal())
            self.transport.close()

    def _refusal(self) -> bytes:
        """Return the bytes of the whole answer, in the one shape of all problems."""
        request_id = secrets.token_hex(8)
        detail = f"expected a request line and headers of at most {LONGEST} bytes together"
        body = compact(problem_value(Problem(CODE, detail), "", request_id))
        headers = [
            *self.server_state.default_headers,
            *EVERYWHERE,
            (b"content-type", MEDIA_TYPE.encode()),
            (b"content-length", b"%d" % len(body)),
            (b"cache-control", b"no-store"),
            (b"x-request-id", request_id.encode()),
            (b"connection", b"close"),
        ]
        lines = b"".join(b"%b: %b\r\n" % header for header in headers)
        self.logger.warning("A request's head was too large (request_id %s).", request_id)
        return b"HTTP/1.1 %d Request Header Fields Too Large\r\n%b\r\n%b" % (KINDS[CODE].status, lines, body)
