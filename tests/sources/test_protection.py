"""Nobody is endangered by a text: what protects a record lets go of every text that may speak of it, at once."""

from collections.abc import Callable
from typing import Any

import pytest

from app.kit import ids
from app.kit.errors import NotAllowed
from app.ledger.words import Cause, WriterRole
from app.record import queries
from app.record.rebuild import rebuild
from app.record.writing import Writing
from app.sources.attaching import attach, detach
from app.store import erasing
from app.store.engine import snapshot
from app.store.erasing import NotErased
from tests.record.readings import body_of
from tests.sources.remains import remains, unpacked
from tests.support.api import Api
from tests.support.articles import Annotated, Article, annotated, claims_of
from tests.support.world import World, draft_of

Protects = Callable[[Annotated], str]


def retracted(which: Callable[[Annotated], str]) -> Protects:
    def verb(one: Annotated) -> str:
        one.world.retract(which(one), Cause.PROTECTION)
        return which(one)

    return verb


def corrected(record: Callable[[Annotated], str], name: str, value: Any, cause: Cause = Cause.PROTECTION) -> Protects:
    def verb(one: Annotated) -> str:
        record_id, desk = record(one), one.world.desk
        draft = draft_of(ids.type_of(record_id), {**body_of(desk.engine, record_id), name: value})
        desk.write(WriterRole.EDITOR, lambda writing: writing.correct(record_id, draft, cause))
        return record_id

    return verb


def named(one: Annotated, claim: str, role: str) -> str:
    """Return whom a claim names in a role."""
    chain = body_of(one.world.desk.engine, claim)["attribution"]["chain"]
    found: str = next(hop["actor"] for hop in chain if hop["role"] == role)
    return found


TAKEN_BACK: dict[str, Protects] = {
    "a claim": retracted(lambda one: one.claims[0]),
    "a figure": retracted(lambda one: one.figures[1]),
    "the report": retracted(lambda one: one.report),
}
LASTING: dict[str, Protects] = {
    "a claim": corrected(lambda one: one.claims[1], "statement", "Somebody said so."),
    "who is named by its claims": corrected(lambda one: named(one, one.claims[0], "originator"), "name", "A Witness"),
    "the reporter": corrected(lambda one: named(one, one.claims[0], "reporter"), "name", "A Journalist"),
}


def held(world: World) -> list[str]:
    """Return the reports of which a text is held."""
    with snapshot(world.desk.engine) as connection:
        return queries.held_by(connection)


def refused(one: Annotated) -> bool:
    """Whether its text is not taken in, because of whom it may speak."""
    try:
        attach(one.world.desk, one.report, one.article.content)
    except NotAllowed:
        return True
    return False


def beside(world: World) -> Annotated:
    """Return another report with a text that is held, which names nobody whom any other names."""
    mine = {name: getattr(world, name) for name in ("speaker", "reporter", "crisis", "town")}
    world.speaker, world.reporter = (world.create("actor", world.person(name=name)) for name in ("Other", "Another"))
    world.crisis, world.town = world.create("crisis", world.crisis_draft()), world.create("place", world.place())
    other = annotated(world, Article(9, 1))
    vars(world).update(mine)
    other.attach()
    return other


def test_what_is_taken_back_for_protection_takes_the_text_along(one: Annotated, api: Api) -> None:
    """In the same write: no quote, no byte, no way to attach it; restored it may be attached again."""
    unpacked(one.world)
    for what, verb in TAKEN_BACK.items():
        one.attach()
        protected = verb(one)
        assert (held(one.world), remains(one.world)) == ([], {}), what
        for path in ("/v1/claims", "/v1/figures", "/v1/reports"):
            assert '"exact"' not in api.get(path).text
            assert '"held":true' not in api.get(path).text
        assert refused(one)
        one.world.restore(protected)
        assert held(one.world) == []
        assert '"exact"' not in api.get("/v1/claims").text
    assert not refused(one)
    assert rebuild(one.world.desk, keep=False) == 0


