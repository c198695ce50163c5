"""A connection promises: whole answers, the server's own errors, and no request that waits for another's answer."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy import text

from app.store.reader import PostgresReader, Statement, StoreUnavailable
from tests.support import postgres

pytestmark = pytest.mark.postgres
LONG = Statement(text("SELECT no, repeat('x', CAST(:letters AS integer)) FROM generate_series(1, :rows) AS no"))
ASLEEP = Statement(text("SELECT pg_sleep(60)"))
WRONG = Statement(text("SELECT 1 / CAST(:nothing AS integer)"))
WITHOUT_END = Statement(text("SELECT pg_terminate_backend(pg_backend_pid())"))


@asynccontextmanager
async def reading(server: postgres.Server, connections: int) -> AsyncIterator[PostgresReader]:
    """Give a reader of the maintenance database, and close it."""
    reader = PostgresReader(server.url, connections)
    await reader.open()
    try:
        yield reader
    finally:
        await reader.close()


@pytest.fixture
def run(postgres_server: postgres.Server) -> Callable[..., Any]:
    """Run a coroutine of a reader with so many connections."""

    def _run(work: Callable[[PostgresReader], Coroutine[Any, Any, Any]], connections: int = 1) -> Any:
        async def opened() -> Any:
            async with reading(postgres_server, connections) as reader:
                return await work(reader)

        return asyncio.run(opened())

    return _run


@pytest.mark.parametrize(("rows", "letters"), [(0, 1), (1, 1), (1, 3_000_000), (500, 5_000)])
def test_an_answer_is_whole(run: Callable[..., Any], rows: int, letters: int) -> None:
    """However many pieces it comes in, every row and every byte of it arrives."""
    found = run(lambda reader: reader.rows(LONG, {"rows": rows, "letters": letters}))
    assert [(no, len(word)) for no, word in found] == [(no, letters) for no in range(1, rows + 1)]


def test_each_request_gets_its_own_answer(run: Callable[..., Any]) -> None:
    """Forty at once over three connections: nobody gets what another asked for."""

    async def work(reader: PostgresReader) -> list[int]:
        asked = [reader.rows(LONG, {"rows": 3, "letters": 1_000 * number}) for number in range(40)]
        return [len(rows[2][1]) for rows in await asyncio.gather(*asked)]

    assert run(work, 3) == [1_000 * number for number in range(40)]


def test_an_error_is_told_and_leaves_the_connection_of_use(run: Callable[..., Any]) -> None:
    """What the server refuses is raised where it was asked, and the only connection answers the next."""

    async def work(reader: PostgresReader) -> Any:
        with pytest.raises(StoreUnavailable, match="DivisionByZero"):
            await reader.rows(WRONG, {"nothing": 0})
        return await reader.rows(LONG, {"rows": 1, "letters": 2})

    assert run(work) == [(1, "xx")]


def test_a_server_that_goes_away_is_told(run: Callable[..., Any]) -> None:
    """A connection that the server ends is an error and no endless wait; the pool makes another."""

    async def work(reader: PostgresReader) -> Any:
        with pytest.raises(StoreUnavailable):
            await reader.rows(WITHOUT_END, {})
        return await reader.rows(LONG, {"rows": 1, "letters": 2})

    assert run(work) == [(1, "xx")]


def test_a_request_that_is_given_up_keeps_nobody_waiting(run: Callable[..., Any]) -> None:
    """Who waits no longer frees the place in the pool: the next does not get the answer of the one before."""

    async def work(reader: PostgresReader) -> Any:
        given_up = asyncio.create_task(reader.rows(ASLEEP, {}))
        await reader_is_busy(reader)
        given_up.cancel()
        with pytest.raises(asyncio.CancelledError):
            await given_up
        return await reader.rows(LONG, {"rows": 1, "letters": 2})

    assert run(work) == [(1, "xx")]


async def reader_is_busy(reader: PostgresReader) -> None:
    """Return when the only connection of a reader is in use, and what it was asked is on its way."""
    while reader._pool.get_stats().get("requests_num", 0) < 1 or reader._pool.get_stats()["pool_available"]:  # noqa: ASYNC110  # Nobody tells.
        await asyncio.sleep(0)
    for _ in range(20):
        await asyncio.sleep(0)
