"""Comparison promises over HTTP: rival figures side by side, by voice, each with its source; never a sum."""

import pytest

from tests.compare.speaking import Json, compared, ends, near, one, rows
from tests.support.api import Api
from tests.support.chains import faults
from tests.support.routes import problem_of

REMAINDER = "place=east-aleppo-besieged-remainder&measure=people_besieged"
ARTICLE, HELMETS, DOCTORS = (
    "fig_0fpaxwwxrsadybz83ag6g7xm8a",
    "fig_4hgsvpbpqmacybenvxgebwrqf3",
    "fig_12v8tjshsabn9bj9v5an4q230p",
)


def test_the_anonymous_caller_sees_three_voices_two_comparable_and_one_near(seeded_api: Api) -> None:
    """About 100,000 besieged: civilians on 12 and 13 December beside each other; undated people, just under, apart."""
    answer = seeded_api.get(f"/v1/compare?{REMAINDER}")
    assert answer.status_code == 200
    (found,) = answer.json()["data"]
    assert (found["measure"]["code"], found["measure"]["kind"]) == ("people_besieged", "stock")
    assert (found["place"]["slug"], found["unit"]) == ("east-aleppo-besieged-remainder", "{person}")
    assert (found["population_group"], found["window_days"]) == ("civilians", 7)
    article, helmets = found["rows"]
    assert [row["text"] for row in found["rows"]] == ["The Media Line", "White Helmets, 12 Dec 2016"]
    assert [row["independence"] for row in found["rows"]] == ["counted", "counted"]
    assert [row["counts"] for row in found["rows"]] == [ARTICLE, HELMETS]
    assert [row["figures"][0]["reference_period"]["edtf"] for row in found["rows"]] == ["2016-12-13?", "2016-12-12"]
    assert article["figures"] == [seeded_api.data(f"/v1/figures/{ARTICLE}")]
    assert helmets["figures"] == [seeded_api.data(f"/v1/figures/{HELMETS}")]
    assert all(row["why"] is None and row["echoes"] == [] and row["figure_count"] == 1 for row in found["rows"])
    (beside,) = found["near"]
    assert (beside["figure"]["id"], beside["differs"]) == (DOCTORS, ["population_group"])
    assert (beside["figure"]["quantifier"], beside["figure"]["population_group"]) == ("just_under", "people")
    assert beside["figure"]["reference_period"]["earliest"] is None
    assert (found["row_count"], found["near_count"], found["voices"], found["publishers"]) == (2, 1, 2, 1)
    assert {figure["value"] for row in found["rows"] for figure in row["figures"]} == {beside["figure"]["value"]}


def test_the_spread_is_reported_and_not_an_estimate(seeded_api: Api) -> None:
    """Both ends are named with the figures that give them, and the days within which they meet."""
    spread = one(seeded_api, REMAINDER)["spread"]
    assert [mark["figure"] for mark in spread["lowest"]] == [mark["figure"] for mark in spread["highest"]]
    assert {mark["figure"] for mark in spread["lowest"]} == set(spread["figures"]) == {ARTICLE, HELMETS}
    assert {(mark["number"], mark["by"], mark["quantifier"]) for mark in spread["lowest"]} == {
        (100000, "value", "unqualified")
    }
    assert (spread["start"], spread["end"], spread["text"]) == (
        "2016-12-06",
        "2016-12-13",
        "Reported, not an estimate.",
    )


@pytest.mark.parametrize("which", ["crisis=syria-civil-war", "report=aleppo-2016-12"])
def test_a_crisis_or_a_report_alone_is_one_comparison_for_each_measure_and_place(seeded_api: Api, which: str) -> None:
    """All that anybody stated, those of most voices first; what only we computed begins none."""
    found = compared(seeded_api, which)
    figures = seeded_api.walk("/v1/figures")
    stated = {(one["measure"]["code"], one["place"]["id"]) for one in figures if not one["derived"]}
    pairs = [(one["measure"]["code"], one["place"]["id"]) for one in found]
    assert len(pairs) == len(set(pairs))
    assert set(pairs) == stated
    assert found[0] == one(seeded_api, REMAINDER)
    assert [one["voices"] for one in found] == sorted((one["voices"] for one in found), reverse=True)
    shown = {figure["id"] for one in found for row in one["rows"] for figure in row["figures"]}
    assert shown | {figure for one in found for figure in near(one)} == {one["id"] for one in figures}
    for comparison in found[1:]:
        assert (comparison["spread"], comparison["voices"] < 2) == (None, True)
        assert comparison["spread_reason"]["code"] in ("one_voice", "no_counted_voice", "undated")
        assert comparison["spread_reason"]["text"].endswith(".")
    assert faults(found) == []


def test_what_lies_inside_a_place_is_listed_and_never_spread(seeded_api: Api) -> None:
    """Asked for East Aleppo, its besieged remainder is near by; the same by slug, id and P-code of what is round it."""
    place = seeded_api.data("/v1/places/east-aleppo")
    found = one(seeded_api, "measure=people_besieged&place=east-aleppo")
    assert (found["rows"], found["spread"], found["voices"]) == ([], None, 0)
    assert found["spread_reason"]["code"] == "no_comparable"
    assert near(found) == {figure: ["place"] for figure in (ARTICLE, HELMETS, DOCTORS)}
    assert one(seeded_api, f"measure=people_besieged&place={place['id']}") == found
    community = one(seeded_api, "measure=people_besieged&place=C1007")
    assert (community["place"]["slug"], near(community)) == ("aleppo", near(found))
    assert compared(seeded_api, "measure=people_besieged&place=west-aleppo") == []


