"""What is streamed, read to its end and thrown away, as fast as it comes."""

import time
from http.client import HTTPConnection
from typing import NamedTuple

BUFFER = 1 << 20
# Seconds without a piece after which nobody waits any longer.
SILENCE = 120.0


class Drained(NamedTuple):
    """How much came, and how long it took from the question to the last byte."""

    bytes: int
    seconds: float

    @property
    def speed(self) -> float:
        """Return megabytes a second."""
        return self.bytes / 1e6 / self.seconds


def drain(port: int, path: str, most_seconds: float | None = None) -> Drained:
    """Read an answer, or so long; raises when it is no 200, and when it breaks off."""
    connection = HTTPConnection("127.0.0.1", port, timeout=SILENCE)
    buffer = memoryview(bytearray(BUFFER))
    size, started = 0, time.perf_counter()
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status} {answer.read().decode()}")
        while count := answer.readinto(buffer):
            size += count
            if most_seconds is not None and time.perf_counter() - started > most_seconds:
                break
    finally:
        connection.close()
    return Drained(size, time.perf_counter() - started)
