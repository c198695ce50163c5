"""Why this file exists: one structured line for each request, without anything that tells who asked or for what words.

No address, no user agent, no query values, no path beyond the route's template. Lines are collected and written
together, some times a second, since writing each one costs a fifth of a small answer.
"""

import asyncio
import logging
import sys
from typing import Any, TextIO

import structlog

LEVELS = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}
EVERY = 0.25
MOST = 1000


class BufferedLines:
    """A stream of lines that reaches the terminal or file some times a second, and at the end."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stdout
        self._lines: list[str] = []
        self._waiting = False

    def msg(self, message: str) -> None:
        """Keep one line, to be written soon."""
        self._lines.append(message)
        if len(self._lines) >= MOST:
            self.flush()
        elif not self._waiting:
            try:
                asyncio.get_running_loop().call_later(EVERY, self.flush)
                self._waiting = True
            except RuntimeError:
                self.flush()

    debug = info = warning = error = critical = exception = log = msg

    def flush(self) -> None:
        """Write what was kept."""
        self._waiting = False
        if self._lines:
            lines, self._lines = self._lines, []
            self._stream.write("\n".join(lines) + "\n")
            self._stream.flush()


def logger(lines: BufferedLines, level: str) -> Any:
    """Return a logger that writes JSON lines."""
    return structlog.wrap_logger(
        lines,
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(LEVELS[level]),
        cache_logger_on_first_use=True,
    )
