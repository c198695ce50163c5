"""Many rows at once promise: they arrive as they would one by one, and fail as they would one by one."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Connection,
    Date,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    delete,
    insert,
    select,
)
from sqlalchemy.exc import DBAPIError, IntegrityError, InternalError, OperationalError

from app.catalogue import all_tables
from app.store import bulk, engine
from app.store.bulk import FEW, insert_rows
from app.store.engine import transact, writer
from app.store.types import ExactDecimal, Instant, SeqKey

PROBE = Table(
    "bulk probe",  # A name that must be quoted.
    MetaData(),
    Column("key", SeqKey, primary_key=True, autoincrement=False),
    Column("instant", Instant),
    Column("number", ExactDecimal),
    Column("day", Date),
    Column("flag", Boolean),
    Column("bytes", LargeBinary),
    Column("large", BigInteger),
    Column("small", Integer),
    Column("order", String),
    Column("text", Text),
    CheckConstraint("small < 100", name="ck_bulk_probe_small"),
)
VALUES: dict[str, list[Any]] = {
    "instant": [
        datetime(2016, 12, 13, 23, 59, 59, 999999, tzinfo=UTC),
        datetime(2016, 12, 13, tzinfo=timezone(timedelta(hours=-5, minutes=-30))),
        datetime(1, 1, 1, tzinfo=UTC),
        datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC),
    ],
    "number": [Decimal(one) for one in ("0", "-0.000001", "100000", "999999999.999999", "999999999999999", "0.333333")],
    "day": [date.min, date(2016, 2, 29), date.max],
    "flag": [True, False],
    "bytes": [b"", b"\x00\xff\\x41\n\t", "حلب".encode(), b"\\.", bytes(range(256))],
    "large": [0, -1, 2**62, -(2**63), 2**63 - 1],
    "small": [0, -(2**31), 99],
    "order": ["", "plain", "NULL", "'quoted'", '"', "$1", "%s", ":name"],
    "text": [
        "\\N",
        "\\.",
        "\\",
        "\t",
        "\n",
        "\r\n",
        "a\tb\\tc",
        "\\x41",
        "\v\f\b\x01\x7f",
        "👩‍👩‍👧 \U0001f3f4",
        "حلب الشرقية",
        "\u202eright to left\u202c \u200f",
        "e\u0301 é \ufeff",
        " spaces ",
        "x" * 100_000,
    ],
}


def rows() -> list[dict[str, Any]]:
    """Return a row for every value, the rest of it null, and one of nulls alone."""
    empty = dict.fromkeys(VALUES)
    one_each = [{**empty, name: value} for name, values in VALUES.items() for value in values]
    return [{"key": key, **row} for key, row in enumerate([empty, *one_each], start=1)]


@pytest.fixture
def probe(layout_url: str) -> Iterator[Connection]:
    """A table with a column of every type of ours; undone in the end."""
    with writer(layout_url).connect() as connection:
        PROBE.create(connection)
        yield connection
        connection.rollback()


def kept(connection: Connection) -> list[dict[str, Any]]:
    """Return every row as it is read back."""
    return [dict(row) for row in connection.execute(select(PROBE).order_by(PROBE.c.key)).mappings()]


def test_every_value_arrives_as_it_does_by_insert(probe: Connection) -> None:
    """Each type's edges, and each character that means something to COPY, are kept to the byte."""
    wanted = rows()
    assert len(wanted) > FEW
    probe.execute(insert(PROBE), wanted)
    inserted = kept(probe)
    assert [{**row, "instant": None} for row in inserted] == [{**row, "instant": None} for row in wanted]
    probe.execute(delete(PROBE))
    insert_rows(probe, PROBE, wanted)
    assert kept(probe) == inserted


def test_every_type_of_the_layout_is_tried() -> None:
    """A column type that the probe lacks would go untested."""
    used = {type(column.type).__name__ for table in all_tables().tables.values() for column in table.columns}
    tried = {type(column.type).__name__ for column in PROBE.columns}
    assert used - tried <= {"AutoString"}


