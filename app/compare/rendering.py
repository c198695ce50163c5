"""Why this file exists: a comparison as a reader gets it: where rules name figures, stored documents stand."""

import asyncio
from collections.abc import Mapping
from typing import Any

import orjson

from app.compare.facts import Comparison, Mark, Near, Row, Spread
from app.compare.rules import NO_SPREAD_SENTENCES, NOT_COUNTING_SENTENCES
from app.figures.quantity import json_number
from app.finding.finder import Finder
from app.kit.canonical import JSON, parse

# So many figures that are near are shown; the counts say how many more there are.
MOST_NEAR = 50
NOT_AN_ESTIMATE = "Reported, not an estimate."


def shown(row: Row, most: int) -> list[str]:
    """Return the figures of a row that are shown: the newest, and always the one that counts."""
    newest = list(row.figures[:most])
    if row.counts and row.counts not in newest:
        newest[-1] = row.counts
    return newest


class Renderer:
    """Renders comparisons; everything that they show is brought to hand in a few statements."""

    def __init__(self, finder: Finder, recorded: Mapping[str, int], window_days: int, rows: int, figures: int) -> None:
        self._finder = finder
        self._recorded = recorded
        self._window_days = window_days
        self._rows = rows
        self._figures = figures
        self._bodies: dict[str, bytes] = {}
        self._cards: dict[str, JSON] = {}

    async def render(self, comparisons: list[tuple[str, Comparison]]) -> list[JSON]:
        """Return the answers of (measure, comparison) pairs."""
        figures: dict[str, None] = {}
        others: dict[str, None] = {}
        for _, one in comparisons:
            for row in one.rows[: self._rows]:
                figures.update(dict.fromkeys(shown(row, self._figures)))
                for carrier in row.carried_by:
                    others.update(dict.fromkeys((carrier.publisher, *carrier.reports)))
            figures.update(dict.fromkeys(near.figure for near in one.near[:MOST_NEAR]))
            others[one.place] = None
        recorded = [self._recorded[figure] for figure in figures]
        bodies = await self._finder.documents(recorded)
        self._bodies = {one: bodies[key] for one in figures if (key := self._recorded[one]) in bodies}
        self._cards = await self._finder.cards(list(others))
        # In a thread: a hundred comparisons of many voices would keep everybody waiting.
        return await asyncio.to_thread(self._comparisons, comparisons)

    def _comparisons(self, comparisons: list[tuple[str, Comparison]]) -> list[JSON]:
        return [self._comparison(measure, one) for measure, one in comparisons if one.place in self._cards]

    def _comparison(self, measure: str, one: Comparison) -> JSON:
        rows = [self._row(row, figures) for row in one.rows[: self._rows] if (figures := self._at_hand(row))]
        return {
            "measure": self._measure(measure, one),
            "place": {name: value for name, value in self._cards[one.place].items() if name != "parent"},
            "unit": one.unit,
            "population_group": one.population_group,
            "window_days": self._window_days,
            "rows": rows,
            "row_count": len(one.rows),
            "near": [self._near(near) for near in one.near[:MOST_NEAR] if near.figure in self._bodies],
            "near_count": len(one.near),
            "spread": None if one.spread is None else _spread(one.spread),
            "spread_reason": _reason(one.spread_reason, NO_SPREAD_SENTENCES),
            "voices": one.voices,
            "publishers": one.publishers,
        }

    def _measure(self, measure: str, one: Comparison) -> JSON:
        """Return the measure as a figure that is shown states it."""
        shown_ = [figure for row in one.rows for figure in row.figures] + [near.figure for near in one.near]
        stated: JSON = next((parse(self._bodies[figure])["measure"] for figure in shown_ if figure in self._bodies), {})
        return {"code": measure, **{name: stated.get(name, measure) for name in ("label", "kind")}}

    def _at_hand(self, row: Row) -> list[str]:
        """Return the figures of a row that are shown, of those that are still public."""
        return [figure for figure in shown(row, self._figures) if figure in self._bodies]

    def _row(self, row: Row, figures: list[str]) -> JSON:
        newest = parse(self._bodies[figures[0]])
        return {
            "voice": newest["voice"],
            "text": newest["attribution"]["short"],
            "independence": row.independence.value,
            "figures": [orjson.Fragment(self._bodies[figure]) for figure in figures],
            "figure_count": len(row.figures),
            "counts": row.counts,
            "why": _reason(row.why, NOT_COUNTING_SENTENCES),
            "carried_by": [
                {
                    "publisher": self._cards[carrier.publisher],
                    "reports": [self._cards[report] for report in carrier.reports if report in self._cards],
                }
                for carrier in row.carried_by
                if carrier.publisher in self._cards
            ],
            "echoes": [{"figure": one.figure, "of": one.of, "kind": one.kind.value} for one in row.echoes],
        }

    def _near(self, near: Near) -> JSON:
        return {"figure": orjson.Fragment(self._bodies[near.figure]), "differs": list(near.differs)}


def _reason(code: Any, sentences: Any) -> JSON | None:
    return None if code is None else {"code": code.value, "text": sentences[code]}


def _spread(spread: Spread) -> JSON:
    return {
        "lowest": [_mark(mark) for mark in spread.lowest],
        "highest": [_mark(mark) for mark in spread.highest],
        "figures": list(spread.figures),
        "start": spread.start.isoformat(),
        "end": spread.end.isoformat(),
        "text": NOT_AN_ESTIMATE,
    }


def _mark(mark: Mark) -> JSON:
    return {
        "figure": mark.figure,
        "voice": mark.voice,
        "number": json_number(mark.number),
        "by": mark.by,
        "quantifier": mark.quantifier,
    }
