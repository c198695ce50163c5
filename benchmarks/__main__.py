"""Measure what readers and partners ask of reproducible worlds, and write RESULTS.md: `python -m benchmarks`.

    python -m benchmarks --claims 100000 --keep WORLDS     # both databases; the worlds are made once, and kept there
    python -m benchmarks --claims 1000000 --keep WORLDS --databases sqlite
    python -m benchmarks --short                           # a small world, within a minute; fails under a floor

Nothing but `--short` fails, and that never on a time.
"""

import argparse
import signal
import sys
from contextlib import nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import partners, results, short
from benchmarks.measuring import Pace, measure
from benchmarks.worlds import DATABASES, world


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--claims", type=int, default=100_000, help="how large the worlds are (%(default)s)")
    parser.add_argument("--databases", default=",".join(DATABASES), help="which of %(default)s")
    parser.add_argument("--keep", type=Path, help="a folder where worlds are found again; without it they are removed")
    parser.add_argument("--seconds", type=float, default=Pace.seconds, help="of each run under load (%(default)s)")
    parser.add_argument("--rounds", type=int, default=Pace.rounds, help="of alternating runs (%(default)s)")
    parser.add_argument("--results", type=Path, default=results.FOLDER, help="where RESULTS.md is written")
    parser.add_argument("--short", action="store_true", help="hold a small world against the floors, and write nothing")
    given = parser.parse_args()
    databases = given.databases.split(",")
    if unknown := set(databases) - set(DATABASES):
        parser.error(f"--databases: expected {' or '.join(DATABASES)}, not {', '.join(sorted(unknown))}")
    # So that servers are ended by whoever began them, also when this is told to stop.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with nullcontext(given.keep) if given.keep else TemporaryDirectory(prefix="onrecord-worlds-") as folder:
        if given.short:
            sys.exit(short.hold(databases, Path(folder)))
        for database in databases:
            print(f"{database}: {given.claims:,} claims", flush=True)
            with world(database, given.claims, Path(folder)) as made:
                measured = measure(made, Pace(given.seconds, given.rounds))
                # What is known is kept, whatever becomes of what takes longer.
                results.keep(given.claims, database, measured, given.results)
                measured["partners"] = partners.measure(made, Path(folder))
            results.keep(given.claims, database, measured, given.results)
            print(f"{database}: written to {given.results / 'RESULTS.md'}", flush=True)


if __name__ == "__main__":
    main()
