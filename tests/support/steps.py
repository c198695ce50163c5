"""Does what a page of the documentation says: asks what it asks, runs what it runs, and tells where it is wrong."""

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from typer.main import get_command

from app.cli.commands import cli
from tests.support.api import Api
from tests.support.pages import Step, Unproven, prints, stands_in
from tests.support.paths import ROOT

ADDRESS = "http://127.0.0.1:8000"
POSTGRESQL = "postgresql://user:password@host/onrecord"
PROMPT = re.compile(r"^\$ ", re.MULTILINE)
FLAGS = {"-i", "-I", "-s", "-g", "-sS", "--compressed"}
END = "-- the command has ended --"


def difference(whole: Any, part: Any, at: str = "") -> str | None:
    """Return where a shortened JSON value says what the whole does not, or None; `…` stands for what is left out."""
    if part == "…" or (isinstance(part, str) and "…" in part and isinstance(whole, str) and prints(part, whole)):
        return None
    if isinstance(part, dict) and isinstance(whole, dict):
        missing = [name for name in part if name not in whole]
        found = [difference(whole[name], one, f"{at}/{name}") for name, one in part.items() if name in whole]
        return f"{at}/{missing[0]}: there is no such name" if missing else next(filter(None, found), None)
    if isinstance(part, list) and isinstance(whole, list):
        goes_on = part[-1:] == ["…"]
        shown = part[:-1] if goes_on else part
        if len(whole) < len(shown) or not (goes_on or len(whole) == len(shown)):
            return f"{at}: there are {len(whole)}"
        pairs = enumerate(zip(whole, shown, strict=False))
        return next(filter(None, (difference(one, two, f"{at}/{index}") for index, (one, two) in pairs)), None)
    same = isinstance(whole, bool) == isinstance(part, bool) and whole == part
    return None if same else f"{at}: it is {json.dumps(whole, ensure_ascii=False)[:200]}"


def ask(api: Api, step: Step) -> None:
    """Send the request of a block and hold the answer against what the page shows of it."""
    words = shlex.split(step.block.text.replace("\\\n", " "))[1:]
    headers, urls, flags = {}, [], set()
    while words:
        word = words.pop(0)
        if word == "-H":
            name, _, value = words.pop(0).partition(":")
            headers[name.strip().lower()] = value.strip()
        elif word.startswith("-"):
            flags.add(word)
        else:
            urls.append(word)
    where = f"line {step.block.line}"
    assert flags <= FLAGS, f"{where}: {flags - FLAGS} is not known here; write a console"
    (url,) = urls
    assert url.startswith(f"{ADDRESS}/"), f"{where}: requests go to {ADDRESS}"
    answer = api.request("HEAD" if "-I" in flags else "GET", url.removeprefix(ADDRESS), headers)
    status = 200
    for shown in step.shown:
        if shown.language == "http":
            assert flags & {"-i", "-I"}, f"{where}: curl shows headers with -i or -I"
            status = _headers(shown.text, answer.headers, where)
        else:
            part = json.loads(shown.text)
            status = part.get("status", status) if isinstance(part.get("status"), int) else status
            wrong = difference(json.loads(answer.content), part)
            assert wrong is None, f"{where}, {wrong}"
    assert answer.status_code == status, f"{where}: {answer.status_code} {answer.text[:400]}"


def _headers(shown: str, headers: Any, where: str) -> int:
    """Hold headers against those that a page shows, and return the status that it shows."""
    first, *lines = shown.strip().splitlines()
    for line in lines:
        name, _, value = line.partition(":")
        assert name in headers, f"{where}: the answer has no {name}"
        assert prints(value.strip(), headers[name]), f"{where}: {name}: {headers[name]}"
    return int(first.split()[1])


def hold(step: Step) -> None:
    """Hold a block against the file that its mark names."""
    path = ROOT / step.block.said
    assert path.is_file(), f"line {step.block.line}: there is no {step.block.said}"
    text = path.read_text(encoding="utf-8")
    assert stands_in(step.block.text, text), f"line {step.block.line}: this does not stand in {step.block.said}"


