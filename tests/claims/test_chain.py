"""The promise: chain = originator⁺ relay* publisher reporter*, and whatever breaks it is named with a pointer."""

import re
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.claims import attribution
from app.kit.errors import Fault
from tests.claims.hops import PUBLISHER, apart, hop, mention, placed, said, unknown, unnamed

ROLES = ("originator", "relay", "publisher", "reporter")
LETTERS = dict(zip(ROLES, "orpw", strict=True))
# The model's line, as a regular expression over one letter for each role; shares nothing with the code.
GRAMMAR = re.compile(r"o+r*pw*")
chains = st.lists(st.sampled_from(ROLES), max_size=7)
lawful_chains = st.builds(
    lambda o, r, w: ["originator"] * o + ["relay"] * r + ["publisher"] + ["reporter"] * w,
    st.integers(1, 4),
    st.integers(0, 3),
    st.integers(0, 3),
)


def found(stated: dict[str, Any]) -> list[Fault]:
    return list(attribution.faults(stated, PUBLISHER, "/attribution"))


def lawful(roles: list[str]) -> bool:
    return GRAMMAR.fullmatch("".join(LETTERS[role] for role in roles)) is not None


@given(roles=chains | lawful_chains)
@example(roles=[])
@example(roles=["originator", "publisher", "relay"])
def test_the_grammar_is_that_of_the_model(roles: list[str]) -> None:
    """A chain is lawful exactly when the model's line admits it."""
    faults = found({**said(), "chain": apart(roles)})
    assert (faults == []) == lawful(roles)
    assert all(fault.pointer.startswith("/attribution/chain") for fault in faults)
    assert all(fault.detail.startswith("expected ") and fault.code for fault in faults)


@given(roles=lawful_chains)
def test_positions_count_from_one_and_joint_originators_share_it(roles: list[str]) -> None:
    """`position` says the order of the way: 1 for all who made the claim, then one more for each station."""
    expected = [one["position"] for one in apart(roles)]
    assert attribution.positions(roles) == expected
    assert expected[0] == 1
    assert sorted(set(expected)) == list(range(1, expected[-1] + 1))


@given(roles=lawful_chains, data=st.data())
def test_a_wrong_position_is_refused(roles: list[str], data: st.DataObject) -> None:
    """No reader has to count again."""
    chain = apart(roles)
    index = data.draw(st.integers(0, len(chain) - 1))
    wrong = data.draw(st.integers(0, 9).filter(lambda at: at != chain[index]["position"]))
    chain[index]["position"] = wrong
    assert [(one.pointer, one.code) for one in found({**said(), "chain": chain})] == [
        ("/attribution/chain", "positions")
    ]


BROKEN: list[tuple[str, dict[str, Any], str]] = [
    ("another publisher", {"at": 1, "actor": "act_other"}, "/attribution/chain"),
    ("no label", {"at": 0, "label": None}, "/attribution/chain/0/label"),
    ("neither actor nor source", {"at": 0, "actor": None}, "/attribution/chain/0"),
    ("both actor and source", {"at": 0, "source_ref": "s1"}, "/attribution/chain/0"),
    ("no medium", {"at": 0, "medium": None}, "/attribution/chain/0/medium"),
    ("a publisher without medium", {"at": 1, "medium": None}, "/attribution/chain/1/medium"),
    ("a reporter with a medium", {"at": 2, "medium": "interview"}, "/attribution/chain/2/medium"),
    ("a reporter without actor", {"at": 2, "actor": None, "source_ref": "s1"}, "/attribution/chain/2/actor"),
    ("an unknown reporter", {"at": 2, "actor": None, "label": None, "known": False}, "/attribution/chain/2"),
    ("unknown with an actor", {"at": 0, "label": None, "known": False}, "/attribution/chain/0"),
    ("unknown with a label", {"at": 0, "actor": None, "known": False}, "/attribution/chain/0"),
]


@pytest.mark.parametrize(("what", "change", "pointer"), BROKEN, ids=[row[0] for row in BROKEN])
def test_a_broken_hop_is_named(what: str, change: dict[str, Any], pointer: str) -> None:
    """Every rule of a hop has a test that breaks it alone, and points to the hop."""
    stated = said(hop("originator"))
    assert found(stated) == []
    at = change["at"]
    stated["chain"][at] = {**stated["chain"][at], **{name: one for name, one in change.items() if name != "at"}}
    assert pointer in {fault.pointer for fault in found(stated)}, what


