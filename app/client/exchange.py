"""Why this file exists: what is said to a server and what its answers mean, without any input or output.

An exchange is a generator: it yields what is to be done (`Send`, `Pause`), is told what came of it, and returns its
result. The two faces in `clients` only do what exchanges ask, the one waiting and the other awaiting, so that nothing
is written twice.
"""

import random
from collections import OrderedDict
from collections.abc import Callable, Generator, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from email.utils import parsedate_to_datetime
from typing import BinaryIO, TypeVar
from urllib.parse import quote

from app.client.errors import BUSY, NotUnderstood, Unreachable, refusal
from app.kit.clock import Clock, instant_text, system_clock

T = TypeVar("T")
Plain = str | int | bool | date | datetime | Decimal
Filter = Plain | Iterable[Plain] | None


@dataclass(frozen=True)
class Send:
    """Ask for a path. `into`: where the body of a 200 goes instead of into memory. `patience`: seconds beyond usual."""

    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    into: BinaryIO | None = None
    patience: float = 0


@dataclass(frozen=True)
class Pause:
    """Wait for so many seconds."""

    seconds: float


@dataclass(frozen=True)
class Reply:
    """What came back; header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    content: bytes


@dataclass(frozen=True)
class NoReply:
    """Nobody answered, or the answer broke off."""

    reason: str


Exchange = Generator[Send | Pause, Reply | NoReply | None, T]


@dataclass(frozen=True)
class Retries:
    """How often and how patiently the same is asked again: pauses double, with jitter, unless the server says when."""

    most: int = 4
    first: float = 0.5
    longest: float = 60
    longest_told: float = 600
    chance: Callable[[], float] = random.random
    clock: Clock = system_clock

    def pause(self, tried: int, outcome: Reply | NoReply) -> float:
        """Return the seconds to wait after so many tries."""
        told = outcome.headers.get("retry-after", "") if isinstance(outcome, Reply) else ""
        doubled: float = min(self.longest, self.first * 2**tried)
        # Between half of it and all, so that many who were refused together do not come back together.
        return max(doubled * (0.5 + self.chance() / 2), min(self.longest_told, self._told(told)))

    def _told(self, header: str) -> float:
        if header.isascii() and header.isdigit():
            return float(header)
        try:
            return max(0.0, (parsedate_to_datetime(header).astimezone(UTC) - self.clock()).total_seconds())
        except (ValueError, TypeError):
            return 0.0


class Kept:
    """Answers with their validators, the latest ones, as many as fit: what has not changed is not sent again."""

    def __init__(self, most_bytes: int) -> None:
        self._most = most_bytes
        self._size = 0
        self._replies: OrderedDict[str, Reply] = OrderedDict()

    def get(self, path: str) -> Reply | None:
        """Return the answer that a path gave."""
        if path in self._replies:
            self._replies.move_to_end(path)
        return self._replies.get(path)

    def put(self, path: str, reply: Reply) -> None:
        """Keep an answer, and let the ones go that were not asked for longest."""
        self.drop(path)
        if "etag" not in reply.headers or len(reply.content) > self._most:
            return
        self._replies[path] = reply
        self._size += len(reply.content)
        while self._size > self._most:
            self.drop(next(iter(self._replies)))

    def drop(self, path: str) -> None:
        """Forget what a path gave."""
        if (old := self._replies.pop(path, None)) is not None:
            self._size -= len(old.content)


@dataclass
class Manners:
    """How a client asks: how often again, and what it keeps."""

    retries: Retries = field(default_factory=Retries)
    kept: Kept = field(default_factory=lambda: Kept(8 * 1024 * 1024))

    def ask(self, path: str, patience: float = 0) -> Exchange[Reply]:
        """Return the answer to a path, from memory when the server says that it holds; raises ClientError."""
        known = self.kept.get(path)
        headers = {"If-None-Match": known.headers["etag"]} if known else {}
        reply = yield from self.tried(Send(path, headers, patience=patience))
        if reply.status == 304 and known:
            return known
        if reply.status != 200:
            # Whatever is refused now, above all what was withdrawn, is not kept either.
            self.kept.drop(path)
            raise refusal(reply.status, reply.content)
        self.kept.put(path, reply)
        return reply

    def fetch(self, path: str, into: BinaryIO) -> Exchange[Reply]:
        """Have the body of an answer written into a file; raises ClientError."""
        reply = yield from self.tried(Send(path, into=into))
        if reply.status != 200:
            raise refusal(reply.status, reply.content)
        return reply

    def tried(self, send: Send) -> Exchange[Reply]:
        """Return the answer after as many tries as it takes; everything we ask is safe to be asked again."""
        if not send.path.startswith("/"):
            # Where a list goes on is the server's word; nobody is asked because another says so.
            raise NotUnderstood(f"expected a path of the server's own, not {send.path[:100]!r}")
        tried = 0
        while True:
            outcome = yield send
            if outcome is None:
                raise TypeError("expected what came of it")
            last = tried >= self.retries.most
            if isinstance(outcome, NoReply):
                if last:
                    raise Unreachable(outcome.reason)
            elif last or outcome.status not in BUSY:
                return outcome
            yield Pause(self.retries.pause(tried, outcome))
            tried += 1


def query(path: str, filters: Mapping[str, Filter]) -> str:
    """Return a path with filters; null is left out, several values mean any of them."""
    texts = [(name, written(value)) for name, value in filters.items() if value is not None]
    return path + "".join(
        f"{'&' if at else '?'}{quote(name, safe='')}={quote(text, safe=',:')}" for at, (name, text) in enumerate(texts)
    )


def written(value: Filter) -> str:
    """Return a filter's value as the API writes it; raises TypeError for what it has no way to write."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise TypeError("expected an instant with its time zone")
        return instant_text(value)
    if isinstance(value, str | int | date):
        return str(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, Iterable):
        return ",".join(written(one) for one in value)
    raise TypeError(f"expected text, a number, a date, or several of them, not {type(value).__name__}")
