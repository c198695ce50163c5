"""Why this file exists: by what a record was found is kept when it changes, so that lists can be asked of the past.

A row says until which revision a record was found so; the first row whose `until` is beyond a state tells of it, and
where there is none, the index as it is now does.
"""

from collections.abc import Mapping

from sqlalchemy import Connection, delete, select

from app.index.keys import Entries, spelt
from app.index.tables import IndexPast
from app.store.base import Row, batches, table_of
from app.store.bulk import insert_rows

PAST = table_of(IndexPast)
Change = tuple[Entries | None, Entries | None]


def keep(connection: Connection, changes: Mapping[int, Change], until: Mapping[int, int]) -> None:
    """Keep what was before of some records {recorded: (before, after)}, null when not public; words are not kept.

    Of what a write changes more than once only the first is kept, since in between nobody could read; and nothing is
    when in the end it is again as it was.
    """
    ends = {one: end for one in sorted(changes) if (end := until.get(one)) is not None and one < end}
    known = _known(connection, ends)
    rows: list[Row] = []
    for recorded, end in ends.items():
        before, after = changes[recorded]
        if (recorded, end) in known:
            if known[recorded, end] == _text(after):
                here = (PAST.c.recorded == recorded) & (PAST.c.until == end)
                connection.execute(delete(PAST).where(here))
        elif not alike(before, after):
            rows.append({"recorded": recorded, "until": end, "type": _type(before or after), "entries": _text(before)})
    insert_rows(connection, PAST, rows)


def alike(before: Entries | None, after: Entries | None) -> bool:
    """Whether a record is found by the same twice, whatever its words are."""
    if before is None or after is None:
        return before is after
    return (before.terms, before.spans, before.rows) == (after.terms, after.spans, after.rows)


def _text(found: Entries | None) -> str | None:
    return None if found is None else spelt(found)


def _type(entries: Entries | None) -> str:
    """Return the noun of a record: everything in the index has that term."""
    return next(value for name, value in entries.terms if name == f"{value}.type") if entries else ""


def _known(connection: Connection, ends: Mapping[int, int]) -> dict[tuple[int, int], str | None]:
    """Return what is kept already of the records until those ends."""
    found: dict[tuple[int, int], str | None] = {}
    for batch in batches(ends):
        query = select(PAST.c.recorded, PAST.c.until, PAST.c.entries).where(PAST.c.recorded.in_(batch))
        query = query.where(PAST.c.until.in_({ends[one] for one in batch}))
        found.update(((row.recorded, row.until), row.entries) for row in connection.execute(query))
    return found


def rewrite(connection: Connection, wanted: Mapping[int, list[Row]]) -> int:
    """Have kept of some records {recorded: rows} exactly that; return how many rows were not so."""
    found: dict[tuple[int, int], Row] = {}
    for batch in batches(wanted):
        for row in connection.execute(select(PAST).where(PAST.c.recorded.in_(batch))).mappings():
            found[row["recorded"], row["until"]] = dict(row)
    right = {(row["recorded"], row["until"]): row for rows in wanted.values() for row in rows}
    wrong = [key for key, row in found.items() if right.get(key) != row]
    for recorded, until in wrong:
        connection.execute(delete(PAST).where(PAST.c.recorded == recorded, PAST.c.until == until))
    new = [row for key, row in right.items() if found.get(key) != row]
    insert_rows(connection, PAST, new)
    return len({*wrong, *((row["recorded"], row["until"]) for row in new)})
