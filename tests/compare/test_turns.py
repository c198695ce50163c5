"""Comparing promises: one at a time, kept while nobody writes, and never more in one answer than fits."""

import asyncio
from typing import Any

import pytest

from app.compare import asking, comparing
from app.compare.comparing import Comparer, page_of
from app.finding.finder import Finder
from app.serving.problems import Problem
from app.store.reader import reader
from tests.support.api import Api
from tests.support.routes import problem_of
from tests.support.world import World

EVERYTHING = "/v1/compare?crisis="


def run(url: str, work: Any) -> Any:
    """Run a coroutine function with a comparer of its own."""

    async def whole() -> Any:
        through = reader(url, 2)
        await through.open()
        try:
            return await work(Comparer(Finder(through)))
        finally:
            await through.close()

    return asyncio.run(whole())


def test_what_was_compared_is_kept_until_somebody_writes(api: Api, world: World) -> None:
    """The second asker gets the same; a figure that came on record is in the next answer, one retracted is not."""
    first = world.create("figure", world.figure(world.create("claim", world.claim())))
    path = EVERYTHING + world.crisis
    before = api.get(path)
    assert before.status_code == 200
    assert api.get(path).content == before.content
    (one,) = before.json()["data"]
    assert [figure["id"] for row in one["rows"] for figure in row["figures"]] == [first]
    second = world.create("figure", world.figure(world.create("claim", world.claim()), value="200", reported="200"))
    (one,) = api.data(path)
    assert {figure["id"] for row in one["rows"] for figure in row["figures"]} == {first, second}
    world.retract(first)
    (one,) = api.data(path)
    assert [figure["id"] for row in one["rows"] for figure in row["figures"]] == [second]


def test_too_many_at_once_are_told_to_come_again(seeded_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever would wait too long is refused at once, and the others are answered."""
    monkeypatch.setattr(comparing, "WAITING", 2)
    asked = [asking.read(f"crisis=syria-civil-war&window={days}".encode()) for days in range(5)]

    async def crowd(comparer: Comparer) -> list[Any]:
        return await asyncio.gather(*(comparer.compared(one) for one in asked), return_exceptions=True)

    found = run(seeded_url, crowd)
    refused = [one for one in found if isinstance(one, Problem)]
    assert [(one.code, one.headers) for one in refused] == [("unavailable", {"Retry-After": "2"})] * 3
    assert [len(one.comparisons) for one in found if not isinstance(one, Problem)] == [11, 11]


def test_a_page_ends_where_the_answer_would_grow_too_large(seeded_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each page has one comparison at least, and all pages together have every one once."""
    monkeypatch.setattr(comparing, "MOST_SHOWN", 3)
    asked = asking.read(b"crisis=syria-civil-war")
    found = run(seeded_url, lambda comparer: comparer.compared(asked))
    pages, start = [], 0
    while start < len(found.comparisons):
        pages.append(page_of(asked, found, start))
        start += len(pages[-1])
    assert [one for page in pages for one in page] == found.comparisons
    assert 1 < len(pages) < len(found.comparisons)


def test_a_comparison_is_never_asked_to_show_more_than_fits(seeded_api: Api) -> None:
    """Many voices, or many figures of each, but not both; what is not given makes room."""
    for lawful in ("rows=1000&figures=1", "rows=10&figures=100", "rows=1000", "figures=100"):
        assert seeded_api.get(f"{EVERYTHING}syria-civil-war&{lawful}").status_code == 200
    problem = problem_of(seeded_api.get(EVERYTHING + "syria-civil-war&rows=1000&figures=2"))
    assert [one["parameter"] for one in problem["errors"]] == ["figures"]
