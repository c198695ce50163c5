"""The index promises whoever is protected: nothing of it waits, and nothing of it is left of what was taken out."""

import pytest

from app.ledger.words import Cause, WriterRole
from app.record import documents
from app.record.desk import Desk
from tests.index.looking import check_index, found, searched
from tests.record.readings import body_of
from tests.support.world import World, draft_of


def test_whoever_is_protected_is_not_found_when_the_answer_leaves(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many documents are touched, nothing of a correction for protection waits; of another it waits, safely."""
    region = world.create("place", world.place())
    village = world.create("place", world.place())
    claims = world.create_all([("claim", world.claim(places=[village]))] * 5)
    monkeypatch.setattr(documents, "FEW", 2)

    def move(parent: str, cause: Cause) -> None:
        draft = draft_of("place", {**body_of(world.desk.engine, village), "parent": parent})
        world.desk.write(WriterRole.EDITOR, lambda writing: writing.correct(village, draft, cause))

    with monkeypatch.context() as interrupted:
        interrupted.setattr(Desk, "settle", lambda _: 0)
        move(region, Cause.OUR_ERROR)
        assert found(world, "claim.place", region) == set()
        move(world.country, Cause.PROTECTION)
        assert found(world, "claim.place", region) == set()
        assert found(world, "claim.place", world.country) == set(claims)
        check_index(world)
        move(region, Cause.PROTECTION)
        assert found(world, "claim.place", region) == set(claims)
        check_index(world)
        move(world.country, Cause.OUR_ERROR)
        assert found(world, "claim.place", region) == set(claims)
    world.desk.settle()
    assert found(world, "claim.place", region) == set()
    check_index(world)


def test_no_word_of_a_protected_name_stays_in_the_file(world: World) -> None:
    """What SQLite's search keeps of words that were taken out is gone with the correction that protects."""
    for at in range(3):
        world.create("actor", world.person(name=f"Witnesses{at} Known"))
    hidden = world.create("actor", world.person(name="Witnessqq77 Known"))
    world.create("actor", world.person(name="Witnesszz Known"))
    if world.desk.engine.dialect.name == "postgresql":
        kept = "SELECT count(*) FROM search_words WHERE CAST(lexemes AS text) LIKE '%qq77%'"
    else:
        kept = "SELECT count(*) FROM search_words_data WHERE instr(block, CAST('qq77' AS BLOB))"
    assert _number(world, kept) > 0
    draft = draft_of("actor", world.person(name="A Person"))
    world.desk.write(WriterRole.EDITOR, lambda writing: writing.correct(hidden, draft, Cause.PROTECTION))
    assert _number(world, kept) == 0
    assert len(searched(world, "actor", "known")) == 4


def test_no_letters_of_a_protected_name_stay_in_the_index(world: World) -> None:
    """No group of letters is left by which a name that was taken out could be put together again."""
    grams = "SELECT count(*) FROM index_term WHERE field = 'actor.gram' AND value IN ('  q', ' qz', 'qzx', 'zx ')"
    hidden = world.create("actor", world.person(name="Qzx"))
    assert _number(world, grams) == 4
    draft = draft_of("actor", world.person(name="A Person"))
    world.desk.write(WriterRole.EDITOR, lambda writing: writing.correct(hidden, draft, Cause.PROTECTION))
    assert _number(world, grams) == 0
    again = world.create("actor", world.person(name="Qzx"))
    world.retract(again, Cause.PROTECTION)
    assert _number(world, grams) == 0
    check_index(world)


def _number(world: World, query: str) -> int:
    with world.desk.engine.connect() as connection:
        number: int = connection.exec_driver_sql(query.replace("%", "%%")).scalar_one()
    return number
