"""A data frame promises: in one call, every column with its right type, and no digit lost."""

from decimal import Decimal

import pandas  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.client.errors import ClientError
from app.client.frames import frame
from app.exports.rows import number
from app.exports.tables import TABLES
from app.kit.canonical import compact, parse
from tests.client.following import client_of
from tests.support.api import Api
from tests.support.world import World

DIGITS = "123456789.123456"


@pytest.mark.parametrize("name", TABLES)
def test_every_table_is_a_frame_in_one_call(seeded_api: Api, name: str) -> None:
    """An analyst gets the export's own columns, a row for each row, without a key."""
    with client_of(seeded_api) as client:
        found = client.to_frame(name)
    table = TABLES[name]
    assert list(found.columns) == list(table.names)
    for column in table.columns:
        kind = str(found[column.name].dtype)
        expected = {"text": "str", "integer": "Int64", "decimal": "object", "boolean": "boolean"}
        assert kind == {**expected, "date": "datetime64[s]", "instant": "datetime64[us, UTC]"}[column.kind]
    assert len(found) == {"claims": 102, "figures": 14, "reports": 1, "places": 10}.get(name, len(found)) > 0


def test_a_frame_of_nothing_has_its_columns(seeded_api: Api) -> None:
    """A filter that finds nothing breaks no script."""
    with client_of(seeded_api) as client:
        found = client.to_frame("figures", value_min=10**14)
        assert (len(found), list(found.columns)) == (0, list(TABLES["figures"].names))
        with pytest.raises(ClientError, match="expected any of vocabularies"):
            client.to_frame("figure")


def test_a_frame_keeps_every_digit_and_the_areas(world: World, api: Api) -> None:
    """Numbers are Decimals until somebody asks for floats; the areas around a place are there."""
    claim = world.create("claim", world.claim())
    world.create("figure", world.figure(claim, value=DIGITS, reported=DIGITS))
    with client_of(api) as client:
        (row,) = client.to_frame("figures").to_dict("records")
    assert row["value"] == Decimal(DIGITS)
    assert row["location_code"] == "SYR"
    assert not pandas.isna(row["recorded_at"])


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=6))
def test_the_float_of_a_view_is_exactly_the_number(value: Decimal) -> None:
    """A view gives floats: with at most 15 digits the shortest text of one is the number itself."""
    assert number(parse(compact({"value": float(value)}))["value"]) == value


def test_dates_beyond_nanoseconds_fit() -> None:
    """A date of any century is a date in the frame, and an open one is empty."""
    table = TABLES["reports"]
    at = table.names.index("published_start")
    rows = [
        tuple(table.typed(tuple(day if place == at else None for place in range(len(table.names)))))
        for day in ("0476-09-04", None)
    ]
    found = frame(table, rows)["published_start"]
    assert [str(one) for one in found] == ["0476-09-04 00:00:00", "NaT"]
