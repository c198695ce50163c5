"""Why this file exists: a table as linked data (JSON-LD 1.1), one graph that is sent node by node.

The nodes are made of the documents, not of the flat rows: linked data needs no joining of values into one cell.
"""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

import orjson

from app.exports import context
from app.exports.about import LICENCE_URL, About
from app.exports.columns import Cell, Places
from app.exports.jsonld_claims import chain_of, claim, figure, places_of, relation
from app.exports.jsonld_nodes import iri, node
from app.exports.jsonld_records import actor_node, place_node, report, vocabulary
from app.kit.canonical import JSON

# Bytes of nodes that are sent together.
ENOUGH = 65_536


def _one(make: Callable[[JSON], JSON]) -> Callable[[JSON], Iterator[JSON]]:
    return lambda document: iter((make(document),))


NODES: Mapping[str, Callable[[JSON], Iterator[JSON]]] = MappingProxyType(
    {
        "actors": _one(actor_node),
        "appearances": places_of,
        "attributions": chain_of,
        "claims": _one(claim),
        "figures": _one(figure),
        "places": _one(place_node),
        "relations": _one(relation),
        "reports": _one(report),
        "vocabularies": _one(vocabulary),
    }
)


class JsonLd:
    """Makes JSON-LD."""

    media_type = context.MEDIA_TYPE
    extension = "jsonld"

    def present(self, about: About, documents: Iterator[bytes], places: Places) -> Iterator[bytes]:
        """Yield the bytes of one document: the context by its address, and a graph of these documents."""
        waiting = [b'{"@context":"%b","@graph":[\n' % context.PATH.encode(), orjson.dumps(_about(about))]
        size = 0
        for one in _nodes(about, documents):
            made = orjson.dumps(one)
            waiting += (b",\n", made)
            size += len(made)
            if size >= ENOUGH:
                yield b"".join(waiting)
                waiting, size = [], 0
        waiting.append(b"\n]}\n")
        yield b"".join(waiting)


def _about(about: About) -> JSON:
    """Return the node of the file itself: which state of the record it shows, and under what terms."""
    return {
        "id": about.path,
        "type": "Dataset",
        "title": about.table.title,
        "description": about.table.description,
        "export_seq": about.seq,
        "modified": about.recorded_at.isoformat(),
        "license": LICENCE_URL,
        "rights": about.terms,
    }


def _nodes(about: About, documents: Iterator[bytes]) -> Iterator[JSON]:
    make = NODES[about.table.name]
    for document in documents:
        yield from make(orjson.loads(document))
    for row in about.retracted:
        yield _tombstone(dict(zip(about.table.names, row, strict=True)))


def _tombstone(row: dict[str, Cell]) -> dict[str, Any]:
    """Return a record that was retracted: that it was, when and why, and nothing that it said."""
    return node(
        id=iri(str(row["id"])),
        type="Entity",
        identifier=row["id"],
        status=row["status"],
        invalidatedAtTime=row["retracted_at"],
        retracted_cause=row["retracted_cause"],
    )
