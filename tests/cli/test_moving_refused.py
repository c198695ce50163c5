"""`onrecord move` promises: what cannot arrive whole does not arrive at all, and nothing is written over."""

from typing import Any

import pytest
from sqlalchemy import Connection, text

from app.store import bulk, copying, fulltext, migrate
from app.store.engine import writer
from tests.cli.homes import NOTHING, empty, laid_out, values
from tests.record.histories import beside
from tests.support.databases import Databases
from tests.support.terminal import onrecord
from tests.support.world import World


def test_nothing_is_written_over(lived: World, target: str) -> None:
    """A database with records is refused and left, and so is the one that is to be moved."""
    assert onrecord(lived.url, "move", "--to", target).code == 0
    beside(lived, target).create("claim", lived.claim())
    there, here = values(target), values(lived.url)
    for one in (target, lived.url):
        refusal = "--to: the database has records already: move into an empty one"
        assert onrecord(lived.url, "move", "--to", one).refusal == refusal
    assert (values(target), values(lived.url)) == (there, here)


def test_a_target_with_rows_that_no_record_made_is_refused(lived: World, target: str) -> None:
    """Nobody knows whose they are; so nothing is mixed with them, and they stay."""
    migrate.upgrade(target, "0007")
    with writer(target).begin() as connection:
        connection.execute(text("INSERT INTO document_queue VALUES ('somebody')"))
    before = laid_out(target)
    refusal = onrecord(lived.url, "move", "--to", target).refusal
    assert refusal == "--to: the database is not empty: there are rows in document_queue"
    assert laid_out(target) == before


def test_a_target_of_a_newer_version_is_refused(lived: World, target: str) -> None:
    """Its layout is not ours to fill."""
    migrate.upgrade(target)
    with writer(target).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert "--to: the database has the layout of a newer version" in onrecord(lived.url, "move", "--to", target).refusal


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("", "expected sqlite:///FILE or postgresql://USER@HOST/NAME"),
        ("mysql://somebody:secret@example.org/record", "expected sqlite:///FILE or postgresql://USER@HOST/NAME"),
        ("sqlite:////no/such/folder/record.db", "unable to open database file"),
        ("postgresql://somebody:secret@127.0.0.1:1/record", "Connection refused"),
    ],
)
def test_a_target_that_is_none_is_told_in_a_line(seeded_url: str, url: str, told: str) -> None:
    """A slip is told as one of `--to`, without the password."""
    refusal = onrecord(seeded_url, "move", "--to", url).refusal
    assert refusal.startswith("--to: ")
    assert told in refusal
    assert "secret" not in refusal


def test_what_is_not_laid_out_is_not_moved(databases: Databases, target: str) -> None:
    """There is nothing to move yet, and the target is not touched."""
    source = empty(databases)
    assert "run `onrecord migrate` first" in onrecord(source, "move", "--to", target).refusal
    assert laid_out(target) == NOTHING


@pytest.mark.parametrize("laid", [False, True])
def test_a_move_that_fails_leaves_nothing(
    lived: World, target: str, laid: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Interrupted when nearly all was there, it leaves the target as it found it; the next one succeeds."""
    if laid:
        migrate.upgrade(target)
    before = laid_out(target)
    heads = values(target)["ledger_head"] if laid else []

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(fulltext, "put", interrupted)
        assert onrecord(lived.url, "move", "--to", target).code != 0
    assert laid_out(target) == before
    if laid:
        left = values(target)
        assert left["ledger_head"] == heads
        assert {name for name, rows in left.items() if rows} == {"ledger_head", "document_state"}
    assert onrecord(lived.url, "move", "--to", target).code == 0
    assert values(target) == values(lived.url)


def test_what_is_lost_on_the_way_is_missed(lived: World, target: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows are counted where they arrive, so that a move that lost one is none."""
    whole = fulltext.put
    monkeypatch.setattr(fulltext, "put", lambda connection, rows: whole(connection, list(rows)[1:]))
    refusal = onrecord(lived.url, "move", "--to", target).refusal
    assert refusal.startswith("--to: search_words: ")
    assert laid_out(target) == NOTHING


@pytest.mark.parametrize("broken", ["reference", "rule"])
def test_rows_that_break_the_layout_are_not_taken(
    lived: World, target: str, broken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever was switched off to be quick is checked in the end, so that a damaged record is not passed on."""
    whole = bulk.pour
    change = {"reference": {"record_id": "clm_of_nobody"}, "rule": {"ancestor_id": "same", "record_id": "same"}}[broken]

    def damaged(connection: Connection, table: Any, rows: Any, **options: Any) -> None:
        if table.name == "lineage":
            names = table.columns.keys()
            rows = ([change.get(name, value) for name, value in zip(names, row, strict=True)] for row in rows)
        whole(connection, table, rows, **options)

    monkeypatch.setattr(copying, "pour", damaged)
    refusal = onrecord(lived.url, "move", "--to", target).refusal
    told = {"reference": ("refers to", "fk_lineage"), "rule": ("ck_lineage_not_itself",)}[broken]
    assert any(one in refusal for one in told), refusal
    assert laid_out(target) == NOTHING
