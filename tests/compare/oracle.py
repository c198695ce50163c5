"""Why this file exists: the rules of comparison once more, slowly and with nothing clever, to judge the quick ones.

It looks at every pair and every path; it shares no line with what it judges.
"""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from app.compare.rules import Fact

Pairs = Collection[tuple[str, str]]


class Verdict(NamedTuple):
    """What the figures of one basis come to."""

    echoes: dict[str, str]
    figures: tuple[str, ...]
    ends: tuple[Decimal, Decimal] | None
    voices: frozenset[str]


def judge(everything: Sequence[Fact], facts: Sequence[Fact], restates: Pairs, window: int) -> Verdict:
    """Judge comparable facts; `everything` holds the others too, which may stand on the way of a restatement."""
    of = _echoes(everything, sorted(facts, key=lambda one: one.recorded), restates)
    own = [one for one in facts if one.independent and one.figure not in of]
    able = [one for one in own if one.earliest and one.latest]
    stock = bool(facts) and facts[0].kind in ("stock", "share", "area", "duration")
    met = _window(able, window) if stock else _period(able)
    lows = [next(n for n in (one.value, one.lower, one.upper) if n is not None) for one in met]
    highs = [next(n for n in (one.value, one.upper, one.lower) if n is not None) for one in met]
    voices = [one.voice for one in met]
    for voice in sorted({one.voice for one in own}, key=lambda one: (one.count("+"), one)):
        if all(_apart(voice, other) for other in voices):
            voices.append(voice)
    ends = (min(lows), max(highs)) if met else None
    return Verdict(of, tuple(one.figure for one in met), ends, frozenset(voices))


def _apart(voice: str, other: str) -> bool:
    return not set(voice.split("+")) & set(other.split("+"))


# --- what meets ------------------------------------------------------------------------------------------------------


def _window(able: list[Fact], window: int) -> list[Fact]:
    """Look at every pair for the newest day, then at every figure for the window that ends there."""

    def meets(one: Fact, last: date) -> bool:
        start, end = _days(one)
        return any(start <= last - timedelta(back) <= end for back in range(window + 1))

    days = {
        one.earliest
        for one in able
        for other in able
        if one.earliest and _apart(one.voice, other.voice) and meets(other, one.earliest)
    }
    if not days:
        return []
    return _standing([one for one in able if meets(one, max(days))])


def _period(able: list[Fact]) -> list[Fact]:
    found = {
        (one.latest, one.earliest)
        for one in able
        for other in able
        if one.latest and one.earliest and _apart(one.voice, other.voice)
        if (one.earliest, one.latest) == (other.earliest, other.latest)
    }
    if not found:
        return []
    return _standing([one for one in able if (one.latest, one.earliest) == max(found)])


def _standing(there: list[Fact]) -> list[Fact]:
    """Let each voice come with its newest figure, the newest voice first; who shares somebody stays behind."""
    newest = {}
    for one in sorted(there, key=_age):
        newest[one.voice] = one
    queue = sorted(newest.values(), key=lambda one: (one.voice.count("+"), one.voice))
    queue.sort(key=lambda one: _age(one)[:2], reverse=True)
    while not any(_apart(queue[0].voice, other.voice) for other in queue):
        del queue[0]
    chosen: list[Fact] = []
    for one in queue:
        if all(_apart(one.voice, other.voice) for other in chosen):
            chosen.append(one)
    return chosen


def _age(one: Fact) -> tuple[int, int, int]:
    start, end = _days(one)
    return start.toordinal(), end.toordinal(), one.recorded


def _days(one: Fact) -> tuple[date, date]:
    assert one.earliest
    assert one.latest
    return one.earliest, one.latest


# --- what goes back to what ------------------------------------------------------------------------------------------


def _echoes(everything: Sequence[Fact], facts: Sequence[Fact], restates: Pairs) -> dict[str, str]:
    reach = {one.figure: _reach(one.figure, everything, restates) for one in facts}
    ours = [one.figure for one in facts]
    of: dict[str, str] = {}

    def root(figure: str) -> str:
        return root(of[figure]) if figure in of else figure

    def final(figure: str) -> bool:
        """Whether nothing of ours lies behind it but a circle in which it was recorded first."""
        circle = [other for other in ours if other in reach[figure] and figure in reach[other]]
        return all(other in circle for other in ours if other in reach[figure]) and figure == next(
            one for one in ours if one in circle or one == figure
        )

    for figure in ours:
        ends = [other for other in ours if other in reach[figure] and final(other)]
        if ends and ends[0] != figure:
            of[figure] = ends[0]
    heard: dict[str, Fact] = {}
    for one in facts:
        if one.figure in of:
            continue
        origins = _origins(one.figure, everything, restates, ours)
        before = [heard[end] for end in origins if end in heard and heard[end].voice != one.voice]
        if before:
            of[one.figure] = root(min(before, key=lambda other: other.recorded).figure)
        heard = dict.fromkeys(origins, one) | heard
    _repeats(facts, of)
    return {figure: root(figure) for figure in of}


def _repeats(facts: Sequence[Fact], of: dict[str, str]) -> None:
    def root(figure: str) -> str:
        return root(of[figure]) if figure in of else figure

    first: dict[tuple[str, bool], int] = {}
    for one in facts:
        first.setdefault((one.voice, one.independent), one.recorded)
    standing: list[Fact] = []
    for one in sorted(facts, key=lambda one: (first[one.voice, one.independent], one.recorded)):
        if one.earliest is None or one.latest is None:
            continue
        before = sorted((other for other in standing if _same(one, other)), key=_age)
        if not before:
            standing.append(one)
        elif one.figure not in of and root(before[-1].figure) != one.figure:
            of[one.figure] = root(before[-1].figure)


def _same(one: Fact, other: Fact) -> bool:
    alike = ("voice", "independent", "quantifier", "value", "lower", "upper")
    if any(getattr(one, name) != getattr(other, name) for name in alike):
        return False
    (start, end), (begun, ended) = _days(one), _days(other)
    if one.kind in ("stock", "share", "area", "duration"):
        return start <= ended and begun <= end
    return (start, end) == (begun, ended)


def _next(node: str, everything: Sequence[Fact], restates: Pairs) -> set[str]:
    """Return what a figure, claim or other record restates at once, a claim's figures instead of a claim."""
    claims = {one.claim for one in everything if one.figure == node}
    targets = {target for source, target in restates if source == node or source in claims}
    found: set[str] = set()
    for target in targets:
        found |= {one.figure for one in everything if one.claim == target} or {target}
    return found


def _reach(node: str, everything: Sequence[Fact], restates: Pairs) -> set[str]:
    found: set[str] = set()
    todo = _next(node, everything, restates)
    while todo - found:
        found |= todo
        todo = {end for one in todo for end in _next(one, everything, restates)}
    return found


def _origins(figure: str, everything: Sequence[Fact], restates: Pairs, ours: Sequence[str]) -> set[str]:
    """Return the records at the end of every way, none of them ours; of a circle the first by name."""
    found = set()
    for node in _reach(figure, everything, restates):
        behind = _reach(node, everything, restates)
        if all(node in _reach(one, everything, restates) for one in behind) and not (behind | {node}) & set(ours):
            found.add(min(behind | {node}))
    return found
