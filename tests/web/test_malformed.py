"""The service promises: whatever is asked, the answer is the documented problem, and never a 500."""

import json
from itertools import product

import pytest

from app.kit import ids
from app.serving.problems import ProblemView
from tests.support.api import Api
from tests.support.routes import (
    FILES,
    NAMES,
    RECORDS,
    ROUTES,
    TEMPLATED,
    WITHOUT_ENVELOPE,
    asking,
    path_beyond,
    path_of,
    path_with,
    problem_of,
)
from tests.support.wire import wire

WELL_FORMED = {name: ids.seeded_id(name, "zzzz") for name in ids.PREFIXES}
# Bytes of one path segment; none is the name of anything.
SEGMENTS = [
    b"%00",
    b"a%00b",
    b"%ff",
    b"\xff\xfe",
    b"%ED%A0%80",
    b"%E2%82",
    b"%F0%9F%98%80",
    b"a" * 101,
    b"a" * 60_000,
    b"..",
    b".",
    b"%2e%2e",
    b"..%5c..%5cetc",
    b"%20",
    b"%C2%A0",
    b"'%20OR%20'1'='1",
    b"%22%3B--",
    b"%",
    b"%zz",
    b"a%0d%0aX-Evil:%201",
    b"%3Fid=1",
    b"%23",
    b";a=1",
    b"*",
    b"null",
    b"-1",
    b"clm_",
    b"clm_%D9%A1%D9%A1",
    b"CLM_0000000000000000000000000A",
    b"clm_80000000000000000000000000",
    b"clm_0000000000000000000000000u",
    b"{claim}",
    b"%7Bclaim%7D",
]
SLASHED = [b"a%2Fb", b"..%2F..%2Fetc%2Fpasswd", b"../../etc/passwd", b"a/b/c", b"", b"a/"]
REFUSED_METHODS = ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "QUERY", "FOO", "get"]
# Probes and collectors say nothing sensible of what they accept, and the page for people is no JSON: these do not ask.
UNASKED = {"get_health", "get_readiness", "get_metrics", "get_docs", "get_docs_asset"}
# The name of a file says what it is.
UNASKED |= FILES
NEGOTIATED = [name for name in NAMES if name not in UNASKED]
NOT_JSON = ["text/html", "application/xml", "application/json;q=0", "*/*;q=0", "text/*", "garbage", ",", "text/csv"]


def without_names(problem: dict[str, object]) -> dict[str, object]:
    """Return a problem without what the caller chose and without the request's own id."""
    return {name: value for name, value in problem.items() if name not in ("instance", "request_id")}


@pytest.mark.parametrize("name", [name for name in TEMPLATED if name in RECORDS])
def test_a_malformed_name_is_the_same_404_as_an_unknown_one(seeded_api: Api, name: str) -> None:
    """Nobody learns from the answer what ids look like, and no bytes in a path break anything."""
    unknown = wire(seeded_api, path_with(name, WELL_FORMED["claim"]).encode())
    assert unknown.status == 404
    for segment in SEGMENTS:
        answer = wire(seeded_api, path_with(name, "SEGMENT").encode().replace(b"SEGMENT", segment))
        assert answer.status == 404, segment
        assert without_names(json.loads(answer.body)) == without_names(json.loads(unknown.body)), segment
        assert answer.one("content-type") == "application/problem+json"
        assert answer.all("x-evil") == []
        assert len(answer.body) < 4000


@pytest.mark.parametrize("name", [name for name in TEMPLATED if name in RECORDS])
def test_an_id_of_any_noun_that_is_not_there_is_the_same_404(seeded_api: Api, name: str) -> None:
    """An unknown id, an id of another noun, and a known id of another noun cannot be told apart."""
    known = seeded_api.data("/v1/places?limit=1" if "place" not in name else "/v1/actors?limit=1")[0]["id"]
    found = {
        json.dumps(without_names(problem_of(seeded_api.get(path_with(name, value)))))
        for value in [*WELL_FORMED.values(), known]
    }
    assert len(found) == 1
    assert json.loads(found.pop())["code"] == "not_found"


def test_a_path_that_is_no_route_is_a_404(seeded_api: Api) -> None:
    """Slashes in the place of a name, encoded or not, lead nowhere."""
    for name, value in product(TEMPLATED, SLASHED):
        answer = wire(seeded_api, path_with(name, "SEGMENT").encode().replace(b"SEGMENT", value))
        assert (answer.status, json.loads(answer.body)["code"]) == (404, "not_found"), value


