"""Why this file exists: what is protected now, and so at all times: one question for history, time travel and feeds.

A correction for protection, a seal or a redaction replaces what was recorded before it: those contents are withheld.
A record that was redacted, or is retracted for protection by itself or with what it stands in, is gone at every time.
"""

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, case, func, or_, select

from app.ledger.append import REVISION
from app.ledger.queries import of_records
from app.ledger.words import Cause, Operation
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
    # Never null, so that it can also be denied.
    retracted = RECORD.c.retracted_cause.is_not(None)
    return and_(retracted, or_(own, and_(RECORD.c.retracted_cause == Cause.PARENT.value, with_another)))
