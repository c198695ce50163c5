"""The promise: a claim's draft says only what a claim can say, and every fault points to its place."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.claims.attribution import positions
from app.kit.errors import InvalidInput, UnknownReference
from tests.support.refusals import assert_required, assert_strict, faults, pointers, put
from tests.support.world import World, appearance, draft_of, segment

ID = "0" * 26
DATE = {"edtf": "2016-12-12", "text": "Monday", "basis": "completed", "reasoning": "The year is 2016."}
MENTION = {"actor": f"act_{ID}", "label": "A House"}
CARRIER = {"role": "publisher", "actor": f"act_{ID}", "label": "A Paper", "medium": "news_report"}
HOP = {
    "position": 1,
    "role": "originator",
    "actor": f"act_{ID}",
    "label": "A Speaker",
    "short_label": "Speaker",
    "known": True,
    "source_ref": "s1",
    "capacity": "doctor",
    "affiliation": MENTION,
    "on_behalf_of": MENTION,
    "verb": "told",
    "medium": "interview",
    "addressee": MENTION,
    "cue": appearance(locator="text"),
}
CLAIM: dict[str, Any] = {
    "report": f"rep_{ID}",
    "kind": "factual_report",
    "statement": "Something happened.",
    "lang": "en",
    "hedge": {"type": "worry"},
    "event": DATE,
    "themes": ["health"],
    "places": [f"plc_{ID}"],
    "about": [{"actor": f"act_{ID}", "label": "people", "role": "affected"}],
    "attribution": {
        "form": "direct_quote",
        "identification": "named",
        "said_on": DATE,
        "said_in": f"plc_{ID}",
        "chain": [HOP, CARRIER],
    },
    "appearances": [appearance(locator="text")],
    "gradings": [
        {
            "source_reliability": "B",
            "information_credibility": "2",
            "graded_by": "editor",
            "graded_at": "2026-11-22T08:00:00.000000Z",
        }
    ],
    "sensitivity": "low",
}


def test_nothing_but_a_claim_is_taken() -> None:
    """Every field refuses other types, blanks, control characters and too long a text; every object unknown fields."""
    assert_strict("claim", CLAIM)


def test_what_a_claim_cannot_do_without() -> None:
    """Above all its attribution and its place in the text."""
    required = {"report", "kind", "statement", "lang", "attribution", "appearances", "sensitivity"}
    assert_required("claim", CLAIM, required)


WRONG: list[tuple[tuple[str | int, ...], Any, str]] = [
    (("appearances",), [], "/appearances"),
    (("attribution", "chain"), [], "/attribution/chain"),
    (("attribution", "chain"), [HOP] * 51, "/attribution/chain"),
    (("themes",), ["health", "health"], ""),
    (("places",), [f"plc_{ID}"] * 2, ""),
    (("report",), f"clm_{ID}", "/report"),
    (("report",), f"rep_{ID}\n", "/report"),
    (("report",), f"rep_8{ID[1:]}", "/report"),
    (("lang",), "EN", "/lang"),
    (("lang",), "english", "/lang"),
    (("kind",), "rumour", "/kind"),
    (("hedge",), {"type": "doubt"}, "/hedge/type"),
    (("event", "edtf"), "12 December", "/event/edtf"),
    (("event", "reasoning"), None, "/event"),
    (("event", "basis"), "guessed", "/event/basis"),
    (("attribution", "form"), "paraphrase", "/attribution/form"),
    (("attribution", "identification"), "anonymous", "/attribution/identification"),
    (("attribution", "chain", 0, "role"), "witness", "/attribution/chain/0/role"),
    (("attribution", "chain", 0, "position"), 0, "/attribution/chain/0/position"),
    (("attribution", "chain", 0, "medium"), "telephone", "/attribution/chain/0/medium"),
    (("attribution", "chain", 0, "source_ref"), "s0", "/attribution/chain/0/source_ref"),
    (("attribution", "chain", 0, "source_ref"), "Dr X", "/attribution/chain/0/source_ref"),
    (("attribution", "chain", 0, "on_behalf_of", "actor"), None, "/attribution/chain/0/on_behalf_of/actor"),
    (("appearances", 0, "part"), "footnote", "/appearances/0/part"),
    (("appearances", 0, "paragraph"), 0, "/appearances/0/paragraph"),
    (("appearances", 0, "edition"), 0, "/appearances/0/edition"),
    (("appearances", 0, "segments", 0, "sha256"), "A" * 64, "/appearances/0/segments/0/sha256"),
    (("appearances", 0, "segments", 0, "normalised", "length"), 0, "/appearances/0/segments/0/normalised/length"),
    (("gradings", 0, "source_reliability"), "G", "/gradings/0/source_reliability"),
    (("gradings", 0, "information_credibility"), "0", "/gradings/0/information_credibility"),
    (("gradings", 0, "graded_at"), "2026-11-22", "/gradings/0/graded_at"),
    (("gradings", 0, "graded_at"), "2026-1-2T3:4:5.6Z", "/gradings/0/graded_at"),
    (("sensitivity",), "secret", "/sensitivity"),
]


@pytest.mark.parametrize(("path", "value", "pointer"), WRONG, ids=[f"{row[2]} {row[1]!s:.20}" for row in WRONG])
def test_what_breaks_a_rule_is_refused_where_it_stands(path: tuple[str | int, ...], value: Any, pointer: str) -> None:
    """Closed lists, ids, dates, numbers and lists that hold a thing twice."""
    found = faults("claim", put(CLAIM, path, value))
    assert [fault.pointer for fault in found] == [pointer]
    assert found[0].detail


def test_several_faults_are_all_named() -> None:
    """Whoever corrects a draft corrects it once."""
    wrong = put(put(put(CLAIM, ("lang",), "x"), ("kind",), "x"), ("appearances", 0, "part"), "x")
    assert pointers("claim", wrong) == {"/lang", "/kind", "/appearances/0/part"}


@given(roles=st.lists(st.sampled_from(["originator", "relay", "publisher", "reporter"]), min_size=1, max_size=6))
def test_positions_that_are_left_out_are_counted(roles: list[str]) -> None:
    """A writer need not count; what is stated is never changed."""
    chain = [{"role": role, "label": "A"} for role in roles]
    draft = draft_of("claim", put(CLAIM, ("attribution", "chain"), chain)).model_dump(mode="json")
    assert [hop["position"] for hop in draft["attribution"]["chain"]] == positions(roles)
    stated = [{**hop, "position": 7} for hop in chain]
    draft = draft_of("claim", put(CLAIM, ("attribution", "chain"), stated)).model_dump(mode="json")
    assert {hop["position"] for hop in draft["attribution"]["chain"]} == {7}


# --- beside what is on record -----------------------------------------------------------------------------------------


def refused(world: World, value: dict[str, Any]) -> set[str]:
    with pytest.raises((InvalidInput, UnknownReference)) as caught:
        world.create("claim", value)
    return {fault.pointer for fault in caught.value.faults}


def test_what_is_not_on_record_is_refused_with_a_pointer(furnished_template: World) -> None:
    """A claim names only records and codes that are there, each at its place."""
    world = furnished_template
    nobody, nowhere = f"act_{ID}", f"plc_{ID}"
    hop = world.originator(
        actor=nobody,
        affiliation={"actor": nobody, "label": "A"},
        on_behalf_of={"actor": nobody, "label": "A"},
        addressee={"actor": nobody, "label": "A"},
    )
    wrong = world.claim(
        places=[nowhere],
        themes=["health", "witchcraft"],
        about=[{"actor": nobody, "label": "A", "role": "other"}],
        attribution=world.attribution([hop], said_in=nowhere),
    )
    where = "/attribution/chain/0"
    names = {f"{where}/{name}/actor" for name in ("affiliation", "on_behalf_of", "addressee")}
    expected = {"/places/0", "/about/0/actor", "/attribution/said_in", f"{where}/actor", "/themes/1", *names}
    assert refused(world, wrong) == expected
    assert refused(world, world.claim(report=f"rep_{ID}")) == {"/report"}


def test_the_chain_and_every_locator_are_checked_against_the_report(furnished_template: World) -> None:
    """Publisher, editions and bounds are the report's; appearances and cues are checked alike."""
    world = furnished_template
    beyond = appearance(segments=[segment(0, 10), segment(5, 15)])
    assert refused(world, world.claim(appearances=[appearance(), beyond])) == {"/appearances/1/segments/1"}
    assert refused(world, world.claim(appearances=[appearance(edition=2)])) == {"/appearances/0/edition"}
    cued = world.attribution([world.originator(cue=appearance(paragraph=6))])
    assert refused(world, world.claim(attribution=cued)) == {"/attribution/chain/0/cue/paragraph"}
    chain = [world.originator(), {**world.carriers()[0], "actor": world.reporter}]
    assert refused(world, world.claim(attribution=world.attribution()) | {"attribution": {
        "form": "direct_quote", "identification": "named", "chain": chain}}) == {"/attribution/chain"}  # fmt: skip


