"""The pages of the documentation, cut into fenced blocks, and what each block promises."""

import re
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

from tests.support.paths import ROOT

FOLDERS = ("docs", "seed", "benchmarks", "scripts", "tests")
FENCE = re.compile(r"^( *)(`{3,}|~{3,})\s*(\S*)[^`]*$")
MARK = re.compile(r"^ *<!-- (example|file|from|shape)(?::? +(\S.*?))? -->$")
INDENTED = re.compile(r"^(?: {4}|\t)")
LIST_ITEM = re.compile(r"^ *(?:[-*+]|\d+[.)]) ")


@dataclass(frozen=True)
class Block:
    """One fenced block: where it stands, its mark, and whether it follows directly on another block."""

    line: int
    language: str
    text: str
    mark: str = ""
    said: str = ""
    follows: bool = False


@dataclass(frozen=True)
class Step:
    """What is done about a block: `kind` says what, `shown` are the blocks that say what comes of it."""

    kind: str
    block: Block
    shown: tuple[Block, ...] = ()


class Unproven(AssertionError):
    """A block of a page that nothing holds to the truth; the text says which and what to do."""


def pages() -> list[Path]:
    """Return every page of the project; what a package manager put there is not ours."""
    below = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*.md")]
    return sorted(path for path in [*ROOT.glob("*.md"), *below] if "node_modules" not in path.parts)


def blocks(page: str) -> list[Block]:
    """Return the fenced blocks of a page; raises Unproven for one that never ends and for code set off by spaces."""
    found: list[Block] = []
    lines = page.splitlines()
    before = ""  # the last line that is not blank
    follows = False
    number = 0
    while number < len(lines):
        line = lines[number]
        fence = FENCE.match(line)
        if fence is None:
            if INDENTED.match(line) and not _goes_on(lines, number):
                raise Unproven(f"line {number + 1}: code is fenced, not set off by spaces")
            follows = follows and (not line.strip() or bool(MARK.match(line)))
            before = line if line.strip() else before
            number += 1
            continue
        closing = re.compile(rf"^ *{fence[2]}{fence[2][0]}*\s*$")
        end = next((one for one in range(number + 1, len(lines)) if closing.match(lines[one])), None)
        if end is None:
            raise Unproven(f"line {number + 1}: a block that is never closed")
        text = dedent("\n".join(lines[number + 1 : end])) + "\n"
        mark = MARK.match(before)
        kind, said = (mark[1], mark[2] or "") if mark else ("", "")
        found.append(Block(number + 1, fence[3], text, kind, said, follows))
        before, follows, number = "", True, end + 1
    return found


def _goes_on(lines: list[str], number: int) -> bool:
    """Tell whether an indented line goes on a paragraph or a list, rather than beginning a block of code."""
    above = lines[:number]
    if above and above[-1].strip() and not INDENTED.match(above[-1]):
        return True
    for line in reversed(above):
        if line.strip() and not INDENTED.match(line):
            return bool(LIST_ITEM.match(line) or re.match(r"^ {2,3}\S", line))
    return False


def steps(found: list[Block]) -> list[Step]:
    """Return what is to be done about each block, in order; raises Unproven for one that nothing proves."""
    done: list[Step] = []
    waiting = list(found)
    while waiting:
        block = waiting.pop(0)
        kind = _kind(block)
        wanted = {"request": ("http", "json"), "program": ("text",)}.get(kind, ())
        shown = tuple(waiting.pop(0) for language in wanted if waiting and _shows(waiting[0], language))
        if kind == "request" and not shown:
            raise Unproven(f"line {block.line}: a request is directly followed by its answer, ```json or ```http")
        done.append(Step(kind, block, shown))
    return done


def _shows(block: Block, language: str) -> bool:
    """Tell whether a block is what came of the one directly above it."""
    return block.language == language and block.follows and not block.mark


def _kind(block: Block) -> str:
    """Return what a block is: shape, from, file, request, program or console."""
    if block.mark in ("shape", "from", "file"):
        if not block.said or (block.mark == "shape" and len(block.said.split()) < 3):
            raise Unproven(f"line {block.line}: `{block.mark}` says which file, or in some words why")
        return block.mark
    if block.language == "sh" and block.text.startswith("curl "):
        return "request"
    if block.language in ("python", "console"):
        return "program" if block.language == "python" else "console"
    raise Unproven(
        f"line {block.line}: nothing proves this `{block.language or 'plain'}` block: "
        "see CONTRIBUTING.md, Documentation, for what does"
    )


def stands_in(part: str, whole: str) -> bool:
    """Tell whether lines stand in a file one after the other, up to indentation; a line `…` leaves some out."""
    theirs = [line.strip() for line in whole.splitlines()]
    start = 0
    for piece in re.split(r"^\s*…\s*$", part, flags=re.MULTILINE):
        ours = [line.strip() for line in piece.strip("\n").splitlines()]
        places = range(start, len(theirs) - len(ours) + 1)
        at = next((one for one in places if theirs[one : one + len(ours)] == ours), None)
        if at is None:
            return False
        start = at + len(ours)
    return True


def prints(pattern: str, text: str) -> bool:
    """Tell whether a text is what a block shows; a line `…` is any lines, `…` in a line any characters of it."""
    expression = ""
    for line in pattern.strip("\n").splitlines():
        if line.strip() == "…":
            expression += r"(?:[^\n]*\n)*?"
        else:
            expression += "[^\n]*?".join(re.escape(one) for one in line.rstrip().split("…")) + r"[ \t]*\n"
    return re.fullmatch(expression, text.strip("\n") + "\n") is not None
