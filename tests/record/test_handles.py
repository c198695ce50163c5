"""Readable names promise: they find a record, former ones too, and never two records."""

import pytest

from app.kit import ids
from app.kit.errors import AlreadyRecorded
from tests.record.nouns import DRAFTS, refusal, unchanged
from tests.support.api import Api
from tests.support.world import World

SLUGGED = ("place", "actor", "crisis", "report")


def test_anybody_finds_a_record_by_its_slug_and_by_its_former_ones(world: World, api: Api) -> None:
    """Links that were given out go on working, whatever a record is called now."""
    for noun in SLUGGED:
        draft = DRAFTS[noun](world, slug=f"first-{noun}")
        record_id = world.create(noun, draft)
        world.correct(record_id, {**draft, "slug": f"second-{noun}"})
        world.correct(record_id, {**draft, "slug": f"third-{noun}"})
        for slug in ("first", "second", "third"):
            data = api.data(f"/v1/{ids.PLURALS[noun]}/{slug}-{noun}")
            assert (data["id"], data["slug"]) == (record_id, f"third-{noun}")
        world.correct(record_id, draft)
        assert api.data(f"/v1/{ids.PLURALS[noun]}/third-{noun}")["slug"] == f"first-{noun}"
        world.retract(record_id)
        assert api.get(f"/v1/{ids.PLURALS[noun]}/second-{noun}").status_code == 410


def test_a_place_is_found_by_its_p_codes(world: World, api: Api) -> None:
    """A former P-code finds it too; a dataset may still hold it."""
    draft = world.place(kind="admin1", informal=False, p_code="SY02")
    place = world.create("place", draft)
    world.correct(place, {**draft, "p_code": "SY03"})
    assert [api.data(f"/v1/places/{code}")["id"] for code in ("SY02", "SY03", draft["slug"])] == [place] * 3


def test_a_handle_that_finds_one_record_is_never_given_to_another(world: World) -> None:
    """Slugs and P-codes, present and former, of public and of retracted records, are taken for good."""
    taken = []
    for noun in SLUGGED:
        draft = DRAFTS[noun](world, slug=f"old-{noun}")
        record_id = world.create(noun, draft)
        world.correct(record_id, {**draft, "slug": f"new-{noun}"})
        gone = world.create(noun, DRAFTS[noun](world, slug=f"gone-{noun}"))
        world.retract(gone)
        other = world.create(noun, DRAFTS[noun](world))
        taken += [(noun, other, DRAFTS[noun](world, slug=f"{word}-{noun}")) for word in ("old", "new", "gone")]
    coded = world.place(kind="admin1", informal=False, p_code="SY02")
    world.create("place", coded)
    free = world.create("place", world.place())
    taken.append(("place", free, {**coded, "slug": "another"}))
    with unchanged(world):
        for noun, other, draft in taken:
            with refusal(AlreadyRecorded):
                world.create(noun, draft)
            with refusal(AlreadyRecorded):
                world.correct(other, draft)


def test_one_transaction_cannot_give_a_handle_twice(world: World) -> None:
    """What is not stored yet is taken already."""
    with unchanged(world), refusal(AlreadyRecorded):
        world.create_all([("actor", world.actor(slug="twice")), ("actor", world.actor(slug="twice"))])


def test_nouns_have_their_own_handles(world: World, api: Api) -> None:
    """A place and a crisis may have one slug."""
    for noun in SLUGGED:
        record_id = world.create(noun, DRAFTS[noun](world, slug="shared"))
        assert api.data(f"/v1/{ids.PLURALS[noun]}/shared")["id"] == record_id


@pytest.mark.parametrize("word", ["a-speaker", "A Speaker"])
def test_no_name_finds_a_person(api: Api, word: str) -> None:
    """Persons are found by id alone."""
    assert api.get(f"/v1/actors/{word}").status_code == 404
