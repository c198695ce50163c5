"""Tombstones promise: a copy learns what to drop and what to erase, and nothing of what is protected is said again."""

import json
from typing import Any

import pytest

from app.exports.tables import TABLES
from app.exports.tombstones import Tombstones
from app.kit.clock import instant_text
from app.ledger.words import Cause
from app.store.engine import snapshot, writer
from tests.support.api import Api
from tests.support.exports import csv_rows
from tests.support.world import World

SECRET = "Words that are withdrawn"


def tombstones(api: Api, name: str, query: str = "include=tombstones") -> list[dict[str, str]]:
    """Return the filled cells of the rows without facts of a table."""
    answer = api.get(f"/v1/exports/{name}.csv?{query}")
    assert answer.status_code == 200, answer.text
    found = [row for row in csv_rows(answer.content) if row["status"] != "published"]
    return [{name: cell for name, cell in row.items() if cell} for row in found]


def test_what_was_retracted_is_a_row_without_facts(world: World, api: Api) -> None:
    """Id, when and why; with what stood in it, whose cause is its parent; only for who asks, and after all others."""
    kept = world.create("claim", world.claim())
    claim = world.create("claim", world.claim(statement=SECRET))
    figure = world.create("figure", world.figure(claim))
    done = world.retract(claim, Cause.PUBLISHER_CORRECTION)
    at = {"export_seq": str(done.seq + 1), "status": "retracted", "retracted_at": instant_text(done.recorded_at)}
    assert tombstones(api, "claims") == [{**at, "id": claim, "retracted_cause": "publisher_correction"}]
    (fallen,) = tombstones(api, "figures")
    assert (fallen["id"], fallen["status"], fallen["retracted_cause"]) == (figure, "retracted", "parent")
    assert tombstones(api, "claims", "") == []
    rows = csv_rows(api.get("/v1/exports/claims.csv?include=tombstones").content)
    assert [row["id"] for row in rows] == [kept, claim]
    assert tombstones(api, "reports") == []


def test_filters_do_not_apply_to_them(world: World, api: Api) -> None:
    """Who keeps a selection learns of every retraction: nothing is left by which one could be selected."""
    claim = world.create("claim", world.claim())
    world.create("claim", world.claim())
    world.retract(claim)
    rows = csv_rows(api.get("/v1/exports/claims.csv?kind=denial&include=tombstones").content)
    assert [row["id"] for row in rows] == [claim]


@pytest.mark.parametrize("form", ["csv", "ndjson", "jsonld", "geojson"])
def test_what_is_gone_gives_its_id_alone(world: World, api: Api, form: str) -> None:
    """No when, no why, no word of it, in no table; what stood in it is gone with it."""
    claim = world.create("claim", world.claim(statement=SECRET))
    figure = world.create("figure", world.figure(claim, text=SECRET))
    world.retract(claim, Cause.PROTECTION)
    for name, record in (("claims", claim), ("figures", figure)):
        assert [{**row, "export_seq": ""} for row in tombstones(api, name)] == [
            {"export_seq": "", "id": record, "status": "gone"}
        ]
    for name, table in TABLES.items():
        if form != "geojson" or name in ("claims", "figures"):
            answer = api.get(f"/v1/exports/{name}.{form}{'?include=tombstones' if table.tombstones else ''}")
            assert answer.status_code == 200
            assert SECRET not in answer.text
            assert "protection" not in answer.text or name == "vocabularies"
            assert (claim in answer.text) is (name == "claims")


def test_what_came_back_is_a_record_again(world: World, api: Api) -> None:
    """With its facts, and no tombstone beside it."""
    claim = world.create("claim", world.claim())
    world.retract(claim)
    world.restore(claim)
    assert tombstones(api, "claims") == []
    assert [row["id"] for row in csv_rows(api.get("/v1/exports/claims.csv").content)] == [claim]


def test_documents_have_them_as_lines(world: World, api: Api) -> None:
    """The same in NDJSON, with the kind of record."""
    claim = world.create("claim", world.claim(statement=SECRET))
    done = world.retract(claim)
    answer = api.get("/v1/exports/claims.ndjson?include=tombstones")
    expected: dict[str, Any] = {"export_seq": done.seq, "type": "claim", "id": claim, "status": "retracted"}
    expected |= {"retracted_at": instant_text(done.recorded_at), "retracted_cause": "publisher_correction"}
    assert json.loads(answer.content) == expected


@pytest.mark.parametrize("batch", [1, 3, 4, 500])
def test_many_are_read_a_few_at_a_time(world: World, batch: int) -> None:
    """All of them, each once, in the order in which they were first published, as often as they are asked for."""
    claims = world.create_all([("claim", world.claim()) for _ in range(8)])
    for one in (claims[6], claims[1], claims[2], claims[4]):
        world.retract(one, Cause.PROTECTION if one == claims[2] else Cause.OUR_ERROR)
    expected = [(one, "gone" if one == claims[2] else "retracted") for one in (claims[at] for at in (1, 2, 4, 6))]
    table = TABLES["claims"]
    status = table.names.index("status")
    with snapshot(writer(world.url)) as connection:
        rows = Tombstones(connection, table, batch)
        for _ in range(2):
            assert [(row[0], row[status]) for row in rows] == expected
