"""One lawful draft of every noun, every reference that each can hold, and refusals that leave nothing behind."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import pytest

from app.kit.errors import OnrecordError
from tests.record.readings import dump
from tests.support.world import World

Value = dict[str, Any]


def vocabulary(world: World, **changes: Any) -> Value:
    """Return a list of codes that nobody uses."""
    term = {"code": "one", "label": "One", "definition": "The first.", "ours": True}
    words = {"label": "A list", "lang": "en", "definition": "What it is for.", "source": "Nobody."}
    return {"name": f"list_{world.key()}", **words, "terms": [term], **changes}


def relation(world: World, **changes: Any) -> Value:
    """Return a relation of two new claims."""
    return {**world.relation(world.create("claim", world.claim()), world.create("claim", world.claim())), **changes}


def figure(world: World, **changes: Any) -> Value:
    """Return a figure of a new claim."""
    return {**world.figure(world.create("claim", world.claim())), **changes}


DRAFTS: dict[str, Callable[..., Value]] = {
    "vocabulary": vocabulary,
    "place": World.place,
    "actor": World.actor,
    "crisis": World.crisis_draft,
    "report": World.report_draft,
    "claim": World.claim,
    "figure": figure,
    "relation": relation,
}
# Words of each noun that a correction can change without changing what it names.
WORDS = {
    "vocabulary": "label",
    "place": "name",
    "actor": "name",
    "crisis": "name",
    "report": "title",
    "claim": "statement",
    "figure": "text",
    "relation": "reason",
}


class Held(NamedTuple):
    """A field that holds a reference or a code: where it is, of what type or list, and a draft that holds one."""

    noun: str
    pointer: str
    of: str
    draft: Callable[[World, str], Value]


def _hop(**changes: Callable[[str], Any]) -> Callable[[World, str], Value]:
    def draft(world: World, one: str) -> Value:
        hop = world.originator(**{name: make(one) for name, make in changes.items()})
        return world.claim(attribution=world.attribution([hop]))

    return draft


def _mention(actor: str) -> Value:
    return {"actor": actor, "label": "Somebody"}


def _derived(world: World, one: str) -> Value:
    return figure(world, derived={"formula": "as it is", "inputs": [one]}, reported=None, appearance=None)


CHAIN = "/attribution/chain/0"
REFERENCES = [
    Held("place", "/parent", "place", lambda world, one: world.place(parent=one)),
    Held("actor", "/parent", "actor", lambda world, one: world.actor(parent=one)),
    Held("crisis", "/places/0", "place", lambda world, one: world.crisis_draft(places=[one])),
    Held("report", "/crisis", "crisis", lambda world, one: world.report_draft(crisis=one)),
    Held("report", "/publisher", "actor", lambda world, one: world.report_draft(publisher=one)),
    Held("report", "/reporters/0/actor", "actor", lambda world, one: world.report_draft(reporters=[_mention(one)])),
    Held("report", "/places/0", "place", lambda world, one: world.report_draft(places=[one])),
    Held("claim", "/report", "report", lambda world, one: world.claim(report=one)),
    Held("claim", "/places/0", "place", lambda world, one: world.claim(places=[one])),
    Held(
        "claim", "/about/0/actor", "actor", lambda world, one: world.claim(about=[{**_mention(one), "role": "agent"}])
    ),
    Held(
        "claim",
        "/attribution/said_in",
        "place",
        lambda world, one: world.claim(attribution=world.attribution(said_in=one)),
    ),
    Held("claim", f"{CHAIN}/actor", "actor", _hop(actor=str)),
    Held("claim", f"{CHAIN}/affiliation/actor", "actor", _hop(affiliation=_mention)),
    Held("claim", f"{CHAIN}/on_behalf_of/actor", "actor", _hop(on_behalf_of=_mention)),
    Held("claim", f"{CHAIN}/addressee/actor", "actor", _hop(addressee=_mention)),
    Held("figure", "/claim", "claim", lambda world, one: world.figure(one)),
    Held("figure", "/place", "place", lambda world, one: figure(world, place=one)),
    Held("figure", "/derived/inputs/0", "figure", _derived),
    Held("relation", "/from", "claim", lambda world, one: relation(world, **{"from": one})),
    Held("relation", "/to", "claim", lambda world, one: relation(world, to=one)),
]
CODES = [
    Held("actor", "/organisation_type", "organisation_type", lambda w, one: w.actor(organisation_type=one)),
    Held("report", "/report_format", "report_format", lambda w, one: w.report_draft(report_format=one)),
    Held("report", "/themes/0", "theme", lambda w, one: w.report_draft(themes=[one])),
    Held("claim", "/themes/0", "theme", lambda w, one: w.claim(themes=[one])),
    Held("figure", "/measure", "measure", lambda w, one: figure(w, measure=one)),
    Held("figure", "/unit", "unit", lambda w, one: figure(w, unit=one)),
    Held("figure", "/population_group", "population_group", lambda w, one: figure(w, population_group=one)),
]


@contextmanager
def unchanged(world: World) -> Iterator[None]:
    """Expect the whole database to be in the end as it was."""
    before = dump(world.desk.engine)
    yield
    assert dump(world.desk.engine) == before


@contextmanager
def refusal(error: type[OnrecordError], pointer: str | None = None) -> Iterator[None]:
    """Expect a verb to be refused, at a pointer of its draft when that is given."""
    with pytest.raises(error) as caught:
        yield
    if pointer is not None:
        assert pointer in [fault.pointer for fault in caught.value.faults]


@contextmanager
def refused(world: World, error: type[OnrecordError], pointer: str | None = None) -> Iterator[None]:
    """Expect a verb to be refused, and to leave nothing behind."""
    with unchanged(world), refusal(error, pointer):
        yield
