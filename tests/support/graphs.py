"""Graphs of linked data as they are sent, and what of a document is not in them."""

from collections.abc import Iterator
from typing import Any

from app.exports.jsonld import JsonLd
from app.exports.tables import TABLES
from tests.support.exports import about_of, file_of, leaves, parsed

# Tables of parts of a claim hold these fields of it; the others hold whole documents.
PARTS = {
    "attributions": ("id", "attribution", "report"),
    "appearances": ("id", "attribution", "report", "appearances"),
}
# Said by the class of a node, by the language of a text, or made of the rest.
SAID_OTHERWISE = {"type", "lang", "csl", "cite", "figures"}


def graph(table: str, documents: list[Any], **about: Any) -> Any:
    """Return the document of some records, as it is sent."""
    return parsed(file_of(JsonLd(), about_of(TABLES[table], **about), documents))


def nodes(value: Any) -> Iterator[Any]:
    """Yield every node inside."""
    if isinstance(value, list):
        for one in value:
            yield from nodes(one)
    elif isinstance(value, dict):
        yield value
        yield from nodes(list(value.values()))


def names(value: Any) -> set[str]:
    """Return every name that is used inside: of fields, and of classes."""
    found: set[str] = set()
    for one in nodes(value):
        kinds = one.get("type", [])
        found |= {*one, *([kinds] if isinstance(kinds, str) else kinds)}
    return found


def left_out(table: str, documents: list[Any]) -> list[tuple[str, str]]:
    """Return (id, value) of everything that a document says and its node does not."""
    missing = []
    for document, made in zip(documents, graph(table, documents)["@graph"][1:], strict=True):
        wanted = {name: document[name] for name in PARTS.get(table, document)}
        found = {_plain(one) for one in leaves(made)}
        found |= {one.rpartition("/")[2].rpartition("#")[2] for one in found if one.startswith("/")}
        missing += [(document["id"], one) for one in _stated(wanted) if one not in found]
    return missing


def _stated(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = [one for name, one in value.items() if name not in SAID_OTHERWISE]
    if isinstance(value, list):
        for one in value:
            yield from _stated(one)
    elif value is not None:
        yield _plain(value)


def _plain(value: Any) -> str:
    """Return a value as text; a whole number has no point."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
