"""The service promises: no combination of path, query and headers gives a 500, or an answer of another shape."""

import json
import re
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from app.serving.problems import ProblemView
from tests.support.api import Api
from tests.support.routes import ROUTES
from tests.support.wire import Pair, WireAnswer, wire

STATUSES = {200, 304, 400, 404, 405, 406, 410}
QUESTIONS = [b"q=", b"aleppo", b"crisis=", b"syria-civil-war", b"facets=theme", b"sort=", b"relevance", b"measure="]
BYTES = st.binary(max_size=12)
PLAIN = st.text(st.characters(min_codepoint=33, max_codepoint=126, exclude_characters="?#"), max_size=12)
SEGMENT = st.one_of(
    st.sampled_from(["v1", "claims", "figures", "reports", "actors", "aleppo-2016-12", "unhcr", "healthz", "..", ""]),
    PLAIN,
    BYTES.map(lambda value: "".join(f"%{one:02x}" for one in value)),
)
FREE = st.lists(SEGMENT, max_size=5).map(lambda parts: ("/" + "/".join(parts)).encode())
TEMPLATES = st.sampled_from(sorted(route.path for route in ROUTES.values()))
NAMES = st.sampled_from(["aleppo-2016-12", "unhcr", "measure", "not_found", "x", "%00"])
FILLED = st.builds(lambda path, name: re.sub(r"\{\w+\}", name, path).encode(), TEMPLATES, NAMES)
WORDS = st.sampled_from(
    [b"limit", b"cursor", b"role", b"5", b"relay", b"=", b"&", b"%", b"+", b";", b"%26", b"1000", *QUESTIONS]
)
QUERY = st.one_of(st.just(b""), BYTES, st.lists(WORDS, max_size=6).map(b"".join), st.just(b"limit=3"))
NEGOTIATING = [b"accept", b"accept-encoding", b"if-none-match", b"if-modified-since", b"range", b"host", b"origin"]
OTHERS = [b"x-request-id", b"content-length", b"transfer-encoding", b"cookie", b"authorization"]
HEADER_NAMES = st.sampled_from([*NEGOTIATING, *OTHERS, b"access-control-request-method"])
PIECES = st.sampled_from(
    [b"*", b"*/*", b"gzip", b"br", b"zstd", b";q=", b"0", b"1", b",", b'"', b"W/", b"application/json", b" ", b"x" * 70]
)
LATIN = st.binary(max_size=20).map(lambda value: value.translate(None, b"\r\n\x00"))
VALUE = st.one_of(LATIN, st.lists(PIECES, max_size=6).map(b"".join))
HEADERS = st.lists(st.tuples(HEADER_NAMES, VALUE), max_size=5)
METHODS = st.sampled_from(["GET", "GET", "GET", "HEAD", "OPTIONS", "POST", "FOO"])


def check(answer: WireAnswer, method: str) -> None:
    """Hold an answer against what is promised of every answer."""
    assert answer.status in STATUSES
    lines = Counter(name.lower() for name, _ in answer.headers)
    assert [name for name, count in lines.items() if count > 1] == []
    assert len(answer.one("x-request-id")) in range(8, 65)
    if method == "HEAD" or answer.status == 304:
        assert answer.body == b""
    elif not answer.all("content-encoding"):
        assert int(answer.one("content-length")) == len(answer.body)
        if answer.status >= 400:
            ProblemView.model_validate_json(answer.body)
        elif answer.one("content-type") == "application/json":
            assert json.loads(answer.body)


@given(st.one_of(FREE, FILLED), QUERY, HEADERS, METHODS)
@settings(max_examples=300)
def test_any_request_is_answered_as_documented(
    seeded_api: Api, path: bytes, query: bytes, headers: list[Pair], method: str
) -> None:
    """Status, shape, request id and single header lines hold for whatever is thrown at the service."""
    preflight = method == "OPTIONS" and any(name == b"access-control-request-method" for name, _ in headers)
    if not preflight:
        check(wire(seeded_api, path + b"?" + query, headers, method), method)
