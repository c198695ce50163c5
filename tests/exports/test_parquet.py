"""A Parquet file promises: typed columns with every digit, what it shows in its own words, and constant memory."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import orjson
import pyarrow as pa  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exports.columns import Column, Kind
from app.exports.parquet import Parquet
from app.exports.tables import TABLES
from tests.support.exports import HOSTILE, UNPRINTABLE, about_of, file_of, parquet, table_of

KINDS: tuple[Kind, ...] = ("text", "integer", "decimal", "boolean", "date", "instant")
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
DIGITS = st.builds(
    lambda digits, places: Decimal(digits).scaleb(-places), st.integers(-(10**15) + 1, 10**15 - 1), st.integers(0, 6)
)
ROWS = st.tuples(
    st.none() | TEXTS,
    st.none() | st.integers(-(2**63), 2**63 - 1),
    st.none() | DIGITS,
    st.none() | st.booleans(),
    st.none() | st.dates(),
    st.none() | st.datetimes(min_value=datetime(1, 1, 2), max_value=datetime(9999, 12, 30)),  # noqa: DTZ001
)


def spelled(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return a row as documents spell it: days and moments are text."""
    *others, day, at = row
    return (*others, day and day.isoformat(), at and at.isoformat(timespec="microseconds") + "Z")


@given(rows=st.lists(ROWS, max_size=12))
def test_every_value_is_read_back_as_it_was(rows: list[tuple[Any, ...]]) -> None:
    """In its own type, with every digit; null is null. It takes several groups of rows."""
    table = table_of(*KINDS, cells=lambda document, places: ((str(at), *spelled(row)) for at, row in enumerate(rows)))
    read = parquet(file_of(Parquet(group=5), about_of(table), [[]]))
    assert read.metadata.num_row_groups == -(-len(rows) // 5)
    found = [tuple(row.values()) for row in read.read().to_pylist()]
    assert found == [(214, str(at), *row[:5], row[5] and row[5].replace(tzinfo=UTC)) for at, row in enumerate(rows)]


@pytest.mark.parametrize("text", [*HOSTILE, *UNPRINTABLE])
def test_no_text_is_changed(text: str) -> None:
    """Nothing needs a guard: nothing runs a Parquet file."""
    read = parquet(file_of(Parquet(), about_of(table_of("text")), [[["k", text]]])).read()
    assert read.column("c0_text").to_pylist() == [text]


def test_types_are_those_that_tools_expect() -> None:
    """Decimals are decimals, days are days, moments are in UTC; only what is always there is never null."""
    schema = parquet(file_of(Parquet(), about_of(table_of(*KINDS)))).schema_arrow
    assert [field.type for field in schema] == [
        pa.int64(),
        pa.string(),
        pa.string(),
        pa.int64(),
        pa.decimal128(21, 6),
        pa.bool_(),
        pa.date32(),
        pa.timestamp("us", tz="UTC"),
    ]
    assert [field.nullable for field in schema] == [False, False, *[True] * 6]


def test_it_says_what_it_shows_and_what_columns_mean() -> None:
    """State, terms, key and meanings travel in the file."""
    table = TABLES["attributions"]
    about = about_of(table)
    schema = parquet(file_of(Parquet(), about)).schema_arrow
    said = {name.decode(): value.decode() for name, value in schema.metadata.items()}
    assert said["onrecord.seq"] == "214"
    assert said["onrecord.primary_key"] == '["claim_id","hop"]'.replace(",", ", ")
    assert said["onrecord.terms"] == about.terms
    claim = schema.field("claim_id").metadata
    assert claim == {b"description": b"The claim.", b"references": b"claims.id"}
    assert all(schema.field(one.name).metadata[b"description"] for one in table.exported)


def test_rows_of_what_was_retracted_fit_in() -> None:
    """What is never empty in the row of a public record is empty there, and the schema says that it can be."""
    column = Column(name="fact", description="A fact.", required=True)
    table = table_of("text")
    table = table_of(columns=(*table.columns[:1], column))
    rows = [[["k", "v"]]]
    assert not parquet(file_of(Parquet(), about_of(table), rows)).schema_arrow.field("fact").nullable
    about = about_of(table, tombstones=True, retracted=[("gone", None)])
    read = parquet(file_of(Parquet(), about, rows)).read()
    assert [list(row.values()) for row in read.to_pylist()] == [[214, "k", "v"], [214, "gone", None]]
    assert not read.schema.field("id").nullable


def test_a_number_of_too_many_places_is_no_other_number() -> None:
    """It is refused, not rounded."""
    table = table_of("decimal", cells=lambda document, places: iter([("k", Decimal("0.1234567"))]))
    with pytest.raises(pa.ArrowInvalid):
        file_of(Parquet(), about_of(table), [[]])


def test_it_is_sent_while_it_is_made() -> None:
    """A group of rows leaves before the next is asked for, and arrow keeps none of them."""
    asked = 0

    def documents() -> Iterator[bytes]:
        nonlocal asked
        for asked in range(40_000):
            yield orjson.dumps([[f"k{asked}", "some words of a row" * 5]])

    pieces = Parquet(group=1000).present(about_of(table_of("text")), documents(), lambda _: None)
    first = next(pieces)
    assert asked == 999
    assert first.startswith(b"PAR1")
    held = [pa.total_allocated_bytes() for _ in pieces]
    assert max(held[20:]) < max(held[:10]) * 1.5 + 100_000
    assert asked == 39_999


def test_the_same_rows_are_the_same_bytes() -> None:
    """A strong validator promises it."""
    about, rows = about_of(table_of("text")), [[["k", text]] for text in HOSTILE]
    assert file_of(Parquet(), about, rows) == file_of(Parquet(), about, rows)


def test_a_day_long_past_is_that_day() -> None:
    """Days are not counted from 1970 only forwards."""
    rows = [[["k", "0026-11-22"]]]
    assert parquet(file_of(Parquet(), about_of(table_of("date")), rows)).read().column(2).to_pylist() == [
        date(26, 11, 22)
    ]
