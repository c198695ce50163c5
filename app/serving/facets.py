"""Why this file exists: facets: how many matches have each value, each facet counted without its own filter."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from app.finding.filters import Across, Codes, Countries, Filter, Records, Terms, Value, Voices
from app.finding.finder import MOST_VALUES, Finder
from app.finding.found import Count, Question
from app.finding.listing import Listing
from app.kit import ids
from app.kit.canonical import JSON, parse
from app.record.queries import DOCUMENT_BY_HANDLE

# What a record is called in a list of choices, by the first of these fields that its card has.
_NAMES = ("name", "title", "statement", "text", "label")
EVERY_VALUE = 1_000_000
_FLAGS = {"true": "Yes", "false": "No"}


async def of_list(finder: Finder, listing: Listing, question: Question, names: Iterable[str]) -> JSON:
    """Return {facet: {approximate, values}} of a list."""
    filters = {name: listing.facets[name] for name in names}
    return await counted(finder, question, filters)


async def counted(finder: Finder, question: Question, filters: Mapping[str, Filter]) -> JSON:
    """Return {facet: {approximate, values: [{value, label, count, selected}]}}."""
    fields = {name: one.counted(question.record_type) for name, one in filters.items()}
    own = {one.name for one in question.asked if isinstance(one, Terms)}
    found: JSON = {}
    groups = [[name] for name in fields if name in own]
    if together := [name for name in fields if name not in own]:
        groups.insert(0, together)
    for names in groups:
        mine = [one for one in question.asked if isinstance(one, Terms) and one.name in names]
        asked = tuple(one for one in question.asked if one not in mine)
        wanted = tuple(field for name in names for field in fields[name])
        # Of the fields that are counted, which are not always those that are asked.
        selected = await finder.numbers([(field, value) for one in mine for field in wanted for value in one.values])
        # A value that is rare in one noun may be common in all: where nouns are added, every value is.
        most = MOST_VALUES if len(wanted) == len(names) else EVERY_VALUE
        facets = await finder.facets(replace(question, asked=asked), wanted, selected, most)
        for name in names:
            counts = _merged(count for count in facets.counts if count.field in fields[name])
            counts = [one for at, one in enumerate(counts) if at < MOST_VALUES or one.number in selected]
            labels = await labels_of(finder, filters[name], counts)
            values = [
                {"value": one.value, "label": labels[one.value], "count": one.total, "selected": one.number in selected}
                for one in counts
                if one.value in labels
            ]
            found[name] = {"approximate": facets.approximate, "values": values}
    return {name: found[name] for name in fields}


def _merged(counts: Iterable[Count]) -> list[Count]:
    """Return one count for each value, the commonest first; fields of several nouns are added."""
    merged: dict[str, Count] = {}
    for one in counts:
        known = merged.get(one.value)
        merged[one.value] = one._replace(total=one.total + known.total) if known else one
    return sorted(merged.values(), key=lambda one: (-one.total, one.value))


async def labels_of(finder: Finder, filter_: Filter, counts: list[Count]) -> dict[str, str]:
    """Return what each value is called; a record that is no longer public has no name, and is left out."""
    values = [one.value for one in counts]
    if isinstance(filter_, Across):
        return await labels_of(finder, filter_.of, counts)
    if isinstance(filter_, Codes):
        rows = await finder.reader.rows(DOCUMENT_BY_HANDLE, {"type": "vocabulary", "handle": filter_.vocabulary})
        terms = {term["code"]: term["label"] for term in (parse(rows[0][4])["terms"] if rows else [])}
        return {value: terms.get(value, value) for value in values}
    if isinstance(filter_, Records):
        named = await _names(finder, [one for one in values if ids.is_id(one)])
        others = [one for one in counts if not ids.is_id(one.value)] if isinstance(filter_, Voices) else []
        return {**named, **await _voices(finder, others)}
    if isinstance(filter_, Countries):
        return {value: value for value in values} | await _countries(finder, values)
    return {value: _FLAGS.get(value, value.capitalize()) for value in values}


async def _names(finder: Finder, record_ids: list[str]) -> dict[str, str]:
    cards = await finder.cards(record_ids)
    return {one: next(str(card[name]) for name in _NAMES if card.get(name)) for one, card in cards.items()}


async def _voices(finder: Finder, counts: list[Count]) -> dict[str, str]:
    """Return what joint and unnamed voices are called in one of the claims or figures that they are behind."""
    found = {}
    for one in counts:
        for body in (await finder.documents(await finder.first(one.number))).values():
            found[one.value] = str(parse(body)["attribution"]["voice"]["label"])
    return found


async def _countries(finder: Finder, codes: list[str]) -> dict[str, str]:
    """Return the names of countries by code, of those that are places on record."""
    if not codes:
        return {}
    kinds = Terms("kind", ("place.kind",), (Value("country"),), None)
    inside = Terms("country", ("place.country",), tuple(map(Value, codes)), None)
    page = await finder.page(Question("place", (kinds, inside)), None, len(codes))
    return {place["country"]: place["name"] for place in (parse(row.body) for row in page.rows)}
