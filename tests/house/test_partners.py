"""The partners' guide promises: a copy kept by its program is the record as it is, whatever happened in between."""

import json
import runpy
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from unittest.mock import patch

import httpx
import pytest

from tests.support.pages import blocks, steps
from tests.support.paths import ROOT
from tests.support.steps import ADDRESS, Folder
from tests.support.terminal import MODULE, Served, serving_on_a_socket
from tests.support.world import World

GUIDE = steps(blocks((ROOT / "docs" / "guides" / "partners.md").read_text(encoding="utf-8")))
PULL, FIGURES = (["python", name] for name in ("pull.py", "figures.py"))


def programs(path: Path, address: str) -> Folder:
    """Write the guide's files into a folder, for a server of their own."""
    folder = Folder(path, address, lambda: "postgresql:///none")
    for step in GUIDE:
        if step.kind == "file":
            folder.run(step)
    return folder


def said(folder: Folder, command: list[str]) -> list[str]:
    """Run a program of the guide and return the lines that it printed."""
    ran = folder.start(command, subprocess.PIPE)
    assert (ran.returncode, ran.stderr) == (0, "")
    return ran.stdout.splitlines()


def kept(folder: Folder, path: str) -> dict[str, Any]:
    """Return what the copy has of a list, by id."""
    with closing(sqlite3.connect(folder.path / "record.db")) as db:
        rows = db.execute("SELECT body FROM record WHERE list = ?", (path,)).fetchall()
    return {one["id"]: one for one in map(json.loads, (body for (body,) in rows))}


def walk(server: Served, path: str | None) -> Iterator[dict[str, Any]]:
    """Yield every record of a list."""
    while path:
        page = server.client.get(path).raise_for_status().json()
        yield from page["data"]
        path = page["links"]["next"]


def test_a_copy_follows_corrections_retractions_and_new_names(world: World, tmp_path: Path) -> None:
    """What was withdrawn is deleted and said, with its reason; a new name comes, though no revision tells of it."""
    claims = [world.create("claim", world.claim(statement=f"Event {number}.")) for number in range(3)]
    figures = [world.create("figure", world.figure(claim)) for claim in claims]
    with serving_on_a_socket(MODULE, world.url) as server, server.client:
        folder = programs(tmp_path, server.url)
        assert said(folder, PULL)[1:] == [
            "/v1/claims: 3 new, 0 changed, 0 gone",
            "/v1/figures: 3 new, 0 changed, 0 gone",
        ]
        world.retract(claims[0])
        world.correct(claims[1], world.claim(statement="Event 1, as corrected."))
        world.correct(world.publisher, world.actor(kind="media", slug="a-paper", name="A New Name"))
        lines = said(folder, PULL)
        assert [line.split(": ", 1)[1] for line in lines if line.startswith("/v1")] == [
            "0 new, 1 changed, 0 gone",
            "0 new, 2 changed, 1 gone",
            "0 new, 2 changed, 1 gone",
        ]
        gone = {line.split()[0]: line for line in lines if " is gone: " in line}
        assert gone.keys() == {claims[0], figures[0]}
        assert gone[claims[0]].endswith("publisher_correction: Withdrawn by its publisher.")
        assert ", parent: " in gone[figures[0]]
        for path in ("/v1/reports", "/v1/claims", "/v1/figures"):
            assert kept(folder, path) == {one["id"]: one for one in walk(server, path)}
        # What the guide says of `changed_from`: a new name does not move it.
        newest = kept(folder, "/v1/claims")[claims[1]]["changed_at"]
        assert [one["id"] for one in walk(server, f"/v1/claims?changed_from={newest}")] == [claims[1]]
        assert all(line.endswith("nothing has changed") for line in said(folder, PULL))


def test_a_table_keeps_every_digit_and_harms_no_spreadsheet(world: World, tmp_path: Path) -> None:
    """No number goes through a float, and no text of a report becomes a formula."""
    claim = world.create("claim", world.claim(statement="=1+1 people were counted."))
    world.create("figure", world.figure(claim, value="123456789.123456", reported="123456789.123456"))
    with serving_on_a_socket(MODULE, world.url) as server, server.client:
        folder = programs(tmp_path, server.url)
        said(folder, PULL)
        assert said(folder, FIGURES) == ["1 figures"]
    (line,) = (tmp_path / "figures.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
    assert line.count("123456789.123456") == 4
    assert "'=1+1 people were counted." in line


@pytest.mark.parametrize(
    ("statuses", "headers", "waits", "last"),
    [
        ((200,), {}, [], 200),
        ((404,), {}, [], 404),
        ((503, 200), {"Retry-After": "7"}, [7], 200),
        ((503, 502, 200), {}, [1, 5], 200),
        ((503, 503, 503, 503), {"Retry-After": "Mon, 23 Nov 2026 01:00:00 GMT"}, [1, 5, 30], 503),
    ],
)
def test_the_program_waits_as_it_is_told(
    tmp_path: Path, statuses: tuple[int, ...], headers: dict[str, str], waits: list[int], last: int
) -> None:
    """A server that is away is asked again, three times and not at once; a refusal is not asked again."""
    programs(tmp_path, ADDRESS)
    ask = runpy.run_path(str(tmp_path / "pull.py"))["ask"]
    answers = iter(statuses)
    transport = httpx.MockTransport(lambda _: httpx.Response(next(answers), headers=headers))
    with patch("time.sleep") as sleep, httpx.Client(base_url=ADDRESS, transport=transport) as client:
        assert ask(client, "/v1/claims").status_code == last
    assert [call.args[0] for call in sleep.call_args_list] == waits
    assert next(answers, None) is None


def test_a_server_that_cannot_be_reached_is_said(tmp_path: Path) -> None:
    """After the last try the program fails, so that whoever runs it every night hears of it."""
    programs(tmp_path, ADDRESS)
    ask = runpy.run_path(str(tmp_path / "pull.py"))["ask"]

    def away(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("away", request=request)

    transport = httpx.MockTransport(away)
    with patch("time.sleep") as sleep, httpx.Client(base_url=ADDRESS, transport=transport) as client:
        with pytest.raises(httpx.ConnectError):
            ask(client, "/v1/claims")
        assert sleep.call_count == 3
