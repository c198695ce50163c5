"""Queries promise: words, phrases and beginnings, and nothing else that means something special."""

# Characters that look like others are what this is about.
# ruff: noqa: RUF001

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kit.words import HIGHEST_SCORE, SEPARATOR, Term, WordsError, join, matches, parse_query, score, words
from tests.support.queries import HOSTILE


def written(query: str) -> list[str]:
    """Return the terms of a query, phrases with their spaces and beginnings with their star."""
    return [" ".join(term.words) + "*" * term.prefix for term in parse_query(query)]


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("Aleppo", ["aleppo"]),
        ("east  Aleppo", ["east", "aleppo"]),
        ('"East Aleppo" siege', ["east aleppo", "siege"]),
        ("“East Aleppo” „the siege”", ["east aleppo", "the siege"]),
        ('siege "east aleppo', ["siege", "east aleppo"]),
        ("al-Assad Deir‑ez–Zor", ["al assad", "deir ez zor"]),
        ("east - aleppo -homs hama-", ["east", "aleppo", "homs", "hama"]),
        ("aleppo,homs/hama", ["aleppo", "homs", "hama"]),
        ("hala* hospit*", ["hala*", "hospit*"]),
        ("hala * ha*lab hal** (hala*)", ["hala", "ha", "lab", "hal*", "hala*"]),
        ('"east alep*" "ea* aleppo"', ["east alep*", "ea aleppo"]),
        ("al-ass*", ["al ass*"]),
        ("aleppo Aleppo ALEPPO's aleppo*", ["aleppo", "aleppo*"]),
        ("a OR b AND c NOT d NEAR(e)", ["a", "or", "b", "and", "c", "not", "d", "near", "e"]),
        ("head:aleppo ^x +y -z", ["head", "aleppo", "x", "y", "z"]),
        ("1.5 1,5 100,000 98%", ["1 5", "100000", "98"]),
        ("m² ﷺ", ["m 2", "صلي الله عليه وسلم"]),
        ('"" aleppo "  "', ["aleppo"]),
        ("الخُوَذ", ["الخوذ"]),
    ],
)
def test_a_query_says_what_it_looks_for(query: str, terms: list[str]) -> None:
    """Words that must all be found, phrases in quotes or held by hyphens, and beginnings before a star."""
    assert written(query) == terms


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "at least one word"),
        ('"" - * ( )', "at least one word"),
        ("😀", "at least one word"),
        ("secret " * 29, "at most 200 characters"),
        (" ".join("abcdefghijklm"), "at most 12 different"),
        ("secret a*", "at least 2 letters"),
        ('"secret a*', "at least 2 letters"),
    ],
)
def test_a_refused_query_says_what_is_expected_and_repeats_nothing(query: str, expected: str) -> None:
    """The message is safe to show and to log."""
    with pytest.raises(WordsError, match=expected) as refused:
        parse_query(query)
    assert "secret" not in str(refused.value)


def test_the_limits_are_reached_before_they_are_passed() -> None:
    """200 characters, 12 terms after the same one twice, and a beginning of two characters are fine."""
    assert len(parse_query("a" * 200)) == 1
    assert len(parse_query(" ".join("abcdefghijkl") + " a A a")) == 12
    assert parse_query("al*") == (Term(("al",), prefix=True),)


@pytest.mark.parametrize("query", HOSTILE)
def test_a_hostile_query_is_refused_or_looked_for(query: str) -> None:
    """Only words of letters and digits ever leave this place."""
    try:
        terms = parse_query(query)
    except WordsError:
        return
    assert all(word.isalnum() for term in terms for word in term.words)


@given(st.text(st.sampled_from("abé1½,-'’ \"حة") | st.characters(), max_size=60))
def test_a_text_is_found_by_its_own_words(text: str) -> None:
    """Whoever pastes a piece of a text, in quotes or not, finds the text."""
    pasted = text.replace("*", " ")
    for query in (pasted, f'"{pasted.replace(chr(34), " ")}"'):
        try:
            terms = parse_query(query)
        except WordsError:
            assert not words(pasted) or len({one.word for one in words(pasted)}) > 12
            continue
        assert matches(terms, [pasted])


# --- Relevance ---------------------------------------------------------------------------------------------------

FOLDED = st.lists(st.sampled_from(["a", "b", "ab", "abc", SEPARATOR]), max_size=12).map(" ".join)


@given(st.sampled_from(["a", "ab*", '"a b"', "a b", 'abc "b ab"']), FOLDED, FOLDED)
def test_a_score_is_in_its_range_and_tells_found_from_missing(query: str, head: str, body: str) -> None:
    """0 is what nothing was found of; a millionth is more than that."""
    terms = parse_query(query)
    value = score(terms, head, body)
    assert 0 <= value <= HIGHEST_SCORE
    found = [matches([term], [*head.split(SEPARATOR), *body.split(SEPARATOR)]) for term in terms]
    assert (value > 0) == any(found)


@given(FOLDED)
def test_only_a_name_that_is_the_query_reaches_the_top(body: str) -> None:
    """A whole title or a whole alias, and nothing that merely holds it many times."""
    terms = parse_query("white helmets")
    assert score(terms, join(["Syria Civil Defence", "White Helmets"]), body) == HIGHEST_SCORE
    assert score(terms, "white helmets " * 50, body) <= HIGHEST_SCORE * 9 // 10
    assert score(terms, "the white helmets", body) < HIGHEST_SCORE
    assert score(terms, join(["White", "Helmets"]), body) < HIGHEST_SCORE


def test_what_is_more_relevant_scores_more() -> None:
    """In a name before a text, twice before once, in a short text before a long one, all before some."""
    terms = parse_query("siege aleppo")
    text = "the siege of aleppo went on"
    ranked = [
        score(terms, "siege aleppo", ""),
        score(terms, "the siege of aleppo", text),
        score(terms, "the siege of aleppo", ""),
        score(terms, "a title", f"{text} aleppo siege"),
        score(terms, "a title", text),
        score(terms, "a title", text + " and on" * 40),
        score(terms, "a title", "the siege went on"),
        score(terms, "a title", "nothing of that"),
    ]
    assert ranked == sorted(ranked, reverse=True)
    assert len(set(ranked)) == len(ranked)


def test_a_score_is_the_same_everywhere_and_for_ever() -> None:
    """A cursor holds scores, so a change of the formula is a change of the contract."""
    assert score(parse_query("siege aleppo"), "siege of aleppo", "the siege went on") == 743_928
    assert score(parse_query('hosp* "field hospital"'), "a title", "a field hospital was hit hospitals") == 631_060
