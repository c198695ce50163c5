"""A Dockerfile as its instructions, with the few shapes that ours has."""

import json
import re
import shlex
from dataclasses import dataclass
from typing import cast

from tests.support.paths import ROOT


@dataclass(frozen=True)
class Instruction:
    """One instruction: its word, its options (`--from=build`) and the rest of its line."""

    word: str
    options: dict[str, str]
    rest: str

    @property
    def exec_form(self) -> list[str]:
        """Return the words of a command that no shell reads; CMD stands before that of a health check."""
        return cast("list[str]", json.loads(self.rest.removeprefix("CMD ")))


def stages() -> list[list[Instruction]]:
    """Return the instructions of each stage, FROM included."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    lines = re.sub(r"^#.*\n", "", text, flags=re.MULTILINE).replace("\\\n", " ").splitlines()
    found: list[list[Instruction]] = []
    for line in filter(None, map(str.strip, lines)):
        word, rest = line.split(maxsplit=1)
        options = dict(re.findall(r"--([\w-]+)=(\S+)\s", rest)) if word in ("COPY", "HEALTHCHECK") else {}
        if options:
            rest = re.sub(r"^(--[\w-]+=\S+\s+)+", "", rest)
        if word == "FROM":
            found.append([])
        found[-1].append(Instruction(word, options, rest))
    return found


BUILD, FINAL = stages()


def of(stage: list[Instruction], word: str) -> list[Instruction]:
    """Return the instructions of a stage with this word."""
    return [one for one in stage if one.word == word]


def copied() -> list[str]:
    """Return what is copied out of the project, a path each."""
    lines = [one.rest.split()[:-1] for one in of(BUILD, "COPY") + of(FINAL, "COPY") if "from" not in one.options]
    return [path for line in lines for path in line]


def variables() -> dict[str, str]:
    """Return the environment that the container's programs get."""
    words = [word for one in of(FINAL, "ENV") for word in shlex.split(one.rest)]
    return {name: value for name, _, value in (word.partition("=") for word in words)}


def ignored() -> tuple[list[str], list[str]]:
    """Return what a build never sees, and what it sees all the same."""
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    return [one for one in rules if not one.startswith("!")], [one[1:] for one in rules if one.startswith("!")]
