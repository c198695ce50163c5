"""Why this file exists: what one transaction has at hand: register rows, bodies, cards, children and counts.

Everything is loaded in batches and kept for the transaction, which holds the ledger's head, so nothing goes stale.
"""

from collections.abc import Iterable

from sqlalchemy import Connection

from app.kit import ids
from app.kit.canonical import JSON
from app.ledger import queries as ledger_queries
from app.record import queries
from app.record.refs import Entry


class Shelf:
    """The transaction's memory; the source of every `Refs`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.entries: dict[str, Entry] = {}
        self._asked: set[str] = set()
        self.bodies: dict[str, JSON] = {}
        self.cards: dict[str, JSON] = {}
        self.tallies: dict[str, dict[str, int]] = {}
        self._children: dict[tuple[str, str], list[str]] = {}
        self._terms: dict[str, dict[str, JSON]] = {}
        self._holds_any: bool | None = None
        self._texts: dict[str, dict[int, str]] = {}

    def load(self, record_ids: Iterable[str]) -> None:
        """Bring the register's rows of these ids to hand, those that exist; what is not there is remembered too."""
        wanted = {one for one in record_ids if one not in self.entries and one not in self._asked}
        if wanted:
            self._asked |= wanted
            self.entries.update(queries.entries(self._connection, sorted(wanted)))

    def load_bodies(self, record_ids: Iterable[str]) -> None:
        """Bring bodies to hand, from the ledger's newest revision of each record."""
        wanted = [one for one in record_ids if one not in self.bodies]
        self.load(wanted)
        seqs = {one: self.entries[one].seq for one in wanted if one in self.entries}
        self.bodies.update(ledger_queries.bodies(self._connection, seqs))

    def load_cards(self, record_ids: Iterable[str]) -> None:
        """Bring cards to hand, as they were stored when they last changed."""
        self.cards.update(queries.cards(self._connection, [one for one in record_ids if one not in self.cards]))

    def load_children(self, record_ids: Iterable[str], record_type: str) -> None:
        """Bring to hand which public records of a type stand in these."""
        wanted = [one for one in record_ids if (one, record_type) not in self._children]
        found = queries.children(self._connection, wanted, record_type)
        self._children.update(((one, record_type), found.get(one, [])) for one in wanted)

    def load_tallies(self, record_ids: Iterable[str]) -> None:
        """Bring counts to hand."""
        wanted = [one for one in record_ids if one not in self.tallies]
        found = queries.tallies(self._connection, wanted)
        self.tallies.update((one, found.get(one, {})) for one in wanted)

    def forget_children(self) -> None:
        """Forget who stands in whom, after a verb changed it."""
        self._children.clear()

    def entry(self, record_id: str) -> Entry | None:
        """Return a record's row of the register, or null."""
        if record_id not in self.entries:
            self.load([record_id])
        return self.entries.get(record_id)

    def body(self, record_id: str) -> JSON:
        """Return a record's body; raises KeyError when there is no such record."""
        if record_id not in self.bodies:
            self.load_bodies([record_id])
        return self.bodies[record_id]

    def card(self, record_id: str) -> JSON:
        """Return a record's card; raises KeyError when it has none."""
        if record_id not in self.cards:
            self.load_cards([record_id])
        return self.cards[record_id]

    def children(self, record_id: str, record_type: str) -> list[str]:
        """Return the public records of a type that stand in a record."""
        self.load_children([record_id], record_type)
        return self._children[record_id, record_type]

    def tally(self, record_id: str) -> dict[str, int]:
        """Return a record's counts."""
        self.load_tallies([record_id])
        return self.tallies[record_id]

    def terms(self, vocabulary: str) -> dict[str, JSON]:
        """Return the terms of a public vocabulary by code; none when there is no such vocabulary."""
        if vocabulary not in self._terms:
            record_id = ids.seeded_id("vocabulary", vocabulary)
            entry = self.entry(record_id)
            body = self.body(record_id) if entry is not None and entry.public else {"terms": []}
            self._terms[vocabulary] = {term["code"]: term for term in body["terms"]}
        return self._terms[vocabulary]

    def term(self, vocabulary: str, code: str) -> JSON:
        """Return a term; raises KeyError for an unknown code."""
        return self.terms(vocabulary)[code]

    def forget_terms(self) -> None:
        """Forget the vocabularies, after one changed."""
        self._terms.clear()

    def texts(self, record_id: str) -> dict[int, str]:
        """Return {edition: text} of what is held of a record now; where nothing at all is held, nothing is read."""
        if self._holds_any is None:
            self._holds_any = queries.holds_any(self._connection)
        if not self._holds_any:
            return {}
        if record_id not in self._texts:
            self._texts[record_id] = queries.texts(self._connection, record_id)
        return self._texts[record_id]

    def show_text(self, record_id: str, edition: int, text: str) -> None:
        """Show a text as if it were held."""
        self._texts[record_id] = {**self.texts(record_id), edition: text}
        self._holds_any = True

    def forget_texts(self) -> None:
        """Forget which texts are held, after one was taken in or let go."""
        self._holds_any = None
        self._texts.clear()
