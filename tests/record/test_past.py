"""The past promises: the facts as they were recorded then, minus what is protected now, and nothing by any detour."""

from typing import Any

import pytest
from sqlalchemy import text

from app.kit.clock import instant_text, system_clock
from app.ledger.words import Cause, WriterRole
from app.record import documents
from app.record.desk import Desk, note
from app.record.rebuild import rebuild
from app.store.engine import snapshot
from tests.support.api import Api
from tests.support.routes import problem_of
from tests.support.world import World, draft_of

SECRET = "What endangers somebody."


def states(world: World, since: int = 1) -> list[str]:
    """Return the name of every state from a revision on."""
    with snapshot(world.desk.engine) as connection:
        query = text("SELECT seq FROM ledger_write WHERE seq >= :since ORDER BY seq")
        return [f"seq:{seq}" for seq in connection.execute(query, {"since": since}).scalars()]


def head(world: World) -> int:
    """Return the newest revision."""
    return int(states(world)[-1].removeprefix("seq:"))


def protect(world: World, noun: str, record_id: str, value: dict[str, Any]) -> None:
    """Correct a record to protect somebody."""
    draft = draft_of(noun, value)
    world.desk.write(
        WriterRole.EDITOR, lambda writing: writing.correct(record_id, draft, Cause.PROTECTION, note("Said less."))
    )


def count(api: Api, where: str) -> int:
    """Return how many records a list has."""
    found: int = api.get(f"{where}&count=exact").json()["meta"]["count"]
    return found


def test_an_anonymous_caller_reads_every_state(world: World, api: Api) -> None:
    """Not there yet, as first told, as corrected, retracted then, and told again although it is retracted now."""
    before = head(world)
    claim = world.create("claim", world.claim(statement="First."))
    created = head(world)
    world.correct(claim, world.claim(statement="Second."))
    world.retract(claim)
    world.restore(claim)
    world.retract(claim)
    path = f"/v1/claims/{claim}?as_of=seq:"
    assert api.get(f"{path}{before}").status_code == 404
    for seq, said in ((created, "First."), (created + 1, "Second."), (created + 3, "Second.")):
        answer = api.get(f"{path}{seq}").json()
        assert answer["data"]["statement"] == said
        assert answer["meta"]["as_of"]["seq"] == seq
        assert answer["meta"]["retracted"] == api.get(f"/v1/claims/{claim}").json()["retracted"]
    assert api.get(f"{path}{created + 2}").json()["retracted"]["seq"] == created + 2
    assert api.get(f"/v1/reports/{world.report}/claims?as_of=seq:{created}").json()["data"][0]["statement"] == "First."
    assert api.get(f"/v1/claims/{claim}/figures?as_of=seq:{before}").status_code == 404
    assert api.get(f"/v1/claims/{claim}/figures?as_of=seq:{created + 2}").status_code == 410
    assert api.get(f"/v1/claims/{claim}/figures?as_of=seq:{created + 3}").status_code == 200


def test_what_was_replaced_for_protection_was_never_said(world: World, api: Api) -> None:
    """Not in the record, in no list by its old facts, in no count, and not in what embeds it."""
    quarter = world.create("place", world.place())
    told = world.claim(statement=SECRET, themes=["education"], places=[quarter], kind="warning")
    claim = world.create("claim", told)
    created = head(world)
    figure = world.create("figure", world.figure(claim))
    protect(world, "claim", claim, world.claim(statement="Less."))
    for state in states(world, created):
        at = f"as_of={state}"
        answers = [api.get(f"/v1/{one}?{at}") for one in (f"claims/{claim}", "claims", "figures", "reports")]
        answers.append(api.get(f"/v1/compare?report={world.report}&{at}"))
        assert SECRET not in "".join(one.text for one in answers)
        assert count(api, f"/v1/claims?{at}&kind=factual_report&theme=health&place={world.town}") == 1
        for old in ("theme=education", f"place={quarter}", "kind=warning"):
            assert (count(api, f"/v1/claims?{at}&{old}"), count(api, f"/v1/figures?{at}&{old}&id={figure}")) == (0, 0)


def test_a_place_that_was_moved_for_protection_was_never_elsewhere(world: World, api: Api) -> None:
    """What happened there is not found where it was said to lie."""
    one, other = (world.create("place", world.place(name=name)) for name in ("One", "Other"))
    camp = world.place(name="A Camp", parent=one)
    place = world.create("place", camp)
    world.create("claim", world.claim(places=[place]))
    created = head(world)
    protect(world, "place", place, {**camp, "parent": other})
    for state in states(world, created):
        found = [
            count(api, f"/v1/{noun}?as_of={state}&place={up}") for noun in ("claims", "places") for up in (one, other)
        ]
        assert found == [0, 1, 1, 2]


def test_a_report_that_was_moved_for_protection_never_counted_elsewhere(world: World, api: Api) -> None:
    """Its claims go with it, in the counts of both crises, from when they were recorded."""
    told = world.report_draft()
    report = world.create("report", told)
    world.create("claim", world.claim(report=report))
    created, other = head(world), world.create("crisis", world.crisis_draft())
    protect(world, "report", report, {**told, "crisis": other})
    for state in states(world, created + 1):
        counts = [api.data(f"/v1/crises/{one}?as_of={state}")["counts"] for one in (world.crisis, other)]
        assert [(one["reports"], one["claims"]) for one in counts] == [(1, 0), (1, 1)]
        assert count(api, f"/v1/claims?as_of={state}&crisis={world.crisis}") == 0


