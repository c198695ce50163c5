"""Times promise: no two revisions share an instant, and later ones are later, whatever the machine's clock does."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from app.catalogue import NOUNS
from app.kit.clock import instant_text
from app.ledger.verify import verify
from app.record.desk import Desk
from app.store.engine import snapshot, writer
from tests.support.world import World

NOON = datetime(2090, 1, 1, 12, tzinfo=UTC)


def standing() -> Iterator[datetime]:
    """A clock that always says noon."""
    while True:
        yield NOON


def running_back() -> Iterator[datetime]:
    """A clock that goes an hour back each time."""
    for hours in range(10_000):
        yield NOON - timedelta(hours=hours)


def jumping() -> Iterator[datetime]:
    """A clock that jumps to and fro."""
    for hours in range(10_000):
        yield NOON + timedelta(hours=(hours * 7919) % 23 - 11)


@pytest.mark.parametrize("clock", [standing, running_back, jumping])
def test_recorded_at_strictly_increases(world: World, clock: object) -> None:
    """Across transactions and inside one, each revision is at least a microsecond after the one before."""
    readings = clock()  # type: ignore[operator]
    world.desk = Desk(writer(world.url), NOUNS, clock=lambda: next(readings))
    for number in range(4):
        claim = world.create("claim", world.claim())
        world.create_all([("actor", world.person(name=f"{number} {one}")) for one in range(3)])
        world.correct(claim, world.claim(statement=f"Corrected {number}."))
        world.retract(claim)
    with snapshot(world.desk.engine) as connection:
        found = connection.execute(text("SELECT recorded_at FROM revision ORDER BY seq")).scalars().all()
        told = [one if isinstance(one, str) else instant_text(one) for one in found]
        assert verify(connection).intact
    assert told == sorted(set(told))
    assert told[-1] > instant_text(NOON - timedelta(hours=12))


def test_a_clock_that_runs_well_is_believed(world: World) -> None:
    """When the clock is ahead of the ledger, its instant is the one that is recorded."""
    later = NOON + timedelta(days=400)
    world.desk = Desk(writer(world.url), NOUNS, clock=lambda: later)
    claim = world.create("claim", world.claim())
    with snapshot(world.desk.engine) as connection:
        query = text("SELECT recorded_at FROM revision WHERE record_id = :id")
        found = connection.execute(query, {"id": claim}).scalar_one()
    assert (found if isinstance(found, str) else instant_text(found)) == instant_text(later)
