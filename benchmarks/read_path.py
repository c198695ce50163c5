"""One claim and a page of fifty: ours against the floor and the idiomatic path, alternating, as ratios in one run.

    python -m benchmarks.world sqlite:///world.db --claims 100000
    python -m benchmarks.read_path sqlite:///world.db

The server runs on one core and the load on another, where the machine has two. Nothing here fails on a time.
"""

import argparse
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.request import urlopen

import uvicorn
from sqlalchemy import select

from app.kit.settings import Settings
from app.main import create_app
from app.record.queries import RECORD
from app.store.engine import writer
from benchmarks import floor, idiomatic
from benchmarks.load import Result, run

ROUNDS = 5
KINDS = ("floor", "ours", "idiomatic")


def main() -> None:
    """Measure and print the table; or, called by itself, serve one of the three."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url")
    parser.add_argument("--seconds", type=float, default=2.0)
    parser.add_argument("--serve", choices=KINDS)
    parser.add_argument("--port", type=int)
    parser.add_argument("--bytes", type=Path)
    arguments = parser.parse_args()
    if arguments.serve:
        _serve(arguments.serve, arguments.url, arguments.port, arguments.bytes)
    else:
        _measure(arguments.url, arguments.seconds)


def _serve(kind: str, url: str, port: int, folder: Path) -> None:
    _pin(0)
    build: dict[str, Callable[[], object]] = {
        "floor": lambda: floor.build((folder / "one").read_bytes(), (folder / "page").read_bytes()),
        "idiomatic": lambda: idiomatic.build(url),
        "ours": lambda: create_app(Settings(database_url=url, log_level="error")),
    }
    options = {"loop": "uvloop", "http": "httptools", "access_log": False, "log_level": "error"}
    uvicorn.run(build[kind](), host="127.0.0.1", port=port, **options)  # type: ignore[arg-type]


def _pin(core: int) -> None:
    if hasattr(os, "sched_setaffinity") and (os.cpu_count() or 1) > 1:
        os.sched_setaffinity(0, {core})


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def start(kind: str, url: str, folder: Path) -> tuple[subprocess.Popen[bytes], int]:
    """Serve one of the three in a process of its own; return it and its port, once it answers."""
    port = _free_port()
    command = [sys.executable, "-m", "benchmarks.read_path", url, "--serve", kind, "--port", str(port)]
    process = subprocess.Popen([*command, "--bytes", str(folder)])
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), 0.1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return process, port
    raise RuntimeError(f"{kind} did not start")


def _measure(url: str, seconds: float) -> None:

    _pin(1)
    with TemporaryDirectory() as name:
        folder = Path(name)
        claims = _sample(url)
        running = {"ours": start("ours", url, folder)}
        try:
            base = f"http://127.0.0.1:{running['ours'][1]}"
            with urlopen(f"{base}/v1/claims/{claims[0]}") as answer:  # noqa: S310  # Our own server on loopback.
                (folder / "one").write_bytes(answer.read())
                etag = answer.headers["etag"]
            with urlopen(f"{base}/v1/claims?limit=50") as answer:  # noqa: S310
                (folder / "page").write_bytes(answer.read())
            sizes = {part: (folder / part).stat().st_size for part in ("one", "page")}
            for kind in ("floor", "idiomatic"):
                running[kind] = start(kind, url, folder)
            _table(running, claims, etag, sizes, seconds)
        finally:
            for process, _ in running.values():
                process.terminate()
                process.wait()


def _sample(url: str) -> list[str]:
    with writer(url).connect() as connection:
        query = select(RECORD.c.id).where(RECORD.c.type == "claim", RECORD.c.public).limit(5000)
        return list(connection.execute(query).scalars())[::5]


def _table(
    running: dict[str, tuple[subprocess.Popen[bytes], int]],
    claims: list[str],
    etag: str,
    sizes: dict[str, int],
    seconds: float,
) -> None:
    ports = {kind: port for kind, (_, port) in running.items()}
    runs: dict[str, Callable[[], Result]] = {
        "one, floor": lambda: run(ports["floor"], [f"/one/{one}" for one in claims], "", seconds),
        "one, ours": lambda: run(ports["ours"], [f"/v1/claims/{one}" for one in claims], "", seconds),
        "one, 304": lambda: run(ports["ours"], [f"/v1/claims/{claims[0]}"], f"If-None-Match: {etag}\r\n", seconds),
        "one, idiomatic": lambda: run(ports["idiomatic"], [f"/one/{one}" for one in claims], "", seconds),
        "page, floor": lambda: run(ports["floor"], ["/page?limit=50"], "", seconds),
        "page, ours": lambda: run(ports["ours"], ["/v1/claims?limit=50"], "", seconds),
        "page, idiomatic": lambda: run(ports["idiomatic"], ["/page?limit=50"], "", seconds),
    }
    results: dict[str, list[Result]] = {name: [] for name in runs}
    for _ in range(ROUNDS):
        for name, measure in runs.items():
            results[name].append(measure())
    print(f"one claim {sizes['one']} bytes, page of 50 {sizes['page']} bytes; medians of {ROUNDS} alternating runs")
    print(f"{'':18}{'req/s':>9}{'of floor':>10}{'p50 ms':>9}{'p99 ms':>9}")
    for name, measured in results.items():
        base = statistics.median(one.rate for one in results[f"{name.split(',')[0]}, floor"])
        rate, p50, p99 = (statistics.median(getattr(one, part) for one in measured) for part in ("rate", "p50", "p99"))
        print(f"{name:18}{rate:9.0f}{rate / base:10.2f}{p50:9.2f}{p99:9.2f}")


if __name__ == "__main__":
    main()