def name(step: Step) -> None:
    """Hold a block of commands that cannot run here against what there is: scripts, commands and their options."""
    if step.block.language not in ("sh", "console"):
        return
    for script in re.findall(r"(?<![\w/])scripts/[\w-]+", step.block.text):
        assert (ROOT / script).is_file(), f"line {step.block.line}: there is no {script}"
    for line in step.block.text.replace("\\\n", " ").splitlines():
        called = re.search(r"(?:^|[\s/])onrecord (?=[a-z-])([^|;&#>]*)", line)
        if called:
            _known(shlex.split(called[1]), step.block.line)


def _known(words: list[str], line: int) -> None:
    """Refuse a command or an option that `onrecord` has not."""
    command: Any = get_command(cli)
    while words and words[0] in getattr(command, "commands", {}):
        command = command.commands[words.pop(0)]
    assert not hasattr(command, "commands") or words[:1] == ["--help"], f"line {line}: onrecord has no {words[:1]}"
    options = {one for parameter in command.params for one in parameter.opts} | {"--help"}
    wrong = [word for word in words if word.startswith("--") and word.partition("=")[0] not in options]
    assert not wrong, f"line {line}: onrecord {command.name} has no {wrong}"


@dataclass
class Folder:
    """The folder of a page, in which its programs and consoles run one after the other."""

    path: Path
    address: str
    postgresql: Callable[[], str]
    _replaced: dict[str, str] = field(default_factory=dict)

    def run(self, step: Step) -> None:
        """Do what a step says, and hold what comes of it against what the page shows."""
        if step.kind == "file":
            target = self.path / step.block.said
            assert target.resolve().is_relative_to(self.path.resolve())
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(self._here(step.block.text), encoding="utf-8")
        elif step.kind == "program":
            self._program(step)
        else:
            self._console(step)

    def _program(self, step: Step) -> None:
        ran = self.start([sys.executable, "-W", "error", "-c", self._here(step.block.text)], subprocess.PIPE)
        assert ran.returncode == 0, f"line {step.block.line}: {ran.stderr}"
        expected = step.shown[0].text if step.shown else ""
        said = self._there(ran.stdout)
        assert prints(expected, said) or said == expected == "", f"line {step.block.line}: it prints\n{said}"

    def _console(self, step: Step) -> None:
        before, *pieces = PROMPT.split(step.block.text)
        if before or not pieces:
            raise Unproven(f"line {step.block.line}: a console begins with `$ ` and a command")
        calls = [_call(piece) for piece in pieces]
        script = "".join(f"{command}\nprintf '\\n%s\\n' '{END}'\n" for command, _ in calls)
        ran = self.start(["bash", "-euo", "pipefail", "-c", self._here(script)], subprocess.STDOUT)
        said = self._there(ran.stdout).split(f"\n{END}\n")
        assert ran.returncode == 0, f"line {step.block.line}: `{calls[len(said) - 1][0]}` failed: {said[-1]}"
        for (command, expected), heard in zip(calls, said, strict=False):
            fits = not expected.strip() or prints(expected, heard)
            assert fits, f"line {step.block.line}: `{command}` says\n{heard}"

    def start(self, command: list[str], errors: int) -> "subprocess.CompletedProcess[str]":
        """Run in the page's folder, in an environment of nothing but what a newcomer has."""
        path = [str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)]
        clean = {"PATH": os.pathsep.join(path), "HOME": str(self.path), "LC_ALL": "C.UTF-8", "NO_PROXY": "*"}
        return subprocess.run(
            command,
            cwd=self.path,
            env=clean,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            timeout=120,
            check=False,
        )

    def _here(self, text: str) -> str:
        """Put the addresses of this run in the place of those that a page shows."""
        self._replaced.setdefault(ADDRESS, self.address)
        if POSTGRESQL in text and POSTGRESQL not in self._replaced:
            self._replaced[POSTGRESQL] = self.postgresql()
        for shown, real in self._replaced.items():
            text = text.replace(shown, real)
        return text

    def _there(self, text: str) -> str:
        for shown, real in self._replaced.items():
            text = text.replace(real, shown)
        return text.replace(str(self.path), ".")


def _call(piece: str) -> tuple[str, str]:
    """Cut a command, with the lines by which it goes on, from what it says."""
    lines = piece.splitlines()
    command = [lines.pop(0)]
    while lines and (lines[0].startswith("> ") or command[-1].endswith("\\")):
        command.append(lines.pop(0).removeprefix("> "))
    return "\n".join(command), "\n".join(lines)
