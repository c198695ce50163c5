"""The promise: every closed list can be looked up whole: code, label, definition, and other systems' words."""

from typing import Any

import pytest

from app.kit.errors import AlreadyRecorded, InvalidInput, NotAllowed
from app.serving.envelope import RecordAnswer
from app.vocabulary.schemas import VocabularyView
from tests.support.api import Api
from tests.support.lived import assert_new
from tests.support.refusals import assert_required, assert_strict, pointers, put
from tests.support.world import World

TERM = {
    "code": "people_counted",
    "label": "People counted",
    "definition": "Used when people are counted.",
    "ours": True,
    "kind": "stock",
    "unit": "{person}",
    "crosswalk": [{"system": "idmc_term", "value": "COUNTED"}],
}
LIST: dict[str, Any] = {
    "name": "a_list",
    "label": "A list",
    "lang": "en",
    "definition": "What it is for.",
    "source": "ours",
    "terms": [TERM],
}


def test_an_anonymous_caller_reads_a_vocabulary_whole(world: World, api: Api) -> None:
    """Every term in the list's order, with its crosswalk by system."""
    bare = {"code": "b", "label": "B", "definition": "The other.", "ours": False}
    one = world.create("vocabulary", {**LIST, "terms": [TERM, bare]})
    data = api.data("/v1/vocabularies/a_list")
    assert set(data) == set(VocabularyView.model_fields)
    assert assert_new(data) == {
        "id": one,
        "type": "vocabulary",
        **{name: value for name, value in LIST.items() if name != "terms"},
        "terms": [
            {**TERM, "crosswalk": {"idmc_term": "COUNTED"}},
            {**bare, "kind": None, "unit": None, "crosswalk": {}},
        ],
    }


def test_every_vocabulary_of_the_seed_is_documented(seeded_api: Api) -> None:
    """Exactly the documented fields, found by name, each term defined."""
    for one in seeded_api.walk("/v1/vocabularies?limit=1000"):
        answer = seeded_api.get(f"/v1/vocabularies/{one['name']}")
        RecordAnswer[VocabularyView].model_validate_json(answer.content)
        assert answer.json()["data"] == one
        assert all(term["label"] and term["definition"] for term in one["terms"])


def test_a_changed_label_reaches_every_document_that_shows_it(world: World, api: Api) -> None:
    """The label is the list's fact: when it changes, documents follow, and no revision is written for them."""
    claim = world.create("claim", world.claim())
    figure = world.create("figure", world.figure(claim))
    for name, code, label in (("theme", "health", "Well-being"), ("measure", "people_besieged", "People under siege")):
        stored = api.data(f"/v1/vocabularies/{name}")
        plain = {field: stored[field] for field in ("name", "label", "lang", "definition", "source")}
        terms = []
        for term in stored["terms"]:
            pairs = [{"system": system, "value": value} for system, value in term["crosswalk"].items()]
            changed = {"label": label} if term["code"] == code else {}
            terms.append({**term, "crosswalk": pairs, **changed})
        world.correct(stored["id"], {**plain, "terms": terms})
    assert api.data(f"/v1/claims/{claim}")["themes"] == [{"code": "health", "label": "Well-being"}]
    assert api.data(f"/v1/reports/{world.report}")["themes"] == [{"code": "health", "label": "Well-being"}]
    for data in (api.data(f"/v1/figures/{figure}"), api.data(f"/v1/claims/{claim}")["figures"][0]):
        assert data["measure"]["label"] == "People under siege"
    assert api.data(f"/v1/figures/{figure}")["version"] == 1


def test_a_list_in_use_is_not_retracted(world: World, api: Api) -> None:
    """No document shows a code that nobody can look up."""
    world.create("claim", world.claim())
    with pytest.raises(NotAllowed):
        world.retract(api.data("/v1/vocabularies/theme")["id"])


def test_nothing_but_a_vocabulary_is_taken() -> None:
    """Every field refuses junk, every object what it does not know."""
    assert_strict("vocabulary", LIST)
    assert_required("vocabulary", LIST, set(LIST))


@pytest.mark.parametrize(
    ("path", "value", "pointer"),
    [
        (("terms",), [], "/terms"),
        (("terms",), [TERM, TERM], ""),
        (("terms", 0, "kind"), "mass", "/terms/0/kind"),
        (("terms", 0, "code"), "two words", "/terms/0/code"),
        (("name",), "A list", "/name"),
    ],
)
def test_a_list_that_cannot_be_is_refused(path: tuple[str | int, ...], value: Any, pointer: str) -> None:
    """A code stands once; codes and names can stand in an address."""
    assert pointers("vocabulary", put(LIST, path, value)) == {pointer}


def test_a_name_finds_one_list_only(furnished_template: World) -> None:
    """There are never two lists of one name."""
    world = furnished_template
    with pytest.raises(AlreadyRecorded):
        world.create("vocabulary", {**LIST, "name": "theme"})


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name": "another_list"}, "name_differs"),
        ({"terms": [{**TERM, "code": "people_guessed"}]}, "code_dropped"),
        ({"terms": [{**TERM, "kind": "flow"}]}, "term_differs"),
        ({"terms": [{**TERM, "unit": "km2"}]}, "term_differs"),
    ],
)
def test_a_list_keeps_what_records_may_rest_on(world: World, change: dict[str, Any], code: str) -> None:
    """Labels and definitions are mended freely; names, codes, kinds and units are what figures rest on."""
    one = world.create("vocabulary", LIST)
    with pytest.raises(InvalidInput) as refused:
        world.correct(one, {**LIST, **change})
    assert [fault.code for fault in refused.value.faults] == [code]
    world.correct(one, {**LIST, "terms": [{**TERM, "label": "Counted"}, {**TERM, "code": "b"}]})
