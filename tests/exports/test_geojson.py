"""GeoJSON promises: RFC 7946, a feature for each row, and a point only where one is known."""

import json
from decimal import Decimal
from typing import Any

import geojson  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exports.geojson import GeoJson
from app.kit.canonical import JSON
from tests.support.exports import HOSTILE, UNPRINTABLE, about_of, file_of, nowhere, parsed, table_of

ALEPPO, HOMS = {"longitude": 37.16, "latitude": 36.2}, {"longitude": 36.72, "latitude": 34.73}
POINTS: dict[str, JSON] = {"plc_a": {"point": ALEPPO}, "plc_h": {"point": HOMS}, "plc_n": {"point": None}}
TABLE = table_of("text", "decimal", "date", cells=lambda document, places: iter([tuple(document["row"])]))


def collection(*documents: Any, places: Any = POINTS.get, **about: Any) -> Any:
    """Return the collection of these documents, valid for a reader of GeoJSON."""
    content = file_of(GeoJson(), about_of(TABLE, **about), documents, places)
    read = geojson.loads(content)
    assert read.is_valid, read.errors()
    assert read["type"] == "FeatureCollection"
    assert "crs" not in read
    return parsed(content)


@pytest.mark.parametrize(
    ("named", "geometry"),
    [
        ([], None),
        (["plc_n"], None),
        (["plc_unknown"], None),
        (["plc_a"], {"type": "Point", "coordinates": [37.16, 36.2]}),
        (["plc_n", "plc_h"], {"type": "Point", "coordinates": [36.72, 34.73]}),
        (["plc_a", "plc_h"], {"type": "MultiPoint", "coordinates": [[37.16, 36.2], [36.72, 34.73]]}),
    ],
)
def test_a_claim_is_where_its_places_are(named: list[str], geometry: Any) -> None:
    """Longitude first; where no point is known there is none, and none is made up."""
    document = {"places": [{"id": one} for one in named], "row": ["k", None, None, None]}
    (feature,) = collection(document)["features"]
    assert feature["geometry"] == geometry


def test_a_figure_is_where_its_place_is() -> None:
    """It has one place, or none."""
    row = ["k", None, None, None]
    located, nowhere_at_all = collection({"place": {"id": "plc_a"}, "row": row}, {"place": None, "row": row})[
        "features"
    ]
    assert located["geometry"]["coordinates"] == [37.16, 36.2]
    assert nowhere_at_all["geometry"] is None


@given(texts=st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=40), max_size=6))
def test_every_text_is_read_back_as_it_was(texts: list[str]) -> None:
    """The properties are the row, the state first."""
    documents = [{"places": [], "row": [str(at), text, None, "2016-12-13"]} for at, text in enumerate(texts)]
    found = collection(*documents)["features"]
    assert [one["properties"] for one in found] == [
        {"export_seq": 214, "id": str(at), "c0_text": text, "c1_decimal": None, "c2_date": "2016-12-13"}
        for at, text in enumerate(texts)
    ]
    assert [one["id"] for one in found] == [str(at) for at in range(len(texts))]


@pytest.mark.parametrize("text", [*HOSTILE, *UNPRINTABLE])
def test_no_text_is_changed(text: str) -> None:
    """Nothing needs a guard."""
    (feature,) = collection({"places": [], "row": ["k", text, None, None]})["features"]
    assert feature["properties"]["c0_text"] == text


@given(digits=st.integers(-(10**15) + 1, 10**15 - 1), places=st.integers(0, 6))
def test_a_number_shows_every_digit_and_no_more(digits: int, places: int) -> None:
    """A whole number has no point; another has just its digits."""
    value = Decimal(digits).scaleb(-places)
    table = table_of("decimal", cells=lambda document, _: iter([("k", value)]))
    content = file_of(GeoJson(), about_of(table), [{"places": []}], nowhere)
    (feature,) = json.loads(content, parse_float=Decimal)["features"]
    found = feature["properties"]["c0_decimal"]
    assert found == value
    assert isinstance(found, int) is (value == value.to_integral_value())


def test_it_says_what_it_shows() -> None:
    """Also when nothing is in it."""
    found = collection()
    assert (found["export_seq"], found["licence"], found["features"]) == (214, "CC-BY-4.0", [])


def test_what_was_retracted_comes_last_and_is_nowhere() -> None:
    """Features without facts."""
    row = ["k", "v", None, None]
    found = collection({"places": [], "row": row}, tombstones=True, retracted=[("gone", None, None, None)])
    assert [(one["id"], one["geometry"]) for one in found["features"]] == [("k", None), ("gone", None)]


def test_it_is_sent_in_pieces() -> None:
    """However many features there are, a piece stays small."""
    document = json.dumps({"places": [], "row": ["k", "x" * 1000, None, None]}).encode()
    pieces = list(GeoJson().present(about_of(TABLE), iter([document] * 500), nowhere))
    assert len(pieces) > 5
    assert max(map(len, pieces)) < 70_000
    assert len(json.loads(b"".join(pieces))["features"]) == 500
