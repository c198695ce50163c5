"""Why this file exists: the narrow rows that a comparison is made of, and the relations that make echoes of figures."""

import asyncio
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, select

from app.compare.facts import Fact
from app.figures.keys import FIGURE_INDEX
from app.finding import statements
from app.finding.filters import Terms, Value
from app.finding.finder import NEWEST, Finder
from app.finding.found import Question
from app.finding.past import PastFinder
from app.index.writing import POSTING, TERM
from app.record.queries import RECORD
from app.relations.tables import Relation
from app.relations.words import RelationType
from app.store.base import table_of
from app.store.joins import in_order
from app.store.reader import Statement

# The newest figures that one answer compares; the answer says when there are more.
MOST_COMPARED = 20_000
RELATION = table_of(Relation)
_NAMES = {
    "figure": "figure_id",
    "claim": "claim_id",
    "place": "place_id",
    "publisher": "publisher_id",
    "report": "report_id",
}
COLUMNS = [FIGURE_INDEX.c[_NAMES.get(name, name)] for name in Fact.__slots__]

_RESTATING = (TERM.c.field == "relation.relation") & (TERM.c.value == RelationType.RESTATES.value)
RESTATED = Statement(
    select(RELATION.c.from_id, RELATION.c.to_id)
    .select_from(
        in_order(
            in_order(POSTING, RECORD, RECORD.c.recorded == POSTING.c.recorded), RELATION, RELATION.c.id == RECORD.c.id
        )
    )
    .where(POSTING.c.term == select(TERM.c.id).where(_RESTATING).scalar_subquery())
)


def facts_statement(plan: statements.Plan) -> Select[Any]:
    """Return the narrow rows of the newest figures that a plan finds, in the order of a Fact's fields."""
    newest = statements.newest_of(plan)
    return select(*COLUMNS).select_from(in_order(newest, FIGURE_INDEX, newest.c.recorded == FIGURE_INDEX.c.recorded))


async def facts(finder: Finder, question: Question) -> tuple[list[Fact], bool]:
    """Return what a comparison needs to know of the newest figures asked for, and whether those are all."""
    rows = await finder.gathered(question, "facts", facts_statement, {"after": NEWEST, "limit": MOST_COMPARED + 1})
    rows += await finder.was(question, FIGURE_INDEX.name, [column.name for column in COLUMNS])
    found = await asyncio.to_thread(_read, rows)
    found.sort(key=lambda fact: -fact.recorded)
    return found[:MOST_COMPARED], len(found) <= MOST_COMPARED


def _read(rows: list[tuple[Any, ...]]) -> list[Fact]:
    return [_fact(row) for row in rows]


def _fact(row: tuple[Any, ...]) -> Fact:
    """Return a driver's row as a Fact; what every database gives alike is taken as it is."""
    values = list(row)
    for at, read in _READ:
        if values[at] is not None:
            values[at] = read(values[at])
    return Fact(*values)


async def restates(finder: Finder) -> list[tuple[str, str]]:
    """Return (from, to) of every public relation that says that one restates the other."""
    if isinstance(finder, PastFinder):
        said = Terms("relation", ("relation.relation",), (Value(RelationType.RESTATES.value),), None)
        return [(one["from"], one["to"]) for one in await finder.every(Question("relation", (said,)), MOST_COMPARED)]
    return [(one, other) for one, other in await finder.reader.long_rows(RESTATED, {})]


def _number(value: Any) -> Decimal:
    return Decimal(repr(value) if isinstance(value, float) else value)


def _day(value: Any) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value


_READERS: dict[str, Callable[[Any], Any]] = {
    **dict.fromkeys(("value", "lower", "upper"), _number),
    **dict.fromkeys(("earliest", "latest"), _day),
    **dict.fromkeys(("independent", "derived", "lower_exclusive", "upper_exclusive", "dated"), bool),
}
_READ = [(at, _READERS[name]) for at, name in enumerate(Fact.__slots__) if name in _READERS]
