"""The feed promises: every revision once, in order, provable; and the record beside it as it is now."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.ledger.words import Part
from tests.changes.following import follow, page, verify
from tests.ledger.redacting import redact
from tests.support.api import Api
from tests.support.routes import problem_of
from tests.support.world import World

WHOLE = "/v1/changes?include=body,document&limit=1000"


def test_the_anonymous_caller_follows_everything(seeded_api: Api) -> None:
    """Whoever shows nothing gets every public revision from the first to the last."""
    seen = follow(seeded_api, "/v1/changes")
    head = seeded_api.data("/v1/ledger/head")
    assert seen.seqs == list(range(1, head["seq"] + 1))
    assert [one["meta"]["limit"] for one in seen.pages] == [200] * len(seen.pages)
    last = seen.pages[-1]["meta"]
    assert (last["through"], last["chain"], last["ledger"]) == (head["seq"], head["chain"], head["ledger"])


def test_every_link_and_every_content_verifies(world: World, api: Api) -> None:
    """By the rules as they are published, with another library for canonical JSON."""
    claim = world.create("claim", world.claim())
    figure = world.create("figure", world.figure(claim))
    world.correct(figure, world.figure(claim, value="101", text="101 people"))
    world.retract(claim)
    world.restore(claim)
    seen = follow(api, WHOLE)
    assert verify(seen.changes) == api.data("/v1/ledger/head")["chain"]
    assert all(one["contents"]["body"] for one in seen.changes)
    assert sum(one["contents"]["note"] is not None for one in seen.changes) == 3
    assert [one["note"]["text"] for one in seen.changes if one["note"]] == [
        one["contents"]["note"]["value"]["text"] for one in seen.changes if one["contents"]["note"]
    ]


def test_a_document_stands_on_the_newest_revision_of_what_is_public(world: World, api: Api) -> None:
    """The same as the record's own answer; older revisions have none, nor has what was retracted."""
    claim, other = world.create("claim", world.claim()), world.create("claim", world.claim())
    world.correct(claim, world.claim(statement="Corrected."))
    world.retract(other)
    documents = {(one["record_id"], one["version"]): one["document"] for one in follow(api, WHOLE).changes}
    assert documents[claim, 1] is None
    assert documents[claim, 2] == api.data(f"/v1/claims/{claim}")
    assert [documents[other, version] for version in (1, 2)] == [None, None]
    assert documents[world.report, 1] == api.data(f"/v1/reports/{world.report}")
    assert sum(one is not None for one in documents.values()) == len({one for one, _ in documents}) - 1


def test_nothing_that_was_not_asked_for_comes_along(world: World, api: Api) -> None:
    """Contents and documents are null unless they are asked for; notes always come."""
    claim = world.create("claim", world.claim())
    world.correct(claim, world.claim(statement="Corrected."))
    for query, contents, documents in (("", 0, 0), ("include=body", 1, 0), ("include=document", 0, 1)):
        last = follow(api, f"/v1/changes?limit=1000&{query}").changes[-1]
        assert [last["contents"] is not None, last["document"] is not None] == [bool(contents), bool(documents)]
        assert last["note"] == {"text": "Corrected.", "lang": "en"}
        assert last["matches"] == {"before": True, "after": True}


@given(limits=st.lists(st.integers(1, 9), min_size=1, max_size=6), query=st.sampled_from(["", "types=actor,place&"]))
@settings(max_examples=20)
def test_pages_of_any_size_give_the_same(seeded_api: Api, limits: list[int], query: str) -> None:
    """However a follower cuts its pages, and changes its mind on the way, it sees each revision once and in order."""
    everything = follow(seeded_api, f"/v1/changes?{query}limit=1000")
    seen: list[int] = []
    after = "0"
    for limit in limits:
        found = page(seeded_api, f"/v1/changes?{query}limit={limit}&after={after}")
        seen += [one["seq"] for one in found["data"]]
        after = found["links"]["next"].rpartition("after=")[2]
    assert seen == everything.seqs[: len(seen)]
    assert [*seen, *follow(seeded_api, f"/v1/changes?{query}limit=1000&after={after}").seqs] == everything.seqs


def test_a_page_looks_at_a_bounded_number_of_revisions(world: World, api: Api) -> None:
    """Where nothing matches the cursor moves over what was skipped, and no request takes long."""
    for _ in range(30):
        world.create("place", world.place())
    first = page(api, "/v1/changes?types=claim&limit=1")
    assert (first["data"], first["meta"]["through"]) == ([], 20)
    assert first["meta"]["complete"] is first["meta"]["verifiable"] is False
    claim = world.create("claim", world.claim())
    seen = follow(api, first["links"]["next"])
    assert [one["record_id"] for one in seen.changes] == [claim]
    assert seen.pages[-1]["meta"]["complete"]


