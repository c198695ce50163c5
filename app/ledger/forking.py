"""Why this file exists: forks as the database keeps them, and the one way to begin one."""

from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from app.ledger.append import HEAD
from app.ledger.forks import Fork
from app.ledger.tables import LedgerFork
from app.store.base import table_of

FORK = table_of(LedgerFork)
FORKS = select(FORK.c.ledger, FORK.c.parent, FORK.c.seq, FORK.c.chain).order_by(FORK.c.seq, FORK.c.recorded_at)


def forks(connection: Connection) -> list[Fork]:
    """Return every fork, the oldest first."""
    return [Fork(*row) for row in connection.execute(FORKS)]


def begin(connection: Connection, ledger: str, now: datetime) -> Fork:
    """Have the ledger go on under another id from its last revision; inside the caller's transaction."""
    taken = connection.execute(update(HEAD).values(seq=HEAD.c.seq).returning(*HEAD.c)).one()
    found = Fork(ledger, taken.ledger, taken.seq, taken.chain)
    at = now if taken.recorded_at is None else max(now, taken.recorded_at)
    connection.execute(insert(FORK).values(**found.value(), recorded_at=at))
    connection.execute(update(HEAD).values(ledger=ledger))
    return found
