"""Suggestions promise: a wrong word is met with the right one, also another system's; none is translated silently."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.serving.suggestions import OTHER_WORDS, code_meant, meant, nearest

KNOWN = frozenset(
    {"limit", "cursor", "publisher", "voice", "country", "place", "measure", "crisis", "changed_from", "q"}
)
TERMS: list[dict[str, Any]] = [
    {"code": "unqualified", "label": "Unqualified", "crosswalk": {"idmc_quantifier": "EXACT"}},
    {"code": "approximately", "label": "About", "crosswalk": {"idmc_quantifier": "APPROXIMATELY"}},
    {"code": "at_least", "label": "At least", "crosswalk": {"idmc_quantifier": "MORE THAN OR EQUAL", "other": "GE"}},
    {"code": "children_share", "label": "Share of children", "crosswalk": {}},
]


@pytest.mark.parametrize(
    ("given_name", "expected"),
    [
        ("limit", ["limit"]),
        ("limt", ["limit"]),
        ("LIMIT", ["limit"]),
        ("publishers", ["publisher"]),
        ("changedfrom", ["changed_from"]),
        ("source", ["publisher", "voice"]),
        ("Source", ["publisher", "voice"]),
        ("iso3", ["country"]),
        ("ISO3", ["country"]),
        ("location_code", ["country"]),
        ("admin1_code", ["place"]),
        ("updated_since", ["changed_from"]),
        ("indicator", ["measure"]),
        ("glide", ["crisis"]),
        ("page", ["cursor"]),
        ("zzzzzz", []),
        ("", []),
        ("\0", []),
        ("حلب", []),
    ],
)
def test_a_parameter_is_met_with_the_one_that_is_meant(given_name: str, expected: list[str]) -> None:
    """By another system's word first, then by its spelling, in any case."""
    assert meant(given_name, KNOWN) == expected


def test_another_systems_word_leads_nowhere_where_ours_is_no_parameter() -> None:
    """Nobody is sent to a parameter that the list does not have."""
    assert meant("source", frozenset({"voice", "limit"})) == ["voice"]
    assert meant("speaker", frozenset({"limit", "q"})) == []
    assert all(set(meant(word, KNOWN)) <= KNOWN for word in OTHER_WORDS)


@given(st.text(max_size=300), st.frozensets(st.text(min_size=1, max_size=10), max_size=6))
def test_only_a_known_name_is_ever_named(name: str, known: frozenset[str]) -> None:
    """Whatever is asked, the answer is a word of ours or none; what is spelt right is itself."""
    found = nearest(name, known)
    assert found is None or found in known
    assert set(meant(name, known)) <= known
    for one in known:
        assert nearest(one.lower(), frozenset({one.lower()})) == one.lower()


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("EXACT", "unqualified"),
        ("exact", "unqualified"),
        ("ge", "at_least"),
        ("About", "approximately"),
        ("share of children", "children_share"),
        ("aproximately", "approximately"),
        ("At_Least", "at_least"),
        ("zzz", None),
        ("", None),
    ],
)
def test_a_code_is_met_with_the_one_that_is_meant(code: str, expected: str | None) -> None:
    """By another system's code, by its label, by its spelling; closed vocabularies are everybody's."""
    assert code_meant(code, TERMS) == expected


def test_a_vocabulary_without_terms_suggests_nothing() -> None:
    """There is nothing to name."""
    assert code_meant("health", []) is None
