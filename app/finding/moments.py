"""Why this file exists: the questions about time of recording; the ledger's own order answers them.

`recorded_at` goes up with every revision, so an instant is a `seq`, and a `seq` is what records are sorted by.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, String, and_, bindparam, func, select, true

from app.finding.conditions import Clause, Recorded, Shape, holds
from app.kit.clock import instant_text
from app.ledger.append import REVISION
from app.record.queries import RECORD
from app.store.types import Instant

NEWEST = 2**63 - 1


def _seq_at(at: str) -> ColumnElement[int]:
    """Return the first revision at or after the bound instant; the clock of the ledger goes up with every one."""
    instant = bindparam(at, type_=Instant())
    first = select(REVISION.c.seq).where(REVISION.c.recorded_at >= instant).order_by(REVISION.c.recorded_at).limit(1)
    return func.coalesce(first.scalar_subquery(), NEWEST, type_=BigInteger())


def _between(column: ColumnElement[int], at: str, since: datetime | None, before: datetime | None) -> list[Clause]:
    clauses: list[Clause] = []
    if since is not None:
        clauses.append(column >= _seq_at(f"{at}_a"))
    if before is not None:
        clauses.append(column < _seq_at(f"{at}_z"))
    return clauses


def _instants(at: str, since: datetime | None, before: datetime | None) -> dict[str, Any]:
    given = {f"{at}_a": since, f"{at}_z": before}
    return {name: instant_text(one) for name, one in given.items() if one is not None}


@dataclass(frozen=True)
class Created:
    """The record was first published between two instants; its `recorded` says so by itself."""

    since: datetime | None
    before: datetime | None

    @property
    def shape(self) -> Shape:
        """Return which ends there are."""
        return ("created", self.since is None, self.before is None)

    def values(self, at: str) -> dict[str, Any]:
        """Return both ends."""
        return _instants(at, self.since, self.before)

    def check(self, at: str, recorded: Recorded) -> Clause:
        """Compare with the first revisions at or after both ends."""
        return and_(*_between(recorded, at, self.since, self.before))


@dataclass(frozen=True)
class Changed:
    """The record's newest revision was made between two instants."""

    record_type: str
    since: datetime | None
    before: datetime | None

    @property
    def shape(self) -> Shape:
        """Return which ends there are."""
        return ("changed", self.since is None, self.before is None)

    def values(self, at: str) -> dict[str, Any]:
        """Return both ends, and the noun."""
        return {f"{at}_t": self.record_type, **_instants(at, self.since, self.before)}

    def check(self, at: str, recorded: Recorded) -> Clause:
        """Look at the record's row of the register; none changed before it was recorded, so a list begins there."""
        # Under a name of its own: the list may itself go through the register, and a column always equals itself.
        mine = RECORD.alias(at)
        here = and_(mine.c.recorded == recorded, mine.c.type == bindparam(f"{at}_t", type_=String()))
        changed = holds(select(mine.c.recorded).where(here, *_between(mine.c.seq, at, self.since, self.before)))
        return and_(changed, *_between(recorded, at, None, self.before))

    def found(self, at: str) -> Select[Any]:
        """Return the register's rows in the order of their newest revisions."""
        mine = (RECORD.c.type == bindparam(f"{at}_t", type_=String()), RECORD.c.public == true())
        return select(RECORD.c.recorded).where(*mine, *_between(RECORD.c.seq, at, self.since, self.before))
