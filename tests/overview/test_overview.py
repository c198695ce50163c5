"""The overview promises: one request paints a landing page, and every part is what its own list says."""

import json

import pytest

from tests.compare.speaking import compared, says, voice
from tests.support.api import Api
from tests.support.chains import carriers, faults
from tests.support.routes import problem_of
from tests.support.world import World

SEED = "/v1/crises/syria-civil-war/overview"
PARTS = ["crisis", "key_figures", "timeline", "voices", "voices_approximate", "reports", "corrections"]


def test_the_anonymous_caller_paints_a_landing_page_with_one_request(seeded_api: Api) -> None:
    """The crisis, rival figures by voice, what happened last, who is heard, the reports, and what was corrected."""
    answer = seeded_api.get(SEED)
    assert answer.status_code == 200
    data = answer.json()["data"]
    assert list(data) == PARTS
    assert data["crisis"] == seeded_api.data("/v1/crises/syria-civil-war")
    assert data["key_figures"][0]["measure"]["code"] == "people_besieged"
    assert data["key_figures"][0]["voices"] == 2
    assert len(data["timeline"]) == 20
    assert data["reports"] == seeded_api.data("/v1/reports?crisis=syria-civil-war&sort=-published&limit=5")
    assert data["corrections"] == []
    assert faults(data) == []


def test_every_part_is_what_its_own_list_says(seeded_api: Api) -> None:
    """Whoever follows a part to its list finds the same, in the same order."""
    data = seeded_api.data(SEED)
    comparisons = compared(seeded_api, "crisis=syria-civil-war&figures=1")
    assert data["key_figures"] == comparisons[:12] != []
    claims = seeded_api.data("/v1/claims?crisis=syria-civil-war&sort=-event&limit=20")
    assert data["timeline"] == [one for one in claims if one["event"]] != []
    facets = seeded_api.get("/v1/claims?crisis=syria-civil-war&facets=voice&limit=1").json()["meta"]["facets"]
    assert (data["voices"], data["voices_approximate"]) == (facets["voice"]["values"], facets["voice"]["approximate"])


def test_it_is_found_by_id_and_by_slug_under_one_address(seeded_api: Api) -> None:
    """`links.self` is the same for both, and answers the same bytes."""
    crisis = seeded_api.data("/v1/crises/syria-civil-war")["id"]
    by_slug, by_id = seeded_api.get(SEED), seeded_api.get(f"/v1/crises/{crisis}/overview")
    assert by_slug.content == by_id.content
    links = by_slug.json()["links"]
    assert links == {"self": f"/v1/crises/{crisis}/overview", "next": None}
    assert by_slug.headers["link"] == f'<{links["self"]}>; rel="self"'
    assert seeded_api.get(links["self"]).content == by_slug.content


@pytest.mark.parametrize("given", ["syria-civil-wars", "crs_0000000000000000000000000a", "aleppo-2016-12"])
def test_a_crisis_that_is_not_there_is_a_404(seeded_api: Api, given: str) -> None:
    """As the crisis itself is."""
    assert problem_of(seeded_api.get(f"/v1/crises/{given}/overview"))["code"] == "not_found"


def test_a_retracted_crisis_has_no_overview(world: World, api: Api) -> None:
    """410, with when and why, also for whoever has it from before."""
    crisis = world.create("crisis", world.crisis_draft())
    path = f"/v1/crises/{crisis}/overview"
    before = api.get(path)
    assert before.status_code == 200
    world.retract(crisis)
    for tag in (before.headers["etag"], "*"):
        problem = problem_of(api.get(path, if_none_match=tag))
        assert (problem["status"], problem["retracted"]["cause"]) == (410, "publisher_correction")


def test_a_crisis_without_anything_is_an_empty_page(world: World, api: Api) -> None:
    """Every part is there, and empty; nothing of another crisis comes in."""
    says(world, voice(world, "Alpha"), 100)
    crisis = world.create("crisis", world.crisis_draft(name="A Quiet Crisis"))
    data = api.data(f"/v1/crises/{crisis}/overview")
    assert data["crisis"]["name"] == "A Quiet Crisis"
    assert [data[part] for part in PARTS[1:]] == [[], [], [], False, [], []]


def test_the_last_corrections_come_first_whatever_was_corrected(world: World, api: Api) -> None:
    """Claims, figures and reports of this crisis, at most ten, by when they were corrected; none that was withdrawn."""
    claims = [world.create("claim", world.claim(statement=f"Statement {number}.")) for number in range(11)]
    figure = world.create("figure", world.figure(claims[0]))
    order = [*claims[1:], figure, world.report, claims[0]]
    for record in order[:10]:
        world.correct(record, world.claim(statement="Corrected."))
    world.correct(figure, world.figure(claims[0], value="90", reported="90", text="90 people"))
    slug = api.data(f"/v1/reports/{world.report}")["slug"]
    world.correct(world.report, world.report_draft(slug=slug, title="A Corrected Report"))
    world.correct(claims[0], world.claim(statement="Corrected too."))
    shown = api.data(f"/v1/crises/{world.crisis}/overview")["corrections"]
    assert [one["id"] for one in shown] == order[::-1][:10]
    instants = [one["corrections"]["last_at"] for one in shown]
    assert instants == sorted(instants, reverse=True)
    world.retract(figure)
    shown = api.data(f"/v1/crises/{world.crisis}/overview")["corrections"]
    assert [one["id"] for one in shown] == [one for one in order[::-1] if one != figure][:10]


def test_a_withdrawn_claim_is_in_no_part_and_no_old_copy(world: World, api: Api) -> None:
    """Its figure, its event and its voice leave together; a 304 never keeps them."""
    kept, gone = voice(world, "Alpha"), voice(world, "Beta")
    says(world, kept, 100)
    figure = says(world, gone, 120)
    claim = api.data(f"/v1/figures/{figure}")["claim"]["id"]
    path = f"/v1/crises/{world.crisis}/overview"
    before = api.get(path)
    assert before.json()["data"]["key_figures"][0]["voices"] == 2
    assert {one["value"] for one in before.json()["data"]["voices"]} == {kept, gone}
    assert all(one in before.text for one in (figure, claim))
    world.retract(claim)
    after = api.get(path, if_none_match=before.headers["etag"])
    assert after.status_code == 200
    assert not any(one in after.text for one in (figure, claim, gone))
    assert {one["value"]: one["count"] for one in after.json()["data"]["voices"]} == {kept: 1}


def test_only_events_make_a_timeline_latest_first(world: World, api: Api) -> None:
    """A claim without a date of its event is no event; one stands where it may have begun, so without that nowhere."""
    made = {}
    for edtf in ("2016-12-12", "2016-11", "../2016-12-31", "2016-12-13?", "2017~"):
        event = {"edtf": edtf, "basis": "stated"}
        if "?" in edtf:
            event |= {"basis": "inferred", "reasoning": "The article is of the 14th.", "text": "Tuesday"}
        made[edtf] = world.create("claim", world.claim(event=event))
    world.create("claim", world.claim(event=None))
    shown = [one["id"] for one in api.data(f"/v1/crises/{world.crisis}/overview")["timeline"]]
    assert shown == [made[edtf] for edtf in ("2017~", "2016-12-13?", "2016-12-12", "2016-11")]


def test_every_claim_and_figure_of_the_page_has_its_source(seeded_api: Api) -> None:
    """A landing page is where sources get lost; here there are many claims and figures, and all have theirs."""
    data = json.loads(seeded_api.get(SEED).content)["data"]
    found = list(carriers(data))
    assert len(found) > 30
    assert faults(data) == []
