"""A follower promises: a server that lies, breaks or is somebody else's is told of in one line, and changes no copy."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.cli.console import plain
from app.client import Onrecord, clients
from app.client.copy import Copy
from app.client.errors import ClientError, NotProven, NotUnderstood
from app.client.exchange import Retries
from app.client.pulling import pull
from app.ledger.signing import generate
from tests.client.conftest import Targets
from tests.client.following import Bridge, copied_documents, copied_revisions, sqlite_target
from tests.support.api import Api, serving
from tests.support.world import World

Change = Callable[[dict[str, Any]], Any]
STRANGE = [
    None,
    True,
    -1,
    2**70,
    1.5,
    "",
    "x",
    "0" * 64,
    "act_x'; DROP TABLE actors",
    "\0",
    "\udc00",
    [],
    [1],
    {},
    {"id": 1},
]
ENVELOPE = ("ledger", "seq", "record_type", "record_id", "version", "operation", "cause", "recorded_at", "role")


class Lying(Bridge):
    """Hands on what the application answers, changed where a test says so."""

    def __init__(self, api: Api, path: str, change: Change) -> None:
        super().__init__(api)
        self._path = path
        self._change = change

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request, and change its answer."""
        answer = super().handle_request(request)
        if not request.url.path.startswith(self._path):
            return answer
        value = json.loads(answer.content)
        changed = self._change(value)
        content = json.dumps(value if changed is None else changed).encode()
        return httpx.Response(answer.status_code, content=content)


def lied_to(api: Api, copy: Copy, change: Change, path: str = "/v1/changes") -> None:
    """Pull once from a server that changes its answers."""
    with Onrecord("http://test", transport=Lying(api, path, change), retries=Retries(most=0)) as client:
        pull(client, copy)


