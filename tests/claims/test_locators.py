"""The promise: whoever holds the document can check a locator, and whoever holds any copy can find the words."""

import copy
import hashlib
import re
import unicodedata
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from app.claims import appearances
from app.claims.appearances import digest, matches, normalise, paragraphs, segment

# Astral and combining characters, right-to-left script, every quotation mark, Hangul parts, and all kinds of space.
ODD = "ab eé\u0301\u0327\u00c5\u212b\u1100\u1161\u05d0\u0628\U0001f600\U00020000\u2018\u2019\u201c\u201d\u201e'\""
SPACE = " \n\r\t\u00a0\u2003\u2028"
texts = st.text(alphabet=ODD + SPACE, min_size=1, max_size=40) | st.text(
    st.characters(codec="utf-8"), min_size=1, max_size=40
)


@st.composite
def cuts(draw: st.DrawFn) -> tuple[str, int, int]:
    text = draw(texts)
    start = draw(st.integers(0, len(text) - 1))
    return text, start, draw(st.integers(start + 1, len(text)))


@given(cut=cuts())
def test_a_segment_is_that_of_its_own_text(cut: tuple[str, int, int]) -> None:
    """Offsets are code points, end exclusive; the digest is of exactly those characters in UTF-8."""
    text, start, end = cut
    one = segment(text, start, end)
    assert matches(text, one)
    assert one["sha256"] == hashlib.sha256("".join(list(text)[start:end]).encode("utf-8")).hexdigest()
    assert (one["start"], one["end"]) == (start, end)
    assert one["normalised"]["length"] == len(normalise(text[start:end])) >= 1


@given(cut=cuts(), other=texts)
def test_a_segment_is_that_of_no_other_text(cut: tuple[str, int, int], other: str) -> None:
    """One character more, less or different between the offsets, and it does not match."""
    text, start, end = cut
    one = segment(text, start, end)
    assert matches(other, one) == (other[start:end] == text[start:end])
    changed = text[:start] + ("a" if text[start] != "a" else "b") + text[start + 1 :]
    assert not matches(changed, one)
    assert not matches(text[: end - 1], one)
    assert not matches("", one)


@given(cut=cuts(), data=st.data())
def test_every_part_of_a_segment_counts(cut: tuple[str, int, int], data: st.DataObject) -> None:
    """Neither offsets nor either digest nor the length can be changed without being found out."""
    text, start, end = cut
    one = segment(text, start, end)
    path = data.draw(st.sampled_from([("start",), ("end",), ("sha256",), ("normalised", "sha256"), ("normalised",
                                      "length")]))  # fmt: skip
    wrong = copy.deepcopy(one)
    part = wrong if len(path) == 1 else wrong["normalised"]
    part[path[-1]] = digest("another") if path[-1] == "sha256" else part[path[-1]] + data.draw(st.sampled_from([-1, 1]))
    assert matches(text, wrong) is False


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (0, 0), (2, 1), (0, 4), (3, 4), (4, 5)])
def test_no_segment_lies_outside_its_text(start: int, end: int) -> None:
    """An empty, reversed or overhanging stretch is refused when it is made, and never matches."""
    with pytest.raises(ValueError, match="expected 0 <= start < end <= 3"):
        segment("abc", start, end)
    assert not matches("abc", {**segment("abc", 0, 1), "start": start, "end": end})


@given(text=texts)
@example(text="“a”  ‘b’\r\n\u00a0e\u0301 ‚c‛ „d‟")
def test_normalising_twice_is_normalising_once(text: str) -> None:
    """NFC, single spaces, straight quotation marks: and then there is nothing left to do."""
    plain = normalise(text)
    assert normalise(plain) == plain
    assert unicodedata.is_normalized("NFC", plain)
    assert not re.search(r"[^\S ]|  |[‘’‚‛“”„‟]", plain)
    assert normalise(unicodedata.normalize("NFD", text)) == plain


def test_normalising_keeps_what_carries_meaning() -> None:
    """Case, digits, dashes and compatibility characters are words of the source, and stay."""
    kept = "Über 100,000 – ﬁve km² ½ «x» ¯"
    assert normalise(kept) == kept
    assert normalise("“They’re ‚here‛” „now‟") == '"They\'re \'here\'" "now"'