@pytest.mark.parametrize("role", ["originator", "relay"])
def test_an_unknown_hop_is_kept_and_states_its_medium(role: str) -> None:
    """An unknown hop is part of the way; it names nobody, and without a medium it is refused, not a crash later."""
    before = [] if role == "originator" else [hop("originator")]
    kind = "unnamed" if role == "originator" else "named"
    assert found(said(*before, unknown(role), identification=kind)) == []
    faults = found(said(*before, unknown(role, medium=None), identification=kind))
    assert [fault.pointer for fault in faults] == [f"/attribution/chain/{len(before)}/medium"]
    somebody = mention("A House", "act_house")
    told = {"actor": "act_x", "source_ref": "s1", **dict.fromkeys(("label", "short_label", "capacity"), "A Label")}
    for name, value in {**told, "affiliation": somebody, "on_behalf_of": somebody}.items():
        named = found(said(*before, unknown(role, **{name: value}), identification=kind))
        assert f"/attribution/chain/{len(before)}" in {fault.pointer for fault in named}
    heard = unknown(role, verb="described", addressee=mention("The Paper"))
    assert found(said(*before, heard, identification=kind)) == []


def test_an_unknown_publisher_is_refused() -> None:
    """A report has one publisher, and that one is known."""
    chain = placed([hop("originator"), unknown("publisher"), hop("reporter")])
    assert "/attribution/chain/1" in {fault.pointer for fault in found({**said(), "chain": chain})}


OWN = hop("originator", actor=PUBLISHER, label="A Paper", medium="news_report")


@pytest.mark.parametrize(
    ("hops", "lawful_narration"),
    [([OWN], True), ([hop("originator")], False), ([OWN, hop("originator")], False), ([OWN, hop("relay")], False)],
    ids=["the publisher", "another", "the publisher and another", "through a relay"],
)
def test_narration_is_the_publishers_own_voice(hops: list[dict[str, Any]], lawful_narration: bool) -> None:
    """In narration the originator is the publisher, alone, and nobody passes it on."""
    faults = found(said(*hops, form="narration"))
    assert (faults == []) == lawful_narration
    assert {fault.pointer for fault in faults} <= {"/attribution/form"}


@pytest.mark.parametrize(
    ("hops", "kind", "pointer"),
    [
        ([OWN], "collective", "/attribution/identification"),
        ([{**OWN, "on_behalf_of": mention("A Ministry", "act_m")}], "named", "/attribution/chain/0/on_behalf_of"),
        ([{**OWN, "label": "A Ministry"}], "named", "/attribution/chain/0/label"),
    ],
    ids=["not named", "for another", "under another name"],
)
def test_narration_hides_nobody_behind_the_publisher(hops: list[dict[str, Any]], kind: str, pointer: str) -> None:
    """The publisher narrates as itself: named, for nobody else, and under the name of the publisher hop."""
    assert [fault.pointer for fault in found(said(*hops, form="narration", identification=kind))] == [pointer]
    assert found(said(*hops, identification="described")) == []


TWICE: list[tuple[str, list[dict[str, Any]], str | None]] = [
    ("an originator twice", [hop("originator"), hop("originator", label="Him")], "/attribution/chain/1/actor"),
    ("a source twice", [unnamed("a doctor"), unnamed("a soldier")], "/attribution/chain/1/source_ref"),
    ("a source that passes itself on", [unnamed("a doctor"), hop("relay", actor=None, label="him", source_ref="s1")],
     "/attribution/chain/1/source_ref"),
    ("two sources", [unnamed("a doctor"), unnamed("a soldier", "s2")], None),
    ("an originator who also passes on", [hop("originator"), hop("relay", actor="act_speaker")], None),
    ("two unknown stations", [unknown(), unknown("relay"), unknown("relay")], None),
]  # fmt: skip


@pytest.mark.parametrize(("what", "hops", "pointer"), TWICE, ids=[row[0] for row in TWICE])
def test_nobody_stands_twice_in_a_chain(what: str, hops: list[dict[str, Any]], pointer: str | None) -> None:
    """A source_ref is one source with one place, and joint originators are different people."""
    kind = "unnamed" if not any(one["actor"] for one in hops if one["role"] == "originator") else "named"
    pointers = [fault.pointer for fault in found(said(*hops, identification=kind))]
    assert pointers == ([pointer] if pointer else []), what


