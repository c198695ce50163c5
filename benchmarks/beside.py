"""Work beside the readers: one writer without pause, or searches or exports one after another, for some seconds.

A writer leaves a corrected claim in the world for each of its transactions; how many claims there are stays the same.
"""

import argparse
import json
import subprocess
import sys
import time
from functools import partial

from app.catalogue import NOUNS
from app.ledger.words import WriterRole
from app.record.desk import Desk
from app.store.engine import writer
from benchmarks.correcting import correct_one
from benchmarks.draining import drain
from benchmarks.load import timed
from benchmarks.servers import unpin

WRITE, SEARCH, EXPORT = "write", "search", "export"
# Claims of so many numbers apart are corrected: none of those that the world retracts.
APART = 1000


def begin(what: str, target: str, size: str, seconds: float) -> subprocess.Popen[bytes]:
    """Begin in a process of its own, on whatever core is free."""
    command = [sys.executable, "-m", "benchmarks.beside", what, target, size, str(seconds)]
    return subprocess.Popen(command, stdout=subprocess.PIPE)


def end(process: subprocess.Popen[bytes]) -> float:
    """Wait for a process, and return how much of its work it did in a second."""
    told, _ = process.communicate(timeout=120)
    if process.returncode:
        raise RuntimeError("what runs beside the readers has failed")
    return float(json.loads(told))


def write(url: str, total: int, seconds: float) -> float:
    """Correct one claim after another; return the commits of a second."""
    desk, done, started = Desk(writer(url), NOUNS), 0, time.perf_counter()
    while (passed := time.perf_counter() - started) < seconds:
        number = 5 + APART * (done % max(1, (total - 5) // APART))
        desk.write(WriterRole.EDITOR, partial(correct_one, number=number, total=total))
        done += 1
    return done / passed


def search(port: int, path: str, seconds: float) -> float:
    """Ask again and again; return the answers of a second."""
    started = time.perf_counter()
    times, _ = timed(port, path, sys.maxsize, seconds)
    return len(times) / (time.perf_counter() - started)


def export(port: int, path: str, seconds: float) -> float:
    """Take one export after another, the last one as far as it comes; return the megabytes of a second."""
    size, started = 0, time.perf_counter()
    while (passed := time.perf_counter() - started) < seconds:
        size += drain(port, path, seconds - passed).bytes
    return size / 1e6 / passed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=(WRITE, SEARCH, EXPORT))
    parser.add_argument("target", help="a URL to write to, or the port of a server")
    parser.add_argument("size", help="how many claims the world has, or the path to ask for")
    parser.add_argument("seconds", type=float)
    asked = parser.parse_args()
    unpin()
    if asked.what == WRITE:
        print(json.dumps(write(asked.target, int(asked.size), asked.seconds)))
    else:
        asking = search if asked.what == SEARCH else export
        print(json.dumps(asking(int(asked.target), asked.size, asked.seconds)))


if __name__ == "__main__":
    main()
