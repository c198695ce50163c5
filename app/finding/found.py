"""Why this file exists: what is asked of lists, and what is found, in whatever state of the ledger."""

from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any, NamedTuple

from app.finding.filters import Asked
from app.finding.statements import Order

RECORDED_FIRST = Order()
# The place in a list, (key, recorded), in a row that a page's statement gives.
_PLACE = itemgetter(1, 2)


@dataclass(frozen=True)
class Question:
    """What is asked of one noun's records, or of all nouns' when `record_type` is empty."""

    record_type: str
    asked: tuple[Asked, ...] = ()
    order: Order = RECORDED_FIRST


class Row(NamedTuple):
    """One record of a page: its place in the list, and its document."""

    key: int
    recorded: int
    body: bytes


class State(NamedTuple):
    """The state in which something was read: equal states answer alike."""

    chain: str
    seq: int
    generation: int


@dataclass
class Page:
    """One page, in the state in which it was read; `ranked` is how many matches were ranked, where they were.

    What is handed out as it is, places (key, recorded) and documents, stands apart: a row for each is made on demand.
    """

    state: State
    places: list[tuple[int, int]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    more: bool = False
    ranked: int | None = None

    @classmethod
    def of(cls, rows: list[tuple[Any, ...]], limit: int, *, down: bool) -> "Page":
        """Return the page of what a page's statement gives, in any order: the head and one record more than wanted."""
        chain, generation, seq, _ = rows.pop(next(at for at, row in enumerate(rows) if row[0] is not None))
        rows.sort(key=_PLACE, reverse=down)
        shown = rows[:limit]
        places, bodies = list(map(_PLACE, shown)), [row[3] for row in shown]
        return cls(State(chain, seq, generation), places, bodies, more=len(rows) > limit)

    @property
    def rows(self) -> list[Row]:
        """Return each record with its place and document."""
        return [Row(*place, body) for place, body in zip(self.places, self.bodies, strict=True)]


class Count(NamedTuple):
    """How many matches have a term."""

    field: str
    value: str
    number: int
    total: int


@dataclass(frozen=True)
class Facets:
    """The commonest terms of some fields; `approximate` when only the newest matches were counted."""

    approximate: bool
    counts: list[Count]
