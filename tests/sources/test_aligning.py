"""Locators are found in any copy by their digests: in their place, out of it, or not at all."""

from itertools import pairwise

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from app.claims.appearances import digest, normalise, segment
from app.sources import aligning
from app.sources.aligning import TELLING, Found, Verdict, Window, align, edges_of, occurrences

MATCH, MOVED, MISSING = Verdict.MATCH, Verdict.MOVED, Verdict.MISSING
# Few letters, so that words and sentences come again and again.
WORDS = st.lists(st.text(alphabet="abc", min_size=1, max_size=3), min_size=12, max_size=25)
LINES = st.lists(WORDS.map(" ".join), min_size=2, max_size=6)


def window(text: str, start: int, end: int) -> Window:
    """Return the window of a text between two offsets."""
    one = segment(text, start, end)
    return Window(start, end, one["normalised"]["sha256"], one["normalised"]["length"])


def windows_of(text: str, *words: str) -> list[Window]:
    """Return the window of the first place where each of these stands."""
    return [window(text, text.index(one), text.index(one) + len(one)) for one in words]


def told(copy: str, windows: list[Window]) -> list[Verdict]:
    """Return what is said of each window."""
    found = align(normalise(copy), windows)
    return [found[one].verdict for one in windows]


@st.composite
def cut_texts(draw: st.DrawFn) -> tuple[list[str], list[Window]]:
    """Return the lines of a text, and windows of it between words: long and short, nested, overlapping, repeated."""
    lines = draw(LINES)
    text = "\n".join(lines)
    edges = [at for at in edges_of(text) if at == len(text) or not text[at].isspace()]
    starts = [at for at in edges if at < len(text)]
    ends = [at for at in edges_of(text) if at and not text[at - 1].isspace()]
    spans = draw(st.lists(st.tuples(st.sampled_from(starts), st.sampled_from(ends)), min_size=1, max_size=12))
    # What is located lies in one line, as it does in an annotation.
    kept = [(start, end) for start, end in spans if start < end and "\n" not in text[start:end]]
    assume(kept)
    return lines, [window(text, start, end) for start, end in kept]


@given(cut=cut_texts())
def test_an_exact_copy_is_all_match(cut: tuple[list[str], list[Window]]) -> None:
    """However often words come again; what is found stands where its words stand, in order."""
    lines, windows = cut
    text = "\n".join(lines)
    plain = normalise(text)
    found = align(plain, windows)
    assert {one.verdict for one in found.values()} == {MATCH}
    for one, where in found.items():
        assert where.at is not None
        assert plain[where.at : where.at + one.length] == text[one.start : one.end]
    long = sorted(one for one in found if one.length >= TELLING)
    assert [found[one].at for one in long] == sorted(found[one].at or 0 for one in long)


@given(cut=cut_texts())
def test_a_long_text_is_found_where_it_is(cut: tuple[list[str], list[Window]]) -> None:
    """In an exact copy whatever stands once in a text, and whatever lies in that, has its own offsets."""
    lines, windows = cut
    text = "\n".join(lines)
    plain = normalise(text)
    found = align(plain, windows)
    alone = [one for one in windows if one.length >= TELLING and text.count(text[one.start : one.end]) == 1]
    for one in alone:
        assert found[one].at == one.start
        for other in windows:
            if one.start <= other.start and other.end <= one.end:
                assert found[other].at == other.start


@given(cut=cut_texts(), noise=st.lists(st.text(alphabet="abcd 98\n", max_size=60), min_size=7, max_size=7))
def test_noise_between_paragraphs_keeps_every_match(cut: tuple[list[str], list[Window]], noise: list[str]) -> None:
    """Adverts and navigation in the words of the text itself."""
    lines, windows = cut
    copy = "\n".join(f"{line}\n{between}" for line, between in zip(lines, noise, strict=False))
    assert set(told(f"{noise[-1]}\n{copy}", windows)) == {MATCH}


@given(cut=cut_texts(), data=st.data())
def test_what_is_deleted_is_missing(cut: tuple[list[str], list[Window]], data: st.DataObject) -> None:
    """Words that stood once in a text and are cut out of it stand nowhere."""
    lines, windows = cut
    text = "\n".join(lines)
    gone = data.draw(st.sampled_from(windows))
    words = text[gone.start : gone.end]
    copy = text[: gone.start] + "zz" + text[gone.end :]
    assume(words not in normalise(copy))
    assert told(copy, [gone]) == [MISSING]
    assert align(normalise(copy), windows)[gone] == Found(MISSING)


