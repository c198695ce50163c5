"""Why this file exists: what is asked of lists, and what is found, in whatever state of the ledger."""

from dataclasses import dataclass, field
from typing import NamedTuple

from app.finding.filters import Asked
from app.finding.statements import Order

RECORDED_FIRST = Order()


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
    """One page, in the state in which it was read; `ranked` is how many matches were ranked, where they were."""

    state: State
    rows: list[Row] = field(default_factory=list)
    more: bool = False
    ranked: int | None = None


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
