"""Why this file exists: documents put into a copy and taken out, each with its flat rows and with whom it shows."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Protocol

from app.client import layout
from app.client.copy import Copy
from app.client.databases import Row, quoted
from app.client.names import says_the_same, shown, without_quotes
from app.exports.tables import TABLES, Table
from app.kit.canonical import JSON, compact, parse
from app.kit.ids import type_of

_BY_NOUN = {
    noun: [one for one in TABLES.values() if one.noun == noun] for noun in {one.noun for one in TABLES.values()}
}
PLACE = "plc_"


class Source(Protocol):
    """Where documents and contents are read again."""

    def documents(self, record_ids: Iterable[str]) -> tuple[dict[str, JSON], int]:
        """Return the documents of those records that are public, and the newest revision when they were read."""

    def revision(self, seq: int) -> JSON | None:
        """Return one revision as the feed gives it now, with its contents."""


class Shelf:
    """The documents of a copy, inside the caller's transaction."""

    def __init__(self, copy: Copy, source: Source) -> None:
        self._copy = copy
        self._db = copy.db
        self._source = source
        self._numbers: dict[str, int] = {}
        self._places: dict[str, JSON | None] = {}
        self._last = self._db.rows("SELECT coalesce(max(n), 0) FROM record")[0][0]

    def forget(self) -> None:
        """Forget what was remembered, after a transaction that was not kept or grew too large."""
        self._numbers.clear()
        self._places.clear()
        self._last = self._db.rows("SELECT coalesce(max(n), 0) FROM record")[0][0]

    # --- numbers ------------------------------------------------------------------------------------------------------

    def numbers(self, record_ids: Iterable[str]) -> Mapping[str, int]:
        """Return the number of each record, also of one of which no revision has come yet."""
        wanted = set(record_ids)
        if len(self._numbers) > 500_000:
            self._numbers.clear()
        unknown = wanted - self._numbers.keys()
        if unknown:
            self._numbers.update(self._copy.numbers(unknown))
        new = sorted(wanted - self._numbers.keys())
        if new:
            rows: list[Row] = []
            for one in new:
                self._last += 1
                self._numbers[one] = self._last
                rows.append((self._last, one, type_of(one), 0, 0, "", None, ""))
            self._db.add("record", layout.RECORD, rows)
        return self._numbers

    # --- documents ----------------------------------------------------------------------------------------------------

    def put(self, documents: Iterable[JSON], read_at: int, *, member: bool | None = True) -> list[str]:
        """Put documents into the copy; return those of which others show something else than before.

        member: whether the filters choose them; null leaves what is here as it is.
        """
        whole = {one["id"]: without_quotes(one) for one in documents}
        bodies = {one: compact(document) for one, document in whole.items()}
        held = self._copy.held(whole)
        old = self._copy.documents(held)
        self._take_out(held)
        names = {one: shown(body, one) for one, body in bodies.items()}
        self._know_places(whole, names)
        numbers = self.numbers({*whole, *(other for named in names.values() for other in named)})
        self._db.add(
            "document",
            layout.DOCUMENT,
            [
                (
                    numbers[one],
                    one,
                    document["type"],
                    read_at,
                    member or held.get(one, (0, False))[1],
                    bodies[one].decode(),
                )
                for one, document in whole.items()
            ],
        )
        self._db.add(
            "embedded",
            layout.EMBEDDED,
            [(numbers[other], numbers[one]) for one, named in names.items() for other in named],
        )
        changed = [one for one, document in whole.items() if one not in old or not says_the_same(old[one], document)]
        self._flatten(document for one, document in whole.items() if member or held.get(one, (0, False))[1])
        self._flatten_where(one for one in changed if one.startswith(PLACE))
        return [one for one in changed if one in old]

    def drop(self, record_ids: Iterable[str]) -> None:
        """Take documents out of the copy."""
        held = self._copy.held(record_ids)
        self._take_out(held)
        for one in held:
            if one.startswith(PLACE):
                # It may still be shown, by what is chosen for another reason: then it is read beside the filters.
                self._places.pop(one, None)
        self._flatten_where(one for one in held if one.startswith(PLACE))

    def _take_out(self, held: Iterable[str]) -> None:
        ids = list(held)
        if not ids:
            return
        for record_type in {type_of(one) for one in ids}:
            for table in _BY_NOUN.get(record_type, ()):
                name, column = quoted(table.name), quoted(layout.owner(table))
                mine = [one for one in ids if type_of(one) == record_type]
                self._db.run_among(f"DELETE FROM {name} WHERE {column} IN (…)", mine)  # noqa: S608 - names of ours
                self._due(table.name)
        numbers = self.numbers(ids)
        self._db.run_among("DELETE FROM embedded WHERE document IN (…)", [numbers[one] for one in ids])
        self._db.run_among("DELETE FROM document WHERE id IN (…)", ids)

    # --- flat rows ----------------------------------------------------------------------------------------------------

    def _know_places(self, whole: Mapping[str, JSON], names: Mapping[str, list[str]]) -> None:
        """Have every place that these documents name at hand, from here or from the server."""
        self._places.update((one, document) for one, document in whole.items() if one.startswith(PLACE))
        wanted = {other for named in names.values() for other in named if other.startswith(PLACE)}
        unknown = wanted - self._places.keys()
        if not unknown:
            return
        self._places.update(self._copy.documents(unknown))
        if away := sorted(unknown - self._places.keys()):
            found, read_at = self._source.documents(away)
            self._places.update({one: found.get(one) for one in away})
            if found:
                self.put(found.values(), read_at, member=False)

    def flatten_again(self) -> None:
        """Make all flat rows again, after their layout has changed."""
        layout.drop_flat(self._db)
        layout.create_flat(self._db)
        for record_type in _BY_NOUN:
            members = self._copy.members(record_type)
            for at in range(0, len(members), 1000):
                documents = self._copy.documents(members[at : at + 1000])
                self._know_places({}, {one: shown(compact(found), one) for one, found in documents.items()})
                self._flatten(documents.values())
        self._db.run("UPDATE pull_state SET tables = ?", (layout.signature(),))

    def _flatten_where(self, places: Iterable[str]) -> None:
        """Make the rows again of what lies in places that changed: rows tell the areas around a place."""
        moved = list(places)
        if not moved:
            return
        numbers = self.numbers(moved)
        query = (
            "SELECT DISTINCT d.id, d.body FROM embedded e JOIN document d ON d.n = e.document"
            " WHERE d.member AND e.source IN (…)"
        )
        found: dict[str, str] = dict(self._db.among(query, [numbers[one] for one in moved]))
        for table in TABLES.values():
            mine = [one for one in found if type_of(one) == table.noun]
            column = quoted(layout.owner(table))
            self._db.run_among(f"DELETE FROM {quoted(table.name)} WHERE {column} IN (…)", mine)  # noqa: S608
        self._know_places({}, {one: shown(body.encode(), one) for one, body in found.items()})
        self._flatten(parse(body) for body in found.values())

    def _flatten(self, documents: Iterable[JSON]) -> None:
        rows: dict[str, list[Row]] = {}
        for document in documents:
            for table in _BY_NOUN.get(document["type"], ()):
                rows.setdefault(table.name, []).extend(_rows(table, document, self._places.get))
        for name, some in rows.items():
            self._db.add(quoted(name), TABLES[name].names, some)
            self._due(name)

    def _due(self, name: str) -> None:
        """Have the files of a table written anew."""
        self._db.run("INSERT INTO pull_file VALUES (?) ON CONFLICT DO NOTHING", (name,))


_DECIMALS = {
    name: [at for at, one in enumerate(table.columns) if one.kind == "decimal"] for name, table in TABLES.items()
}


def _rows(table: Table, document: JSON, places: Any) -> list[Row]:
    """Return the flat rows of a document as the copy stores them: numbers with a fraction as text, to the digit."""
    decimals = _DECIMALS[table.name]
    if not decimals:
        return list(table.cells(document, places))
    rows = [list(row) for row in table.cells(document, places)]
    for row in rows:
        for at in decimals:
            cell = row[at]
            if isinstance(cell, Decimal):
                row[at] = format(cell, "f")
    return [tuple(row) for row in rows]