LONG = [" ".join(f"{letter}{number}{letter * 3}" for number in range(10)) for letter in "abcdefgh"]


@given(moved=st.integers(0, 7), to=st.integers(0, 7))
@example(moved=0, to=7)
def test_a_paragraph_that_is_elsewhere_has_moved(moved: int, to: int) -> None:
    """It alone, with all that lies in it; what stands around keeps its place."""
    assume(abs(moved - to) > 1)
    text = "\n".join(LONG)
    lines = [line for at, line in enumerate(LONG) if at != moved]
    lines.insert(to, LONG[moved])
    whole = windows_of(text, *LONG)
    within = windows_of(text, *(" ".join(line.split()[2:4]) for line in LONG))
    expected = [MOVED if at == moved else MATCH for at in range(len(LONG))]
    assert told("\n".join(lines), whole + within) == expected * 2


@given(text=st.text(alphabet="aab 9.,é文", max_size=30), data=st.data())
@example(text="98,000", data=None).via("a number inside a number")
def test_occurrences_are_all_places_between_words_or_else_all(text: str, data: st.DataObject | None) -> None:
    """Against looking at every place: those between edges of words when there are any, otherwise those inside words."""
    plain = normalise(text)
    assume(plain)
    start = data.draw(st.integers(0, len(plain) - 1)) if data else 0
    end = data.draw(st.integers(start + 1, len(plain))) if data else 2
    words = plain[start:end]
    assume(normalise(words) == words)
    edges = edges_of(plain)
    everywhere = [at for at in range(len(plain)) if plain.startswith(words, at)]
    whole = [at for at in everywhere if at in edges and at + len(words) in edges]
    one = Window(start, end, digest(words), len(words))
    assert occurrences(plain, edges, [one]) == {one: whole or everywhere}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("98 percent", ["98", " ", "percent"]),
        ("1,250,000.5 people", ["1,250,000.5", " ", "people"]),
        ("six-year, U.S.", ["six", "-", "year", ",", " ", "U", ".", "S", "."]),
        ("98. Then", ["98", ".", " ", "Then"]),
        ("F16 9a", ["F16", " ", "9a"]),
        ("六人", ["六", "人"]),
    ],
)
def test_the_edges_of_words(text: str, words: list[str]) -> None:
    """A number is one word with its separators; where words are not kept apart, each letter may be one."""
    edges = list(edges_of(text))
    assert [text[start:end] for start, end in pairwise(edges)] == words


# --- short words ------------------------------------------------------------------------------------------------------

BEFORE = "Nobody in the whole of the valley had seen the river as high as that."
SENTENCE = "Then six men of the upper village went to close the old gate."
AFTER = "The water came over the bridge before anybody could be warned of it."
TEXT = "\n".join((BEFORE, SENTENCE, AFTER))
SIX = windows_of(TEXT, BEFORE, SENTENCE, "six", AFTER)


@pytest.mark.parametrize(
    ("copy", "expected"),
    [
        # In its sentence, whatever stands around; not that of the advert.
        (f"Six ways to save\n{BEFORE}\nsix offers\n{SENTENCE}\nonly six left\n{AFTER}", [MATCH] * 4),
        # The sentence is another now, but says six where it said so.
        (TEXT.replace("Then six men", "At noon six women"), [MATCH, MISSING, MATCH, MATCH]),
        # It says another number, of which this is a piece.
        (TEXT.replace("six men", "sixty men"), [MATCH, MISSING, MOVED, MATCH]),
        (TEXT.replace("six men", "seven men"), [MATCH, MISSING, MISSING, MATCH]),
        # The sentence is gone; far from where it was somebody else says six.
        (f"{BEFORE}\n{AFTER}\n" + "other words " * 40 + "six", [MATCH, MISSING, MOVED, MATCH]),
        (f"{BEFORE}\n" + "other words " * 40 + "six " + "other words " * 40 + AFTER, [MATCH, MISSING, MOVED, MATCH]),
        # With its sentence it went to the end; the advert in the old place says it too.
        (f"{BEFORE}\nsix offers\n{AFTER}\n{SENTENCE}", [MATCH, MOVED, MOVED, MATCH]),
        # Another article altogether.
        ("It took six years.", [MISSING, MISSING, MOVED, MISSING]),
    ],
)
def test_a_short_figure_is_believed_in_its_place_alone(copy: str, expected: list[Verdict]) -> None:
    """ "six" stands anywhere by chance: it matches in its sentence, or as far from its neighbours as it was."""
    assert told(copy, SIX) == expected


