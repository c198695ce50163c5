"""Comparison promises over HTTP, on worlds made for it: what stands beside what, what is an echo, and no sum ever."""

import re
from itertools import combinations

import pytest

from tests.compare.speaking import add, compared, ends, near, one, rows, says, voice
from tests.support.api import Api
from tests.support.world import World

NUMBERS = re.compile(r"\d+(?:[,\u202f]\d{3})*(?:\.\d+)?")
# No two sets of these have the same sum, and no sum is one of them.
RIVALS = (100_003, 210_011, 420_017, 840_029, 1_680_031)
PAIRS = {one + other for one, other in combinations(RIVALS, 2)}
SUMS = {sum(some) for size in range(2, 6) for some in combinations(RIVALS, size)}
MEANS = {total / size for size in range(2, 6) for total in (sum(some) for some in combinations(RIVALS, size))}


def here(world: World, more: str = "") -> str:
    """Return the query for the besieged people of the town."""
    return f"measure=people_besieged&place={world.town}{more}"


def test_what_differs_is_near_and_says_in_what(world: World, api: Api) -> None:
    """Unit, population group, place and being derived: each alone, and all that differ together."""
    inside = world.create("place", world.place(parent=world.town))
    first, second, third = (voice(world, name) for name in ("Alpha", "Beta", "Gamma"))
    compared_with = [says(world, first, 100), says(world, second, 120)]
    expected = {
        says(world, third, 30, population_group="children"): ["population_group"],
        says(world, third, 40, place=inside): ["place"],
        says(world, third, 50, place=inside, population_group="children"): ["population_group", "place"],
    }
    claim = world.create("claim", world.claim())
    inputs = [add(world, claim, 3), add(world, claim, 4)]
    derived = {"derived": {"formula": "3 and 4", "inputs": inputs}, "reported": None, "appearance": None}
    expected[add(world, claim, 7, **derived)] = ["derived"]
    expected[add(world, claim, 9, **derived, place=inside)] = ["place", "derived"]
    found = one(api, here(world))
    assert near(found) == expected
    assert (found["near_count"], ends(found)) == (5, (100, 120))
    assert set(compared_with) <= {figure for some in rows(found).values() for figure in some}


def test_the_window_decides_which_days_meet(world: World, api: Api) -> None:
    """Seven days when nobody says; each voice's newest counts, and what is older stays in its row."""
    first, second = voice(world, "Alpha"), voice(world, "Beta")
    old, new = says(world, first, 100, "2016-12-01"), says(world, first, 90, "2016-12-10")
    other = says(world, second, 120, "2016-12-01")
    found = one(api, here(world))
    assert rows(found) == {first: [new, old], second: [other]}
    # On 1 December both speak: that is the newest day within whose window two voices meet.
    assert ends(found) == (100, 120)
    assert {row["voice"]["key"]: row["counts"] for row in found["rows"]} == {first: old, second: other}
    wide = one(api, here(world, "&window=9"))
    assert (ends(wide), wide["window_days"]) == ((90, 120), 9)
    assert one(api, here(world, "&window=8"))["spread"] == {**found["spread"], "start": "2016-11-23"}


def test_days_that_never_meet_have_no_spread_and_say_why(world: World, api: Api) -> None:
    """Two voices are counted, and their numbers are of different times."""
    says(world, voice(world, "Alpha"), 100, "2016-11-01")
    says(world, voice(world, "Beta"), 120, "2016-12-01")
    found = one(api, here(world))
    assert (found["spread"], found["voices"]) == (None, 2)
    assert found["spread_reason"]["code"] == "no_common_window"
    assert {row["why"]["code"] for row in found["rows"]} == {"no_spread"}
    assert ends(one(api, here(world, "&window=30"))) == (100, 120)


def test_a_flow_is_of_its_whole_period(world: World, api: Api) -> None:
    """Fifty in a week and seventy in a month are no rivals, however close they lie."""
    first, second, third = (voice(world, name) for name in ("Alpha", "Beta", "Gamma"))
    killed = {"measure": "people_killed", "text": "killed"}
    says(world, first, 50, "2016-12-01/2016-12-07", **killed)
    says(world, second, 70, "2016-12-01/2016-12-31", **killed)
    query = f"measure=people_killed&place={world.town}"
    assert one(api, query)["spread_reason"]["code"] == "no_common_period"
    says(world, third, 60, "2016-12-01/2016-12-07", **killed)
    found = one(api, query)
    assert (ends(found), found["spread"]["start"], found["spread"]["end"]) == ((50, 60), "2016-12-01", "2016-12-07")
    assert {row["voice"]["key"]: (row["why"] or {}).get("code") for row in found["rows"]}[second] == "other_period"


