"""Negotiation promises: headers are read as RFC 9110 says, and nothing in them can break an answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.serving.negotiation import CODINGS, accepts, codings, known_tag

ACCEPTED = [
    "",
    "  ",
    "*/*",
    "application/*",
    "application/json",
    "APPLICATION/JSON",
    "application/json; charset=utf-8",
    "application/json;q=0.001",
    "text/html, */*;q=0.1",
    "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "application/json;q=1, */*;q=0",
    "*/*;q=0, application/json",
    " application/json , text/html",
]
REFUSED = [
    "text/html",
    "text/*",
    "application/xml",
    "application/problem+json",
    "application/json;q=0",
    "application/json; q=0.0",
    "*/*;q=0",
    "application/json;q=0, */*",
    "application/json;q=none",
    "json",
    ",,",
    ";q=1",
    "*",
    "application/jsonp",
    "application/json/x",
]
HEADERS = st.text(st.characters(max_codepoint=255, exclude_characters="\r\n\x00"), max_size=60)
NEARLY = st.lists(
    st.sampled_from([*ACCEPTED, *REFUSED, *CODINGS, "q=", ";", ",", '"abc"', "W/", '"', "*", " "]), max_size=8
).map("".join)


@pytest.mark.parametrize("header", ACCEPTED)
def test_a_client_that_can_take_json_gets_it(header: str) -> None:
    """The most specific range that fits decides."""
    assert accepts(header)


@pytest.mark.parametrize("header", REFUSED)
def test_a_client_that_cannot_take_json_is_told_so(header: str) -> None:
    """Quality zero refuses, and what nobody can read admits nothing."""
    assert not accepts(header)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", set()),
        ("identity", set()),
        ("gzip", {"gzip"}),
        ("GZIP", {"gzip"}),
        ("gzip, br;q=0", {"gzip"}),
        ("gzip;q=0, *", {"zstd", "br"}),
        ("*", {"zstd", "br", "gzip"}),
        ("*;q=0", set()),
        ("br;q=0.1,zstd;q=1.0", {"br", "zstd"}),
        ("x-gzip, deflate", set()),
        ("gzip;q=x", set()),
    ],
)
def test_content_codings_are_read_with_their_quality(header: str, expected: set[str]) -> None:
    """A coding that a client refuses is not counted, whatever `*` says."""
    assert codings(header) == expected


@given(st.one_of(HEADERS, NEARLY), st.one_of(HEADERS, NEARLY))
def test_no_header_breaks_the_reading(one: str, other: str) -> None:
    """Whatever a client sends is an answer: yes, no, or a tag of ours."""
    assert accepts(one) in (True, False)
    assert codings(one) <= set(CODINGS)
    tag = known_tag(one, "abc", other)
    assert tag is None or tag in {'"abc"', *(f'"abc-{coding}"' for coding in codings(other))}


@pytest.mark.parametrize(
    ("header", "accepted", "expected"),
    [
        ('"abc"', "", '"abc"'),
        ('W/"abc"', "", '"abc"'),
        ("*", "gzip", '"abc"'),
        (' "x" , "abc" ', "", '"abc"'),
        ('"abc-gzip"', "gzip", '"abc-gzip"'),
        ('W/"abc-br"', "br", '"abc-br"'),
        ('"abc-gzip"', "br", None),
        ('"abc-gzip"', "", None),
        ('"abc-gzip"', "gzip;q=0", None),
        ('"abc-deflate"', "deflate", None),
        ("abc", "", None),
        ('"ab"', "", None),
        ('"abcd"', "", None),
        ("", "", None),
        ('w/"abc"', "", None),
    ],
)
def test_a_tag_counts_while_its_coding_is_accepted(header: str, accepted: str, expected: str | None) -> None:
    """Each coding is a representation of its own; the comparison is weak."""
    assert known_tag(header, "abc", accepted) == expected
