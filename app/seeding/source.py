"""Why this file exists: YAML as strict as a schema, where every fault is found again by file, line and path.

Plain scalars are text, whole numbers, true, false or null, and nothing else: YAML's dates, octal numbers and yes/no are
read as the text that they are, so that nobody's `no` becomes false. A plain `True` or `NULL`, which could be meant
either way, is refused.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from app.kit.errors import Fault

_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,15})", re.ASCII)
# Some readers of YAML take these for null, true and false, and some for text; a seed is read in one way only.
_DOUBTFUL = frozenset({"Null", "NULL", "True", "TRUE", "False", "FALSE"})
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}


class SeedFault(ValueError):
    """Something in a seed file is wrong; the text says file, line, path and what was expected."""


@dataclass
class Entry:
    """One entry of a seed file: its value, and the lines where its parts stand."""

    file: str
    value: dict[str, Any]
    line: int
    lines: dict[str, int]

    def fault(self, fault: Fault) -> SeedFault:
        """Return a fault with the file and line of the nearest part that exists."""
        pointer = fault.pointer
        while pointer not in self.lines and "/" in pointer:
            pointer = pointer.rpartition("/")[0]
        line = self.lines.get(pointer, self.line)
        key = self.value.get("key", self.value.get("name", "?"))
        return SeedFault(f"{self.file}:{line}: {key}{fault.pointer}: {fault.detail}")


def read(path: Path, root: Path) -> list[Entry]:
    """Return the entries of a file: the items of its list, or its one map; raises SeedFault."""
    file = path.relative_to(root).as_posix()
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise SeedFault(f"{file}:{line}: {getattr(error, 'problem', None) or 'expected YAML in UTF-8'}") from None
    if node is None:
        raise SeedFault(f"{file}:1: expected at least one entry")
    nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
    try:
        return [_entry(file, one) for one in nodes]
    except RecursionError:
        raise SeedFault(f"{file}:1: expected entries that do not contain themselves") from None


def _entry(file: str, node: yaml.Node) -> Entry:
    line = node.start_mark.line + 1
    if not isinstance(node, yaml.MappingNode):
        raise SeedFault(f"{file}:{line}: expected a map")
    lines: dict[str, int] = {}
    value = _value(file, node, "", lines)
    return Entry(file, value, line, lines)


def _value(file: str, node: yaml.Node, pointer: str, lines: dict[str, int]) -> Any:
    lines[pointer] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        return dict(_pairs(file, node, pointer, lines))
    if isinstance(node, yaml.SequenceNode):
        return [_value(file, one, f"{pointer}/{index}", lines) for index, one in enumerate(node.value)]
    return _scalar(file, node, pointer)


def _pairs(file: str, node: yaml.MappingNode, pointer: str, lines: dict[str, int]) -> Iterator[tuple[str, Any]]:
    seen: set[str] = set()
    for key_node, value_node in node.value:
        key = key_node.value
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode) or key in seen:
            raise SeedFault(f"{file}:{line}: {pointer}: expected every key to be text, and to stand once")
        seen.add(key)
        yield key, _value(file, value_node, f"{pointer}/{key}", lines)


def _scalar(file: str, node: yaml.Node, pointer: str) -> Any:
    text: str = node.value
    style = getattr(node, "style", None)
    if style in ("'", '"', "|", ">"):
        return text.rstrip("\n") if style in ("|", ">") else text
    if text in _DOUBTFUL:
        line = node.start_mark.line + 1
        expected = "write null, true or false in small letters, or quote the word"
        raise SeedFault(f"{file}:{line}: {pointer}: {expected}")
    if text in _WORDS:
        return _WORDS[text]
    return int(text) if _INTEGER.fullmatch(text) else text