IDENTIFIED: list[tuple[str, list[dict[str, Any]], bool]] = [
    ("named", [hop("originator")], True),
    ("named", [hop("originator"), hop("originator", actor="act_b", label="B")], True),
    ("named", [unnamed("sources")], False),
    ("named", [hop("originator"), unnamed("sources")], False),
    ("named", [unknown()], False),
    ("unnamed", [unnamed("sources")], True),
    ("unnamed", [unnamed("sources"), unnamed("analysts", "s2")], True),
    ("unnamed", [unknown()], True),
    ("unnamed", [hop("originator")], False),
    ("unnamed", [unnamed("sources"), hop("originator")], False),
    ("described", [unnamed("a doctor")], True),
    ("described", [hop("originator"), unnamed("a doctor")], True),
    ("described", [unknown()], False),
    ("collective", [hop("originator", label="citizens of the town")], True),
    ("collective", [unknown()], False),
]


@pytest.mark.parametrize(("kind", "hops", "is_lawful"), IDENTIFIED)
def test_identification_fits_the_originators(kind: str, hops: list[dict[str, Any]], is_lawful: bool) -> None:
    """Nobody is called named without an actor, or unnamed with one."""
    faults = found(said(*hops, identification=kind))
    assert (faults == []) == is_lawful
    assert {fault.pointer for fault in faults} <= {"/attribution/identification"}


# --- voices ----------------------------------------------------------------------------------------------------------

UNHCR = {"on_behalf_of": mention("UNHCR", "act_unhcr")}
VOICES: list[tuple[str, list[dict[str, Any]], str]] = [
    ("an originator is a voice", [hop("originator")], "act_speaker"),
    ("an expert's affiliation alone is not", [hop("originator", affiliation=mention("A House", "act_h"))],
     "act_speaker"),
    ("a spokesman speaks for the institution", [hop("originator", **UNHCR)], "act_unhcr"),
    ("joint originators are one joint voice", [hop("originator", actor="act_b"), hop("originator", actor="act_a")],
     "act_a+act_b"),
    ("two spokesmen of one institution are one voice", [hop("originator", **UNHCR), hop("originator", actor="act_b",
     on_behalf_of=mention("the agency", "act_unhcr"))], "act_unhcr"),
    ("an unnamed source is a voice of its report", [unnamed("sources", "s3")], "rep_1.s3"),
    ("an unnamed source that speaks for somebody is theirs", [unnamed("an official", "s3", **UNHCR)], "act_unhcr"),
    ("an unknown one is a voice of its claim", [unknown()], "clm_1.unknown"),
    ("named and unnamed together", [hop("originator"), unnamed("sources")], "act_speaker+rep_1.s1"),
]  # fmt: skip


@pytest.mark.parametrize(("why", "hops", "key"), VOICES, ids=[row[0] for row in VOICES])
def test_the_voice_is_who_stands_behind_it(why: str, hops: list[dict[str, Any]], key: str) -> None:
    """voice = on_behalf_of, else the originator; relays, publishers and reporters are never a voice."""
    chain = said(*hops, hop("relay"))["chain"]
    assert attribution.voice_key(chain, "rep_1", "clm_1") == key, why
    assert len(attribution.voices(chain)) == key.count("+") + 1


def test_unnamed_sources_are_linked_within_their_report_only() -> None:
    """s1 of one report has nothing to do with s1 of another; s1 and s2 of one report stay apart."""
    first, second = (said(unnamed("sources", ref))["chain"] for ref in ("s1", "s2"))
    key = attribution.voice_key(first, "rep_1", "clm_1")
    assert attribution.voice_key(first, "rep_1", "clm_2") == key
    assert attribution.voice_key(first, "rep_2", "clm_1") != key
    assert attribution.voice_key(second, "rep_1", "clm_1") != key


def test_unknown_sources_are_never_linked() -> None:
    """Two claims of nobody known are two voices, also in one report."""
    chain = said(unknown())["chain"]
    assert attribution.voice_key(chain, "rep_1", "clm_1") != attribution.voice_key(chain, "rep_1", "clm_2")


@given(names=st.lists(st.sampled_from("abcdef"), min_size=1, max_size=4), data=st.data())
def test_a_joint_voice_does_not_depend_on_the_order(names: list[str], data: st.DataObject) -> None:
    """Whoever is named first, two claims of the same people are one voice."""
    hops = [hop("originator", actor=f"act_{name}") for name in names]
    mixed = data.draw(st.permutations(hops))
    one, other = (attribution.voice_key(said(*some)["chain"], "rep_1", "clm_1") for some in (hops, mixed))
    assert one == other == "+".join(sorted({f"act_{name}" for name in names}))
