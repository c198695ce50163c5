"""What is kept of the past promises: it follows from the ledger, and can be made again to the byte."""

from collections.abc import Callable, Iterator
from itertools import count
from random import Random
from typing import Any

import pytest
from sqlalchemy import Connection, delete, insert, select, text, update

from app.record import documents
from app.record.desk import Desk
from app.record.rebuild import rebuild, rebuild_within
from app.record.replaying import replay
from app.store import migrate
from tests.record.histories import NOUNS, VERBS, Step, beside
from tests.record.readings import LAYOUT, Dump, dump
from tests.record.together import Together
from tests.support.api import serving
from tests.support.databases import Databases
from tests.support.world import World

KEPT = ("ledger_write", "index_past", "tally_past", "revision_reach")
_numbers = count()


def kept(world: World) -> Dump:
    """Return all that is kept of the past."""
    return {name: rows for name, rows in dump(world.desk.engine).items() if name in KEPT}


def live(world: World, chance: Random, writes: int = 40) -> None:
    """Make random writes, one verb or some together."""
    editors = Together(world)
    editors.furnish()
    for _ in range(writes):
        steps = [
            Step(chance.choice(VERBS), chance.choice(NOUNS), chance.randint(0, 2**16))
            for _ in range(chance.choice((1, 1, 2, 5)))
        ]
        editors.play_all(steps) if len(steps) > 1 else editors.play(steps[0])


def lose(world: World, name: str) -> None:
    """Delete every row of a table."""
    with world.desk.engine.begin() as connection:
        connection.execute(delete(LAYOUT.tables[name]))


@pytest.mark.parametrize("waits", [False, True], ids=["rendered at once", "rendered later"])
def test_every_random_history_is_kept_as_the_ledger_tells_it(
    databases: Databases, furnished_template: World, monkeypatch: pytest.MonkeyPatch, *, waits: bool
) -> None:
    """Whatever editors did, protected or took back, in whatever order documents were rendered."""
    settle = Desk.settle
    chance = Random(4 if waits else 3)
    with databases.copy("furnished") as url:
        world = beside(furnished_template, url)
        if waits:
            monkeypatch.setattr(documents, "FEW", 2)
            monkeypatch.setattr(Desk, "settle", _sometimes(settle, chance))
        live(world, chance)
        settle(world.desk)
        before = kept(world)
        assert min(len(rows) for rows in before.values()) > 20
        assert rebuild(world.desk, keep=False) == 0
        for name in KEPT:
            lose(world, name)
        assert rebuild(world.desk) >= sum(len(rows) for rows in before.values())
        assert kept(world) == before


def _sometimes(settle: Callable[[Desk], int], chance: Random) -> Callable[[Desk], int]:
    return lambda desk: 0 if chance.random() < 0.7 else settle(desk)


@pytest.fixture(scope="module")
def lived_template(databases: Databases) -> tuple[str, World]:
    """A database with some history, and its name; tests take copies of it."""
    name = f"lived_{next(_numbers)}"
    world = World(databases.migrated(name)).furnish()
    live(world, Random(8), 25)
    return name, world


@pytest.fixture
def lived(databases: Databases, lived_template: tuple[str, World]) -> Iterator[World]:
    """A fresh copy of the database with some history."""
    name, template = lived_template
    with databases.copy(name) as url:
        yield beside(template, url)


def forgeries(connection: Connection) -> Iterator[Any]:
    """Yield statements that forge, drop or add one row: every column of a row of every table."""
    for name in KEPT:
        table = LAYOUT.tables[name]
        rows = connection.execute(select(table).order_by(*table.primary_key)).mappings().all()
        row = max(map(dict, rows[: len(rows) // 2]), key=lambda one: sum(value is not None for value in one.values()))
        here = [column == row[column.name] for column in table.primary_key]
        yield delete(table).where(*here)
        for column in table.columns:
            value = row[column.name]
            if column.foreign_keys:
                value = next(one[column.name] for one in rows if one[column.name] != value)
            else:
                value = value + 10**9 if isinstance(value, int) else f"{value or ''}x"
            if column.name not in ("seq", "recorded"):
                yield update(table).where(*here).values({column.name: value})
            if column.nullable and row[column.name] is not None:
                yield update(table).where(*here).values({column.name: None})
        keys = {column.name for column in table.primary_key}
        stranger = "until" if "until" in keys else "seq"
        yield insert(table).values({**row, stranger: 10**9})
        if name in ("index_past", "revision_reach"):
            first = "recorded" if name == "index_past" else "seq"
            yield insert(table).values({**row, first: 10**9})
    inside = "SELECT max(seq) FROM revision WHERE seq + 1 IN (SELECT seq FROM revision WHERE cause = 'parent')"
    yield text(f"INSERT INTO ledger_write {inside}")


def test_every_forged_row_is_found_and_mended(lived: World) -> None:
    """A dropped row, an added one, and any value that is another; `rebuild --check` tells, `rebuild` puts it right."""
    before = kept(lived)
    with lived.desk.engine.connect() as connection:
        every = list(forgeries(connection))
        connection.rollback()
        for forged in every:
            with connection.begin_nested() as undo:
                connection.execute(forged)
                assert replay(connection, lived.desk.nouns) > 0, forged
                assert replay(connection, lived.desk.nouns) == 0, forged
                undo.rollback()
        connection.rollback()
    for forged in every[::9]:
        with lived.desk.engine.begin() as connection:
            connection.execute(forged)
        assert rebuild(lived.desk, keep=False) > 0
        assert kept(lived) != before
        assert rebuild(lived.desk) > 0
        assert kept(lived) == before


def test_a_database_from_before_the_past_was_kept_answers_as_one_that_kept_it(lived: World) -> None:
    """Its ledger has always told everything: the layout that keeps more is filled from it."""
    before = kept(lived)
    with lived.desk.engine.connect() as connection:
        ends = list(connection.execute(text("SELECT seq FROM ledger_write ORDER BY seq")).scalars())
    asked = [f"/v1/claims?limit=1000&count=exact&as_of=seq:{end}" for end in ends[::9]]
    with serving(lived.url) as api:
        answers = [api.data(one) for one in asked]
    migrate.downgrade(lived.url, "0009")
    migrate.upgrade(lived.url, fill=lambda connection: _fill(connection, lived))
    assert kept(lived) == before
    with serving(lived.url) as api:
        assert [api.data(one) for one in asked] == answers


def _fill(connection: Connection, world: World) -> None:
    assert rebuild_within(connection, world.desk) > 0