def test_nobody_is_asked_because_a_server_says_so(tmp_path: Path) -> None:
    """Where a list goes on is a path of the same server: another address is not asked, and the user is told."""
    asked: list[str] = []

    def elsewhere(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        value = {"data": [], "links": {"self": "/", "next": "http://169.254.169.254/latest"}, "meta": {"seq": 1}}
        return httpx.Response(200, json=value)

    with Onrecord("http://test", transport=httpx.MockTransport(elsewhere)) as client:
        with pytest.raises(NotUnderstood):
            list(client.claims())
        with pytest.raises(NotUnderstood):
            client.to_frame("claims")
    assert {httpx.URL(one).host for one in asked} == {"test"}


def test_a_name_stays_in_its_place(tmp_path: Path) -> None:
    """What is asked for by name is one segment of a path, whatever it holds."""
    asked: list[bytes] = []

    def noted(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.raw_path)
        return httpx.Response(404, json={})

    with Onrecord("http://test", transport=httpx.MockTransport(noted)) as client:
        for name in ("../../metrics", "x?as_of=seq:1", "x#y"):
            with pytest.raises(ClientError):
                client.claim(name)
    assert all(one.startswith(b"/v1/claims/") and one.count(b"/") == 3 and b"?" not in one for one in asked)


def test_an_answer_without_end_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few bytes that unpack to more than memory are given up before they fill it."""
    monkeypatch.setattr(clients, "MOST_BYTES", 1_000_000)
    packed = gzip.compress(b" " * 50_000_000)

    def bomb(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=packed, headers={"content-encoding": "gzip"})

    with Onrecord("http://test", transport=httpx.MockTransport(bomb)) as client, pytest.raises(NotUnderstood):
        client.head()


@pytest.mark.parametrize(
    "content",
    [b"", b"null", b"[]", b"1", b'{"data":null}', b'{"data":{}}', b"<html>", b"\xff", b'{"data":[1],"meta":1}'],
)
def test_whatever_an_answer_is_it_is_told_plainly(world: World, tmp_path: Path, content: bytes) -> None:
    """An answer of another server, or of none, is one line, for the head and for the feed."""
    for status in (200, 409, 410, 503):
        for path in ("/v1/ledger/head", "/v1/changes"):

            def other(request: httpx.Request, status: int = status, path: str = path) -> httpx.Response:
                return httpx.Response(status if request.url.path == path else 200, content=content)

            client = Onrecord("http://test", transport=httpx.MockTransport(other), retries=Retries(most=0))
            with client, Copy.open(sqlite_target(tmp_path), "http://test", {}, None) as copy:
                with pytest.raises(ClientError):
                    pull(client, copy)
                assert copy.state.place.seq == 0


def paths_in(value: Any, before: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return where everything in a JSON value is."""
    found = [before] if before else []
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, inner in items:
        found += paths_in(inner, (*before, name))
    return found


@settings(max_examples=25)
@given(data=st.data())
def test_a_broken_page_changes_no_copy(
    seeded_api: Api, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Whatever is wrong with one value of a page, it is told plainly, and the copy has all of the page or nothing."""

    def broken(page: dict[str, Any]) -> None:
        where = data.draw(st.sampled_from(paths_in({"meta": page["meta"], "data": page["data"][180:200]})), "where")
        inside: Any = page
        for at, name in enumerate(where[:-1]):
            inside = inside[name + 180 if at == 1 and where[0] == "data" else name]
        last = where[-1] + 180 if where[0] == "data" and len(where) == 2 else where[-1]
        if data.draw(st.booleans(), "left out") and isinstance(inside, dict):
            del inside[last]
        else:
            inside[last] = data.draw(st.sampled_from(STRANGE), "value")

    target = sqlite_target(tmp_path_factory.mktemp("copy"))
    with Copy.open(target, "http://test", {}, None) as copy:
        try:
            lied_to(seeded_api, copy, broken)
        except ClientError:
            assert copied_revisions(copy) == {}
            assert copied_documents(copy) == {}
        else:
            assert copy.state.place.seq == 219


def test_a_document_of_another_record_is_refused(world: World, api: Api, targets: Targets) -> None:
    """A revision brings its own record's document; what another's says is not put in its place."""

    def swapped(page: dict[str, Any]) -> None:
        shown = [one for one in page["data"] if one["document"] and one["record_type"] == "actor"]
        shown[0]["document"], shown[1]["document"] = shown[1]["document"], shown[0]["document"]

    with Copy.open(targets(), "http://test", {}, None) as copy:
        with pytest.raises(NotProven):
            lied_to(api, copy, swapped)
        assert copied_documents(copy) == {}


def test_contents_are_not_left_out_where_everything_was_asked_for(world: World, api: Api, targets: Targets) -> None:
    """Only filters make bare envelopes: without any, a server cannot keep a record back and call it proven."""

    def bare(page: dict[str, Any]) -> None:
        page["data"][-1].update(bare=True, contents=None, document=None, note=None)

    with Copy.open(targets(), "http://test", {}, None) as copy:
        with pytest.raises(NotProven):
            lied_to(api, copy, bare)
        assert copied_revisions(copy) == {}


def test_a_signed_head_vouches_for_nothing_beyond_it(world: World, targets: Targets, tmp_path: Path) -> None:
    """Whoever shows an old head again, with its signature, cannot add a revision of their own behind it."""
    generate(tmp_path / "key.pem")
    target = targets()
    with serving(world.url, ledger_key=str(tmp_path / "key.pem")) as api:
        head = api.get("/v1/ledger/head").json()
        key = head["data"]["signature"]["key"]
        with Copy.open(target, "http://test", {}, key) as copy:
            lied_to(api, copy, lambda value: value)
            before = copied_revisions(copy), copy.state
    # The same ledger, with a revision that nobody signed.
    world.create("actor", world.actor(name="Nobody signed this"))
    with serving(world.url) as api, Copy.there(target) as copy:
        lied_to(api, copy, lambda _: head, "/v1/ledger/head")
        assert (copied_revisions(copy), copy.state) == before


def test_more_than_was_asked_for_is_not_taken(world: World, targets: Targets, tmp_path: Path) -> None:
    """A page that goes beyond the head, or a feed that ends before a signed one, is reported."""
    generate(tmp_path / "key.pem")
    with serving(world.url, ledger_key=str(tmp_path / "key.pem")) as api:
        whole = api.get("/v1/changes?after=0&limit=1000&include=body,document&proof=full").json()
        with Copy.open(targets(), "http://test", {}, None) as copy:
            old = api.get("/v1/ledger/head").json()
            world.create("actor", world.actor(name="Later"))
            longer = api.get("/v1/changes?after=0&limit=1000&include=body,document&proof=full").json()

            def too_long(request: httpx.Request) -> httpx.Response:
                return httpx.Response(200, json=old if request.url.path.endswith("head") else longer)

            def too_short(request: httpx.Request) -> httpx.Response:
                new = api.get("/v1/ledger/head").json()
                return httpx.Response(200, json=new if request.url.path.endswith("head") else whole)

            for lie in (too_long, too_short):
                with Onrecord("http://test", transport=httpx.MockTransport(lie)) as client, pytest.raises(NotProven):
                    pull(client, copy)
                assert copy.state.place.seq == 0


def test_a_terminal_obeys_no_word_of_a_server() -> None:
    """What would move the cursor, clear the screen or write another line is shown as what it is."""
    assert plain("\x1b[2Jok\r\n\x9b1m\u202etxt") == "\ufffd[2Jok\ufffd\ufffd\ufffd1m\ufffdtxt"
