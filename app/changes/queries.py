"""Why this file exists: every SELECT of the feed, compiled once and run on the driver."""

from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, Select, String, and_, bindparam, null, select, true

from app.ledger.append import CONTENT, HEAD, REVISION
from app.ledger.forking import FORK, FORKS
from app.ledger.words import Part
from app.record.queries import DOCUMENT, HANDLE, REACH, STATE
from app.store.reader import Statement

ENVELOPE = tuple(
    REVISION.c[name]
    for name in (
        "ledger",
        "seq",
        "record_type",
        "record_id",
        "version",
        "operation",
        "cause",
        "recorded_at",
        "role",
        "body_commitment",
        "note_commitment",
        "chain",
    )
)
_AFTER, _UNTIL = bindparam("after", type_=BigInteger()), bindparam("until", type_=BigInteger())
_WITHIN = and_(REVISION.c.seq > _AFTER, REVISION.c.seq <= _UNTIL)

# Where the ledger stands, and how often documents were rendered again.
STANDING = Statement(
    select(HEAD.c.ledger, HEAD.c.seq, HEAD.c.chain, STATE.c.generation)
    .select_from(HEAD)
    .join(STATE, true())
    .where(HEAD.c.id == 1, STATE.c.id == 1)
)
EVERY_FORK = Statement(FORKS)
CHAIN_AT = Statement(select(REVISION.c.chain).where(REVISION.c.seq == bindparam("seq", type_=BigInteger())))
HANDLED = Statement(
    select(HANDLE.c.record_id).where(
        HANDLE.c.type == bindparam("type", type_=String()), HANDLE.c.handle == bindparam("handle", type_=String())
    )
)
# What decides to whom revisions are delivered, without anything of what they say.
LOOKED_AT = Statement(
    select(
        REVISION.c.seq,
        REVISION.c.record_id,
        REVISION.c.record_type,
        REVISION.c.operation,
        REVISION.c.cause,
        REACH.c.before,
        REACH.c.after,
        REACH.c.ever,
    )
    .join(REACH, REACH.c.seq == REVISION.c.seq, isouter=True)
    .where(_WITHIN)
    .order_by(REVISION.c.seq)
)
# One statement, so that the head and its forks are of one moment.
HEAD_AND_FORKS = Statement(
    select(
        HEAD.c.ledger,
        HEAD.c.seq,
        HEAD.c.chain,
        HEAD.c.recorded_at,
        FORK.c.ledger,
        FORK.c.parent,
        FORK.c.seq,
        FORK.c.chain,
    )
    .select_from(HEAD)
    .join(FORK, true(), isouter=True)
    .where(HEAD.c.id == 1)
    .order_by(FORK.c.seq, FORK.c.recorded_at)
)


@lru_cache
def revisions(*, body: bool, document: bool, size: int = 0) -> Statement:
    """Return the statement of revisions: those after a seq until another, or, with a size, so many by their seqs.

    Columns: the envelope and the chain; whether the record was public before and after; the body's salt; the note's
    salt and value; the body's value and the document, null when they are not asked for.
    """
    bodies, notes = CONTENT.alias("body"), CONTENT.alias("note")
    public = (REACH.c.before.is_not(None), REACH.c.after.is_not(None))
    said = (bodies.c.value if body else null(), DOCUMENT.c.body if document else null())
    query: Select[Any] = (
        select(*ENVELOPE, *public, bodies.c.salt, notes.c.salt, notes.c.value, *said)
        .join(REACH, REACH.c.seq == REVISION.c.seq, isouter=True)
        .join(bodies, and_(bodies.c.seq == REVISION.c.seq, bodies.c.part == Part.BODY.value), isouter=True)
        .join(notes, and_(notes.c.seq == REVISION.c.seq, notes.c.part == Part.NOTE.value), isouter=True)
    )
    if document:
        # The document says what the newest revision left; older ones have none.
        newest = and_(DOCUMENT.c.id == REVISION.c.record_id, DOCUMENT.c.seq == REVISION.c.seq)
        query = query.join(DOCUMENT, newest, isouter=True)
    chosen = REVISION.c.seq.in_([bindparam(f"s{at}", type_=BigInteger()) for at in range(size)]) if size else _WITHIN
    return Statement(query.where(chosen).order_by(REVISION.c.seq))
