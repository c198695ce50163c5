"""Forks promise: one ledger leads to the next, and verification holds each revision against the ledger of its time."""

from collections.abc import Callable

import pytest
from sqlalchemy import Connection, delete, insert, update

from app.kit.clock import system_clock
from app.ledger import forking
from app.ledger.append import HEAD
from app.ledger.forking import FORK
from app.ledger.forks import BrokenAncestry, Fork, ancestry, last_common
from app.ledger.verify import verify
from app.store.engine import snapshot, transact
from tests.support.world import World

FORKS = [Fork("b", "a", 5, "5"), Fork("c", "b", 5, "5"), Fork("d", "c", 9, "9")]


def test_a_ledger_has_its_ancestors_newest_first() -> None:
    """Also when the database keeps forks that led elsewhere."""
    assert [one.ledger for one in ancestry("d", [*FORKS, Fork("x", "a", 3, "3")])] == ["d", "c", "b"]
    assert ancestry("a", FORKS) == []


@pytest.mark.parametrize(("other", "seq"), [("a", 5), ("b", 5), ("c", 9), ("d", None), ("x", None)], ids=str)
def test_what_a_ledger_has_in_common_with_another(other: str, seq: int | None) -> None:
    """As far as the earliest fork between them; nothing with one that is no ancestor."""
    common = last_common("d", FORKS, other)
    assert (common.seq if common else None) == seq


def test_the_earliest_fork_between_two_ledgers_counts() -> None:
    """Whatever the order in which they were made."""
    common = last_common("c", [Fork("b", "a", 9, "9"), Fork("c", "b", 4, "4")], "a")
    assert common == Fork("c", "b", 4, "4")


def test_forks_in_a_circle_are_found() -> None:
    """Nothing of ours makes them, and nothing of ours hangs in them."""
    with pytest.raises(BrokenAncestry):
        ancestry("a", [Fork("a", "b", 1, "1"), Fork("b", "a", 1, "1")])


def fork(world: World, name: str) -> Fork:
    """Begin another ledger."""
    return transact(world.desk.engine, lambda connection: forking.begin(connection, name, system_clock()))


@pytest.fixture
def forked(world: World) -> World:
    """A ledger that was begun anew three times, twice without anything written between."""
    for name, claims in (("second", 2), ("third", 0), ("fourth", 1)):
        fork(world, name)
        for _ in range(claims):
            world.create("claim", world.claim())
    return world


def problems(world: World, tamper: Callable[[Connection], object] = lambda _: None) -> list[str]:
    """Return what verification finds after a tampering, which is undone."""
    with world.desk.engine.connect() as connection, connection.begin() as transaction:
        tamper(connection)
        found = verify(connection).problems
        transaction.rollback()
    return found


def test_a_forked_ledger_is_intact_and_its_forks_are_kept(forked: World) -> None:
    """What was recorded before keeps its envelope, and is held against the ledger of its time."""
    assert problems(forked) == []
    with snapshot(forked.desk.engine) as connection:
        found = forking.forks(connection)
    assert [one.ledger for one in ancestry("fourth", found)] == ["fourth", "third", "second"]
    assert found[1].seq == found[0].seq + 2


def test_a_fork_before_the_first_revision_is_lawful(forked: World) -> None:
    """An empty ledger can be begun anew too, and a fork after the last revision is one."""
    fork(forked, "fifth")
    assert problems(forked) == []


@pytest.mark.parametrize(
    ("tamper", "expected"),
    [
        (update(HEAD).values(ledger="third"), "belongs to another ledger"),
        (update(HEAD).values(ledger="elsewhere"), "does not lead to the ledger of the head"),
        (delete(FORK).where(FORK.c.ledger == "third"), "does not lead to the ledger of the head"),
        (delete(FORK).where(FORK.c.ledger == "second"), "belongs to another ledger"),
        (update(FORK).where(FORK.c.ledger == "second").values(seq=FORK.c.seq - 1), "does not begin after"),
        (update(FORK).where(FORK.c.ledger == "fourth").values(chain="0" * 64), "does not begin after"),
        (update(FORK).where(FORK.c.ledger == "fourth").values(seq=10_000), "which is not there"),
        (update(FORK).where(FORK.c.ledger == "second").values(parent="fourth"), "back to where they began"),
    ],
)
def test_a_fork_that_was_tampered_with_is_found(forked: World, tamper: object, expected: str) -> None:
    """Dropped, moved, redirected or inserted."""

    def run(connection: Connection) -> None:
        connection.execute(tamper)  # type: ignore[call-overload]

    assert expected in "\n".join(problems(forked, run))


def test_a_fork_that_was_inserted_is_found(forked: World) -> None:
    """One that leads nowhere stands out."""
    row = {"ledger": "x", "parent": "second", "seq": 1, "chain": "0" * 64, "recorded_at": system_clock()}
    assert problems(forked, lambda connection: connection.execute(insert(FORK).values(row))) == [
        "the fork to x does not lead to the ledger of the head"
    ]
