"""Filters promise: what enters, stays or leaves is heard of, by any filter, as the lists themselves would say."""

import json
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from app.ledger.words import Cause, WriterRole
from tests.changes.following import Change, follow, page, verify
from tests.changes.oracle import TYPES, Oracle, Question, listed, play
from tests.record.histories import Player, beside, histories
from tests.support.api import Api, serving
from tests.support.databases import Databases
from tests.support.world import World, draft_of

# On PostgreSQL a database takes long to make.
MOST_STEPS = {"sqlite": 20, "postgresql": 12}


def test_the_anonymous_caller_filters_by_anything(seeded_api: Api) -> None:
    """By type, crisis, place with all inside it, theme and report; by slug, P-code or id."""
    claims = follow(seeded_api, "/v1/changes?types=claim&limit=1000").changes
    assert {one["record_type"] for one in claims} == {"claim"}
    by_slug = follow(
        seeded_api, "/v1/changes?types=claim&place=aleppo&theme=protection_and_human_rights,health&limit=1000"
    ).changes
    listed = {
        one["id"]
        for one in seeded_api.walk("/v1/claims?place=aleppo&theme=protection_and_human_rights,health&limit=1000")
    }
    assert {one["record_id"] for one in by_slug} == listed
    assert 0 < len(listed) < len(claims)


@given(data=st.data())
# Not shrunk: every example makes a database.
@settings(phases=[Phase.explicit, Phase.reuse, Phase.generate], max_examples=4)
def test_filters_deliver_what_the_lists_say(world: World, databases: Databases, data: st.DataObject) -> None:
    """Before and after every revision, for single filters and pairs, with any page size; held against all lists."""
    steps = data.draw(histories(MOST_STEPS[databases.engine]))
    with databases.copy("furnished") as url, serving(url) as api:
        player = Player(beside(world, url)).furnish()
        questions = data.draw(st.lists(_questions(player), min_size=3, max_size=3))
        oracle = Oracle(api, questions)
        oracle.look()
        start = oracle.states[0][0]
        for step in steps:
            play(player, step)
            oracle.look()
        for question in questions:
            kinds = ",".join(TYPES[kind] for kind in listed(question))
            query = "&".join(f"{name}={value}" for name, value in question)
            limit = data.draw(st.integers(1, 50))
            seen = follow(api, f"/v1/changes?after={start}&limit={limit}&types={kinds}&{query}").changes
            told = [(one["seq"], one["matches"]["before"], one["matches"]["after"]) for one in seen]
            assert told == [tuple(one) for one in oracle.expected(question)]


def _questions(player: Player) -> st.SearchStrategy[Question]:
    pairs = {
        "crisis": st.sampled_from(player.ids["crisis"]),
        "place": st.sampled_from(player.ids["place"]),
        "theme": st.sampled_from(["health", "education", "food_and_nutrition"]),
        "report": st.sampled_from(player.ids["report"]),
    }
    names = st.sampled_from([("crisis",), ("place",), ("theme",), ("report",), ("crisis", "place"), ("place", "theme")])
    return names.flatmap(lambda some: st.tuples(*(st.tuples(st.just(name), pairs[name]) for name in some)))


def mine(api: Api, record_id: str, query: str) -> list[Change]:
    """Return what a follower with a filter is told of one record."""
    return [one for one in follow(api, f"/v1/changes?{query}&limit=1000").changes if one["record_id"] == record_id]


def told(changes: list[Change]) -> list[tuple[str, Any, Any]]:
    """Return operations with what matched."""
    return [(one["operation"], one["matches"]["before"], one["matches"]["after"]) for one in changes]


def test_what_leaves_a_filter_is_heard_of_and_what_enters_too(world: World, api: Api) -> None:
    """A claim that moves from one theme to another: both followers know what to do with their copy."""
    claim = world.create("claim", world.claim(themes=["health"]))
    world.correct(claim, world.claim(themes=["education"]))
    world.correct(claim, world.claim(themes=["education"], statement="Said otherwise."))
    world.retract(claim)
    world.restore(claim)
    assert told(mine(api, claim, "theme=health")) == [
        ("create", False, True),
        ("correct", True, False),
        ("retract", False, False),
    ]
    assert told(mine(api, claim, "theme=education")) == [
        ("correct", False, True),
        ("correct", True, True),
        ("retract", True, False),
        ("restore", False, True),
    ]
    assert mine(api, claim, "theme=logistics_and_telecommunications") == []


