"""The client promises: it asks as a good guest does, means the server's own words, and says plainly what went wrong."""

import asyncio
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.claims.views import ClaimView
from app.client import AsyncOnrecord, Onrecord, Retries
from app.client.errors import Busy, Gone, NotFound, NotUnderstood, Refused, Unreachable
from app.client.exchange import Kept, Reply, query, written
from app.kit.canonical import JSON, compact
from tests.client.following import Bridge, client_of
from tests.support.api import Api
from tests.support.paths import ROOT
from tests.support.world import World

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
Handler = Callable[[httpx.Request], httpx.Response]


def scripted(answers: Iterator[httpx.Response | Exception]) -> Handler:
    """Return a handler that gives these answers, one after the other."""

    def handle(request: httpx.Request) -> httpx.Response:
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    return handle


def talk(answers: list[httpx.Response | Exception], **retries: float) -> tuple[Onrecord, list[float]]:
    """Return a client whose server gives these answers, and the pauses that it makes."""
    pauses: list[float] = []
    patience = Retries(most=3, first=1, chance=lambda: 1.0, clock=lambda: NOW)
    transport = httpx.MockTransport(scripted(iter(answers)))
    return Onrecord("http://test", transport=transport, retries=patience, sleep=pauses.append), pauses


def answer(data: object, **headers: str) -> httpx.Response:
    """Return a 200 in the envelope."""
    value = {"data": data, "links": {"self": "/", "next": None}, "meta": {"seq": 1}}
    return httpx.Response(200, content=compact(value), headers=headers)


def test_an_anonymous_reader_gets_typed_records(seeded_api: Api) -> None:
    """Without a key, every record comes as the server's own view of it, page after page."""
    with client_of(seeded_api) as client:
        claims = list(client.claims(report="aleppo-2016-12", limit=40))
        assert len(claims) == 102
        assert {type(one) for one in claims} == {ClaimView}
        assert client.claim(claims[0].id) == claims[0]
        assert client.place("C1007").name
        assert client.vocabulary("measure").terms
        (found,) = client.compare(measure="people_besieged", place="east-aleppo-besieged-remainder")
        assert found.rows
        assert next(client.search(q="civilians")).record.id
        assert client.head().seq == 219
        assert len(list(client.changes(limit=100))) == 219
        assert client.history(claims[0].id)[0]["version"] == 1


def test_every_list_and_every_record_of_it_is_understood(seeded_api: Api) -> None:
    """No noun's document is other than its view says."""
    with client_of(seeded_api) as client:
        for many, one in (
            (client.claims, client.claim),
            (client.figures, client.figure),
            (client.reports, client.report),
            (client.actors, client.actor),
            (client.places, client.place),
            (client.crises, client.crisis),
            (client.relations, client.relation),
            (client.vocabularies, client.vocabulary),
        ):
            first = next(many(limit=1))
            assert one(first.id) == first


def test_the_awaiting_client_gives_the_same(seeded_api: Api) -> None:
    """Both faces run the same exchanges; what the one gives the other gives too."""

    async def ask() -> tuple[list[ClaimView], ClaimView]:
        transport = httpx.ASGITransport(app=seeded_api.app)
        async with AsyncOnrecord("http://test", transport=transport) as client:
            claims = [one async for one in client.claims(theme="protection_and_human_rights", limit=7)]
            return claims, await client.claim(claims[0].id)

    claims, first = seeded_api._runner.run(ask())
    with client_of(seeded_api) as client:
        assert claims == list(client.claims(theme="protection_and_human_rights"))
        assert len(claims) > 7
        assert client.claim(first.id) == first


def test_a_problem_comes_as_it_was_said(world: World, api: Api) -> None:
    """The server's own words, its code and its request id reach whoever asked; 404 and 410 have kinds of their own."""
    claim = world.create("claim", world.claim())
    world.retract(claim)
    with client_of(api) as client:
        with pytest.raises(Gone) as gone:
            client.claim(claim)
        assert gone.value.retracted is not None
        assert gone.value.retracted["note"] == "Withdrawn by its publisher."
        with pytest.raises(NotFound):
            client.report("no-such-report")
        with pytest.raises(Refused, match="did you mean") as refused:
            next(client.claims(speaker="x"))
        assert refused.value.code == "unknown_parameter"
        assert refused.value.request_id


