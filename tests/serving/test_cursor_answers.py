"""Lists promise over HTTP: a cursor goes on with its own list, and everything else is refused."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.api import Api
from tests.support.routes import LISTS, PAGED, asking, path_of, problem_of

GARBAGE = ["", "a", "=", "%00", "%ff", "e30", "W10", "bnVsbA", "MQ", "eyJ2IjoxfQ", "a" * 401, "a" * 5000, "%20", "é"]


def cursor_of(api: Api, path: str) -> str:
    """Return the cursor of a list's second page."""
    following = api.get(path).json()["links"]["next"]
    return str(following).partition("cursor=")[2]


@pytest.mark.parametrize("name", PAGED)
def test_garbage_is_refused_on_every_list(seeded_api: Api, name: str) -> None:
    """A cursor that is none never gives the first page again."""
    path = path_of(seeded_api, name)
    for cursor in GARBAGE:
        answer = seeded_api.get(asking(path, f"cursor={cursor}"))
        # What is not UTF-8 is refused before anything is read of it.
        expected = "bad_request" if cursor == "%ff" else "invalid_cursor"
        assert (answer.status_code, problem_of(answer)["code"]) == (400, expected), cursor


@pytest.mark.parametrize("name", PAGED)
def test_another_lists_cursor_is_refused_on_every_list(seeded_api: Api, name: str) -> None:
    """Each list takes its own cursors only."""
    path = path_of(seeded_api, name)
    other = "/v1/claims" if path != "/v1/claims" else "/v1/figures"
    cursor = cursor_of(seeded_api, f"{other}?limit=1")
    problem = problem_of(seeded_api.get(asking(path, f"cursor={cursor}")))
    assert (problem["code"], problem["status"]) == ("invalid_cursor", 400)
    assert "another list" in problem["detail"]


def test_a_cursor_is_bound_to_the_filter(seeded_api: Api) -> None:
    """The same path with another role is another list."""
    path = "/v1/actors/the-media-line/claims"
    cursor = cursor_of(seeded_api, f"{path}?role=publisher&limit=1")
    assert seeded_api.get(f"{path}?role=publisher&limit=2&cursor={cursor}").status_code == 200
    for query in ("role=originator&", "role=reporter&", ""):
        assert problem_of(seeded_api.get(f"{path}?{query}cursor={cursor}"))["code"] == "invalid_cursor"


def test_a_page_may_change_its_size_on_the_way(seeded_api: Api) -> None:
    """The limit is no part of the list: the next page follows the last record read."""
    everything = [one["id"] for one in seeded_api.walk("/v1/claims?limit=1000")]
    cursor = cursor_of(seeded_api, "/v1/claims?limit=3")
    page = seeded_api.get(f"/v1/claims?limit=7&cursor={cursor}").json()
    assert [one["id"] for one in page["data"]] == everything[3:10]


@pytest.mark.parametrize("name", LISTS)
def test_walking_any_list_gives_each_record_once(seeded_api: Api, name: str) -> None:
    """Page by page is the same as all at once, and the last page says that it is."""
    path = path_of(seeded_api, name)
    everything = seeded_api.walk(f"{path}?limit=1000")
    assert seeded_api.walk(f"{path}?limit=7") == everything
    assert len({one["id"] for one in everything}) == len(everything) > 0


@given(st.data())
@settings(max_examples=40)
def test_a_tampered_cursor_is_refused_or_stays_in_its_list(seeded_api: Api, data: st.DataObject) -> None:
    """Whoever turns a letter gets a clear refusal, or another place of the same list; never anything else."""
    cursor = cursor_of(seeded_api, "/v1/figures?limit=1")
    index = data.draw(st.integers(0, len(cursor) - 1))
    letter = data.draw(st.sampled_from(string.ascii_letters + string.digits + "-_.~"))
    answer = seeded_api.get(f"/v1/figures?limit=1&cursor={cursor[:index]}{letter}{cursor[index + 1 :]}")
    if answer.status_code == 200:
        assert {one["type"] for one in answer.json()["data"]} <= {"figure"}
    else:
        assert problem_of(answer)["code"] == "invalid_cursor"
