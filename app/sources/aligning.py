"""Why this file exists: where the words that digests stand for are in another copy of the text; pure.

Only digests and lengths are known, not the words. A window of each length slides over the normalised copy; what has the
digest of a segment is that segment. Words may stand in several places, so all are laid out together: the heaviest way
through the copy that keeps the order of the edition says which is meant, and what is not on it has moved. Short words
("six") stand anywhere by chance: they are believed inside the sentence in which they stood, and when that is gone only
beside what stood beside them.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from operator import attrgetter
from unicodedata import category

from app.claims.appearances import digest

# The longest copy that is searched, in normalised code points.
LONGEST = 2_000_000
# A segment shorter than this may stand anywhere by chance.
TELLING = 24
# By how much its distance from a neighbour may differ from that in the edition, as a share and in code points.
SHARE, SLACK = 0.25, 40
# A word; the separators of a number are inside of it.
_WORD = re.compile(r"[^\W_]+(?:(?<=\d)[.,](?=\d)[^\W_]+)*")
Edges = Mapping[int, None]


class Verdict(StrEnum):
    """What was found of a segment in a copy."""

    MATCH = "match"
    MOVED = "moved"
    MISSING = "missing"


@dataclass(frozen=True, order=True)
class Window:
    """A segment of an edition: its offsets there, and the digest and length of its words after normalisation."""

    start: int
    end: int
    sha256: str
    length: int


@dataclass(frozen=True)
class Found:
    """What was found of a window: the verdict, and where in the normalised copy, null when it is missing."""

    verdict: Verdict
    at: int | None = None


def align(copy: str, windows: Iterable[Window], step: Callable[[int], None] = lambda _: None) -> dict[Window, Found]:
    """Return for each window whether it stands in a normalised copy, in its place in the order of the edition.

    `step` hears the number of lengths that have been tried. raises ValueError for a copy longer than LONGEST.
    """
    if len(copy) > LONGEST:
        raise ValueError(f"expected a copy of at most {LONGEST} characters")
    # Whatever lies in another comes after it.
    ordered = sorted(set(windows), key=lambda one: (one.start, -one.end))
    edges = edges_of(copy)
    places = occurrences(copy, edges, ordered, step)
    way = _heaviest_way(ordered, places)
    # What the others are judged by: in a text of short segments alone, all of them.
    long = [one for one in ordered if one.length >= TELLING] or ordered
    marks = {one: way[one] for one in long if one in way}
    found: dict[Window, Found] = {}
    for one, hosts in _with_hosts(ordered):
        if not places[one]:
            found[one] = Found(Verdict.MISSING)
        elif one in marks or (one in way and marks and not hosts):
            found[one] = Found(Verdict.MATCH, way[one])
        else:
            inside = _inside(one, places[one], {host: found[host] for host in hosts})
            found[one] = inside or _alone(one, places[one], marks, edges if hosts else None)
    return found


def occurrences(
    copy: str, edges: Edges, windows: Sequence[Window], step: Callable[[int], None] = lambda _: None
) -> dict[Window, list[int]]:
    """Return where each window's words stand in a copy, in order; between edges of words when they do so anywhere."""
    wanted: dict[int, dict[str, list[Window]]] = defaultdict(lambda: defaultdict(list))
    for one in windows:
        wanted[one.length][one.sha256].append(one)
    found: dict[Window, list[int]] = {one: [] for one in windows}
    for done, (length, digests) in enumerate(sorted(wanted.items()), start=1):
        likely = (at for at in edges if at + length in edges)
        hits = list(_hits(copy, length, digests, likely))
        rest = {one: digests[one] for one in digests.keys() - {one for one, _ in hits}}
        if rest:
            hits += _hits(copy, length, rest, range(len(copy) - length + 1))
        for sha256, at in hits:
            for one in digests[sha256]:
                found[one].append(at)
        step(done)
    return found


def edges_of(copy: str) -> Edges:
    """Return the places where a word, or a mark beside one, begins or ends, in order.

    Letters of a script without upper and lower case may be words of their own.
    """
    inside = {
        at
        for word in _WORD.finditer(copy)
        for at in range(word.start() + 1, word.end())
        if not category(copy[at - 1]) == category(copy[at]) == "Lo"
    }
    return dict.fromkeys(at for at in range(len(copy) + 1) if at not in inside)


