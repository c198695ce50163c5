"""Exports promise: what the lists have, as files, whole or refused; of one moment, and no more work than is taken."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from app.exports.formats import PRESENTERS, formats_of
from app.exports.listing import choice
from app.exports.tables import TABLES
from app.exports.walk import Exports
from app.store.archive import Archive
from tests.support.api import Api, serving
from tests.support.exports import csv_rows
from tests.support.routes import problem_of
from tests.support.world import World

FILES = [(name, form) for name, table in TABLES.items() for form in formats_of(table)]
NOUNS = sorted(name for name, table in TABLES.items() if table.whole and name != "vocabularies")


def rows(api: Api, path: str) -> list[dict[str, str]]:
    """Return the rows of a CSV by column."""
    answer = api.get(f"/v1/exports/{path}")
    assert answer.status_code == 200, answer.text
    return csv_rows(answer.content)


@pytest.mark.parametrize(("name", "form"), FILES)
def test_an_anonymous_caller_gets_every_table_in_every_format(seeded_api: Api, name: str, form: str) -> None:
    """With its media type, a telling name, the state that it shows; the same again is a 304."""
    answer = seeded_api.get(f"/v1/exports/{name}.{form}")
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == PRESENTERS[form].media_type
    seq = seeded_api.get("/v1/claims?limit=1").json()["meta"]["seq"]
    assert answer.headers["onrecord-seq"] == str(seq)
    assert answer.headers["content-disposition"] == f'attachment; filename="onrecord-{name}-{seq}.{form}"'
    assert '</v1/exports/datapackage.json>; rel="describedby"' in answer.headers["link"]
    presenter = PRESENTERS[form].presenter()
    assert (presenter.media_type, presenter.extension) == (PRESENTERS[form].media_type, form)
    # The same state gives the same bytes, so the entity tag is strong; HEAD says the same without the file.
    path = f"/v1/exports/{name}.{form}"
    assert seeded_api.get(path).content == answer.content
    unchanged = seeded_api.get(path, if_none_match=answer.headers["etag"])
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    head = seeded_api.request("HEAD", path)
    assert (head.status_code, head.content) == (200, b"")
    for header in ("etag", "onrecord-seq", "content-type", "content-disposition", "link", "cache-control"):
        assert head.headers[header] == answer.headers[header]
    assert seeded_api.app.state.exports.running == 0


@pytest.mark.parametrize("name", NOUNS)
def test_csv_has_the_records_of_the_list_in_its_order(seeded_api: Api, name: str) -> None:
    """Each once, with the state in every row."""
    listed = seeded_api.walk(f"/v1/{name}?limit=1000")
    found = rows(seeded_api, f"{name}.csv")
    assert [row["id"] for row in found] == [one["id"] for one in listed]
    seq = seeded_api.get(f"/v1/{name}?limit=1").json()["meta"]["seq"]
    assert {row["export_seq"] for row in found} == {str(seq)}


@pytest.mark.parametrize(
    ("table", "noun", "query"),
    [
        ("claims", "claims", "place=aleppo&theme=health,protection_and_human_rights"),
        ("claims", "claims", "q=civilians"),
        ("claims", "claims", "sort=event&has_figures=true"),
        ("claims", "claims", "sort=report_order&report=aleppo-2016-12"),
        ("claims", "claims", "voice=syria-civil-defence&sort=-said"),
        ("figures", "figures", "measure=people_besieged&value_min=50000"),
        ("figures", "figures", "derived=true"),
        ("places", "places", "place=aleppo&sort=recorded"),
        ("relations", "relations", "relation=conflicts_with"),
        ("actors", "actors", "kind=media"),
        ("claims", "claims", "id=clm_2x4y6z8a0b1c2d3e4f5g6h7j8k"),
    ],
)
def test_every_filter_and_sort_of_the_list_holds(seeded_api: Api, table: str, noun: str, query: str) -> None:
    """The same records in the same order; the name of the file says that it is a selection."""
    listed = seeded_api.walk(f"/v1/{noun}?{query}&limit=1000")
    assert [row["id"] for row in rows(seeded_api, f"{table}.csv?{query}")] == [one["id"] for one in listed]
    answer = seeded_api.get(f"/v1/exports/{table}.csv?{query}")
    assert answer.headers["content-disposition"].endswith('-selection.csv"')
    assert f"{table}.csv?" in answer.headers["link"]


@pytest.mark.parametrize("name", ["attributions", "appearances"])
def test_parts_of_claims_take_the_filters_of_claims(seeded_api: Api, name: str) -> None:
    """Whoever filters claims gets their chains and places in the text by the same words."""
    claims = {one["id"] for one in seeded_api.walk("/v1/claims?kind=warning&limit=1000")}
    assert {row["claim_id"] for row in rows(seeded_api, f"{name}.csv?kind=warning")} == claims != set()


@pytest.mark.parametrize("name", sorted(TABLES))
def test_an_empty_file_has_its_header(layout_url: str, name: str) -> None:
    """Also of a record that has nothing yet."""
    with serving(layout_url) as api:
        answer = api.get(f"/v1/exports/{name}.csv")
        assert answer.text == ",".join(column.name for column in TABLES[name].exported) + "\r\n"
        assert answer.headers["onrecord-seq"] == "0"
        assert api.get(f"/v1/exports/{name}.ndjson").content == b""


@pytest.mark.parametrize(
    ("path", "parameter", "told"),
    [
        ("claims.csv?limit=5", "limit", "known here"),
        ("claims.csv?fields=id", "fields", "known here"),
        ("claims.csv?as_of=seq:1", "as_of", "travel in time"),
        ("claims.csv?publsher=x", "publsher", "publisher"),
        ("claims.csv?theme=helth", "theme", "health"),
        ("claims.csv?sort=relevance&q=aleppo", "sort", "relevance"),
        ("claims.csv?bom=yes", "bom", "true or false"),
        ("claims.ndjson?bom=true", "bom", "csv"),
        ("claims.csv?include=body", "include", "tombstones"),
        ("attributions.csv?include=tombstones", "include", "known here"),
        ("figures.csv?value_min=many", "value_min", "number"),
        ("datapackage.json?include=body", "include", "tombstones"),
        ("datapackage.json?theme=health", "theme", "known here"),
    ],
)
def test_what_is_not_known_is_refused(seeded_api: Api, path: str, parameter: str, told: str) -> None:
    """Before a byte of the file is sent: a 400 that says what was meant."""
    answer = seeded_api.get(f"/v1/exports/{path}")
    assert answer.status_code == 400
    (fault,) = problem_of(answer)["errors"]
    assert fault["parameter"] == parameter
    assert told in fault["detail"]
    assert seeded_api.app.state.exports.running == 0


@pytest.mark.parametrize(
    "path", ["claims.json", "reports.geojson", "claims.CSV", "crises.csv", "claims", "claims.csv.gz"]
)
def test_what_there_is_no_file_of_is_not_found(seeded_api: Api, path: str) -> None:
    """A 404 in the one shape."""
    answer = seeded_api.get(f"/v1/exports/{path}")
    assert answer.status_code == 404
    assert problem_of(answer)["code"] == "not_found"


def test_a_byte_order_mark_is_given_on_request(seeded_api: Api) -> None:
    """For Excel; nobody else gets one."""
    plain, marked = (seeded_api.get(f"/v1/exports/places.csv{more}").content for more in ("?bom=false", "?bom=true"))
    assert marked == b"\xef\xbb\xbf" + plain


def gathered(api: Api, exports: Exports, name: str, between: Callable[[], Any] = lambda: None) -> tuple[int, list[Any]]:
    """Return the state and the lines of a walk, with something done after its first piece."""

    async def walk() -> tuple[int, bytes]:
        found = await exports.begin(TABLES[name], "ndjson", choice(TABLES[name], "ndjson", b""), "/")
        between()
        return found.about.seq, found.first + b"".join([piece async for piece in found.rest])

    seq, content = api._runner.run(walk())
    return seq, [json.loads(line) for line in content.splitlines()]


@pytest.mark.parametrize("page", [1, 7, 102, 1000])
def test_a_walk_of_many_pages_misses_and_repeats_nothing(seeded_api: Api, seeded_url: str, page: int) -> None:
    """Whatever a page holds, the file is the list."""
    archive = Archive(seeded_url)
    _, lines = gathered(seeded_api, Exports(archive, 1, page), "claims")
    archive.close()
    assert [line["id"] for line in lines] == [one["id"] for one in seeded_api.walk("/v1/claims?limit=1000")]


def test_a_file_is_of_one_moment(world: World, api: Api) -> None:
    """What is written, corrected or retracted while it is sent is in the next one."""
    claims = world.create_all([("claim", world.claim(statement=f"Said {at}. " + "x" * 4000)) for at in range(60)])
    state = api.get("/v1/claims?limit=1").json()["meta"]["seq"]

    def edit() -> None:
        world.create("claim", world.claim(statement="Said meanwhile."))
        world.retract(claims[0])

    archive = Archive(world.url)
    seq, lines = gathered(api, Exports(archive, 1, 3), "claims", edit)
    archive.close()
    assert seq == state
    assert [line["id"] for line in lines] == claims[::-1]
    assert {line["export_seq"] for line in lines} == {state}
    after = rows(api, "claims.csv")
    assert {row["id"] for row in after} & {claims[0]} == set()
    assert "Said meanwhile." in {row["statement"] for row in after}


def test_quotes_are_in_files_only_while_the_text_is_held(seeded_api: Api) -> None:
    """Nothing of a publisher's text is handed out in another way than the API does."""
    assert {row["quote_exact"] for row in rows(seeded_api, "appearances.csv")} == {""}
