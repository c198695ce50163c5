"""Two column types promise: every lawful number and every instant comes back exactly, and compares as itself."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Column, Connection, Integer, MetaData, Table, delete, insert, select
from sqlalchemy.exc import StatementError

from app.store.engine import writer
from app.store.types import ExactDecimal, Instant

PROBE = Table(
    "probe",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("number", ExactDecimal),
    Column("instant", Instant),
)
# At most 15 significant digits and 6 places, of either sign: what figures and coordinates hold.
NUMBERS = st.builds(
    lambda digits, places: Decimal(digits).scaleb(-places), st.integers(1 - 10**15, 10**15 - 1), st.integers(0, 6)
)
EDGES = ["0", "0.1", "0.3", "0.000001", "-0.000001", "999999999999999", "999999999.999999", "123456789.123456", "1E+14"]
ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
INSTANTS = st.datetimes(datetime(1900, 1, 1), datetime(9998, 1, 1), timezones=ZONES)  # noqa: DTZ001


@pytest.fixture
def probe(layout_url: str) -> Iterator[Connection]:
    """A table with a column of each type."""
    with writer(layout_url).connect() as connection:
        PROBE.create(connection)
        yield connection
        connection.rollback()


def kept(probe: Connection, name: str, values: list[object]) -> list[object]:
    """Return what comes back of values, in the order in which they went in."""
    probe.execute(delete(PROBE))
    probe.execute(insert(PROBE), [{"id": number, name: value} for number, value in enumerate(values)])
    return list(probe.execute(select(PROBE.c[name]).order_by(PROBE.c.id)).scalars())


def ordered(probe: Connection, name: str) -> list[object]:
    """Return the values as the database orders them."""
    return list(probe.execute(select(PROBE.c[name]).order_by(PROBE.c[name], PROBE.c.id)).scalars())


def test_every_number_comes_back_exactly(probe: Connection) -> None:
    """Not a digit is lost, on a database without decimals neither, and numbers sort and compare as numbers."""

    @given(st.lists(NUMBERS, min_size=1, max_size=40))
    def prove(numbers: list[Decimal]) -> None:
        numbers = [*numbers, *map(Decimal, EDGES)]
        back = kept(probe, "number", list(numbers))
        assert back == numbers
        assert {type(one) for one in back} == {Decimal}
        assert ordered(probe, "number") == sorted(numbers)
        above = select(PROBE.c.number).where(PROBE.c.number >= numbers[0])
        assert sorted(probe.execute(above).scalars()) == sorted(one for one in numbers if one >= numbers[0])

    prove()


def test_a_number_may_come_as_its_text(probe: Connection) -> None:
    """Bodies hold decimal strings."""
    assert kept(probe, "number", ["33.333333", "6000"]) == [Decimal("33.333333"), Decimal(6000)]


def test_every_instant_comes_back_exactly(probe: Connection) -> None:
    """To the microsecond, aware, in UTC, whatever the zone it came in; and instants sort as instants."""

    @given(st.lists(INSTANTS, min_size=1, max_size=40))
    def prove(instants: list[datetime]) -> None:
        back = kept(probe, "instant", list(instants))
        assert back == instants
        assert {one.utcoffset() for one in back if isinstance(one, datetime)} == {timedelta(0)}
        assert ordered(probe, "instant") == sorted(instants)

    prove()


def test_an_instant_without_a_zone_is_refused(probe: Connection) -> None:
    """Nobody can say when it was."""
    with pytest.raises(StatementError, match="aware"):
        kept(probe, "instant", [datetime(2026, 1, 1)])  # noqa: DTZ001


def test_nothing_stays_nothing(probe: Connection) -> None:
    """Null is no number and no instant."""
    assert kept(probe, "number", [None]) == [None]
    assert kept(probe, "instant", [None, datetime(2026, 1, 1, tzinfo=UTC)]) == [None, datetime(2026, 1, 1, tzinfo=UTC)]
