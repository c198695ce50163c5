"""Why this file exists: who stands in whom, for the verbs: what falls, rises or is read again with a record."""

from collections.abc import Mapping

from sqlalchemy import Connection

from app.ledger import queries as ledger_queries
from app.record import queries
from app.record.lifecycle import is_public
from app.record.noun import Noun
from app.record.refs import Entry, Refs
from app.record.shelf import Shelf


class Standing:
    """Asks the lineage of one transaction."""

    def __init__(self, connection: Connection, nouns: Mapping[str, Noun], shelf: Shelf) -> None:
        self._connection = connection
        self._nouns = nouns
        self._shelf = shelf

    def ancestors(self, record_id: str) -> list[str]:
        """Return all that a record stands in, nearest first, brought to hand."""
        entry = self._shelf.entries[record_id]
        above = self._nouns[entry.type].ancestors(self._shelf.body(record_id), Refs(self._shelf))
        self._shelf.load(above)
        return list(above)

    def descendants(self, record_id: str) -> list[Entry]:
        """Return all that stands or falls with a record, first recorded first: whoever stands in comes after."""
        found: set[str] = set()
        waiting = [record_id]
        while waiting:
            below = set(queries.descendants(self._connection, waiting)) - found
            found |= below
            waiting = sorted(below)
        self._shelf.load_bodies(sorted(found))
        return sorted((self._shelf.entries[one] for one in found), key=lambda entry: entry.recorded)

    def coming_back(self, record_id: str) -> list[Entry]:
        """Return what becomes public again with a record: not what was retracted by itself."""
        coming = {record_id}
        children = []
        for child in self.descendants(record_id):
            above = [one in coming or self._shelf.entries[one].public for one in self.ancestors(child.id)]
            if not child.public and is_public(child.status, above):
                coming.add(child.id)
                children.append(child)
        return children

    def told(self, record_id: str) -> set[str]:
        """Return a record, all that stands in it, and all that any of these name: whom its text may speak of.

        What they named before they were corrected is told too: the text goes on naming it.
        """
        self._shelf.load([record_id])
        within = [record_id, *(one.id for one in self.descendants(record_id))]
        named = {
            reference
            for one, body in ledger_queries.every_body(self._connection, within)
            for _, reference in self._nouns[self._shelf.entries[one].type].references(body)
        }
        return {*within, *named}