def test_a_piece_of_a_number_is_not_that_number() -> None:
    """98 is not that of 98,000 or of 1.98, nor of 1998."""
    text = f"{BEFORE}\nForces held 98 percent of the town by then, they said.\n{AFTER}"
    windows = windows_of(text, BEFORE, "Forces held 98 percent of the town by then, they said.", "98", AFTER)
    for other in ("98,000", "1.98", "1998"):
        assert told(text.replace("98", other), windows)[2] == MOVED, other
    assert told(text.replace("percent", "per cent"), windows)[2] == MATCH


def test_a_short_line_of_its_own_is_a_match_between_its_neighbours() -> None:
    """What is located by itself alone, with adverts on both sides of it, and elsewhere when it is elsewhere."""
    text = f"{BEFORE}\nNobody answered.\n{AFTER}"
    windows = windows_of(text, BEFORE, "Nobody answered.", AFTER)
    advert = "buy this " * 100
    assert told(f"{BEFORE}\n{advert}\nNobody answered.\n{advert}\n{AFTER}", windows) == [MATCH] * 3
    assert told(f"{BEFORE}\n{AFTER}\nNobody answered.", windows) == [MATCH, MOVED, MATCH]
    assert told(f"Nobody answered.\n{advert}", windows) == [MISSING, MOVED, MISSING]


def test_a_sentence_is_not_given_up_for_a_few_words() -> None:
    """What is in order by its length stays, and not what is in order by its number."""
    text = f"{SENTENCE}\nsome\nmore\nwords"
    windows = windows_of(text, SENTENCE, "some", "more", "words")
    assert told(f"some more words\n{SENTENCE}", windows) == [MATCH, MOVED, MOVED, MOVED]


def test_the_same_sentence_twice_is_found_twice() -> None:
    """A standfirst that the body repeats: when one of them is gone, that one is not taken for a match."""
    text = f"{SENTENCE}\n{BEFORE}\n{SENTENCE}\n{AFTER}"
    second = text.rindex(SENTENCE)
    windows = [*windows_of(text, SENTENCE, BEFORE, AFTER), window(text, second, second + len(SENTENCE))]
    assert told(text, windows) == [MATCH] * 4
    assert align(normalise(text), windows)[windows[3]].at == second
    assert told(f"{BEFORE}\n{SENTENCE}\n{AFTER}", windows) == [MOVED, MATCH, MATCH, MATCH]
    assert told(f"{SENTENCE}\n{BEFORE}\n{AFTER}", windows) == [MATCH, MATCH, MATCH, MOVED]


def test_adversarial_repeats_are_laid_out_quickly() -> None:
    """A text of nothing but the same words, each a window, does not take a place away from another."""
    text = " ".join(["again and again it said"] * 150)
    size = len("again and again it said ")
    windows = [window(text, at * size, at * size + 2 * size - 1) for at in range(0, 148, 2)]
    laid_out = align(normalise(text), windows)
    found = [laid_out[one] for one in windows]
    assert {one.verdict for one in found} == {MATCH}
    places = [one.at for one in found if one.at is not None]
    assert places == sorted(set(places))
    assert len(places) == len(windows)


def test_a_text_of_short_segments_alone_is_laid_out_by_them() -> None:
    """A table of numbers has no sentences to go by."""
    text = "Aland 98\nBland 17\nCland 6\n"
    windows = windows_of(text, "98", "17", "6")
    assert told("Aland | 98 | Bland | 17 | Cland | 6", windows) == [MATCH] * 3
    assert told("Bland 17, Cland 6, Aland 98", windows) == [MOVED, MATCH, MATCH]


def test_a_copy_that_is_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for hours; progress is told for every length that was tried."""
    lengths: list[int] = []
    align(normalise(TEXT), SIX, lengths.append)
    assert lengths == [1, 2, 3, 4]
    monkeypatch.setattr(aligning, "LONGEST", len(TEXT) - 1)
    with pytest.raises(ValueError, match="expected a copy of at most"):
        align(TEXT, SIX)
