"""Why this file exists: one page of the change feed, read from one moment of the database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from app.changes import queries
from app.changes.asking import Asked
from app.changes.choosing import LOOKED_AT, Fetching, Moment, Rows, choose, filters_of, guards
from app.changes.cursors import Place
from app.changes.presenting import BARE, change
from app.changes.rules import Delivery
from app.kit.canonical import compact
from app.ledger.chain import GENESIS
from app.ledger.forks import Fork, last_common
from app.store.reader import Statement

# The most seqs that one statement looks up.
MOST_KEYS = 512


class Forked(Exception):
    """A follower stands on what is not in this ledger; `common` is the last revision of both, when that is known."""

    def __init__(self, ledger: str, common: Fork | None) -> None:
        super().__init__("the follower stands on revisions that are not in this ledger")
        self.ledger = ledger
        self.common = common


class Head(NamedTuple):
    """Where the ledger stands, and how often documents were rendered again."""

    ledger: str
    seq: int
    chain: str
    generation: int


@dataclass(frozen=True)
class Page:
    """One page: `data` is a JSON list of `count` changes; `through` is the last revision that was looked at."""

    head: Head
    data: bytes
    count: int
    through: Place

    @property
    def complete(self) -> bool:
        """Whether there is nothing more to be had now."""
        return self.through.seq >= self.head.seq

    def verifiable(self, after: Place) -> bool:
        """Whether every revision after a place, to the last that was looked at, is in the page."""
        return self.count == self.through.seq - after.seq


def page(moment: Moment, asked: Asked, start: Place) -> Page:
    """Return the changes after a place; raises Forked or UnknownCodes."""
    reader = moment.reader
    head = Head(*reader.fetch(queries.STANDING, {})[0])
    _stand(reader, head, start)
    filters = filters_of(moment, asked)
    if start.seq > head.seq:
        # The database lags behind the one that was asked before: the follower stays where it is.
        return Page(head, b"[]", 0, start)
    deliveries: Mapping[int, Delivery]
    if filters.everything or asked.full:
        until = min(head.seq, start.seq + asked.limit)
        rows = reader.fetch(_statement(asked), {"after": start.seq, "until": until})
        if filters.everything:
            deliveries = {row[1]: Delivery(delivered=True, before=bool(row[12]), after=bool(row[13])) for row in rows}
        else:
            deliveries = choose(moment, filters, start.seq, until, asked.limit).deliveries
    else:
        last = min(head.seq, start.seq + LOOKED_AT * asked.limit)
        deliveries, until = choose(moment, filters, start.seq, last, asked.limit)
        rows = _of_seqs(reader, asked, sorted(deliveries))
    protected = guards(moment.connection, {row[3] for row in rows})
    changes = [change(row, deliveries.get(row[1], BARE), protected.get(row[3]), bodies=asked.body) for row in rows]
    through = Place(until, head.ledger, _chain_at(reader, head, until))
    return Page(head, compact(changes), len(changes), through)


def _stand(reader: Fetching, head: Head, place: Place) -> None:
    """Refuse a place that is not on this ledger; one that this database has not reached yet is let pass."""
    if place.ledger is None:
        return
    if place.ledger != head.ledger:
        common = last_common(head.ledger, [Fork(*row) for row in reader.fetch(queries.EVERY_FORK, {})], place.ledger)
        if common is None or place.seq > common.seq:
            raise Forked(head.ledger, common)
    if place.seq <= head.seq and _chain_at(reader, head, place.seq) != place.chain:
        raise Forked(head.ledger, None)


def _chain_at(reader: Fetching, head: Head, seq: int) -> str:
    if seq in (0, head.seq):
        return head.chain if seq else GENESIS
    rows = reader.fetch(queries.CHAIN_AT, {"seq": seq})
    # A revision that is not there was dropped behind the program's back: no follower's chain is that.
    return str(rows[0][0]) if rows else GENESIS


def _statement(asked: Asked, size: int = 0) -> Statement:
    return queries.revisions(body=asked.body, document=asked.document, size=size)


def _of_seqs(reader: Fetching, asked: Asked, seqs: Sequence[int]) -> Rows:
    """Return the revisions of some seqs, in order; few sizes of statements serve all."""
    rows: Rows = []
    for start in range(0, len(seqs), MOST_KEYS):
        some = seqs[start : start + MOST_KEYS]
        size = 1 << (len(some) - 1).bit_length()
        bound = {f"s{at}": some[min(at, len(some) - 1)] for at in range(size)}
        rows += reader.fetch(_statement(asked, size), bound)
    return rows
