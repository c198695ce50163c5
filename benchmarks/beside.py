"""Work beside the readers: one writer without pause, or ranked searches one after another, for some seconds.

A writer leaves a corrected claim in the world for each of its transactions; how many claims there are stays the same.
"""

import argparse
import json
import subprocess
import sys
import time

from app.catalogue import NOUNS
from app.kit import ids
from app.ledger.words import Cause, WriterRole
from app.record.desk import Desk, note
from app.seeding.entries import DRAFTS
from app.store.engine import writer
from benchmarks import claims
from benchmarks.load import timed
from benchmarks.servers import unpin
from benchmarks.world import of_report

WRITE, SEARCH = "write", "search"
# Claims of so many numbers apart are corrected: none of those that the world retracts.
APART = 1000


def begin(what: str, target: str, size: str, seconds: float) -> subprocess.Popen[bytes]:
    """Begin in a process of its own, on whatever core is free."""
    command = [sys.executable, "-m", "benchmarks.beside", what, target, size, str(seconds)]
    return subprocess.Popen(command, stdout=subprocess.PIPE)


def end(process: subprocess.Popen[bytes]) -> float:
    """Wait for a process, and return how often it did its work in a second."""
    told, _ = process.communicate(timeout=120)
    if process.returncode:
        raise RuntimeError("what runs beside the readers has failed")
    return float(json.loads(told))


def write(url: str, total: int, seconds: float) -> float:
    """Correct one claim after another; return the commits of a second."""
    desk, done, started = Desk(writer(url), NOUNS), 0, time.perf_counter()
    while (passed := time.perf_counter() - started) < seconds:
        number = 5 + APART * (done % max(1, (total - 5) // APART))
        _correct(desk, number, number // of_report(total), f"Read again, {time.time_ns()}.")
        done += 1
    return done / passed


def _correct(desk: Desk, number: int, report_number: int, remark: str) -> None:
    record_type, key, value = claims.records(number, report_number, remark=remark)[0]
    draft = DRAFTS[record_type].parse(value)
    told = note("Corrected after a second reading.")
    record_id = ids.seeded_id(record_type, key)
    desk.write(WriterRole.EDITOR, lambda one: one.correct(record_id, draft, Cause.OUR_ERROR, told))


def search(port: int, path: str, seconds: float) -> float:
    """Ask again and again; return the answers of a second."""
    started = time.perf_counter()
    times, _ = timed(port, path, sys.maxsize, seconds)
    return len(times) / (time.perf_counter() - started)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=(WRITE, SEARCH))
    parser.add_argument("target", help="a URL to write to, or the port of a server")
    parser.add_argument("size", help="how many claims the world has, or the path to ask for")
    parser.add_argument("seconds", type=float)
    asked = parser.parse_args()
    unpin()
    if asked.what == WRITE:
        print(json.dumps(write(asked.target, int(asked.size), asked.seconds)))
    else:
        print(json.dumps(search(int(asked.target), asked.size, asked.seconds)))


if __name__ == "__main__":
    main()
