"""Why this file exists: whoever annotates a text finds where words stand in it, ready for the annotation; pure."""

import unicodedata
from collections.abc import Iterator
from typing import Any, NamedTuple

from app.claims.appearances import normalise, paragraphs, segment


class Place(NamedTuple):
    """Where words stand: the paragraph, counted from 1, null when they go over its end, and the segment."""

    paragraph: int | None
    segment: dict[str, Any]


def places(text: str, words: str) -> Iterator[Place]:
    """Yield every place of a text where words stand, whatever white space, quotation marks or composition either has.

    raises ValueError when there are no words.
    """
    wanted = normalise(words).strip()
    if not wanted:
        raise ValueError("expected words to look for")
    bounds = paragraphs(text)
    clusters = list(_clusters(text))
    # Of every character of the normalised text: the cluster that it is of.
    plain, whose = _normalised(text, clusters)
    at = plain.find(wanted)
    while at >= 0:
        start, end = clusters[whose[at]][0], clusters[whose[at + len(wanted) - 1]][1]
        # Words never end inside of a cluster: before an accent that is a character of its own.
        if normalise(text[start:end]) == wanted:
            within = [n for n, (first, last) in enumerate(bounds, 1) if first <= start and end <= last]
            yield Place(within[0] if within else None, segment(text, start, end))
        at = plain.find(wanted, at + 1)


def _normalised(text: str, clusters: list[tuple[int, int]]) -> tuple[str, list[int]]:
    """Return a text as `normalise` gives it, and of each of its characters the number of its cluster."""
    plain: list[str] = []
    whose: list[int] = []
    for number, (start, end) in enumerate(clusters):
        piece = normalise(text[start:end])
        if plain and plain[-1] == " ":
            piece = piece.removeprefix(" ")
        plain += piece
        whose += [number] * len(piece)
    return "".join(plain), whose


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of the shortest pieces whose compositions, one after the other, are that of the whole."""
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or _apart(text[start:at], text[at]):
            yield start, at
            start = at


def _apart(before: str, character: str) -> bool:
    if character.isascii():
        return True
    composed = unicodedata.normalize("NFC", before + character)
    return not unicodedata.combining(character) and composed == unicodedata.normalize("NFC", before) + (
        unicodedata.normalize("NFC", character)
    )
