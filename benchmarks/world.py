"""A world of synthetic claims, made through the real verbs: `python -m benchmarks.world sqlite:///FILE --claims N`.

Reproducible: the same number of claims gives the same ids, texts and figures. It has something of everything that the
model knows, as unevenly spread as in life, so that every filter, sort, facet, search and comparison finds few records
somewhere and many elsewhere.
"""

import argparse
import time
from collections.abc import Iterable, Iterator

from app.catalogue import NOUNS
from app.kit import ids
from app.ledger.words import WriterRole
from app.record.desk import Desk
from app.record.writing import Writing
from app.seeding.entries import DRAFTS, Folder
from app.store import migrate
from app.store.engine import writer
from benchmarks import aftermath, claims, land, people, reports
from benchmarks.chance import Record
from benchmarks.paths import SEED

BATCH = 1000
TOLD_EVERY = 10_000
# Claims to a report, and the fewest reports of a small world.
OF_REPORT, FEWEST_REPORTS = 200, 24


def main() -> None:
    """Make the world and say how fast the write path was."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url")
    parser.add_argument("--claims", type=int, default=100_000)
    arguments = parser.parse_args()
    seconds = make(arguments.url, arguments.claims)
    print(f"{arguments.claims} claims in {seconds:.1f} s: {arguments.claims / seconds:.0f} claims/s through the verbs")


def make(url: str, total: int) -> float:
    """Fill an empty database with a world of so many claims; return the seconds that the claims took."""
    migrate.upgrade(url)
    desk = Desk(writer(url), NOUNS)
    _furnish(desk)
    started = time.perf_counter()
    for first in range(0, total, BATCH):
        last = min(first + BATCH, total)
        _batch(desk, first, last, of_report(total))
        if last % TOLD_EVERY == 0 and last < total:
            print(f"{last} claims, {last / (time.perf_counter() - started):.0f} claims/s", flush=True)
    return time.perf_counter() - started


def of_report(total: int) -> int:
    """Return how many claims of a world of so many stand in one report."""
    return max(1, min(OF_REPORT, total // FEWEST_REPORTS))


def _furnish(desk: Desk) -> None:
    """Record vocabularies, places, actors and crises."""

    def vocabularies(writing: Writing) -> None:
        for one in Folder(SEED).read():
            if one.type == "vocabulary":
                writing.create(one.type, one.id, one.draft)

    desk.write(WriterRole.SEED, vocabularies)
    desk.write(WriterRole.SEED, lambda writing: _create(writing, map(land.record, land.places())))
    desk.write(
        WriterRole.SEED,
        lambda writing: _create(writing, (people.record(people.actor(number)) for number in people.ACTORS)),
    )
    desk.write(WriterRole.SEED, lambda writing: _create(writing, map(reports.crisis, reports.CRISES)))


def _create(writing: Writing, records: Iterable[Record]) -> None:
    writing.create_all(
        (record_type, ids.seeded_id(record_type, key), DRAFTS[record_type].parse(value))
        for record_type, key, value in records
    )


def _batch(desk: Desk, first: int, last: int, each: int) -> None:
    """Record some claims with their reports and figures, then what became of them."""

    def reported() -> Iterator[Record]:
        for number in range(first, last):
            if number % each == 0:
                yield reports.record(number // each)
            yield from claims.records(number, number // each)

    def revise(writing: Writing) -> None:
        for number in range(first, last):
            aftermath.revise(writing, number, number // each)

    desk.write(WriterRole.SEED, lambda writing: _create(writing, reported()))
    desk.write(WriterRole.SEED, lambda writing: _create(writing, aftermath.relations(first, last)))
    desk.write(WriterRole.EDITOR, revise)


if __name__ == "__main__":
    main()
