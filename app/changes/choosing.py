"""Why this file exists: of many revisions, which go to a follower.

What filters name is looked up, and held against what the records were found by.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple, Protocol

from sqlalchemy import Connection

from app.changes import queries
from app.changes.asking import Asked
from app.changes.rules import Delivery, Facts, Filters, delivery, may_be_delivered
from app.finding.planning import Unknown, UnknownCodes
from app.kit.canonical import parse
from app.record.protection import NONE, Shield, shields, telling
from app.record.queries import DOCUMENT_BY_HANDLE
from app.store.reader import Parameters, Statement

Rows = list[tuple[Any, ...]]
# How many revisions are looked at for each that a page may hold, and how many of them at a time.
LOOKED_AT, STEP = 20, 2000


class Fetching(Protocol):
    """Runs statements in one snapshot."""

    def fetch(self, statement: Statement, parameters: Parameters) -> Rows:
        """Return every row."""


class Moment(Protocol):
    """One moment of the database."""

    connection: Connection

    @property
    def reader(self) -> Fetching:
        """Return what runs statements on the driver."""


class Guard(NamedTuple):
    """What of a record is not told: what its shield withholds, and what would tell of somebody who is gone."""

    shield: Shield
    telling: frozenset[int]

    def withholds(self, seq: int) -> bool:
        """Whether the contents of a revision are not to be shown, or the state before the next."""
        return self.shield.withholds(seq) or seq in self.telling


class Chosen(NamedTuple):
    """What filters deliver, by seq, and the last revision that was looked at."""

    deliveries: Mapping[int, Delivery]
    through: int


def guards(connection: Connection, record_ids: set[str]) -> Mapping[str, Guard]:
    """Return what is not told of records, those of which all is told left out."""
    found, tells = shields(connection, record_ids), telling(connection, record_ids)
    return {one: Guard(found.get(one, NONE), tells.get(one, frozenset())) for one in found.keys() | tells.keys()}


def filters_of(moment: Moment, asked: Asked) -> Filters:
    """Return filters with ids in place of slugs; raises UnknownCodes.

    An id that is unknown finds nothing, and so does one whose record is gone for protection.
    """
    reach: dict[str, frozenset[str]] = {}
    unknown: list[Unknown] = []
    for one in asked.terms:
        found = {value.value for value in one.values if value.handle_of is None}
        for kind, handle in ((value.handle_of, value.value) for value in one.values if value.handle_of is not None):
            found.update(row[0] for row in moment.reader.fetch(queries.HANDLED, {"type": kind, "handle": handle}))
        if one.vocabulary:
            unknown += _unknown(moment.reader, one.name, one.vocabulary, found)
        else:
            found -= {record_id for record_id, shield in shields(moment.connection, found).items() if shield.gone}
        reach[one.name] = frozenset(found)
    if unknown:
        raise UnknownCodes(unknown)
    return Filters(asked.types, reach)


def _unknown(reader: Fetching, name: str, vocabulary: str, codes: set[str]) -> list[Unknown]:
    rows = reader.fetch(DOCUMENT_BY_HANDLE, {"type": "vocabulary", "handle": vocabulary})
    terms = parse(rows[0][4])["terms"] if rows else []
    strange = sorted(codes - {term["code"] for term in terms})
    return [Unknown(name, vocabulary, strange, terms)] if terms and strange else []


def choose(moment: Moment, filters: Filters, after: int, last: int, most: int) -> Chosen:
    """Return what filters deliver of the revisions after one, up to another, at most so many."""
    found: dict[int, Delivery] = {}
    while after < last:
        until = min(last, after + STEP)
        candidates = []
        for seq, record_id, kind, operation, cause, *reach in moment.reader.fetch(
            queries.LOOKED_AT, {"after": after, "until": until}
        ):
            facts = Facts(seq, kind, operation, cause, *(None if one is None else parse(one) for one in reach))
            if may_be_delivered(filters, facts):
                candidates.append((record_id, facts))
        protected = guards(moment.connection, {record_id for record_id, _ in candidates})
        for record_id, facts in candidates:
            told = delivery(filters, facts, protected.get(record_id))
            if told.delivered:
                found[facts.seq] = told
                if len(found) == most:
                    return Chosen(found, facts.seq)
        after = until
    return Chosen(found, last)
