"""Why this file exists: which condition leads, and how many it will have to look at; the rest is checked on the way.

The index knows how many records have a term. What it does not know beforehand (a period, words, numbers) is counted
up to a bound. So a rare condition always leads, and no list looks at more than it must.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, String, bindparam, literal, select, union_all

from app.finding.conditions import Condition, Findable, HasTerm, OneOf, Saying
from app.finding.filters import Asked, Terms, Value
from app.finding.moments import Created
from app.finding.statements import Order, Plan, bounded
from app.index.writing import TERM
from app.kit.canonical import parse
from app.record.queries import DOCUMENT_BY_HANDLE, HANDLE
from app.store.reader import Reader, Statement

# So few that counting anything else would cost more than going through them.
QUICK = 300
# The most that is gathered and sorted: newest first, where going through the list is the other way; or by another sort.
GATHERED, SORTED = 5_000, 10_000
# A list longer than this is led by words that are common too: to look for words in a record costs more than for a term.
SPOKEN = 20_000
# More terms than this in one list are gathered, or checked, rather than merged, where they are few enough for that; and
# never more than SQLite merges in one statement, which is 500.
STREAMS, MERGED = 16, 256
# So many look-ups in one statement; a power of two.
LOOKED_UP = 128


class Unknown(NamedTuple):
    """Codes of the filter `name` that `vocabulary` does not have; `terms` are those that it has."""

    name: str
    vocabulary: str
    codes: list[str]
    terms: list[dict[str, Any]]


class UnknownCodes(ValueError):
    """Filters ask for codes that no vocabulary has; `found` says which, of all of them."""

    def __init__(self, found: list[Unknown]) -> None:
        super().__init__("; ".join(f"{one.name}: expected codes of the vocabulary {one.vocabulary}" for one in found))
        self.found = found


# Gives the terms of a list of codes by its name; none when there is no such list.
Vocabulary = Callable[[str], Awaitable[list[dict[str, Any]]]]


@dataclass(frozen=True)
class Resolved:
    """The conditions of a question with terms by number; null when a term is unknown and nothing can match."""

    conditions: tuple[Condition, ...] | None


async def resolve(reader: Reader, asked: tuple[Asked, ...], vocabulary: Vocabulary) -> Resolved:
    """Look up the terms that are asked for, where `vocabulary` gives those of a list of codes; raises UnknownCodes."""
    terms = [one for one in asked if isinstance(one, Terms)]
    named = [(name, value) for one in terms for name in one.fields for value in one.values]
    found = await look_up(reader, named)
    conditions: list[Condition] = []
    unknown: list[Unknown] = []
    possible = True
    for one in asked:
        if not isinstance(one, Terms):
            conditions.append(one)
            continue
        known = {found[name, value] for name in one.fields for value in one.values if (name, value) in found}
        strange = [value.value for value in one.values if not any((name, value) in found for name in one.fields)]
        if one.vocabulary and strange:
            unknown += _unknown(one, strange, await vocabulary(one.vocabulary))
        numbers = tuple(sorted(number for number, _ in known))
        possible = possible and bool(numbers)
        if numbers:
            conditions.append(HasTerm(numbers, sum(total for _, total in known)))
    if unknown:
        raise UnknownCodes(unknown)
    return Resolved(tuple(conditions) if possible else None)


async def look_up(reader: Reader, named: list[tuple[str, Value]]) -> dict[tuple[str, Value], tuple[int, int]]:
    """Return (number, total) of the terms, named by field and value, that the index knows."""
    found: dict[tuple[str, Value], tuple[int, int]] = {}
    for through_handle in (False, True):
        some = [one for one in named if (one[1].handle_of is not None) is through_handle]
        for start in range(0, len(some), LOOKED_UP):
            chunk = some[start : start + LOOKED_UP]
            size = 1 << (len(chunk) - 1).bit_length()
            bound: dict[str, Any] = {}
            for at in range(size):
                field, value = chunk[min(at, len(chunk) - 1)]
                bound.update({f"f{at}": field, f"v{at}": value.value, f"h{at}": value.handle_of})
            for at, number, total in await reader.rows(_terms_statement(size, through_handle), bound):
                found[chunk[min(at, len(chunk) - 1)]] = (number, total)
    return found


@lru_cache(maxsize=32)
def _terms_statement(size: int, through_handle: bool) -> Statement:
    """Return a statement of so many look-ups; sizes are powers of two, so that few statements serve all."""
    queries = []
    for at in range(size):
        value: Any = bindparam(f"v{at}", type_=String())
        if through_handle:
            here = (HANDLE.c.type == bindparam(f"h{at}", type_=String())) & (HANDLE.c.handle == value)
            value = select(HANDLE.c.record_id).where(here).scalar_subquery()
        mine = (TERM.c.field == bindparam(f"f{at}", type_=String())) & (TERM.c.value == value)
        queries.append(select(literal(at, BigInteger()), TERM.c.id, TERM.c.total).where(mine))
    return Statement(queries[0] if size == 1 else union_all(*queries))


async def terms_of(reader: Reader, name: str) -> list[dict[str, Any]]:
    """Return the terms of a public vocabulary; none when there is none by this name."""
    rows = await reader.rows(DOCUMENT_BY_HANDLE, {"type": "vocabulary", "handle": name})
    found: list[dict[str, Any]] = parse(rows[0][4])["terms"] if rows else []
    return found


def _unknown(asked: Terms, codes: list[str], terms: list[dict[str, Any]]) -> list[Unknown]:
    """Return the codes that the vocabulary does not have; one that only nothing has yet is no fault."""
    unknown = sorted(set(codes) - {term["code"] for term in terms})
    return [Unknown(asked.name, str(asked.vocabulary), unknown, terms)] if terms and unknown else []


async def plan(reader: Reader, record_type: str, conditions: tuple[Condition, ...], order: Order) -> Plan:
    """Return how the records of a question are found in an order."""
    terms = sorted((one for one in conditions if isinstance(one, HasTerm)), key=lambda one: one.total)
    sized = next((one for one in conditions if isinstance(one, OneOf)), None)
    if sized is not None:
        return _led_by(record_type, sized, conditions, few=True)
    most = GATHERED if order.field is None else SORTED
    terms = [one for one in terms if len(one.numbers) <= MERGED or _gathers(one, order)]
    if terms and terms[0].total <= QUICK:
        return _led_by(record_type, terms[0], conditions, few=_gathers(terms[0], order))
    bound = min(terms[0].total, most) if terms else most
    leader: Findable | None = None
    for one in conditions:
        if isinstance(one, HasTerm | Created) or not isinstance(one, Findable):
            continue
        count = await _bounded_count(reader, one, bound + 1)
        if count <= bound:
            leader, bound = one, count
    if leader is not None:
        return _led_by(record_type, leader, conditions, few=True)
    words = next((one for one in conditions if isinstance(one, Saying)), None)
    if words is not None and order.field is None and not (terms and terms[0].total <= SPOKEN):
        return _led_by(record_type, words, conditions, few=False)
    if terms and (order.field is None or terms[0].total <= most):
        return _led_by(record_type, terms[0], conditions, few=_gathers(terms[0], order))
    return Plan(record_type, None, few=False, checks=conditions)


def _gathers(terms: HasTerm, order: Order) -> bool:
    return order.field is not None or (len(terms.numbers) > STREAMS and terms.total <= GATHERED)


def _led_by(record_type: str, leader: Findable, conditions: tuple[Condition, ...], *, few: bool) -> Plan:
    return Plan(record_type, leader, few, tuple(one for one in conditions if one is not leader))


async def _bounded_count(reader: Reader, condition: Findable, limit: int) -> int:
    bound = {**condition.values("d"), "limit": limit}
    if isinstance(condition, Saying):
        bound.update(condition.expression(reader.dialect.name, "d"))
    ((count,),) = await reader.long_rows(_count_statement(condition), bound)
    return int(count)


_COUNTS: dict[Any, Statement] = {}


def _count_statement(condition: Findable) -> Statement:
    if condition.shape not in _COUNTS:
        # How common words are decides how they are looked for.
        planned_once = not isinstance(condition, Saying)
        _COUNTS[condition.shape] = Statement(bounded(condition), planned_once=planned_once)
    return _COUNTS[condition.shape]
