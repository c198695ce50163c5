"""A copy promises: after whatever editors did, and whenever it was pulled, it holds what the server shows, and why."""

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.client import files
from app.client.copy import Copy, Target
from app.client.errors import CopyFault
from app.client.pulling import pull, refresh
from app.exports.tables import TABLES
from app.ledger.words import Cause, WriterRole
from tests.client.conftest import Targets
from tests.client.following import (
    Bridge,
    assert_flat,
    client_of,
    copied_documents,
    copied_revisions,
    pulled,
    served_documents,
    served_revisions,
)
from tests.record.histories import Player, Step, beside, histories
from tests.support.api import Api, serving
from tests.support.databases import Databases
from tests.support.world import World, draft_of

SECRET = "Somebody who must not be named was there."
FILTERS: list[dict[str, str]] = [
    {"theme": "health"},
    {"types": "claim,figure"},
    {"theme": "health", "types": "claim"},
    {"place": "atown"},
    {"types": "report,actor"},
]


def assert_in_step(api: Api, target: Target, **filters: str) -> None:
    """Check that a copy is what the server shows: documents, flat tables, and, without filters, the whole history."""
    whole = served_documents(api)
    documents = served_documents(api, filters) if filters else whole
    with Copy.there(target) as copy:
        assert copied_documents(copy) == documents
        assert_flat(copy, documents, whole)
        if not filters:
            assert copied_revisions(copy) == served_revisions(api)


def test_a_first_pull_holds_everything(api: Api, targets: Targets) -> None:
    """A copy that was begun just now has every record, every table and the whole ledger; nobody needs a key."""
    target = targets()
    pulled(api, target)
    assert_in_step(api, target)
    with Copy.there(target) as copy:
        assert copy.db.rows("SELECT count(*) FROM reports") == [(1,)]


def test_a_second_pull_moves_only_what_changed(world: World, api: Api, targets: Targets) -> None:
    """The job of the next night asks for the head and one page, whatever the copy holds."""
    target = targets()
    pulled(api, target)
    world.create("actor", world.actor(name="Another"))
    with client_of(api) as client, Copy.open(target, "http://test", {}, None) as copy:
        told = pull(client, copy)
        bridge = client._http._transport
        assert isinstance(bridge, Bridge)
    assert told.revisions == 1
    assert [one.split("?")[0] for one in bridge.asked] == ["/v1/ledger/head", "/v1/changes"]
    assert_in_step(api, target)


@settings(max_examples=4)
@given(played=histories(14), nights=st.sets(st.integers(0, 13), max_size=3), chosen=st.sampled_from(FILTERS))
def test_whatever_editors_do_the_copy_keeps_in_step(
    databases: Databases,
    furnished_template: World,
    targets: Targets,
    played: list[Step],
    nights: set[int],
    chosen: dict[str, str],
) -> None:
    """Random edits of every noun, pulled at random moments, with and without filters: all equals the server."""
    with databases.copy("furnished") as url:
        player = Player(beside(furnished_template, url)).furnish()
        copies = [(targets(), filters) for filters in ({}, chosen)]
        with serving(url) as api:
            for at, step in enumerate([*played, None]):
                if at in nights or step is None:
                    for target, filters in copies:
                        pulled(api, target, **filters)
                        assert_in_step(api, target, **filters)
                if step is not None:
                    player.play(step)


def test_a_report_that_moves_takes_what_stands_in_it_along(world: World, api: Api, targets: Targets) -> None:
    """A copy of one crisis gains and loses the claims of a report, with their past, when the report changes crisis."""
    other = world.create("crisis", world.crisis_draft(slug="another-crisis"))
    claim = world.create("claim", world.claim())
    world.create("figure", world.figure(claim))
    target = targets()
    pulled(api, target, crisis="another-crisis")
    with Copy.there(target) as copy:
        assert set(copied_documents(copy)) == {other}
    body = world.report_draft(slug="moved", crisis=other)
    world.correct(world.report, body)
    pulled(api, target, crisis="another-crisis")
    assert_in_step(api, target, crisis="another-crisis")
    with Copy.there(target) as copy:
        assert claim in copied_documents(copy)
        query = "SELECT count(*) FROM revision r JOIN revision_content c ON c.seq = r.seq WHERE r.record_id = ?"
        assert copy.db.rows(query, (claim,)) == [(1,)]
    world.correct(world.report, {**body, "crisis": world.crisis})
    pulled(api, target, crisis="another-crisis")
    assert_in_step(api, target, crisis="another-crisis")
    with Copy.there(target) as copy:
        assert set(copied_documents(copy)) == {other}


