"""Whoever annotates a text is given locators that hold, whatever was done to the words on the way."""

import re
import unicodedata

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from app.claims.appearances import matches, normalise, paragraphs
from app.sources.locating import places

ODD = (
    "ab eé\u0301\u0327\u00c5\u212b\u1100\u1161\u11a8\u05d0\U0001f600\u2018\u2019\u201c\u201d\u201e'\"\u0958\u0915\u093c"
)
SPACE = " \n\r\t\u00a0\u2003\u2028"
TEXTS = st.text(alphabet=ODD + SPACE, min_size=1, max_size=40) | st.text(
    st.characters(codec="utf-8"), min_size=1, max_size=40
)
QUOTES = ("'‘’‚‛", '"“”„‟')


def noisy(text: str, data: st.DataObject) -> str:
    """Return a text with other white space, quotation marks and composition, as another program pastes it."""
    space = st.text(alphabet=SPACE, min_size=1, max_size=3)
    text = re.sub(r"\s+", lambda _: data.draw(space), text)
    for alike in QUOTES:
        text = re.sub(f"[{alike}]", lambda _, alike=alike: data.draw(st.sampled_from(alike)), text)  # type: ignore[misc]
    return unicodedata.normalize(data.draw(st.sampled_from(["NFC", "NFD"])), text)


@given(text=TEXTS, data=st.data())
def test_words_are_found_where_they_were_cut_from(text: str, data: st.DataObject) -> None:
    """Every place that is told is a segment of the text that holds, of these words; the one of the cut is among them.

    A cut inside of a character that is made of several has no place of its own.
    """
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    words = text[start:end].strip()
    start += text[start:end].index(words)
    end = start + len(words)
    parts = (text[:start], words, text[end:])
    assume(words and not any(unicodedata.combining(one[0]) for one in parts[1:] if one))
    assume(unicodedata.normalize("NFC", text) == "".join(unicodedata.normalize("NFC", one) for one in parts))
    found = list(places(text, noisy(words, data)))
    for one in found:
        assert matches(text, one.segment)
        assert normalise(text[one.segment["start"] : one.segment["end"]]) == normalise(words)
    assert (start, end) in {(one.segment["start"], one.segment["end"]) for one in found}
    bounds = paragraphs(text)
    for one in found:
        inside = [at for at, (first, last) in enumerate(bounds, 1) if first <= one.segment["start"] < last]
        over = inside and one.segment["end"] > bounds[inside[0] - 1][1]
        assert one.paragraph == (None if over or not inside else inside[0])


@given(text=TEXTS, words=TEXTS)
@example(text="e\u0301 e", words="e")
@example(text="a\u0327\u0301", words="\u00e1")
@example(text="x\u0327 x", words="x")
@example(text="aaa", words="aa")
def test_no_other_words_are_found(text: str, words: str) -> None:
    """Whatever is found says the words, and nothing is found twice."""
    assume(words.strip())
    found = [one.segment for one in places(text, words)]
    assert all(matches(text, one) for one in found)
    assert {normalise(text[one["start"] : one["end"]]) for one in found} <= {normalise(words).strip()}
    assert len({one["start"] for one in found}) == len(found)


def test_every_place_is_told_with_its_paragraph() -> None:
    """Counted from 1 over the lines that are not blank; words that go over a line's end are in none."""
    text = "One two.\r\n\n“Three”  one\ntwo. One two."
    told = [(one.paragraph, one.segment["start"], one.segment["end"]) for one in places(text, "one  two")]
    assert told == [(None, 20, 27)]
    assert [(one.paragraph, one.segment["start"]) for one in places(text, "One two")] == [(1, 0), (3, 29)]
    assert [one.paragraph for one in places(text, ' "Three"\n')] == [2]
    assert [one.paragraph for one in places(text, "two")] == [1, 3, 3]
    assert list(places(text, "four")) == list(places("", "four")) == []


def test_places_that_overlap_are_all_told() -> None:
    """Whoever asks sees each of them, and chooses."""
    assert [one.segment["start"] for one in places("ababa", "aba")] == [0, 2]


def test_a_letter_with_a_mark_is_another_letter() -> None:
    """Whether or not the two have a character of their own together."""
    assert [one.segment["start"] for one in places("x\u0327 e\u0301 \u00e9 x e", "x")] == [8]
    assert [one.segment["start"] for one in places("x\u0327 e\u0301 \u00e9 x e", "e")] == [10]
    assert [one.segment["start"] for one in places("x\u0327 e\u0301 \u00e9 x e", "\u00e9")] == [3, 6]


@pytest.mark.parametrize("words", ["", " ", "\n\u00a0"])
def test_no_words_are_refused(words: str) -> None:
    """Nothing stands everywhere."""
    with pytest.raises(ValueError, match="expected words to look for"):
        list(places("a b", words))
