"""The command line as a person meets it: in this process where that is enough, and as a program of its own."""

import contextlib
import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import httpx

from app.cli import main
from tests.support.paths import ROOT

ONRECORD = [str(Path(sys.executable).with_name("onrecord"))]
MODULE = [sys.executable, "-m", "app"]
ADDRESS = re.compile(r"answers at (http://\S+)\. ")


@dataclass(frozen=True)
class Ran:
    """How a command ended and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def refusal(self) -> str:
        """Return the one line by which a command refused, after checking that there is nothing else."""
        assert self.code == 1, self
        assert self.out == ""
        (line,) = self.err.splitlines()
        assert line.startswith("onrecord: ")
        assert "Traceback" not in line
        return line.removeprefix("onrecord: ")


def environment(url: str | None, **settings: str) -> dict[str, str]:
    """Return this environment with no setting of ours but these."""
    clean = {name: value for name, value in os.environ.items() if not name.upper().startswith("ONRECORD_")}
    ours = {f"ONRECORD_{name.upper()}": value for name, value in settings.items()}
    return {**clean, **ours, **({"ONRECORD_DATABASE_URL": url} if url else {})}


def onrecord(url: str | None, *arguments: str, **settings: str) -> Ran:
    """Run a command in this process, through the same entry as the program."""
    out, err = io.StringIO(), io.StringIO()
    code = 0
    with (
        patch.dict(os.environ, environment(url, **settings), clear=True),
        patch.object(sys, "argv", ["onrecord", *arguments]),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            main()
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    return Ran(code, out.getvalue(), err.getvalue())


def program(command: list[str], url: str | None, *arguments: str, **settings: str) -> Ran:
    """Run a command as a program of its own, from the project's folder."""
    done = subprocess.run(
        [*command, *arguments],
        cwd=ROOT,
        env=environment(url, **settings),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


class Served:
    """A running server: where it answers, what it wrote until then, and a client of it."""

    def __init__(self, process: "subprocess.Popen[str]", url: str, said: str) -> None:
        self._process = process
        self.url = url
        self.said = said
        self.client = httpx.Client(base_url=url, trust_env=False)

    def stop(self) -> str:
        """End the server as an operator does, and return all that it wrote."""
        self.client.close()
        self._process.terminate()
        rest, _ = self._process.communicate(timeout=30)
        self.said += rest
        return self.said


@contextmanager
def serving_on_a_socket(command: list[str], url: str, *arguments: str, **settings: str) -> Iterator[Served]:
    """Run `serve` on a free port of the loopback until the block ends; it is ended by its id."""
    process = subprocess.Popen(
        [*command, "serve", "--port", "0", *arguments],
        cwd=ROOT,
        env=environment(url, **settings),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        said = ""
        assert process.stdout is not None
        while not (found := ADDRESS.search(said)):
            line = process.stdout.readline()
            assert line, f"the server ended with {process.wait()}: {said}"
            said += line
        # The three lines of things to try follow in the same breath.
        said += "".join(process.stdout.readline() for _ in range(3))
        yield Served(process, found[1], said)
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()