def test_what_has_not_changed_is_not_sent_again(seeded_api: Api) -> None:
    """The second time the server says 304, and the record is the same."""
    bridge = Bridge(seeded_api)
    statuses: list[int] = []

    def counted(request: httpx.Request) -> httpx.Response:
        found = bridge.handle_request(request)
        statuses.append(found.status_code)
        return found

    with Onrecord("http://test", transport=httpx.MockTransport(counted)) as client:
        first, second = client.report("aleppo-2016-12"), client.report("aleppo-2016-12")
    assert first == second
    assert statuses == [200, 304]


def test_what_is_kept_is_bounded_and_what_was_withdrawn_is_not_kept() -> None:
    """A long-running client does not grow, and forgets a record at the moment at which it hears that it is gone."""
    kept = Kept(10)
    for at in range(5):
        kept.put(f"/{at}", Reply(200, {"etag": f'"{at}"'}, b"12345"))
    assert [kept.get(f"/{at}") is not None for at in range(5)] == [False, False, False, True, True]
    kept.put("/large", Reply(200, {"etag": '"x"'}, b"1" * 11))
    kept.put("/plain", Reply(200, {}, b"1"))
    assert (kept.get("/large"), kept.get("/plain")) == (None, None)
    gone = httpx.Response(410, json={"status": 410, "code": "retracted", "detail": "gone"})
    client, _ = talk([answer([], etag='"1"'), gone])
    client.documents("/v1/claims")
    with pytest.raises(Gone):
        client.documents("/v1/claims")
    assert client.manners.kept.get("/v1/claims") is None


@pytest.mark.parametrize(
    ("refusals", "pauses"),
    [
        ([httpx.Response(503)], [1]),
        ([httpx.Response(503, headers={"Retry-After": "7"})], [7]),
        ([httpx.Response(429, headers={"Retry-After": "Sun, 22 Nov 2026 08:00:30 GMT"})], [30]),
        ([httpx.Response(502), httpx.Response(504), httpx.ConnectError("away")], [1, 2, 4]),
        ([httpx.Response(503, headers={"Retry-After": "soon"}), httpx.ReadError("broke off")], [1, 2]),
        ([httpx.Response(503, headers={"Retry-After": "999999"})], [600]),
    ],
)
def test_a_busy_server_is_asked_again_when_it_says(refusals: list[httpx.Response], pauses: list[float]) -> None:
    """Pauses double until the server says when; nobody is asked again at once."""
    client, made = talk([*refusals, answer([])])
    assert client.documents("/v1/claims").data == []
    assert made == pauses


def test_after_the_last_try_the_reason_is_told() -> None:
    """A server that stays away ends in its own words, or in those of the network."""
    client, pauses = talk([httpx.Response(503, json={"status": 503, "code": "unavailable", "detail": "away"})] * 4)
    with pytest.raises(Busy, match="503 unavailable: away"):
        client.documents("/v1/claims")
    assert len(pauses) == 3
    client, _ = talk([httpx.ConnectError("no route")] * 4)
    with pytest.raises(Unreachable, match="no route"):
        client.documents("/v1/claims")


@pytest.mark.parametrize("status", [400, 404, 409, 410, 500])
def test_what_is_refused_is_not_asked_again(status: int) -> None:
    """An answer that will not change is taken at once; a page of some proxy is told by its status."""
    client, pauses = talk([httpx.Response(status, text="<html>")])
    with pytest.raises(Refused, match=f"http_{status}"):
        client.documents("/v1/claims")
    assert pauses == []


def test_jitter_keeps_many_from_coming_back_together() -> None:
    """Of those who were refused together, some come after half the pause and some after all of it."""
    outcome = Reply(503, {}, b"")
    assert Retries(first=2, chance=lambda: 0.0).pause(1, outcome) == 2
    assert Retries(first=2, chance=lambda: 1.0).pause(1, outcome) == 4


