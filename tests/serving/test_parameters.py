"""Parameters promise: strict. What is not understood is refused with what would be, never ignored."""

from urllib.parse import quote

import pytest

from tests.support.api import Api
from tests.support.routes import LISTS, NAMES, PAGED, asking, parameters_of, path_of, problem_of

BAD_LIMITS = [
    "0",
    "1001",
    "-1",
    "1e3",
    "1.0",
    "\uff11\uff10",
    "1_0",
    " 5",
    "5 ",
    "+5",
    "",
    "\u0661",
    "0x10",
    "NaN",
    "9" * 400,
    "5,6",
]
# What the callers of other systems write, and what it is called here; from the contract.
CLAIMS, FIGURES, PLACES, REPORTS = "/v1/claims", "/v1/figures", "/v1/places", "/v1/reports"
CONTRACT_WORDS = {
    "source": {CLAIMS: "publisher or voice", FIGURES: "publisher or voice", REPORTS: "publisher"},
    "iso3": dict.fromkeys((CLAIMS, PLACES, REPORTS, "/v1/actors", "/v1/crises"), "country"),
    "location_code": dict.fromkeys((CLAIMS, PLACES), "country"),
    "admin1_code": dict.fromkeys((CLAIMS, PLACES, REPORTS, "/v1/compare"), "place"),
    "speaker": dict.fromkeys((CLAIMS, FIGURES), "originator"),
    "updated_since": dict.fromkeys((CLAIMS, PLACES, "/v1/vocabularies"), "changed_from"),
    "indicator": dict.fromkeys((CLAIMS, FIGURES, "/v1/compare"), "measure"),
    "glide": dict.fromkeys((CLAIMS, REPORTS, "/v1/search", "/v1/compare"), "crisis"),
    "author": dict.fromkeys((CLAIMS, REPORTS), "reporter"),
}


@pytest.mark.parametrize("name", NAMES)
def test_an_unknown_parameter_is_refused_on_every_route(seeded_api: Api, name: str) -> None:
    """A filter that does not exist never gives the unfiltered list."""
    answer = seeded_api.get(path_of(seeded_api, name, "no-such-name=hunter2"))
    assert answer.status_code == 400
    problem = problem_of(answer)
    assert problem["code"] == "unknown_parameter"
    assert [(one["parameter"], one["code"]) for one in problem["errors"]] == [("no-such-name", "unknown")]
    assert "hunter2" not in answer.text


@pytest.mark.parametrize("name", PAGED)
def test_a_limit_is_a_whole_number_from_1_to_1000(seeded_api: Api, name: str) -> None:
    """Nothing else is taken for a number, and nothing is cut down silently."""
    path = path_of(seeded_api, name)
    for value in BAD_LIMITS:
        answer = seeded_api.get(asking(path, f"limit={quote(value)}"))
        assert answer.status_code == 400, value
        problem = problem_of(answer)
        assert problem["code"] == "invalid_parameter", value
        assert [one["parameter"] for one in problem["errors"]] == ["limit"]
        assert len(answer.content) < 1000


@pytest.mark.parametrize("name", LISTS)
def test_a_lawful_limit_is_kept_to_and_stated(seeded_api: Api, name: str) -> None:
    """A page holds as many records as were asked for, and says how many that may be; 50 when nobody says."""
    path = path_of(seeded_api, name)
    total = len(seeded_api.get(f"{path}?limit=1000").json()["data"])
    for query, limit in (("?limit=1", 1), ("?limit=2", 2), ("?limit=007", 7), ("?limit=1000", 1000), ("", 50)):
        page = seeded_api.get(path + query).json()
        assert page["meta"]["limit"] == limit
        assert len(page["data"]) == min(limit, total)