def noisy(text: str, data: st.DataObject) -> str:
    """Return the text as somebody else's copy might have it: other white space, other quotes, decomposed."""
    space = st.text(alphabet=SPACE, min_size=1, max_size=3)
    text = re.sub(r"\s+", lambda _: data.draw(space), text)
    text = re.sub(r"['‘’‚‛]", lambda _: data.draw(st.sampled_from("'‘’‚‛")), text)
    text = re.sub(r'["“”„‟]', lambda _: data.draw(st.sampled_from('"“”„‟')), text)
    return unicodedata.normalize(data.draw(st.sampled_from(["NFC", "NFD"])), text)


@given(cut=cuts(), data=st.data())
def test_a_window_over_any_copy_finds_the_words(cut: tuple[str, int, int], data: st.DataObject) -> None:
    """A copy with other spaces, quotes and composition still holds a window of that length with that digest.

    A cut inside a grapheme has no place of its own in a composed copy; annotators cut between words.
    """
    text, start, end = cut
    parts = (text[:start], text[start:end], text[end:])
    assume(unicodedata.normalize("NFC", text) == "".join(unicodedata.normalize("NFC", part) for part in parts))
    wanted = segment(text, start, end)["normalised"]
    copied = normalise(noisy(text, data))
    windows = (copied[at : at + wanted["length"]] for at in range(len(copied) - wanted["length"] + 1))
    assert any(digest(window) == wanted["sha256"] for window in windows)


@given(text=st.text(alphabet="ab \n\r\t\u00a0", max_size=40))
@example(text="")
@example(text="a\r\n\r\nb\r\n")
def test_paragraphs_are_the_lines_that_are_not_blank(text: str) -> None:
    """Paragraph n is the n-th line with anything in it; its bounds are offsets into the text as received."""
    expected = [match.span() for match in re.finditer(r"[^\n]*[^\s][^\n]*", text)]
    assert paragraphs(text) == expected


# --- locators against editions and texts ------------------------------------------------------------------------------

TEXT = "One line.\n\nTwo “lines”.\n"
EDITIONS = [{"n": 1, "length": len(TEXT), "paragraphs": 2}, {"n": 2, "length": 5, "paragraphs": 1}]


def locator(*spans: tuple[int, int], **changes: Any) -> dict[str, Any]:
    segments = [{"start": start, "end": end, "sha256": "", "normalised": {}} for start, end in spans]
    return {"edition": 1, "locator": "text", "part": "body", "paragraph": 1, "segments": segments, **changes}


BAD: list[tuple[str, dict[str, Any], str, str]] = [
    ("an edition that there is not", locator((0, 1), edition=3), "/a/edition", "unknown_edition"),
    ("no segments of a text", locator(), "/a/segments", "segments"),
    ("segments of a document", locator((0, 1), locator="document"), "/a/segments", "segments"),
    ("a paragraph too far", locator((0, 1), paragraph=3), "/a/paragraph", "out_of_bounds"),
    ("past the end", locator((0, len(TEXT) + 1)), "/a/segments/0", "out_of_bounds"),
    ("past the end of a short edition", locator((0, 6), edition=2), "/a/segments/0", "out_of_bounds"),
    ("empty", locator((3, 3)), "/a/segments/0", "out_of_bounds"),
    ("reversed", locator((4, 2)), "/a/segments/0", "out_of_bounds"),
    ("overlapping", locator((0, 4), (3, 6)), "/a/segments/1", "out_of_order"),
    ("out of order", locator((4, 6), (0, 2)), "/a/segments/1", "out_of_order"),
    ("the same twice", locator((0, 4), (0, 4)), "/a/segments/1", "out_of_order"),
]


@pytest.mark.parametrize(("what", "one", "pointer", "code"), BAD, ids=[row[0] for row in BAD])
def test_an_impossible_locator_is_refused(what: str, one: dict[str, Any], pointer: str, code: str) -> None:
    """Bounds, order and overlap are checked without the text, each fault with its pointer."""
    assert [(fault.pointer, fault.code) for fault in appearances.faults(one, EDITIONS, "/a")] == [(pointer, code)], what


@given(spans=st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=4))
def test_a_locator_is_lawful_when_its_segments_follow_each_other(spans: list[tuple[int, int]]) -> None:
    """Whole, inside the edition, in the order of the text and apart: that and nothing else is required."""
    covered = [set(range(start, end)) for start, end in spans]
    flat = [at for span in spans for at in range(*span)]
    expected = all(covered) and flat == sorted(set(flat)) and max(flat, default=99) < len(TEXT)
    assert (list(appearances.faults(locator(*spans), EDITIONS, "/a")) == []) == expected


