"""Tables promise: columns that stay where they are, keys that hold, and nothing of the server in them."""

import subprocess
import sys
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from app.exports.columns import Kind
from app.exports.rows import location, number
from app.exports.tables import TABLES
from app.kit.canonical import JSON
from tests.exports.orders import COLUMNS
from tests.record.rich import rich
from tests.support.api import Api
from tests.support.paths import ROOT
from tests.support.world import World

PYTHON: dict[Kind, type] = {
    "text": str,
    "integer": int,
    "decimal": Decimal,
    "boolean": bool,
    "date": date,
    "instant": datetime,
}
NAMES = sorted(TABLES)


def rows_of(api: Api, name: str) -> list[dict[str, Any]]:
    """Return the typed rows of a table, by column, made from the documents of the lists."""
    places = {one["id"]: one for one in api.walk("/v1/places?limit=1000")}
    table = TABLES[name]
    documents = api.walk(f"/v1/{'vocabularies' if table.noun == 'vocabulary' else table.noun + 's'}?limit=1000")
    rows = (row for document in documents for row in table.rows(document, places.get))
    return [dict(zip(table.names, row, strict=True)) for row in rows]


def card(places: dict[str, JSON], place: str) -> JSON:
    """Return what other documents embed of a place."""
    return {name: places[place][name] for name in ("id", "country")}


@pytest.mark.parametrize("name", NAMES)
def test_columns_stay_in_their_order(name: str) -> None:
    """Whoever reads a file by position goes on reading it: add a new column at the end, there and in orders.py."""
    assert [column.name for column in TABLES[name].exported] == COLUMNS[name].split()


@pytest.mark.parametrize("name", NAMES)
def test_columns_are_described_once_and_keys_name_what_is_there(name: str) -> None:
    """Every table has a key, every column its meaning, and a reference names the key of another table."""
    table = TABLES[name]
    assert table.key
    assert len(set(table.names)) == len(table.names)
    assert all(column.description.endswith((".", "`", ")")) for column in table.columns)
    assert all(column.required for column in table.columns if column.primary)
    for column in table.columns:
        if column.references:
            other, _, named = column.references.partition(".")
            assert TABLES[other].key == (named,)


def test_tables_stand_after_those_that_they_refer_to() -> None:
    """In this order they load into a database whose foreign keys are on."""
    order = list(TABLES)
    for name, table in TABLES.items():
        others = {column.references.partition(".")[0] for column in table.columns if column.references} - {name}
        assert all(order.index(other) < order.index(name) for other in others)


def assert_lawful(rows: dict[str, list[dict[str, Any]]]) -> None:
    """Check every cell and key of all tables."""
    for name, table in TABLES.items():
        assert rows[name], name
        for column in table.columns:
            cells = [row[column.name] for row in rows[name]]
            assert {type(cell) for cell in cells if cell is not None} <= {PYTHON[column.kind]}, (name, column.name)
            assert not column.required or None not in cells, (name, column.name)
            if column.references:
                other, _, named = column.references.partition(".")
                assert {*cells} - {None} <= {row[named] for row in rows[other]}, (name, column.name)
        keys = [tuple(row[one] for one in table.key) for row in rows[name]]
        assert len(set(keys)) == len(keys)


def test_every_cell_is_of_its_columns_kind_and_no_required_one_is_empty(seeded_api: Api) -> None:
    """Keys are unique, and references point to rows that are there."""
    assert_lawful({name: rows_of(seeded_api, name) for name in TABLES})


def test_where_every_field_is_full_keys_and_kinds_hold_too(world: World, api: Api) -> None:
    """No field has a value that its column cannot take."""
    rich(world)
    assert_lawful({name: rows_of(api, name) for name in TABLES})


def test_every_column_is_filled_somewhere(seeded_api: Api, world: World, api: Api) -> None:
    """In the seed, or where every field is full: no column is one that nothing ever reaches."""
    rich(world)
    inside = {"kind": "admin2", "informal": False, "p_code": "SY0200", "parent": api.data("/v1/places/SY02")["id"]}
    district = world.create("place", world.place(**inside, point={"latitude": "36.2", "longitude": "37.1"}))
    world.create("report", world.report_draft(places=[district]))
    world.create("figure", world.figure(api.data("/v1/claims")[0]["id"], place=district))
    tables = {name: [*rows_of(seeded_api, name), *rows_of(api, name)] for name in TABLES}
    empty = {
        (name, column)
        for name, rows in tables.items()
        for column in TABLES[name].names
        if all(row[column] is None for row in rows)
    }
    # What was retracted stands in rows of its own, and no text is held in either.
    retracted = {(name, column) for name, column in empty if column in ("retracted_at", "retracted_cause")}
    quoted = {("appearances", f"quote_{part}") for part in ("exact", "prefix", "suffix")}
    corrected = {(name, column) for name, column in empty if column.startswith("correct") and name != "reports"}
    assert empty - retracted - corrected == quoted


