"""The service promises front-end developers: any page may read it, with every header that it needs."""

import pytest

from tests.support.api import Api
from tests.support.routes import NAMES, asking, path_beyond, path_of
from tests.support.wire import wire

ORIGIN = (b"origin", b"https://example.org")
ASKS = b"access-control-request-method"
ASKS_HEADERS = b"access-control-request-headers"
NEEDED = {"ETag", "Link", "X-Request-Id", "Retry-After", "Last-Modified"}


@pytest.mark.parametrize("name", NAMES)
def test_any_page_may_read_any_answer(seeded_api: Api, name: str) -> None:
    """Records, problems and 304s alike, with the headers by which a client pages, caches and reports."""
    path = path_of(seeded_api, name).encode()
    for target in (path, asking(path, b"no-such-name=1"), path_beyond(seeded_api, name, "/nothing").encode()):
        answer = wire(seeded_api, target, [ORIGIN])
        assert answer.one("access-control-allow-origin") == "*"
        assert set(answer.one("access-control-expose-headers").split(", ")) >= NEEDED
        assert answer.all("access-control-allow-credentials") == []


@pytest.mark.parametrize("name", NAMES)
def test_a_browser_that_asks_beforehand_may_send_validators(seeded_api: Api, name: str) -> None:
    """A preflight allows reading, with If-None-Match and X-Request-Id, and is kept for a day."""
    for method in (b"GET", b"HEAD"):
        asked = [ORIGIN, (ASKS, method), (ASKS_HEADERS, b"if-none-match, x-request-id")]
        answer = wire(seeded_api, path_of(seeded_api, name).encode(), asked, "OPTIONS")
        assert answer.status == 200
        assert answer.one("access-control-allow-origin") == "*"
        assert set(answer.one("access-control-allow-methods").split(", ")) == {"GET", "HEAD"}
        allowed = answer.one("access-control-allow-headers").lower().split(", ")
        assert {"if-none-match", "x-request-id"} <= set(allowed)
        assert answer.one("access-control-max-age") == "86400"


@pytest.mark.parametrize(
    "asked", [[(ASKS, b"POST")], [(ASKS, b"DELETE")], [(ASKS, b"GET"), (ASKS_HEADERS, b"authorization")]]
)
def test_a_browser_that_asks_for_more_is_refused(seeded_api: Api, asked: list[tuple[bytes, bytes]]) -> None:
    """Nothing is written from a page, and no credentials are taken."""
    assert wire(seeded_api, b"/v1/claims", [ORIGIN, *asked], "OPTIONS").status == 400
