"""Tables promise: they load into a database as they are, with their keys, and say there what the API says."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from app.exports.tables import TABLES
from app.ledger.words import Cause
from tests.exports.loading import load_postgresql, load_sqlite
from tests.record.rich import rich
from tests.support.api import Api
from tests.support.databases import Databases
from tests.support.world import World


def contents(api: Api, query: str = "") -> dict[str, bytes]:
    """Return the CSV of every table."""
    found = {}
    for name, table in TABLES.items():
        answer = api.get(f"/v1/exports/{name}.csv{query if table.tombstones else ''}")
        assert answer.status_code == 200
        found[name] = answer.content
    return found


def loaded(databases: Databases, name: str, files: Mapping[str, bytes], *, tombstones: bool = False) -> Any:
    """Return a connection to a database of the same engine in which the files are."""
    if databases.engine == "sqlite":
        return load_sqlite(files, tombstones=tombstones)
    url = databases.empty(name).replace("postgresql+psycopg://", "postgresql://")
    return load_postgresql(url, files, tombstones=tombstones)


def ask(connection: Any, query: str) -> list[tuple[Any, ...]]:
    """Return the rows of a query."""
    return [tuple(row) for row in connection.execute(query).fetchall()]


def test_the_seed_loads_with_its_keys(databases: Databases, seeded_api: Api) -> None:
    """Every table has as many rows as the lists say; joins over the keys find who said what, and how much."""
    connection = loaded(databases, "exports_seed", contents(seeded_api))
    for name, table in TABLES.items():
        if table.whole and name != "vocabularies":
            count = seeded_api.get(f"/v1/{name}?count=exact&limit=1").json()["meta"]["count"]
            assert ask(connection, f"SELECT count(*) FROM {name}") == [(count,)]  # noqa: S608
    hops = ask(
        connection,
        "SELECT c.id, a.role, p.name FROM claims c JOIN attributions a ON a.claim_id = c.id"
        " LEFT JOIN actors p ON p.id = a.actor_id ORDER BY c.id, a.hop",
    )
    expected = [
        (claim["id"], hop["role"], hop["actor"] and hop["actor"]["name"])
        for claim in sorted(seeded_api.walk("/v1/claims?limit=1000"), key=lambda one: str(one["id"]))
        for hop in claim["attribution"]["chain"]
    ]
    assert hops == expected
    numbers = ask(connection, "SELECT f.id, f.value FROM figures f JOIN claims c ON c.id = f.claim_id ORDER BY f.id")
    figures = sorted(seeded_api.walk("/v1/figures?limit=1000"), key=lambda one: str(one["id"]))
    assert [(one, None if value is None else float(value)) for one, value in numbers] == [
        (one["id"], one["value"]) for one in figures
    ]
    connection.close()


def test_hostile_words_load_too(databases: Databases, world: World, api: Api) -> None:
    """Quotes, commas, lines, apostrophes and formulas stand in the database as the file has them: guarded."""
    words = ["=1+1", "'quoted'", 'a "b", c', "two\nlines", "NULL", "\\N", "\\.", "غمرت; المياه", "🇸🇾", "@SUM(A1)"]
    claims = world.create_all([("claim", world.claim(statement=one)) for one in words])
    rich(world)
    connection = loaded(databases, f"exports_{api.app.state.layout}_hostile", contents(api))
    found = dict(ask(connection, "SELECT id, statement FROM claims"))
    guarded = ["'=1+1", "''quoted'", *words[2:-1], "'@SUM(A1)"]
    assert [found[one] for one in claims] == guarded
    assert [json.loads(api.get(f"/v1/claims/{one}").content)["data"]["statement"] for one in claims] == words
    connection.close()


@pytest.mark.parametrize("cause", [Cause.PUBLISHER_CORRECTION, Cause.PROTECTION])
def test_tombstones_load_beside_the_others(databases: Databases, world: World, api: Api, cause: Cause) -> None:
    """A row without facts has its key and its status; nothing of the others refers to it."""
    rich(world)
    claim = world.create("claim", world.claim())
    figure = world.create("figure", world.figure(claim))
    world.retract(claim, cause)
    name = f"exports_tombstones_{cause.value}"
    connection = loaded(databases, name, contents(api, "?include=tombstones"), tombstones=True)
    status = "gone" if cause is Cause.PROTECTION else "retracted"
    assert ask(connection, f"SELECT status, statement FROM claims WHERE id = '{claim}'") == [(status, None)]  # noqa: S608
    assert ask(connection, f"SELECT status, value FROM figures WHERE id = '{figure}'") == [(status, None)]  # noqa: S608
    assert ask(connection, f"SELECT count(*) FROM attributions WHERE claim_id = '{claim}'") == [(0,)]  # noqa: S608
    connection.close()
