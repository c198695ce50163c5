"""The promise: how two records stand to each other is a record of its own, and both ends carry their source."""

from typing import Any

import pytest

from app.kit.errors import InvalidInput, UnknownReference
from app.relations.schemas import RelationView
from app.serving.envelope import RecordAnswer
from tests.support.api import Api
from tests.support.lived import assert_new
from tests.support.refusals import assert_required, assert_strict, pointers
from tests.support.world import World, draft_of

ONE, OTHER = f"clm_{'0' * 26}", f"clm_{'1' * 26}"
RELATION: dict[str, Any] = {
    "type": "updates",
    "from": ONE,
    "to": OTHER,
    "role": "editor",
    "reason": "It came later.",
    "lang": "en",
}


def test_an_anonymous_caller_reads_a_relation_with_the_chains_of_both_ends(world: World, api: Api) -> None:
    """From the later one to the earlier one, each with its statement and whole attribution."""
    said = world.attribution([world.originator(actor=world.publisher, label="The Paper")])
    one = world.create("claim", world.claim(statement="It is over."))
    other = world.create("claim", world.claim(statement="It goes on.", attribution=said))
    relation = world.create("relation", world.relation(one, other))
    data = api.data(f"/v1/relations/{relation}")
    ends = [api.data(f"/v1/claims/{claim}") for claim in (one, other)]
    assert ends[0]["attribution"] != ends[1]["attribution"]
    first, second = (
        {"id": end["id"], "type": "claim", "text": end["statement"], "attribution": end["attribution"]} for end in ends
    )
    assert set(data) == {field.alias or name for name, field in RelationView.model_fields.items()}
    assert assert_new(data) == {
        "id": relation,
        "type": "relation",
        "relation": "updates",
        "from": first,
        "to": second,
        "role": "editor",
        "reason": "It came later.",
        "lang": "en",
    }
    assert api.walk("/v1/relations") == [data]


def test_a_relation_of_figures_carries_the_chains_of_their_claims(world: World, api: Api) -> None:
    """A figure's source is its claim's, also here."""
    said = world.attribution([world.originator(actor=world.publisher, label="The Paper")])
    claims = [world.create("claim", world.claim()), world.create("claim", world.claim(attribution=said))]
    figures = [world.create("figure", world.figure(claim, text=f"of {claim}")) for claim in claims]
    relation = world.create("relation", world.relation(*figures, type="same_quantity"))
    data = api.data(f"/v1/relations/{relation}")
    for end, figure, claim in zip((data["from"], data["to"]), figures, claims, strict=True):
        assert (end["id"], end["type"], end["text"]) == (figure, "figure", f"of {claim}")
        assert end["attribution"] == api.data(f"/v1/figures/{figure}")["attribution"]


def test_a_relation_falls_and_rises_with_either_end(world: World, api: Api) -> None:
    """What stands between two records does not outlive one of them."""
    ends = [world.create("claim", world.claim()) for _ in range(2)]
    relation = world.create("relation", world.relation(*ends))
    for end in ends:
        world.retract(end)
        answer = api.get(f"/v1/relations/{relation}")
        assert (answer.status_code, answer.json()["retracted"]["cause"]) == (410, "parent")
        assert api.walk("/v1/relations") == []
        world.restore(end)
        assert api.get(f"/v1/relations/{relation}").status_code == 200


def test_the_relations_of_the_seed_are_documented(seeded_api: Api) -> None:
    """Exactly the documented fields, and a chain at both ends of each."""
    for one in seeded_api.walk("/v1/relations?limit=1000"):
        RecordAnswer[RelationView].model_validate_json(seeded_api.get(f"/v1/relations/{one['id']}").content)
        assert one["from"]["attribution"]["chain"]
        assert one["to"]["attribution"]["chain"]


def test_nothing_but_a_relation_is_taken() -> None:
    """Every field refuses junk, every object what it does not know; each field has one name."""
    assert_strict("relation", RELATION)
    assert_required("relation", RELATION, {"type", "from", "to", "role", "reason"})
    renamed = {("from_" if name == "from" else name): value for name, value in RELATION.items()}
    assert {"/from", "/from_"} <= pointers("relation", renamed)


WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("a claim and a figure", {"to": f"fig_{'0' * 26}"}, ""),
    ("itself", {"to": ONE}, ""),
    ("the same quantity of claims", {"type": "same_quantity"}, ""),
    ("an actor", {"from": f"act_{'0' * 26}"}, "/from"),
    ("an unknown type", {"type": "likes"}, "/type"),
    ("an unknown role", {"role": "robot"}, "/role"),
]


@pytest.mark.parametrize(("what", "changes", "pointer"), WRONG, ids=[row[0] for row in WRONG])
def test_a_relation_that_cannot_be_is_refused(what: str, changes: dict[str, Any], pointer: str) -> None:
    """Two different claims or two different figures; only figures are the same quantity."""
    assert pointers("relation", {**RELATION, **changes}) == {pointer}, what


@pytest.mark.parametrize("kind", ["restates", "corroborates", "conflicts_with", "updates"])
def test_every_other_type_joins_claims_and_figures(kind: str) -> None:
    """Claims restate, corroborate, contradict and update each other, and so do figures."""
    for prefix in ("clm", "fig"):
        ends = {"from": f"{prefix}_{'0' * 26}", "to": f"{prefix}_{'1' * 26}"}
        draft_of("relation", {**RELATION, "type": kind, **ends})


def test_figures_of_different_measures_or_units_are_never_the_same_quantity(world: World) -> None:
    """And ends that are not on record are named."""
    claim = world.create("claim", world.claim())
    one = world.create("figure", world.figure(claim))
    for changes in ({"measure": "people_departed"}, {"unit": "{household}"}):
        other = world.create("figure", world.figure(claim, **changes))
        with pytest.raises(InvalidInput) as caught:
            world.create("relation", world.relation(one, other, type="same_quantity"))
        assert [fault.pointer for fault in caught.value.faults] == ["/type"]
    with pytest.raises(UnknownReference) as unknown:
        world.create("relation", world.relation(ONE, OTHER))
    assert {fault.pointer for fault in unknown.value.faults} == {"/from", "/to"}
