"""Why this file exists: the flat rows of a file, in the order in which every format has them."""

from collections.abc import Iterator

import orjson

from app.exports.about import About
from app.exports.columns import Cell, Places

Flat = tuple[Cell, ...]


def flat_rows(about: About, documents: Iterator[bytes], places: Places) -> Iterator[Flat]:
    """Yield the rows of documents with the state before them, then those of what was retracted."""
    seq, cells = about.seq, about.table.cells
    for document in documents:
        for row in cells(orjson.loads(document), places):
            yield (seq, *row)
    for row in about.retracted:
        yield (seq, *row)