def test_a_follower_goes_on_where_it_stood(world: World, api: Api) -> None:
    """An empty page says where to go on too; what comes later comes there, once."""
    seen = follow(api)
    for _ in range(2):
        again = page(api, seen.next)
        assert (again["data"], again["meta"]["complete"], again["meta"]["verifiable"]) == ([], True, True)
    claim = world.create("claim", world.claim())
    assert [one["record_id"] for one in page(api, seen.next)["data"]] == [claim]


def test_a_plain_number_is_a_place_too(world: World, api: Api) -> None:
    """For whoever begins by hand: nothing is proven by it, and the answer gives a place that proves itself."""
    head = api.data("/v1/ledger/head")
    found = page(api, f"/v1/changes?after={head['seq'] - 2}")
    assert [one["seq"] for one in found["data"]] == [head["seq"] - 1, head["seq"]]
    assert found["links"]["next"].endswith(f"&after={head['ledger']}:{head['seq']}:{head['chain']}") or found["links"][
        "next"
    ].endswith(f"?after={head['ledger']}:{head['seq']}:{head['chain']}")


def test_erased_contents_are_redacted_and_the_chain_stands(world: World, api: Api) -> None:
    """What was erased is nowhere in the feed, its envelope is, and nothing of a redacted record is shown."""
    claim = world.create("claim", world.claim(statement="A secret."))
    created = api.data("/v1/ledger/head")["seq"]
    world.correct(claim, world.claim(statement="No secret."), text="It named somebody.")
    redact(world, claim, [(created, Part.BODY), (created + 1, Part.NOTE)])
    seen = follow(api, WHOLE)
    verify(seen.changes)
    mine = [one for one in seen.changes if one["record_id"] == claim]
    assert [one["operation"] for one in mine] == ["create", "correct", "redact"]
    assert [(one["contents"], one["note"], one["document"]) for one in mine] == [(None, None, None)] * 3
    assert mine[0]["withheld"] == "redacted"
    assert all(one["withheld"] for one in mine)
    assert "secret" not in json.dumps(mine)


def test_an_unchanged_feed_is_not_sent_again(world: World, api: Api) -> None:
    """304 while nothing changed; any revision, and any document that was rendered anew, ends it."""
    path = "/v1/changes?after=3&include=document"
    tag = api.get(path).headers["etag"]
    assert api.get(path, if_none_match=tag).status_code == 304
    world.create("claim", world.claim())
    again = api.get(path, if_none_match=tag)
    assert (again.status_code, again.headers["etag"] == tag) == (200, False)


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("after=x", "after"),
        ("after=", "after"),
        ("after=-1", "after"),
        ("after=1:2", "after"),
        (f"after=a:1:{'0' * 63}", "after"),
        (f"after=a:1:{'G' * 64}", "after"),
        (f"after={'9' * 19}", "after"),
        ("after=%D9%A1", "after"),
        ("limit=0", "limit"),
        ("limit=1001", "limit"),
        ("wait=61", "wait"),
        ("wait=-1", "wait"),
        ("wait=1.5", "wait"),
        ("proof=yes", "proof"),
        ("proof=", "proof"),
        ("include=bodies", "include"),
        ("include=body,body", "include"),
        ("include=", "include"),
        ("types=claims", "types"),
        ("types=", "types"),
        ("crisis=,", "crisis"),
        ("report=clm_2x4y6z8a0b1c2d3e4f5g6h7j8k", "report"),
        ("theme=helth", "theme"),
    ],
)
def test_what_is_wrong_is_refused_and_named(seeded_api: Api, query: str, parameter: str) -> None:
    """Nothing is taken silently: a follower that asks for the wrong thing would miss changes for ever."""
    answer = seeded_api.get(f"/v1/changes?{query}")
    assert (answer.status_code, problem_of(answer)["code"]) == (400, "invalid_parameter")
    assert [one["parameter"] for one in problem_of(answer)["errors"]] == [parameter]


@pytest.mark.parametrize(
    ("query", "meant"),
    [("types=claims", "claim"), ("theme=helth", "health"), ("since=1", "after"), ("cursor=1", "after")],
)
def test_the_right_word_is_named(seeded_api: Api, query: str, meant: str) -> None:
    """A slip costs one look at the answer."""
    assert f"did you mean {meant}?" in problem_of(seeded_api.get(f"/v1/changes?{query}"))["detail"]


def test_all_faults_are_named_at_once(seeded_api: Api) -> None:
    """A caller corrects a request in one go."""
    problem = problem_of(seeded_api.get("/v1/changes?after=x&limit=0&wait=99&types=x&include=x&proof=x"))
    assert {one["parameter"] for one in problem["errors"]} == {"after", "limit", "wait", "types", "include", "proof"}


@pytest.mark.parametrize(
    "query", ["crisis=no-such-crisis", "place=no-such-place", "report=rep_2x4y6z8a0b1c2d3e4f5g6h7j8k"]
)
def test_what_is_not_there_matches_nothing(seeded_api: Api, query: str) -> None:
    """A well-formed id or slug that is unknown, or hidden, is an empty feed whose cursor moves on."""
    assert follow(seeded_api, f"/v1/changes?{query}&limit=1000").changes == []
