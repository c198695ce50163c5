"""Why this file exists: a table as lines of JSON: of a noun's own table the documents themselves, as they are stored.

Every line begins with the state that the file shows, `export_seq`; of tables of parts each line is a flat row.
"""

from collections.abc import Iterator

import orjson

from app.exports.about import About
from app.exports.columns import Places

PIECE = 64 * 1024


class Ndjson:
    """Makes NDJSON."""

    media_type = "application/x-ndjson"
    extension = "ndjson"

    def present(self, about: About, documents: Iterator[bytes], places: Places) -> Iterator[bytes]:
        """Yield the lines; nothing is decoded that is only handed on."""
        lines = _whole(about, documents) if about.table.whole else _rows(about, documents, places)
        waiting: list[bytes] = []
        size = 0
        for line in lines:
            waiting.append(line)
            size += len(line)
            if size > PIECE:
                yield b"".join(waiting)
                waiting.clear()
                size = 0
        yield b"".join(waiting)


def _whole(about: About, documents: Iterator[bytes]) -> Iterator[bytes]:
    begin = b'{"export_seq":%d,' % about.seq
    for document in documents:
        yield b"%b%b\n" % (begin, document[1:])
    names = about.table.names
    for row in about.retracted:
        stated = {name: cell for name, cell in zip(names, row, strict=True) if cell is not None}
        yield orjson.dumps({"export_seq": about.seq, "type": about.table.noun, **stated}) + b"\n"


def _rows(about: About, documents: Iterator[bytes], places: Places) -> Iterator[bytes]:
    names, cells = about.table.names, about.table.cells
    for document in documents:
        for row in cells(orjson.loads(document), places):
            named = {"export_seq": about.seq, **dict(zip(names, row, strict=True))}
            yield orjson.dumps(named, default=float) + b"\n"
