"""Waiting promises: a follower hears of a change when it comes, and nobody who waits costs the others anything."""

import asyncio
import json
import socket
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, TypeVar

import pytest

from app.changes.waiting import Crowded, Waiters
from app.store.reader import Statement, StoreUnavailable
from tests.changes.following import follow, page
from tests.support.api import Api, serving
from tests.support.routes import problem_of
from tests.support.terminal import MODULE, serving_on_a_socket
from tests.support.world import World

T = TypeVar("T")
Message = MutableMapping[str, Any]


async def nobody_leaves() -> Message:
    """Never return: the client stays."""
    left: asyncio.Future[Message] = asyncio.get_running_loop().create_future()
    return await left


async def waiting(waiters: Waiters, count: int) -> None:
    """Return when so many wait."""
    await until(lambda: waiters.count == count)


async def until(true: Callable[[], bool]) -> None:
    """Return when something is so."""
    for _ in range(100_000):
        if true():
            return
        await asyncio.sleep(0)
    raise AssertionError("it never came to that")


def meanwhile(api: Api, path: str, act: Callable[[], object], **headers: str) -> Any:
    """Ask, act once the request waits, and return the answer."""

    async def both() -> Any:
        asked = asyncio.create_task(api._client.get(path, headers=headers))
        await waiting(api.app.state.waiters, 1)
        await asyncio.to_thread(act)
        return await asked

    return api._runner.run(both())


def test_a_change_wakes_the_anonymous_caller_who_waits(world: World, api: Api) -> None:
    """The answer comes with the change, long before the time is over."""
    path = follow(api, "/v1/changes?wait=60&limit=1000").next
    answer = meanwhile(api, path, lambda: world.create("claim", world.claim()))
    found = json.loads(answer.content)
    assert [one["record_type"] for one in found["data"]] == ["claim"]
    assert found["links"]["next"].startswith("/v1/changes?limit=1000&wait=60&after=")
    assert api.app.state.waiters.count == 0


def test_who_waits_for_something_else_goes_on_waiting(world: World, api: Api) -> None:
    """A change that no filter matches moves the cursor, and is no answer."""
    path = follow(api, "/v1/changes?types=claim").next + "&wait=60"

    def act() -> None:
        world.create("place", world.place())
        world.create("claim", world.claim())

    found = json.loads(meanwhile(api, path, act).content)
    assert [one["record_type"] for one in found["data"]] == ["claim"]
    assert found["meta"]["through"] == found["meta"]["after"] + 2
    assert found["meta"]["verifiable"] is False


def test_when_nothing_comes_the_answer_is_empty_and_says_where_to_go_on(world: World, api: Api) -> None:
    """The time that a client waits is bounded, and an unchanged feed is not sent again."""
    api.app.state.waiters.longest = 0.01
    path = follow(api).next
    found = page(api, f"{path}&wait=60")
    assert (found["data"], found["meta"]["complete"]) == ([], True)
    tag = api.get(f"{path}&wait=60").headers["etag"]
    assert api.get(f"{path}&wait=60", if_none_match=tag).status_code == 304


def test_what_is_there_is_not_waited_for(world: World, api: Api) -> None:
    """Only who has seen everything waits: not who gets something, nor who has more to look at."""
    assert len(page(api, "/v1/changes?wait=60&limit=3")["data"]) == 3
    empty = page(api, "/v1/changes?types=figure&wait=60&limit=1")
    assert (empty["data"], empty["meta"]["complete"]) == ([], False)


def test_a_server_that_stops_sends_everybody_home(world: World, api: Api) -> None:
    """An empty page, at once; nobody can wait any more."""
    path = follow(api).next + "&wait=60"
    answer = meanwhile(api, path, api.app.state.waiters.stop)
    assert (answer.status_code, answer.json()["data"]) == (200, [])
    assert api.get(path).json()["data"] == []


