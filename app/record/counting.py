"""Why this file exists: the counts that every write keeps, so that reading never counts."""

from collections import Counter
from collections.abc import Mapping

from app.kit.canonical import JSON
from app.record.noun import Noun
from app.record.refs import Entry, Refs
from app.record.rows import RowWriter
from app.record.shelf import Shelf
from app.record.standing import Standing


class Counting:
    """The counts of one write; `counted` are the records whose counts have changed."""

    def __init__(self, nouns: Mapping[str, Noun], shelf: Shelf, standing: Standing, rows: RowWriter) -> None:
        self._nouns = nouns
        self._shelf = shelf
        self._standing = standing
        self._rows = rows
        self.counted: set[str] = set()

    def count(self, entry: Entry, step: int) -> None:
        """Count a record that becomes public (1), or no longer is (-1)."""
        for key in self._tallies([entry]).elements():
            self._step(key, step)

    def anew(self, entry: Entry, body: JSON) -> None:
        """Take up a corrected body, and move the counts that go by it: a report's claims count for its crisis."""
        standing = [entry, *(one for one in self._standing.descendants(entry.id) if one.public)]
        before = self._tallies(standing)
        self._shelf.bodies[entry.id] = body
        after = self._tallies(standing)
        for key in {*before, *after}:
            if step := after[key] - before[key]:
                self._step(key, step)

    def _step(self, key: tuple[str, str], step: int) -> None:
        self._rows.count(*key, step)
        self.counted.add(key[0])

    def _tallies(self, entries: list[Entry]) -> Counter[tuple[str, str]]:
        refs = Refs(self._shelf)
        found: Counter[tuple[str, str]] = Counter()
        for one in entries:
            found.update(self._nouns[one.type].tallies(self._shelf.body(one.id), refs))
        return found
