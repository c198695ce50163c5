"""Refusals of single nouns: what cannot be said of a record, and what it cannot become."""

from typing import Any

import pytest

from app.kit.errors import AlreadyRecorded, InvalidInput, NotAllowed, UnknownReference
from tests.record.nouns import refusal, refused, unchanged
from tests.support.world import World


def test_a_record_never_moves_to_another_parent(world: World) -> None:
    """A claim keeps its report, a figure its claim and inputs, a relation its ends."""
    elsewhere = world.create("report", world.report_draft())
    one, two, three = world.create_all([("claim", world.claim())] * 3)
    stated = world.create("figure", world.figure(one))
    other = world.create("figure", world.figure(one))
    derived: dict[str, Any] = {"formula": "f", "inputs": [stated]}
    unsaid = {"reported": None, "appearance": None}
    counted = world.create("figure", world.figure(two, derived=derived, **unsaid))
    related = world.create("relation", world.relation(one, two))
    with unchanged(world):
        for record_id, draft in (
            (one, world.claim(report=elsewhere)),
            (stated, world.figure(two)),
            (counted, world.figure(two, derived={**derived, "inputs": [other]}, **unsaid)),
            (counted, world.figure(two)),
            (related, world.relation(one, three)),
            (related, world.relation(three, two)),
        ):
            with refusal(NotAllowed):
                world.correct(record_id, draft)


def test_nothing_stands_in_what_is_not_public(world: World) -> None:
    """No claim in a retracted report, no figure in a claim that fell with it, and nothing there can be changed."""
    claim = world.create("claim", world.claim())
    figure = world.create("figure", world.figure(claim))
    world.retract(world.report)
    with unchanged(world):
        with refusal(UnknownReference, "/report"):
            world.create("claim", world.claim())
        with refusal(UnknownReference, "/claim"):
            world.create("figure", world.figure(claim))
        for record_id, draft in ((claim, world.claim(statement="Other.")), (figure, world.figure(claim, text="Other"))):
            with refusal(NotAllowed):
                world.correct(record_id, draft)
            with refusal(NotAllowed):
                world.retract(record_id)
            with refusal(NotAllowed):
                world.restore(record_id)


@pytest.mark.parametrize("noun", ["place", "actor"])
def test_nothing_lies_in_itself_by_whatever_way(world: World, noun: str) -> None:
    """A parent is another record, and never one that lies in the record itself."""
    draft = world.place if noun == "place" else world.actor
    top = world.create(noun, draft())
    middle = world.create(noun, draft(parent=top))
    bottom = world.create(noun, draft(parent=middle))
    with unchanged(world):
        for parent in (middle, bottom):
            with refusal(InvalidInput, "/parent"):
                world.correct(top, draft(parent=parent))
        with refusal(UnknownReference, "/parent"):
            world.correct(top, draft(parent=top))
    world.correct(middle, draft(parent=world.country if noun == "place" else world.publisher))
    world.correct(top, draft(parent=bottom))


def test_two_records_are_not_related_twice_in_one_way(world: World) -> None:
    """The same two, in the same direction and way, are related once, also when that was retracted."""
    one, other = world.create_all([("claim", world.claim())] * 2)
    first = world.create("relation", world.relation(one, other))
    back = world.create("relation", world.relation(other, one))
    second = world.create("relation", world.relation(one, other, type="restates"))
    world.retract(first)
    with unchanged(world):
        with refusal(AlreadyRecorded):
            world.create("relation", world.relation(one, other, reason="Again."))
        with refusal(AlreadyRecorded):
            world.correct(second, world.relation(one, other))
    with refused(world, AlreadyRecorded):
        world.create_all([("relation", world.relation(other, one, type="conflicts_with"))] * 2)
    world.correct(back, world.relation(other, one, type="corroborates"))


def test_figures_of_two_measures_are_not_one_quantity(world: World) -> None:
    """Quantities that are called the same have one measure and one unit."""
    claim = world.create("claim", world.claim())
    one = world.create("figure", world.figure(claim))
    other = world.create("figure", world.figure(claim, measure="people_killed"))
    third = world.create("figure", world.figure(claim, unit="{household}"))
    with unchanged(world):
        for end in (other, third):
            with refusal(InvalidInput, "/type"):
                world.create("relation", world.relation(one, end, type="same_quantity"))


def test_a_figure_is_derived_from_stated_ones_only(world: World) -> None:
    """What was computed is not computed with again."""
    claim = world.create("claim", world.claim())
    unsaid: dict[str, Any] = {"reported": None, "appearance": None}
    stated = world.create("figure", world.figure(claim))
    derived = world.create("figure", world.figure(claim, derived={"formula": "f", "inputs": [stated]}, **unsaid))
    with refused(world, InvalidInput, "/derived/inputs/0"):
        world.create("figure", world.figure(claim, derived={"formula": "f", "inputs": [derived]}, **unsaid))


def test_persons_neither_publish_nor_contain(world: World) -> None:
    """A publication publishes, and nobody is a part of a person."""
    with unchanged(world):
        with refusal(InvalidInput, "/publisher"):
            world.create("report", world.report_draft(publisher=world.speaker))
        with refusal(InvalidInput, "/parent"):
            world.create("actor", world.actor(parent=world.speaker))


def test_a_place_is_in_the_country_of_its_parent(world: World) -> None:
    """Countries do not contain places of other countries."""
    with refused(world, InvalidInput, "/country"):
        world.create("place", world.place(country="TUR"))
