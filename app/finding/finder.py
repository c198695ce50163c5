"""Why this file exists: a question is planned, run and answered here; what was planned is kept for the next who asks.

A plan is kept with the state of the ledger that it was made in. The page says in which state it was read, in the same
snapshot: when that is another one, the plan is made again, and the page read again if the plan has become another.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import BigInteger, ColumnElement, Select, bindparam, func, select

from app.finding import statements
from app.finding.conditions import HasTerm, Saying
from app.finding.filters import Asked, Terms, Value
from app.finding.found import Count, Facets, Page, Question, State
from app.finding.planning import Resolved, look_up, plan, resolve, terms_of
from app.finding.statements import MOST_COUNTED, Plan, is_led_by_words, shape_of
from app.index.keys import unmarked
from app.index.writing import POSTING
from app.kit.canonical import JSON, parse
from app.kit.words import Term, score
from app.record.queries import DOCUMENT, HEAD_STATE, PRESENCE_BY_HANDLE
from app.store.reader import Reader, Statement

T = TypeVar("T")
NEWEST = 2**63 - 1
# The number of a field that nothing was ever found by.
NOWHERE = -1
NEWEST_OF_TERM = Statement(
    select(func.max(POSTING.c.recorded)).where(POSTING.c.term == bindparam("term", type_=BigInteger()))
)
# The newest matches that are ranked by relevance, and the commonest values that a facet shows.
MOST_RANKED, MOST_VALUES = 2_000, 25
KEPT_PLANS, KEPT_STATEMENTS = 1024, 512
# A question of more values than these is planned anew each time: what is kept stays small.
MOST_KEPT_VALUES = 20
# The most keys that one statement looks up: a page of the longest list.
MOST_KEYS = 1024
# How often what takes several statements is read again when somebody wrote meanwhile.
ATTEMPTS = 3
# The most postings that are gone through to find the records that share terms.
MOST_SHARED = 20_000


class _Kept(NamedTuple):
    """What was made of a question, in a state; a plan of null is that nothing can match."""

    state: State
    resolved: Resolved
    plan: Plan | None


class Finder:
    """Answers questions through one reader."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self._plans: OrderedDict[Question, _Kept] = OrderedDict()
        self._statements: OrderedDict[Any, Statement] = OrderedDict()

    async def state(self) -> State:
        """Return the state that is now."""
        return State(*(await self.reader.rows(HEAD_STATE, {}))[0])

    async def steady(self, work: Callable[[], Awaitable[T]]) -> tuple[T, State]:
        """Do what takes several statements in one state: again, a few times, when somebody wrote meanwhile."""
        state, done = await self.state(), await work()
        for _ in range(ATTEMPTS):
            now = await self.state()
            if now == state:
                break
            state, done = now, await work()
        return done, state

    # --- pages -------------------------------------------------------------------------------------------------------

    async def page(self, question: Question, after: tuple[int, int] | None, limit: int) -> Page:
        """Return the records after a place (key, recorded), at most `limit`; raises UnknownCodes."""
        kept = self._plans.get(question) or await self._kept(question)
        found = await self._run(question, kept.plan, after, limit)
        for _ in range(ATTEMPTS):
            if kept.state == found.state:
                return found
            before, kept = kept, await self._kept(question)
            if kept.plan == before.plan:
                return found
            found = await self._run(question, kept.plan, after, limit)
        # The older state: so a validator never stands for more than was read.
        found.state = kept.state
        return found

    async def ranked(self, question: Question, after: tuple[int, int] | None, limit: int) -> Page:
        """Return the most relevant of the newest matches, after a place (score, recorded); raises UnknownCodes."""
        # The state is read first: so a validator never stands for more than was read.
        found = Page(await self.state(), ranked=0)
        made = await self._kept(question)
        terms = next(one.terms for one in question.asked if isinstance(one, Saying))
        if made.plan is None:
            return found
        statement = self._statement("texts", made.plan, lambda: statements.texts(made.plan))
        bound = {**made.plan.values(self.reader.dialect.name), "after": NEWEST, "limit": MOST_RANKED}
        rows = await self.reader.long_rows(statement, bound)
        places = await asyncio.to_thread(_rank, rows, terms)
        found.ranked = len(rows)
        if after is not None:
            places = [place for place in places if place < after]
        found.more = len(places) > limit
        documents = await self.documents([recorded for _, recorded in places[:limit]])
        found.places = [place for place in places[:limit] if place[1] in documents]
        found.bodies = [documents[recorded] for _, recorded in found.places]
        return found

    async def documents(self, recorded: Sequence[int]) -> dict[int, bytes]:
        """Return the documents of some records, of those that still have one."""
        return dict(await self._by_keys(DOCUMENT.c.recorded, DOCUMENT.c.body, recorded))

    async def _run(self, question: Question, made: Plan | None, after: tuple[int, int] | None, limit: int) -> Page:
        if made is None:
            return Page(await self.state())
        order = question.order
        statement = self._statement("page", (made, order), lambda: statements.page(made, order))
        key, recorded = after or ((NEWEST, NEWEST) if order.down else (-1, -1))
        bound = {**made.values(self.reader.dialect.name), "key": key, "after": recorded, "limit": limit + 1}
        if order.field:
            bound["sort"] = order.field
        plain = made.driver is None and not made.checks
        rows = await (self.reader.rows if plain else self.reader.long_rows)(statement, bound)
        return Page.of(rows, limit, down=order.down)

    # --- counts and facets -------------------------------------------------------------------------------------------

    async def count(self, question: Question) -> int:
        """Return exactly how many records there are."""
        made = await self._newest(question)
        if made is None:
            return 0
        if isinstance(made.driver, HasTerm) and len(made.driver.numbers) == 1 and not made.checks:
            return made.driver.total
        if made.driver is None and not made.checks:
            every = await look_up(self.reader, [(f"{question.record_type}.type", Value(question.record_type))])
            return sum(total for _, total in every.values())
        statement = self._statement("count", made, lambda: statements.counted(made))
        ((count,),) = await self.reader.long_rows(statement, made.values(self.reader.dialect.name))
        return int(count)

    async def facets(
        self, question: Question, fields: tuple[str, ...], selected: tuple[int, ...], most: int = MOST_VALUES
    ) -> Facets:
        """Return the `most` commonest values of fields among the newest matches, and those of the selected terms."""
        made = await self._newest(question)
        if made is None:
            return Facets(approximate=False, counts=[])
        bound: dict[str, Any] = {"most": most, **{f"g{at}": name for at, name in enumerate(fields)}}
        bound.update({f"s{at}": number for at, number in enumerate(selected)})
        sizes = (len(fields), len(selected))
        whole = 0
        if made.driver is None and not made.checks:
            statement = self._statement("totals", sizes, lambda: statements.totals(*sizes))
            rows = await self.reader.long_rows(statement, bound)
        else:
            statement = self._statement("fields", len(fields), lambda: statements.field_numbers(len(fields)))
            numbers = dict(iter(await self.reader.rows(statement, bound)))
            bound.update({f"n{at}": numbers.get(name, NOWHERE) for at, name in enumerate(fields)})
            statement = self._statement("facets", (made, *sizes), lambda: statements.facets(made, *sizes))
            bound.update({**made.values(self.reader.dialect.name), "after": NEWEST, "limit": MOST_COUNTED + 1})
            rows = await self.reader.long_rows(statement, bound)
            whole = next(row[3] for row in rows if row[0] is None)
        return Facets(whole > MOST_COUNTED, [Count(*row) for row in rows if row[0] is not None])

    async def gathered(
        self, question: Question, kind: str, build: Callable[[Plan], Any], bound: dict[str, Any]
    ) -> list[tuple[Any, ...]]:
        """Return the rows of another room's statement over the plan of a question; none when nothing can match."""
        made = await self._newest(question)
        if made is None:
            return []
        values = {**made.values(self.reader.dialect.name), **bound}
        return await self.reader.long_rows(self._statement(kind, made, lambda: build(made)), values)

    async def was(self, question: Question, table: str, columns: Sequence[str]) -> list[tuple[Any, ...]]:
        """Return narrow rows of what was found otherwise; there are none of what is now."""
        return []

    async def named(self, record_type: str, handle: str) -> str | None:
        """Return the id of the public record that a slug or code finds."""
        rows = await self.reader.rows(PRESENCE_BY_HANDLE, {"type": record_type, "handle": handle})
        return rows[0][0] if rows else None

    async def first(self, term: int) -> list[int]:
        """Return the newest record that has a term, if any has."""
        ((recorded,),) = await self.reader.rows(NEWEST_OF_TERM, {"term": term})
        return [] if recorded is None else [recorded]

    async def sharing(self, fields: Sequence[str], values: Sequence[str], most: int) -> list[bytes]:
        """Return the documents of the records that have the most of some terms, most first; the rarest terms decide."""
        named = [(field, Value(value)) for field in fields for value in values]
        known = sorted((await look_up(self.reader, named)).values(), key=lambda one: one[1])
        chosen: list[int] = []
        reached = 0
        for number, total in known:
            reached += total
            if chosen and reached > MOST_SHARED:
                break
            chosen.append(number)
        if not chosen:
            return []
        condition = HasTerm(tuple(chosen), reached)
        statement = self._statement("sharing", condition.shape, lambda: statements.sharing(condition))
        bound = {**condition.values("d"), "limit": most}
        found = [row[0] for row in await self.reader.long_rows(statement, bound)]
        bodies = await self.documents(found)
        return [bodies[one] for one in found if one in bodies]

    async def cards(self, record_ids: Sequence[str]) -> dict[str, JSON]:
        """Return the cards of public records by id."""
        return {one: parse(card) for one, card in await self._by_keys(DOCUMENT.c.id, DOCUMENT.c.card, record_ids)}

    async def _by_keys(
        self, key: ColumnElement[Any], value: ColumnElement[Any], keys: Sequence[Any]
    ) -> list[tuple[Any, ...]]:
        """Return (key, value) of the rows of some keys, so many at a time as every database takes."""
        found: list[tuple[Any, ...]] = []
        for start in range(0, len(keys), MOST_KEYS):
            some = keys[start : start + MOST_KEYS]
            size = 1 << (len(some) - 1).bit_length()
            statement = self._statement(f"by {key}", size, partial(_of_keys, key, value, size))
            bound = {f"r{at}": one for at, one in enumerate(_padded(some, size))}
            found += await self.reader.long_rows(statement, bound)
        return found

    async def resolve(self, asked: tuple[Asked, ...]) -> Resolved:
        """Look up the terms that are asked for; raises UnknownCodes."""
        return await resolve(self.reader, asked, self.vocabulary)

    async def vocabulary(self, name: str) -> list[dict[str, Any]]:
        """Return the terms of a vocabulary."""
        return await terms_of(self.reader, name)

    async def numbers(self, named: list[tuple[str, Value]]) -> tuple[int, ...]:
        """Return the numbers of the terms, named by field and value, that the index knows."""
        return tuple(sorted(number for number, _ in (await look_up(self.reader, named)).values()))

    # --- what is kept ------------------------------------------------------------------------------------------------

    async def _newest(self, question: Question) -> Plan | None:
        """Return the plan of a question, newest first."""
        return (await self._kept(Question(question.record_type, question.asked))).plan

    async def _kept(self, question: Question) -> _Kept:
        """Return what was made of a question in the state that is now."""
        # The state is read first: so a plan that is older than the page that it gave is found out.
        state = await self.state()
        kept = self._plans.get(question)
        if kept is None or kept.state != state:
            resolved = await self.resolve(question.asked)
            made = None
            if resolved.conditions is not None:
                made = await plan(self.reader, question.record_type, resolved.conditions, question.order)
            kept = _Kept(state, resolved, made)
            self._keep(question, kept)
        return kept

    def _keep(self, question: Question, kept: _Kept) -> None:
        if sum(len(one.values) for one in question.asked if isinstance(one, Terms)) > MOST_KEPT_VALUES:
            return
        self._plans[question] = kept
        self._plans.move_to_end(question)
        if len(self._plans) > KEPT_PLANS:
            self._plans.popitem(last=False)

    def _statement(self, kind: str, shape: Any, build: Any) -> Statement:
        """Return the statement of a shape, built when it was never asked before or long ago."""
        key = (kind, shape_of(shape))
        found = self._statements.get(key)
        if found is None:
            found = self._statements[key] = Statement(build(), planned_once=not is_led_by_words(shape))
            if len(self._statements) > KEPT_STATEMENTS:
                self._statements.popitem(last=False)
        else:
            self._statements.move_to_end(key)
        return found


def _of_keys(key: ColumnElement[Any], value: ColumnElement[Any], size: int) -> Select[Any]:
    return select(key, value).where(key.in_([bindparam(f"r{at}", type_=key.type) for at in range(size)]))


def _padded(keys: Sequence[T], size: int) -> list[T]:
    """Return keys with the last repeated, so that few sizes of statements serve all."""
    return [*keys, *[keys[-1]] * (size - len(keys))]


def _rank(rows: list[tuple[Any, ...]], terms: tuple[Term, ...]) -> list[tuple[int, int]]:
    """Return (score, recorded) of rows (recorded, head, body), the most relevant first."""
    return sorted(((score(terms, head, unmarked(body)), recorded) for recorded, head, body in rows), reverse=True)