def _hits(copy: str, length: int, digests: Container[str], places: Iterable[int]) -> Iterator[tuple[str, int]]:
    for at in places:
        found = digest(copy[at : at + length])
        if found in digests:
            yield found, at


def _heaviest_way(ordered: Sequence[Window], places: Mapping[Window, list[int]]) -> dict[Window, int]:
    """Return one place for as much of the text as can be placed in the order of the edition.

    What begins later in the edition begins later in the copy. A window weighs as much as it is long, so that a sentence
    is not given up for a few words that stand elsewhere too.
    """
    ends: list[int] = []  # The last place of the best ways so far, ascending, each worth more than those before it.
    worth: list[int] = []
    steps: list[tuple[list[Window], int, int | None]] = []  # (windows, their place, the step before)
    last: list[int] = []  # The step by which each of these ways ends.
    for _, together in groupby(ordered, key=attrgetter("start")):
        beginning: dict[int, list[Window]] = defaultdict(list)
        for one in together:
            for at in places[one]:
                beginning[at].append(one)
        fresh = []
        for at, windows in beginning.items():
            rank = bisect_left(ends, at) - 1
            steps.append((windows, at, last[rank] if rank >= 0 else None))
            value = (worth[rank] if rank >= 0 else 0) + sum(one.length for one in windows)
            fresh.append((at, value, len(steps) - 1))
        for best in fresh:
            _keep(ends, worth, last, best)
    way: dict[Window, int] = {}
    number: int | None = last[-1] if last else None
    while number is not None:
        windows, at, number = steps[number]
        way.update(dict.fromkeys(windows, at))
    return way


def _keep(ends: list[int], worth: list[int], last: list[int], way: tuple[int, int, int]) -> None:
    """Put a way among the best, unless one that ends no later is worth as much."""
    at, value, number = way
    rank = bisect_right(ends, at)
    if rank and worth[rank - 1] >= value:
        return
    if rank and ends[rank - 1] == at:
        rank -= 1
    stop = rank
    while stop < len(ends) and worth[stop] <= value:
        stop += 1
    ends[rank:stop], worth[rank:stop], last[rank:stop] = [at], [value], [number]


def _with_hosts(ordered: Iterable[Window]) -> Iterator[tuple[Window, list[Window]]]:
    """Yield every window with those in which it lies."""
    reaching: list[Window] = []
    for one in ordered:
        reaching = [other for other in reaching if other.end > one.start]
        yield one, [other for other in reaching if other.end >= one.end]
        reaching.append(one)


def _inside(one: Window, places: Iterable[int], hosts: Mapping[Window, Found]) -> Found | None:
    """Return where a window is inside of what it lies in: a match with that, or moved with it; null without any."""
    for verdict in (Verdict.MATCH, Verdict.MOVED):
        for host, found in hosts.items():
            if found.verdict is verdict and found.at is not None:
                likeliest = found.at + min(one.start - host.start, host.length - one.length)
                within = [at for at in places if found.at <= at <= found.at + host.length - one.length]
                return Found(verdict, min(within, key=lambda at: abs(at - likeliest), default=likeliest))
    return None


def _alone(one: Window, places: list[int], marks: Mapping[Window, int], edges: Edges | None) -> Found:
    """Judge a window by what is before and after it on the way: it has moved unless it is between them.

    With `edges` it stood in a longer window, which is not there any more. Then its words must be whole words ("98" is
    not that of 98,000), and as far from one of the two as they were.
    """
    starts = list(marks)
    rank = bisect_right(starts, one.start, key=attrgetter("start"))
    beside = starts[max(0, rank - 1) : rank + 1]

    def astray(at: int) -> float:
        ways = ((abs(one.start - other.start), abs(at - marks[other])) for other in beside)
        return min(abs(there - here) - SHARE * there for there, here in ways)

    low, high = (marks[starts[rank - 1]] if rank else 0), (marks[starts[rank]] if rank < len(starts) else LONGEST)
    between = [at for at in places if low <= at <= high]
    if edges is not None:
        whole = (at for at in between if at in edges and at + one.length in edges)
        between = [at for at in whole if beside and astray(at) <= SLACK]
    if not beside or not between:
        return Found(Verdict.MOVED, places[0])
    return Found(Verdict.MATCH, min(between, key=astray))
