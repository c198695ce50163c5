"""Why this file exists: what a searchable word is, decided here once, so that every database finds the same.

Text is cut into words, and each word is brought to one form: compatibility forms resolved (NFKD), marks dropped
(accents, Arabic vowel signs), case folded, variants of one letter unified, digits of any script made ASCII. Letters
and digits are words; all else stands between them, but for three cases:

- an apostrophe inside a word joins it (Ba'ath: `baath`), unless what follows is the possessive s (Aleppo's: `aleppo`);
- a comma or a narrow space that groups digits by three joins them (100,000: `100000`);
- a symbol that stands for letters or digits is a word of its own (m², ½, №).

Marks are dropped in every script, which in Indic ones takes vowel signs too; scripts written without spaces are not
cut into words. The databases never see text that was not folded here, so `matches` is their judge.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final, NamedTuple
from unicodedata import category, decimal, normalize

LONGEST_WORD: Final = 64
LONGEST_QUERY: Final = 200
MOST_TERMS: Final = 12
SHORTEST_PREFIX: Final = 2
HIGHEST_SCORE: Final = 1_000_000
# Stands alone between two texts that are kept as one; no word holds it, so no phrase reaches across.
SEPARATOR: Final = "\N{PILCROW SIGN}"


class WordsError(ValueError):
    """The query cannot be searched for; the message is for the caller and says nothing of the query."""


class Word(NamedTuple):
    """A word of a text, and the code points [start, end) of the text as written that it was made of."""

    word: str
    start: int
    end: int


class Term(NamedTuple):
    """What must be found: a word, or several that follow each other; with `prefix` the last may go on."""

    words: tuple[str, ...]
    prefix: bool


# The half rings and turned commas of transliteration are letters in Unicode; here they are apostrophes.
_RINGS: Final = "\u02b9\u02bb\u02be\u02bf"
_APOSTROPHES: Final = "'`\u00b4\u02bc\u2018\u2019\u201b\u2032\uff07" + _RINGS
_GROUPING: Final = ",\u00a0\u066c\u2007\u2009\u202f"
_TATWEEL: Final = "\u0640"
_ZERO_WIDTH_SPACE: Final = "\u200b"
# Letters that are read as another one, and that no decomposition of Unicode takes apart.
_LETTERS: Final = {
    "\u0671": "\u0627",  # alef wasla: alef
    "\u0649": "\u064a",  # alef maksura: yeh
    "\u06cc": "\u064a",  # Farsi yeh: yeh
    "\u0629": "\u0647",  # teh marbuta: heh
    "\u06a9": "\u0643",  # keheh: kaf
    "\u0131": "i",  # dotless i
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "ħ": "h",
    "ŧ": "t",
    "þ": "th",
    "æ": "ae",
    "œ": "oe",
}


def _plain(text: str) -> str:
    """Return text decomposed, without marks and format characters."""
    return "".join(one for one in normalize("NFKD", text) if category(one)[0] != "M" and category(one) != "Cf")


def _fold(character: str) -> str:
    """Return what a character is in a folded word; a space in it stands for whatever is no letter or digit."""
    folded = ""
    for one in _plain(_plain(character).casefold()):
        if one in _APOSTROPHES or one == _TATWEEL:
            continue
        digit = decimal(one, None)
        if digit is not None:
            folded += str(digit)
        else:
            folded += _LETTERS.get(one, one) if category(one)[0] in "LN" else " "
    return folded


def _kind(character: str) -> str:
    """Return what a character does: l letter, d digit, x own word, a apostrophe, g grouping, m nothing, or a space."""
    own = category(character)
    if character in _APOSTROPHES:
        return "a"
    if character in _GROUPING:
        return "g"
    if character == _TATWEEL or own[0] == "M" or (own == "Cf" and character != _ZERO_WIDTH_SPACE):
        return "m"
    if own == "Nd":
        return "d"
    folded = _fold(character)
    if not folded.strip():
        return " " if folded or own[0] != "L" else "m"
    return "l" if (own[0] == "L" or own == "Nl") and " " not in folded else "x"


_MOST_LEARNT: Final = 16_384


class _Table(dict[int, str]):
    """A table for `str.translate` that learns characters as they come, and starts anew before it grows large."""

    def __init__(self, kinds: bool) -> None:
        super().__init__()
        self._kinds = kinds

    def __missing__(self, code: int) -> str:
        character = chr(code)
        kind = _kind(character)
        made = kind if self._kinds else _fold(character) if kind in "ldx" else ""
        if len(self) >= _MOST_LEARNT:
            self.clear()
        self[code] = made
        return made


_KINDS: Final = _Table(kinds=True)
_FOLDS: Final = _Table(kinds=False)
_WORD: Final = re.compile(r"xm*|(?:d{1,3}(?:gddd(?!d))+|[ld])[ldm]*(?:am*[ld][ldm]*)*")


def words(text: str) -> list[Word]:
    """Return the words of a text, in order; a symbol that stands for several words gives each the same place."""
    kinds = text.translate(_KINDS)
    # Letters and digits of ASCII fold to what they are in lower case, without a look at each.
    plain = text.lower() if text.isascii() else ""
    found = []
    for match in _WORD.finditer(kinds):
        start, end = match.span()
        last = kinds.rfind("a", start, end)
        if last > 0 and text[last] not in _RINGS and text[last:end].translate(_FOLDS) == "s":
            end = last
        folded = plain[start:end]
        if not folded.isalnum():
            folded = text[start:end].translate(_FOLDS)
        if kinds[start] == "x":
            found += [Word(one[:LONGEST_WORD], start, end) for one in folded.split()]
        else:
            found.append(Word(folded[:LONGEST_WORD], start, end))
    return found


def folded(text: str) -> str:
    """Return the words of a text with one space between them; folding what is folded changes nothing."""
    return " ".join(one.word for one in words(text))


def join(texts: Iterable[str]) -> str:
    """Return several texts folded, kept as one in which no phrase reaches from one text into the next."""
    return f" {SEPARATOR} ".join(filter(None, map(folded, texts)))


# --- Queries -----------------------------------------------------------------------------------------------------

_QUOTES: Final = re.compile('["\u201c\u201d\u201e\u201f\uff02]')
# What holds two words together that were written without a space: Deir-ez-Zor, 1.5.
_HYPHENS: Final = frozenset("-\u00ad\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d")


def parse_query(text: str) -> tuple[Term, ...]:
    """Return what a query asks for, all of which must be found; raises WordsError.

    Words; "phrases" in straight or curly double quotes, the last of which may stay open; a star right after a word
    makes it a beginning. A word with hyphens is a phrase of its parts. Nothing else is an operator.
    """
    if len(text) > LONGEST_QUERY:
        raise WordsError(f"expected at most {LONGEST_QUERY} characters")
    found: dict[Term, None] = {}
    for number, part in enumerate(_QUOTES.split(text)):
        for run in _runs(part, quoted=number % 2 == 1):
            found[_term(part, run)] = None
    if not found:
        raise WordsError('expected at least one word, such as hospital, hospit* or "field hospital"')
    if len(found) > MOST_TERMS:
        raise WordsError(f"expected at most {MOST_TERMS} different words or phrases")
    return tuple(found)


def _runs(part: str, quoted: bool) -> list[list[Word]]:
    """Return the words of a part of a query, those together that must follow each other."""
    found = words(part)
    if quoted:
        return [found] if found else []
    runs: list[list[Word]] = []
    for word in found:
        if runs and _held_together(part, runs[-1][-1], word):
            runs[-1].append(word)
        else:
            runs.append([word])
    return runs


def _held_together(part: str, one: Word, other: Word) -> bool:
    between = part[one.end : other.start]
    numbers = one.word[-1].isdigit() and other.word[0].isdigit()
    return _HYPHENS.issuperset(between) or (numbers and between in (".", ","))


def _term(part: str, run: list[Word]) -> Term:
    end = run[-1].end
    prefix = part[end : end + 1] == "*" and part[end + 1 : end + 2].translate(_KINDS) not in ("l", "d", "x")
    if prefix and len(run[-1].word) < SHORTEST_PREFIX:
        raise WordsError(f"expected at least {SHORTEST_PREFIX} letters or digits before a star")
    return Term(tuple(one.word for one in run), prefix)


# --- Who is found ------------------------------------------------------------------------------------------------


def hits(query: Sequence[Term], found: Sequence[Word]) -> set[int] | None:
    """Return the indexes of the words of one text that a query hits; None unless every term is found in it."""
    hit: set[int] = set()
    for term in query:
        places = places_of(term, found)
        if not places:
            return None
        for place in places:
            hit.update(range(place, place + len(term.words)))
    return hit


def places_of(term: Term, found: Sequence[Word]) -> list[int]:
    """Return the index of the first word of each place where a term is found."""
    *whole, last = term.words
    length = len(whole)
    return [
        place
        for place in range(len(found) - length)
        if (found[place + length].word.startswith(last) if term.prefix else found[place + length].word == last)
        and all(found[place + n].word == word for n, word in enumerate(whole))
    ]


def matches(query: Sequence[Term], texts: Iterable[str]) -> bool:
    """Whether every term is found in at least one of the texts; a phrase never spans two."""
    cut = [words(text) for text in texts]
    return all(any(places_of(term, found) for found in cut) for term in query)


# --- Relevance ---------------------------------------------------------------------------------------------------

# A text of this many words is neither short nor long.
_USUAL_HEAD: Final = 8
_USUAL_BODY: Final = 40
_HEAD_WEIGHT: Final = 3
_SATURATION: Final = 1_200
_BELOW_EQUALITY: Final = HIGHEST_SCORE * 9 // 10


@lru_cache(maxsize=256)
def _needles(query: tuple[Term, ...]) -> tuple[tuple[str, ...], str]:
    """Return how each term stands in a text whose words have a space on either side, and how the whole query does."""
    terms = tuple(" " + "  ".join(term.words) + ("" if term.prefix else " ") for term in query)
    return terms, f" {SEPARATOR}  {'  '.join(word for term in query for word in term.words)}  {SEPARATOR} "


def score(query: tuple[Term, ...], head: str, body: str) -> int:
    """Return how relevant an entry is, 0 to 1,000,000, given its head (names, titles) and body as `join` gives them.

    In the manner of BM25F: how often a term is found, less in a longer text, three times as much in the head, and
    each further time worth less. There are no statistics of the corpus in it, so that a score never changes while
    the entry does not. Only a head, or one of the texts of a head, that is the query word for word reaches the top.
    """
    needles, whole = _needles(query)
    head_length, body_length = head.count(" ") + 1, body.count(" ") + 1
    head = f" {SEPARATOR}  {head.replace(' ', '  ')}  {SEPARATOR} "
    if whole in head:
        return HIGHEST_SCORE
    body = f" {body.replace(' ', '  ')} "
    head_unit = _HEAD_WEIGHT * 1_000_000 // (400 + 600 * head_length // _USUAL_HEAD)
    body_unit = 1_000_000 // (400 + 600 * body_length // _USUAL_BODY)
    total = 0
    for needle in needles:
        often = head.count(needle) * head_unit + body.count(needle) * body_unit
        total += _BELOW_EQUALITY * often // (often + _SATURATION)
    return total // len(needles)
