"""Why this file exists: a revision as a follower gets it. Bodies, notes and documents go out as they are stored."""

from typing import Any

from orjson import Fragment

from app.changes.rules import Delivery, Shield
from app.kit.canonical import JSON
from app.kit.clock import instant_text

BARE = Delivery(delivered=False, before=False, after=False)
Row = tuple[Any, ...]


def change(row: Row, told: Delivery, shield: Shield | None, *, bodies: bool) -> JSON:
    """Return one change; one that is not delivered is bare, and there for the chain alone."""
    ledger, seq, kind, record_id, version, operation, cause, at, role, body_hash, note_hash, chain, *said = row
    _, _, body_salt, note_salt, note, body, document = said
    withheld = None
    if not told.delivered:
        body_salt = note_salt = document = None
    elif shield is not None and shield.withholds(seq):
        withheld = "protected" if body_salt is not None else "redacted"
        body_salt = note_salt = document = None
    elif body_salt is None or (note_hash is not None and note_salt is None):
        withheld = "redacted"
    return {
        "type": "change",
        "ledger": ledger,
        "seq": seq,
        "record_type": kind,
        "record_id": record_id,
        "version": version,
        "operation": operation,
        "cause": cause,
        # The driver hands out an instant in the zone of the server, or the text that is stored.
        "recorded_at": at if isinstance(at, str) else instant_text(at),
        "role": role,
        "body_commitment": body_hash,
        "note_commitment": note_hash,
        "chain": chain,
        "bare": not told.delivered,
        "matches": {"before": told.before, "after": told.after},
        "withheld": withheld,
        "note": None if note_salt is None else Fragment(note),
        "contents": _contents(body_salt, body, note_salt, note) if bodies and told.delivered else None,
        "document": None if document is None or not told.after else Fragment(document),
    }


def _contents(body_salt: str | None, body: str, note_salt: str | None, note: str) -> JSON | None:
    if body_salt is None and note_salt is None:
        return None
    return {
        "body": None if body_salt is None else {"salt": body_salt, "value": Fragment(body)},
        "note": None if note_salt is None else {"salt": note_salt, "value": Fragment(note)},
    }
