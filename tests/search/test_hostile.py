"""Search promises: no text breaks it, on either database, by itself or as `q` of any list."""

import json
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.kit.words import WordsError, parse_query
from tests.search.oracle import Known, Record, found
from tests.support.api import Api
from tests.support.queries import HOSTILE
from tests.support.routes import PAGED, asking, parameters_of, path_of, problem_of
from tests.support.wire import wire

ASKABLE = [name for name in PAGED if "q" in parameters_of(name) and name != "search"]
PIECES = st.sampled_from(['"', "*", "-", "'", "¶", " ", "aleppo", "syria", "100,000", "ﷺ", "\0", "%", "\\", ":", "حلب"])
TEXTS = st.one_of(st.text(max_size=40), st.lists(PIECES, max_size=12).map("".join))


def is_lawful(text: str) -> bool:
    """Whether a text is a query at all."""
    try:
        parse_query(text)
    except WordsError:
        return False
    return True


def asked(text: str) -> str:
    """Return a text as a client writes it into a URL; a lone surrogate has no UTF-8, and is sent as its three bytes."""
    return quote(text.encode(errors="surrogatepass"), safe="")


def hits_of(api: Api, text: str, path: str = "/v1/search", limit: int = 1000) -> list[Record] | None:
    """Return what a text finds, or null for a refusal, which must be that of `q` and must not repeat the text."""
    answer = wire(api, asking(path, f"q={asked(text)}&limit=1000").encode())
    if answer.status == 200:
        return list(_json(answer.body)["data"])
    problem = _json(answer.body)
    assert answer.status == 400
    assert problem["code"] in ("invalid_parameter", "bad_request")
    if problem["code"] == "invalid_parameter":
        assert [fault["parameter"] for fault in problem["errors"]] == ["q"]
    assert len(text) < 8 or text not in answer.body.decode()
    return None


def _json(body: bytes) -> Record:
    value: Record = json.loads(body)
    return value


def test_no_text_breaks_a_search(seeded_api: Api, seeded: Known) -> None:
    """It is refused, or it finds exactly what its words find: no operator, quote or pattern of a database works."""
    for text in HOSTILE:
        hits = hits_of(seeded_api, text)
        utf8 = not any(0xD800 <= ord(one) < 0xE000 for one in text)
        assert (hits is not None) is (utf8 and is_lawful(text)), text
        if hits is not None:
            assert sorted(hit["id"] for hit in hits) == sorted(found(seeded, text, {})), text


@pytest.mark.parametrize("name", ASKABLE)
def test_no_text_breaks_a_list(seeded_api: Api, name: str) -> None:
    """`q` of every list is as safe as search itself."""
    path = path_of(seeded_api, name)
    for text in HOSTILE:
        hits_of(seeded_api, text, path, limit=1)


@settings(max_examples=40)
@given(TEXTS)
def test_whatever_is_typed_finds_what_its_words_find(seeded_api: Api, seeded: Known, text: str) -> None:
    """One judge for both databases: the words themselves."""
    hits = hits_of(seeded_api, text)
    if hits is not None:
        assert sorted(hit["id"] for hit in hits) == sorted(found(seeded, text, {}))


@pytest.mark.parametrize("name", [*ASKABLE, "search"])
def test_bytes_that_are_no_text_are_refused(seeded_api: Api, name: str) -> None:
    """What is not UTF-8 is nobody's question."""
    path = path_of(seeded_api, name).partition("?")[0]
    for sent in ("q=%ff", "q=%ed%a0%80", "q=aleppo%c3", "q=%f8%88%80%80%80"):
        problem = problem_of(seeded_api.get(f"{path}?{sent}"))
        assert (problem["status"], problem["code"]) == (400, "bad_request")
