"""The formats promise: whatever words a record has, they arrive as they were, and nothing of them runs."""

import json
from collections.abc import Iterator

import pytest

from app.exports.csv import DANGEROUS, GUARD
from app.exports.formats import formats_of
from app.exports.tables import TABLES
from app.kit.errors import InvalidInput
from app.ledger.words import Cause
from tests.exports.test_xlsx import KNOWN
from tests.support.api import Api
from tests.support.databases import Databases
from tests.support.exports import HOSTILE, UNPRINTABLE, csv_rows, elements, expanded
from tests.support.read_back import READERS, differences, documents_of, expected_rows, fresh_world
from tests.support.world import World, draft_of

# As long as a statement can be, of characters that take four bytes each, and two units where UTF-16 counts.
LONGEST = "\U0001f4a7" * 4999 + "."
NUMBERS = {"value", "lower", "upper", "latitude", "longitude"}
LABELS = [text for text in HOSTILE if not {"\n", "\t", "\N{LINE SEPARATOR}"} & set(text)]


def hostile(world: World) -> None:
    """Record every hostile text wherever a text can stand."""
    world.create("place", world.place(name="=2+2", names=[{"lang": "ar", "name": "حلب"}]))
    chains = [
        world.attribution(
            [world.originator(label=label, capacity=label, actor=None, source_ref="s1")],
            identification="unnamed",
        )
        for label in LABELS
    ]
    claims = [("claim", world.claim(statement=text)) for text in (*HOSTILE, LONGEST)]
    claims += [("claim", world.claim(attribution=chain)) for chain in chains]
    ids = world.create_all(claims)
    said = zip(LABELS, ids, strict=False)
    figures = [world.figure(one, text=label, reported=f"{label} 100", term=label) for label, one in said]
    world.create_all([("figure", one) for one in figures])
    world.create_all([("actor", world.actor(name=label, aliases=[f"{label} too"])) for label in LABELS])
    world.create("relation", world.relation(ids[0], ids[1], reason="=1+1"))


@pytest.fixture(scope="module")
def hostile_api(databases: Databases, furnished_template: World) -> Iterator[Api]:
    """The API on a world of hostile texts; tests only read."""
    with fresh_world(databases, furnished_template) as (world, api):
        hostile(world)
        yield api


@pytest.mark.parametrize("text", [*UNPRINTABLE, "a\ud800b", "x" * 5001, " =1+1", "\t=1+1", "\r=1+1"])
def test_what_no_file_could_hold_is_refused_at_the_door(furnished_template: World, text: str) -> None:
    """NUL, control characters, unpaired surrogates, what is too long, white space before a formula."""
    with pytest.raises(InvalidInput):
        draft_of("claim", furnished_template.claim(statement=text))


def test_whatever_is_recorded_is_read_back_from_every_format(hostile_api: Api) -> None:
    """Row by row what the API says; no cell of a workbook is anything but a cell, none of a CSV begins to run."""
    api = hostile_api
    seq = int(json.loads(api.get("/v1/claims?limit=1").content)["meta"]["seq"])
    assert {one["statement"] for one in documents_of(api, TABLES["claims"])} >= {*HOSTILE, LONGEST}
    for name, table in TABLES.items():
        wanted = expected_rows(api, table, seq)
        for extension in formats_of(table):
            content = api.get(f"/v1/exports/{name}.{extension}").content
            if extension in READERS:
                found = READERS[extension](content, table)
                assert differences(found, wanted, extension) == [], (name, extension)
            if extension == "xlsx":
                assert elements(content) <= KNOWN
            if extension == "csv":
                assert list(_running(content)) == []
        if name != "vocabularies":
            graph = json.loads(api.get(f"/v1/exports/{name}.jsonld").content)
            found_ids = [one["id"].rpartition("/")[2] for one in graph["@graph"][1:]]
            assert found_ids == [one["id"] for one in documents_of(api, table)]


def _running(content: bytes) -> Iterator[tuple[str, str]]:
    """Yield every cell of a CSV that a spreadsheet could run; minus signs of numbers are part of them."""
    for row in csv_rows(content):
        for name, cell in row.items():
            if cell[:1] in set(DANGEROUS) - {GUARD} and name not in NUMBERS:
                yield name, cell


def test_every_statement_is_in_the_graph_in_its_language(hostile_api: Api) -> None:
    """Expanded by a JSON-LD processor, each text is what it was."""
    made = expanded(hostile_api.get("/v1/exports/claims.jsonld").content)[1:]
    found = {one["https://schema.org/text"][0]["@value"] for one in made}
    assert found >= {*HOSTILE, LONGEST}
    assert {one["https://schema.org/text"][0]["@language"] for one in made} == {"en"}


def test_what_was_retracted_is_told_in_every_format_on_request(world: World, api: Api) -> None:
    """Without its facts; of what is gone to protect somebody, its id and nothing else."""
    kept, withdrawn, gone = (world.create("claim", world.claim(statement=text)) for text in ("one", "two", "three"))
    world.retract(withdrawn)
    world.retract(gone, Cause.PROTECTION)
    for extension, read in READERS.items():
        plain = read(api.get(f"/v1/exports/claims.{extension}").content, TABLES["claims"])
        assert [row["id"] for row in plain] == [kept]
        content = api.get(f"/v1/exports/claims.{extension}?include=tombstones").content
        first, second, third = read(content, TABLES["claims"])
        assert (first["id"], first["statement"]) == (kept, "one")
        told = {name for name, value in second.items() if value is not None}
        assert (second["id"], second["status"], second["retracted_cause"]) == (
            withdrawn,
            "retracted",
            "publisher_correction",
        )
        assert told == {"export_seq", "id", "status", "retracted_at", "retracted_cause"}
        assert (third["id"], third["status"]) == (gone, "gone")
        assert {name for name, value in third.items() if value is not None} == {"export_seq", "id", "status"}
    graph = json.loads(api.get("/v1/exports/claims.jsonld?include=tombstones").content)["@graph"]
    assert [one.get("status") for one in graph[1:]] == ["published", "retracted", "gone"]
    assert set(graph[3]) == {"id", "type", "identifier", "status"}