@pytest.mark.parametrize("name", PAGED)
def test_a_repeated_parameter_is_refused(seeded_api: Api, name: str) -> None:
    """Of two values none is chosen silently."""
    path = path_of(seeded_api, name)
    for query in ("limit=5&limit=5", "limit=5&limit=6", "limit&limit", "%6cimit=5&limit=5", "cursor=&limit=1&cursor="):
        answer = seeded_api.get(asking(path, query))
        assert (answer.status_code, problem_of(answer)["code"]) == (400, "repeated_parameter"), query


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("Limit", "limit"),
        ("LIMIT", "limit"),
        ("limt", "limit"),
        ("page", "cursor"),
        ("offset", "cursor"),
        ("per_page", "limit"),
        ("page_size", "limit"),
        ("cursors", "cursor"),
    ],
)
def test_the_nearest_right_name_is_suggested(seeded_api: Api, given: str, meant: str) -> None:
    """A slip of the pen, or another system's word, costs one look at the answer."""
    problem = problem_of(seeded_api.get(f"/v1/claims?{given}=1"))
    assert problem["errors"][0]["detail"] == f"did you mean {meant}?"
    assert f"did you mean {meant}?" in problem["detail"]


def test_a_name_near_to_nothing_gets_the_list_of_names(seeded_api: Api) -> None:
    """Whoever guesses blindly sees what there is."""
    problem = problem_of(seeded_api.get("/v1/actors/unhcr/claims?zzz=1"))
    known = ", ".join(sorted(parameters_of("list_claims_of_actor")))
    assert problem["errors"][0]["detail"] == f"known here: {known}"


@pytest.mark.parametrize(("word", "answers"), sorted(CONTRACT_WORDS.items()))
def test_other_systems_words_are_known(seeded_api: Api, word: str, answers: dict[str, str]) -> None:
    """Every word that the contract lists leads to ours where ours is a parameter, in any case, and is never obeyed."""
    for path, meant in answers.items():
        for given in (word, word.upper()):
            answer = seeded_api.get(f"{path}?{given}=SYR")
            problem = problem_of(answer)
            assert (answer.status_code, problem["code"]) == (400, "unknown_parameter")
            assert problem["errors"][0]["detail"] == f"did you mean {meant}?"


def test_a_name_of_any_length_or_kind_is_answered_shortly(seeded_api: Api) -> None:
    """An answer does not grow with what was thrown at it."""
    for name in ("a" * 5000, "%00", "%ff%fe", "%F0%9F%98%80" * 500, "<script>", "limit%00", "=", "%"):
        answer = seeded_api.get(f"/v1/claims?{name}=1")
        assert answer.status_code == 400
        assert problem_of(answer)["code"] == "unknown_parameter"
        assert len(answer.content) < 3000


@pytest.mark.parametrize("role", ["", "ORIGINATOR", "speaker", "originator,relay", "originator%20", "%00"])
def test_a_role_outside_its_list_is_refused_with_the_list(seeded_api: Api, role: str) -> None:
    """A closed vocabulary is said in the refusal."""
    answer = seeded_api.get(f"/v1/actors/unhcr/claims?role={role}")
    assert answer.status_code == 400
    (fault,) = problem_of(answer)["errors"]
    assert fault["parameter"] == "role"
    assert all(one in fault["detail"] for one in ("originator", "relay", "publisher", "reporter"))


def test_all_faults_are_named_at_once(seeded_api: Api) -> None:
    """A caller corrects a request in one go."""
    problem = problem_of(seeded_api.get("/v1/actors/unhcr/claims?role=x&limit=0"))
    assert {one["parameter"] for one in problem["errors"]} == {"role", "limit"}


@pytest.mark.parametrize("query", ["", "&", "&&", "limit=5&", "&limit=5"])
def test_empty_pieces_of_a_query_say_nothing(seeded_api: Api, query: str) -> None:
    """Templates leave such pieces behind; they hold no name and no value."""
    assert seeded_api.get(f"/v1/claims?{query}").status_code == 200


def test_every_declared_parameter_of_a_list_is_accepted(seeded_api: Api) -> None:
    """What the documentation lists is what the strict check knows."""
    for name in LISTS:
        declared = parameters_of(name)
        assert declared >= {"limit", "cursor"}
        answer = seeded_api.get(f"{path_of(seeded_api, name)}?" + "&".join(f"{one}=%00" for one in sorted(declared)))
        assert problem_of(answer)["code"] not in ("unknown_parameter", "repeated_parameter")
