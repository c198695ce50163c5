"""What the history of a record must say, read from the ledger without the program's own queries."""

import json
from typing import Any

from sqlalchemy import Engine, text

from app.kit import ids
from app.store.engine import snapshot

ROWS = (
    "SELECT revision.*, body.value AS body, note.value AS note FROM revision "
    "LEFT JOIN revision_content AS body ON body.seq = revision.seq AND body.part = 'body' "
    "LEFT JOIN revision_content AS note ON note.seq = revision.seq AND note.part = 'note' "
    "WHERE record_id = :id ORDER BY version"
)


def path_of(record_id: str) -> str:
    """Return where a record is."""
    return f"/v1/{ids.PLURALS[ids.type_of(record_id)]}/{record_id}"


def ledger_of(engine: Engine, record_id: str) -> list[dict[str, Any]]:
    """Return every revision of a record with its contents, first one first."""
    with snapshot(engine) as connection:
        rows = [dict(row) for row in connection.execute(text(ROWS), {"id": record_id}).mappings()]
    contents = [{part: json.loads(row[part]) if row[part] else None for part in ("body", "note")} for row in rows]
    return [{**row, **content} for row, content in zip(rows, contents, strict=True)]


def everybody(engine: Engine) -> list[str]:
    """Return the id of every record, public or not, but of the many vocabularies that nobody touched."""
    query = "SELECT id FROM record WHERE type <> 'vocabulary' OR version > 1 ORDER BY recorded"
    with snapshot(engine) as connection:
        return list(connection.execute(text(query)).scalars())
