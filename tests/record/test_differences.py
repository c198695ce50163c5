"""`ledger verify` promises: the tables say what the ledger says, or the record is named."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Connection, RowMapping, Table, delete, insert, select, text, update

from app.catalogue import NOUNS
from app.record.desk import Desk
from app.record.noun import Noun
from app.record.rebuild import differences
from app.record.shape import Shape, to_body
from app.store.engine import snapshot, writer
from app.store.types import ExactDecimal
from tests.record.readings import LAYOUT, body_of
from tests.support.world import World

TABLES = [(noun, shape) for noun in NOUNS for shape in noun.shape.all()]


@pytest.fixture
def disarmed(rich_world: World) -> Iterator[Connection]:
    """A rich world, opened by somebody who has switched off what the database checks; undone in the end."""
    with rich_world.desk.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            # Foreign keys are switched outside of a transaction, CHECKs anywhere.
            raw = connection.connection.driver_connection
            assert raw is not None
            raw.execute("PRAGMA foreign_keys=OFF")
            raw.execute("PRAGMA ignore_check_constraints=ON")
        else:
            connection.execute(text("SET session_replication_role = replica"))
            checks = (
                "SELECT conrelid::regclass, conname FROM pg_constraint WHERE contype IN ('c', 'f') AND conrelid <> 0"
            )
            for table, name in connection.execute(text(checks)).all():
                connection.exec_driver_sql(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        yield connection
        connection.rollback()


def another(value: Any, column: Any) -> Any:
    """Return a value that is not this one."""
    if value is None:
        return Decimal(1) if isinstance(column.type, ExactDecimal) else _first_of(column.type.python_type)
    if isinstance(value, bool):
        return not value
    if isinstance(value, date):
        return value + timedelta(days=1)
    return value + 1000 if isinstance(value, int | Decimal) else value + "x"


def _first_of(kind: type) -> Any:
    return {int: 1, str: "x", date: date(2016, 1, 1), bool: True}.get(kind, "x")


def owner(shape: Shape, row: RowMapping) -> str:
    found: str = row[shape.key[0]]
    return found


def named_after(connection: Connection, statement: Any, *nouns: Noun) -> list[str]:
    """Return the records that are named after a change, which is then undone."""
    undo = connection.begin_nested()
    connection.execute(statement)
    found = list(differences(connection, {noun.type: noun for noun in nouns or NOUNS}))
    undo.rollback()
    return found


def where(table: Table, row: RowMapping) -> list[Any]:
    return [column == row[column.name] for column in table.primary_key]


def test_every_altered_column_of_every_table_is_found(disarmed: Connection) -> None:
    """Whatever column of whatever fact is altered, to another value or to null, its record is named, and no other."""
    assert list(differences(disarmed, {noun.type: noun for noun in NOUNS})) == []
    for noun, shape in TABLES:
        table = shape.table
        row = _fullest(disarmed, table)
        for column in table.columns:
            if column.name in shape.key:
                continue
            values = [another(row[column.name], column), *([None] if column.nullable else [])]
            for value in [one for one in values if one != row[column.name]]:
                change = update(table).where(*where(table, row)).values({column.name: value})
                assert named_after(disarmed, change, noun) == [owner(shape, row)], (
                    f"{table.name}.{column.name} to {value!r}"
                )


def test_every_dropped_and_every_added_row_is_found(disarmed: Connection) -> None:
    """A missing name, an added alias, a hop too many: the record is named."""
    for noun, shape in TABLES:
        table = shape.table
        row = _fullest(disarmed, table)
        assert named_after(disarmed, delete(table).where(*where(table, row)), noun) == [owner(shape, row)], table.name
        if table is noun.shape.table:
            continue
        # Other columns change too, so that no unique constraint of the table is in the way.
        free: dict[str, Any] = {
            "alias": "x",
            "lang": "x",
            "code": "x",
            "theme": "x",
            "value": "x",
            "place_id": "x",
            "input_id": "x",
        }
        free |= {"actor_id": "x", "n": 99, "role": "relay"}
        changed = {name: value for name, value in free.items() if name in table.columns and name not in shape.key}
        added = {**row, **changed, "ordinal": row["ordinal"] + 100}
        assert named_after(disarmed, insert(table).values(added), noun) == [owner(shape, row)], table.name


def test_a_record_that_is_gone_from_the_register_is_found(disarmed: Connection) -> None:
    """Whoever takes a record out of every table but the ledger is found out."""
    record = LAYOUT.tables["record"]
    for row in disarmed.execute(select(record.c.id, record.c.seq).order_by(record.c.seq.desc()).limit(3)).all():
        assert named_after(disarmed, delete(record).where(record.c.id == row.id)) == [row.id]
        for column in ("seq", "version"):
            change = update(record).where(record.c.id == row.id).values({column: record.c[column] - 1})
            assert row.id in named_after(disarmed, change)


def test_every_record_of_the_seed_says_what_its_tables_say(seeded_url: str) -> None:
    """The whole seed, in the ledger and in the tables, is one fact in two spellings."""
    desk = Desk(writer(seeded_url), NOUNS)
    with snapshot(desk.engine) as connection:
        assert list(differences(connection, desk.nouns)) == []


def test_the_tables_alone_give_the_body_back(rich_world: World) -> None:
    """Read from the tables, every record is to the letter what its newest revision says."""
    with snapshot(rich_world.desk.engine) as connection:
        for noun in NOUNS:
            for record_id in connection.execute(select(noun.shape.table.c.id)).scalars():
                assert to_body(noun.shape, _rows(connection, noun, record_id)) == body_of(
                    rich_world.desk.engine, record_id
                )


def _rows(connection: Connection, noun: Noun, record_id: str) -> dict[str, list[dict[str, Any]]]:
    return {
        shape.table.name: [
            dict(row)
            for row in connection.execute(
                select(shape.table).where(shape.table.c[shape.key[0]] == record_id)
            ).mappings()
        ]
        for shape in noun.shape.all()
    }


def _fullest(connection: Connection, table: Table) -> RowMapping:
    """Return the row of a table with the fewest nulls; there is one, or the world is not rich."""
    rows = connection.execute(select(table).order_by(*table.primary_key)).mappings().all()
    return min(rows, key=lambda row: sum(value is None for value in row.values()))


def test_the_rich_world_fills_every_column(rich_world: World) -> None:
    """No column of any fact is null in every record, or the tests above would pass over it."""
    with snapshot(rich_world.desk.engine) as connection:
        for _, shape in TABLES:
            for column in shape.table.columns:
                query = select(column).where(column.is_not(None)).limit(1)
                assert connection.execute(query).first() is not None, f"{shape.table.name}.{column.name}"


def test_rows_of_a_body_are_those_of_the_shape() -> None:
    """Every table of a noun that holds facts is in its shape: no table is forgotten by the comparison."""
    shaped = {shape.table.name for _, shape in TABLES}
    indexes = {"index_field", "index_term", "index_posting", "index_span", "index_past"}
    indexes |= {table.name for noun in NOUNS for table in noun.index_tables}
    desk = {"record", "lineage", "handle", "tally", "document", "document_source", "document_queue", "document_state"}
    desk |= {"held_text", "tally_past", "revision_reach"}
    ledger = {"ledger_head", "ledger_write", "ledger_fork", "revision", "revision_content", "revision_redaction"}
    assert set(LAYOUT.tables) == shaped | indexes | desk | ledger
