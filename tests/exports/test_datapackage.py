"""The data package promises: what it says of the CSV files beside it is true, as an independent validator sees it."""

import json
from pathlib import Path
from typing import Any

import frictionless
import pytest

from app.exports.columns import Kind
from app.exports.tables import TABLES
from app.ledger.words import Cause
from tests.record.rich import rich
from tests.support.api import Api
from tests.support.world import World

PATH = "/v1/exports/datapackage.json"
TYPES: dict[Kind, str] = {
    "text": "string",
    "integer": "integer",
    "decimal": "number",
    "boolean": "boolean",
    "date": "date",
    "instant": "datetime",
}


def saved(api: Api, folder: Path, query: str = "") -> Path:
    """Return the package, saved with the files that it describes beside it."""
    described = api.get(PATH + query)
    assert described.status_code == 200
    (folder / "datapackage.json").write_bytes(described.content)
    for name, table in TABLES.items():
        content = api.get(f"/v1/exports/{name}.csv{query if table.tombstones else ''}").content
        (folder / f"{name}.csv").write_bytes(content)
    return folder / "datapackage.json"


def faults(package: Path) -> list[Any]:
    """Return what a validator finds wrong, with rows, types, keys and references."""
    report = frictionless.validate(str(package))
    return list(report.flatten(["name", "rowNumber", "fieldName", "type", "note"]))


def test_an_anonymous_caller_reads_what_every_column_is(seeded_api: Api) -> None:
    """Its type, its meaning, whether it can be empty, its keys; the state, the licence."""
    answer = seeded_api.get(PATH)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    package = json.loads(answer.content)
    assert package["export_seq"] == int(answer.headers["onrecord-seq"]) == 219
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    assert [one["name"] for one in package["resources"]] == list(TABLES)
    for one in package["resources"]:
        table = TABLES[one["name"]]
        assert one["path"] == f"{table.name}.csv"
        assert [(field["name"], field["type"], field["description"]) for field in one["schema"]["fields"]] == [
            (column.name, TYPES[column.kind], column.description) for column in table.exported
        ]
        assert one["schema"]["primaryKey"] == list(table.key)
    assert seeded_api.get(PATH, if_none_match=answer.headers["etag"]).status_code == 304


def test_the_seed_is_valid(seeded_api: Api, tmp_path: Path) -> None:
    """Every row of every table."""
    package = saved(seeded_api, tmp_path)
    assert faults(package) == []


@pytest.mark.parametrize("query", ["", "?include=tombstones"])
def test_what_is_full_and_what_was_retracted_is_valid(world: World, api: Api, tmp_path: Path, query: str) -> None:
    """Also where every field is filled, and with rows that have no facts."""
    rich(world)
    claims = world.create_all([("claim", world.claim(statement=words)) for words in ("=1+1", "two\nlines", '"q", x')])
    world.retract(claims[0])
    world.retract(claims[1], Cause.PROTECTION)
    assert faults(saved(api, tmp_path, query)) == []


def test_the_validator_sees_what_is_wrong(seeded_api: Api, tmp_path: Path) -> None:
    """The check itself can fail: a reference to nothing, a word for a number, a key twice, an empty cell."""
    package = saved(seeded_api, tmp_path)
    figures = tmp_path / "figures.csv"
    header, first, second, *others = figures.read_bytes().split(b"\r\n")
    spoilt = [
        header,
        first.replace(b",clm_", b",clm_0", 1),
        second.replace(b",published,1,", b",,many,", 1),
        second,
        *others,
    ]
    figures.write_bytes(b"\r\n".join(spoilt))
    found = {fault[3] for fault in faults(package)}
    assert found == {"foreign-key", "type-error", "constraint-error", "primary-key"}