def test_with_proof_a_filtered_follower_verifies_the_chain(world: World, api: Api) -> None:
    """What does not match comes bare: the envelope, the link, and nothing of what it says."""
    claim = world.create("claim", world.claim(themes=["education"]))
    query = "theme=education&include=body,document&limit=7"
    seen = follow(api, f"/v1/changes?{query}&proof=full")
    assert verify(seen.changes) == api.data("/v1/ledger/head")["chain"]
    assert all(one["meta"]["verifiable"] for one in seen.pages)
    assert seen.seqs == follow(api, f"/v1/changes?{query}").seqs
    assert [one["record_id"] for one in seen.changes if not one["bare"]] == [claim]
    bare = [one for one in seen.changes if one["bare"]]
    assert all(
        (one["contents"], one["note"], one["document"], one["withheld"]) == (None, None, None, None)
        and one["matches"] == {"before": False, "after": False}
        for one in bare
    )
    assert not any(one["meta"]["verifiable"] for one in follow(api, f"/v1/changes?{query}").pages)


def protect(world: World, record_id: str, noun: str, value: dict[str, Any]) -> None:
    """Correct a record for protection."""
    draft = draft_of(noun, value)
    world.desk.write(WriterRole.EDITOR, lambda writing: writing.correct(record_id, draft, Cause.PROTECTION))


def test_what_was_corrected_for_protection_is_withheld_from_every_question(world: World, api: Api) -> None:
    """The contents before it are nowhere, no filter tells what they were found by, and every follower is told."""
    claim = world.create("claim", world.claim(statement="Names somebody.", themes=["health"]))
    world.correct(claim, world.claim(statement="Names somebody still.", themes=["health"]), text="A telling note.")
    protect(world, claim, "claim", world.claim(statement="Names nobody.", themes=["education"]))
    everything = mine(api, claim, "include=body,document")
    assert [one["withheld"] for one in everything] == ["protected", "protected", None]
    assert [one["contents"] is None for one in everything] == [True, True, False]
    assert everything[2]["document"] == api.data(f"/v1/claims/{claim}")
    words = json.dumps(follow(api, "/v1/changes?include=body,document&limit=1000").changes)
    assert "Names somebody" not in words
    assert "A telling note" not in words
    assert told(mine(api, claim, "theme=health")) == [("correct", None, False)]
    assert told(mine(api, claim, "theme=education")) == [("correct", None, True)]
    assert told(mine(api, claim, "theme=shelter_and_non_food_items")) == [("correct", None, False)]


def test_what_is_gone_for_protection_is_told_to_all_and_found_by_none(world: World, api: Api) -> None:
    """A claim and its figures: envelopes stay in the chain, filters find only that they were taken back."""
    claim = world.create("claim", world.claim(statement="Names somebody."))
    figure = world.create("figure", world.figure(claim))
    world.retract(claim, Cause.PROTECTION)
    for record in (claim, figure):
        assert {one["withheld"] for one in mine(api, record, "include=body,document")} == {"protected"}
        for query in ("theme=health", "theme=education", f"report={world.report}", f"crisis={world.crisis}"):
            assert told(mine(api, record, query)) == [("retract", None, False)]
    assert "Names somebody" not in json.dumps(follow(api, "/v1/changes?include=body&limit=1000").changes)
    world.restore(claim)
    assert [one["withheld"] for one in mine(api, claim, "include=body")] == [None] * 3
    assert told(mine(api, claim, "theme=health")) == [
        ("create", False, True),
        ("retract", True, False),
        ("restore", False, True),
    ]


def test_a_filter_by_what_is_gone_for_protection_finds_nothing(world: World, api: Api) -> None:
    """A crisis that is protected cannot be asked for by its slug, to learn what belonged to it."""
    crisis = world.create("crisis", world.crisis_draft(slug="hidden-crisis"))
    report = world.create("report", world.report_draft(crisis=crisis, slug="another-report"))
    world.correct(report, world.report_draft(crisis=world.crisis, slug="another-report"))
    query = "crisis=hidden-crisis&types=report&limit=1000"
    assert len(follow(api, f"/v1/changes?{query}").changes) == 2
    world.retract(crisis, Cause.PROTECTION)
    assert follow(api, f"/v1/changes?{query}").changes == []


@pytest.mark.parametrize("limit", [1, 3, 1000])
def test_filtered_pages_move_over_what_is_skipped(world: World, api: Api, limit: int) -> None:
    """A claim between many places is seen once, whatever the pages."""
    claims = []
    for _ in range(3):
        for _ in range(9):
            world.create("place", world.place())
        claims.append(world.create("claim", world.claim()))
    seen = follow(api, f"/v1/changes?types=claim,figure&theme=health&limit={limit}")
    assert [one["record_id"] for one in seen.changes] == claims
    assert page(api, seen.next)["data"] == []
