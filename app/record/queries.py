"""Why this file exists: every SELECT over the register and the documents, for writers and for readers."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import fields

from sqlalchemy import Connection, String, bindparam, case, null, select, true

from app.kit.canonical import JSON, parse
from app.ledger.append import HEAD, REVISION
from app.ledger.words import Cause, WriterRole
from app.record.refs import Entry
from app.record.tables import (
    Document,
    DocumentQueue,
    DocumentSource,
    DocumentState,
    Handle,
    HeldText,
    Lineage,
    Record,
    RevisionReach,
    Tally,
    TallyPast,
)
from app.store.base import batches, table_of
from app.store.reader import Statement

RECORD, LINEAGE, HANDLE, TALLY = table_of(Record), table_of(Lineage), table_of(Handle), table_of(Tally)
DOCUMENT, SOURCE = table_of(Document), table_of(DocumentSource)
TALLY_PAST, REACH = table_of(TallyPast), table_of(RevisionReach)
QUEUE, STATE, HELD = table_of(DocumentQueue), table_of(DocumentState), table_of(HeldText)
ENTRY_COLUMNS = [RECORD.c[field.name] for field in fields(Entry)]

# --- for writers -----------------------------------------------------------------------------------------------------


def entries(connection: Connection, ids: Iterable[str]) -> dict[str, Entry]:
    """Return the register's rows of the ids that are there."""
    found: dict[str, Entry] = {}
    for batch in batches(ids):
        for row in connection.execute(select(*ENTRY_COLUMNS).where(RECORD.c.id.in_(batch))):
            found[row.id] = Entry(*row)
    return found


def cards(connection: Connection, ids: Iterable[str]) -> dict[str, JSON]:
    """Return the stored cards of public records."""
    found: dict[str, JSON] = {}
    for batch in batches(ids):
        query = select(DOCUMENT.c.id, DOCUMENT.c.card).where(DOCUMENT.c.id.in_(batch))
        found.update((row.id, parse(row.card)) for row in connection.execute(query))
    return found


def children(connection: Connection, ids: Iterable[str], record_type: str) -> dict[str, list[str]]:
    """Return {ancestor: public records of a type that stand in it}, first recorded first."""
    found: dict[str, list[str]] = defaultdict(list)
    for batch in batches(ids):
        query = (
            select(LINEAGE.c.ancestor_id, LINEAGE.c.record_id)
            .join(RECORD, RECORD.c.id == LINEAGE.c.record_id)
            .where(LINEAGE.c.ancestor_id.in_(batch), LINEAGE.c.type == record_type, RECORD.c.public)
            .order_by(LINEAGE.c.recorded)
        )
        for row in connection.execute(query):
            found[row.ancestor_id].append(row.record_id)
    return found


def descendants(connection: Connection, ids: Iterable[str]) -> list[str]:
    """Return every record that names one of these as what it stands in."""
    found: list[str] = []
    for batch in batches(ids):
        query = select(LINEAGE.c.record_id).where(LINEAGE.c.ancestor_id.in_(batch))
        found += connection.execute(query).scalars()
    return found


