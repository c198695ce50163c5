"""Junk for every leaf of a draft: whatever is put in its place must be refused, with a pointer to it."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from app.kit.errors import Fault, InvalidInput
from tests.support.world import draft_of

Path = tuple[str | int, ...]

# For every text: other types, blanks, white space at the ends, control characters (C0, DEL, C1), far too long.
TEXTS: list[Any] = [
    True, 12, 1.5, [], {}, "", " ", " a", "a\n", "a\x00b", "a\x1b[31mb", "a\x7fb", "a\x85b", "x" * 5001,
]  # fmt: skip
NUMBERS: list[Any] = [True, False, "1", 1.5, -1, 10**18, [], {}]
BOOLS: list[Any] = [0, 1, "true", "", [], {}]


def pointer(path: Path) -> str:
    """Return a path as a JSON Pointer."""
    return "".join(f"/{part}" for part in path)


def leaves(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Yield every scalar of a JSON value that is not null."""
    if isinstance(value, dict):
        for name, one in value.items():
            yield from leaves(one, (*path, name))
    elif isinstance(value, list):
        for index, one in enumerate(value):
            yield from leaves(one, (*path, index))
    elif value is not None:
        yield path, value


def objects(value: Any, path: Path = ()) -> Iterator[Path]:
    """Yield the path of every object of a JSON value."""
    if isinstance(value, dict):
        yield path
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, one in parts:
        yield from objects(one, (*path, name))


def put(value: Any, path: Path, junk: Any) -> Any:
    """Return a copy of a JSON value with something else at a path."""
    found = json.loads(json.dumps(value))
    part = found
    for name in path[:-1]:
        part = part[name]
    part[path[-1]] = junk
    return found


def faults(record_type: str, value: Any) -> tuple[Fault, ...]:
    """Return what a draft is refused for; fails when it is not refused."""
    with pytest.raises(InvalidInput) as caught:
        draft_of(record_type, value)
    assert caught.value.faults
    return caught.value.faults


def pointers(record_type: str, value: Any) -> set[str]:
    """Return where a draft is refused."""
    return {fault.pointer for fault in faults(record_type, value)}


def assert_strict(record_type: str, value: dict[str, Any]) -> None:
    """Every leaf refuses junk where it stands, and every object a field that it does not know."""
    draft_of(record_type, value)
    for path, leaf in leaves(value):
        kinds = BOOLS if isinstance(leaf, bool) else NUMBERS if isinstance(leaf, int) else TEXTS
        for junk in kinds:
            found = pointers(record_type, put(value, path, junk))
            assert any(one.startswith(pointer(path)) for one in found), (pointer(path), junk, found)
        # An unpaired surrogate is no text: no database and no UTF-8 document could hold it.
        faults(record_type, put(value, path, "a\ud800b"))
    for path in objects(value):
        assert pointer((*path, "surprise")) in pointers(record_type, put(value, (*path, "surprise"), "x"))


def assert_required(
    record_type: str, value: dict[str, Any], required: set[str], besides: frozenset[str] = frozenset()
) -> None:
    """Exactly these fields cannot be left out, and each is named; of those `besides`, a rule of the whole decides."""
    for name in value.keys() - besides:
        rest = {other: one for other, one in value.items() if other != name}
        if name in required:
            assert f"/{name}" in pointers(record_type, rest)
        else:
            draft_of(record_type, rest)
