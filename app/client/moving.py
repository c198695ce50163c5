"""Why this file exists: a copy with filters, when something moves: a report that changes its crisis takes claims along.

What stands in a record is found by what the record is; the move writes no revision for it. So whenever a report, a
claim or a place is corrected, the lists are asked what is in them now: what has come is taken in with its past, and
what has left is taken out.
"""

from collections.abc import Iterable, Mapping
from typing import Protocol

from app.client.copy import Copy
from app.client.exchange import Filter
from app.client.shelving import Shelf, Source
from app.kit.canonical import JSON, canonical
from app.ledger.words import Operation

# The lists that each filter of the feed chooses from, beside the record itself that it names.
LISTS: Mapping[str, tuple[str, ...]] = {
    "crisis": ("report", "claim", "figure", "relation"),
    "report": ("claim", "figure", "relation"),
    "theme": ("report", "claim", "figure"),
    "place": ("place", "crisis", "report", "claim", "figure"),
}
# What stands in a record of each noun, so that it moves with it.
BELOW: Mapping[str, tuple[str, ...]] = {"report": ("claim", "figure", "relation"), "claim": ("figure", "relation")}
NAMED = 100
EVER = 2**62


class Lists(Source, Protocol):
    """A source that also gives lists, and the feed of what stands in a record."""

    def listed(self, noun: str, asked: Mapping[str, Filter]) -> tuple[dict[str, JSON], int]:
        """Return every document of a list, and the newest revision when its first page was read."""

    def one(self, noun: str, name: str) -> str | None:
        """Return the id of a record by its id or slug; null when it is not there."""

    def past(self, asked: Mapping[str, Filter], through: int) -> Iterable[JSON]:
        """Yield the revisions with their contents of what some filters choose."""


