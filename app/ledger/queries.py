"""Why this file exists: every SELECT of the ledger that another room may ask."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from app.kit import ids
from app.kit.canonical import JSON, parse
from app.kit.clock import system_clock
from app.ledger.append import CONTENT, HEAD, REVISION, WRITE
from app.ledger.words import Cause, Operation, Part, WriterRole
from app.store.base import batches


def of_records(record_ids: Iterable[str]) -> ColumnElement[bool]:
    """Return the clause that a revision is of some records; their type leads the index."""
    by_type: dict[str, list[str]] = {}
    for one in record_ids:
        by_type.setdefault(ids.type_of(one), []).append(one)
    return or_(
        *(and_(REVISION.c.record_type == kind, REVISION.c.record_id.in_(some)) for kind, some in by_type.items())
    )


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


def notes(connection: Connection, seqs: Iterable[int]) -> dict[int, JSON]:
    """Return {seq: public note} of the revisions that have one."""
    found: dict[int, JSON] = {}
    for batch in batches(seqs):
        query = select(CONTENT.c.seq, CONTENT.c.value).where(
            CONTENT.c.part == Part.NOTE.value, CONTENT.c.seq.in_(batch)
        )
        found.update((seq, parse(value)) for seq, value in connection.execute(query))
    return found


def every_body(connection: Connection, record_ids: Iterable[str]) -> Iterator[tuple[str, JSON]]:
    """Yield (record id, body) of every revision of some records, but of those whose contents were erased."""
    for batch in batches(record_ids):
        query = (
            select(REVISION.c.record_id, CONTENT.c.value)
            .join(CONTENT, and_(CONTENT.c.seq == REVISION.c.seq, CONTENT.c.part == Part.BODY.value))
            .where(of_records(batch))
        )
        yield from ((record_id, parse(value)) for record_id, value in connection.execute(query))


def last_seeded_body(connection: Connection, record_id: str) -> JSON | None:
    """Return the body that the seed last wrote for a record, or null when the seed never wrote it."""
    query = (
        select(CONTENT.c.value)
        .join(REVISION, and_(REVISION.c.seq == CONTENT.c.seq, CONTENT.c.part == Part.BODY.value))
        .where(of_records([record_id]), REVISION.c.role == WriterRole.SEED.value)
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
        .where(of_records([record_id]))
        .where(or_(REVISION.c.cause.is_(None), REVISION.c.cause != Cause.PARENT.value))
        .order_by(REVISION.c.seq.desc())
        .limit(1)
    )
    return connection.execute(query).scalar()


def any_protected(connection: Connection, record_ids: Iterable[str]) -> bool:
    """Whether any of some records was changed for protection, other than by a retraction, which can be taken back."""
    lasting = REVISION.c.operation.not_in((Operation.RETRACT.value, Operation.RESTORE.value))
    for batch in batches(record_ids):
        query = select(REVISION.c.seq).where(of_records(batch), REVISION.c.cause == Cause.PROTECTION.value, lasting)
        if connection.execute(query.limit(1)).scalar() is not None:
            return True
    return False


def head(connection: Connection) -> tuple[str, int, str]:
    """Return the ledger's id, its newest seq and the chain there."""
    row = connection.execute(select(HEAD.c.ledger, HEAD.c.seq, HEAD.c.chain)).one()
    return row.ledger, row.seq, row.chain


def count(connection: Connection) -> int:
    """Return how many revisions there are."""
    return connection.execute(select(func.count()).select_from(REVISION)).scalar_one()


def write_end(connection: Connection, seq: int) -> int:
    """Return the last revision of the write that made a revision."""
    found = connection.execute(select(func.min(WRITE.c.seq)).where(WRITE.c.seq >= seq)).scalar()
    return seq if found is None else found


def newest_write(connection: Connection) -> int:
    """Return the first revision of the last write."""
    newest = select(func.max(WRITE.c.seq)).scalar_subquery()
    return (connection.execute(select(func.max(WRITE.c.seq)).where(WRITE.c.seq < newest)).scalar() or 0) + 1


def state_at(connection: Connection, seq: int) -> int:
    """Return the newest state that anybody could read whose seq is not beyond this one; 0 before the first write."""
    return connection.execute(select(func.max(WRITE.c.seq)).where(WRITE.c.seq <= seq)).scalar() or 0


def seq_at(connection: Connection, instant: datetime) -> int:
    """Return the newest revision that was recorded at an instant or before; 0 before the first."""
    query = select(REVISION.c.seq).where(REVISION.c.recorded_at <= instant).order_by(REVISION.c.recorded_at.desc())
    return connection.execute(query.limit(1)).scalar() or 0


def first_since(connection: Connection, instant: datetime) -> int | None:
    """Return the first revision that was recorded at an instant or after; null when there is none."""
    query = select(REVISION.c.seq).where(REVISION.c.recorded_at >= instant).order_by(REVISION.c.recorded_at)
    return connection.execute(query.limit(1)).scalar()


def instant_of(connection: Connection, seq: int) -> datetime | None:
    """Return when a revision was recorded; null when there is none."""
    return connection.execute(select(REVISION.c.recorded_at).where(REVISION.c.seq == seq)).scalar()


def now(connection: Connection) -> datetime:
    """Return the present instant, or that of the newest revision, should its clock have run before ours."""
    newest = connection.execute(select(HEAD.c.recorded_at)).scalar()
    present = system_clock()
    return present if newest is None else max(present, newest)
