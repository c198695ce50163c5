"""`onrecord migrate` promises: a database of an earlier version comes up with its records found, or stays as it was."""

import re

import pytest
from sqlalchemy import text

from app.cli import commands
from app.record.rebuild import rebuild
from app.store import migrate
from app.store.engine import writer
from tests.record.readings import found_by, readable
from tests.support.databases import Databases
from tests.support.terminal import Ran, onrecord
from tests.support.world import World

# The last layout that had no index.
BEFORE = "0006"


def test_a_database_of_an_earlier_version_is_indexed(world: World) -> None:
    """Its records are found as if they had been written by this version, and the command says that it saw to it."""
    claim = world.create("claim", world.claim())
    world.retract(claim)
    world.create("claim", world.claim())
    expected = readable(world.desk.engine)
    migrate.downgrade(world.url, BEFORE)
    with writer(world.url).begin() as connection:
        connection.execute(text("DELETE FROM document_source"))
    ran = onrecord(world.url, "migrate")
    public = len(expected["document"])
    told = re.fullmatch(
        rf"The database is at layout {migrate.head()}\.\nRebuilt for it; ([0-9]+) documents had to change\.\n", ran.out
    )
    assert (ran.code, ran.err) == (0, "")
    # Every document, and what is kept of the past beside them.
    assert told is not None
    assert int(told[1]) > public
    assert readable(world.desk.engine) == expected
    assert rebuild(world.desk, keep=False) == 0
    assert onrecord(world.url, "migrate") == Ran(0, f"The database is at layout {migrate.head()}.\n", "")


def test_a_database_without_records_is_only_laid_out(databases: Databases) -> None:
    """There is nothing to index, and nothing is said of it."""
    with databases.copy("layout") as url:
        migrate.downgrade(url, BEFORE)
        assert onrecord(url, "migrate") == Ran(0, f"The database is at layout {migrate.head()}.\n", "")


def test_an_interrupted_migration_is_none(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Layout and index come together: a server never finds the new layout with records that no list finds."""
    world.create("claim", world.claim())
    expected = found_by(world.desk.engine)
    migrate.downgrade(world.url, BEFORE)

    def interrupted(*_: object) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(commands, "rebuild_within", interrupted)
        assert onrecord(world.url, "migrate").code != 0
    with writer(world.url).connect() as connection:
        assert migrate.current(connection) == BEFORE
    assert "run `onrecord migrate` first" in onrecord(world.url, "rebuild", "--check").refusal
    assert onrecord(world.url, "migrate").code == 0
    assert found_by(world.desk.engine) == expected
