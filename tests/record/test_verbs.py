"""The verbs promise: one revision each, documents in step, and the parent rule."""

import pytest

from app.kit.errors import NotAllowed, NothingChanged
from tests.support.api import Api
from tests.support.world import World


def test_a_created_claim_is_read_at_once_with_its_whole_chain(world: World, api: Api) -> None:
    """Whoever reads a claim reads its source."""
    claim = world.create("claim", world.claim())
    data = api.data(f"/v1/claims/{claim}")
    assert [hop["role"] for hop in data["attribution"]["chain"]] == ["originator", "publisher", "reporter"]
    assert data["attribution"]["text"] == "A Speaker, in an interview"


def test_a_correction_is_counted_with_its_cause_and_note(world: World, api: Api) -> None:
    """Nothing is silently changed."""
    claim = world.create("claim", world.claim())
    world.correct(claim, world.claim(statement="Something else happened."))
    data = api.data(f"/v1/claims/{claim}")
    assert (data["statement"], data["version"]) == ("Something else happened.", 2)
    assert data["corrections"]["count"] == 1
    assert data["corrections"]["last_cause"] == "our_error"
    assert data["corrections"]["note"] == "Corrected."


def test_a_correction_that_corrects_nothing_is_refused(world: World) -> None:
    """A revision always changes something."""
    claim = world.create("claim", world.claim())
    with pytest.raises(NothingChanged):
        world.correct(claim, world.claim())


def test_a_figure_falls_with_its_report_and_rises_with_it(world: World, api: Api) -> None:
    """Retracting a parent writes one revision for each child, and restoring it another."""
    claim = world.create("claim", world.claim())
    figure = world.create("figure", world.figure(claim))
    world.retract(world.report)
    for path in (f"/v1/reports/{world.report}", f"/v1/claims/{claim}", f"/v1/figures/{figure}"):
        assert api.get(path).status_code == 410
    assert api.walk("/v1/claims") == api.walk("/v1/figures") == api.walk("/v1/reports") == []
    with pytest.raises(NotAllowed):
        world.restore(claim)
    world.restore(world.report)
    assert api.data(f"/v1/figures/{figure}")["version"] == 3
    assert [one["id"] for one in api.data(f"/v1/claims/{claim}")["figures"]] == [figure]