def test_an_unknown_hop_without_a_medium_is_refused_before_it_reaches_the_database(furnished_template: World) -> None:
    """What the database refuses, the rules refuse first, with a pointer."""
    world = furnished_template
    hop = {"role": "originator", "known": False}
    said = world.attribution([hop], identification="unnamed")
    assert refused(world, world.claim(attribution=said)) == {"/attribution/chain/0/medium"}


def test_no_person_stands_behind_a_source_that_the_text_does_not_name(world: World) -> None:
    """Who is only described, or one of many, is not identified by our record: nobody is endangered."""
    office = world.create("actor", world.actor(kind="government", name="An Office"))
    behalf = {"actor": world.speaker, "label": "A Speaker"}
    source = {"actor": None, "source_ref": "s1"}
    for kind in ("described", "collective", "unnamed"):
        doctor = world.attribution([world.originator(label="a doctor")], identification=kind)
        assert "/attribution/chain/0/actor" in refused(world, world.claim(attribution=doctor))
        clerk = world.attribution([world.originator(**source, on_behalf_of=behalf)], identification=kind)
        where = {"/attribution/chain/0/on_behalf_of/actor"}
        assert refused(world, world.claim(attribution=clerk)) == where
        second = world.originator(**{**source, "source_ref": "s2"}, on_behalf_of={"actor": office, "label": "it"})
        lawful = world.attribution([world.originator(**source), second], identification=kind)
        world.create("claim", world.claim(attribution=lawful))
    joint = [world.originator(actor=office, label="officials"), world.originator(label="a doctor")]
    said = world.attribution(joint, identification="collective")
    assert refused(world, world.claim(attribution=said)) == {"/attribution/chain/1/actor"}
    relay = [world.originator(actor=office, label="officials"), world.originator(role="relay")]
    world.create("claim", world.claim(attribution=world.attribution(relay, identification="collective")))


def test_gradings_only_grow(world: World) -> None:
    """A grading is dated and never overwritten: a correction keeps all and adds after them."""
    first = CLAIM["gradings"][0]
    second = {**first, "source_reliability": "A", "graded_at": "2026-11-23T08:00:00.000000Z"}
    claim = world.create("claim", world.claim(gradings=[first]))
    for gradings in ([], [second], [second, first], [{**first, "graded_by": "seed"}]):
        with pytest.raises(InvalidInput) as caught:
            world.correct(claim, world.claim(gradings=gradings))
        assert [fault.pointer for fault in caught.value.faults] == ["/gradings"]
    world.correct(claim, world.claim(gradings=[first, second]))