def test_a_claim_is_flat_with_all_that_says_who_said_it(seeded_api: Api) -> None:
    """The readable line, the voice, the originators, the publisher, the source, the place in the text, the terms."""
    (row,) = [one for one in rows_of(seeded_api, "claims") if one["attribution"].startswith("Renad Mansour")][:1]
    document = seeded_api.data(f"/v1/claims/{row['id']}")
    first = document["appearances"][0]
    assert row["voice_key"] == document["attribution"]["voice"]["key"]
    assert (row["originators"], row["publisher"], row["reporters"]) == (
        "Renad Mansour",
        "The Media Line",
        "Katie Beiter",
    )
    assert (row["report_id"], row["report_url"]) == (document["report"]["id"], document["report"]["url"])
    assert row["locator_sha256"] == first["segments"][0]["sha256"]
    assert (row["locator_part"], row["locator_paragraph"]) == (first["part"], first["paragraph"])
    assert row["licence"] == "Annotation: CC BY 4.0. The text that it points into belongs to The Media Line."
    assert (row["cite"], row["cite_url"]) == (document["cite"]["text"], document["cite"]["url"])
    assert row["recorded_at"].isoformat() == document["recorded_at"].replace("Z", "+00:00")


def test_a_figure_keeps_its_bounds_and_says_when_nobody_stated_it(seeded_api: Api) -> None:
    """Numbers are decimals with every digit; what was computed here is marked beside the value."""
    rows = rows_of(seeded_api, "figures")
    third = next(one for one in rows if one["ratio_denominator"] == 3)
    assert (third["value"], third["derived"]) == (Decimal("0.333333"), False)
    (computed,) = [one for one in rows if one["derived"]]
    assert computed["reported"] is None
    assert set(computed["derived_from"].split("; ")) <= {one["id"] for one in rows}
    assert (computed["location_code"], computed["admin1_code"], computed["admin_level"]) == ("SYR", "SY02", 2)


def test_attributions_are_a_row_for_each_hop(seeded_api: Api) -> None:
    """In the order of the chain, so that nobody takes a carrier for a source."""
    rows = rows_of(seeded_api, "attributions")
    for claim in seeded_api.walk("/v1/claims?limit=1000"):
        mine = [one for one in rows if one["claim_id"] == claim["id"]]
        chain = claim["attribution"]["chain"]
        assert [(one["hop"], one["role"], one["label"], one["actor_id"]) for one in mine] == [
            (at, hop["role"], hop["label"], hop["actor"] and hop["actor"]["id"]) for at, hop in enumerate(chain, 1)
        ]


def test_appearances_are_a_row_for_each_stretch(seeded_api: Api) -> None:
    """A split quotation has two rows, and a claim that also stands in the headline two places."""
    rows = rows_of(seeded_api, "appearances")
    stretches = [
        (claim["id"], at, number_, part["start"], part["end"], part["sha256"])
        for claim in seeded_api.walk("/v1/claims?limit=1000")
        for at, one in enumerate(claim["appearances"], 1)
        for number_, part in enumerate(one["segments"], 1)
    ]
    names = ("claim_id", "appearance", "segment", "segment_start", "segment_end", "sha256")
    assert [tuple(one[name] for name in names) for one in rows] == stretches
    assert max(one["segment"] for one in rows) > 1
    assert max(one["appearance"] for one in rows) > 1


def test_several_places_say_only_what_is_true_of_all(seeded_api: Api) -> None:
    """The areas of a row are those that all of its places lie in."""
    places = {one["slug"]: one for one in seeded_api.walk("/v1/places?limit=1000")}
    by_id = {one["id"]: one for one in places.values()}

    def at(*slugs: str) -> tuple[Any, ...]:
        return location([card(places, one) for one in slugs], by_id.get)

    aleppo = ("SYR", "SY02", "Aleppo governorate", "SY0200", "Jebel Saman district", 2)
    assert at("east-aleppo") == at("aleppo", "west-aleppo") == aleppo
    assert at("aleppo", "aleppo-governorate") == (*aleppo[:3], None, None, 1)
    assert at("aleppo", "syria") == ("SYR", None, None, None, None, 0)
    assert at() == (None,) * 6
    assert location([{"id": "plc_hidden", "country": "SYR"}], by_id.get) == ("SYR", None, None, None, None, 0)


def test_a_number_keeps_its_digits() -> None:
    """Whatever a document shows is what the table has, without an exponent's rounding."""
    assert [f"{number(one):f}" for one in (0.000001, 999999999.999999, 123456789012345, 0.1, 0)] == [
        "0.000001",
        "999999999.999999",
        "123456789012345",
        "0.1",
        "0",
    ]
    assert number(None) is None


def test_tables_need_nothing_of_the_server() -> None:
    """The client makes the same rows where no database driver and no web framework is installed."""
    absent = ("sqlalchemy", "sqlmodel", "fastapi", "starlette", "pyarrow", "xlsxwriter", "psycopg")
    program = (
        f"import sys\nfor name in {absent!r}:\n    sys.modules[name] = None\n"
        "import app.exports.tables, app.exports.csv, app.exports.ndjson, app.exports.datapackage\n"
        "print(len(app.exports.tables.TABLES))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "9\n"
