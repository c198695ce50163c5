"""Why this file exists: what the nodes of the JSON-LD share: who somebody is, where and when something is, its life.

A node is what a document says in the names of the context; what is null in the document is left out of the node, since
JSON-LD has no null. IRIs of records are paths of the API, relative to where the file came from.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from app.kit.canonical import JSON
from app.kit.ids import PLURALS, type_of

_AGENTS: Mapping[str, str] = {"person": "Person"}


def iri(record_id: str) -> str:
    """Return the IRI of a record."""
    return f"/v1/{PLURALS[type_of(record_id)]}/{record_id}"


def concept(vocabulary: str, code: str) -> str:
    """Return the IRI of a code of a vocabulary."""
    return f"/v1/vocabularies/{vocabulary}#{quote(code, safe='')}"


def node(**fields: Any) -> JSON:
    """Return a node of what is known: null and empty lists are left out."""
    return {name.rstrip("_"): value for name, value in fields.items() if value is not None and value != []}


def words(text: str, lang: str) -> JSON:
    """Return a text in its language."""
    return {"@language": lang, "@value": text}


def decimal(value: float | None) -> str | None:
    """Return a document's number with all its digits, as a decimal is written in RDF."""
    return None if value is None else format(Decimal(repr(value)), "f")


def dated(date: JSON | None) -> JSON | None:
    """Return an uncertain date: never less uncertain than it is recorded."""
    if date is None:
        return None
    names = ("edtf", "earliest", "latest", "text", "basis", "reasoning")
    return node(type="UncertainDate", **{name: date[name] for name in names})


def labelled(vocabulary: str, term: JSON) -> JSON:
    """Return a code with its label."""
    return {"id": concept(vocabulary, term["code"]), "notation": term["code"], "prefLabel": term["label"]}


def actor(card: JSON | None) -> JSON | None:
    """Return an actor as others embed it."""
    if card is None:
        return None
    return node(
        id=iri(card["id"]),
        type=_AGENTS.get(card["kind"], "Organization"),
        name=card["name"],
        short_name=card["short_name"],
        actor_kind=card["kind"],
        slug=card["slug"],
    )


def mention(one: JSON | None, **more: Any) -> JSON | None:
    """Return somebody as the text names them."""
    if one is None:
        return None
    return node(type="Mention", label=one["label"], actor=actor(one["actor"]), **more)


def place(card: JSON | None) -> JSON | None:
    """Return a place as others embed it."""
    if card is None:
        return None
    return node(
        id=iri(card["id"]),
        type="Place",
        name=card["name"],
        slug=card["slug"],
        place_kind=card["kind"],
        p_code=card["p_code"],
        country=card["country"],
    )


def report(card: JSON) -> JSON:
    """Return a report as what it carries embeds it."""
    return node(
        id=iri(card["id"]),
        type="Report",
        name=card["title"],
        url=card["url"],
        slug=card["slug"],
        publisher_name=card["publisher"],
        published=dated(card["published"]),
        crisis_slug=card["crisis"],
    )


def lived(document: JSON) -> JSON:
    """Return what happened to a record: its revisions, and how it is cited."""
    corrections, cite, own = document["corrections"], document.get("cite"), iri(document["id"])
    return node(
        identifier=document["id"],
        status=document["status"],
        version=document["version"],
        recorded_at=document["recorded_at"],
        generatedAtTime=document["changed_at"],
        wasRevisionOf=f"{own}/revisions/{document['version'] - 1}" if document["version"] > 1 else None,
        corrections=corrections["count"],
        corrected_at=corrections["last_at"],
        corrected_cause=corrections["last_cause"],
        correction_note=corrections["note"],
        citation=cite and cite["text"],
        permalink=cite and cite["url"],
    )
