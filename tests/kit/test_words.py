"""Words promise: one form for what readers take as one word, wherever it stands, and nothing that a text can break."""

# Characters that look like others are what this is about.
# ruff: noqa: RUF001

import sys
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kit.words import LONGEST_WORD, SEPARATOR, Word, folded, hits, join, matches, parse_query, words
from tests.support.queries import HOSTILE

# Characters among which something can go wrong: every rule of the tokenizer has its own, beside plain ones.
TRICKY = "abSs15,.'’ʿ‘-–* \"“”\u00a0\u0301\u0640\u064e\u200d\u200f\u200bßıİéø½²№ﷺحلبةىأ٣😀\ud800\0¶"
TEXTS = st.text(st.sampled_from(TRICKY), max_size=40) | st.text(max_size=40)
PLAIN = st.text(st.sampled_from("ab1 .;()"), max_size=40)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("Hospitals, HIT again!", "hospitals hit again"),
        ("Ba'ath Ba’ath Ba‘ath Baʿath Baʾath Ba`ath Baʼath", " ".join(["baath"] * 7)),
        ("Aleppo's Aleppo’s citizens' 's it's", "aleppo aleppo citizens s it"),
        ("Shuʿs", "shus"),
        ("ʿAlī 'quoted' a''b", "ali quoted a b"),
        ("100,000 1,234,567 12\u202f000 5\u2009000 7\u00a0000 1'000", "100000 1234567 12000 5000 7000 1000"),
        ("1,23 1,2345 1234,567 a1,000 2016\u00a0400", "1 23 1 2345 1234 567 a1 000 2016 400"),
        ("98 % of 1.5 m²", "98 of 1 5 m 2"),
        ("3½ said¹ Acme™ №5", "3 1 2 said 1 acme tm no 5"),
        ("½⅓ x²³", "1 2 1 3 x 2 3"),
        ("al-Assad, Deir-ez-Zor", "al assad deir ez zor"),
        ("Zürich Malmö Łódź Ørsted ÆON Diyarbakır DİYARBAKIR", "zurich malmo lodz orsted aeon diyarbakir diyarbakir"),
        ("Straße STRASSE ﬁne ΣΊΣΥΦΟΣ", "strasse strasse fine σισυφοσ"),
        ("e\u0301le\u0300ve co\u00adop\u200d", "eleve coop"),
        ("zero\u200bwidth no\u2060break", "zero width nobreak"),
        ("حَلَب حلـــب", "حلب حلب"),
        ("أحمد إدلب آل ٱلله", "احمد ادلب ال الله"),
        ("القوة الهدى مؤتمر هيئة", "القوه الهدي موتمر هييه"),
        ("الخُوَذ البَيْضاء", "الخوذ البيضاء"),
        ("٣٥٠ ۳۵۰ ٣٬٥٠٠ १२ １２", "350 350 3500 12 12"),
        ("کرکوک یزد", "كركوك يزد"),
        ("ﷺ", "صلي الله عليه وسلم"),
        ("😀 👩‍👩‍👧 🇸🇾 ¶ \0 \ud800 \U0010ffff", ""),
        ("\u200f(حلب)\u202c", "حلب"),
    ],
)
def test_a_word_has_one_form(text: str, expected: str) -> None:
    """Case, marks, variants, joined apostrophes and grouped digits do not matter."""
    assert folded(text) == expected


def test_a_word_is_cut_to_its_first_64_characters() -> None:
    """A long one is still found by itself, and keeps its whole place in the text."""
    assert words("x " + "ß" * 100) == [Word("x", 0, 1), Word("s" * LONGEST_WORD, 2, 102)]


@given(TEXTS)
def test_offsets_cut_the_word_out_of_the_original(text: str) -> None:
    """What stands at a word's place is the word; places go forward and never overlap, unless they are one symbol's."""
    found = words(text)
    for word in found:
        assert word.word in [one.word for one in words(text[word.start : word.end])]
        assert 0 < len(word.word) <= LONGEST_WORD
        assert word.word == "".join(word.word.split())
    for one, other in pairwise(found):
        assert one.end <= other.start or one[1:] == other[1:]


@given(TEXTS)
def test_folding_what_is_folded_changes_nothing(text: str) -> None:
    """The index, a query and a text agree however often they were folded."""
    once = folded(text)
    assert folded(once) == once
    assert SEPARATOR not in once


def test_every_character_folds_to_letters_and_digits_and_stays() -> None:
    """Not one of all code points gives a word that is folded differently the second time."""
    for start in range(0, sys.maxunicode + 1, 4096):
        once = folded(" ".join(map(chr, range(start, min(start + 4096, sys.maxunicode + 1)))))
        assert folded(once) == once
        assert once.replace(" ", "").isalnum() or not once


@given(PLAIN)
def test_plain_words_are_what_stands_between_other_signs(text: str) -> None:
    """For letters and digits of ASCII the rule is as simple as it sounds."""
    assert folded(text) == " ".join("".join(one if one.isalnum() else " " for one in text).lower().split())


@given(st.lists(TEXTS, max_size=4))
def test_joined_texts_stay_apart(texts: list[str]) -> None:
    """Texts kept as one give back the words of each, and nothing between two of them is a word."""
    parts = [part for part in join(texts).split(f" {SEPARATOR} ") if part]
    assert parts == [folded(text) for text in texts if folded(text)]


def test_a_megabyte_is_cut_in_time() -> None:
    """No text makes the tokenizer slow, whichever of its rules it plays with."""
    started = time.process_time()
    patterns = ("1,", "a'", "1,111", "a\u0301", "½", "'s", "\u0301", "x")
    words(" ".join(pattern * (125_000 // len(pattern)) for pattern in patterns))
    assert time.process_time() - started < 20


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text(text: str) -> None:
    """Whatever somebody writes is cut into words or into none."""
    assert all(word.word.isalnum() for word in words(text))


def naive(query: str, text: str) -> set[int] | None:
    """Return the hit words by writing every run of words out and comparing it; slow, and right at one look."""
    found = folded(text).split()
    hit = set()
    for term in parse_query(query):
        wanted = " ".join(term.words)
        places = set()
        for start in range(len(found)):
            run = " ".join(found[start : start + len(term.words)])
            if run == wanted or (term.prefix and run.startswith(wanted)):
                places |= set(range(start, min(start + len(term.words), len(found))))
        if not places:
            return None
        hit |= places
    return hit


WORDS = st.sampled_from(["a", "b", "ab", "abc", "b-a", '"a b"', '"b ab"', "ab*", '"a ab*"', "bc*"])
QUERIES = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
SMALL = st.lists(st.sampled_from(["a", "b", "ab", "abc", "bcd", "-", "."]), max_size=8).map(" ".join)


@given(QUERIES, SMALL)
def test_hits_are_what_a_naive_reading_finds(query: str, text: str) -> None:
    """Every word of every place where a term is found, and nothing when one term is missing."""
    assert hits(parse_query(query), words(text)) == naive(query, text)


@given(QUERIES, st.lists(SMALL, max_size=3))
def test_terms_may_be_found_in_different_texts_but_a_phrase_only_in_one(query: str, texts: list[str]) -> None:
    """Each term needs one text in which it is found by itself."""
    terms = parse_query(query)
    assert matches(terms, texts) == all(any(hits([term], words(text)) for text in texts) for term in terms)
