"""The promise: an actor says in how many public claims it stands and how; a person is found by id alone."""

from typing import Any

import pytest

from app.actors.schemas import ActorView
from app.kit.errors import AlreadyRecorded, InvalidInput
from app.serving.envelope import RecordAnswer
from tests.support.api import Api
from tests.support.lived import assert_new
from tests.support.refusals import assert_required, assert_strict, pointers
from tests.support.world import World

ACTOR: dict[str, Any] = {
    "slug": "an-actor",
    "kind": "organization",
    "organisation_type": "non_governmental_organization",
    "name": "An Actor",
    "short_name": "AA",
    "aliases": ["The Actor"],
    "lang": "en",
    "country": "SYR",
    "parent": f"act_{'0' * 26}",
}


def test_an_anonymous_caller_reads_an_actor_whole(world: World, api: Api) -> None:
    """Every field of the model, with the parent's card and counts by role."""
    facts = {name: value for name, value in ACTOR.items() if name != "parent"}
    one = world.create("actor", {**facts, "parent": world.publisher})
    data = api.data("/v1/actors/an-actor")
    assert set(data) == set(ActorView.model_fields)
    parent = {"id": world.publisher, "slug": "a-paper", "name": "A Paper", "short_name": None, "kind": "media"}
    counts = {"originator": 0, "relay": 0, "publisher": 0, "reporter": 0}
    assert assert_new(data) == {"id": one, "type": "actor", **facts, "parent": parent, "counts": counts}
    assert api.data(f"/v1/actors/{one}") == data


def test_counts_by_role_are_over_public_records(world: World, api: Api) -> None:
    """Each claim counts once in each role of an actor, and what is retracted does not count."""
    own = {**world.carriers()[0], "role": "originator"}
    relay = [world.originator(), world.originator(role="relay"), world.originator(role="relay")]
    second = world.create("actor", world.person(name="B Speaker"))
    joint = world.attribution([world.originator(), world.originator(actor=second, label="B Speaker")])
    claims = [
        world.claim(),
        world.claim(attribution=world.attribution([own], form="narration")),
        world.claim(attribution=world.attribution(relay)),
        world.claim(attribution=joint),
    ]
    ids = world.create_all([("claim", value) for value in claims])

    def counts(actor: str) -> list[int]:
        return list(api.data(f"/v1/actors/{actor}")["counts"].values())

    assert list(api.data("/v1/actors/a-paper")["counts"]) == ["originator", "relay", "publisher", "reporter"]
    assert (counts(world.speaker), counts(world.publisher), counts(world.reporter)) == (
        [3, 1, 0, 0],
        [1, 0, 4, 0],
        [0, 0, 0, 4],
    )
    world.retract(ids[2])
    assert (counts(world.speaker), counts(world.publisher)) == ([2, 0, 0, 0], [1, 0, 3, 0])
    world.restore(ids[2])
    assert (counts(world.speaker), counts(world.publisher)) == ([3, 1, 0, 0], [1, 0, 4, 0])


def test_counts_are_the_lengths_of_the_lists(seeded_api: Api) -> None:
    """What an actor says of itself is what its lists hold, for every actor and role of the seed."""
    for actor in seeded_api.walk("/v1/actors?limit=1000"):
        RecordAnswer[ActorView].model_validate_json(seeded_api.get(f"/v1/actors/{actor['id']}").content)
        for role, count in actor["counts"].items():
            assert len(seeded_api.walk(f"/v1/actors/{actor['id']}/claims?role={role}&limit=1000")) == count


def test_a_person_is_found_by_id_alone(world: World, api: Api, seeded_api: Api) -> None:
    """Nobody is found by guessing a name."""
    assert api.data(f"/v1/actors/{world.speaker}")["slug"] is None
    persons = [one for one in seeded_api.walk("/v1/actors") if one["kind"] == "person"]
    assert persons
    for one in persons:
        assert one["slug"] is None
        guess = one["name"].lower().replace(" ", "-").replace(".", "")
        assert seeded_api.get(f"/v1/actors/{guess}").status_code == 404


def test_nothing_but_an_actor_is_taken() -> None:
    """Every field refuses junk, every object what it does not know."""
    assert_strict("actor", ACTOR)
    assert_required("actor", ACTOR, {"kind", "name", "lang"}, frozenset({"slug"}))


WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("a person with a slug", {"kind": "person", "organisation_type": None}, ""),
    ("a person with a type", {"kind": "person", "slug": None}, ""),
    ("an organisation without a slug", {"slug": None}, ""),
    ("an alias twice", {"aliases": ["A", "A"]}, ""),
    ("an unknown kind", {"kind": "robot"}, "/kind"),
    ("a parent that is a place", {"parent": f"plc_{'0' * 26}"}, "/parent"),
    ("a country's name", {"country": "Syria"}, "/country"),
]


@pytest.mark.parametrize(("what", "changes", "pointer"), WRONG, ids=[row[0] for row in WRONG])
def test_an_actor_that_cannot_be_is_refused(what: str, changes: dict[str, Any], pointer: str) -> None:
    """Persons have neither slug nor type, everybody else has a slug."""
    assert pointers("actor", {**ACTOR, **changes}) == {pointer}, what


def test_nobody_is_a_part_of_a_person_and_no_slug_finds_two(furnished_template: World) -> None:
    """A parent is an institution; a slug is one actor's."""
    world = furnished_template
    with pytest.raises(InvalidInput) as caught:
        world.create("actor", world.actor(parent=world.speaker))
    assert [fault.pointer for fault in caught.value.faults] == ["/parent"]
    with pytest.raises(AlreadyRecorded):
        world.create("actor", world.actor(slug="a-paper"))


def test_a_person_stays_a_person_and_nobody_becomes_one(world: World) -> None:
    """What protects persons hangs on their kind; kinds of institutions can be corrected."""
    office = world.create("actor", world.actor(slug="an-office"))
    for record_id, value in ((office, world.person()), (world.speaker, world.actor())):
        with pytest.raises(InvalidInput) as caught:
            world.correct(record_id, value)
        assert [fault.pointer for fault in caught.value.faults] == ["/kind"]
    world.correct(office, world.actor(slug="an-office", kind="government"))
    world.correct(world.speaker, world.person(name="Another Name"))