def test_no_table_has_a_default_in_the_program() -> None:
    """A COPY would not know of it, so a row would get it or not by how many there are."""
    columns = [column for table in all_tables().tables.values() for column in table.columns]
    assert [str(column) for column in columns if column.default is not None or column.onupdate is not None] == []


def test_few_and_many_rows_arrive_whatever_the_order_of_their_columns(probe: Connection) -> None:
    """Values go by name; below, at and above the number from which COPY is used, and none at all."""
    for count in (0, 1, FEW - 1, FEW, FEW + 1):
        probe.execute(delete(PROBE))
        some = [{"key": key, "order": f"order {key}", "text": f"text {key}"} for key in range(count)]
        turned = [dict(reversed(row.items())) if row["key"] else row for row in some]
        insert_rows(probe, PROBE, turned)
        assert [(row["key"], row["order"], row["text"]) for row in kept(probe)] == [
            (row["key"], row["order"], row["text"]) for row in some
        ]


@pytest.mark.parametrize("count", [FEW - 1, FEW + 30])
def test_a_row_that_breaks_a_rule_is_told_as_by_insert(probe: Connection, count: int) -> None:
    """With the name of what it breaks, and with nothing of the rows in what might be logged."""
    good = [{"key": key, "small": 1, "text": "secret words"} for key in range(count)]
    for bad, told in (({"small": 100}, "ck_bulk_probe_small"), ({"key": 0}, r"(?i)unique|pkey|bulk probe")):
        undo = probe.begin_nested()
        with pytest.raises(IntegrityError) as caught:
            insert_rows(probe, PROBE, [*good, {**good[0], "key": count, **bad}])
        undo.rollback()
        assert re.search(told, str(caught.value.orig))
        assert "secret words" not in str(caught.value).partition("DETAIL")[0]
        assert kept(probe) == []


def test_what_failed_leaves_the_transaction_as_any_statement_does(probe: Connection) -> None:
    """PostgreSQL takes nothing more until it is undone; undone, the same connection goes on."""
    undo = probe.begin_nested()
    with pytest.raises(IntegrityError):
        insert_rows(probe, PROBE, [{"key": 1, "small": 1}] * (FEW + 1))
    if probe.dialect.name == "postgresql":
        with pytest.raises(InternalError, match="transaction is aborted"):
            insert_rows(probe, PROBE, rows())
    undo.rollback()
    insert_rows(probe, PROBE, rows())
    assert len(kept(probe)) == len(rows())


def test_a_conflict_that_copy_meets_is_tried_again(layout_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A serialisation failure in the middle of a COPY carries its state, so the whole transaction runs once more."""
    mine = writer(layout_url)
    if mine.dialect.name != "postgresql":
        pytest.skip("SQLite's writers queue and never conflict")
    with mine.begin() as connection:
        PROBE.create(connection)
        connection.exec_driver_sql(
            "CREATE SEQUENCE tries; CREATE FUNCTION fails_once() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "IF nextval('tries') = 1 THEN RAISE EXCEPTION 'conflict' USING ERRCODE = '40001'; END IF; RETURN NEW; "
            'END $$; CREATE TRIGGER conflicts BEFORE INSERT ON "bulk probe" FOR EACH STATEMENT '
            "EXECUTE FUNCTION fails_once()"
        )
    tries = 0

    def work(connection: Connection) -> None:
        nonlocal tries
        tries += 1
        insert_rows(connection, PROBE, rows())

    transact(mine, work)
    with mine.begin() as connection:
        assert (tries, len(kept(connection))) == (2, len(rows()))
        connection.exec_driver_sql("ALTER SEQUENCE tries RESTART")
        connection.execute(delete(PROBE))
    monkeypatch.setattr(engine, "RETRIED", ())
    with pytest.raises(OperationalError):
        transact(mine, work)


def test_a_value_that_cannot_be_written_is_told(probe: Connection) -> None:
    """A naive instant or a character that PostgreSQL has not is an error of ours before anything is stored."""
    with pytest.raises((ValueError, DBAPIError)):
        insert_rows(probe, PROBE, [{"key": key, "instant": datetime(2016, 1, 1)} for key in range(30)])  # noqa: DTZ001
    assert bulk.FEW == FEW
