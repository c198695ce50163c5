"""The catalogue promises: every table and format, where it is, what it keeps to, and on what terms."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from app.exports import context
from app.exports.catalogue import catalogue
from app.exports.formats import PRESENTERS, formats_of
from app.exports.tables import TABLES
from tests.support.api import Api, serving
from tests.support.exports import expanded
from tests.support.world import World

DCAT, DCTERMS = context.PREFIXES["dcat"], context.PREFIXES["dcterms"]


@pytest.fixture(scope="module")
def found(seeded_api: Api) -> Any:
    """The catalogue of the seed."""
    return json.loads(seeded_api.get("/v1/catalogue.jsonld").content)


def test_anybody_may_read_it(seeded_api: Api) -> None:
    """Without a key, as linked data; and what its names mean."""
    for path in ("/v1/catalogue.jsonld", "/v1/context.jsonld"):
        for accept in ("*/*", "application/ld+json", "application/ld+json;profile=x, application/json;q=0.5"):
            answer = seeded_api.get(path, accept=accept)
            assert answer.status_code == 200, accept
            assert answer.headers["content-type"] == "application/ld+json"
        etag = seeded_api.get(path).headers["etag"]
        assert seeded_api.get(path, if_none_match=etag).status_code == 304


def test_every_table_is_a_dataset_and_every_format_a_distribution(found: Any) -> None:
    """None is left out, none is made up."""
    assert found["type"] == "Catalog"
    listed = {one["identifier"]: one for one in found["dataset"]}
    assert set(listed) == set(TABLES)
    for name, table in TABLES.items():
        assert listed[name]["title"] == table.title
        paths = [one["downloadURL"] for one in listed[name]["distribution"]]
        assert paths == [f"/v1/exports/{name}.{extension}" for extension in formats_of(table)]
        assert name in listed[name]["keyword"]


def test_every_distribution_is_there_and_of_the_type_that_it_says(seeded_api: Api, found: Any) -> None:
    """Whoever follows a link gets the file."""
    for dataset in found["dataset"]:
        for one in dataset["distribution"]:
            answer = seeded_api.request("HEAD", one["downloadURL"])
            assert answer.status_code == 200
            assert one["mediaType"].endswith("/" + answer.headers["content-type"].partition(";")[0])
            assert one["license"] == "https://creativecommons.org/licenses/by/4.0/"
            assert answer.headers["onrecord-seq"] == dataset["version"]


def test_a_harvester_understands_it(seeded_api: Api) -> None:
    """By the names of DCAT and Dublin Core, with dates as dates; nothing is in it that the context does not know."""
    (one,) = expanded(seeded_api.get("/v1/catalogue.jsonld").content)
    assert one["@type"] == [f"{DCAT}Catalog"]
    first = one[f"{DCAT}dataset"][0]
    for name in ("title", "description", "identifier", "license", "rights", "publisher", "issued", "modified"):
        assert first[DCTERMS + name], name
    assert first[f"{DCTERMS}modified"][0]["@type"] == context.PREFIXES["xsd"] + "dateTime"
    assert first[f"{DCTERMS}publisher"][0]["@type"] == [
        context.PREFIXES["prov"] + "Agent",
        context.PREFIXES["foaf"] + "Agent",
    ]
    distribution = first[f"{DCAT}distribution"][0]
    assert distribution[f"{DCTERMS}conformsTo"][0]["@id"] == "https://www.rfc-editor.org/rfc/rfc4180"
    assert distribution[f"{DCAT}downloadURL"] == [{"@id": "https://example.org/v1/exports/vocabularies.csv"}]
    (service,) = one[f"{DCAT}service"]
    assert len(service[f"{DCAT}servesDataset"]) == len(TABLES)


def test_the_api_that_it_names_is_there(seeded_api: Api, found: Any) -> None:
    """A program finds the description of the service."""
    (service,) = found["service"]
    assert seeded_api.get(service["endpointDescription"]).status_code == 200
    assert {one["landingPage"] for one in found["dataset"]} == {"/docs"}
    assert seeded_api.get("/docs").status_code == 200


def test_its_version_is_the_state_of_the_record(world: World, api: Api) -> None:
    """Who harvests again sees what changed, and when."""
    before = api.get("/v1/catalogue.jsonld")
    world.create("claim", world.claim())
    after = api.get("/v1/catalogue.jsonld", if_none_match=before.headers["etag"])
    assert after.status_code == 200
    old, new = json.loads(before.content), json.loads(after.content)
    assert int(new["version"]) == int(old["version"]) + 1 == new["export_seq"]
    assert new["modified"] > old["modified"] >= old["issued"] == new["issued"]


def test_a_record_of_nothing_has_a_catalogue_too(layout_url: str) -> None:
    """No date is made up."""
    with serving(layout_url) as api:
        made = json.loads(api.get("/v1/catalogue.jsonld").content)
    assert made["version"] == "0"
    assert {"issued", "modified"} & set(made) == set()


def test_dates_are_those_that_are_given() -> None:
    """The first revision's, and the newest's."""
    formats = {TABLES["claims"]: [("csv", PRESENTERS["csv"].media_type)]}
    at, then = datetime(2026, 11, 22, 8, tzinfo=UTC), datetime(2026, 11, 23, 8, tzinfo=UTC)
    made = json.loads(catalogue(formats, 7, at, then))
    assert (made["issued"], made["modified"]) == ("2026-11-22T08:00:00+00:00", "2026-11-23T08:00:00+00:00")
    assert [one["identifier"] for one in made["dataset"]] == ["claims"]
