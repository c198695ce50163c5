"""Why this file exists: by what a record was found is kept when it changes, so that lists can be asked of the past.

A row says until which revision a record was found so; the first row whose `until` is beyond a state tells of it, and
where there is none, the index as it is now does.
"""

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, insert, select, update

from app.index.keys import Entries, spelt
from app.index.tables import IndexPast
from app.store.base import Row, batches, table_of

PAST = table_of(IndexPast)
Change = tuple[Entries | None, Entries | None]


def keep(connection: Connection, changes: Mapping[int, Change], until: Mapping[int, int]) -> None:
    """Keep what was before of some records {recorded: (before, after)}, null when not public; words are not kept.

    Of what a write changes more than once only the first is kept: in between nobody could read.
    """
    rows: list[Row] = []
    for recorded, (before, after) in sorted(changes.items()):
        end = until.get(recorded)
        if end is not None and recorded < end and not _alike(before, after):
            kind = _type(before or after)
            entries = None if before is None else spelt(before)
            rows.append({"recorded": recorded, "until": end, "type": kind, "entries": entries})
    new = [row for row in rows if (row["recorded"], row["until"]) not in _kept(connection, rows)] if rows else []
    if new:
        connection.execute(insert(PAST), new)


def _alike(before: Entries | None, after: Entries | None) -> bool:
    if before is None or after is None:
        return before is after
    return (before.terms, before.spans, before.rows) == (after.terms, after.spans, after.rows)


def _type(entries: Entries | None) -> str:
    """Return the noun of a record: everything in the index has that term."""
    return next(value for name, value in entries.terms if name == f"{value}.type") if entries else ""


def _kept(connection: Connection, rows: Iterable[Row]) -> set[tuple[int, int]]:
    found: set[tuple[int, int]] = set()
    for batch in batches(row["recorded"] for row in rows):
        query = select(PAST.c.recorded, PAST.c.until).where(PAST.c.recorded.in_(batch))
        found.update((row.recorded, row.until) for row in connection.execute(query))
    return found


def cover(connection: Connection, entries: Mapping[int, Entries]) -> None:
    """Have records found in the past as they are now: what they were found by before is to be forgotten."""
    for recorded, found in entries.items():
        mine = (PAST.c.recorded == recorded) & PAST.c.entries.is_not(None)
        connection.execute(update(PAST).where(mine).values(entries=spelt(found)))
