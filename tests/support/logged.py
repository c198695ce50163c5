"""The application with its log lines at hand, as an operator collects them."""

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from app.web.logs import BufferedLines, logger
from tests.support.api import Api, serving


class Log:
    """What was written so far."""

    def __init__(self, lines: BufferedLines, stream: io.StringIO) -> None:
        self._lines = lines
        self._stream = stream

    @property
    def text(self) -> str:
        """Return everything as it stands in the log."""
        self._lines.flush()
        return self._stream.getvalue()

    def lines(self) -> list[dict[str, Any]]:
        """Return every line, each of which must be JSON."""
        return [json.loads(line) for line in self.text.splitlines()]

    def take(self) -> list[dict[str, Any]]:
        """Return every line and start anew."""
        found = self.lines()
        self._stream.seek(0)
        self._stream.truncate()
        return found


@contextmanager
def logged(url: str) -> Iterator[tuple[Api, Log]]:
    """Give the application on a database, with its log at level `debug`."""
    with serving(url) as api:
        stream = io.StringIO()
        lines = BufferedLines(stream)
        log = logger(lines, "debug")
        # The middleware is built with the first request; until then its arguments can be replaced.
        for middleware in api.app.user_middleware:
            if "log" in middleware.kwargs:
                middleware.kwargs["log"] = log
        api.app.state.log = log
        yield api, Log(lines, stream)
