"""Why this file exists: by what a public record is found, as its noun says it, and as the index keeps it; pure.

A noun gives `Keys`: codes and ids by name, uncertain dates, orders, the texts to search, and narrow rows of its own.
`entries` spells them as the index's rows do, so that what is stored can be compared with what should be.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import Table

from app.kit import dates, intervals
from app.kit.canonical import JSON, compact, parse
from app.kit.words import SEPARATOR, join, words
from app.store import fulltext
from app.store.base import Row

# The key of what is not known, in each direction: after everything else. Every other key is between them.
LAST_UP = 2**62
LAST_DOWN = 0
# A word that no text holds: it lets a search ask for one noun.
MARK = "\ue000"


@dataclass
class Keys:
    """By what one record is found.

    terms: name → codes or ids; a name without values is left out.
    dates: name → an uncertain date of a body, or null; also null ones sort.
    orders: name → a whole number from 1 to sort by, or null.
    head, body: the texts that search covers; names and titles, and everything else.
    rows: narrow rows of the noun's own tables, each with a column `recorded`.
    """

    terms: Mapping[str, Iterable[str]] = field(default_factory=dict)
    dates: Mapping[str, JSON | None] = field(default_factory=dict)
    orders: Mapping[str, int | None] = field(default_factory=dict)
    head: Iterable[str | None] = ()
    body: Iterable[str | None] = ()
    rows: Iterable[tuple[Table, Row]] = ()


class Span(NamedTuple):
    """What the index keeps of one date or order; the columns of `index_span`."""

    up: int
    down: int
    node: int | None = None
    earliest: int | None = None
    latest: int | None = None


@dataclass(frozen=True)
class Entries:
    """What the index keeps of one record: (field, value) pairs, spans by field, folded texts, rows by table."""

    terms: frozenset[tuple[str, str]]
    spans: Mapping[str, Span]
    words: tuple[str, str] | None
    rows: Mapping[str, Row]


def grams(*names: str | None) -> list[str]:
    """Return the groups of three letters of the words of names, with their beginnings marked; each once."""
    found: dict[str, None] = {}
    for name in names:
        for one in words(name or ""):
            marked = f"  {one.word} "
            found.update((marked[at : at + 3], None) for at in range(len(marked) - 2))
    return list(found)


def unmarked(body: str) -> str:
    """Return the folded texts of a record as `join` gives them, from the body that the index keeps."""
    return body.partition(MARK)[0].removesuffix(f"{SEPARATOR} ").rstrip(" ")


def field_name(record_type: str, name: str) -> str:
    """Return the name of a noun's field: `claim.theme`."""
    return f"{record_type}.{name}"


def entries(record_type: str, recorded: int, keys: Keys) -> Entries:
    """Return the index's rows of a record's keys."""
    terms = {(field_name(record_type, name), value) for name, values in keys.terms.items() for value in values}
    spans = {field_name(record_type, name): dated(value) for name, value in keys.dates.items()}
    for name, key in keys.orders.items():
        spans[field_name(record_type, name)] = Span(LAST_UP, LAST_DOWN) if key is None else Span(key, key)
    head, body = (join(text for text in some if text) for some in (keys.head, keys.body))
    texts = fulltext.bounded(head, f"{body} {SEPARATOR} {MARK}{record_type}".strip()) if head or body else None
    rows = {table.name: {**row, "recorded": recorded} for table, row in keys.rows}
    return Entries(frozenset(terms), spans, texts, rows)


def spelt(found: Entries) -> str:
    """Return the terms, spans and narrow rows of entries as text, to be kept; words are not, since nobody asks them."""
    terms: dict[str, list[str]] = {}
    for name, value in sorted(found.terms):
        terms.setdefault(name, []).append(value)
    spans = {name: list(span) for name, span in sorted(found.spans.items())}
    rows = {
        str(name): {str(column): _plain(value) for column, value in sorted(row.items())}
        for name, row in sorted(found.rows.items())
    }
    return compact({"terms": terms, "spans": spans, "rows": rows}).decode()


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        # Databases give the same number back with more or fewer places.
        return format(value.normalize(), "f")
    return value.isoformat() if isinstance(value, date) else value


def unspelt(text: str) -> Entries:
    """Return what `spelt` wrote; numbers and dates of narrow rows stay text."""
    kept = parse(text)
    terms = frozenset((name, value) for name, values in kept["terms"].items() for value in values)
    return Entries(terms, {name: Span(*span) for name, span in kept["spans"].items()}, None, kept["rows"])


def dated(value: Mapping[str, Any] | None) -> Span:
    """Return the span of an uncertain date of a body; without a date there is no interval, and it sorts last."""
    if value is None:
        return Span(LAST_UP, LAST_DOWN)
    earliest, latest = dates.bounds(value["edtf"])
    first = intervals.day(earliest, open_as=intervals.FIRST)
    last = intervals.day(latest, open_as=intervals.LAST)
    up, down = _keys(earliest)
    return Span(up, down, intervals.node(first, last), first, last)


def _keys(earliest: date | None) -> tuple[int, int]:
    return (LAST_UP, LAST_DOWN) if earliest is None else (earliest.toordinal(), earliest.toordinal())
