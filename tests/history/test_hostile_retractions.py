"""Protection comes before history also for what is out of sight already: it is read there, so it can be protected."""

import pytest

from app.kit.errors import NotAllowed
from app.ledger.words import Cause, WriterRole
from app.record.desk import note
from tests.record.readings import check_documents
from tests.support.api import Api
from tests.support.world import World

SECRET = "Zoraida Quell"


def readings(api: Api, *record_ids: str) -> str:
    """Return all that anybody can read of records by any route of history, time, change or file."""
    seq = api.data("/v1/ledger/head")["seq"]
    paths = ["/v1/changes?limit=1000&include=body,document"]
    for one in record_ids:
        plural = {"clm": "claims", "fig": "figures", "act": "actors"}[one[:3]]
        paths += [f"/v1/{plural}/{one}{rest}" for rest in ("", "/history", "/revisions/1", "/revisions/2")]
        paths += [f"/v1/exports/{plural}.ndjson?include=tombstones"]
        for at in range(seq - 6, seq + 1):
            paths += [f"/v1/{plural}/{one}?as_of=seq:{at}", f"/v1/{plural}?as_of=seq:{at}&count=exact"]
    return "".join(api.get(path).text for path in paths)


def test_what_was_retracted_for_another_reason_can_be_protected(world: World, api: Api) -> None:
    """An error was found first, and then that it endangers somebody: from then on nothing of it can be read."""
    claim = world.create("claim", world.claim(statement=f"{SECRET} spoke."))
    figure = world.create("figure", world.figure(claim, text=f"100 like {SECRET}"))
    world.desk.write(
        WriterRole.EDITOR, lambda writing: writing.retract(claim, Cause.OUR_ERROR, note(f"It was {SECRET}."))
    )
    assert SECRET in readings(api, claim, figure)
    world.retract(claim, Cause.PROTECTION)
    assert SECRET not in readings(api, claim, figure)
    assert api.get(f"/v1/figures/{figure}/history").status_code == 410
    with pytest.raises(NotAllowed):
        world.retract(claim, Cause.PROTECTION)
    with pytest.raises(NotAllowed):
        world.retract(claim, Cause.OUR_ERROR)
    check_documents(world.desk)
    world.restore(claim)
    assert api.get(f"/v1/figures/{figure}").status_code == 200
    check_documents(world.desk)


def test_what_fell_with_its_report_can_be_protected_by_itself(world: World, api: Api) -> None:
    """It stays away when the report comes back, with all that stands in it."""
    claim = world.create("claim", world.claim(statement=f"{SECRET} spoke."))
    figure = world.create("figure", world.figure(claim, text=f"100 like {SECRET}"))
    world.retract(world.report, Cause.OUR_ERROR)
    world.retract(claim, Cause.PROTECTION)
    assert SECRET not in readings(api, claim, figure)
    world.restore(world.report)
    assert SECRET not in readings(api, claim, figure)
    assert {api.get(f"/v1/{one}").status_code for one in (f"claims/{claim}", f"figures/{figure}")} == {410}
    check_documents(world.desk)


def test_the_note_of_an_earlier_retraction_goes_too(world: World, api: Api) -> None:
    """Why a claim had been retracted is not told once its report is gone to protect somebody."""
    claim = world.create("claim", world.claim())
    why = note(f"{SECRET} did not say so.")
    world.desk.write(WriterRole.EDITOR, lambda writing: writing.retract(claim, Cause.PUBLISHER_CORRECTION, why))
    assert SECRET in readings(api, claim)
    world.retract(world.report, Cause.PROTECTION)
    assert SECRET not in readings(api, claim)
    world.restore(world.report)
    assert SECRET in readings(api, claim)
