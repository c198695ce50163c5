"""Why this file exists: what changed between two bodies, field by field, short enough to be read; pure.

A difference is `{pointer, operation, before, after}`. In their order, as `{"op": operation, "path": pointer,
"value": after}`, the differences of a revision are a JSON Patch (RFC 6902) that makes the later body of the earlier.

In a list, what stayed is found first, and what was put beside it, taken away or reworded is told of; positions do not
shift: a thing removed is pointed at where it stood before, anything else where it stands now. That is a lawful order of
a patch: of each list the removals are told last one first, then the additions in order, then what changed inside.
"""

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from app.kit.canonical import JSON, canonical

ADD, REMOVE, REPLACE = "add", "remove", "replace"
# What it costs to tell of a removal or an addition, of a plain value in the place of another, and of one object in the
# place of another that shares nothing with it: that is told as a removal and an addition.
_ALONE, _REWORDED, _UNLIKE = 1.0, 1.5, 3.0
# More pairs of things than this are not weighed against each other, but paired as they stand.
MOST_PAIRS = 10_000


class Alignment(NamedTuple):
    """How one list became another: positions removed (before), added (after), and those kept, as (before, after)."""

    removed: list[int]
    added: list[int]
    kept: list[tuple[int, int]]


def differences(before: Any, after: Any, pointer: str = "") -> list[JSON]:
    """Return what changed from one JSON value to another; nothing when they are equal."""
    return list(_differences(before, after, pointer))


def _differences(before: Any, after: Any, pointer: str) -> Iterator[JSON]:
    if isinstance(before, dict) and isinstance(after, dict):
        yield from _of_objects(before, after, pointer)
    elif isinstance(before, list) and isinstance(after, list):
        yield from _of_lists(before, after, pointer)
    elif canonical(before) != canonical(after):
        # Spelt out, since to Python true is 1.
        yield _difference(pointer, REPLACE, before, after)


def _difference(pointer: str, operation: str, before: Any, after: Any) -> JSON:
    return {"pointer": pointer, "operation": operation, "before": before, "after": after}


def _of_objects(before: JSON, after: JSON, pointer: str) -> Iterator[JSON]:
    for name, value in before.items():
        if name in after:
            yield from _differences(value, after[name], _at(pointer, name))
        else:
            yield _difference(_at(pointer, name), REMOVE, value, None)
    for name, value in after.items():
        if name not in before:
            yield _difference(_at(pointer, name), ADD, None, value)


def _of_lists(before: list[Any], after: list[Any], pointer: str) -> Iterator[JSON]:
    removed, added, kept = aligned(before, after)
    for index in reversed(removed):
        yield _difference(f"{pointer}/{index}", REMOVE, before[index], None)
    for index in added:
        yield _difference(f"{pointer}/{index}", ADD, None, after[index])
    for one, other in kept:
        yield from _differences(before[one], after[other], f"{pointer}/{other}")


def _at(pointer: str, name: str) -> str:
    """Return the pointer of a member (RFC 6901)."""
    return f"{pointer}/{name.replace('~', '~0').replace('/', '~1')}"


# --- lists -----------------------------------------------------------------------------------------------------------


def aligned(before: list[Any], after: list[Any]) -> Alignment:
    """Return how one list became another: what is equal stays, and between that like is paired with like."""
    spelt, spelt_after = ([canonical(one) for one in some] for some in (before, after))
    # What both begin and end with stays for certain; what is equal between is found by its longest runs.
    head = _shared(spelt, spelt_after)
    tail = _shared(spelt[head:][::-1], spelt_after[head:][::-1])
    end, end_after = len(before) - tail, len(after) - tail
    found = Alignment([], [], [(one, one) for one in range(head)])
    matcher = SequenceMatcher(None, spelt[head:end], spelt_after[head:end_after], False)
    for tag, *places in matcher.get_opcodes():
        one, one_end, other, other_end = (head + place for place in places)
        if tag == "equal":
            found.kept.extend(zip(range(one, one_end), range(other, other_end), strict=True))
        else:
            gap = _gap(before[one:one_end], after[other:other_end])
            found.removed.extend(one + place for place in gap.removed)
            found.added.extend(other + place for place in gap.added)
            found.kept.extend((one + place, other + place_after) for place, place_after in gap.kept)
    found.kept.extend((end + place, end_after + place) for place in range(tail))
    return found


def _shared(one: list[bytes], other: list[bytes]) -> int:
    """Return how many things two lists begin with that are equal."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (left, right) in pairs if left != right), min(len(one), len(other)))


def _gap(before: list[Any], after: list[Any]) -> Alignment:
    """Return the cheapest way from some things to others, of which none are equal."""
    if len(before) * len(after) > MOST_PAIRS:
        both = min(len(before), len(after))
        pairs = [(one, one) for one in range(both)]
        return Alignment(list(range(both, len(before))), list(range(both, len(after))), pairs)
    spelt, spelt_after = [_spelt(one) for one in before], [_spelt(one) for one in after]
    pairing = [[_apart(one, other) for other in spelt_after] for one in spelt]
    costs = _costs(pairing, len(before), len(after))
    found = Alignment([], [], [])
    one, other = 0, 0
    while one < len(before) and other < len(after):
        here = costs[one][other]
        if here == costs[one + 1][other + 1] + pairing[one][other]:
            found.kept.append((one, other))
            one, other = one + 1, other + 1
        elif here == costs[one + 1][other] + _ALONE:
            found.removed.append(one)
            one += 1
        else:
            found.added.append(other)
            other += 1
    found.removed.extend(range(one, len(before)))
    found.added.extend(range(other, len(after)))
    return found


def _costs(pairing: list[list[float]], many: int, others: int) -> list[list[float]]:
    """Return for every pair of positions what the rest of the way costs."""
    # Where one side has come to its end, what is left of the other goes or comes.
    costs = [[_ALONE * (many - one + others - other) for other in range(others + 1)] for one in range(many + 1)]
    for one in reversed(range(many)):
        for other in reversed(range(others)):
            paired = costs[one + 1][other + 1] + pairing[one][other]
            costs[one][other] = min(paired, costs[one + 1][other] + _ALONE, costs[one][other + 1] + _ALONE)
    return costs


def _spelt(value: Any) -> dict[str, bytes]:
    """Return the fields of a thing as they are spelt; what is no object has one, of its kind."""
    if isinstance(value, dict):
        return {name: canonical(one) for name, one in value.items()}
    return {type(value).__name__: b""}


def _apart(one: dict[str, bytes], other: dict[str, bytes]) -> float:
    """Return what it costs to tell of one thing as the other, changed: the less, the more words they share.

    What is long, an id or a label, says more of who is who than a position, or that something is not known.
    """
    if not any(one.values()) and not any(other.values()):
        return _REWORDED if one.keys() == other.keys() else _UNLIKE
    shared = sum(len(spelt) for name, spelt in one.items() if other.get(name) == spelt)
    whole = sum(map(len, one.values())) + sum(map(len, other.values()))
    return _UNLIKE * (1 - 2 * shared / whole)
