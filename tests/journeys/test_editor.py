"""An editor's journey, seen by an anonymous reader: corrected, retracted, restored; never silently."""

from email.utils import parsedate_to_datetime
from typing import Any

from app.ledger.words import Cause
from tests.support.api import Api
from tests.support.world import World

OTHERWISE = "Something else happened."


def stood(world: World) -> tuple[str, str]:
    """Record a claim with a figure, and return their ids."""
    claim = world.create("claim", world.claim())
    return claim, world.create("figure", world.figure(claim))


def test_a_correction_is_seen_with_its_cause_and_note(world: World, api: Api) -> None:
    """The reader's copy is out of date at once, in the record, in lists, and in what embeds it."""
    claim, figure = stood(world)
    path, lists = f"/v1/claims/{claim}", f"/v1/reports/{world.report}/claims"
    first, listed = api.get(path), api.get(lists)
    for one in (first, listed):
        assert api.get(str(one.url.path), if_none_match=one.headers["etag"]).status_code == 304
    world.correct(claim, world.claim(statement=OTHERWISE), "The verb was wrong.")
    corrected = api.get(path, if_none_match=first.headers["etag"])
    data = corrected.json()["data"]
    assert (corrected.status_code, data["version"], data["statement"]) == (200, 2, OTHERWISE)
    assert (data["corrections"]["last_cause"], data["corrections"]["note"]) == ("our_error", "The verb was wrong.")
    assert data["recorded_at"] == first.json()["data"]["recorded_at"]
    assert data["changed_at"] == data["corrections"]["last_at"] > data["recorded_at"]
    modified = [parsedate_to_datetime(one.headers["last-modified"]) for one in (first, corrected)]
    assert modified[0] <= modified[1]
    assert api.get(lists, if_none_match=listed.headers["etag"]).json()["data"] == [data]
    of_figure = api.data(f"/v1/figures/{figure}")
    assert (of_figure["claim"]["statement"], of_figure["version"]) == (OTHERWISE, 1)


def test_what_is_retracted_says_when_and_why(world: World, api: Api) -> None:
    """410 for it and for what stood in it, never stored by caches; and no list holds either."""
    claim, figure = stood(world)
    path = f"/v1/claims/{claim}"
    tag, listed = (api.get(one).headers["etag"] for one in (path, "/v1/claims"))
    done = world.retract(claim, Cause.ORIGINATOR_CORRECTION)
    at = done.recorded_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    answer = api.get(path, if_none_match=tag)
    note = "Withdrawn by its publisher."
    assert answer.json()["retracted"] == {"at": at, "cause": "originator_correction", "note": note, "seq": done.seq}
    fallen = api.get(f"/v1/figures/{figure}")
    why: dict[str, Any] = fallen.json()["retracted"]
    assert (why["cause"], why["note"], why["seq"]) == ("parent", None, done.seq + 1)
    for gone in (answer, fallen, api.get(f"{path}/figures")):
        assert gone.status_code == 410
        assert gone.headers["cache-control"] == "no-store"
        assert "etag" not in gone.headers
        assert at[:10] in gone.json()["detail"]
    assert api.walk(f"/v1/reports/{world.report}/claims") == api.walk("/v1/figures") == []
    assert api.get("/v1/claims", if_none_match=listed).json()["data"] == []


def test_what_is_restored_is_back_as_it_was(world: World, api: Api) -> None:
    """With its corrections, with what stood in it, at its old place in lists, and with a validator of its own."""
    claim, figure = stood(world)
    later = world.create("claim", world.claim())
    path = f"/v1/claims/{claim}"
    tags = [api.get(path).headers["etag"]]
    world.correct(claim, world.claim(statement=OTHERWISE))
    tags.append(api.get(path).headers["etag"])
    world.retract(claim)
    world.restore(claim)
    back = api.get(path)
    data = back.json()["data"]
    assert (back.status_code, data["version"], data["statement"]) == (200, 4, OTHERWISE)
    assert data["corrections"]["count"] == 1
    assert [one["id"] for one in data["figures"]] == [figure]
    assert api.data(f"/v1/figures/{figure}")["version"] == 3
    assert len({*tags, back.headers["etag"]}) == 3
    assert api.get(path, if_none_match=back.headers["etag"]).status_code == 304
    assert [one["id"] for one in api.walk("/v1/claims")] == [later, claim]


def test_a_change_elsewhere_changes_no_validator_of_this_record(world: World, api: Api) -> None:
    """A copy stays good while nothing that it shows has changed."""
    claim, other = (world.create("claim", world.claim()) for _ in range(2))
    tag = api.get(f"/v1/claims/{claim}").headers["etag"]
    world.correct(other, world.claim(statement=OTHERWISE))
    world.retract(other)
    assert api.get(f"/v1/claims/{claim}", if_none_match=tag).status_code == 304
    world.create("figure", world.figure(claim))
    assert api.get(f"/v1/claims/{claim}", if_none_match=tag).status_code == 200
