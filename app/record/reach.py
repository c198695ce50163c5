"""Why this file exists: by which filters of the feed a revision is delivered is settled when it is written.

A follower who asks for one crisis must hear of what matches now, and of what matched before it changed. Both are kept
beside the revision, as readers could find the record before and after the write; and what it ever matched before, for
what takes the record away.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, select

from app.index.keys import Keys, field_name
from app.index.writing import POSTING, TERM
from app.kit.canonical import JSON, compact, parse
from app.ledger.append import REVISION
from app.ledger.chain import Envelope
from app.ledger.queries import of_records
from app.record.queries import REACH
from app.record.refs import Entry
from app.store.base import batches
from app.store.bulk import insert_rows

# The names of the feed's filters by what a record is about; each is also a field of the index.
NAMES = ("crisis", "place", "theme", "report")


def reach_of(entry: Entry, keys: Keys) -> JSON:
    """Return by what a record is found by the feed's filters: ids and codes by name, a name without any left out."""
    return _whole(entry, {name: keys.terms.get(name, ()) for name in NAMES})


def _whole(entry: Entry, found: Mapping[str, Iterable[str]]) -> JSON:
    """Return what is found, where a record is also found by its own id."""
    own = {entry.type: {entry.id}} if entry.type in NAMES else {}
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
    """Collects the revisions of one write."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._revisions: list[Envelope] = []
        # Records that were there before this write, by `recorded`, until what they were found by is read.
        self._unread: dict[int, Entry] = {}
        self._before: dict[str, JSON | None] = {}

    def add(self, done: Envelope, entry: Entry, *, created: bool = False) -> None:
        """Take a revision, before anything of it is rendered."""
        self._revisions.append(done)
        if not created and entry.id not in self._before:
            self._before[entry.id] = None
            if entry.public:
                self._unread[entry.recorded] = entry

    def read(self) -> None:
        """Read what the records were found by; called before the index is touched."""
        for batch in batches(self._unread):
            fields = [field_name(kind, name) for kind in {self._unread[one].type for one in batch} for name in NAMES]
            query = (
                select(POSTING.c.recorded, TERM.c.field, TERM.c.value)
                .join(TERM, TERM.c.id == POSTING.c.term)
                .where(POSTING.c.recorded.in_(batch), TERM.c.field.in_(fields))
            )
            found: dict[int, dict[str, set[str]]] = {one: defaultdict(set) for one in batch}
            for recorded, field, value in self._connection.execute(query):
                found[recorded][field.partition(".")[2]].add(value)
            for one, names in found.items():
                self._before[self._unread[one].id] = _whole(self._unread[one], names)
        self._unread.clear()

    def store(self, keys: Mapping[str, Keys], entries: Mapping[str, Entry]) -> None:
        """Store what every revision is delivered by, from the keys of the records as they are now."""
        after = {
            one.record_id: reach_of(entries[one.record_id], keys[one.record_id])
            for one in self._revisions
            if entries[one.record_id].public
        }
        changed = sorted({one.record_id for one in self._revisions if one.record_id in self._before})
        ever = self._ever(changed)
        rows = [
            {
                "seq": one.seq,
                "before": _text(self._before.get(one.record_id)),
                "after": _text(after.get(one.record_id)),
                "ever": _text(ever.get(one.record_id)),
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


def _text(reach: JSON | None) -> str | None:
    return None if reach is None else compact(reach).decode()
