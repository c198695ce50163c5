"""Why this file exists: all revisions and bodies of some records at hand, to be looked at one state after another.

`Past` reads one state; whoever works out what was kept of the past needs every state at which something was changed.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple, cast

from sqlalchemy import Connection, and_, func, select

from app.kit import ids
from app.kit.canonical import JSON, parse
from app.ledger.append import CONTENT, REVISION, WRITE
from app.ledger.queries import of_records
from app.ledger.words import Part
from app.record import queries
from app.record.noun import Noun
from app.record.past import Past
from app.record.protection import NONE, Hidden, Shield, shields
from app.record.queries import LINEAGE, TALLY_PAST
from app.record.refs import Entry, Refs, Source
from app.record.revisions import Revision, folded
from app.store.base import batches

Shielding = Callable[[str], Shield]
# After every revision.
ENDLESS = 2**63 - 1


class Told(NamedTuple):
    """A revision, with the first and the last of its write."""

    revision: Revision
    first: int
    end: int


class Chronicle:
    """What the ledger says of some records, from the first revision to the last."""

    def __init__(self, connection: Connection, nouns: Mapping[str, Noun]) -> None:
        self.connection = connection
        self.nouns = nouns
        self.told: dict[str, list[Told]] = {}
        # The first revision of each write at hand, by its last.
        self.firsts: dict[int, int] = {}
        self._texts: dict[int, str] = {}
        self._bodies: dict[int, JSON] = {}
        self._shields: dict[str, Shield] = {}
        self._children: dict[tuple[str, str], list[tuple[int, str]]] = {}
        self._counts: dict[str, dict[str, list[tuple[int, int]]]] = {}

    def forget(self) -> None:
        """Let go of everything, so that memory stays bounded."""
        for one in (self.told, self.firsts, self._texts, self._bodies, self._shields, self._children, self._counts):
            one.clear()

    # --- bringing to hand --------------------------------------------------------------------------------------------

    def load(self, record_ids: Iterable[str]) -> None:
        """Bring records to hand in a few statements."""
        new = sorted({one for one in record_ids if one not in self.told})
        if not new:
            return
        end = select(func.min(WRITE.c.seq)).where(WRITE.c.seq >= REVISION.c.seq).scalar_subquery()
        before = select(func.max(WRITE.c.seq)).where(WRITE.c.seq < REVISION.c.seq).scalar_subquery()
        content = and_(CONTENT.c.seq == REVISION.c.seq, CONTENT.c.part == Part.BODY.value)
        for batch in batches(new):
            self.told.update({one: [] for one in batch})
            query = (
                select(REVISION, CONTENT.c.value, end.label("end"), before.label("before"))
                .join(CONTENT, content, isouter=True)
                .where(of_records(batch))
                .order_by(REVISION.c.seq)
            )
            for row in self.connection.execute(query):
                told = Told(Revision.of(row), (row.before or 0) + 1, row.end or row.seq)
                self.told[row.record_id].append(told)
                self.firsts[told.end] = told.first
                if row.value is not None:
                    self._texts[row.seq] = row.value
        self._shields.update(shields(self.connection, new))

    def prepare(self, record_ids: Iterable[str]) -> None:
        """Bring records to hand with what stood in them, and all that any of these ever named."""
        frontier = set(record_ids)
        self.load(frontier)
        for noun in self.nouns.values():
            for child_type in noun.embeds:
                mine = [one for one in frontier if ids.type_of(one) == noun.type]
                self.load_children(mine, child_type)
        while frontier := {one for one in self._named() if one not in self.told}:
            self.load(frontier)

    def _named(self) -> set[str]:
        """Return what the bodies name that nobody has read yet."""
        new = [(seq, text) for seq, text in self._texts.items() if seq not in self._bodies]
        self._bodies.update((seq, parse(text)) for seq, text in new)
        types = {told.revision.seq: told.revision.record_type for some in self.told.values() for told in some}
        return {named for seq, _ in new for _, named in self.nouns[types[seq]].references(self._bodies[seq])}

    def load_children(self, record_ids: Iterable[str], record_type: str) -> None:
        """Bring to hand the records of a type that ever stood in others."""
        new = [one for one in record_ids if (one, record_type) not in self._children]
        for batch in batches(new):
            self._children.update({(one, record_type): [] for one in batch})
            query = (
                select(LINEAGE.c.ancestor_id, LINEAGE.c.recorded, LINEAGE.c.record_id)
                .where(LINEAGE.c.ancestor_id.in_(batch), LINEAGE.c.type == record_type)
                .order_by(LINEAGE.c.recorded)
            )
            for ancestor, recorded, child in self.connection.execute(query):
                self._children[ancestor, record_type].append((recorded, child))
            self.load(child for one in batch for _, child in self._children[one, record_type])

    def load_counts(self, record_ids: Iterable[str]) -> None:
        """Bring to hand what counts of records were, as far as they were zero or were not."""
        for batch in batches(one for one in record_ids if one not in self._counts):
            self._counts.update((one, {}) for one in batch)
            order = (TALLY_PAST.c.record_id, TALLY_PAST.c.name, TALLY_PAST.c.until)
            past = select(*order, TALLY_PAST.c.total).where(TALLY_PAST.c.record_id.in_(batch)).order_by(*order)
            for one, name, until, total in self.connection.execute(past):
                _add(self._counts[one].setdefault(name, []), until, total)
            for one, totals in queries.tallies(self.connection, batch).items():
                for name, total in totals.items():
                    _add(self._counts[one].setdefault(name, []), ENDLESS, total)

    # --- what is at hand ---------------------------------------------------------------------------------------------

    def body(self, seq: int) -> JSON | None:
        """Return the body of a revision of a record at hand; null when it was erased."""
        if seq not in self._bodies:
            if seq not in self._texts:
                return None
            self._bodies[seq] = parse(self._texts[seq])
        return self._bodies[seq]

    @property
    def shielded(self) -> bool:
        """Whether anything of what is at hand is protected."""
        return bool(self._shields)

    @property
    def hides(self) -> bool:
        """Whether anything of what is at hand is gone at all times."""
        return any(one.gone for one in self._shields.values())

    def shield(self, record_id: str) -> Shield:
        """Return what of a record at hand is protected now."""
        return self._shields.get(record_id, NONE)

    def children(self, record_id: str, record_type: str) -> list[tuple[int, str]]:
        """Return (recorded, id) of the records of a type that ever stood in a record, first recorded first."""
        self.load_children([record_id], record_type)
        return self._children[record_id, record_type]

    def counts(self, record_id: str) -> dict[str, list[tuple[int, int]]]:
        """Return {name: (until, total)} of where a count came to be zero or ceased to be, the last one without end."""
        self.load_counts([record_id])
        return self._counts[record_id]

    def next_state(self, record_ids: Iterable[str], counted: Iterable[str], after: int) -> int | None:
        """Return the first state beyond one at which any of some records had another revision, or another count."""
        found = [state for one in record_ids if (state := self._next_end(self.told[one], after)) is not None]
        for one in counted:
            for some in self.counts(one).values():
                found += [self._end_of(until) for until, _ in some if after < until < ENDLESS][:1]
        return min(found, default=None)

    def _next_end(self, told: list[Told], after: int) -> int | None:
        at = bisect_right(told, after, key=_seq)
        return told[at].end if at < len(told) else None

    def _end_of(self, first: int) -> int:
        """Return the state that a write made, by its first revision."""
        found: int | None = self.connection.execute(select(func.min(WRITE.c.seq)).where(WRITE.c.seq >= first)).scalar()
        end = first if found is None else found
        self.firsts[end] = first
        return end


def _add(some: list[tuple[int, int]], until: int, total: int) -> None:
    """Add what a count was until then; what is no more zero than before goes on."""
    if some and (some[-1][1] == 0) == (total == 0):
        some.pop()
    some.append((until, total))


def _seq(told: Told) -> int:
    return told.revision.seq


class View(Past):
    """One state, out of a chronicle, with the shields of now or with others; remembers whom it was asked about.

    With `hides` it asks of every record whether it can be shown without anybody who is gone.
    """

    def __init__(self, chronicle: Chronicle, seq: int, shielding: Shielding, *, hides: bool) -> None:
        super().__init__(chronicle.connection, chronicle.nouns, seq)
        self._chronicle = chronicle
        self._shielding = shielding
        self._hides = hides
        self.nouns = chronicle.nouns
        self.counted: set[str] = set()

    @property
    def used(self) -> Iterable[str]:
        """Return every record that was asked about."""
        return self._revisions.keys()

    def load(self, record_ids: Iterable[str]) -> None:
        """Take records out of the chronicle."""
        new = [one for one in record_ids if one not in self._revisions]
        if not new:
            return
        self._chronicle.load(new)
        for one in new:
            self._revisions[one] = [told.revision for told in self._chronicle.told[one]]
            self._shields[one] = self._shielding(one)
            seq = self._seq_of(one)
            if seq is not None and (body := self._chronicle.body(seq)) is not None:
                self._bodies[one] = body

    def children(self, record_id: str, record_type: str) -> list[str]:
        """Return the public records of a type that stood in a record; those that came later are asked about too."""
        every = self._chronicle.children(record_id, record_type)
        self.load(child for _, child in every)
        return [child for recorded, child in every if recorded <= self.seq and self.is_public(child)]

    def tally(self, record_id: str) -> dict[str, int]:
        """Return counts of which no more can be told than whether they are zero."""
        self.counted.add(record_id)
        counts = self._chronicle.counts(record_id)
        return {name: next((total for until, total in some if until > self.seq), 0) for name, some in counts.items()}

    def is_shown(self, record_id: str) -> bool:
        """Whether readers could get the document of a record, and may still."""
        if not self.is_public(record_id):
            return False
        try:
            if self._hides:
                self.document(record_id)
        except Hidden:
            return False
        return True

    def _entry(self, record_id: str, seq: int) -> Entry | None:
        """Return the register's row without its notes."""
        then = [one for one in self.revisions(record_id) if one.seq <= seq]
        return folded(then, {}) if then else None


class Named(Refs):
    """What keys ask of others: cards are made when something of them is read, since most are only named."""

    def card(self, record_id: str) -> JSON:
        """Return a card in name."""
        return cast(JSON, _Card(self._source, record_id))


class _Card(Mapping[str, Any]):
    """A card that is not made before something of it is read."""

    def __init__(self, source: Source, record_id: str) -> None:
        self._source = source
        self._id = record_id

    def __getitem__(self, name: str) -> Any:
        return self._source.card(self._id)[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._source.card(self._id))

    def __len__(self) -> int:
        return len(self._source.card(self._id))
