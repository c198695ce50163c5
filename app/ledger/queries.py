"""Why this file exists: every SELECT of the ledger that another room may ask."""

from sqlalchemy import Connection, and_, func, or_, select

from app.kit.canonical import JSON, parse
from app.ledger.append import CONTENT, HEAD, REVISION
from app.ledger.words import Cause, Part, WriterRole
from app.store.base import batches


def bodies(connection: Connection, seqs: dict[str, int]) -> dict[str, JSON]:
    """Return the body of each record's revision: {record id: seq} → {record id: body}."""
    by_seq = {seq: record_id for record_id, seq in seqs.items()}
    found: dict[str, JSON] = {}
    for batch in batches(seqs):
        wanted = [seqs[one] for one in batch]
        query = select(CONTENT.c.seq, CONTENT.c.value).where(
            CONTENT.c.part == Part.BODY.value, CONTENT.c.seq.in_(wanted)
        )
        found.update((by_seq[seq], parse(value)) for seq, value in connection.execute(query))
    return found


def last_seeded_body(connection: Connection, record_id: str) -> JSON | None:
    """Return the body that the seed last wrote for a record, or null when the seed never wrote it."""
    query = (
        select(CONTENT.c.value)
        .join(REVISION, and_(REVISION.c.seq == CONTENT.c.seq, CONTENT.c.part == Part.BODY.value))
        .where(REVISION.c.record_id == record_id, REVISION.c.role == WriterRole.SEED.value)
        .where(REVISION.c.operation.in_(("create", "correct")))
        .order_by(REVISION.c.seq.desc())
        .limit(1)
    )
    value = connection.execute(query).scalar()
    return None if value is None else parse(value)


def newest_role(connection: Connection, record_id: str) -> str | None:
    """Return the role that made a record's newest revision of its own, not one that came with its parent's."""
    query = (
        select(REVISION.c.role)
        .where(REVISION.c.record_id == record_id)
        .where(or_(REVISION.c.cause.is_(None), REVISION.c.cause != Cause.PARENT.value))
        .order_by(REVISION.c.seq.desc())
        .limit(1)
    )
    return connection.execute(query).scalar()


def head(connection: Connection) -> tuple[str, int, str]:
    """Return the ledger's id, its newest seq and the chain there."""
    row = connection.execute(select(HEAD.c.ledger, HEAD.c.seq, HEAD.c.chain)).one()
    return row.ledger, row.seq, row.chain


def count(connection: Connection) -> int:
    """Return how many revisions there are."""
    return connection.execute(select(func.count()).select_from(REVISION)).scalar_one()
