"""The table of claims promises: who says what of what, each with its source, and how claims stand to each other."""

from collections import Counter

import pytest

from tests.compare.speaking import Json, says, voice
from tests.support.api import Api
from tests.support.chains import faults
from tests.support.routes import problem_of
from tests.support.world import World

SEED = "/v1/compare/claims?crisis=syria-civil-war"
HELD = "Syrian forces controlled 98 percent of Aleppo as of 12 December 2016."


def table(api: Api, path: str) -> Json:
    """Return the table of one page."""
    answer = api.get(path)
    assert answer.status_code == 200, answer.text
    data: Json = answer.json()["data"]
    return data


def test_the_anonymous_caller_sees_98_percent_held_against_all_retaken(seeded_api: Api) -> None:
    """Both claims in their cells, each under its own voice, and the relation that says that they conflict."""
    found = table(seeded_api, f"{SEED}&limit=1000")
    held = next(one for one in found["claims"] if one["statement"] == HELD)
    against = [
        one
        for one in found["relations"]
        if one["relation"] == "conflicts_with" and held["id"] in (one["from"]["id"], one["to"]["id"])
    ]
    claims = {one["id"]: one for one in found["claims"]}
    others = [claims[one["from"]["id"]] for one in against]
    assert len(others) == 2
    assert {one["attribution"]["voice"]["label"] for one in others} == {"The Media Line"}
    assert held["attribution"]["voice"]["label"] != "The Media Line"
    assert all("Aleppo" in one["statement"] for one in others)
    assert all(one["reason"] for one in against)
    for one in (held, *others):
        key = one["attribution"]["voice"]["key"]
        cells = [cell for cell in found["cells"] if cell["voice"] == key and one["id"] in cell["claims"]]
        assert {cell["theme"] for cell in cells} == {theme["code"] for theme in one["themes"]}
    assert faults(found) == []


@pytest.mark.parametrize(
    "more",
    [
        "",
        "&theme=protection_and_human_rights",
        "&place=east-aleppo",
        "&about=syria-civil-defence,government-of-syria",
        "&q=aleppo",
    ],
)
def test_the_table_is_the_list_laid_out(seeded_api: Api, more: str) -> None:
    """Every claim of the list once, in one cell for each of its themes; rows and columns say how many."""
    path = f"{SEED}{more}&limit=1000"
    found = table(seeded_api, path)
    claims = seeded_api.data(path.replace("/compare", ""))
    assert found["claims"] == claims
    expected: dict[tuple[str, str | None], list[str]] = {}
    for one in claims:
        for theme in one["themes"] or [{"code": None}]:
            expected.setdefault((one["attribution"]["voice"]["key"], theme["code"]), []).append(one["id"])
    assert {(cell["voice"], cell["theme"]): cell["claims"] for cell in found["cells"]} == expected
    said = Counter(one["attribution"]["voice"]["key"] for one in claims)
    counts = [said[row["voice"]["key"]] for row in found["voices"]]
    assert [row["claims"] for row in found["voices"]] == counts == sorted(counts, reverse=True)
    assert sum(counts) == len(claims)
    assert {theme["code"] for theme in found["themes"]} == {theme for _, theme in expected if theme}


def test_relations_are_those_between_what_is_shown(seeded_api: Api) -> None:
    """Both ends stand in the table, as claims or as figures of them; none is left out."""
    found = table(seeded_api, f"{SEED}&limit=1000")
    shown = {one["id"] for one in found["claims"]} | {each["id"] for one in found["claims"] for each in one["figures"]}
    every = seeded_api.walk("/v1/relations")
    inside = [one for one in every if {one["from"]["id"], one["to"]["id"]} <= shown]
    assert found["relations"] == inside != []
    part = table(seeded_api, f"{SEED}&theme=protection_and_human_rights&limit=1000")
    shown = {one["id"] for one in part["claims"]} | {each["id"] for one in part["claims"] for each in one["figures"]}
    assert part["relations"] == [one for one in every if {one["from"]["id"], one["to"]["id"]} <= shown] != every


def test_a_table_goes_on_by_cursor(seeded_api: Api) -> None:
    """The pages together hold the claims of the list, in its order."""
    claims: list[Json] = []
    following: str | None = f"{SEED}&limit=30&sort=event"
    while following is not None:
        answer = seeded_api.get(following).json()
        claims += answer["data"]["claims"]
        following = answer["links"]["next"]
    assert claims == seeded_api.walk("/v1/claims?crisis=syria-civil-war&sort=event")


@pytest.mark.parametrize("query", ["", "kind=warning", "q=crisis%3D", "measure=place", "limit=5"])
def test_a_table_of_everything_is_refused(seeded_api: Api, query: str) -> None:
    """It is asked for a crisis, a report, a place, a theme or somebody; words that look like one are none."""
    problem = problem_of(seeded_api.get(f"/v1/compare/claims?{query}"))
    assert (problem["status"], problem["errors"][0]["code"]) == (400, "missing")
    assert problem["errors"][0]["detail"] == "expected any of crisis, report, place, theme, about"


@pytest.mark.parametrize(
    "query",
    [
        "report=aleppo-2016-12",
        "pl%61ce=aleppo",
        "theme=protection_and_human_rights",
        "about=syria-civil-defence,government-of-syria",
    ],
)
def test_any_one_of_them_is_enough(seeded_api: Api, query: str) -> None:
    """However it is written."""
    assert table(seeded_api, f"/v1/compare/claims?{query}")["claims"]


def test_a_retracted_claim_leaves_its_cell_and_its_relations(world: World, api: Api) -> None:
    """Nothing of it stays in the table."""
    first, second = voice(world, "Alpha"), voice(world, "Beta")
    figures = [says(world, first, 100), says(world, second, 120)]
    one, other = (api.data(f"/v1/figures/{figure}")["claim"]["id"] for figure in figures)
    relation = world.create("relation", world.relation(one, other, type="conflicts_with"))
    path = f"/v1/compare/claims?report={world.report}"
    found = table(api, path)
    assert [each["id"] for each in found["relations"]] == [relation]
    assert {cell["voice"]: cell["claims"] for cell in found["cells"]} == {first: [one], second: [other]}
    world.retract(other)
    found = table(api, path)
    assert [each["id"] for each in found["claims"]] == [one]
    assert (found["relations"], len(found["voices"]), len(found["cells"])) == ([], 1, 1)
    assert other not in api.get(path).text
