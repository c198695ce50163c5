"""Differences promise: they make the later body of the earlier, say nothing of what stayed, and are short."""

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.history.differences import MOST_PAIRS, differences
from app.kit.canonical import canonical
from tests.history.patching import patched

PLAIN = st.none() | st.booleans() | st.integers(-3, 3) | st.sampled_from(["", "a", "b", "a/b", "~", "~1", "0"])
NAMES = st.sampled_from(["a", "b", "c", "a/b", "m~n", "", "0"])
VALUES: st.SearchStrategy[Any] = st.recursive(
    PLAIN,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(NAMES, inner, max_size=5),
    max_leaves=15,
)
BODIES = st.dictionaries(NAMES, VALUES, max_size=5)
HOP = st.fixed_dictionaries({"role": st.sampled_from(["o", "r", "p"]), "label": PLAIN, "at": st.integers(1, 3)})


def leaves(value: Any) -> int:
    """Return how many values a value is made of."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + sum(leaves(one) for one in inner)


@given(BODIES, BODIES)
def test_differences_make_the_later_of_the_earlier(before: dict[str, Any], after: dict[str, Any]) -> None:
    """By JSON Patch's own rules, each finding what it says was before; and neither body is touched."""
    kept = deepcopy((before, after))
    found = differences(before, after)
    assert canonical(patched(before, found)) == canonical(after)
    assert canonical(before) == canonical(kept[0])
    assert canonical(after) == canonical(kept[1])


@given(BODIES)
def test_what_is_equal_has_no_differences(body: dict[str, Any]) -> None:
    """A retraction, which leaves the facts as they are, tells of none."""
    assert differences(body, deepcopy(body)) == []


@given(BODIES, BODIES)
def test_every_difference_is_one(before: dict[str, Any], after: dict[str, Any]) -> None:
    """Nothing is said to be replaced by itself, and nothing is told twice."""
    found = differences(before, after)
    assert all(canonical(one["before"]) != canonical(one["after"]) for one in found if one["operation"] == "replace")
    told = [(one["pointer"], one["operation"]) for one in found]
    assert len(set(told)) == len(told)


@given(st.lists(HOP, max_size=6), st.data())
def test_one_change_in_a_list_is_told_as_one(hops: list[dict[str, Any]], data: Any) -> None:
    """Whatever is put in, taken away or reworded, wherever it stands: one difference."""
    changed = deepcopy(hops)
    verb = data.draw(st.sampled_from(("insert", "delete", "reword") if hops else ("insert",)), "verb")
    index = data.draw(st.integers(0, len(hops) - (verb != "insert")), "index")
    if verb == "insert":
        changed.insert(index, {"role": "new", "label": "new words", "at": 9})
    elif verb == "delete":
        del changed[index]
    else:
        changed[index]["label"] = "new words"
    found = differences({"chain": hops}, {"chain": changed})
    assert len(found) == 1
    assert patched({"chain": hops}, found) == {"chain": changed}


@given(BODIES, BODIES)
def test_differences_are_not_longer_than_the_bodies(before: dict[str, Any], after: dict[str, Any]) -> None:
    """At worst everything was taken away and everything else put there."""
    said = [value for one in differences(before, after) for value in (one["before"], one["after"]) if value is not None]
    assert sum(map(leaves, said)) <= leaves(before) + leaves(after)


HOPS = [{"position": 1, "label": "A"}, {"position": 2, "label": "B"}, {"position": 3, "label": "C"}]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({"a": None}, {"a": {"b": 1}}, [("replace", "/a", None, {"b": 1})]),
        ({"a": {"b": 1, "c": 2}}, {"a": {"b": 1, "c": 3}}, [("replace", "/a/c", 2, 3)]),
        ({"a": True}, {"a": 1}, [("replace", "/a", True, 1)]),
        ({"a": ["x", "y"]}, {"a": ["x", "z"]}, [("replace", "/a/1", "y", "z")]),
        ({"a": ["x", "y", "z"]}, {"a": ["y", "z"]}, [("remove", "/a/0", "x", None)]),
        ({"a": ["x"]}, {"a": ["w", "x"]}, [("add", "/a/0", None, "w")]),
        ({"a": [1, 2, 3, 4]}, {"a": [2, 4]}, [("remove", "/a/2", 3, None), ("remove", "/a/0", 1, None)]),
        ({"a": {"x/y~z": 1}}, {"a": {}}, [("remove", "/a/x~1y~0z", 1, None)]),
        # A relay comes between two hops, whose positions move on: it is not told as three hops reworded.
        (
            {"a": HOPS},
            {
                "a": [
                    HOPS[0],
                    {"position": 2, "label": "new"},
                    {"position": 3, "label": "B"},
                    {"position": 4, "label": "C"},
                ]
            },
            [
                ("add", "/a/1", None, {"position": 2, "label": "new"}),
                ("replace", "/a/2/position", 2, 3),
                ("replace", "/a/3/position", 3, 4),
            ],
        ),
    ],
)
def test_how_differences_are_told(before: Any, after: Any, expected: list[Any]) -> None:
    """A thing removed is pointed at where it stood, anything else where it stands; like is paired with like."""
    found = differences(before, after)
    assert [(one["operation"], one["pointer"], one["before"], one["after"]) for one in found] == expected
    assert patched(before, found) == after


def test_long_lists_are_told_too() -> None:
    """A list in which everything is another costs no more than pairing it as it stands, and is told rightly."""
    many = MOST_PAIRS // 50
    before, after = ({"terms": [{"code": f"{side}{n}", "n": n} for n in range(many)]} for side in "ab")
    after["terms"].append({"code": "last", "n": -1})
    found = differences(before, after)
    assert patched(before, found) == after
    assert len(found) == many + 1
