"""The database promises by itself: what is in the ledger stays, whoever asks, in whatever way SQL has."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.ledger.redacting import erasable, redact
from tests.record.readings import dump
from tests.support.world import World

LEDGER = ("revision", "revision_content", "revision_redaction")
REFUSAL = "the ledger is append-only"
COLUMN = {"revision": "role", "revision_content": "salt", "revision_redaction": "redacted_by"}
EVERYWHERE = [
    "UPDATE {table} SET {column} = {column}",
    "UPDATE {table} SET seq = seq + 1000",
    "DELETE FROM {table}",
    "DELETE FROM {table} WHERE seq = (SELECT max(seq) FROM {table})",
]
SQLITE = [
    "INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
    "REPLACE INTO {table} SELECT * FROM {table} WHERE seq = (SELECT max(seq) FROM {table})",
    "UPDATE OR REPLACE {table} SET {column} = {column}",
    "INSERT INTO {table} SELECT * FROM {table} WHERE true ON CONFLICT DO UPDATE SET {column} = excluded.{column}",
]
POSTGRESQL = [
    "TRUNCATE {table}",
    "INSERT INTO {table} SELECT * FROM {table} ON CONFLICT ON CONSTRAINT pk_{table} "
    "DO UPDATE SET {column} = excluded.{column}",
    "MERGE INTO {table} USING (SELECT 1) AS one ON true WHEN MATCHED THEN UPDATE SET {column} = {column}",
    "MERGE INTO {table} USING (SELECT 1) AS one ON true WHEN MATCHED THEN DELETE",
]


@pytest.fixture
def redacted(world: World) -> World:
    """A world whose ledger has a row in each of its tables."""
    claim = world.create("claim", world.claim())
    world.correct(claim, world.claim(statement="Something else."))
    redact(world, claim, erasable(world))
    return world


@pytest.mark.parametrize("table", LEDGER)
def test_nothing_changes_or_removes_a_row(redacted: World, table: str) -> None:
    """UPDATE, DELETE, TRUNCATE, REPLACE, upsert and MERGE are refused for every table of the ledger."""
    before = dump(redacted.desk.engine)
    assert before[table]
    for statement in EVERYWHERE + (SQLITE if redacted.desk.engine.dialect.name == "sqlite" else POSTGRESQL):
        with pytest.raises(DBAPIError, match=REFUSAL), redacted.desk.engine.begin() as connection:
            connection.execute(text(statement.format(table=table, column=COLUMN[table])))
        assert dump(redacted.desk.engine) == before, statement


def test_a_row_under_an_old_version_does_not_push_the_old_one_out(redacted: World) -> None:
    """A row with another seq, but with the version of an older revision, replaces nothing."""
    before = dump(redacted.desk.engine)
    copied = (
        "INSERT {how} INTO revision SELECT 1000, ledger, record_type, record_id, version, operation, cause, "
        "recorded_at, role, body_commitment, note_commitment, chain FROM revision WHERE seq = 1"
    )
    how = "OR REPLACE" if redacted.desk.engine.dialect.name == "sqlite" else ""
    with pytest.raises(DBAPIError), redacted.desk.engine.begin() as connection:
        connection.execute(text(copied.format(how=how)))
    assert dump(redacted.desk.engine) == before


def test_a_content_goes_only_when_a_redaction_names_it(redacted: World) -> None:
    """Leave to erase one content is no leave to erase its neighbours."""
    with redacted.desk.engine.begin() as connection:
        connection.execute(text("INSERT INTO revision_redaction (seq, part, redacted_by) VALUES (1, 'body', 2)"))
        connection.execute(text("DELETE FROM revision_content WHERE seq = 1 AND part = 'body'"))
    with pytest.raises(DBAPIError, match=REFUSAL), redacted.desk.engine.begin() as connection:
        connection.execute(text("DELETE FROM revision_content WHERE seq = 2"))
    with pytest.raises(DBAPIError, match=REFUSAL), redacted.desk.engine.begin() as connection:
        connection.execute(text("DELETE FROM revision_content WHERE seq < 3"))