def test_who_is_gone_has_left_no_trace(world: World, api: Api) -> None:
    """Records, what stood in them, and what others were found and counted by; all of it comes back with them."""
    speaker = world.create("actor", world.person(name=SECRET))
    said = world.attribution([world.originator(actor=speaker)])
    claim = world.create("claim", world.claim(statement=SECRET, attribution=said))
    other = world.create("claim", world.claim())
    figures = [
        world.create("figure", world.figure(one, text=SECRET, measure="people_injured")) for one in (claim, other)
    ]
    created = head(world)
    questions = [
        *("/v1/claims?measure=people_injured&as_of={}", "/v1/claims?has_figures=true&as_of={}"),
        *(f"/v1/actors/{speaker}?as_of={{}}", "/v1/actors?role=originator&as_of={}", f"/v1/claims/{claim}?as_of={{}}"),
        *(f"/v1/reports/{world.report}?as_of={{}}", "/v1/figures?as_of={}", f"/v1/claims?voice={speaker}&as_of={{}}"),
        *(f"/v1/compare?report={world.report}&as_of={{}}", f"/v1/crises/{world.crisis}?as_of={{}}"),
    ]
    before = [api.get(one.format(f"seq:{created}")).json().get("data") for one in questions]
    world.retract(claim, Cause.PROTECTION)
    world.retract(figures[1], Cause.PROTECTION)
    world.retract(speaker, Cause.PROTECTION)
    for state in states(world, created):
        assert SECRET not in "".join(api.get(one.format(state)).text for one in questions)
        gone = [
            f"claims/{claim}",
            f"claims/{claim}/figures",
            f"actors/{speaker}",
            *(f"figures/{one}" for one in figures),
        ]
        assert {api.get(f"/v1/{one}?as_of={state}").status_code for one in gone} == {410}
        assert [count(api, one.format(state)) for one in questions[:2]] == [0, 0]
        assert api.data(f"/v1/reports/{world.report}?as_of={state}")["counts"] == {"claims": 1, "figures": 0}
        assert count(api, f"/v1/actors?role=originator&id={speaker}&as_of={state}") == 0
        assert count(api, f"/v1/claims?actor={speaker}&as_of={state}") == 0
    for one in (speaker, claim, figures[1]):
        world.restore(one)
    assert [api.get(one.format(f"seq:{created}")).json().get("data") for one in questions] == before


def test_what_waited_to_be_rendered_is_told_of_every_state(
    world: World, api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A place moves, and moves again, and so on, before anybody has rendered what lies in it."""
    ups = [world.create("place", world.place()) for _ in range(4)]
    camp = world.place(parent=ups[0])
    place = world.create("place", camp)
    claims = [world.create("claim", world.claim(places=[place])) for _ in range(3)]
    settle = Desk.settle
    monkeypatch.setattr(documents, "FEW", 0)
    monkeypatch.setattr(Desk, "settle", lambda _desk: 0)
    moved = [head(world)]
    for up in ups[1:]:
        world.correct(place, {**camp, "parent": up})
        moved.append(head(world))
        if up == ups[2]:
            world.correct(claims[0], world.claim(places=[place], themes=["education"]))
            world.retract(claims[1])
    settle(world.desk)
    for state, expected in zip(moved, ([3, 0, 0, 0], [0, 3, 0, 0], [0, 0, 3, 0], [0, 0, 0, 2]), strict=True):
        assert [count(api, f"/v1/claims?place={up}&as_of=seq:{state}") for up in ups] == expected
    with snapshot(world.desk.engine) as connection:
        query = text("SELECT before, after FROM revision_reach WHERE seq = :seq")
        row = connection.execute(query, {"seq": moved[2] + 1}).one()
    assert all(ups[2] in reach and ups[1] not in reach for reach in row)
    assert rebuild(world.desk, keep=False) == 0


WRONG = [
    "",
    "2026-11-20",
    "seq:",
    "seq:-1",
    "seq:1.5",
    "seq: 1",
    "SEQ:1",
    "214",
    "now",
    "2026-11-20T08:00",
    "seq:9" * 9,
]
FUTURE = ["seq:100000000", "2999-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z"]


@pytest.mark.parametrize("asked", [*WRONG, *FUTURE])
def test_any_other_time_is_refused(world: World, api: Api, asked: str) -> None:
    """A day would be ambiguous, and the future is not recorded; on records, lists and comparisons alike."""
    here = [f"reports/{world.report}?", "claims?", f"compare?report={world.report}&", f"reports/{world.report}/claims?"]
    for one in here:
        problem = problem_of(api.get(f"/v1/{one}as_of={asked}"))
        assert (problem["status"], problem["errors"][0]["parameter"]) == (400, "as_of"), (one, asked)


def test_search_and_facets_say_that_they_do_not_travel(world: World, api: Api) -> None:
    """Rather than answer of now what was asked of then."""
    for one in ("claims?q=word&", "claims?facets=theme&", "search?q=word&", "compare/claims?theme=health&"):
        problem = problem_of(api.get(f"/v1/{one}as_of=seq:3"))
        assert (problem["status"], problem["errors"][0]["parameter"]) == (400, "as_of")


def test_a_cursor_goes_on_in_its_own_time_alone(world: World, api: Api) -> None:
    """A cursor of now is none of then, nor that of one time of another."""
    for _ in range(3):
        world.create("claim", world.claim())
    now = instant_text(system_clock())
    times = ["", f"&as_of=seq:{head(world)}", f"&as_of=seq:{head(world) - 1}", f"&as_of={now}"]
    cursors = [api.get(f"/v1/claims?limit=1{one}").json()["links"]["next"].rpartition("cursor=")[2] for one in times]
    for time in times:
        for mine, cursor in zip(times, cursors, strict=True):
            answer = api.get(f"/v1/claims?limit=1{time}&cursor={cursor}")
            assert answer.status_code == (200 if mine == time else 400), (mine, time)
