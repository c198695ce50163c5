"""`onrecord pull` promises: one command for every night, which survives being killed, and says what changed and why."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from app.ledger.append import HEAD, REVISION
from app.store.engine import writer
from tests.cli.test_commands import tamper
from tests.support.databases import Databases
from tests.support.paths import ROOT
from tests.support.terminal import MODULE, Served, environment, onrecord, serving_on_a_socket
from tests.support.world import World

# Runs the command with small pages, and kills itself the way that a machine does, at the n-th statement.
KILLED = """
import os, signal, sys
from app.cli import main
from app.client import databases, pulling
pulling.PAGE = 7
left = [int(sys.argv.pop(1))]
def counted(function):
    def called(self, *given):
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return function(self, *given)
    return called
for name in ("run", "add", "many"):
    setattr(databases.Sqlite, name, counted(getattr(databases.Sqlite, name)))
main()
"""


@pytest.fixture
def served(world: World) -> Iterator[Served]:
    """A real server on a fresh world."""
    claim = world.create("claim", world.claim())
    world.create("figure", world.figure(claim))
    with serving_on_a_socket(MODULE, world.url, log_level="error") as server, server.client:
        yield server


def killed(at: int, *arguments: str) -> int:
    """Run a pull that ends itself at a statement; return its exit code."""
    command = [sys.executable, "-c", KILLED, str(at), *arguments]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(None), capture_output=True, text=True, timeout=60, check=False
    )
    return done.returncode


def content(path: Path) -> list[str]:
    """Return everything that a copy in SQLite says, but when heads were seen."""
    with sqlite3.connect(path) as db:
        return sorted(line for line in db.iterdump() if "pull_state" not in line and "pull_file" not in line)


def test_the_nightly_job_from_nothing_to_files(served: Served, world: World, tmp_path: Path) -> None:
    """The first night makes a folder of files, the second says that nothing has changed, the third what and why."""
    to = str(tmp_path / "copy")
    first = onrecord(None, "pull", served.url, "--to", to)
    assert (first.code, first.err) == (0, "")
    assert "1 claim create" in first.out
    assert "Wrote 18 files." in first.out
    assert (tmp_path / "copy" / "claims.csv").read_text(encoding="utf-8").count("\n") == 2
    again = onrecord(None, "pull", served.url, "--to", to)
    assert again.out.startswith("Nothing has changed since seq ")
    assert "Wrote" not in again.out
    world.retract(world.report)
    third = onrecord(None, "pull", served.url, "--to", to)
    assert f"retract {world.report} (publisher_correction): Withdrawn by its publisher." in third.out
    assert "(parent)" in third.out
    assert (tmp_path / "copy" / "claims.csv").read_text(encoding="utf-8").count("\n") == 1
    verified = onrecord(None, "verify", "--copy", to, "--server", served.url)
    assert (verified.code, verified.err) == (0, "")
    assert verified.out.startswith("Intact: ")
    assert third.out.splitlines()[-1] in verified.out


def test_a_pull_that_is_killed_goes_on_where_it_was(served: Served, tmp_path: Path) -> None:
    """Killed at any statement, again and again, the copy ends up the same as one that was pulled at once."""
    whole, broken = tmp_path / "whole.db", tmp_path / "broken.db"
    assert killed(10**9, "pull", served.url, "--to", f"sqlite:///{whole}") == 0
    for at in (3, 30, 45, 52, 61):
        assert killed(at, "pull", served.url, "--to", f"sqlite:///{broken}") == -9
    assert killed(10**9, "pull", served.url, "--to", f"sqlite:///{broken}") == 0
    assert content(broken) == content(whole)
    assert onrecord(None, "verify", "--copy", f"sqlite:///{broken}").code == 0


def test_a_rewritten_history_has_an_exit_code_of_its_own(world: World, tmp_path: Path) -> None:
    """A nightly job tells a network down (1) from a history that does not fit (3), of which nothing is taken."""
    to = f"sqlite:///{tmp_path}/copy.db"
    with serving_on_a_socket(MODULE, world.url, log_level="error") as server, server.client:
        assert onrecord(None, "pull", server.url, "--to", to).code == 0
        kept = content(tmp_path / "copy.db")
        tamper(world.url, "UPDATE ledger_head SET chain = 'x'")
        ran = onrecord(None, "pull", server.url, "--to", to)
        assert (ran.code, ran.out) == (3, "")
        assert "NOT PROVEN" in ran.err
        assert "The copy is as it was." in ran.err
    assert content(tmp_path / "copy.db") == kept


def test_a_restored_backup_is_told_as_a_fork(world: World, databases: Databases, tmp_path: Path) -> None:
    """After an older backup the operator forks the ledger, and a copy that is past the fork hears from where on."""
    to = f"sqlite:///{tmp_path}/copy.db"
    world.create("claim", world.claim())
    with serving_on_a_socket(MODULE, world.url, log_level="error") as server, server.client:
        assert onrecord(None, "pull", server.url, "--to", to).code == 0
    with writer(world.url).connect() as connection:
        seq = connection.execute(select(HEAD.c.seq)).scalar_one()
        chain = connection.execute(select(REVISION.c.chain).where(REVISION.c.seq == seq - 1)).scalar_one()
    lost = ["DELETE FROM revision WHERE seq = {seq}", "DELETE FROM revision_content WHERE seq = {seq}"]
    head = "UPDATE ledger_head SET seq = {seq} - 1, chain = '{chain}'"
    tamper(world.url, *(one.format(seq=seq, chain=chain) for one in [*lost, head]))
    assert onrecord(world.url, "ledger", "fork").code == 0
    with serving_on_a_socket(MODULE, world.url, log_level="error") as server, server.client:
        ran = onrecord(None, "pull", server.url, "--to", to)
    assert ran.code == 3
    told = " ".join(ran.err.split())
    assert f"before seq {seq}" in told or f"the same up to seq {seq - 1}" in told


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("pull", "ftp://x", "--to", "sqlite:///a.db"), "expected the address of a server"),
        (("pull", "http://127.0.0.1:1", "--to", "mysql://x"), "expected a folder"),
        (("pull", "http://127.0.0.1:1", "--to", "sqlite:///"), "the name of a file"),
        (("verify", "--copy", "sqlite:///no-copy.db"), "there is no copy"),
        (("verify", "--copy", "no-such-folder"), "there is no copy"),
    ],
)
def test_what_a_person_can_mend_is_one_line(arguments: tuple[str, ...], expected: str, tmp_path: Path) -> None:
    """A slip in the command is told in a line, and leaves nothing behind."""
    assert expected in onrecord(None, *arguments).refusal
    assert not Path("no-copy.db").exists()


def test_a_password_is_never_repeated() -> None:
    """What cannot be reached is told without what the URL held."""
    for url in ("postgresql://user:hunter2@127.0.0.1:1/x", "postgresql://user:hunter2@[::1/x"):
        ran = onrecord(None, "pull", "http://127.0.0.1:1", "--to", url)
        assert ran.code == 1
        assert "hunter2" not in ran.out + ran.err
        assert "Traceback" not in ran.err
