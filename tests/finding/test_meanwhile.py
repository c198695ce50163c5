"""Answers promise: whoever writes while one is made, its validator never keeps what was written from its reader."""

import json
from typing import Any

import pytest
from sqlalchemy import Dialect

from app.store.reader import Parameters, Reader, Statement
from tests.support.api import Api
from tests.support.world import World

# More statements than any of these answers takes in an empty world.
MOST_STATEMENTS = 9
PATHS = {
    "a page": "/v1/claims?about={slug}",
    "a page by date": "/v1/claims?about={slug}&sort=event",
    "a page with counts": "/v1/claims?about={slug}&count=exact&facets=theme,about",
    "the most relevant": "/v1/claims?about={slug}&q=word&sort=relevance",
    "a table of claims": "/v1/compare/claims?about={slug}",
}


class Meanwhile:
    """A reader beside which somebody writes, once, before one of its statements."""

    def __init__(self, reader: Reader, before: int, write: Any) -> None:
        self._reader = reader
        self._left = before
        self._write = write

    @property
    def dialect(self) -> Dialect:
        """Return the language of its database."""
        return self._reader.dialect

    def _step(self) -> None:
        self._left -= 1
        if self._left == 0:
            self._write()

    async def rows(self, statement: Statement, parameters: Parameters) -> list[tuple[Any, ...]]:
        """Read, after the write when it is time for it."""
        self._step()
        return await self._reader.rows(statement, parameters)

    async def long_rows(self, statement: Statement, parameters: Parameters) -> list[tuple[Any, ...]]:
        """Read, after the write when it is time for it."""
        self._step()
        return await self._reader.long_rows(statement, parameters)


@pytest.mark.parametrize("kind", PATHS)
def test_an_answer_is_unchanged_only_while_it_is_what_would_be_answered_now(world: World, api: Api, kind: str) -> None:
    """A write before each of the statements of an answer, of what nothing was found by before."""
    finder = api.app.state.finder
    reader = finder.reader
    written = 0
    for before in range(1, MOST_STATEMENTS):
        slug = world.key()
        concerned = world.create("actor", world.actor(slug=slug))
        told = {"statement": "A word.", "about": [{"actor": concerned, "label": "them", "role": "affected"}]}
        path = PATHS[kind].format(slug=slug)
        finder.reader = Meanwhile(reader, before, lambda told=told: world.create("claim", world.claim(**told)))
        first = api.get(path)
        finder.reader = reader
        now = api.get(path)
        again = api.get(path, if_none_match=first.headers["etag"])
        assert (first.status_code, now.status_code) == (200, 200)
        assert again.status_code == 200 or json.loads(first.content) == json.loads(now.content)
        written += concerned in now.text
    assert written >= 2