def test_the_same_voice_again_is_an_echo_wherever_it_is_printed(world: World, api: Api) -> None:
    """Two papers with one spokesman are one voice and two publishers; the spread is as it was."""
    first, second = voice(world, "Alpha"), voice(world, "Beta")
    said, rival = says(world, first, 100), says(world, second, 120)
    before = one(api, here(world))
    paper = world.create("actor", world.actor(kind="media", name="Another Paper"))
    world.publisher, kept = paper, world.publisher
    report = world.create("report", world.report_draft())
    again = says(world, first, 100, report=report)
    world.publisher = kept
    found = one(api, here(world))
    assert rows(found) == {first: [again, said], second: [rival]}
    row = next(row for row in found["rows"] if row["voice"]["key"] == first)
    assert row["echoes"] == [{"figure": again, "of": said, "kind": "repeated"}]
    assert {carrier["publisher"]["id"]: len(carrier["reports"]) for carrier in row["carried_by"]} == {kept: 1, paper: 1}
    assert (found["spread"], found["voices"]) == (before["spread"], 2)
    assert (before["publishers"], found["publishers"]) == (1, 2)


def test_a_relation_that_says_restates_makes_an_echo_of_another_voice(world: World, api: Api) -> None:
    """A paper that gives an agency's number as its own is not a second voice; a retracted relation says nothing."""
    first, second = voice(world, "Alpha"), voice(world, "Beta")
    said, again = says(world, first, 100), says(world, second, 100)
    assert one(api, here(world))["voices"] == 2
    relation = world.create("relation", world.relation(again, said, type="restates"))
    found = one(api, here(world))
    assert (found["voices"], found["spread_reason"]["code"]) == (1, "one_voice")
    row = found["rows"][-1]
    assert (row["voice"]["key"], row["independence"], row["why"]["code"]) == (second, "echo", "echo")
    assert row["echoes"] == [{"figure": again, "of": said, "kind": "restated"}]
    world.retract(relation)
    assert one(api, here(world))["voices"] == 2


def test_an_unnamed_source_is_a_row_of_its_own_and_never_counted(world: World, api: Api) -> None:
    """It may be anybody, also one of those who are named."""
    first = voice(world, "Alpha")
    says(world, first, 100)
    secret = says(world, None, 999)
    found = one(api, here(world))
    assert (found["voices"], found["spread"], len(found["rows"])) == (1, None, 2)
    assert found["rows"][1]["independence"] == "unknown"
    assert found["rows"][1]["figures"][0]["id"] == secret
    says(world, voice(world, "Beta"), 120)
    assert ends(one(api, here(world))) == (100, 120)


def test_a_retracted_figure_is_gone_with_the_answer_to_whoever_withdrew_it(world: World, api: Api) -> None:
    """From rows, spread, counts, and from copies that a client holds."""
    first, second = voice(world, "Alpha"), voice(world, "Beta")
    kept, gone = says(world, first, 100), says(world, second, 120)
    path = f"/v1/compare?{here(world)}"
    tag = api.get(path).headers["etag"]
    assert api.get(path, if_none_match=tag).status_code == 304
    world.retract(gone)
    answer = api.get(path, if_none_match=tag)
    assert (answer.status_code, gone in answer.text, "Beta" in answer.text) == (200, False, False)
    found = one(api, here(world))
    assert (rows(found), found["voices"], found["spread"]) == ({first: [kept]}, 1, None)
    world.restore(gone)
    assert ends(one(api, here(world))) == (100, 120)
    world.retract(world.report)
    assert compared(api, here(world)) == []


def test_a_voice_shows_its_newest_figures_and_always_the_one_that_counts(world: World, api: Api) -> None:
    """A short answer still says how many there are."""
    first, second = voice(world, "Alpha"), voice(world, "Beta")
    old = says(world, first, 100, "2016-12-01")
    newer = [says(world, first, 100 + day, f"2016-12-{day:02}") for day in range(12, 18)]
    says(world, second, 120, "2016-12-01")
    row = next(row for row in one(api, here(world, "&figures=2"))["rows"] if row["voice"]["key"] == first)
    assert [figure["id"] for figure in row["figures"]] == [newer[-1], old]
    assert (row["counts"], row["figure_count"]) == (old, 7)
    whole = next(row for row in one(api, here(world, "&figures=100"))["rows"] if row["voice"]["key"] == first)
    assert [figure["id"] for figure in whole["figures"]] == [*newer[::-1], old]


@pytest.mark.parametrize("day", ["2016-12-12", None])
def test_nothing_anywhere_adds_up(world: World, api: Api, day: str | None) -> None:
    """Rival numbers are never summed, averaged or taken from each other: no answer holds such a number in any place."""
    for number, value in enumerate(RIVALS):
        says(world, voice(world, f"Voice {chr(65 + number)}"), value, day)
    differences = {abs(one - other) for one, other in combinations(RIVALS, 2)} - set(RIVALS)
    crisis = f"crisis={world.crisis}"
    for path in (
        f"/v1/compare?{here(world)}",
        f"/v1/compare?{crisis}",
        f"/v1/compare/claims?{crisis}&facets=measure,voice&count=exact",
        f"/v1/crises/{world.crisis}/overview",
        f"/v1/figures?{crisis}&facets=measure,voice,place&count=exact",
        f"/v1/search?q=people&{crisis}&facets=voice&count=exact",
        f"/v1/crises/{world.crisis}",
        f"/v1/reports/{world.report}",
    ):
        answer = api.get(path)
        assert answer.status_code == 200
        said = {float(re.sub("[,\u202f]", "", number)) for number in NUMBERS.findall(answer.text)}
        assert said & (PAIRS | SUMS | MEANS | differences) == set(), path
        if "compare?" in path or "figures" in path:
            assert set(RIVALS) <= said
