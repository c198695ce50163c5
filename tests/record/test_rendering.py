"""Rendering promises: what others embed is never stale, costs them no revision, and is resumed when interrupted."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from sqlalchemy import text

from app.catalogue import NOUNS
from app.kit import ids
from app.kit.clock import system_clock
from app.ledger.words import Cause, WriterRole
from app.record import desk as desk_room
from app.record import documents as documents_room
from app.record.desk import Desk
from app.store.engine import snapshot
from tests.record.readings import body_of, check_documents, count, documents, stale
from tests.support.world import World, draft_of


class CutOff(Desk):
    """A desk whose power fails right after each commit: nothing that waits is rendered."""

    def settle(self) -> int:
        """Render nothing."""
        return 0


class PowerFailure(Exception):
    """Nothing runs any more."""


@pytest.fixture
def crowd(world: World) -> list[str]:
    """Claims, figures and relations that embed the same actor, place and report."""
    claims = world.create_all([("claim", world.claim(places=[])) for _ in range(4)])
    figures = world.create_all([("figure", world.figure(one)) for one in claims for _ in range(2)])
    related = world.create_all([("relation", world.relation(one, claims[0])) for one in claims[1:]])
    return [*claims, *figures, *related]


def rename(world: World, record_id: str, cause: Cause = Cause.OUR_ERROR) -> None:
    """Give a record other words."""
    noun = ids.type_of(record_id)
    body = body_of(world.desk.engine, record_id)
    if noun == "vocabulary":
        changed = {**body, "terms": [{**term, "label": term["label"] + "!"} for term in body["terms"]]}
    else:
        words = {"report": "title", "claim": "statement", "figure": "text"}.get(noun, "name")
        changed = {**body, words: "Renamed"}
    draft = draft_of(noun, changed)
    world.desk.write(WriterRole.EDITOR, lambda writing: writing.correct(record_id, draft, cause))


def test_a_change_reaches_everything_that_embeds_it(world: World, crowd: list[str]) -> None:
    """One revision for the record that changed; new documents, same versions, for all that embed it."""
    for what in ("speaker", "publisher", "town", "country", "crisis", "report", "theme", "measure"):
        record_id = getattr(world, what, None) or ids.seeded_id("vocabulary", what)
        before, revisions = documents(world.desk.engine), count(world.desk.engine, "revision")
        rename(world, record_id)
        check_documents(world.desk)
        assert count(world.desk.engine, "revision") == revisions + 1
        after = documents(world.desk.engine)
        changed = {one for one in after if after[one] != before[one]} - {record_id}
        assert changed
        assert not changed & {
            one for one in crowd if record_id not in str(before[one]) and what not in ("theme", "measure")
        }
        for one in changed:
            assert (after[one]["version"], after[one]["changed_at"]) == (
                before[one]["version"],
                before[one]["changed_at"],
            )


def test_what_embeds_nothing_of_it_keeps_its_validator(world: World, crowd: list[str]) -> None:
    """A document that says the same keeps its etag and its date."""
    query = text("SELECT id, etag, modified_at FROM document")
    with snapshot(world.desk.engine) as connection:
        before = {row.id: tuple(row) for row in connection.execute(query)}
    rename(world, crowd[4])
    with snapshot(world.desk.engine) as connection:
        after = {row.id: tuple(row) for row in connection.execute(query)}
    changed = {one for one in after if after[one] != before[one]}
    assert changed == {crowd[4], crowd[0]}


def test_many_documents_wait_and_are_settled(world: World, crowd: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """When too many are touched at once they wait in a queue, and whoever comes next renders them."""
    monkeypatch.setattr(documents_room, "FEW", 3)
    monkeypatch.setattr(desk_room, "SETTLE", 2)
    whole, world.desk = world.desk, CutOff(world.desk.engine, NOUNS)
    rename(world, world.speaker)
    assert count(world.desk.engine, "document_queue") == 4
    assert stale(documents(world.desk.engine))
    revisions = count(world.desk.engine, "revision")
    assert whole.settle() >= 4
    assert count(world.desk.engine, "document_queue") == 0
    assert count(world.desk.engine, "revision") == revisions
    check_documents(whole)
    assert whole.settle() == 0


def test_settling_goes_on_where_it_was_interrupted(
    world: World, crowd: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was rendered before the power failed stays rendered; what was not is rendered by the next write."""
    monkeypatch.setattr(documents_room, "FEW", 3)
    monkeypatch.setattr(desk_room, "SETTLE", 1)
    whole = world.desk
    world.desk = CutOff(whole.engine, NOUNS)
    rename(world, world.report)
    waiting = count(whole.engine, "document_queue")

    def failing() -> Iterator[datetime]:
        for _ in range(6):
            yield system_clock()
        raise PowerFailure

    clock = failing()
    with pytest.raises(PowerFailure):
        Desk(whole.engine, NOUNS, clock=lambda: next(clock)).settle()
    assert 0 < count(whole.engine, "document_queue") < waiting
    assert stale(documents(whole.engine))
    world.desk = whole
    world.create("actor", world.actor())
    assert count(whole.engine, "document_queue") == 0
    check_documents(whole)


def test_a_card_that_waited_still_reaches_what_embeds_it(
    world: World, crowd: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A claim that waits to be rendered, and is touched by its figure's place first, tells its figures all the same."""
    whole, world.desk = world.desk, CutOff(world.desk.engine, NOUNS)
    monkeypatch.setattr(documents_room, "FEW", 0)
    rename(world, world.speaker)
    monkeypatch.undo()
    rename(world, world.town)
    whole.settle()
    check_documents(whole)


def test_a_retracted_record_waits_no_more(world: World, crowd: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not public is not rendered, though it was in the queue."""
    monkeypatch.setattr(documents_room, "FEW", 0)
    whole, world.desk = world.desk, CutOff(world.desk.engine, NOUNS)
    rename(world, world.speaker)
    world.retract(crowd[1])
    whole.settle()
    check_documents(whole)
    assert crowd[1] not in documents(whole.engine)


def test_protection_is_everywhere_before_the_answer(
    world: World, crowd: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """When protection is the cause nothing waits, however many documents there are."""
    for what in ("speaker", "town", "report", "theme"):
        monkeypatch.setattr(documents_room, "FEW", 0)
        world.desk = CutOff(world.desk.engine, NOUNS)
        rename(world, getattr(world, what, None) or ids.seeded_id("vocabulary", what), Cause.PROTECTION)
        assert count(world.desk.engine, "document_queue") == 0
        check_documents(world.desk)


def test_a_retraction_for_protection_leaves_nothing_behind(
    world: World, crowd: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither the record nor what falls with it is in any document at the moment of the answer."""
    monkeypatch.setattr(documents_room, "FEW", 0)
    world.desk = CutOff(world.desk.engine, NOUNS)
    world.retract(crowd[0], Cause.PROTECTION)
    assert count(world.desk.engine, "document_queue") == 0
    check_documents(world.desk)
    assert crowd[0] not in str(documents(world.desk.engine))