def test_what_is_protected_is_erased_from_the_files(
    world: World, databases: Databases, api: Api, targets: Targets, tmp_path: Path
) -> None:
    """A correction for protection leaves nothing of what was there before: no row, no page, no journal, no file."""
    claim = world.create("claim", world.claim(statement=SECRET))
    target = targets() if databases.engine == "postgresql" else Target.read(str(tmp_path / "copy"))
    pulled(api, target)
    with Copy.there(target) as copy:
        assert any(SECRET in body for _, body in copy.each_document("claim"))
        if target.folder is not None:
            assert len(files.write(copy, target.folder)) == 18
    draft = world.claim(statement="Something happened.")
    changed = draft_of("claim", draft)
    world.desk.write(WriterRole.EDITOR, lambda writing: writing.correct(claim, changed, Cause.PROTECTION, None))
    pulled(api, target)
    assert_in_step(api, target)
    with Copy.there(target) as copy:
        for table, column in (("document", "body"), ("revision_content", "body"), ("claims", "statement")):
            query = f"SELECT count(*) FROM {table} WHERE {column} LIKE ?"  # noqa: S608
            assert copy.db.rows(query, (f"%{SECRET}%",)) == [(0,)]
        assert not copy.state.must_purge
        if target.folder is not None:
            files.write(copy, target.folder)
    if target.folder is not None:
        assert [one.name for one in target.folder.iterdir() if SECRET.encode() in one.read_bytes()] == []


def test_an_erasure_that_was_interrupted_is_made_up_for(world: World, api: Api, tmp_path: Path) -> None:
    """Whoever ends a pull between the page and the erasing of the file finds it erased after the next."""
    target = Target.read(f"sqlite:///{tmp_path}/copy.db")
    pulled(api, target)
    with Copy.there(target) as copy:
        copy.mark_purge()
    pulled(api, target)
    with Copy.there(target) as copy:
        assert not copy.state.must_purge


def test_a_copy_is_of_one_choice(api: Api, targets: Targets) -> None:
    """Other filters are another copy: what is there is never quietly made into something else."""
    target = targets()
    pulled(api, target, theme="health")
    with pytest.raises(CopyFault, match="other filters"):
        pulled(api, target)
    with pytest.raises(CopyFault, match="there is no copy"):
        Copy.there(targets())


def test_quotes_are_not_copied(seeded_api: Api, targets: Targets) -> None:
    """The words of a report belong to its publisher, and no revision would tell on which day they are taken back."""
    target = targets()
    pulled(seeded_api, target)
    with Copy.there(target) as copy:
        assert not any('"quote":{' in body or '"held":true' in body for _, body in copy.each_document("claim"))
    assert_in_step(seeded_api, target)


def test_the_keys_of_a_whole_copy_hold(seeded_api: Api, tmp_path: Path) -> None:
    """Every id in a flat table leads to a row of the table that it names."""
    target = Target.read(f"sqlite:///{tmp_path}/copy.db")
    pulled(seeded_api, target)
    with sqlite3.connect(tmp_path / "copy.db") as db:
        for table in TABLES.values():
            for column in table.columns:
                if column.references:
                    other, key = column.references.split(".")
                    named = f'SELECT count(*) FROM "{table.name}" WHERE "{column.name}"'  # noqa: S608
                    query = f"{named} NOT IN (SELECT {key} FROM {other})"  # noqa: S608
                    assert db.execute(query).fetchone() == (0,), (table.name, column.name)


def test_everything_can_be_read_again(world: World, api: Api, targets: Targets) -> None:
    """Whoever mistrusts the copy has all of it read again, and what was lost here comes back."""
    claim = world.create("claim", world.claim())
    target = targets()
    pulled(api, target)
    with client_of(api) as client, Copy.open(target, "http://test", {}, None) as copy:
        copy.db.run("UPDATE document SET body = replace(body, 'happened', 'did not happen') WHERE id = ?", (claim,))
        copy.db.run("DELETE FROM claims")
        refresh(client, copy)
        assert copy.db.rows("SELECT id FROM claims") == [(claim,)]
    assert_in_step(api, target)
