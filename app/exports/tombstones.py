"""Why this file exists: a copy must learn what to drop: what was retracted stands in a table as rows without facts.

A retracted record gives its id, when and why. One that is gone, to protect somebody, gives its id alone: whoever has a
copy erases it. Filters do not apply to them, since there is nothing left to filter by.
"""

from collections.abc import Iterator

from sqlalchemy import Connection, select

from app.exports.columns import Cell, Table
from app.kit.clock import instant_text
from app.record.lifecycle import Status
from app.record.protection import shields
from app.record.queries import RECORD

GONE = "gone"
BATCH = 500


class Tombstones:
    """The rows of what was retracted, oldest first; read a few at a time, as often as they are asked for."""

    def __init__(self, connection: Connection, table: Table, batch: int = BATCH) -> None:
        self._connection = connection
        self._table = table
        self._batch = batch

    def __iter__(self) -> Iterator[tuple[Cell, ...]]:
        """Yield a row for every record of the noun that was retracted."""
        columns = (RECORD.c.recorded, RECORD.c.id, RECORD.c.retracted_at, RECORD.c.retracted_cause)
        query = select(*columns).where(RECORD.c.type == self._table.noun, RECORD.c.retracted_at.is_not(None))
        after = -1
        while True:
            batch = query.where(RECORD.c.recorded > after).order_by(RECORD.c.recorded).limit(self._batch)
            rows = self._connection.execute(batch).all()
            protected = shields(self._connection, [row.id for row in rows])
            for _, record_id, at, cause in rows:
                if record_id in protected and protected[record_id].gone:
                    yield self._table.tombstone({"id": record_id, "status": GONE})
                else:
                    when = {"retracted_at": instant_text(at), "retracted_cause": cause}
                    yield self._table.tombstone({"id": record_id, "status": Status.RETRACTED.value, **when})
            if len(rows) < self._batch:
                return
            after = rows[-1].recorded
