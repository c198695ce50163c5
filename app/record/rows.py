"""Why this file exists: the rows of a transaction are collected and stored in batches, owners before what they own."""

from collections import Counter, defaultdict
from collections.abc import Mapping

from sqlalchemy import Connection, Table, bindparam, delete, insert, select, update

from app.kit.canonical import JSON
from app.record.noun import Noun
from app.record.queries import HANDLE, LINEAGE, RECORD, TALLY, TALLY_PAST, holder, tallies
from app.record.refs import Entry
from app.record.shape import to_rows
from app.store.base import Row
from app.store.bulk import insert_rows


class RowWriter:
    """Collects rows; `flush` stores them."""

    def __init__(self, connection: Connection, nouns: Mapping[str, Noun], first: int) -> None:
        """Take the first revision of the write: until then, counts are as they were."""
        self._connection = connection
        self._first = first
        # What counts were before this write.
        self._was: dict[tuple[str, str], int] = {}
        self._order: list[Table] = [RECORD, HANDLE, LINEAGE]
        for noun in nouns.values():
            self._order += noun.shape.tables()
        self._rows: dict[str, list[Row]] = defaultdict(list)
        self._handles: dict[tuple[str, str], str] = {}
        self._counts: Counter[tuple[str, str]] = Counter()
        self._new: set[str] = set()
        self._pending: dict[str, Entry] = {}
        self.touched: dict[str, Entry] = {}

    def add(self, noun: Noun, entry: Entry, body: JSON, ancestors: tuple[str, ...]) -> None:
        """Collect the rows of a new record."""
        self._new.add(entry.id)
        self.touch(entry)
        for ancestor in ancestors:
            place = {"ancestor_id": ancestor, "type": entry.type, "recorded": entry.recorded, "record_id": entry.id}
            self._rows[LINEAGE.name].append(place)
        self._add_facts(noun, entry, body)

    def replace(self, noun: Noun, entry: Entry, body: JSON, *, forget: bool = False) -> None:
        """Replace a record's facts; the rows are stored at once, since rows of the same keys go before.

        A former slug goes on finding the record, unless it is to be forgotten to protect somebody.
        """
        self.flush()
        if forget:
            old = (HANDLE.c.record_id == entry.id) & HANDLE.c.handle.not_in(noun.handles(body))
            self._connection.execute(delete(HANDLE).where(old))
            self._handles = {key: one for key, one in self._handles.items() if one != entry.id}
        shape = noun.shape
        for part in reversed(shape.all()[1:]):
            self._connection.execute(delete(part.table).where(part.table.c[part.key[0]] == entry.id))
        rows = to_rows(shape, entry.id, body)
        (main,) = rows.pop(shape.table.name)
        key = shape.table.c[shape.key[0]]
        self._connection.execute(update(shape.table).where(key == entry.id).values(main))
        for name, some in rows.items():
            self._rows[name] += some
        self._add_handles(noun, entry, body)

    def _add_facts(self, noun: Noun, entry: Entry, body: JSON) -> None:
        for name, some in to_rows(noun.shape, entry.id, body).items():
            self._rows[name] += some
        self._add_handles(noun, entry, body)

    def _add_handles(self, noun: Noun, entry: Entry, body: JSON) -> None:
        for handle in noun.handles(body):
            if self.holder(noun.type, handle) is None:
                self._handles[noun.type, handle] = entry.id
                self._rows[HANDLE.name].append({"type": noun.type, "handle": handle, "record_id": entry.id})

    def holder(self, record_type: str, handle: str) -> str | None:
        """Return the id of the record that a handle finds, or null."""
        if (record_type, handle) not in self._handles:
            found = holder(self._connection, record_type, handle)
            if found is None:
                return None
            self._handles[record_type, handle] = found
        return self._handles[record_type, handle]

    def twin(self, noun: Noun, record_id: str, body: JSON) -> str | None:
        """Return the id of another record that is the same in all columns that its noun has only once, or null."""
        if not noun.unique:
            return None
        self.flush()
        table = noun.shape.table
        (row,) = to_rows(noun.shape, record_id, body)[table.name]
        same = [table.c[name] == row[name] for name in noun.unique]
        query = select(table.c[noun.shape.key[0]]).where(table.c[noun.shape.key[0]] != record_id, *same)
        return self._connection.execute(query).scalar()

    def count(self, record_id: str, name: str, step: int) -> None:
        """Add to a count."""
        self._counts[record_id, name] += step

    def touch(self, entry: Entry) -> None:
        """Have a record's row of the register stored again."""
        self._pending[entry.id] = self.touched[entry.id] = entry

    def flush(self) -> None:
        """Store what was collected."""
        new = [entry.row() for one, entry in self._pending.items() if one in self._new]
        changed = [entry.row() for one, entry in self._pending.items() if one not in self._new]
        self._rows[RECORD.name] += new
        if changed:
            by_id = [{**row, "_id": row["id"]} for row in changed]
            self._connection.execute(update(RECORD).where(RECORD.c.id == bindparam("_id")), by_id)
        for table in self._order:
            insert_rows(self._connection, table, self._rows.pop(table.name, ()))
        self._new, self._pending = set(), {}
        self._flush_counts()

    def _flush_counts(self) -> None:
        steps = {key: step for key, step in self._counts.items() if step}
        self._counts.clear()
        if not steps:
            return
        known = tallies(self._connection, {record_id for record_id, _ in steps})
        rows: list[Row] = [
            {"_id": record_id, "_name": name, "total": known.get(record_id, {}).get(name, 0) + step}
            for (record_id, name), step in steps.items()
        ]
        for one, name in steps.keys() - self._was.keys():
            self._was[one, name] = known.get(one, {}).get(name, 0)
        old = [row for row in rows if row["_name"] in known.get(row["_id"], {})]
        new = [row for row in rows if row["_name"] not in known.get(row["_id"], {})]
        here = (TALLY.c.record_id == bindparam("_id")) & (TALLY.c.name == bindparam("_name"))
        if old:
            self._connection.execute(update(TALLY).where(here), old)
        if new:
            named = [{"record_id": row["_id"], "name": row["_name"], "total": row["total"]} for row in new]
            self._connection.execute(insert(TALLY), named)

    def keep_counts(self) -> None:
        """Keep what counts were before this write, those that it has changed; called once, when all is flushed."""
        now = tallies(self._connection, {record_id for record_id, _ in self._was})
        changed = [(key, total) for key, total in sorted(self._was.items()) if now[key[0]].get(key[1], 0) != total]
        kept = [
            {"record_id": one, "name": name, "until": self._first, "total": total} for (one, name), total in changed
        ]
        insert_rows(self._connection, TALLY_PAST, kept)