def tallies(connection: Connection, ids: Iterable[str]) -> dict[str, dict[str, int]]:
    """Return {record id: {name: count}}."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for batch in batches(ids):
        for row in connection.execute(select(TALLY).where(TALLY.c.record_id.in_(batch))):
            found[row.record_id][row.name] = row.total
    return found


def dependants(connection: Connection, ids: Iterable[str]) -> set[str]:
    """Return the records whose documents embed any of these."""
    found: set[str] = set()
    for batch in batches(ids):
        query = select(SOURCE.c.record_id).where(SOURCE.c.source_id.in_(batch))
        found.update(connection.execute(query).scalars())
    return found


def waiting_since(connection: Connection, ids: Iterable[str]) -> dict[str, int]:
    """Return {record id: the first revision of the write that touched it} of the documents that wait."""
    found: dict[str, int] = {}
    for batch in batches(ids):
        query = select(QUEUE.c.record_id, QUEUE.c.since).where(QUEUE.c.record_id.in_(batch))
        found.update((row.record_id, row.since) for row in connection.execute(query))
    return found


def seeded_beside(connection: Connection, ids: set[str]) -> list[str]:
    """Return the public records that the seed created and that are not among these ids, first recorded first."""
    query = (
        select(RECORD.c.id)
        .join(REVISION, REVISION.c.seq == RECORD.c.recorded)
        .where(REVISION.c.role == WriterRole.SEED.value, RECORD.c.public)
        .order_by(RECORD.c.recorded)
    )
    return [one for one in connection.execute(query).scalars() if one not in ids]


def public_ids(connection: Connection, record_type: str, after: int, limit: int) -> list[tuple[str, int]]:
    """Return (id, recorded) of the next public records of a type, first recorded first."""
    query = (
        select(RECORD.c.id, RECORD.c.recorded)
        .where(RECORD.c.type == record_type, RECORD.c.public, RECORD.c.recorded > after)
        .order_by(RECORD.c.recorded)
        .limit(limit)
    )
    return [(row.id, row.recorded) for row in connection.execute(query)]


def held_by(connection: Connection) -> list[str]:
    """Return the records of which a text is held."""
    return sorted(connection.execute(select(HELD.c.record_id).distinct()).scalars())


def holds_any(connection: Connection) -> bool:
    """Whether a text of any record is held."""
    return connection.execute(select(HELD.c.edition).limit(1)).scalar() is not None


def texts(connection: Connection, record_id: str) -> dict[int, str]:
    """Return {edition: text} of what is held of a record."""
    query = select(HELD.c.edition, HELD.c.content).where(HELD.c.record_id == record_id)
    return {edition: content.decode() for edition, content in connection.execute(query)}


def holder(connection: Connection, record_type: str, handle: str) -> str | None:
    """Return the id of the record that a slug or code finds, or null."""
    query = select(HANDLE.c.record_id).where(HANDLE.c.type == record_type, HANDLE.c.handle == handle)
    return connection.execute(query).scalar()


# --- for readers: compiled once, run on the driver -------------------------------------------------------------------

_ID = bindparam("id", type_=String())
_HANDLE = bindparam("handle", type_=String())
_TYPE = bindparam("type", type_=String())

_ANSWER = (DOCUMENT.c.id, DOCUMENT.c.seq, DOCUMENT.c.etag, DOCUMENT.c.modified_at, DOCUMENT.c.body)

# One document by id: the hottest statement of all, one look-up by a unique key.
DOCUMENT_BY_ID = Statement(select(*_ANSWER).where(DOCUMENT.c.id == _ID))

DOCUMENT_BY_HANDLE = Statement(
    select(*_ANSWER)
    .join(HANDLE, HANDLE.c.record_id == DOCUMENT.c.id)
    .where(HANDLE.c.type == _TYPE, HANDLE.c.handle == _HANDLE)
)

# Whether a record is public, for lists inside it.
PRESENCE_BY_ID = Statement(select(DOCUMENT.c.id).where(DOCUMENT.c.id == _ID))
PRESENCE_BY_HANDLE = Statement(
    select(DOCUMENT.c.id)
    .join(HANDLE, HANDLE.c.record_id == DOCUMENT.c.id)
    .where(HANDLE.c.type == _TYPE, HANDLE.c.handle == _HANDLE)
)

# Why there is no document: the record is retracted (410), or was never public (404).
# The note of one that had been retracted before what it stands in was, to protect somebody, is not told any more.
_ABOVE = RECORD.alias("above")
_PROTECTED_ABOVE = (
    select(LINEAGE.c.ancestor_id)
    .join(_ABOVE, _ABOVE.c.id == LINEAGE.c.ancestor_id)
    .where(LINEAGE.c.record_id == RECORD.c.id, _ABOVE.c.retracted_cause == Cause.PROTECTION.value)
    .exists()
)
RETRACTION_BY_ID = Statement(
    select(
        RECORD.c.id,
        RECORD.c.seq,
        RECORD.c.changed_at,
        RECORD.c.retracted_cause,
        case((_PROTECTED_ABOVE, null()), else_=RECORD.c.retracted_note),
    ).where(RECORD.c.id == _ID, RECORD.c.retracted_at.is_not(None))
)
RECORD_BY_HANDLE = Statement(select(HANDLE.c.record_id).where(HANDLE.c.type == _TYPE, HANDLE.c.handle == _HANDLE))

# What a validator of any list is made of.
HEAD_STATE = Statement(
    select(HEAD.c.chain, HEAD.c.seq, STATE.c.generation)
    .select_from(HEAD)
    .join(STATE, true())
    .where(HEAD.c.id == 1, STATE.c.id == 1)
)
