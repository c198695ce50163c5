"""Why this file exists: the record as it stood, told by the ledger: a source for renderers beside the desk's shelf.

A document is a function of a body, its lifecycle and what it asks of `Refs`; so the past is rendered by the renderers
of today, from the bodies of then, minus what is protected now. Texts are no part of the ledger, and are never held.
"""

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, select

from app.kit import ids
from app.kit.canonical import JSON
from app.ledger import queries as ledger_queries
from app.ledger.append import REVISION
from app.ledger.queries import of_records
from app.ledger.words import Operation
from app.record import queries
from app.record.noun import Noun
from app.record.protection import NONE, Hidden, Shield, shields
from app.record.queries import LINEAGE, TALLY_PAST
from app.record.refs import Entry, Lifecycle, Refs
from app.record.revisions import Revision, folded
from app.store.base import batches

# The revisions whose public notes a document tells.
_TOLD = (Operation.CORRECT.value, Operation.RETRACT.value)


class Past:
    """The record after the write that ended at `seq`, read over one snapshot."""

    def __init__(self, connection: Connection, nouns: Mapping[str, Noun], seq: int) -> None:
        self.seq = seq
        self._connection = connection
        self._nouns = nouns
        self._revisions: dict[str, list[Revision]] = {}
        self._shields: dict[str, Shield] = {}
        self._bodies: dict[str, JSON] = {}
        self._cards: dict[str, JSON] = {}
        self._children: dict[tuple[str, str], list[str]] = {}
        self._tallies: dict[str, dict[str, int]] = {}

    # --- bringing to hand --------------------------------------------------------------------------------------------

    def load(self, record_ids: Iterable[str]) -> None:
        """Bring revisions, shields and bodies of records to hand in a few statements."""
        new = sorted({one for one in record_ids if one not in self._revisions})
        for batch in batches(new):
            self._revisions.update({one: [] for one in batch})
            query = select(REVISION).where(of_records(batch)).order_by(REVISION.c.seq)
            for row in self._connection.execute(query):
                self._revisions[row.record_id].append(Revision.of(row))
        self._shields.update(shields(self._connection, new))
        wanted = {one: seq for one in new if (seq := self._seq_of(one)) is not None}
        self._bodies.update(ledger_queries.bodies(self._connection, wanted))

    def prepare(self, record_ids: Iterable[str]) -> None:
        """Bring to hand all that documents of records are made of, so that many are rendered in few statements."""
        frontier = set(record_ids)
        self.load(frontier)
        self._load_children(frontier)
        frontier |= {child for some in self._children.values() for child in some}
        while frontier:
            self.load(frontier)
            named = {
                reference
                for one in frontier
                if one in self._bodies
                for _, reference in self._nouns[ids.type_of(one)].references(self._bodies[one])
            }
            frontier = named - self._revisions.keys()
        self._load_tallies(record_ids)

    def _load_children(self, record_ids: Iterable[str]) -> None:
        """Bring to hand the children that documents embed."""
        for noun in self._nouns.values():
            mine = [one for one in record_ids if ids.type_of(one) == noun.type]
            for child_type in noun.embeds:
                found: dict[str, list[str]] = {one: [] for one in mine}
                for batch in batches(mine):
                    query = (
                        select(LINEAGE.c.ancestor_id, LINEAGE.c.record_id)
                        .where(LINEAGE.c.ancestor_id.in_(batch), LINEAGE.c.type == child_type)
                        .where(LINEAGE.c.recorded <= self.seq)
                        .order_by(LINEAGE.c.recorded)
                    )
                    for ancestor, child in self._connection.execute(query):
                        found[ancestor].append(child)
                self.load(child for some in found.values() for child in some)
                for one, some in found.items():
                    self._children[one, child_type] = [child for child in some if self.is_public(child)]

    def _load_tallies(self, record_ids: Iterable[str]) -> None:
        wanted = [one for one in record_ids if one not in self._tallies]
        now = queries.tallies(self._connection, wanted)
        self._tallies.update((one, dict(now.get(one, {}))) for one in wanted)
        for batch in batches(wanted):
            query = (
                select(TALLY_PAST)
                .where(TALLY_PAST.c.record_id.in_(batch), TALLY_PAST.c.until > self.seq)
                # The earliest row beyond the moment comes last, and stays.
                .order_by(TALLY_PAST.c.until.desc())
            )
            for row in self._connection.execute(query):
                self._tallies[row.record_id][row.name] = row.total

    def _seq_of(self, record_id: str) -> int | None:
        """Return the revision whose body tells of a record at this moment: never one from before its protection."""
        revisions = self._revisions[record_id]
        if not revisions or self.shield(record_id).gone:
            return None
        # What names a record that came later was itself replaced later, to protect somebody.
        then = max((one.seq for one in revisions if one.seq <= self.seq), default=revisions[0].seq)
        return max(then, self.shield(record_id).before)

    # --- what a renderer asks ----------------------------------------------------------------------------------------

    def body(self, record_id: str) -> JSON:
        """Return a record's facts; raises Hidden when they are protected or erased."""
        self.load([record_id])
        if record_id not in self._bodies:
            raise Hidden(record_id)
        return self._bodies[record_id]

    def card(self, record_id: str) -> JSON:
        """Return a record's card; raises Hidden."""
        if record_id not in self._cards:
            noun = self._nouns[ids.type_of(record_id)]
            self._cards[record_id] = noun.card(record_id, self.body(record_id), Refs(self))
        return self._cards[record_id]

    def term(self, vocabulary: str, code: str) -> JSON:
        """Return a term of a vocabulary."""
        terms: list[JSON] = self.body(ids.seeded_id("vocabulary", vocabulary))["terms"]
        found = next((term for term in terms if term["code"] == code), None)
        return found or self._term_now(vocabulary, code)

    def _term_now(self, vocabulary: str, code: str) -> JSON:
        """Return a term that came later, which only a body names that was replaced to protect somebody."""
        record_id = ids.seeded_id("vocabulary", vocabulary)
        newest = {record_id: self._revisions[record_id][-1].seq}
        terms = ledger_queries.bodies(self._connection, newest)[record_id]["terms"]
        found: JSON = next(term for term in terms if term["code"] == code)
        return found

    def children(self, record_id: str, record_type: str) -> list[str]:
        """Return the public records of a type that stood in a record, first recorded first."""
        if (record_id, record_type) not in self._children:
            self._load_children([record_id])
        return self._children[record_id, record_type]

    def tally(self, record_id: str) -> dict[str, int]:
        """Return a record's counts."""
        if record_id not in self._tallies:
            self._load_tallies([record_id])
        return self._tallies[record_id]

    def texts(self, record_id: str) -> dict[int, str]:
        """Return nothing: no text is part of the past."""
        return {}

    # --- whole records -----------------------------------------------------------------------------------------------

    def shield(self, record_id: str) -> Shield:
        """Return what of a record is protected now."""
        return self._shields.get(record_id, NONE)

    def revisions(self, record_id: str) -> list[Revision]:
        """Return all revisions of a record until now, first one first; none when there is no such record."""
        self.load([record_id])
        return self._revisions[record_id]

    def is_public(self, record_id: str) -> bool:
        """Whether readers could get a record, and may still."""
        then = [one for one in self.revisions(record_id) if one.seq <= self.seq]
        return bool(then) and then[-1].shows and not self.shield(record_id).gone

    def entry(self, record_id: str) -> Entry | None:
        """Return a record's row of the register as it was; null when it was not recorded yet."""
        return self._entry(record_id, self.seq)

    def now(self, record_id: str) -> Entry:
        """Return a record's row of the register as it is now; raises KeyError when there is no such record."""
        entry = self._entry(record_id, self.revisions(record_id)[-1].seq)
        if entry is None:
            raise KeyError(record_id)
        return entry

    def _entry(self, record_id: str, seq: int) -> Entry | None:
        then = [one for one in self.revisions(record_id) if one.seq <= seq]
        if not then:
            return None
        shield = self.shield(record_id)
        told = [one.seq for one in then if one.operation in _TOLD and not shield.withholds(one.seq)]
        notes = ledger_queries.notes(self._connection, told)
        return folded(then, {seq: note["text"] for seq, note in notes.items()})

    def document(self, record_id: str) -> JSON:
        """Return the document of a public record; raises KeyError when it was not public, Hidden when it is not now."""
        entry = self.entry(record_id)
        if entry is None or not self.is_public(record_id):
            raise KeyError(record_id)
        return self._document(entry, self.body(record_id))

    def revised(self, record_id: str, seq: int) -> JSON:
        """Return a record's document as one revision of it left it; a retraction leaves its last facts.

        Raises Hidden when they are protected or erased.
        """
        if self.shield(record_id).withholds(seq):
            raise Hidden(record_id)
        entry, found = self._entry(record_id, seq), ledger_queries.bodies(self._connection, {record_id: seq})
        if entry is None or record_id not in found:
            raise Hidden(record_id)
        return self._document(entry, found[record_id])

    def _document(self, entry: Entry, body: JSON) -> JSON:
        noun = self._nouns[entry.type]
        document: JSON = noun.document(entry.id, body, Lifecycle(entry), Refs(self))
        return document
