"""The clock promises: aware, in UTC, to the microsecond, with one spelling that sorts as time does."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kit.clock import instant_text, parse_instant, system_clock

OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
INSTANTS = st.datetimes(datetime(1000, 1, 2), datetime(9999, 12, 30), timezones=OFFSETS)  # noqa: DTZ001


def test_the_system_clock_is_aware_and_in_utc() -> None:
    """No instant of ours depends on where a machine stands."""
    assert system_clock().tzinfo is UTC


@given(INSTANTS)
def test_an_instant_is_read_back_exactly(instant: datetime) -> None:
    """Whatever its offset, it is the same instant afterwards."""
    assert parse_instant(instant_text(instant)) == instant
    assert parse_instant(instant_text(instant)).tzinfo is UTC


@given(INSTANTS, INSTANTS)
def test_texts_sort_as_instants_do(one: datetime, other: datetime) -> None:
    """SQLite compares the text where PostgreSQL compares the instant."""
    assert (instant_text(one) < instant_text(other)) == (one < other)


@pytest.mark.parametrize(
    "text",
    ["", "2016-12-13", "2016-12-13T10:00:00Z", "2016-12-13T10:00:00.000000+00:00", "2016-12-13 10:00:00.000000Z"],
)
def test_another_spelling_is_refused(text: str) -> None:
    """One instant has one text, or digests of it would differ."""
    with pytest.raises(ValueError, match="expected an instant"):
        parse_instant(text)