def test_stopping_the_server_does_not_wait_for_who_waits(world: World) -> None:
    """On a real socket: who waits gets an empty page, and the process ends long before their time is over."""
    with serving_on_a_socket(MODULE, world.url) as server:
        path = server.client.get("/v1/changes?limit=1000").json()["links"]["next"] + "&wait=60"
        host, port = server.url.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=20) as connection:
            connection.sendall(f"GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode())
            # Answered after the other request was taken in.
            assert server.client.get("/readyz").status_code == 200
            server.stop()
            said = b"".join(iter(lambda: connection.recv(65536), b""))
    assert said.startswith(b"HTTP/1.1 200 ")
    assert b'"data":[]' in said


def test_too_many_are_told_to_come_again(world: World) -> None:
    """Whoever waits costs memory, so that there is an end to it."""
    with serving(world.url) as api:
        api.app.state.waiters._most = 0
        answer = api.get(follow(api).next + "&wait=60")
    assert (answer.status_code, problem_of(answer)["code"]) == (503, "unavailable")
    assert int(answer.headers["retry-after"]) > 0


class Heads:
    """A database whose head is set by hand; counts who looks."""

    def __init__(self) -> None:
        self.chain = "a"
        self.looks = 0
        self.away = False

    async def rows(self, statement: Statement, parameters: object) -> list[tuple[Any, ...]]:
        self.looks += 1
        if self.away:
            raise StoreUnavailable("away")
        return [("ledger", 1, self.chain, 0)]


def run(work: Callable[[Heads, Waiters], Awaitable[T]]) -> T:
    """Run something with waiters over a head that is set by hand."""
    heads = Heads()

    async def running() -> T:
        return await work(heads, Waiters(heads, interval=0, most=50))  # type: ignore[arg-type]

    return asyncio.run(running())


def test_one_look_serves_all_and_nobody_looks_when_nobody_waits() -> None:
    """The database is asked as often for fifty as for one."""

    async def work(heads: Heads, waiters: Waiters) -> list[bool]:
        many = [asyncio.create_task(waiters.moved("a", 60, nobody_leaves)) for _ in range(50)]
        await waiting(waiters, 50)
        await until(lambda: heads.looks >= 3)
        heads.chain = "b"
        found = await asyncio.gather(*many)
        looks = heads.looks
        for _ in range(20):
            await asyncio.sleep(0)
        assert looks <= 6
        assert heads.looks <= looks + 1
        return found

    assert run(work) == [True] * 50


def test_who_knows_the_newest_head_goes_on_waiting() -> None:
    """Each is woken by a head that is another than its own, also by an older one."""

    async def work(heads: Heads, waiters: Waiters) -> None:
        old = asyncio.create_task(waiters.moved("0", 60, nobody_leaves))
        new = asyncio.create_task(waiters.moved("a", 60, nobody_leaves))
        assert await old
        assert (new.done(), waiters.count) == (False, 1)
        heads.chain = "0"
        assert await new

    run(work)


@pytest.mark.parametrize("chunks", [[], [True], [True, True]])
def test_a_client_that_leaves_is_noticed(chunks: list[bool]) -> None:
    """Its place is free at once; a body that it sent along is passed over."""

    async def work(heads: Heads, waiters: Waiters) -> bool:
        messages = [{"type": "http.request", "more_body": more} for more in chunks]
        messages += [{"type": "http.request", "more_body": False}, {"type": "http.disconnect"}]

        async def receive() -> Message:
            return messages.pop(0)

        return await waiters.moved("a", 60, receive)

    assert run(work) is False


def test_a_server_that_tells_nothing_of_its_clients_is_no_loop() -> None:
    """Who says again and again that the request has ended is not asked for ever."""

    async def work(heads: Heads, waiters: Waiters) -> bool:
        async def receive() -> Message:
            return {"type": "http.request", "body": b"", "more_body": False}

        return await waiters.moved("a", 0.01, receive)

    assert run(work) is False


def test_a_client_that_is_cut_off_leaves_its_place() -> None:
    """A request that is cancelled waits no more."""

    async def work(heads: Heads, waiters: Waiters) -> int:
        task = asyncio.create_task(waiters.moved("a", 60, nobody_leaves))
        await waiting(waiters, 1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return waiters.count

    assert run(work) == 0


def test_a_database_that_goes_away_wakes_who_waits() -> None:
    """They look for themselves, and are told."""

    async def work(heads: Heads, waiters: Waiters) -> bool:
        task = asyncio.create_task(waiters.moved("a", 60, nobody_leaves))
        await waiting(waiters, 1)
        heads.away = True
        return await task

    assert run(work) is True


def test_no_more_than_so_many_wait() -> None:
    """The next is refused, and those who wait are not disturbed."""

    async def work(heads: Heads, waiters: Waiters) -> None:
        many = [asyncio.create_task(waiters.moved("a", 60, nobody_leaves)) for _ in range(50)]
        await waiting(waiters, 50)
        with pytest.raises(Crowded):
            await waiters.moved("a", 60, nobody_leaves)
        assert waiters.count == 50
        waiters.stop()
        assert await asyncio.gather(*many) == [False] * 50

    run(work)
