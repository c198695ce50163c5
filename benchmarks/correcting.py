"""Corrections through the desk, many at a time: what a copy has to follow, and what the past is asked about.

A corrected claim stays in the world for each; how many claims there are stays the same.
"""

import time
from collections.abc import Iterator, Sequence
from itertools import count
from math import gcd

from app.catalogue import NOUNS
from app.kit import ids
from app.ledger.words import Cause, WriterRole
from app.record.desk import Desk, note
from app.record.writing import Writing
from app.seeding.entries import DRAFTS
from app.store.engine import writer
from benchmarks import claims
from benchmarks.world import of_report

# Corrections of one transaction.
TOGETHER = 100
# Claims of about so many numbers apart lie everywhere in the world.
APART = 7919


def everywhere(total: int) -> Iterator[int]:
    """Yield the numbers of claims all over a world, but for those that it retracts."""
    apart = next(one for one in count(APART) if gcd(one, total) == 1)
    for at in range(total):
        number = (5 + at * apart) % total
        if number % 1000 != 777:
            yield number


def correct(url: str, total: int, numbers: Sequence[int]) -> None:
    """Correct the claims of some numbers in a world of so many claims."""
    desk = Desk(writer(url), NOUNS)
    for start in range(0, len(numbers), TOGETHER):
        some = numbers[start : start + TOGETHER]

        def corrected(writing: Writing, some: Sequence[int] = some) -> None:
            for number in some:
                correct_one(writing, number, total)

        desk.write(WriterRole.EDITOR, corrected)


def correct_one(writing: Writing, number: int, total: int) -> None:
    """Correct a claim in words that it never had."""
    remark = f"Read again, {time.time_ns()}."
    record_type, key, value = claims.records(number, number // of_report(total), remark=remark)[0]
    told = note("Corrected after a second reading.")
    writing.correct(ids.seeded_id(record_type, key), DRAFTS[record_type].parse(value), Cause.OUR_ERROR, told)
