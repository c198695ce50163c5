"""The promise: a crisis carries the ids that other systems give it, and counts what is public in it."""

from typing import Any

import pytest

from app.crises.schemas import CrisisView
from app.serving.envelope import RecordAnswer
from tests.support.api import Api
from tests.support.lived import assert_new
from tests.support.refusals import assert_required, assert_strict, pointers
from tests.support.world import World, draft_of

CRISIS: dict[str, Any] = {
    "slug": "a-crisis",
    "name": "A Crisis",
    "lang": "en",
    "type": "complex_emergency",
    "status": "ongoing",
    "dates": {"edtf": "2011~/..", "text": "since about 2011", "basis": "inferred", "reasoning": "Six years of war."},
    "places": [f"plc_{'0' * 26}"],
    "external_ids": [{"scheme": "glide", "value": "CE-2011-000012-SYR"}, {"scheme": "unosat", "value": "CE2013SYR"}],
}


def test_an_anonymous_caller_reads_a_crisis_whole(world: World, api: Api) -> None:
    """Every field of the model; an open end is null, and counts begin at nought."""
    one = world.create("crisis", {**CRISIS, "places": [world.country, world.town]})
    data = api.data("/v1/crises/a-crisis")
    assert set(data) == set(CrisisView.model_fields)
    assert assert_new(data) == {
        "id": one,
        "type": "crisis",
        "slug": "a-crisis",
        "name": "A Crisis",
        "lang": "en",
        "crisis_type": "complex_emergency",
        "crisis_status": "ongoing",
        "dates": {
            "edtf": "2011~/..",
            "earliest": "2011-01-01",
            "latest": None,
            "text": "since about 2011",
            "basis": "inferred",
            "reasoning": "Six years of war.",
        },
        "places": [
            {"id": place, "slug": slug, "name": "A Town", "kind": kind, "p_code": None, "country": "SYR"}
            for place, slug, kind in ((world.country, "aland", "country"), (world.town, "atown", "area"))
        ],
        "external_ids": CRISIS["external_ids"],
        "counts": {"reports": 0, "claims": 0, "figures": 0},
    }
    assert api.data(f"/v1/crises/{one}") == data


def test_it_counts_what_is_public_in_it(world: World, api: Api) -> None:
    """Reports, their claims and the figures in those, up and down with what is retracted and restored."""

    def counts() -> list[int]:
        return list(api.data(f"/v1/crises/{world.crisis}")["counts"].values())

    assert counts() == [1, 0, 0]
    world.create("report", world.report_draft())
    claim = world.create("claim", world.claim())
    world.create_all([("figure", world.figure(claim)), ("figure", world.figure(claim)), ("claim", world.claim())])
    assert counts() == [2, 2, 2]
    world.retract(claim)
    assert counts() == [2, 1, 0]
    world.retract(world.report)
    assert counts() == [1, 0, 0]
    world.restore(world.report)
    assert counts() == [2, 1, 0]
    world.restore(claim)
    assert counts() == [2, 2, 2]


def test_the_crisis_of_the_seed_counts_what_the_lists_hold(seeded_api: Api) -> None:
    """One crisis, its report, and everything in it; exactly the documented fields."""
    answer = seeded_api.get("/v1/crises/syria-civil-war")
    RecordAnswer[CrisisView].model_validate_json(answer.content)
    data = answer.json()["data"]
    lists = [seeded_api.walk(f"/v1/{name}?limit=1000") for name in ("reports", "claims", "figures")]
    assert list(data["counts"].values()) == [len(one) for one in lists]
    assert data["external_ids"] == [{"scheme": "unosat", "value": "CE20130604SYR"}]
    assert [one["id"] for one in seeded_api.walk("/v1/crises")] == [data["id"]]


def test_nothing_but_a_crisis_is_taken() -> None:
    """Every field refuses junk, every object what it does not know."""
    assert_strict("crisis", CRISIS)
    assert_required("crisis", CRISIS, {"slug", "name", "lang", "type", "status", "dates", "places"})


WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("nowhere", {"places": []}, "/places"),
    ("a place twice", {"places": CRISIS["places"] * 2}, ""),
    ("an id twice", {"external_ids": CRISIS["external_ids"] * 2}, ""),
    ("no GLIDE number", {"external_ids": [{"scheme": "glide", "value": "CE20130604SYR"}]}, "/external_ids/0"),
    ("a scheme with a space", {"external_ids": [{"scheme": "relief web", "value": "1"}]}, "/external_ids/0/scheme"),
    ("an unknown type", {"type": "sadness"}, "/type"),
    ("an unknown status", {"status": "over"}, "/status"),
    ("a date without its reasoning", {"dates": {"edtf": "2011", "basis": "inferred"}}, "/dates"),
    ("a day that no calendar has", {"dates": {"edtf": "2015-02-29", "basis": "stated"}}, "/dates/edtf"),
    ("an end before the beginning", {"dates": {"edtf": "2016/2011", "basis": "stated"}}, "/dates/edtf"),
]


@pytest.mark.parametrize(("what", "changes", "pointer"), WRONG, ids=[row[0] for row in WRONG])
def test_a_crisis_that_cannot_be_is_refused(what: str, changes: dict[str, Any], pointer: str) -> None:
    """What calls itself GLIDE looks like GLIDE; lists hold a thing once; dates are days."""
    assert pointers("crisis", {**CRISIS, **changes}) == {pointer}, what


def test_the_same_value_in_two_schemes_is_two_ids() -> None:
    """Only scheme and value together make an id."""
    same = [{"scheme": scheme, "value": "1"} for scheme in ("reliefweb", "unosat")]
    draft_of("crisis", {**CRISIS, "external_ids": same})
