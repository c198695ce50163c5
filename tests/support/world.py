"""Factories of valid facts: each gives a draft as JSON; what a test does not name is lawful and stable."""

from typing import Any

from app.catalogue import NOUNS
from app.claims.appearances import digest
from app.kit import ids
from app.kit.schema import Draft
from app.ledger.chain import Envelope
from app.ledger.words import Cause, WriterRole
from app.record.desk import Desk, note
from app.seeding.entries import DRAFTS, Folder
from app.store.engine import writer
from tests.support.paths import SEED

TEXT = "Words of a text that belongs to nobody. " * 50


def draft_of(record_type: str, value: dict[str, Any]) -> Draft:
    """Return the draft of a record type."""
    return DRAFTS[record_type].parse(value)


def segment(start: int = 0, end: int = 10) -> dict[str, Any]:
    """Return a segment of TEXT."""
    exact = TEXT[start:end]
    return {
        "start": start,
        "end": end,
        "sha256": digest(exact),
        "normalised": {"sha256": digest(exact), "length": len(exact)},
    }


def appearance(**changes: Any) -> dict[str, Any]:
    """Return a locator in edition 1."""
    return {"edition": 1, "part": "body", "paragraph": 1, "segments": [segment()], **changes}


class World:
    """A desk with vocabularies and one record of each noun to hang others on; verbs return the record's id."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.desk = Desk(writer(url), NOUNS)
        self._numbers = 0

    def key(self) -> str:
        """Return a key that was not used yet."""
        self._numbers += 1
        return "".join("bcdfghjklm"[int(digit)] for digit in f"{self._numbers:06d}")

    def create(self, record_type: str, value: dict[str, Any], role: WriterRole = WriterRole.EDITOR) -> str:
        """Record one thing and return its id."""
        record_id = ids.seeded_id(record_type, self.key())
        self.desk.write(role, lambda writing: writing.create(record_type, record_id, draft_of(record_type, value)))
        return record_id

    def create_all(self, records: list[tuple[str, dict[str, Any]]]) -> list[str]:
        """Record many things in one transaction and return their ids."""
        named = [(kind, ids.seeded_id(kind, self.key()), draft_of(kind, value)) for kind, value in records]
        self.desk.write(WriterRole.EDITOR, lambda writing: writing.create_all(named))
        return [record_id for _, record_id, _ in named]

    def correct(self, record_id: str, value: dict[str, Any], text: str | None = "Corrected.") -> Envelope:
        """Correct a record as an editor."""
        draft = draft_of(ids.type_of(record_id), value)
        return self.desk.write(
            WriterRole.EDITOR, lambda writing: writing.correct(record_id, draft, Cause.OUR_ERROR, note(text))
        )

    def retract(self, record_id: str, cause: Cause = Cause.PUBLISHER_CORRECTION) -> Envelope:
        """Retract a record as an editor."""
        return self.desk.write(
            WriterRole.EDITOR, lambda writing: writing.retract(record_id, cause, note("Withdrawn by its publisher."))
        )

    def restore(self, record_id: str) -> Envelope:
        """Restore a record as an editor."""
        return self.desk.write(
            WriterRole.EDITOR, lambda writing: writing.restore(record_id, Cause.OUR_ERROR, note("Restored."))
        )

    # --- facts -------------------------------------------------------------------------------------------------------

    def furnish(self) -> "World":
        """Record the vocabularies, and one country, place, publisher, reporter, speaker, crisis and report."""
        vocabularies = [one for one in Folder(SEED).read() if one.type == "vocabulary"]

        def verbs(writing: Any) -> None:
            for one in vocabularies:
                writing.create(one.type, one.id, one.draft)

        self.desk.write(WriterRole.SEED, verbs)
        self.country = self.create("place", self.place(kind="country", parent=None, slug="aland", informal=False))
        self.town = self.create("place", self.place(slug="atown"))
        self.publisher = self.create("actor", self.actor(kind="media", slug="a-paper", name="A Paper"))
        self.reporter = self.create("actor", self.person(name="A Reporter"))
        self.speaker = self.create("actor", self.person(name="A Speaker"))
        self.crisis = self.create("crisis", self.crisis_draft())
        self.report = self.create("report", self.report_draft())
        return self

    def place(self, **changes: Any) -> dict[str, Any]:
        """Return a place."""
        base = {"slug": self.key(), "name": "A Town", "lang": "en", "kind": "area", "country": "SYR", "informal": True}
        return {**base, "parent": getattr(self, "country", None), **changes}

    def actor(self, **changes: Any) -> dict[str, Any]:
        """Return an organisation."""
        return {"slug": self.key(), "kind": "organization", "name": "An Organisation", "lang": "en", **changes}

    def person(self, **changes: Any) -> dict[str, Any]:
        """Return a person."""
        return {"kind": "person", "name": "A Person", "lang": "en", **changes}

    def crisis_draft(self, **changes: Any) -> dict[str, Any]:
        """Return a crisis."""
        base = {"slug": self.key(), "name": "A Crisis", "lang": "en", "type": "conflict", "status": "past"}
        dates = {"edtf": "2016/2017", "basis": "stated"}
        return {**base, "dates": dates, "places": [self.country], **changes}

    def report_draft(self, **changes: Any) -> dict[str, Any]:
        """Return a report."""
        edition = {"n": 1, "url": "https://example.org/a", "sha256": digest(TEXT), "length": 2000, "paragraphs": 5}
        return {
            "slug": self.key(),
            "crisis": self.crisis,
            "title": "A Report",
            "lang": "en",
            "summary": "What it says.",
            "report_format": "news_and_press_release",
            "publisher": self.publisher,
            "reporters": [{"actor": self.reporter, "label": "A Reporter"}],
            "published": {"edtf": "2016-12-14", "basis": "stated"},
            "url": "https://example.org/a",
            "editions": [edition],
            "themes": ["health"],
            "places": [self.town],
            "licence": "Its publisher's.",
            "sensitivity": "low",
            **changes,
        }

    def carriers(self) -> list[dict[str, Any]]:
        """Return the publisher and reporter hops of the report."""
        publisher = {"role": "publisher", "actor": self.publisher, "label": "A Paper", "medium": "news_report"}
        return [publisher, {"role": "reporter", "actor": self.reporter, "label": "A Reporter"}]

    def originator(self, **changes: Any) -> dict[str, Any]:
        """Return the hop of the speaker, in an interview."""
        hop = {"role": "originator", "actor": self.speaker, "label": "A Speaker", "medium": "interview", "verb": "told"}
        return {**hop, **changes}

    def attribution(self, chain: list[dict[str, Any]] | None = None, **changes: Any) -> dict[str, Any]:
        """Return an attribution whose carriers are the report's."""
        hops = [self.originator()] if chain is None else chain
        base = {"form": "direct_quote", "identification": "named", "chain": [*hops, *self.carriers()]}
        return {**base, **changes}

    def claim(self, **changes: Any) -> dict[str, Any]:
        """Return a claim of the report."""
        return {
            "report": self.report,
            "kind": "factual_report",
            "statement": "Something happened.",
            "lang": "en",
            "themes": ["health"],
            "places": [self.town],
            "about": [{"actor": None, "label": "people", "role": "affected"}],
            "attribution": self.attribution(),
            "appearances": [appearance()],
            "sensitivity": "low",
            **changes,
        }

    def figure(self, claim: str, **changes: Any) -> dict[str, Any]:
        """Return a figure of a claim."""
        return {
            "claim": claim,
            "text": "100 people",
            "measure": "people_besieged",
            "measure_basis": "stated",
            "reported": "100",
            "quantifier": "unqualified",
            "value": "100",
            "unit": "{person}",
            "population_group": "people",
            "place": self.town,
            "place_basis": "stated",
            "appearance": appearance(),
            "sensitivity": "low",
            **changes,
        }

    def relation(self, one: str, other: str, **changes: Any) -> dict[str, Any]:
        """Return a relation of two claims."""
        base = {"type": "updates", "from": one, "to": other, "role": "editor", "reason": "It came later."}
        return {**base, **changes}
