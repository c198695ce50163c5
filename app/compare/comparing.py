"""Why this file exists: figures are gathered, put into one group for each measure and place, and compared.

One at a time, since a whole crisis takes a good part of a second, and lists are not to wait for it; what was compared
is kept for those who ask the same, or for its next page, while nobody writes.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.compare import queries
from app.compare.asking import FIGURES, LIMIT, MOST_SHOWN, ROWS, WINDOW, Comparing
from app.compare.echoes import concerning
from app.compare.facts import Comparison, Fact
from app.compare.rendering import Renderer
from app.compare.rules import compare
from app.finding.filters import Value
from app.finding.finder import Finder
from app.kit.canonical import JSON
from app.serving.problems import Problem

Measured = tuple[str, Comparison]


# So many are kept, and so many may wait for their turn; who comes then is told to come again.
KEPT, WAITING = 8, 16
BUSY = "too much is being compared at this moment"


@dataclass(frozen=True)
class Compared:
    """The comparisons of one request, those of the most voices first; `complete` unless there were too many figures."""

    recorded: dict[str, int]
    comparisons: list[Measured]
    complete: bool


class Comparer:
    """Compares for one application."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder
        self._turn = asyncio.Lock()
        self._waiting = 0
        self._kept: OrderedDict[tuple[Any, ...], Compared] = OrderedDict()

    async def compared(self, asked: Comparing) -> Compared:
        """Compare what is asked; raises UnknownCodes, and Problem when too many wait."""
        key = (await self._finder.state(), *asked.compared)
        if key in self._kept:
            return self._kept[key]
        if self._waiting >= WAITING:
            raise Problem("unavailable", BUSY, headers={"Retry-After": "2"})
        self._waiting += 1
        try:
            async with self._turn:
                if key not in self._kept:
                    self._keep(key, await _compared(self._finder, asked))
                return self._kept[key]
        finally:
            self._waiting -= 1

    async def rendered(self, asked: Comparing, of: Compared, chosen: list[Measured]) -> list[JSON]:
        """Return the answers of some of the comparisons."""
        window, rows, figures = (asked.number(name) for name in (WINDOW, ROWS, FIGURES))
        return await Renderer(self._finder, of.recorded, window, rows, figures).render(chosen)

    def _keep(self, key: tuple[Any, ...], made: Compared) -> None:
        self._kept[key] = made
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)


def page_of(asked: Comparing, found: Compared, start: int) -> list[Measured]:
    """Return the comparisons of a page: as many as are asked for, but no more than fit an answer; always one."""
    page: list[Measured] = []
    room = MOST_SHOWN
    for measured in found.comparisons[start : start + asked.number(LIMIT)]:
        rows = measured[1].rows[: asked.number(ROWS)]
        room -= sum(min(len(row.figures), asked.number(FIGURES)) for row in rows)
        if page and room < 0:
            break
        page.append(measured)
    return page


async def _compared(finder: Finder, asked: Comparing) -> Compared:
    await finder.resolve(asked.basis)
    place = None
    if asked.place is not None:
        place = await _place(finder, asked.place)
        if place is None:
            # A code of no vocabulary is refused wherever it is asked for.
            await finder.resolve(asked.question.asked)
            return Compared({}, [], complete=True)
    facts, complete = await queries.facts(finder, asked.question)
    restated = await queries.restates(finder) if facts else []
    around = await _around(finder, {fact.place for fact in facts}) if place is None else {}

    ways: dict[str, list[str]] = {}
    for source, target in restated:
        ways.setdefault(source, []).append(target)

    def work() -> list[Measured]:
        groups = _at(facts, place) if place else _everywhere(facts, around)
        found = [
            (
                measure,
                compare(
                    group,
                    place=where,
                    window_days=asked.number(WINDOW),
                    unit=asked.unit,
                    population_group=asked.population_group,
                    restates=concerning(group, ways),
                ),
            )
            for (measure, where), group in groups.items()
        ]
        return sorted(found, key=lambda one: (-one[1].voices, -len(one[1].rows), one[0], one[1].place))

    recorded = {fact.figure: fact.recorded for fact in facts}
    return Compared(recorded, await asyncio.to_thread(work), complete)


async def _place(finder: Finder, asked: Value) -> str | None:
    """Return the id of the place asked for, or null when there is none by this name."""
    return asked.value if asked.handle_of is None else await finder.named("place", asked.value)


def _at(facts: Iterable[Fact], place: str) -> dict[tuple[str, str], list[Fact]]:
    """Return the facts of each measure, all of which are at a place or inside it."""
    groups: dict[tuple[str, str], list[Fact]] = {}
    for fact in facts:
        groups.setdefault((fact.measure, place), []).append(fact)
    return groups


def _everywhere(facts: Iterable[Fact], around: Mapping[str, list[str]]) -> dict[tuple[str, str], list[Fact]]:
    """Return the facts of each measure and place that a source spoke of, with those of the places inside it."""
    facts = list(facts)
    groups: dict[tuple[str, str], list[Fact]] = {(fact.measure, fact.place): [] for fact in facts if not fact.derived}
    for fact in facts:
        for place in around[fact.place]:
            if (group := groups.get((fact.measure, place))) is not None:
                group.append(fact)
    return groups


async def _around(finder: Finder, places: set[str]) -> dict[str, list[str]]:
    """Return each place with everything that it lies in."""
    cards: dict[str, JSON] = {}
    wanted = places
    while wanted:
        found = await finder.cards(sorted(wanted))
        cards.update(found)
        wanted = {card["parent"] for card in found.values() if card["parent"]} - cards.keys()
    around: dict[str, list[str]] = {}
    for place in places:
        here: str | None = place
        around[place] = []
        while here is not None and here not in around[place]:
            around[place].append(here)
            here = cards[here]["parent"] if here in cards else None
    return around
