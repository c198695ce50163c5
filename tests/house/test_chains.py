"""The first promise to readers: no claim and no figure without its source, on every route."""

import json
from copy import deepcopy
from typing import Any

import pytest

from app.kit import ids
from tests.support.api import Api
from tests.support.chains import carriers, faults
from tests.support.routes import LISTS, NAMES, WITHOUT_ENVELOPE, asking, path_of, problem_of
from tests.support.world import World

# Routes whose answers hold claims or figures; all others are walked too, and must hold none without a source.
CARRYING = [
    "compare",
    "compare_claims",
    "get_claim",
    "get_crisis_overview",
    "get_figure",
    # Its examples are answers.
    "get_openapi",
    "get_relation",
    "get_revision_of_claim",
    "get_revision_of_figure",
    "get_revision_of_relation",
    "list_claims",
    "list_claims_of_actor",
    "list_claims_of_report",
    "list_figures",
    "list_figures_of_claim",
    "list_figures_of_report",
    "list_relations",
    "search",
]
JSON = [name for name in NAMES if name not in WITHOUT_ENVELOPE or name == "get_openapi"]


@pytest.mark.parametrize("name", JSON)
def test_every_claim_and_figure_in_any_answer_has_its_chain(seeded_api: Api, name: str) -> None:
    """originator⁺ relay* publisher reporter*, whole and lawful, with its line and its voice."""
    path = path_of(seeded_api, name)
    value = seeded_api.walk(asking(path, "limit=1000")) if name in LISTS else json.loads(seeded_api.get(path).content)
    assert faults(value) == []
    assert bool(list(carriers(value))) is (name in CARRYING)


@pytest.mark.parametrize("plural", sorted(ids.PLURALS.values()))
def test_every_seeded_record_has_its_chains(seeded_api: Api, plural: str) -> None:
    """All of them, one by one."""
    for record in seeded_api.walk(f"/v1/{plural}"):
        answer = json.loads(seeded_api.get(f"/v1/{plural}/{record['id']}").content)
        assert faults(answer) == []
        if plural in ("claims", "figures"):
            assert answer["data"]["attribution"]["chain"]
            assert answer["data"]["report"]["url"].startswith("https://")
            assert answer["data"]["report"]["publisher"]


def test_every_answer_that_carries_a_problem_carries_no_claim(world: World, api: Api) -> None:
    """A retraction does not repeat what was withdrawn."""
    claim = world.create("claim", world.claim(statement="Withdrawn words of a claim."))
    world.create("figure", world.figure(claim, text="4321 withdrawn people"))
    world.retract(claim)
    for path in (f"/v1/claims/{claim}", f"/v1/claims/{claim}/figures"):
        answer = api.get(path)
        assert (answer.status_code, problem_of(answer)["code"]) == (410, "retracted")
        assert "ithdrawn words" not in answer.text
        assert "4321" not in answer.text


def a_claim(api: Api) -> dict[str, Any]:
    """Return a seeded claim that has figures, to be spoilt."""
    return deepcopy(next(one for one in api.walk("/v1/claims") if one["figures"]))


def test_a_figure_inside_its_claim_is_covered_by_it(seeded_api: Api) -> None:
    """The attribution of an embedded figure is its claim's, so it is not repeated."""
    claim = a_claim(seeded_api)
    assert {where for where, _, covered in carriers(claim) if covered} >= {"/figures/0"}
    assert faults(claim) == []


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (lambda claim: claim.pop("attribution"), "no attribution"),
        (lambda claim: claim["attribution"].update(chain=[]), "no chain"),
        (lambda claim: claim["attribution"]["chain"].reverse(), "unlawful chain"),
        (lambda claim: claim["attribution"]["chain"].pop(0), "unlawful chain"),
        (lambda claim: claim["attribution"]["chain"].pop(), None),
        (lambda claim: claim["attribution"]["chain"][0].update(position=2), "positions"),
        (lambda claim: claim["attribution"]["chain"][0].update(actor=None), "neither actor"),
        (lambda claim: claim["attribution"]["chain"][0].update(known=False), "unknown, but named"),
        (lambda claim: claim["attribution"].update(text=""), "empty text"),
    ],
)
def test_the_walk_finds_what_is_missing(seeded_api: Api, spoil: Any, expected: str | None) -> None:
    """The check itself can fail: a spoilt source is found, at any depth; a reporter may be left out."""
    claim = a_claim(seeded_api)
    spoil(claim)
    found = faults({"data": [{"deep": claim}]})
    assert expected is None or any(expected in fault for fault in found)
    assert (found == []) is (expected is None)
