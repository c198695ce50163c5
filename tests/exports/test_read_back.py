"""The formats promise: every one of every table says, row by row, what the JSON API says."""

import json
from pathlib import Path
from typing import Any

import frictionless
import pytest

from app.exports.formats import PRESENTERS, formats_of
from app.exports.tables import TABLES
from tests.support.api import Api
from tests.support.exports import expanded
from tests.support.read_back import READERS, differences, documents_of, expected_rows, keys

FLAT = [(name, one) for name, table in TABLES.items() for one in formats_of(table) if one in READERS]


@pytest.fixture(scope="module")
def seq(seeded_api: Api) -> int:
    """The newest revision of the seed."""
    return int(json.loads(seeded_api.get("/v1/claims?limit=1").content)["meta"]["seq"])


@pytest.mark.parametrize(("table", "extension"), FLAT)
def test_every_row_is_what_the_api_says(seeded_api: Api, seq: int, table: str, extension: str) -> None:
    """The same rows in the same order, every cell of its own kind; Excel tells moments to the millisecond."""
    answer = seeded_api.get(f"/v1/exports/{table}.{extension}")
    assert answer.headers["content-type"].partition(";")[0] == PRESENTERS[extension].media_type
    assert answer.headers["onrecord-seq"] == str(seq)
    found = READERS[extension](answer.content, TABLES[table])
    wanted = expected_rows(seeded_api, TABLES[table], seq)
    assert wanted
    assert differences(found, wanted, extension) == []
    assert len({*keys(found, TABLES[table])}) == len(found)


@pytest.mark.parametrize("extension", sorted(READERS))
def test_a_claim_in_a_file_is_the_claim(seeded_api: Api, extension: str) -> None:
    """Not by our own rows: the fields themselves, as the API has them."""
    found = READERS[extension](seeded_api.get(f"/v1/exports/claims.{extension}").content, TABLES["claims"])
    claims = documents_of(seeded_api, TABLES["claims"])
    assert [
        (row["id"], row["statement"], row["attribution"], row["voice_key"], row["report_url"], row["locator_start"])
        for row in found
    ] == [
        (
            one["id"],
            one["statement"],
            one["attribution"]["text"],
            one["attribution"]["voice"]["key"],
            one["report"]["url"],
            one["appearances"][0]["segments"][0]["start"],
        )
        for one in claims
    ]


@pytest.mark.parametrize("extension", sorted(READERS))
def test_a_figure_in_a_file_is_the_figure(seeded_api: Api, extension: str) -> None:
    """Value, bounds and what they leave out, qualifier, date, and whether anybody stated it."""
    found = READERS[extension](seeded_api.get(f"/v1/exports/figures.{extension}").content, TABLES["figures"])

    def figure(one: Any) -> tuple[Any, ...]:
        period = one["reference_period"]
        start = period and period["earliest"]
        numbers = (one[name] for name in ("value", "lower", "upper"))
        said = (one["attribution"]["text"], one["attribution"]["voice"]["label"])
        return (
            one["id"],
            *numbers,
            one["upper_exclusive"],
            one["quantifier"],
            start,
            one["derived"] is not None,
            *said,
        )

    assert [
        (
            row["id"],
            *(None if row[name] is None else float(row[name]) for name in ("value", "lower", "upper")),
            row["upper_exclusive"],
            row["quantifier"],
            row["reference_period_start"] and row["reference_period_start"].isoformat(),
            row["derived"],
            row["attribution"],
            row["voice"],
        )
        for row in found
    ] == [figure(one) for one in documents_of(seeded_api, TABLES["figures"])]


@pytest.mark.parametrize("table", sorted(TABLES))
def test_the_lines_of_json_are_the_documents(seeded_api: Api, seq: int, table: str) -> None:
    """Byte for byte what the API has, with the state before it; tables of parts are flat rows."""
    lines = [json.loads(line) for line in seeded_api.get(f"/v1/exports/{table}.ndjson").content.splitlines()]
    assert {line.pop("export_seq") for line in lines} == {seq}
    if TABLES[table].whole:
        assert lines == documents_of(seeded_api, TABLES[table])
    else:
        assert len(lines) == len(expected_rows(seeded_api, TABLES[table], seq))


@pytest.mark.parametrize("table", sorted(TABLES))
def test_the_graph_has_a_node_for_every_record(seeded_api: Api, seq: int, table: str) -> None:
    """In the order of the list, after the node of the file itself, under the IRI by which the API answers."""
    content = seeded_api.get(f"/v1/exports/{table}.jsonld").content
    (about, *found) = json.loads(content)["@graph"]
    assert (about["id"], about["export_seq"]) == (f"/v1/exports/{table}.jsonld", seq)
    documents = documents_of(seeded_api, TABLES[table])
    if table == "vocabularies":
        assert [one["notation"] for one in found] == [one["name"] for one in documents]
    else:
        assert [one["id"].rpartition("/")[2] for one in found] == [one["id"] for one in documents]
    assert seeded_api.get(found[0]["id"]).status_code == 200
    assert len(expanded(content)) == len(found) + 1


def test_the_data_package_is_valid_with_its_files(seeded_api: Api, tmp_path: Path) -> None:
    """Frictionless finds every type, key and reference right in every table."""
    package = tmp_path / "datapackage.json"
    package.write_bytes(seeded_api.get("/v1/exports/datapackage.json").content)
    for table in TABLES:
        (tmp_path / f"{table}.csv").write_bytes(seeded_api.get(f"/v1/exports/{table}.csv").content)
    report = frictionless.validate(str(package))
    assert report.flatten(["taskId", "rowNumber", "fieldName", "type", "note"]) == []
    assert report.stats["tasks"] == len(TABLES)


@pytest.mark.parametrize("extension", sorted(PRESENTERS))
def test_a_file_of_nothing_says_what_it_would_hold(seeded_api: Api, extension: str) -> None:
    """No rows, and still a file that its readers take."""
    content = seeded_api.get(f"/v1/exports/claims.{extension}?crisis=no-such-crisis").content
    if extension in READERS:
        assert READERS[extension](content, TABLES["claims"]) == []
    elif extension == "jsonld":
        assert len(expanded(content)) == 1
    else:
        assert content == b""
