"""Documents promise: they are a function of the ledger, and can all be made again to the byte."""

import pytest
from hypothesis import given, settings
from sqlalchemy import text

from app.kit import ids
from app.record import everything
from app.record.rebuild import differences, rebuild
from app.store.engine import snapshot
from tests.record.histories import Player, Step, beside, few, histories
from tests.record.readings import READ, body_of, check_documents, documents, readable
from tests.support.databases import Databases
from tests.support.world import World


def lose(world: World, *tables: str) -> None:
    """Delete every row of tables."""
    with world.desk.engine.begin() as connection:
        for table in tables:
            connection.execute(text(f"DELETE FROM {table}"))  # noqa: S608


def hold(world: World) -> None:
    """Hold a world's documents against its ledger, and against what a rebuild of all or of nothing makes."""
    before = readable(world.desk.engine)
    check_documents(world.desk)
    assert rebuild(world.desk) == 0
    assert readable(world.desk.engine) == before
    lose(world, *READ)
    assert rebuild(world.desk) == len(before["document"])
    assert readable(world.desk.engine) == before
    with snapshot(world.desk.engine) as connection:
        assert list(differences(connection, world.desk.nouns)) == []


def test_every_random_history_can_be_made_again(databases: Databases, furnished_template: World) -> None:
    """Whatever editors did: documents are there for what is public, count right, are never stale, and come back."""

    @settings(max_examples=few(databases))
    @given(histories(16))
    def prove(steps: list[Step]) -> None:
        with databases.copy("furnished") as url:
            player = Player(beside(furnished_template, url)).furnish()
            for step in steps:
                player.play(step)
            hold(player.world)

    prove()


def test_everything_comes_back_in_whatever_batches(rich_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The size of a batch changes nothing."""
    monkeypatch.setattr(everything, "BATCH", 2)
    hold(rich_world)


def test_everything_comes_back_after_a_label_changed(rich_world: World) -> None:
    """The labels of a vocabulary are in documents as they are now."""
    for name, of in (("theme", "health"), ("measure", "people_besieged"), ("report_format", "news_and_press_release")):
        vocabulary = ids.seeded_id("vocabulary", name)
        body = body_of(rich_world.desk.engine, vocabulary)
        terms = [{**term, "label": "Renamed"} if term["code"] == of else term for term in body["terms"]]
        rich_world.correct(vocabulary, {**body, "terms": terms})
    found = documents(rich_world.desk.engine)
    labels = [one["themes"][0]["label"] for one in found.values() if one["type"] in ("claim", "report")]
    labels += [one["measure"]["label"] for one in found.values() if one["type"] == "figure"]
    assert set(labels) == {"Renamed"}
    hold(rich_world)


DAMAGES = [
    "UPDATE document SET card = '{}'",
    "UPDATE document SET etag = 'x'",
    "UPDATE document SET seq = seq + 1, etag = ''",
    "DELETE FROM document_source",
    "UPDATE tally SET total = total + 1",
    "DELETE FROM index_posting",
    "INSERT INTO document_queue SELECT id, 0 FROM record",
    "INSERT INTO index_posting SELECT 17, recorded FROM record",
    "INSERT INTO tally SELECT id, 'claims', 7 FROM record WHERE type = 'place'",
]


def test_whatever_is_damaged_is_mended(rich_world: World) -> None:
    """A rebuild does not trust what it finds."""
    before = readable(rich_world.desk.engine)
    for damage in DAMAGES:
        with rich_world.desk.engine.begin() as connection:
            connection.execute(text(damage))
        assert readable(rich_world.desk.engine) != before
        rebuild(rich_world.desk)
        assert readable(rich_world.desk.engine) == before, damage


def test_a_document_of_what_is_not_public_is_removed(world: World) -> None:
    """Even when somebody put it back behind the program."""
    claim = world.create("claim", world.claim())
    with snapshot(world.desk.engine) as connection:
        row = connection.execute(text("SELECT * FROM document WHERE id = :id"), {"id": claim}).mappings().one()
    world.retract(claim)
    with world.desk.engine.begin() as connection:
        names = ", ".join(row.keys())
        values = ", ".join(f":{name}" for name in row)
        connection.execute(text(f"INSERT INTO document ({names}) VALUES ({values})"), dict(row))  # noqa: S608
    rebuild(world.desk)
    assert claim not in documents(world.desk.engine)


def test_a_sound_database_keeps_its_dates(rich_world: World) -> None:
    """A rebuild that changes nothing changes no validator and no date."""
    query = text("SELECT id, etag, modified_at FROM document ORDER BY id")
    state = text("SELECT generation FROM document_state")
    with snapshot(rich_world.desk.engine) as connection:
        before = connection.execute(query).all(), connection.execute(state).scalar_one()
    rebuild(rich_world.desk)
    with snapshot(rich_world.desk.engine) as connection:
        assert (connection.execute(query).all(), connection.execute(state).scalar_one()) == before
    lose(rich_world, "document")
    rebuild(rich_world.desk)
    with snapshot(rich_world.desk.engine) as connection:
        assert connection.execute(state).scalar_one() == before[1] + 1