def test_a_trailing_slash_is_another_path(seeded_api: Api) -> None:
    """Each answer has one URL; none redirects, so no cache holds it twice."""
    for name in NAMES:
        answer = wire(seeded_api, path_beyond(seeded_api, name, "/").encode())
        assert (answer.status, json.loads(answer.body)["code"]) == (404, "not_found"), name


@pytest.mark.parametrize("name", NAMES)
def test_a_method_that_a_route_does_not_take_is_a_405_with_allow(seeded_api: Api, name: str) -> None:
    """The record is read here, not written; the answer says by which methods."""
    path = path_of(seeded_api, name).encode()
    for method in REFUSED_METHODS:
        answer = wire(seeded_api, path, method=method)
        assert answer.status == 405, method
        assert json.loads(answer.body)["code"] == "method_not_allowed"
        assert set(answer.one("allow").split(", ")) == {"GET", "HEAD"}


def test_a_path_that_is_not_there_is_a_404_by_any_method(seeded_api: Api) -> None:
    """Where nothing is, no method is better than another."""
    for method in (*REFUSED_METHODS, "GET", "HEAD"):
        assert wire(seeded_api, b"/v1/nothing", method=method).status == 404, method


@pytest.mark.parametrize("name", NAMES)
def test_what_a_client_can_take_is_asked(seeded_api: Api, name: str) -> None:
    """Nothing is sent that was refused beforehand; a browser's header is good enough."""
    path = path_of(seeded_api, name)
    for accept in ("application/json", "*/*", "application/*", "text/html, */*;q=0.1", ""):
        assert seeded_api.get(path, accept=accept).status_code == 200, accept
    for accept in NOT_JSON if name in NEGOTIATED else ():
        answer = seeded_api.get(path, accept=accept)
        assert (answer.status_code, problem_of(answer)["code"]) == (406, "not_acceptable"), accept


@pytest.mark.parametrize("name", NAMES)
def test_no_host_header_breaks_an_answer(seeded_api: Api, name: str) -> None:
    """Answers are made of paths, not of what a client says it calls us."""
    path = path_of(seeded_api, name).encode()
    for target, expected in ((path, 200), (b"/nowhere", 404), (asking(path, b"no-such-name"), 400)):
        usual = wire(seeded_api, target)
        for host in (b"", b"[", b"\xff", b"a:99999999", b"x@y/z?q", b"a b", b"[::1", b"evil.example"):
            answer = wire(seeded_api, target, [(b"host", host)], own_host=False)
            assert answer.status == expected, host
            assert answer.all("link") == usual.all("link")


@pytest.mark.parametrize("name", NAMES)
def test_no_bytes_in_a_query_break_an_answer(seeded_api: Api, name: str) -> None:
    """A query that is not UTF-8 is refused like any other that is not understood."""
    path = path_of(seeded_api, name).encode()
    for query in (b"\xff", b"\xff=1", b"limit=\xff", b"cursor=\xed\xa0\x80", b"%ED%A0%80=1", b"\x00"):
        answer = wire(seeded_api, asking(path, query))
        assert answer.status == 400, query
        ProblemView.model_validate_json(answer.body)


@pytest.mark.parametrize("name", NAMES)
def test_every_problem_has_the_one_documented_shape(seeded_api: Api, name: str) -> None:
    """Whatever goes wrong on whatever route, a client reads it with one piece of code."""
    path = path_of(seeded_api, name)
    provoked = [
        seeded_api.get(asking(path, "no-such-name=1")),
        seeded_api.get(path_beyond(seeded_api, name, "/nothing/here")),
        seeded_api.request("DELETE", path),
        seeded_api.get(path_with(name, "no-such-record") if name in TEMPLATED else "/nothing"),
        seeded_api.get(path if name in NEGOTIATED else "/v1/claims", accept="text/html"),
    ]
    for answer in provoked:
        problem = problem_of(answer)
        ProblemView.model_validate(problem, strict=True)
        assert problem["instance"] == answer.url.path
        assert answer.headers["cache-control"] == "no-store"
        kind = seeded_api.data(problem["type"])
        assert (kind["title"], kind["status"]) == (problem["title"], problem["status"])


def test_the_exclusions_are_still_needed() -> None:
    """A route that is exempt from the envelope must exist."""
    assert set(ROUTES) >= WITHOUT_ENVELOPE
