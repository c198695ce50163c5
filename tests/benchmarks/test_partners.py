"""The benchmarks for partners promise: what is counted came whole, and what is compared has the same bytes and rows."""

import asyncio
import os
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from http.client import HTTPException
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from app.ledger.append import REVISION
from app.store.engine import is_sqlite, writer
from benchmarks import exporting, floor, following, servers
from benchmarks.correcting import everywhere
from benchmarks.draining import drain
from benchmarks.following import ASKED, BARE, BODIES, WHOLE
from benchmarks.memory import Watch, private_dirty
from benchmarks.partner_floors import COPY, CSV, FEED, NDJSON, Partners, alike
from benchmarks.servers import OURS, Served
from benchmarks.worlds import POSTGRESQL, SQLITE, World
from tests.support.api import Api


@pytest.fixture(scope="module")
def ours(seeded_url: str) -> Iterator[Served]:
    """Our server on the seed, as it is measured."""
    with servers.served(OURS, seeded_url) as server:
        yield server


# --- exports ---------------------------------------------------------------------------------------------------------


def test_an_export_is_read_to_its_end(ours: Served, seeded_api: Api) -> None:
    """Every byte of it is counted, and no byte of how it was sent."""
    path = exporting.path_of("ndjson")
    assert drain(ours.port, path).bytes == len(seeded_api.get(path).content)


def test_what_is_refused_or_breaks_off_is_not_measured(ours: Served) -> None:
    """An answer that fails is quick: it must not pass for a fast export."""
    with pytest.raises(RuntimeError, match="400"):
        drain(ours.port, "/v1/exports/claims.csv?nothing=1")
    with socket.create_server(("127.0.0.1", 0)) as server:
        breaking = threading.Thread(target=_break_off, args=(server,))
        breaking.start()
        with pytest.raises(HTTPException):
            drain(server.getsockname()[1], "/")
        breaking.join()


def _break_off(server: socket.socket) -> None:
    connection, _ = server.accept()
    with connection:
        connection.recv(1000)
        connection.sendall(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\nhalf\r\n")


def test_the_rows_of_an_export_are_what_it_has(
    ours: Served, seeded_api: Api, seeded_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also of those that are bounded, and of the part whose memory is compared."""
    monkeypatch.setattr(exporting, "MOST", 37)
    files = list(exporting.chosen(seeded_url, ours.port))
    assert [one.extension for one in files] == [*exporting.WHOLE, *exporting.BOUNDED]
    assert [one.rows for one in files[2:]] == [37] * 4
    for one in files:
        for path, rows in ((one.path, one.rows), (one.part, one.part_rows)):
            lines = seeded_api.get(path.replace(f".{one.extension}", ".ndjson")).content.splitlines()
            assert len(lines) == rows > 0


@pytest.mark.parametrize("size", [1, 500, 1000, 200_000])
def test_the_floor_streams_as_many_bytes_as_asked(tmp_path: Path, size: int) -> None:
    """From a file that is shorter or longer, over and over again."""
    content = os.urandom(70_000)
    (tmp_path / "export-csv").write_bytes(content)
    with asyncio.Runner() as runner:
        streamed = Api(floor.build(tmp_path), runner).get(f"/streams/export-csv?size={size}").content
    assert streamed == (content * 3)[:size]


# --- the feed --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ASKED)
def test_the_follower_counts_every_revision_once(
    ours: Served, seeded_url: str, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Over many pages, without looking into them."""
    monkeypatch.setattr(following, "LIMIT", 100)
    with writer(seeded_url).connect() as connection:
        every = connection.execute(select(func.count()).select_from(REVISION)).scalar_one()
    found = list(following.pages(ours.port, following.path_of(kind, 7)))
    assert [one.rows for one in found[:-1]] == [100] * (len(found) - 1)
    assert len(found) > 2
    assert sum(one.rows for one in found) == every - 7


def test_the_follower_gets_what_it_asks_for(seeded_api: Api) -> None:
    """Bare pages have neither contents nor documents; a copy gets both, and the proof."""
    pages: dict[str, Any] = {kind: seeded_api.get(following.path_of(kind, 10)).json() for kind in ASKED}
    last = {kind: page["data"][-1] for kind, page in pages.items()}
    assert (last[BARE]["contents"], last[BARE]["document"]) == (None, None)
    assert (last[BODIES]["contents"] is not None, last[BODIES]["document"]) == (True, None)
    assert last[WHOLE]["contents"] is not None
    assert last[WHOLE]["document"] is not None
    assert pages[WHOLE]["meta"]["verifiable"]


# --- the short form --------------------------------------------------------------------------------------------------


def test_a_copy_is_held_against_the_server(ours: Served, seeded_url: str) -> None:
    """All of it is the server's, and every ratio of speeds is measured."""
    database = SQLITE if is_sqlite(seeded_url) else POSTGRESQL
    with ExitStack() as stack:
        partners = Partners(World(database, seeded_url, 100, 0, "", None), ours, stack)
        assert {one.name: one.ratio > 0 for one in partners.held()} == dict.fromkeys((NDJSON, CSV, FEED), True)
        assert partners.copied() == (COPY, 1.0, 1.0)


@pytest.mark.parametrize(
    ("here", "there", "share"),
    [({"a": 1}, {"a": 1}, 1.0), ({"a": 1, "b": 2}, {"a": 1}, 0.5), ({}, {"a": None}, 0.0), ({"a": 1}, {"a": 2}, 0.0)],
)
def test_what_is_missing_stale_or_too_much_is_not_alike(
    here: dict[str, Any], there: dict[str, Any], share: float
) -> None:
    """A copy equals the server only when nothing of either is without its like."""
    assert alike(here, there) == share


# --- what they stand on ----------------------------------------------------------------------------------------------


@given(st.integers(1, 3000) | st.sampled_from([7919, 2 * 7919]))
def test_every_claim_is_corrected_before_any_twice(total: int) -> None:
    """Those that the world retracts are left out, whatever its size."""
    assert sorted(everywhere(total)) == [number for number in range(total) if number % 1000 != 777]


@pytest.mark.skipif(private_dirty(os.getpid()) is None, reason="the system does not tell")
def test_memory_is_what_a_process_has_written() -> None:
    """Seen at its highest, and still when it was let go of."""
    before = private_dirty(os.getpid()) or 0
    with Watch(os.getpid()) as watch:
        written = b"x" * 50_000_000
    assert (watch.highest or 0) - before > 45_000_000
    assert written[-1:] == b"x"
