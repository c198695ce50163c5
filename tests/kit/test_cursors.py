"""Cursors promise: the way back to exactly one place of exactly one list, and a clear refusal of anything else."""

import base64
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kit import cursors
from app.kit.canonical import canonical
from app.kit.cursors import CursorError

PLACES = st.integers(0, 2**53 - 1)
NAMED = st.dictionaries(st.text(string.ascii_lowercase, min_size=1, max_size=5), st.text(max_size=5), max_size=3)
LISTS = st.tuples(st.sampled_from(["/v1/claims", "/v1/figures", "/v1/reports/a/claims"]), NAMED)
URL_SAFE = set(string.ascii_letters + string.digits + "-_")


def packed(value: object) -> str:
    """Return a value wrapped as a cursor is."""
    return base64.urlsafe_b64encode(canonical(value)).rstrip(b"=").decode()


@given(LISTS, st.lists(PLACES, min_size=1, max_size=3))
def test_a_cursor_leads_back_to_its_place(where: tuple[str, dict[str, str]], key: list[int]) -> None:
    """What was put in comes out, and the cursor needs no escaping in a URL."""
    bound = cursors.binding(*where)
    cursor = cursors.encode(bound, tuple(key))
    assert set(cursor) <= URL_SAFE
    assert cursors.decode(cursor, bound, len(key)) == tuple(key)


@given(LISTS, LISTS, PLACES)
def test_a_cursor_of_one_list_is_refused_by_another(
    one: tuple[str, dict[str, str]], other: tuple[str, dict[str, str]], place: int
) -> None:
    """A page of the wrong list is never given silently."""
    cursor = cursors.encode(cursors.binding(*one), (place,))
    if one == other:
        assert cursors.decode(cursor, cursors.binding(*other), 1) == (place,)
    else:
        with pytest.raises(CursorError, match="another list"):
            cursors.decode(cursor, cursors.binding(*other), 1)


@given(LISTS, LISTS, PLACES, PLACES)
def test_whoever_brings_another_sorts_cursor_is_told_so(
    one: tuple[str, dict[str, str]], other: tuple[str, dict[str, str]], key: int, place: int
) -> None:
    """Sorts differ in how many keys they have; the refusal says what is wrong, not that it is garbage."""
    cursor = cursors.encode(cursors.binding(*one), (key, place))
    with pytest.raises(CursorError, match="unchanged" if one == other else "another list"):
        cursors.decode(cursor, cursors.binding(*other), 1)


@given(st.one_of(st.text(max_size=60), st.text(string.ascii_letters + "-_=", max_size=60), st.binary().map(repr)))
def test_garbage_is_refused_and_nothing_else_is_raised(text: str) -> None:
    """Whatever stands in the place of a cursor, the caller hears of it as one kind of error."""
    with pytest.raises(CursorError):
        cursors.decode(text, "0123456789ab", 1)


BOUND = "0123456789ab"
JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("vbk"), inner, max_size=3),
    max_leaves=6,
)


@given(JSON_VALUES)
def test_any_other_json_in_the_wrapping_is_refused(value: object) -> None:
    """Whoever builds a cursor by hand gets no further than whoever types garbage."""
    with pytest.raises(CursorError):
        cursors.decode(packed(value), BOUND, 1)


@pytest.mark.parametrize("key", [[], [1, 2], [True], [-1], [1.5], ["1"], [None], [[1]], {"0": 1}, "1", 1, None, [0.0]])
def test_a_key_that_no_list_gave_is_refused(key: object) -> None:
    """A place is a whole number, as many as the sort has keys."""
    with pytest.raises(CursorError):
        cursors.decode(packed({"v": 1, "b": BOUND, "k": key}), BOUND, 1)


@pytest.mark.parametrize("number", [2**63, 2**64, 10**30, -(2**63)])
def test_a_number_beyond_the_databases_integers_is_refused(number: int) -> None:
    """No database is asked about a number that it cannot hold."""
    cursor = base64.urlsafe_b64encode(b'{"b":"%b","k":[%d],"v":1}' % (BOUND.encode(), number)).decode()
    with pytest.raises(CursorError):
        cursors.decode(cursor, BOUND, 1)


@pytest.mark.parametrize("version", [0, 2, "1", None, [1]])
def test_a_cursor_of_another_version_is_refused(version: object) -> None:
    """What a later version means by its keys is not guessed."""
    with pytest.raises(CursorError):
        cursors.decode(packed({"v": version, "b": BOUND, "k": [1]}), BOUND, 1)


def test_a_very_long_cursor_is_refused_before_it_is_read() -> None:
    """Nothing is parsed that is longer than any cursor of ours."""
    with pytest.raises(CursorError):
        cursors.decode(packed({"v": 1, "b": BOUND, "k": [1], "x": "a" * 400}), BOUND, 1)
