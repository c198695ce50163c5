"""A bounded load from this process: keep-alive connections, one request at a time on each, little parsing."""

import asyncio
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPConnection

import uvloop

# Seconds that the last answers of a run may take.
LONGEST = 90.0


@dataclass(frozen=True)
class Result:
    """What one run measured: requests a second, and milliseconds."""

    rate: float
    p50: float
    p99: float


async def _connection(port: int, requests: Sequence[bytes], until: float, times: list[float]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**22)
    number = 0
    while (started := time.perf_counter()) < until:
        writer.write(requests[number % len(requests)])
        number += 1
        head = await reader.readuntil(b"\r\n\r\n")
        if not head.startswith((b"HTTP/1.1 200", b"HTTP/1.1 304")):
            raise RuntimeError(head.split(b"\r\n", 1)[0].decode())
        lowered = head.lower()
        at = lowered.find(b"content-length:")
        if at >= 0:
            length = int(lowered[at + 15 : lowered.index(b"\r\n", at)])
            if length:
                await reader.readexactly(length)
        times.append(time.perf_counter() - started)
    writer.close()


def timed(port: int, path: str, requests: int, seconds: float) -> tuple[list[float], bytes]:
    """Ask for a path on one connection, so often or so long; return the seconds that each took, and the last body."""
    times: list[float] = []
    connection = HTTPConnection("127.0.0.1", port)
    body, until = b"", time.perf_counter() + seconds
    while len(times) < 2 or (len(times) <= requests and time.perf_counter() < until):
        started = time.perf_counter()
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read()
        times.append(time.perf_counter() - started)
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status} {body.decode()}")
    connection.close()
    return times, body


async def _run(port: int, paths: Sequence[str], headers: str, seconds: float, connections: int) -> Result:
    requests = [f"GET {path} HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n".encode() for path in paths]
    times: list[float] = []
    started = time.perf_counter()
    shares = [requests[number:] + requests[:number] for number in range(connections)]
    async with asyncio.timeout(seconds + LONGEST):
        await asyncio.gather(*(_connection(port, share, started + seconds, times) for share in shares))
    elapsed = time.perf_counter() - started
    p50, p99 = percentiles(times)
    return Result(len(times) / elapsed, p50 * 1000, p99 * 1000)


def percentiles(times: Sequence[float]) -> tuple[float, float]:
    """Return the median and the 99th in a hundred; of few, the greatest."""
    return statistics.median(times), sorted(times)[max(0, -(-len(times) * 99 // 100) - 1)]


def run(port: int, paths: Sequence[str], headers: str = "", seconds: float = 3.0, connections: int = 16) -> Result:
    """Ask for the paths in turn for some seconds and return what was measured."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(_run(port, paths, headers, seconds, connections))
