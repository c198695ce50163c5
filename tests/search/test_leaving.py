"""Search promises: what is withdrawn or replaced is gone from it with the answer to whoever withdrew it."""

from typing import Any

import pytest

from app.ledger.words import Cause, WriterRole
from app.record.desk import note
from tests.search.oracle import search
from tests.support.api import Api
from tests.support.world import World, draft_of


def ids_of(api: Api, query: str, **more: str) -> list[str]:
    """Return the ids of the hits of a search."""
    return [hit["id"] for hit in api.walk(search(query, None, **more))]


def suggested(api: Api, query: str) -> list[tuple[str, str]]:
    """Return what is suggested for the words of a query."""
    answer = api.get(search(query))
    assert answer.status_code == 200
    return [(one["word"], one["suggestion"]) for one in answer.json()["meta"]["suggestions"]]


def protect(world: World, record_id: str, value: dict[str, Any]) -> None:
    """Correct a record to protect somebody."""
    draft = draft_of("actor", value)
    world.desk.write(
        WriterRole.EDITOR, lambda writing: writing.correct(record_id, draft, Cause.PROTECTION, note("Protected."))
    )


def test_a_corrected_claim_is_found_by_its_new_words_only(world: World, api: Api) -> None:
    """The old words lead nowhere, in any order and any list."""
    claim = world.create("claim", world.claim(statement="The culvert was blown up."))
    assert ids_of(api, "culvert") == ids_of(api, "culvert", sort="-recorded") == [claim]
    world.correct(claim, world.claim(statement="The viaduct was blown up."))
    assert ids_of(api, "culvert") == ids_of(api, "culvert", sort="-recorded") == []
    assert ids_of(api, "viaduct") == ids_of(api, "viaduct", sort="-recorded") == [claim]
    assert api.data("/v1/claims?q=culvert") == []


def test_a_retracted_claim_leaves_with_its_figures_and_comes_back_with_them(world: World, api: Api) -> None:
    """Its own words, those of its figures, and the counts of both."""
    claim = world.create("claim", world.claim(statement="The culvert was blown up."))
    figure = world.create("figure", world.figure(claim, text="100 people below the culvert"))
    assert ids_of(api, "culvert", sort="-recorded") == [figure, claim]
    world.retract(claim)
    path = search("culvert", count="exact", facets="type")
    meta = api.get(path).json()["meta"]
    assert (ids_of(api, "culvert"), meta["count"], meta["facets"]["type"]["values"]) == ([], 0, [])
    world.restore(claim)
    assert ids_of(api, "culvert", sort="-recorded") == [figure, claim]
    assert api.get(path).json()["meta"]["count"] == 2


def test_a_retracted_report_takes_everything_along(world: World, api: Api) -> None:
    """Nothing of it can be searched for: not its title, not its claims."""
    report = world.create("report", world.report_draft(title="The culvert papers"))
    claim = world.create("claim", world.claim(report=report, statement="The culvert was blown up."))
    assert sorted(ids_of(api, "culvert")) == sorted([report, claim])
    world.retract(report)
    assert ids_of(api, "culvert") == []


def test_whoever_has_a_search_from_before_is_told_that_it_changed(world: World, api: Api) -> None:
    """A 304 never keeps a withdrawn record on somebody's page."""
    claim = world.create("claim", world.claim(statement="The culvert was blown up."))
    before = api.get(search("culvert"))
    assert api.get(search("culvert"), if_none_match=before.headers["etag"]).status_code == 304
    world.retract(claim)
    after = api.get(search("culvert"), if_none_match=before.headers["etag"])
    assert (after.status_code, after.json()["data"]) == (200, [])


@pytest.mark.parametrize(
    ("noun", "name", "typed", "meant"),
    [
        ("actor", "Hilal Ahmar Society", "hilall", "Hilal"),
        ("actor", "Médecins du Monde", "medecinz", "Médecins"),
        ("place", "Qamishli", "kamishli", "Qamishli"),
        ("place", "دير الزور", "الزوز", "الزور"),
        ("crisis", "Cyclone Idai", "ciclone", "Cyclone"),
    ],
)
def test_a_mistyped_public_name_is_suggested(
    world: World, api: Api, noun: str, name: str, typed: str, meant: str
) -> None:
    """As it is written, for the word that is wrong alone, and never again once the name was withdrawn."""
    draft = {"actor": world.actor, "place": world.place, "crisis": world.crisis_draft}[noun](name=name)
    record = world.create(noun, draft)
    (pair,) = suggested(api, typed)
    assert pair[1] == meant
    assert suggested(api, name) == []
    world.retract(record)
    assert suggested(api, typed) == []


def test_aliases_and_short_names_are_suggested_too(world: World, api: Api) -> None:
    """Whatever name search covers."""
    world.create("actor", world.actor(name="An Agency", short_name="UNOCHA", aliases=["Coordination Office"]))
    assert suggested(api, "unochaa") == [("unochaa", "UNOCHA")]
    assert suggested(api, "cordination") == [("cordination", "Coordination")]
    assert suggested(api, "cordination unochaa") == [("cordination", "Coordination"), ("unochaa", "UNOCHA")]


def test_a_name_that_protection_replaced_is_never_suggested(world: World, api: Api) -> None:
    """The old name is in no hit, no suggestion and no list from that answer on."""
    person = world.create("actor", world.person(name="Rukmini Vexworthy"))
    assert suggested(api, "vexworthi") == [("vexworthi", "Vexworthy")]
    assert ids_of(api, "vexworthy") == [person]
    protect(world, person, world.person(name="A doctor"))
    for typed in ("vexworthi", "vexworthy", "rukminy"):
        answer = api.get(search(typed))
        assert (suggested(api, typed), answer.json()["data"]) == ([], [])
        assert "exworthy" not in answer.text.removeprefix(typed).replace("q=vexworthy", "")
    assert api.data("/v1/actors?q=vexworthy") == []


def test_words_of_claims_and_titles_are_never_suggested(world: World, api: Api) -> None:
    """A suggestion would tell what a statement holds that the caller did not find; names alone are public words."""
    world.create("claim", world.claim(statement="Zephyrine was arrested."))
    world.create("report", world.report_draft(title="Zephyrine"))
    assert suggested(api, "zephyrin") == []


def test_nothing_is_suggested_beside_hits(world: World, api: Api) -> None:
    """Who found something typed well enough."""
    world.create("place", world.place(name="Qamishli"))
    world.create("claim", world.claim(statement="Kamishli is quiet."))
    assert suggested(api, "kamishli") == []
