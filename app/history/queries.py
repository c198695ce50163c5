"""Why this file exists: every SELECT of the history room; all of one answer are asked of one snapshot."""

from typing import Any

from sqlalchemy import Connection, select

from app.kit import ids
from app.ledger.append import REVISION
from app.record.queries import holder


def record_id(connection: Connection, record_type: str, handle: str) -> str | None:
    """Return the id of a record, public or not, by id or handle; null when there never was one."""
    return handle if ids.is_id(handle, record_type) else holder(connection, record_type, handle)


def newest(connection: Connection, record_type: str, one: str, before: int | None, limit: int) -> list[Any]:
    """Return rows of the newest revisions of a record whose version is below `before`, newest first."""
    query = select(REVISION).where(REVISION.c.record_type == record_type, REVISION.c.record_id == one)
    if before is not None:
        query = query.where(REVISION.c.version < before)
    return list(connection.execute(query.order_by(REVISION.c.version.desc()).limit(limit)))