class Moving:
    """Keeps what a copy holds the same as what its filters choose."""

    def __init__(self, copy: Copy, source: Lists, shelf: Shelf) -> None:
        self._copy = copy
        self._source = source
        self._shelf = shelf
        filters = dict(copy.state.filters)
        types = filters.pop("types", None)
        self._filters = filters
        self._types = set(types.split(",")) if types else None

    def nouns(self) -> list[str]:
        """Return the nouns that the filters choose from."""
        every = {noun for lists in LISTS.values() for noun in lists} | {"actor", "vocabulary"}
        return [
            noun
            for noun in sorted(every)
            if all(noun == name or noun in LISTS[name] for name in self._filters)
            and (self._types is None or noun in self._types)
        ]

    def follow(self, rows: list[JSON], through: int) -> None:
        """Have what the records of a page took with them come or go; inside the page's transaction."""
        if not self._filters and self._types is None:
            return
        moved = {row["record_id"]: row["record_type"] for row in rows if row["operation"] != Operation.CREATE.value}
        if self._filters and "place" in moved.values():
            self.refresh(through)
        elif self._filters:
            for noun in BELOW:
                self._below(noun, [one for one, kind in moved.items() if kind == noun], through)
        self._counted(rows)

    def refresh(self, through: int) -> None:
        """Read everything that the filters choose, and let go of everything else."""
        for noun in self.nouns():
            found, read_at = self._chosen(noun, {})
            self._settle(noun, found, read_at, self._copy.members(noun), through)

    def _below(self, noun: str, record_ids: list[str], through: int) -> None:
        for below in BELOW[noun]:
            if below not in self.nouns():
                continue
            if below == "relation" and record_ids:
                # They are few, and do not show in which reports their ends stand.
                found, read_at = self._chosen(below, {})
                self._settle(below, found, read_at, self._copy.members(below), through)
                continue
            for at in range(0, len(record_ids), NAMED):
                some = record_ids[at : at + NAMED]
                found, read_at = self._chosen(below, {noun: some})
                numbers = self._copy.numbers(some)
                here = self._copy.showing(numbers.values(), EVER, below)
                self._settle(below, found, read_at, here, through, {noun: some})

    def _chosen(self, noun: str, more: Mapping[str, Filter]) -> tuple[dict[str, JSON], int]:
        """Return the documents of a noun that the filters choose, of those that stand in some records."""
        # Only the list of places is chosen from by a filter of its own name: by all that lies in a place.
        own = None if noun == "place" else self._filters.get(noun)
        asked: dict[str, Filter] = {name: value for name, value in self._filters.items() if own is None or name != noun}
        # A list takes each name once: where the filters name reports too, what stands in others is none of ours.
        taken = {name: value for name, value in more.items() if name not in asked}
        found, read_at = self._source.listed(noun, {**asked, **taken})
        for name, value in more.items():
            if name in asked:
                wanted = set(value) if isinstance(value, list) else {value}
                found = {one: document for one, document in found.items() if _shows(document, name, wanted)}
        if own is not None:
            ids = {self._source.one(noun, name) for name in own.split(",")}
            found = {one: document for one, document in found.items() if one in ids}
        return found, read_at

    def _settle(
        self,
        noun: str,
        found: Mapping[str, JSON],
        read_at: int,
        here: Iterable[str],
        through: int,
        asked: Mapping[str, Filter] | None = None,
    ) -> None:
        held = {one for one, (_, member) in self._copy.held({*here, *found}).items() if member}
        self._shelf.drop(held.intersection(here) - found.keys())
        self._shelf.put(found.values(), read_at)
        if found.keys() - held:
            self._bring_past(noun, found.keys() - held, through, asked or {})

    def _bring_past(self, noun: str, record_ids: Iterable[str], through: int, asked: Mapping[str, Filter]) -> None:
        """Take in the contents of revisions that did not match when they were made."""
        come = set(record_ids)
        narrow = {name: value for name, value in asked.items() if name == "report"}
        for row in self._source.past({"types": noun, **narrow}, through):
            if row["record_id"] in come and not row["bare"]:
                self._copy.db.run("UPDATE revision SET bare = ? WHERE seq = ?", (False, row["seq"]))
                self._copy.db.run("DELETE FROM revision_content WHERE seq = ?", (row["seq"],))
                self._copy.db.run(
                    "INSERT INTO revision_content (seq, body_salt, body, note_salt, note) VALUES (?, ?, ?, ?, ?)",
                    (row["seq"], *texts(row)),
                )

    def _counted(self, rows: list[JSON]) -> None:
        """Read again what counts or lists records that the filters leave out, whose revisions do not say where."""
        bare = {row["record_id"]: row for row in rows if row["bare"]}
        kinds = {row["record_type"] for row in bare.values()}
        if not kinds & {"report", "claim", "figure"}:
            return
        latest = max(row["seq"] for row in bare.values())
        stale = set(self._copy.older(("actor", "report", "crisis"), latest))
        figures = [one for one, row in bare.items() if row["record_type"] == "figure"]
        if figures and self._copy.older(("claim",), latest):
            found, _ = self._source.documents(figures)
            stale |= self._copy.held({document["claim"]["id"] for document in found.values()}).keys()
        if stale:
            documents, read_at = self._source.documents(sorted(stale))
            self._shelf.drop(stale - documents.keys())
            self._shelf.put(documents.values(), read_at, member=None)


def _shows(document: JSON, name: str, wanted: set[Filter]) -> bool:
    if document["type"] == "relation":
        return True
    return document[name]["id"] in wanted


def texts(row: JSON) -> tuple[str | None, ...]:
    """Return the salts and contents of a revision as the copy stores them; null where they are withheld."""
    found: list[str | None] = []
    for part in ("body", "note"):
        content = row["contents"][part] if row["contents"] else None
        spelled = content.get("canonical") or canonical(content["value"]).decode() if content else None
        found += (content["salt"], spelled) if content else (None, None)
    return tuple(found)
