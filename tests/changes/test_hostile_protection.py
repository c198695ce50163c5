"""The feed promises whoever is protected: no filter, no earlier revision and no note tells a follower of them."""

from typing import Any

import pytest

from app.kit import ids
from app.ledger.words import Cause, WriterRole
from app.record.desk import note
from tests.changes.following import Change, follow
from tests.support.api import Api
from tests.support.world import World, draft_of

SECRET = "Zoraida Quell"
EVERYTHING = "/v1/changes?limit=1000&include=body,document"


def protect(world: World, record_id: str, draft: dict[str, Any]) -> None:
    """Replace what a record says to protect somebody."""
    correction = draft_of(ids.type_of(record_id), draft)
    world.desk.write(
        WriterRole.EDITOR, lambda writing: writing.correct(record_id, correction, Cause.PROTECTION, note("Withheld."))
    )


def of(api: Api, record_id: str, query: str) -> list[Change]:
    """Return what a follower with these filters is told of one record."""
    path = f"/v1/changes?limit=1000&{query}"
    return [one for one in follow(api, path).changes if one["record_id"] == record_id]


def test_the_anonymous_follower_is_not_told_whom_earlier_revisions_named(world: World, api: Api) -> None:
    """A claim was corrected to name nobody; once that is somebody to be protected, nothing tells whom it named."""
    somebody = world.create("actor", world.person(name=SECRET))
    about = [{"actor": somebody, "label": SECRET, "role": "affected"}]
    claim = world.create("claim", world.claim(about=about, themes=["education"]))
    world.correct(claim, world.claim(themes=["education"]), "It was somebody else.")
    assert SECRET in api.get(EVERYTHING).text
    world.retract(somebody, Cause.PROTECTION)
    told = {"": ["protected", None], "&types=claim": ["protected", None], "&theme=education&proof=full": [None]}
    for query, withheld in told.items():
        answer = api.get(EVERYTHING + query)
        assert SECRET not in answer.text
        mine = [one for one in answer.json()["data"] if one["record_id"] == claim and not one["bare"]]
        assert [one["withheld"] for one in mine] == withheld
        assert (mine[-1]["matches"]["before"] is None) is ("theme" in query)
    world.restore(somebody)
    assert [one["withheld"] for one in of(api, claim, "include=body")] == [None, None]


def test_no_filter_tells_by_what_stands_in_it_what_a_record_said(world: World, api: Api) -> None:
    """A claim whose theme was taken back is not found by it, and neither are the figures that stand in it."""
    claim = world.create("claim", world.claim(themes=["health"]))
    figure = world.create("figure", world.figure(claim))
    assert of(api, figure, "theme=health")
    protect(world, claim, world.claim(themes=["education"]))
    never = of(api, figure, "theme=food_and_nutrition")
    assert of(api, figure, "theme=health") == never == []
    assert len(of(api, figure, "theme=education")) == 1


def test_no_filter_tells_by_its_claims_to_what_a_report_belonged(world: World, api: Api) -> None:
    """A report whose crisis was taken back is not found by it, and neither is what stands in it."""
    other = world.create("crisis", world.crisis_draft())
    draft = world.report_draft()
    report = world.create("report", draft)
    claim = world.create("claim", world.claim(report=report))
    figure = world.create("figure", world.figure(claim))
    assert of(api, claim, f"crisis={world.crisis}")
    protect(world, report, {**draft, "crisis": other})
    for one in (claim, figure):
        assert of(api, one, f"crisis={world.crisis}") == []
        assert len(of(api, one, f"crisis={other}")) == 1


def test_no_filter_tells_by_its_claims_where_a_place_lay(world: World, api: Api) -> None:
    """A place whose area was taken back is not found by it, and neither is what is said of the place."""
    area, other = world.create("place", world.place()), world.create("place", world.place())
    draft = world.place(parent=area)
    shelter = world.create("place", draft)
    claim = world.create("claim", world.claim(places=[shelter]))
    assert of(api, claim, f"place={area}")
    protect(world, shelter, {**draft, "parent": other})
    assert of(api, claim, f"place={area}") == []
    assert len(of(api, claim, f"place={other}")) == 1


@pytest.mark.parametrize("first", [Cause.OUR_ERROR, Cause.PUBLISHER_CORRECTION])
def test_what_was_retracted_before_goes_with_what_it_stands_in(world: World, api: Api, first: Cause) -> None:
    """A claim of a report that is gone to protect somebody is gone with it, why ever it had been retracted."""
    claim = world.create("claim", world.claim(statement=f"{SECRET} spoke."))
    figure = world.create("figure", world.figure(claim, text=f"100 like {SECRET}"))
    world.retract(claim, first)
    assert SECRET in api.get(EVERYTHING).text
    world.retract(world.report, Cause.PROTECTION)
    seq = api.get("/v1/ledger/head").json()["data"]["seq"]
    for one, plural in ((claim, "claims"), (figure, "figures")):
        assert api.get(f"/v1/{plural}/{one}/history").status_code == 410
        assert SECRET not in "".join(api.get(f"/v1/{plural}?as_of=seq:{at}").text for at in range(1, seq + 1))
        assert {api.get(f"/v1/{plural}/{one}?as_of=seq:{at}").status_code for at in range(1, seq + 1)} == {404, 410}
        tombstones = api.get(f"/v1/exports/{plural}.ndjson?include=tombstones").text
        assert f'"id":"{one}","status":"gone"' in tombstones
    assert SECRET not in api.get(EVERYTHING).text
    assert {one["withheld"] for one in of(api, claim, "include=body")} == {"protected"}
    world.restore(world.report)
    assert SECRET in api.get(EVERYTHING).text
