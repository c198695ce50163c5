"""Protection comes before history: what is protected now is told of no time, in no field, by no address."""

from collections.abc import Callable
from typing import Any

import pytest

from app.kit import ids
from app.kit.clock import system_clock
from app.ledger.append import Change, Ledger
from app.ledger.words import Cause, Operation, Part, WriterRole
from app.record.desk import note
from app.store.engine import transact
from tests.history.reading import ledger_of, path_of
from tests.ledger.redacting import redact
from tests.support.api import Api
from tests.support.routes import problem_of
from tests.support.world import World, draft_of

SECRET = "Zoraida Quell"


def protect(world: World, record_id: str, draft: dict[str, Any], text: str = "Withheld to protect somebody.") -> None:
    """Replace what a record says to protect somebody."""
    correction = draft_of(ids.type_of(record_id), draft)
    world.desk.write(
        WriterRole.EDITOR, lambda writing: writing.correct(record_id, correction, Cause.PROTECTION, note(text))
    )


def everything(api: Api, record_id: str) -> list[Any]:
    """Return the answers of a record's history and of every permalink that it could have, whatever they are."""
    path = path_of(record_id)
    paths = [f"{path}/history", f"{path}/history?limit=1", *(f"{path}/revisions/{version}" for version in range(1, 8))]
    return [api.get(one) for one in paths]


def assert_silent(answers: list[Any]) -> None:
    """Check that no answer holds the words, in its body or its headers."""
    for answer in answers:
        assert SECRET not in answer.text
        assert SECRET not in str(answer.headers)


def told(api: Api, record_id: str) -> list[tuple[int, str | None, bool, bool]]:
    """Return (version, withheld, whether it has a note, whether differences) of a history, first revision first."""
    found = api.walk(f"{path_of(record_id)}/history?limit=2")
    return [
        (one["version"], one["withheld"], one["note"] is not None, one["differences"] is not None)
        for one in reversed(found)
    ]


def statuses(api: Api, record_id: str, versions: int) -> list[str]:
    """Return `200`, or the code of the problem, of every permalink of a record."""
    answers = [api.get(f"{path_of(record_id)}/revisions/{version}") for version in range(1, versions + 1)]
    return ["200" if one.status_code == 200 else problem_of(one)["code"] for one in answers]


def test_what_a_protection_replaced_is_withheld_for_ever(world: World, api: Api) -> None:
    """Every revision before it, its notes, and what the protection itself changed; what came after is told."""
    claim = world.create("claim", world.claim(statement=f"{SECRET} spoke."))
    world.correct(claim, world.claim(statement=f"{SECRET} spoke twice."), f"{SECRET} spoke again.")
    protect(world, claim, world.claim(statement="Somebody spoke."))
    world.correct(claim, world.claim(statement="Somebody spoke thrice."))
    assert told(api, claim) == [
        (1, "protected", False, False),
        (2, "protected", False, False),
        (3, None, True, False),
        (4, None, True, True),
    ]
    assert statuses(api, claim, 4) == ["protected", "protected", "200", "200"]
    assert_silent(everything(api, claim))
    world.retract(claim)
    world.restore(claim)
    assert statuses(api, claim, 6) == ["protected", "protected", "200", "200", "200", "200"]
    assert_silent(everything(api, claim))


def test_a_name_that_is_protected_now_stands_in_no_earlier_permalink(world: World, api: Api) -> None:
    """An actor whose name was taken back to protect it is shown as it may be shown, at every time."""
    world.correct(world.speaker, world.person(name=SECRET))
    claim = world.create("claim", world.claim())
    assert SECRET in api.get(f"/v1/claims/{claim}/revisions/1").text
    protect(world, world.speaker, world.person(name="A source"))
    answers = everything(api, claim) + everything(api, world.speaker)
    assert_silent(answers)
    assert answers[0].status_code == answers[2].status_code == 200
    chain = answers[2].json()["data"]["attribution"]["chain"]
    assert chain[0]["actor"]["name"] == "A source"