def test_lawful_locators_pass() -> None:
    """The whole text, touching segments, no paragraph, and a document without characters."""
    for one in (
        locator((0, len(TEXT))),
        locator((0, 3), (3, 5)),
        locator((0, 3), paragraph=None),
        locator(locator="document"),
        locator((0, 5), edition=2),
    ):
        assert list(appearances.faults(one, EDITIONS, "/a")) == []


def located(start: int, end: int, **changes: Any) -> dict[str, Any]:
    return {**locator(), "segments": [segment(TEXT, start, end)], **changes}


def test_a_locator_is_held_against_the_text() -> None:
    """A digest that is not the text's, or a place outside of its paragraph, is named."""
    assert list(appearances.text_faults(located(0, 9), TEXT, "/a")) == []
    assert list(appearances.text_faults(located(11, 23, paragraph=2), TEXT, "/a")) == []
    assert list(appearances.text_faults(located(0, 23, paragraph=None), TEXT, "/a")) == []
    for one, code in (
        (located(11, 23), "paragraph"),
        (located(0, 11), "paragraph"),
        (located(0, 3, paragraph=7), "paragraph"),
        ({**locator(), "segments": [segment("X" + TEXT[1:], 0, 9)]}, "digest"),
    ):
        found = [(fault.pointer, fault.code) for fault in appearances.text_faults(one, TEXT, "/a")]
        assert found == [("/a/segments/0", code)]


def test_reported_words_stand_at_their_locator() -> None:
    """As they are, inside of the words located; the pieces of a split locator are read one after the other."""
    whole, split = located(0, 9), {**locator(), "segments": [segment(TEXT, 0, 3), segment(TEXT, 4, 8)]}
    for words, one in (("One line", whole), ("line.", whole), ("One line", split)):
        assert list(appearances.words_faults(words, one, TEXT, "/a")) == []
    for words, one in (("one line", whole), ("One  line", whole), ("Two", whole), ("line.", split)):
        (fault,) = appearances.words_faults(words, one, TEXT, "/a")
        assert (fault.pointer, fault.code) == ("/a", "reported")


def test_a_claims_locators_are_where_it_stands_and_where_its_speakers_do() -> None:
    """Each with its pointer; a hop without a cue has none."""
    chain = [{"cue": {"n": 2}}, {"cue": None}, {"cue": {"n": 3}}]
    body = {"appearances": [{"n": 0}, {"n": 1}], "attribution": {"chain": chain}}
    assert [(pointer, one["n"]) for pointer, one in appearances.of_claim(body)] == [
        ("/appearances/0", 0),
        ("/appearances/1", 1),
        ("/attribution/chain/0/cue", 2),
        ("/attribution/chain/2/cue", 3),
    ]


# --- quotes -----------------------------------------------------------------------------------------------------------


@given(lines=st.lists(st.text(alphabet=ODD, max_size=50), min_size=1, max_size=4), data=st.data())
def test_a_quote_is_the_words_and_their_line(lines: list[str], data: st.DataObject) -> None:
    """Up to 32 code points before and after, never of another line; nothing is trimmed or normalised."""
    text = "\n".join(lines)
    assume(text.strip())
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    found = appearances.quote(locator((start, end)), text)
    assert found is not None
    assert found["exact"] == text[start:end]
    assert text[:start].endswith(found["prefix"])
    assert text[end:].startswith(found["suffix"])
    before, after = text[:start].split("\n"), text[end:].split("\n")
    assert len(found["prefix"]) == min(32, len(before[-1]))
    assert len(found["suffix"]) == min(32, len(after[0]))


def test_a_split_quotation_leaves_out_what_stands_between() -> None:
    """What another says in the middle of it is no part of it; a document without characters has no quote."""
    text = "x" * 40 + "one, he said, two, he said, three" + "y" * 40
    at = [text.index(word) for word in ("one", "two", "three")]
    found = appearances.quote(locator((at[0], at[0] + 4), (at[1], at[1] + 3), (at[2], at[2] + 5)), text)
    assert found == {"exact": "one, … two … three", "prefix": "x" * 32, "suffix": "y" * 32}
    assert appearances.quote(locator(locator="document"), text) is None
