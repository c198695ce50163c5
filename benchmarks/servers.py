"""What is measured, each served in a process of its own: the floor, the idiomatic path and the real application.

Servers run on one core and the load on another, where the machine has two.
"""

import argparse
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.error import HTTPError
from urllib.request import urlopen

import uvicorn

from app.kit.settings import Settings
from app.main import create_app
from benchmarks import floor, idiomatic

# The application as it is measured, and as it runs for operators who keep a line of each request.
OURS, LOGGED, FLOOR, ASKING, IDIOMATIC = "ours", "logged", "floor", "asking", "idiomatic"
SERVER_CORE, LOAD_CORE = 0, 1
SECONDS_TO_START = 60.0
# What each answers as soon as it can answer anything.
READY = {OURS: "/readyz", LOGGED: "/readyz"}


class Served(NamedTuple):
    """A running server: its port, its process, and how long it took until it answered."""

    port: int
    process: subprocess.Popen[bytes]
    seconds: float


@contextmanager
def pinned(core: int) -> Iterator[None]:
    """Keep this process, and those that it begins, on one core for as long as the block lasts, where there are two."""
    if not hasattr(os, "sched_setaffinity") or len(before := os.sched_getaffinity(0)) < 2:
        yield
        return
    os.sched_setaffinity(0, {sorted(before)[core]})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def unpin() -> None:
    """Let this process run wherever it may."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, range(os.cpu_count() or 1))


@contextmanager
def served(kind: str, url: str, folder: Path = Path()) -> Iterator[Served]:
    """Serve one of them for as long as the block lasts; `folder` holds the bytes of the floor."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
    command = [sys.executable, "-m", "benchmarks.servers", kind, url, str(port), str(folder)]
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        _wait(process, port, READY.get(kind, "/"))
        yield Served(port, process, time.perf_counter() - started)
    finally:
        process.terminate()
        process.wait()


def _wait(process: subprocess.Popen[bytes], port: int, path: str) -> None:
    """Return as soon as a server answers; raises when it does not."""
    until = time.perf_counter() + SECONDS_TO_START
    while time.perf_counter() < until and process.poll() is None:
        try:
            urlopen(f"http://127.0.0.1:{port}{path}", timeout=10).close()
        except HTTPError as answer:
            if path == "/" or answer.code != 503:
                return
        except OSError:
            pass
        else:
            return
        time.sleep(0.01)
    raise RuntimeError("a server did not start")


def private_bytes(process: subprocess.Popen[bytes]) -> int | None:
    """Return the memory that only a process has, where the system tells; shared and mapped files are not in it."""
    try:
        lines = Path(f"/proc/{process.pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    return 1024 * sum(int(line.split()[1]) for line in lines if line.startswith("Private_"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind")
    parser.add_argument("url")
    parser.add_argument("port", type=int)
    parser.add_argument("folder", type=Path)
    given = parser.parse_args()
    unpin()
    build: dict[str, Callable[[], object]] = {
        FLOOR: lambda: floor.build(given.folder),
        ASKING: lambda: floor.build(given.folder, given.url),
        IDIOMATIC: lambda: idiomatic.build(given.url),
        OURS: lambda: create_app(Settings(database_url=given.url, log_level="error")),
        LOGGED: lambda: create_app(Settings(database_url=given.url, log_level="info")),
    }
    application = build[given.kind]()
    options = {"loop": "uvloop", "http": "httptools", "access_log": False, "log_level": "error"}
    with pinned(SERVER_CORE):
        uvicorn.run(application, host="127.0.0.1", port=given.port, **options)  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
