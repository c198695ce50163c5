"""Finding promises: however many values or records are asked for at once, every database takes the question."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from sqlalchemy import select

from app.finding.conditions import HasTerm
from app.finding.finder import Finder
from app.finding.found import Question
from app.finding.planning import plan
from app.index.writing import TERM
from app.kit.canonical import parse
from app.store.engine import writer
from app.store.reader import reader
from tests.finding.worlds import Told
from tests.support.api import Api

T = TypeVar("T")
# More than SQLite merges in one statement; and more than any database takes as values of one.
MANY, MOST = 501, 70_000


def _with(url: str, work: Callable[[Finder], Awaitable[T]]) -> T:
    async def run() -> T:
        mine = reader(url, 2)
        await mine.open()
        try:
            return await work(Finder(mine))
        finally:
            await mine.close()

    return asyncio.run(run())


def test_a_list_of_very_many_terms_is_answered(told: Told, listing_api: Api) -> None:
    """Terms that are many and common: of them one is what every claim has, so that every claim is found."""
    url = told.world.url
    with writer(url).connect() as connection:
        every = connection.execute(select(TERM.c.id).where(TERM.c.field == "claim.type")).scalar_one()
    terms = HasTerm(tuple(range(every, every + MANY)), 10**6)

    async def work(finder: Finder) -> list[str]:
        question = Question("claim")
        made = await plan(finder.reader, "claim", (terms,), question.order)
        page = await finder._run(question, made, None, 1000)
        return [str(parse(row.body)["id"]) for row in page.rows]

    assert _with(url, work) == [claim["id"] for claim in listing_api.walk("/v1/claims?limit=1000")]


def test_very_many_documents_are_read(told: Told) -> None:
    """All of a range that is far longer than the record: by number as by id, each once."""
    with writer(told.world.url).connect() as connection:
        known = dict(connection.execute(select(TERM.c.value, TERM.c.total).where(TERM.c.field.like("%.type"))).all())

    async def documents(finder: Finder) -> list[str]:
        found = await finder.documents(range(MOST))
        return [str(parse(body)["id"]) for body in found.values()]

    ids = _with(told.world.url, documents)
    assert len(set(ids)) == len(ids) >= sum(known.values()) > 0
    repeated = (ids * (MOST // len(ids) + 1))[:MOST]
    assert _with(told.world.url, lambda finder: finder.cards(repeated)).keys() == set(ids)
