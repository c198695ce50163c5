"""Canonical bytes promise: exactly one spelling, and RFC 8785's, for every value that we hash."""

import json
from decimal import Decimal
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from app.kit.canonical import canonical, compact, parse

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
KEYS = st.text(st.characters(max_codepoint=127), max_size=8)
LEAVES = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXTS
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=5) | st.dictionaries(KEYS, inner, max_size=5), max_leaves=25
)


@given(VALUES)
def test_the_bytes_are_those_of_the_reference_library(value: Any) -> None:
    """Whoever verifies with any RFC 8785 library computes our digests."""
    assert canonical(value) == rfc8785.dumps(value)


@given(VALUES)
def test_what_was_written_is_read_back(value: Any) -> None:
    """Both spellings are JSON of the same value, and canonical bytes are their own canonical form."""
    assert parse(canonical(value)) == parse(compact(value)) == value
    assert canonical(parse(canonical(value))) == canonical(value)
    assert json.loads(canonical(value)) == value


@given(st.lists(st.tuples(KEYS, LEAVES), max_size=6, unique_by=lambda pair: pair[0]), st.randoms(use_true_random=False))
def test_the_order_of_fields_does_not_matter(pairs: list[tuple[str, Any]], random: Any) -> None:
    """Two writers who lay out one value differently commit to the same bytes."""
    shuffled = random.sample(pairs, len(pairs))
    assert canonical(dict(pairs)) == canonical(dict(shuffled))


@pytest.mark.parametrize("value", [Decimal(1), 2**53, -(2**53), {1: 2}, {"a": {1}}, b"a", "\ud800", object()])
def test_what_is_outside_the_bounds_is_refused(value: Any) -> None:
    """A value without one certain spelling is an error, never a guess."""
    with pytest.raises(TypeError):
        canonical(value)


@pytest.mark.parametrize("text", [b"", b"{", b"nul", b'{"a":1,}', b"NaN", b"\xff", b'"\\ud800"', b"[" * 5000])
def test_what_is_not_json_is_refused(text: bytes) -> None:
    """Malformed input is a ValueError, whatever is wrong with it."""
    with pytest.raises(ValueError):  # noqa: PT011
        parse(text)
