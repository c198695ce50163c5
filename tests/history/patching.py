"""JSON Patch (RFC 6902) by the letter of its text, as a judge of our differences: add, remove and replace."""

from copy import deepcopy
from typing import Any


def patched(value: Any, differences: list[dict[str, Any]]) -> Any:
    """Return a value after all differences; each must find there what it says was before."""
    found = deepcopy(value)
    for one in differences:
        found = _applied(found, one)
    return found


def _applied(value: Any, one: dict[str, Any]) -> Any:
    assert set(one) == {"pointer", "operation", "before", "after"}
    if one["pointer"] == "":
        assert (one["operation"], one["before"]) == ("replace", value)
        return deepcopy(one["after"])
    *way, last = one["pointer"].removeprefix("/").split("/")
    holder = value
    for part in way:
        holder = holder[_key(holder, part)]
    key = _key(holder, last)
    if one["operation"] == "add":
        assert one["before"] is None
        if isinstance(holder, list):
            assert 0 <= key <= len(holder)
            holder.insert(key, deepcopy(one["after"]))
        else:
            assert key not in holder
            holder[key] = deepcopy(one["after"])
    else:
        assert holder[key] == one["before"]
        if one["operation"] == "remove":
            assert one["after"] is None
            del holder[key]
        else:
            assert one["operation"] == "replace"
            holder[key] = deepcopy(one["after"])
    return value


def _key(holder: Any, part: str) -> Any:
    """Return what a reference token means in what holds it (RFC 6901, 4)."""
    if isinstance(holder, list):
        assert part == str(int(part)), "a position is written in one way"
        return int(part)
    return part.replace("~1", "/").replace("~0", "~")