def test_fields_that_were_added_do_no_harm_and_missing_ones_are_told(seeded_api: Api) -> None:
    """An older client reads a newer server; what the contract promises and an answer leaves out is not overlooked."""
    whole: JSON = seeded_api.data("/v1/reports/aleppo-2016-12")
    more = {**whole, "added": 1, "crisis": {**whole["crisis"], "added": [1]}}
    client, _ = talk([answer(more)])
    assert client.report("aleppo-2016-12").title == whole["title"]
    for field in ("publisher", "licence", "counts"):
        client, _ = talk([answer({name: one for name, one in whole.items() if name != field})])
        with pytest.raises(NotUnderstood, match=field):
            client.report("aleppo-2016-12")
    client, _ = talk([httpx.Response(200, text="<html>"), httpx.Response(200, json={"data": []})])
    for _ in range(2):
        with pytest.raises(NotUnderstood):
            list(client.claims())


def test_an_export_is_whole_or_not_there(seeded_api: Api, tmp_path: Path) -> None:
    """A file appears when all of it has come, and an old one stays until then."""
    with client_of(seeded_api) as client:
        path = client.export("claims", "csv", tmp_path / "claims.csv", theme="politics_and_diplomacy")
        header, *_ = path.read_text(encoding="utf-8").splitlines()
        assert header.startswith("export_seq,id,statement")
        with pytest.raises(Refused):
            client.export("claims", "csv", path, speaker="x")
    assert path.read_text(encoding="utf-8").startswith(header)
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a", "a"),
        (True, "true"),
        (7, "7"),
        (Decimal("1E+5"), "100000"),
        (date(2016, 12, 13), "2016-12-13"),
        (NOW, "2026-11-22T08:00:00.000000Z"),
        (["a", "b"], "a,b"),
    ],
)
def test_filters_are_written_as_the_api_writes_them(value: object, text: str) -> None:
    """Python's own values are filters; an instant without its zone is refused rather than guessed."""
    assert written(value) == text  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        written(datetime(2026, 1, 1))  # noqa: DTZ001
    with pytest.raises(TypeError):
        written(object())  # type: ignore[arg-type]


@given(st.dictionaries(st.text(min_size=1, max_size=5), st.none() | st.text(max_size=9), max_size=4))
def test_a_query_says_what_was_asked_and_nothing_else(filters: dict[str, str | None]) -> None:
    """Whatever the words of a filter, they arrive; null asks nothing."""
    filters = {
        name: value for name, value in filters.items() if name.isprintable() and (value is None or value.isprintable())
    }
    url = httpx.URL("http://test" + query("/v1/claims", filters))
    assert dict(url.params) == {name: value for name, value in filters.items() if value is not None}


def test_the_client_needs_nothing_of_the_server() -> None:
    """Where sqlalchemy, fastapi and the rest are not installed, the client and its two commands work."""
    program = (
        "import sys, tomllib\n"
        "table = tomllib.load(open('pyproject.toml', 'rb'))['project']['optional-dependencies']['server']\n"
        "names = {one.split('=')[0].split('[')[0].replace('-', '_') for one in table} | {'yaml'}\n"
        "class Away:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.split('.')[0] in names: raise ModuleNotFoundError(name, name=name)\n"
        "sys.meta_path.insert(0, Away())\n"
        "import app.client, app.client.files, app.client.checking\n"
        "import app.cli\n"
        "sys.argv = ['onrecord', *sys.argv[1:]]\n"
        "import importlib.util\n"
        "real = importlib.util.find_spec\n"
        "app.cli.find_spec = lambda name: None\n"
        "app.cli.main()\n"
    )

    def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-c", program, *arguments]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)

    helped = run("pull", "--help")
    assert (helped.returncode, helped.stderr) == (0, "")
    refused = run("migrate")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "pip install 'onrecord[server]'" in refused.stderr


def test_both_faces_have_the_same_operations() -> None:
    """Nothing can be asked by the one and not by the other, since all of it is written once."""
    own = {name for name in vars(Onrecord) if not name.startswith("_")}
    assert own == {name for name in vars(AsyncOnrecord) if not name.startswith("_")} == {"close", "run", "walk"}
    assert asyncio.iscoroutinefunction(AsyncOnrecord.run)
    assert not asyncio.iscoroutinefunction(Onrecord.run)
