"""What lists should answer: every record looked at, one after the other, as the contract and the filters say.

It knows documents alone, as the API serves them by id, and nothing of the index; slow and plain on purpose.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from app.index.keys import MARK
from app.kit.words import SEPARATOR, join, matches, parse_query, score
from tests.finding.properties import HANDLES, PERIODS, TERMS, TEXTS, Document, Records

Given = Mapping[str, str]
MOST_VALUES = 25
COMMON = ("id", "created_from", "created_to", "changed_from", "changed_to")
INSTANTS = {"created": "recorded_at", "changed": "changed_at"}
NUMBERS = ("value_min", "value_max", "value_match")
GREATEST = Decimal(10**15 - 1)
RECORDED, RELEVANCE, REPORT_ORDER = "recorded", "relevance", "report_order"
# What a record alone has.
OWN: Mapping[str, Callable[[Document], set[str]]] = {
    "id": lambda one: {one["id"]},
    "external_id": lambda one: {f"{each['scheme']}:{each['value']}" for each in one["external_ids"]},
}


class Counted(NamedTuple):
    """One value of a facet."""

    value: str
    total: int
    selected: bool


class Oracle:
    """Answers questions of lists from documents."""

    def __init__(self, records: Records) -> None:
        self.on = records
        self._terms: dict[tuple[str, str], set[str]] = {}

    def parameters(self, noun: str) -> set[str]:
        """Return the names of all filters' parameters of a list."""
        periods = {f"{name}_{end}" for name in PERIODS[noun] for end in ("from", "to")}
        words = {"q"} if noun in TEXTS else set()
        numbers = set(NUMBERS) if noun == "figure" else set()
        external = {"external_id"} if noun == "crisis" else set()
        return {*COMMON, *TERMS[noun], *periods, *words, *numbers, *external}

    def sorts(self, noun: str) -> list[str]:
        """Return the names that `sort` takes."""
        within = [REPORT_ORDER] if noun == "claim" else []
        return [RECORDED, *PERIODS[noun], *within, *([RELEVANCE] if noun in TEXTS else [])]

    # --- which records -----------------------------------------------------------------------------------------------

    def found(self, noun: str, given: Given) -> list[Document]:
        """Return the records that pass every filter, in the order that is asked for."""
        passing = [one for one in self.on.nouns[noun] if self.passes(noun, one, given)]
        return self.ordered(noun, passing, given.get("sort", f"-{RECORDED}"), given.get("q"))

    def passes(self, noun: str, one: Document, given: Given) -> bool:
        """Return whether a record passes every filter."""
        return all(self._passes(noun, one, name, text, given) for name, text in given.items() if name != "sort")

    def _passes(self, noun: str, one: Document, name: str, text: str, given: Given) -> bool:
        if name in TERMS[noun]:
            return bool(self.resolved(noun, name, text) & self.terms(noun, name, one))
        if name in NUMBERS:
            return _in_numbers(one, name, text, overlap=given.get("value_match") == "overlap")
        if name == "q":
            head, body = TEXTS[noun](one)
            return matches(parse_query(text), [each for each in (*head, *body) if each])
        if name in OWN:
            return bool(OWN[name](one) & set(text.split(",")))
        field, _, end = name.rpartition("_")
        if field in INSTANTS:
            at = instant(one[INSTANTS[field]])
            return at >= instant(text) if end == "from" else at < instant(text)
        return _in_period(PERIODS[noun][field](self.on, one), end, text)

    def terms(self, noun: str, name: str, one: Document) -> set[str]:
        """Return the codes and ids that a filter looks at; worked out once, since documents do not change."""
        key = (name, one["id"])
        if key not in self._terms:
            self._terms[key] = set(TERMS[noun][name](self.on, one))
        return self._terms[key]

    def resolved(self, noun: str, name: str, text: str) -> set[str]:
        """Return the ids and codes that the values of a filter by terms mean."""
        of = noun if name == "parent" else HANDLES.get(name, "")
        return {self.on.handles.get((of, value), value) for value in text.split(",")}

    # --- in which order ----------------------------------------------------------------------------------------------

    def ordered(self, noun: str, records: list[Document], sort: str, words: str | None) -> list[Document]:
        """Return records in an order; what is not known comes last, and ties go by the order of recording."""
        name, down = sort.removeprefix("-"), sort.startswith("-")
        if name == RELEVANCE:
            return sorted(records, key=lambda one: (_relevance(noun, one, words or ""), _at(one)), reverse=True)
        key = self.key(noun, name)
        known = [one for one in records if key(one) is not None]
        unknown = [one for one in records if key(one) is None]
        in_order = sorted(known, key=lambda one: (key(one), _at(one)), reverse=down)
        return in_order + sorted(unknown, key=_at, reverse=down)

    def key(self, noun: str, name: str) -> Callable[[Document], Any]:
        """Return what a sort goes by; null where it is not known."""
        if name == RECORDED:
            return _at
        if name == REPORT_ORDER:
            return _first_place
        return lambda one: (PERIODS[noun][name](self.on, one) or {"earliest": None})["earliest"]

    # --- how many ----------------------------------------------------------------------------------------------------

    def facet(self, noun: str, name: str, given: Given, newest: int | None = None) -> list[Counted]:
        """Return the commonest values and the selected ones, counted without the facet's own filter."""
        others = {each: text for each, text in given.items() if each not in (name, "sort")}
        chosen = self.resolved(noun, name, given[name]) if name in given else set()
        counts: Counter[str] = Counter()
        for one in self.found(noun, others)[:newest]:
            values = self.terms(noun, name, one)
            # A claim counts once, for the voice that it is; it is also found by everybody behind it.
            counts.update({one["attribution"]["voice"]["key"]} if name == "voice" else values)
        ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        return [
            Counted(value, total, value in chosen)
            for place, (value, total) in enumerate(ranked)
            if place < MOST_VALUES or value in chosen
        ]


