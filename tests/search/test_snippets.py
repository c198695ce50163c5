"""Snippets promise: the place that shows most of what was looked for, as it is written, with what was hit marked."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kit.words import hits, matches, parse_query, words
from app.search.snippets import ELLIPSIS, Segment, snippet

WOMEN = "👩\u200d👩\u200d👧"


def marked(query: str, *texts: str, width: int = 160) -> str:
    """Return a snippet as one line, with brackets round the matches."""
    segments = snippet(parse_query(query), texts, width)
    return "".join(f"[{one['text']}]" if one["match"] else one["text"] for one in segments)


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("aleppo", "East Aleppo's hospitals", "East [Aleppo]'s hospitals"),
        ("aleppo", "Aleppo", "[Aleppo]"),
        ("east aleppo", "East Aleppo", "[East] [Aleppo]"),
        ('"east aleppo"', "In East Aleppo.", "In [East Aleppo]."),
        ('"east aleppo" "aleppo siege"', "East Aleppo siege!", "[East Aleppo siege]!"),
        ("al-assad", "al-Assad, al Assad", "[al-Assad], [al Assad]"),
        ("hosp*", "two hospitals, one HOSPICE", "two [hospitals], one [HOSPICE]"),
        ("100000", "almost 100,000 people", "almost [100,000] people"),
        ("baath", "the Ba’ath party", "the [Ba’ath] party"),
        ("حلب", "مدينة حَلَب القديمة", "مدينة [حَلَب] القديمة"),
        ("cafe", "a cafe\u0301 there", "a [cafe\u0301] there"),
        ("km", f"{WOMEN}5km {WOMEN}", f"{WOMEN}5km {WOMEN}"),
        ("5km", f"{WOMEN}5km{WOMEN}", f"{WOMEN}[5km]{WOMEN}"),
        ("m 2", "5 m² dry", "5 [m²] dry"),
        ("الله", "(ﷺ)", "([ﷺ])"),
        ("nothing", "Of that <b>nothing</b> & more", "Of that <b>[nothing]</b> & more"),
    ],
)
def test_matches_are_marked_as_they_are_written(query: str, text: str, expected: str) -> None:
    """With marks, signs and the writer's own case; a phrase is one match, a possessive is not part of it."""
    assert marked(query, text) == expected


def test_the_text_with_the_most_different_terms_is_shown() -> None:
    """Many times one word is less than two words once; of equals the first; none at all is the first text."""
    texts = ("aleppo aleppo aleppo", "the siege of aleppo", "aleppo under siege")
    assert marked("siege aleppo", *texts) == "the [siege] of [aleppo]"
    assert marked("aleppo", *texts) == "[aleppo] [aleppo] [aleppo]"
    assert marked("siege homs", *texts) == "the [siege] of aleppo"
    assert marked("homs", *texts) == texts[0]
    assert snippet(parse_query("homs"), []) == []
    assert snippet(parse_query("homs"), [""]) == []


LONG = " ".join(f"word{number}" for number in range(100))


def test_a_long_text_is_cut_between_words_round_the_densest_hits() -> None:
    """The ellipsis says where, and is never part of a match."""
    assert marked("word50", LONG, width=40) == "…word48 word49 [word50] word51 word52…"
    assert marked("word0", LONG, width=20) == "[word0] word1 word2…"
    assert marked("word99", LONG, width=20) == "…word97 word98 [word99]"
    assert marked("word10 word60 word61", LONG, width=30) == "…word59 [word60] [word61] word62…"
    often = LONG + " word60 word60 word60"
    assert marked("word60 word10", often, width=20) == "…[word60] [word60] [word60]"
    assert marked("word60 word10 word11", often, width=20) == "…[word10] [word11]…"
    assert marked("nothing", LONG, width=20) == "word0 word1 word2…"


def test_a_match_at_a_cut_has_the_ellipsis_beside_it() -> None:
    """In a segment of its own, so that nothing is marked that was not found."""
    assert snippet(parse_query("word50"), [LONG], 6) == [
        {"text": ELLIPSIS, "match": False},
        {"text": "word50", "match": True},
        {"text": ELLIPSIS, "match": False},
    ]


def test_a_match_wider_than_the_window_is_cut_and_still_marked() -> None:
    """A phrase or a word without end does not make a snippet without end."""
    assert marked('"word7 word8 word9 word10"', LONG, width=10) == "…[word7 word]…"
    assert marked("aa*", "a" * 500, width=10) == "[" + "a" * 10 + "]…"
    assert marked("zz", WOMEN * 50, width=6) == WOMEN * 2 + ELLIPSIS
    assert marked("ee*", "e\u0301" * 50, width=9) == "[" + "e\u0301" * 5 + "]…"


ROOTS = st.sampled_from(["a", "ab", "abc", "حَلَب", "e\u0301", "a-b", "100,000", "a's", WOMEN, "ﷺ", "...", "ﬁ" * 30])
TEXTS = st.lists(st.lists(ROOTS, max_size=30).map(" ".join) | st.text(max_size=60), max_size=3)
QUERIES = st.sampled_from(["a", "ab*", '"a b"', "abc a", "حلب", "e b", "100000", "fifi*", "الله", '"ab ab" abc'])


def plain(segments: list[Segment]) -> str:
    """Return what segments say together."""
    return "".join(one["text"] for one in segments)


@given(QUERIES, TEXTS, st.integers(1, 60))
def test_a_snippet_is_a_piece_of_one_of_the_texts(query: str, texts: list[str], width: int) -> None:
    """About as long as asked for, in turns of no match and match, and nothing in it that is not in the text."""
    terms = parse_query(query)
    segments = snippet(terms, texts, width)
    shown = plain(segments)
    assert all(one["text"] for one in segments)
    assert all(one["match"] != other["match"] for one, other in pairwise(segments))
    assert not any(one["match"] and ELLIPSIS in one["text"] for one in segments)
    whole = [text for text in texts if len(text) <= width]
    assert shown in whole or any(shown.strip(ELLIPSIS) in text for text in texts) or not texts
    longest = max((len(run) for text in texts for run in text.split()), default=0)
    assert len(shown) <= width + 2 + longest


@given(QUERIES, TEXTS)
def test_exactly_the_hits_are_marked(query: str, texts: list[str]) -> None:
    """Uncut, the segments are the text, a match is found by the query's terms, and what is found is marked."""
    terms = parse_query(query)
    segments = snippet(terms, texts, 100_000)
    assert not texts or plain(segments) in texts
    assert any(one["match"] for one in segments) == any(matches([term], texts) for term in terms)
    place, inside = 0, set()
    for one in segments:
        inside |= set(range(place, place + len(one["text"]))) if one["match"] else set()
        place += len(one["text"])
    found = words(plain(segments))
    hit = set().union(*(hits([term], found) or set() for term in terms))
    for word in found:
        same_place = {other for other, beside in enumerate(found) if beside.start == word.start}
        assert (word.start in inside and word.end - 1 in inside) == bool(same_place & hit)
