"""Why this file exists: what a renderer may know of other records, each use remembered.

A document is a function of its own body, its lifecycle, and what it asks of `Refs`. Because every question is noted,
the desk knows which documents to render again when a card changes; nobody keeps that list by hand.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from app.kit.canonical import JSON
from app.kit.clock import instant_text


@dataclass
class Entry:
    """A record's row of the register."""

    id: str
    type: str
    recorded: int
    seq: int
    version: int
    status: str
    public: bool
    recorded_at: datetime
    changed_at: datetime
    corrections: int = 0
    corrected_at: datetime | None = None
    corrected_cause: str | None = None
    corrected_note: str | None = None
    retracted_at: datetime | None = None
    retracted_cause: str | None = None
    retracted_note: str | None = None

    def retract(self, at: datetime, cause: str, note: str | None) -> None:
        """State that readers do not get the record any more, since when and why."""
        self.public = False
        self.retracted_at, self.retracted_cause, self.retracted_note = at, cause, note

    def come_back(self) -> None:
        """State that readers get the record again."""
        self.public = True
        self.retracted_at = self.retracted_cause = self.retracted_note = None

    def row(self) -> dict[str, Any]:
        """Return the row as the register stores it; every field is a plain value."""
        return dict(self.__dict__)


class Lifecycle:
    """The part of a document that the desk knows: status, version, corrections and dates."""

    def __init__(self, entry: Entry) -> None:
        self._entry = entry

    def terms(self) -> dict[str, list[str]]:
        """Return what every record is found by."""
        entry = self._entry
        corrected = "true" if entry.corrections else "false"
        return {"type": [entry.type], "status": [entry.status], "corrected": [corrected]}

    def view(self) -> dict[str, Any]:
        """Return the fields that every record ends with."""
        entry = self._entry
        return {
            "status": entry.status,
            "version": entry.version,
            "corrections": {
                "count": entry.corrections,
                "last_at": instant_text(entry.corrected_at) if entry.corrected_at else None,
                "last_cause": entry.corrected_cause,
                "note": entry.corrected_note,
            },
            "recorded_at": instant_text(entry.recorded_at),
            "changed_at": instant_text(entry.changed_at),
        }


class Source(Protocol):
    """Where `Refs` finds things: the desk's shelf."""

    def body(self, record_id: str) -> JSON:
        """Return a record's body."""

    def card(self, record_id: str) -> JSON:
        """Return a record's card."""

    def term(self, vocabulary: str, code: str) -> JSON:
        """Return a term of a vocabulary."""

    def children(self, record_id: str, record_type: str) -> list[str]:
        """Return the ids of the public records of a type that stand in a record, first recorded first."""

    def tally(self, record_id: str) -> dict[str, int]:
        """Return the counts of a record."""

    def texts(self, record_id: str) -> dict[int, str]:
        """Return {edition: text} of what is held of a record now."""


class Refs:
    """What one renderer asks of other records; `used` holds whom it asked about."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self.used: set[str] = set()

    def body(self, record_id: str) -> JSON:
        """Return a record's own facts; for rules, not for rendering, since bodies are not tracked."""
        return self._source.body(record_id)

    def card(self, record_id: str) -> JSON:
        """Return the card of a record."""
        self.used.add(record_id)
        return self._source.card(record_id)

    def card_or_none(self, record_id: str | None) -> JSON | None:
        """Return the card of a record, or null for none."""
        return None if record_id is None else self.card(record_id)

    def term(self, vocabulary: str, code: str) -> JSON:
        """Return `{code, label}` of a term."""
        term = self._source.term(vocabulary, code)
        return {"code": code, "label": term["label"]}

    def full_term(self, vocabulary: str, code: str) -> JSON:
        """Return all that a vocabulary says of a term."""
        return self._source.term(vocabulary, code)

    def children(self, record_id: str, record_type: str) -> list[JSON]:
        """Return the cards of the public records of a type that stand in a record, first recorded first."""
        return [self.card(one) for one in self._source.children(record_id, record_type)]

    def tally(self, record_id: str, name: str) -> int:
        """Return one count of a record."""
        return self._source.tally(record_id).get(name, 0)

    def text(self, record_id: str, edition: int) -> str | None:
        """Return the text of an edition while it is held; null otherwise."""
        return self._source.texts(record_id).get(edition)
