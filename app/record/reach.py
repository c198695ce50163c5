"""Why this file exists: by which filters of the feed a revision is delivered is settled when it is written.

A follower who asks for one crisis must hear of what matches now, and of what matched before it changed. Both are kept
beside the revision, as readers could find the record before and after the write; and what it ever matched before, for
what takes the record away.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from sqlalchemy import Connection, select

from app.index.keys import Keys, field_name, unspelt
from app.index.past import PAST
from app.index.writing import POSTING, TERM
from app.kit import ids
from app.kit.canonical import JSON, compact, parse
from app.ledger.append import REVISION
from app.ledger.chain import Envelope
from app.ledger.queries import of_records
from app.record.queries import QUEUE, REACH
from app.record.refs import Entry
from app.store.base import batches
from app.store.bulk import insert_rows

# The names of the feed's filters by what a record is about; each is also a field of the index.
NAMES = ("crisis", "place", "theme", "report")


def reach_of(record_id: str, keys: Keys) -> JSON:
    """Return by what a record is found by the feed's filters: ids and codes by name, a name without any left out."""
    return _whole(record_id, {name: keys.terms.get(name, ()) for name in NAMES})


def _whole(record_id: str, found: Mapping[str, Iterable[str]]) -> JSON:
    """Return what is found, where a record is also found by its own id."""
    own = {ids.type_of(record_id): {record_id}}
    names = {name: sorted({*found.get(name, ()), *own.get(name, ())}) for name in NAMES}
    return {name: values for name, values in names.items() if values}


def united(*reaches: JSON | None) -> JSON | None:
    """Return everything that any of some reaches is found by; null when none is one."""
    some = [one for one in reaches if one is not None]
    if not some:
        return None
    names = {name: sorted({value for one in some for value in one.get(name, ())}) for name in NAMES}
    return {name: values for name, values in names.items() if values}


class Reaches:
    """Collects the revisions of one write; `replayed` tells what records were found by before it, out of the ledger."""

    def __init__(
        self, connection: Connection, first: int, replayed: Callable[[Iterable[str]], Mapping[str, JSON | None]]
    ) -> None:
        self._connection = connection
        self._first = first
        self._replayed = replayed
        self._revisions: list[Envelope] = []
        self._created: set[str] = set()
        # Records that were there before this write, by `recorded`, until what they were found by is read.
        self._unread: dict[int, Entry] = {}
        self._before: dict[str, JSON | None] = {}
        # Whether documents waited when this write began, for which the index is not what it should be.
        self._waited: bool | None = None

    def add(self, done: Envelope, entry: Entry, *, created: bool = False) -> None:
        """Take a revision, before anything of it is rendered."""
        self._revisions.append(done)
        if created:
            self._created.add(entry.id)
        elif entry.id not in self._before and entry.id not in self._created:
            self._before[entry.id] = None
            if entry.public:
                self._unread[entry.recorded] = entry

    def read(self) -> None:
        """Read what the records were found by; called before the index is touched."""
        if self._waited is None:
            self._waited = self._connection.execute(select(QUEUE.c.record_id).limit(1)).scalar() is not None
        if self._waited:
            self._before.update(self._replayed([one.id for one in self._unread.values()]))
            self._unread.clear()
        for batch in batches(self._unread):
            self._read([self._unread[one] for one in batch])
        self._unread.clear()

    def _read(self, some: list[Entry]) -> None:
        recorded = [one.recorded for one in some]
        names = [field_name(kind, name) for kind in {one.type for one in some} for name in NAMES]
        query = (
            select(POSTING.c.recorded, TERM.c.field, TERM.c.value)
            .join(TERM, TERM.c.id == POSTING.c.term)
            .where(POSTING.c.recorded.in_(recorded), TERM.c.field.in_(names))
        )
        found: dict[int, list[tuple[str, str]]] = {one: [] for one in recorded}
        for one, field, value in self._connection.execute(query):
            found[one].append((field, value))
        # What this very write has changed already was kept as it was before it.
        kept = select(PAST.c.recorded, PAST.c.entries).where(PAST.c.recorded.in_(recorded), PAST.c.until == self._first)
        for one, entries in self._connection.execute(kept):
            found[one] = [] if entries is None else list(unspelt(entries).terms)
        for entry in some:
            names_of: dict[str, set[str]] = defaultdict(set)
            for field, value in found[entry.recorded]:
                names_of[field.partition(".")[2]].add(value)
            self._before[entry.id] = _whole(entry.id, names_of)

    def store(self, keys: Mapping[str, Keys], entries: Mapping[str, Entry]) -> None:
        """Store what every revision is delivered by, from the keys of the records as they are now."""
        after = {
            one.record_id: reach_of(one.record_id, keys[one.record_id])
            for one in self._revisions
            if entries[one.record_id].public
        }
        changed = sorted({one.record_id for one in self._revisions if one.record_id in self._before})
        ever = self._ever(changed)
        rows = [
            {
                "seq": one.seq,
                "before": spelt(self._before.get(one.record_id)),
                "after": spelt(after.get(one.record_id)),
                "ever": spelt(ever.get(one.record_id)),
            }
            for one in self._revisions
        ]
        insert_rows(self._connection, REACH, rows)
        self._revisions.clear()

    def _ever(self, record_ids: list[str]) -> dict[str, JSON | None]:
        """Return what each record was found by after any of its revisions before this write."""
        found: dict[str, JSON | None] = {}
        for batch in batches(record_ids):
            query = (
                select(REVISION.c.record_id, REACH.c.before, REACH.c.after)
                .join(REACH, REACH.c.seq == REVISION.c.seq)
                .where(of_records(batch))
            )
            for record_id, *reaches in self._connection.execute(query):
                known = (parse(one) for one in reaches if one is not None)
                found[record_id] = united(found.get(record_id), *known)
        return found


def spelt(reach: JSON | None) -> str | None:
    """Return a reach as it is kept."""
    return None if reach is None else compact(reach).decode()
