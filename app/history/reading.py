"""Why this file exists: a record's revisions as readers may see them: what was recorded then, minus what is protected.

Withheld are the contents of a revision that was replaced to protect somebody, those that were erased, and those that
name a record which is gone itself: a claim's earlier words would tell whom a later retraction protects.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection

from app.history import queries
from app.history.differences import differences
from app.kit.canonical import JSON
from app.kit.clock import instant_text
from app.ledger import queries as ledger_queries
from app.ledger.words import Operation
from app.record.citing import permalink
from app.record.noun import Noun
from app.record.past import Past
from app.record.protection import HIDING, Hidden, Shield, shields, telling
from app.serving import answers
from app.serving.problems import Problem
from app.store.archive import Snapshot

PROTECTED, REDACTED = "protected", "redacted"
ENVELOPE = ("ledger", "record_type", "record_id", "body_commitment", "note_commitment", "chain")


class Found(NamedTuple):
    """A record of which something may be told: its id, its shield, and why it is not public now, if it is not."""

    record_id: str
    shield: Shield
    retracted: JSON | None


class Told(NamedTuple):
    """What may be told of one revision: its body and note, or why not."""

    body: JSON | None
    note: JSON | None
    withheld: str | None


def found(snapshot: Snapshot, noun: Noun, handle: str) -> Found:
    """Return the record that a path names; raises Problem: 404 for what never was, 410 for what is gone."""
    connection = snapshot.connection
    one = queries.record_id(connection, noun.type, handle)
    newest = queries.newest(connection, noun.type, one, None, 1) if one else []
    if one is None or not newest:
        raise Problem("not_found", f"there is no {noun.type} here by this name")
    shield = shields(connection, [one]).get(one, Shield(0, gone=False))
    absent = snapshot.run(answers.absent(snapshot.reader, noun.type, one))
    if shield.gone and absent.code == "not_found" and newest[0].operation == Operation.REDACT.value:
        raise Problem(REDACTED, f"what was recorded of this {noun.type} was erased")
    if shield.gone:
        raise absent
    return Found(one, shield, absent.extra.get("retracted"))


# --- the history -----------------------------------------------------------------------------------------------------


class History:
    """Tells of the revisions of one record, over one snapshot."""

    def __init__(self, connection: Connection, noun: Noun, record: Found) -> None:
        self._connection = connection
        self._noun = noun
        self._record = record

    def page(self, before: int | None, limit: int) -> tuple[list[JSON], bool]:
        """Return a page of revisions below a version, newest first, and whether there are more."""
        # One more is read than is shown: the last one shown is told apart from it.
        rows = queries.newest(self._connection, self._noun.type, self._record.record_id, before, limit + 1)
        told = self.told(rows)
        shown = [self._view(row, told[row.seq], self._changed(rows, told, index)) for index, row in enumerate(rows)]
        return shown[:limit], len(rows) > limit

    def told(self, rows: list[Any]) -> Mapping[int, Told]:
        """Return what may be told of each revision, by seq."""
        factual = [row.seq for row in rows if row.operation not in HIDING]
        bodies = {int(one): body for one, body in self._bodies(factual).items()}
        one = self._record.record_id
        exposing = telling(self._connection, [one]).get(one, frozenset())
        notes = ledger_queries.notes(self._connection, [row.seq for row in rows])
        told: dict[int, Told] = {}
        for row in rows:
            body, note = bodies.get(row.seq), notes.get(row.seq)
            if row.operation in HIDING:
                # What such a revision keeps is not the record's facts.
                told[row.seq] = Told(None, note, None)
            elif body is None:
                told[row.seq] = Told(None, None, REDACTED)
            elif self._record.shield.withholds(row.seq) or row.seq in exposing:
                told[row.seq] = Told(None, None, PROTECTED)
            else:
                told[row.seq] = Told(body, note, None)
        return told

    def _bodies(self, seqs: list[int]) -> Mapping[str, JSON]:
        return ledger_queries.bodies(self._connection, {str(seq): seq for seq in seqs})

    def _changed(self, rows: list[Any], told: Mapping[int, Told], index: int) -> list[JSON] | None:
        """Return what a revision changed; null when there is nothing before it, or it must not be told."""
        if index + 1 == len(rows):
            return None
        after, before = told[rows[index].seq].body, told[rows[index + 1].seq].body
        return None if before is None or after is None else differences(before, after)

    def _view(self, row: Any, told: Told, changed: list[JSON] | None) -> JSON:
        return {
            "type": "revision",
            **_made(row),
            "note": told.note,
            "withheld": told.withheld,
            "differences": changed,
            "links": {"self": permalink(row.record_id, row.version)},
        }


def _made(row: Any) -> JSON:
    return {
        "seq": row.seq,
        "version": row.version,
        "operation": row.operation,
        "cause": row.cause,
        "recorded_at": instant_text(row.recorded_at),
        "role": row.role,
    }


# --- one revision ----------------------------------------------------------------------------------------------------


def revision(snapshot: Snapshot, nouns: Mapping[str, Noun], noun: Noun, handle: str, version: int) -> JSON:
    """Return a record as one revision left it, in the envelope; raises Problem: 404, or 410 for what is withheld."""
    record = found(snapshot, noun, handle)
    around = queries.newest(snapshot.connection, noun.type, record.record_id, version + 2, 3)
    row = next((one for one in around if one.version == version), None)
    if row is None:
        raise Problem("not_found", f"this {noun.type} has no such version")
    told = History(snapshot.connection, noun, record).told([row])[row.seq]
    if told.body is None:
        raise _withheld(noun, told.withheld or REDACTED)
    past = Past(snapshot.connection, nouns, ledger_queries.write_end(snapshot.connection, row.seq))
    try:
        document = past.revised(record.record_id, row.seq)
    except Hidden:
        raise _withheld(noun, PROTECTED) from None
    link = permalink(record.record_id, version)
    envelope = {**_made(row), **{name: getattr(row, name) for name in ENVELOPE}, "note": told.note}
    return {
        "data": document,
        "links": {"self": link, "next": None, **dict(_neighbours(record.record_id, version, around[0].version))},
        "meta": {"seq": row.seq, "revision": envelope, "retracted": record.retracted},
    }


def _withheld(noun: Noun, why: str) -> Problem:
    if why == REDACTED:
        return Problem(REDACTED, f"what this revision of the {noun.type} said was erased")
    return Problem(PROTECTED, f"what this revision of the {noun.type} said was replaced to protect somebody")


def _neighbours(record_id: str, version: int, newest: int) -> Iterator[tuple[str, str | None]]:
    """Yield (name, path) of what a permalink is linked with; `newest` is the newest version at hand."""
    link = permalink(record_id, version)
    record = link.partition("/revisions/")[0]
    yield "canonical", link
    yield "latest_version", record
    yield "version_history", f"{record}/history"
    yield "predecessor_version", permalink(record_id, version - 1) if version > 1 else None
    yield "successor_version", permalink(record_id, version + 1) if newest > version else None