def test_a_derived_figure_stands_apart_and_says_so(seeded_api: Api) -> None:
    """Nobody stated it: it is in no row and no spread."""
    found = one(seeded_api, "measure=people_departed&place=east-aleppo")
    ((figure, differs),) = near(found).items()
    assert "derived" in differs
    (stated,) = rows(found).values()
    assert set(stated) <= set(found["near"][0]["figure"]["derived"]["inputs"])
    assert figure not in stated


def test_a_voice_that_nobody_can_tell_is_a_row_and_not_counted(seeded_api: Api) -> None:
    """Unnamed sources may be anybody, also one of the others."""
    found = one(seeded_api, "measure=delay&place=east-aleppo")
    (row,) = found["rows"]
    assert (row["independence"], row["counts"], row["why"]["code"]) == ("unknown", None, "unknown_voice")
    assert (found["voices"], found["spread_reason"]["code"]) == (0, "no_counted_voice")


def test_asking_for_a_basis_compares_in_it(seeded_api: Api) -> None:
    """People instead of civilians: then it is the civilians that differ."""
    found = one(seeded_api, f"{REMAINDER}&population_group=people")
    assert (found["population_group"], found["voices"], ends(found)) == ("people", 1, None)
    assert list(rows(found).values()) == [[DOCTORS]]
    assert near(found) == {figure: ["population_group"] for figure in (ARTICLE, HELMETS)}
    other = one(seeded_api, f"{REMAINDER}&unit=%25")
    assert (other["unit"], other["rows"]) == ("%", [])
    assert all("unit" in differs for differs in near(other).values())


def test_comparisons_are_walked_by_cursor(seeded_api: Api) -> None:
    """Page by page is the same as all at once, and a cursor belongs to its question."""
    whole = compared(seeded_api, "crisis=syria-civil-war&limit=100")
    assert len(whole) > 8
    for limit in (1, 4):
        assert compared(seeded_api, f"crisis=syria-civil-war&limit={limit}") == whole
    following = seeded_api.get("/v1/compare?crisis=syria-civil-war&limit=4").json()["links"]["next"]
    cursor = following.partition("cursor=")[2]
    other = seeded_api.get(f"/v1/compare?report=aleppo-2016-12&limit=4&cursor={cursor}")
    assert problem_of(other)["code"] == "invalid_cursor"


@pytest.mark.parametrize(
    ("query", "parameters"),
    [
        ("", ["place"]),
        ("measure=people_besieged", ["place"]),
        ("place=", ["place"]),
        ("place=aleppo,east-aleppo", ["place"]),
        ("place=aleppo&measure=", ["measure"]),
        ("place=aleppo&measure=people besieged", ["measure"]),
        ("place=aleppo&unit=", ["unit"]),
        ("place=aleppo&population_group=civilians,people", ["population_group"]),
        ("place=aleppo&window=-1", ["window"]),
        ("place=aleppo&window=3651", ["window"]),
        ("place=aleppo&window=7d", ["window"]),
        ("place=aleppo&figures=0", ["figures"]),
        ("place=aleppo&limit=101", ["limit"]),
        ("crisis=clm_0000000000000000000000000a", ["crisis"]),
        ("unit={person},km2&window=x&figures=x", ["unit", "window", "figures", "place"]),
    ],
)
def test_what_cannot_be_compared_is_refused_by_name(seeded_api: Api, query: str, parameters: list[str]) -> None:
    """Every fault at once."""
    problem = problem_of(seeded_api.get(f"/v1/compare?{query}"))
    assert (problem["status"], problem["code"]) == (400, "invalid_parameter")
    assert [fault["parameter"] for fault in problem["errors"]] == parameters


@pytest.mark.parametrize(
    ("parameter", "code", "meant"),
    [
        ("measure", "people_beseiged", "people_besieged"),
        ("unit", "{persons}", "{person}"),
        ("population_group", "civilian", "civilians"),
    ],
)
def test_a_code_of_no_vocabulary_is_refused_with_the_nearest(
    seeded_api: Api, parameter: str, code: str, meant: str
) -> None:
    """A slip would otherwise look as if nobody had said anything."""
    problem = problem_of(seeded_api.get(f"/v1/compare?crisis=syria-civil-war&{parameter}={code}"))
    (fault,) = problem["errors"]
    assert (fault["parameter"], fault["code"], fault["detail"]) == (parameter, "unknown_code", f"did you mean {meant}?")


@pytest.mark.parametrize("query", ["place=nowhere", "crisis=nowhere", "report=nowhere", "place=aleppo&measure=pleas"])
def test_what_is_not_there_compares_nothing(seeded_api: Api, query: str) -> None:
    """An unknown name is an empty answer, as in every list."""
    answer: Json = seeded_api.get(f"/v1/compare?{query}").json()
    if query.startswith("place=aleppo"):
        assert [each["rows"] for each in answer["data"]] == [[]]
    else:
        assert answer["data"] == []