def _at(one: Document) -> str:
    """Return when a record was first published: no two at once."""
    return str(one["recorded_at"])


def instant(text: str) -> datetime:
    """Return an instant; a day begins at midnight in UTC."""
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _in_period(date: Document | None, end: str, day: str) -> bool:
    """Return whether a date can mean a day on or after, or before, a day; what has no date is never found."""
    if date is None:
        return False
    if end == "from":
        return date["latest"] is None or date["latest"] >= day
    return date["earliest"] is None or date["earliest"] < day


def _in_numbers(one: Document, name: str, text: str, *, overlap: bool) -> bool:
    """Return whether a figure lies on the asked side of a number; how it matches is no condition by itself."""
    if name == "value_match":
        return True
    limit = Decimal(text)
    value, lower, upper = (
        None if one[each] is None else Decimal(str(one[each])) for each in ("value", "lower", "upper")
    )
    least, most, open_below, open_above = lower, upper, one["lower_exclusive"], one["upper_exclusive"]
    if value is not None and (not overlap or one["quantifier"] == "approximately"):
        least, most, open_below, open_above = value, value, False, False
    if not overlap:
        # Both bounds lie between; an open one reaches to the least and greatest number that can be stated.
        return (least or 0) >= limit if name == "value_min" else (GREATEST if most is None else most) <= limit
    if name == "value_min":
        return most is None or most > limit or (most == limit and not open_above)
    return least is None or least < limit or (least == limit and not open_below)


def _first_place(claim: Document) -> int | None:
    starts = [place["segments"][0]["start"] for place in claim["appearances"] if place["segments"]]
    return min(starts, default=None)


def _relevance(noun: str, one: Document, words: str) -> int:
    head, body = (join(each for each in texts if each) for texts in TEXTS[noun](one))
    # An entry ends with the mark of its noun, which counts as the last word of a text.
    return score(parse_query(words), head, f"{body} {SEPARATOR} {MARK}{noun}".strip())