def test_what_was_retracted_to_protect_somebody_is_gone(world: World, api: Api) -> None:
    """The record and what fell with it answer as they answer themselves, under every address; and come back whole."""
    claim = world.create("claim", world.claim(statement=f"{SECRET} spoke."))
    figure = world.create("figure", world.figure(claim, text=f"100 like {SECRET}"))
    world.correct(claim, world.claim(statement=f"{SECRET} spoke twice."))
    world.retract(claim, Cause.PROTECTION)
    for record_id in (claim, figure):
        answers = everything(api, record_id)
        assert_silent(answers)
        own = problem_of(api.get(path_of(record_id)))
        for answer in answers:
            problem = problem_of(answer)
            assert (problem["code"], problem["retracted"]) == ("retracted", own["retracted"])
    world.restore(claim)
    assert statuses(api, claim, 4) == ["200"] * 4
    assert [withheld for _, withheld, _, _ in told(api, claim)] == [None] * 4


def test_who_is_gone_is_not_told_by_what_named_them(world: World, api: Api) -> None:
    """A claim that was corrected to name nobody does not tell whom it named, once that is somebody to be protected."""
    somebody = world.create("actor", world.person(name=SECRET))
    about = [{"actor": somebody, "label": SECRET, "role": "affected"}]
    claim = world.create("claim", world.claim(about=about))
    world.correct(claim, world.claim(), "It was somebody else.")
    assert SECRET in api.get(f"/v1/claims/{claim}/history").text
    world.retract(somebody, Cause.PROTECTION)
    found = api.get(f"/v1/claims/{claim}/history").json()["data"]
    assert [(one["withheld"], one["differences"]) for one in found] == [(None, None), ("protected", None)]
    assert statuses(api, claim, 2) == ["protected", "200"]
    assert_silent(everything(api, claim) + everything(api, somebody))
    world.restore(somebody)
    assert [withheld for _, withheld, _, _ in told(api, claim)] == [None, None]


def shown_again(world: World, claim: str, version: int) -> None:
    """Append a correction after a redaction, as a protection verb will be able to."""
    body = {**draft_of("claim", world.claim(statement="Nobody spoke.")).model_dump(mode="json")}
    change = Change("claim", claim, version, Operation.CORRECT, body, Cause.PROTECTION)

    def verbs(connection: Any) -> None:
        ledger = Ledger(connection, WriterRole.EDITOR, system_clock)
        ledger.append(change)
        ledger.flush()

    transact(world.desk.engine, verbs)


def test_what_was_erased_is_gone_and_stays_so(world: World, api: Api) -> None:
    """A redacted record is 410 under every address; when it is shown again, what was erased is not."""
    claim = world.create("claim", world.claim(statement=f"{SECRET} spoke."))
    world.correct(claim, world.claim(statement=f"{SECRET} spoke twice."))
    (first, _) = ledger_of(world.desk.engine, claim)
    redact(world, claim, [(first["seq"], Part.BODY)])
    answers = everything(api, claim)
    assert_silent(answers)
    assert {problem_of(answer)["code"] for answer in answers} == {"redacted"}
    shown_again(world, claim, 4)
    assert [(version, withheld, changed) for version, withheld, _, changed in told(api, claim)] == [
        (1, "redacted", False),
        (2, "protected", False),
        (3, None, False),
        (4, None, False),
    ]
    assert statuses(api, claim, 4) == ["redacted", "protected", "redacted", "200"]
    assert_silent(everything(api, claim))


def retracted(world: World, claim: str) -> None:
    """Take a claim back to protect somebody."""
    world.retract(claim, Cause.PROTECTION)


def replaced(world: World, claim: str) -> None:
    """Replace what a claim says to protect somebody."""
    protect(world, claim, world.claim())


@pytest.mark.parametrize("undo", [retracted, replaced])
def test_a_copy_of_what_is_protected_is_not_confirmed(
    world: World, api: Api, undo: Callable[[World, str], None]
) -> None:
    """Whoever asks with the tag of an earlier answer is told to forget it, not that it is still good."""
    claim = world.create("claim", world.claim(statement=f"{SECRET} spoke."))
    tag = api.get(f"/v1/claims/{claim}/revisions/1").headers["etag"]
    listed = api.get(f"/v1/claims/{claim}/history").headers["etag"]
    undo(world, claim)
    for given in (tag, listed, "*"):
        assert api.get(f"/v1/claims/{claim}/revisions/1", if_none_match=given).status_code == 410
    assert api.get(f"/v1/claims/{claim}/history", if_none_match=listed).status_code in (200, 410)