def test_a_correction_for_protection_keeps_the_text_out(world: World, api: Api) -> None:
    """Of whom the text speaks is not said by the record any more, and nothing makes the text harmless again.

    The texts of other reports, which speak of nobody who was protected, stay.
    """
    unpacked(world)
    other = beside(world)
    for what, verb in LASTING.items():
        one = beside(world)
        assert held(world) == sorted((one.report, other.report))
        protected = verb(one)
        assert held(world) == [other.report], what
        assert '"exact"' in api.get(f"/v1/claims/{other.claims[0]}").text
        assert '"exact"' not in api.get(f"/v1/reports/{one.report}/claims").text
        assert refused(one)
        if protected.startswith("clm_"):
            world.retract(protected)
            world.restore(protected)
        assert refused(one)
    detach(world.desk, other.report)
    assert remains(world) == {}


def test_other_causes_leave_the_text(one: Annotated) -> None:
    """An ordinary correction or retraction of anything that it speaks of."""
    one.attach()
    corrected(lambda one: one.world.speaker, "name", "A Speaker, Again", Cause.OUR_ERROR)(one)
    corrected(lambda one: one.claims[0], "statement", "Something else.", Cause.OUR_ERROR)(one)
    one.world.retract(one.claims[1])
    one.world.retract(one.report)
    assert held(one.world) == [one.report]


def test_who_was_named_once_is_still_named_by_the_text(one: Annotated) -> None:
    """A correction takes somebody out of a claim, not out of the text: protecting them lets go of it all the same."""
    world = one.world
    named = world.create("actor", world.person(name="Once Named"))
    draft = claims_of(world, one.article, one.report)[0]
    about = [{"actor": named, "label": "they", "role": "affected"}]
    world.correct(one.claims[0], {**draft, "about": about})
    world.correct(one.claims[0], draft)
    one.attach()
    corrected(lambda _: named, "name", "Somebody")(one)
    assert held(world) == []
    assert refused(one)


def test_naming_somebody_who_is_protected_lets_go_of_the_text(one: Annotated) -> None:
    """A text is held that nobody had read so closely; a new claim, or a correction, says of whom it speaks."""
    world = one.world
    named = world.create("actor", world.person(name="Protected Before"))
    corrected(lambda _: named, "name", "Somebody")(one)
    unpacked(world)
    one.attach()
    world.create("claim", world.claim())
    assert held(world) == [one.report]
    about = [{"actor": named, "label": "they", "role": "affected"}]
    world.create("claim", world.claim(report=one.report, about=about, appearances=claims_of(
        world, one.article, one.report)[0]["appearances"]))  # fmt: skip
    assert (held(world), remains(world)) == ([], {})


def test_protection_and_a_new_claim_in_one_write(one: Annotated) -> None:
    """In whatever order one transaction does it, no text is left that may speak of who was protected."""
    world = one.world
    named = world.create("actor", world.person(name="Protected Now"))
    draft = draft_of("actor", world.person(name="Somebody"))
    claim = draft_of("claim", {**claims_of(world, one.article, one.report)[0],
                               "about": [{"actor": named, "label": "they", "role": "affected"}]})  # fmt: skip

    def verbs(writing: Writing) -> None:
        writing.correct(named, draft, Cause.PROTECTION)
        writing.create("claim", "clm_" + "0" * 25 + "1", claim)

    one.attach()
    world.desk.write(WriterRole.EDITOR, verbs)
    assert held(world) == []


def test_protection_holds_though_its_bytes_could_not_be_erased(
    one: Annotated, api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever keeps the database busy does not keep a protection waiting: it is said that bytes are left, no more."""
    one.attach()
    monkeypatch.setattr(erasing, "PATIENCE", 0.2)
    with snapshot(one.world.desk.engine) as reading:
        reading.exec_driver_sql("SELECT count(*) FROM revision").scalar_one()
        with pytest.raises(NotErased):
            one.world.retract(one.claims[0], Cause.PROTECTION)
    assert held(one.world) == []
    assert api.get(f"/v1/claims/{one.claims[0]}").status_code == 410
    assert '"exact"' not in api.get("/v1/claims").text
