"""Why this file exists: the piece of a text in which a query was found, in segments that need no markup."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple, TypedDict
from unicodedata import category

from app.kit.words import Term, Word, places_of, words

WIDTH: Final = 160
ELLIPSIS: Final = "…"
_ZERO_WIDTH_JOINER: Final = "\u200d"


class Segment(TypedDict):
    """A piece of a text, and whether it is what was looked for."""

    text: str
    match: bool


class _Hit(NamedTuple):
    """Where a term was found: code points [start, end), and which term it was."""

    start: int
    end: int
    term: int


def snippet(query: Sequence[Term], texts: Sequence[str], width: int = WIDTH) -> list[Segment]:
    """Return segments of the text in which the most different terms of a query are found, the first of those.

    A text of up to `width` code points is shown whole: its segments together are the text. Of a longer one about
    `width` code points round the densest hits are shown, cut between words, with an ellipsis in a segment that is no
    match where it was cut. Without any hit it is the beginning of the first text; without any text, nothing.
    """
    best: tuple[str, list[Word], list[_Hit]] | None = None
    for text in texts:
        found = words(text)
        hits = _hits(query, found)
        if best is None or _terms(hits) > _terms(best[2]):
            best = text, found, hits
    if best is None:
        return []
    text, found, hits = best
    start, end = (0, len(text)) if len(text) <= width else _window(text, found, hits, width)
    segments = list(_segments(text, hits, start, end))
    return _with_ellipses(segments, before=start > 0, after=end < len(text))


def _hits(query: Sequence[Term], found: Sequence[Word]) -> list[_Hit]:
    return sorted(
        _Hit(found[place].start, found[place + len(term.words) - 1].end, number)
        for number, term in enumerate(query)
        for place in places_of(term, found)
    )


def _terms(hits: Sequence[_Hit]) -> int:
    return len({hit.term for hit in hits})


def _window(text: str, found: Sequence[Word], hits: Sequence[_Hit], width: int) -> tuple[int, int]:
    """Return the code points to show of a text that is longer than `width`, so that no word is cut if possible."""
    first, last = _densest(hits, width) if hits else (0, 0)
    if last - first > width:
        return first, _settled(text, first + width)
    start = max(0, first - (width - (last - first)) // 2)
    end = min(len(text), start + width)
    start = max(0, end - width)
    if start > 0:
        start = next((word.start for word in found if start <= word.start <= first), first)
    if end < len(text):
        end = next((word.end for word in reversed(found) if last <= word.end <= end), 0) or _settled(text, end)
    return start, end


def _densest(hits: Sequence[_Hit], width: int) -> tuple[int, int]:
    """Return where those hits begin and end that show the most terms, then the most hits, within `width`."""
    inside: Counter[int] = Counter()
    ends: list[int] = []
    best, chosen, begin = (0, 0), (0, 0), 0
    for number, hit in enumerate(hits):
        inside[hit.term] += 1
        ends.append(hit.end)
        while begin < number and hit.end - hits[begin].start > width:
            inside[hits[begin].term] -= 1
            begin += 1
        worth = len(+inside), number - begin
        if worth > best or number == 0:
            best, chosen = worth, (hits[begin].start, max(ends[begin:]))
    return chosen


def _settled(text: str, place: int) -> int:
    """Return the next place at which no mark, no joiner and no emoji modifier is torn from what it belongs to."""
    while place < len(text) and (
        category(text[place]) in ("Mn", "Mc", "Me", "Cf", "Sk") or text[place - 1] == _ZERO_WIDTH_JOINER
    ):
        place += 1
    return place


def _segments(text: str, hits: Sequence[_Hit], start: int, end: int) -> Iterator[Segment]:
    """Yield what lies in a window in turns of no match and match; hits that overlap or touch are one."""
    merged: list[list[int]] = []
    for hit in hits:
        first, last = max(hit.start, start), min(hit.end, end)
        if first >= last:
            continue
        if merged and first <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], last)
        else:
            merged.append([first, last])
    cuts = [start, *(place for span in merged for place in span), end]
    for number, (first, last) in enumerate(pairwise(cuts)):
        if first < last:
            yield {"text": text[first:last], "match": number % 2 == 1}


def _with_ellipses(segments: list[Segment], before: bool, after: bool) -> list[Segment]:
    if before and segments[0]["match"]:
        segments.insert(0, {"text": "", "match": False})
    if after and segments[-1]["match"]:
        segments.append({"text": "", "match": False})
    if before:
        segments[0]["text"] = ELLIPSIS + segments[0]["text"]
    if after:
        segments[-1]["text"] += ELLIPSIS
    return segments
