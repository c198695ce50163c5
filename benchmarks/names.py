"""Names in three scripts, made of syllables, and sentences made of words as often as a language has them."""

import random
from functools import cache, lru_cache
from typing import Any, NamedTuple

import yaml

from benchmarks import chance as chances
from benchmarks.chance import Skewed, skewed
from benchmarks.paths import LANGUAGE

_ACCENTS = str.maketrans({"a": "á", "e": "é", "i": "î", "o": "ö", "u": "ü", "n": "ñ"})
RARE = 100


class Name(NamedTuple):
    """One name as three scripts write it."""

    latin: str
    arabic: str
    cyrillic: str


@cache
def _language() -> dict[str, Any]:
    language: dict[str, Any] = yaml.safe_load(LANGUAGE.read_text(encoding="utf-8"))
    return language


@cache
def vocabulary() -> Skewed[str]:
    """Return the words, each about as often as a language has a word of its rank."""
    return skewed(_language()["words"])


@lru_cache(maxsize=8192)
def name(kind: str, number: int) -> Name:
    """Return a name of two or three syllables; some have an article, an accent or an apostrophe."""
    chance = chances.of(f"name {kind}", number)
    parts = chance.choices(_language()["syllables"], k=chance.choice((2, 2, 3)))
    latin, arabic, cyrillic = ("".join(part[script] for part in parts) for script in range(3))
    style = chance.random()
    if style < 0.08:
        latin = latin.translate(_ACCENTS)
    elif style < 0.12:
        latin = f"{latin[:2]}'{latin[2:]}"
    latin = latin.capitalize()
    if style > 0.9:
        return Name(f"al-{latin}", f"ال{arabic}", f"аль-{cyrillic.capitalize()}")
    return Name(latin, arabic, cyrillic.capitalize())


def sentence(chance: random.Random, mentions: list[str]) -> str:
    """Return 10 to 40 words of skewed frequency with the mentions among them; one in fifty has a rare word.

    Each of the RARE words stands in about one sentence of 5,000.
    """
    words = [vocabulary().one(chance) for _ in range(chance.randint(10, 40) - len(mentions))]
    if chance.random() < 0.02:
        words.append(f"{name('rare', chance.randrange(RARE)).latin.lower()}ite")
    for one in mentions:
        words.insert(chance.randrange(len(words)), one)
    text = " ".join(words)
    return f"{text[0].upper()}{text[1:]}."
