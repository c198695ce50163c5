"""Search once more, slowly and over the documents that the API hands out: who must be found by what."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import quote

from app.kit.words import Word, parse_query, places_of, words
from tests.support.api import Api

Record = dict[str, Any]
NOUNS = {
    "claim": "claims",
    "figure": "figures",
    "report": "reports",
    "actor": "actors",
    "place": "places",
    "crisis": "crises",
}
FILTERS = ("type", "crisis", "report", "voice", "actor", "publisher", "theme", "place", "country")


class Known(NamedTuple):
    """All public records that search covers, newest first, and by id.

    `values` are what filters find each by, `words` those of each of its texts.
    """

    newest: list[Record]
    by_id: dict[str, Record]
    values: dict[str, dict[str, set[str]]]
    words: dict[str, list[list[Word]]]


def known(api: Api) -> Known:
    """Read every record of a service."""
    records = [one for plural in NOUNS.values() for one in api.walk(f"/v1/{plural}?limit=1000")]
    newest = sorted(records, key=lambda one: str(one["recorded_at"]), reverse=True)
    by_id = {one["id"]: one for one in records}
    slugs = {one["slug"]: one["id"] for one in records if one["type"] == "crisis"}
    values = {}
    for one in records:
        found = {name: set[str]() for name in FILTERS} | {"type": {one["type"]}}
        for name, value in _values(one, by_id, slugs):
            found[name].add(value)
        values[one["id"]] = found
    cut = {one["id"]: [words(text) for some in texts(one) for text in some] for one in records}
    return Known(newest, by_id, values, cut)


def _values(one: Record, by_id: Mapping[str, Record], slugs: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield (filter, value) of everything that a record is found by."""
    if one["type"] in ("claim", "figure"):
        yield from _said(one, slugs)
        claim = by_id[one["claim"]["id"]] if one["type"] == "figure" else one
        yield from (("theme", theme["code"]) for theme in claim["themes"])
    if one["type"] == "report":
        yield "crisis", one["crisis"]["id"]
        yield "publisher", one["publisher"]["id"]
        yield from (("theme", theme["code"]) for theme in one["themes"])
    if one.get("country"):
        yield "country", one["country"]
    for place in _places(one):
        if place["country"]:
            yield "country", place["country"]
        for around in (place, *by_id[place["id"]]["ancestors"]):
            yield "place", around["id"]


def _said(one: Record, slugs: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    yield "report", one["report"]["id"]
    yield "crisis", slugs[one["report"]["crisis"]]
    voice = one["attribution"]["voice"]
    yield "voice", voice["key"]
    yield from (("voice", actor["id"]) for actor in voice["actors"])
    for hop in one["attribution"]["chain"]:
        spoken_for = (hop["on_behalf_of"] or {}).get("actor")
        yield from (("actor", actor["id"]) for actor in (hop["actor"], spoken_for) if actor)
        if hop["role"] == "publisher":
            yield "publisher", hop["actor"]["id"]


def _places(one: Record) -> list[Record]:
    if one["type"] == "place":
        return [one]
    return [one["place"]] if one["type"] == "figure" else list(one.get("places", ()))


def texts(one: Record) -> tuple[list[str], list[str]]:
    """Return what search covers of a record: what it is called, and everything else."""
    called: Iterable[Any]
    rest: Iterable[Any] = ()
    match one["type"]:
        case "claim":
            called, rest = [one["statement"]], [one["attribution"]["text"]]
        case "figure":
            called, rest = [one["text"]], [one["reported"], one["term"], one["attribution"]["text"]]
        case "report":
            called, rest = [one["title"]], [one["summary"]]
        case "actor":
            called = [one["name"], one["short_name"], *one["aliases"]]
        case "place":
            called = [one["name"], *one["names"].values()]
        case _:
            called = [one["name"]]
    return [text for text in called if text], [text for text in rest if text]


def found(everything: Known, query: str, asked: Mapping[str, Iterable[str]]) -> list[str]:
    """Return the ids of all that a search must find, newest first."""
    terms = parse_query(query)
    return [
        one["id"]
        for one in everything.newest
        if all(any(places_of(term, text) for text in everything.words[one["id"]]) for term in terms)
        and all(everything.values[one["id"]][name] & set(values) for name, values in asked.items())
    ]


def search(query: str, asked: Mapping[str, Iterable[str]] | None = None, **more: str) -> str:
    """Return the path of a search."""
    given = {"q": query, **{name: ",".join(values) for name, values in (asked or {}).items()}, **more}
    return "/v1/search?" + "&".join(f"{name}={quote(text, safe='')}" for name, text in given.items())
