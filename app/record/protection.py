"""Why this file exists: what is protected now, and so at all times: one question for history, time travel and feeds.

A correction for protection, a seal or a redaction replaces what was recorded before it: those contents are withheld.
A record that was redacted, or is retracted for protection by itself or with what it stands in, is gone at every time.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, case, func, or_, select

from app.kit import ids
from app.ledger.append import CONTENT, REVISION
from app.ledger.queries import of_records
from app.ledger.words import Cause, Operation, Part
from app.record.queries import LINEAGE, RECORD
from app.store.base import batches

LASTING = or_(
    REVISION.c.operation.in_((Operation.SEAL.value, Operation.REDACT.value)),
    and_(
        REVISION.c.cause == Cause.PROTECTION.value,
        REVISION.c.operation.not_in((Operation.RETRACT.value, Operation.RESTORE.value)),
    ),
)
HIDING = (Operation.SEAL.value, Operation.REDACT.value)
# What others name without standing in it.
NAMED = ("place", "actor", "crisis")
_NAMES = re.compile(rf'"((?:{"|".join(ids.PREFIXES[one] for one in NAMED)})_[0-9a-z]+)"')


class Hidden(Exception):
    """What is asked for is protected, at every time."""


class Shield(NamedTuple):
    """What of a record is protected: contents of revisions before `before`, and, when it is gone, all of them."""

    before: int
    gone: bool

    def withholds(self, seq: int) -> bool:
        """Whether the contents of a revision are not to be shown."""
        return self.gone or seq < self.before


NONE = Shield(0, gone=False)


def shields(connection: Connection, record_ids: Iterable[str]) -> dict[str, Shield]:
    """Return the shield of every record that has one."""
    found: dict[str, Shield] = {}
    for batch in batches(record_ids):
        before = _before(connection, batch)
        gone = set(connection.execute(select(RECORD.c.id).where(RECORD.c.id.in_(batch), gone_now())).scalars())
        gone |= {one for one, (_, hides) in before.items() if hides}
        for one in before.keys() | gone:
            found[one] = Shield(before[one][0] if one in before else 0, one in gone)
    return found


def _before(connection: Connection, record_ids: list[str]) -> dict[str, tuple[int, bool]]:
    """Return (the newest lasting protection, whether nothing has shown the record since) of those that have one."""
    lasting = func.max(case((LASTING, REVISION.c.seq)))
    hidden = func.max(case((REVISION.c.operation.in_(HIDING), REVISION.c.seq), else_=0))
    shown = func.max(case((REVISION.c.operation.not_in(HIDING), REVISION.c.seq), else_=0))
    query = (
        select(REVISION.c.record_id, lasting, hidden > shown)
        .where(of_records(record_ids))
        .group_by(REVISION.c.record_id)
        .having(lasting.is_not(None))
    )
    return {one: (seq, bool(hides)) for one, seq, hides in connection.execute(query)}


def gone_now() -> ColumnElement[bool]:
    """Return the clause that a record of the register is retracted for protection, by itself or with another."""
    above = RECORD.alias("above")
    with_another = (
        select(LINEAGE.c.ancestor_id)
        .join(above, above.c.id == LINEAGE.c.ancestor_id)
        .where(LINEAGE.c.record_id == RECORD.c.id, above.c.retracted_cause == Cause.PROTECTION.value)
        .exists()
    )
    own = RECORD.c.retracted_cause == Cause.PROTECTION.value
    # Never null, so that it can also be denied. What had been retracted before, for whatever reason, goes along.
    return and_(RECORD.c.retracted_cause.is_not(None), or_(own, with_another))


def telling(connection: Connection, record_ids: Iterable[str]) -> dict[str, frozenset[int]]:
    """Return the states of records that would tell of somebody who is gone, each by the revision that ends it or is it.

    A record that named somebody, and was corrected since, does not tell whom it named.
    """
    query = select(RECORD.c.id).where(RECORD.c.type.in_(NAMED), ~RECORD.c.public, gone_now())
    gone = set(connection.execute(query).scalars())
    found: dict[str, set[int]] = {}
    for batch in batches(record_ids if gone else ()):
        body = and_(CONTENT.c.seq == REVISION.c.seq, CONTENT.c.part == Part.BODY.value)
        rows = (
            select(REVISION.c.record_id, REVISION.c.seq, CONTENT.c.value)
            .join(CONTENT, body, isouter=True)
            .where(of_records(batch))
            .order_by(REVISION.c.record_id, REVISION.c.seq)
        )
        named: dict[str, bool] = {}
        for record_id, seq, value in connection.execute(rows):
            if named.get(record_id):
                # What comes next knows the state before it as the one before its own seq.
                found[record_id].add(seq - 1)
            named = {record_id: value is not None and not gone.isdisjoint(_NAMES.findall(value))}
            if named[record_id]:
                found.setdefault(record_id, set()).add(seq)
    return {one: frozenset(seqs) for one, seqs in found.items()}
