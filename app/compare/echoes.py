"""Why this file exists: which figures say again what another said, so that ten outlets are not taken for ten voices.

A figure is an **echo** when one of these holds:

- *Restated.* A path of `restates` relations leads from it, or from its claim, to another comparable figure or to that
  one's claim. The way of the relation decides, not the order of recording: `from` is the dependent one. It needs no
  equal number: who writes the relation vouches for it. In a circle the first recorded is the original. That one text
  restates two others does not tie those to each other.
- *Common origin.* Figures of two voices lead back to one record that is not compared here (a claim without a figure,
  a figure near by): that is one source's news twice; the first recorded stands for it, the other is its echo. One
  voice that draws two figures from there has said two things.
- *Repeated.* The same voice gave the same quantifier and number before, for overlapping dates. Of a flow the period
  must be equal: fifty in the first week and fifty in the whole month are two statements. Both dates must be known;
  whether an undated figure repeats one nobody knows, so it is no echo by its number alone.

What is restated is judged first. Repetition is judged in the order of recording against the figures that stand for
their dates, and a figure stands when it overlaps none that stood before; it is an echo of the newest that it overlaps.
So an echo that comes on record never makes an echo of what was there before.
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from operator import attrgetter

from app.compare.facts import Echo, EchoKind, Fact

Restates = Collection[tuple[str, str]]
_Said = tuple[str, Decimal | None, Decimal | None]
_Period = tuple[date, date, str]
_Standing = list[_Period]


class Web:
    """The `restates` relations among facts and whatever else they name, as the parts that restate in a circle.

    `part` gives the part of a node, `below` the parts that each part restates; a part comes after those below it.
    """

    def __init__(self, facts: Collection[Fact], restates: Restates) -> None:
        edges = _edges(facts, restates)
        self.part: dict[str, int] = {}
        self.below: list[set[int]] = []
        for number, nodes in enumerate(_circles(edges)):
            self.part |= dict.fromkeys(nodes, number)
            self.below.append({self.part[end] for node in nodes for end in edges.get(node, ())} - {number})

    def read(self, facts: Sequence[Fact]) -> tuple[dict[str, str], dict[str, frozenset[int]]]:
        """Return what restates another of these facts, by figure, and the origins not among them of all others.

        The facts are in the order of recording.
        """
        held: dict[int, list[int]] = {}
        for place, fact in enumerate(facts):
            if fact.figure in self.part:
                held.setdefault(self.part[fact.figure], []).append(place)
        of: dict[str, str] = {}
        origins: dict[str, frozenset[int]] = {}
        roots: list[int | None] = []
        ends: list[frozenset[int]] = []
        for number, below in enumerate(self.below):
            own = held.get(number, [])
            deeper = [root for one in below if (root := roots[one]) is not None]
            root = min(deeper) if deeper else own[0] if own else None
            roots.append(root)
            ends.append(frozenset().union(*(ends[one] for one in below)) or frozenset({number}))
            for place in own:
                if root is not None and place != root:
                    of[facts[place].figure] = facts[root].figure
                else:
                    origins[facts[place].figure] = ends[number]
        return of, origins


def echoes(facts: Sequence[Fact], web: Web, *, periods: bool) -> dict[str, Echo]:
    """Return the echoes among comparable facts, by figure.

    The facts are in the order of recording; `periods` tells that only equal periods are of the same time.
    """
    of, origins = web.read(facts)
    _common(facts, origins, of)
    restated = set(of)
    spoken: dict[tuple[str, bool], list[Fact]] = {}
    for fact in facts:
        spoken.setdefault((fact.voice, fact.independent), []).append(fact)
    for said in spoken.values():
        if len(said) > 1:
            _repeated(said, of, periods=periods)
    kinds = (EchoKind.REPEATED, EchoKind.RESTATED)
    return {figure: Echo(figure, _root(of, figure), kinds[figure in restated]) for figure in of}


def _common(facts: Sequence[Fact], origins: Mapping[str, frozenset[int]], of: dict[str, str]) -> None:
    """Make echoes of figures that lead back to an origin to which another voice led before."""
    heard: dict[int, Fact] = {}
    for fact in facts if origins else ():
        ends = origins.get(fact.figure, frozenset())
        before = [first for end in ends if (first := heard.get(end)) and first.voice != fact.voice]
        if before:
            of[fact.figure] = min(before, key=attrgetter("recorded")).figure
        for end in ends:
            heard.setdefault(end, fact)


def _repeated(said: Sequence[Fact], of: dict[str, str], *, periods: bool) -> None:
    """Make echoes of what one voice said again; bounds follow from a value and its quantifier."""
    standing: dict[_Said, _Standing] = {}
    for fact in said:
        if fact.earliest is None or fact.latest is None:
            continue
        figure, value = fact.figure, fact.value
        number = (fact.quantifier, value, None) if value is not None else (fact.quantifier, fact.lower, fact.upper)
        period = (fact.earliest, fact.latest, figure)
        stands = standing.get(number)
        if stands is None:
            standing[number] = [period]
            continue
        before = _before(stands, period, periods=periods)
        if before is None:
            insort(stands, period)
        elif figure not in of and (root := _root(of, before)) != figure:
            of[figure] = root


def _before(stands: _Standing, period: _Period, *, periods: bool) -> str | None:
    """Return the figure that stands for these days, if one does.

    Those that stand overlap nowhere, or with `periods` are each of another period, so one look finds it.
    """
    start, end, _ = period
    if periods:
        index = bisect_left(stands, (start, end, ""))
        found = index < len(stands) and stands[index][:2] == (start, end)
    else:
        index = bisect_right(stands, end, key=_start) - 1
        found = index >= 0 and stands[index][1] >= start
    return stands[index][2] if found else None


def _start(period: _Period) -> date:
    return period[0]


def _root(of: Mapping[str, str], figure: str) -> str:
    """Return the end of the way back."""
    while figure in of:
        figure = of[figure]
    return figure


def concerning(facts: Iterable[Fact], ways: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    """Return the `restates` relations on all ways that begin at these facts or their claims; no other can matter.

    `ways` are all that there are, by where they begin.
    """
    found: list[tuple[str, str]] = []
    waiting = [node for fact in facts for node in (fact.figure, fact.claim) if node in ways]
    seen: set[str] = set()
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            found += ((node, end) for end in ways[node])
            waiting += (end for end in ways[node] if end in ways)
    return found


def _edges(facts: Collection[Fact], restates: Restates) -> dict[str, list[str]]:
    """Return who restates whom: a figure also what its claim restates, and a claim restated is each of its figures."""
    edges: dict[str, list[str]] = {}
    if not restates:
        return edges
    sources, targets = {source for source, _ in restates}, {target for _, target in restates}
    figures: dict[str, list[str]] = {}
    for fact in facts:
        if fact.claim in targets:
            figures.setdefault(fact.claim, []).append(fact.figure)
        if fact.claim in sources:
            edges.setdefault(fact.figure, []).append(fact.claim)
    for source, target in sorted(restates):
        edges.setdefault(source, []).extend(figures.get(target, (target,)))
    return edges


def _circles(edges: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """Yield the strongly connected parts, each after those it leads to (Tarjan's way, without recursion)."""
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    path: list[str] = []
    done: set[str] = set()
    for first in edges:
        walk = [] if first in order else [(first, iter(edges[first]))]
        while walk:
            node, ends = walk[-1]
            if node not in order:
                order[node] = low[node] = len(order)
                path.append(node)
            for end in ends:
                if end not in order:
                    walk.append((end, iter(edges.get(end, ()))))
                    break
                if end not in done:
                    low[node] = min(low[node], low[end])
            else:
                walk.pop()
                if walk:
                    low[walk[-1][0]] = min(low[walk[-1][0]], low[node])
                if low[node] == order[node]:
                    circle = [path.pop()]
                    while circle[-1] != node:
                        circle.append(path.pop())
                    done.update(circle)
                    yield circle
