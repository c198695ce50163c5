"""Which stored spans of days meet a window: a relational interval tree, answered by plain B-tree indexes.

Days are numbers: `date.toordinal()` where the day is known, FIRST and LAST where an end is open. The tree is never
built: its nodes are the day numbers, a node's height is its count of trailing zero bits, and 0 stands above them all.
Each span is stored with one node, its `node(earliest, latest)`. It meets the window from `first` to `last`, both
inclusive, in exactly one of three cases, each of them a range or a handful of equalities on an index:

    node IN left(first) AND latest >= first
    node IN right(last) AND earliest <= last
    node BETWEEN first AND last

`left` and `right` always have DEPTH entries, so that a statement has one shape whatever the window; the filling is
UNUSED, which no span has as its node.
"""

from datetime import date
from typing import Final

DEPTH: Final = 22
FIRST: Final = 0
LAST: Final = 2**DEPTH - 1
UNUSED: Final = -1


def day(value: date | None, *, open_as: int) -> int:
    """Return the number of a day; `open_as`, FIRST or LAST, is the number of an end that is open."""
    return open_as if value is None else value.toordinal()


def node(earliest: int, latest: int) -> int:
    """Return the highest node of the tree within a span, both of its ends included: the one it is stored with."""
    if not FIRST <= earliest <= latest <= LAST:
        raise ValueError(f"no span of days: {earliest} to {latest}")
    if earliest == FIRST:
        return FIRST
    differing = ((earliest - 1) ^ latest).bit_length() - 1
    return latest >> differing << differing


def left(first: int) -> tuple[int, ...]:
    """Return the nodes before `first` whose spans may reach it: its ancestors that are smaller, highest last."""
    _refuse_outside(first)
    found = []
    while first:
        first &= first - 1
        found.append(first)
    return _filled(found)


def right(last: int) -> tuple[int, ...]:
    """Return the nodes after `last` whose spans may begin by then: its ancestors that are greater, highest last."""
    _refuse_outside(last)
    found = []
    if last:
        height = (last & -last).bit_length()
        found = [(last >> level | 1) << level for level in range(height, DEPTH) if not last >> level & 1]
    return _filled(found)


def _refuse_outside(number: int) -> None:
    if not FIRST <= number <= LAST:
        raise ValueError(f"no day: {number}")


def _filled(nodes: list[int]) -> tuple[int, ...]:
    return (*nodes, *[UNUSED] * (DEPTH - len(nodes)))
