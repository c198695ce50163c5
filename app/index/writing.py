"""Why this file exists: the index follows every write in the same transaction; only what differs is written."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import chain

from sqlalchemy import Connection, Select, Table, bindparam, delete, func, insert, literal_column, select, update

from app.index.keys import Entries, Span
from app.index.past import keep
from app.index.tables import FIELD_BITS, IndexField, IndexPosting, IndexSpan, IndexTerm
from app.store import fulltext
from app.store.base import Row, batches, table_of
from app.store.bulk import insert_rows

FIELD, TERM = table_of(IndexField), table_of(IndexTerm)
POSTING, SPAN = table_of(IndexPosting), table_of(IndexSpan)
NOTHING = Entries(frozenset(), {}, None, {})
Term = tuple[str, str]


class IndexWriter:
    """Writes the entries of records in one transaction; `tables` are the nouns' own narrow tables."""

    def __init__(self, connection: Connection, tables: Iterable[Table]) -> None:
        self._connection = connection
        self._tables = {table.name: table for table in tables}
        self._fields: dict[str, int] = {}
        self._numbers: dict[Term, int] = {}

    def store(self, wanted: Mapping[int, Entries], known: Iterable[int], until: Mapping[int, int]) -> set[int]:
        """Make the index say what is wanted; `known` are those that may be in it. Return what had to change.

        What it said before is kept as having been so until a revision, for those of which that is given.
        """
        before = self.stored(known)
        changed = {one for one, entries in wanted.items() if before.get(one, NOTHING) != entries}
        keep(self._connection, {one: (before.get(one), wanted[one]) for one in changed}, until)
        self._remove(changed & before.keys())
        self._insert({one: wanted[one] for one in sorted(changed)})
        less = Counter(term for one in changed & before.keys() for term in before[one].terms)
        self._count(Counter(term for one in changed for term in wanted[one].terms), less)
        return changed

    def withdraw(self, recorded: Iterable[int], until: int | None = None) -> int:
        """Take records out of the index; return how many were in it. What it said is kept as `store` does."""
        before = self.stored(recorded)
        if until is not None:
            keep(self._connection, {one: (found, None) for one, found in before.items()}, dict.fromkeys(before, until))
        self._remove(before.keys())
        self._count(Counter(), Counter(term for entries in before.values() for term in entries.terms))
        return len(before)

    def withdraw_strangers(self, public: Select[tuple[int]]) -> int:
        """Take out what is in the index and not among the records whose `recorded` a SELECT gives; return how many."""
        found: set[int] = set()
        for table in (POSTING, SPAN, *self._tables.values()):
            strange = select(table.c.recorded).where(table.c.recorded.not_in(public))
            found.update(self._connection.execute(strange).scalars())
        texts = select(fulltext.RECORDED).select_from(fulltext.SEARCH).where(fulltext.RECORDED.not_in(public))
        found.update(self._connection.execute(texts).scalars())
        return self.withdraw(found)

    def forget_unused(self) -> None:
        """Take out the values that no public record has: groups of letters might tell a name that was taken back."""
        self._connection.execute(delete(TERM).where(TERM.c.total == 0))

    def sweep(self) -> int:
        """Take out what stands for nothing, which no write leaves behind; return how much there was.

        Terms outside the range of their field, postings of no term, and spans of no field.
        """
        here = (FIELD.c.name == TERM.c.field) & (FIELD.c.no == TERM.c.id.op(">>")(literal_column(str(FIELD_BITS))))
        swept = self._connection.execute(delete(TERM).where(~select(FIELD.c.no).where(here).exists())).rowcount
        swept += self._connection.execute(delete(POSTING).where(POSTING.c.term.not_in(select(TERM.c.id)))).rowcount
        return swept + self._connection.execute(delete(SPAN).where(SPAN.c.field.not_in(select(FIELD.c.no)))).rowcount

    def recount(self) -> int:
        """Make every term's total what its postings say; return how many were not."""
        counted = select(func.count()).select_from(POSTING).where(POSTING.c.term == TERM.c.id).scalar_subquery()
        return self._connection.execute(update(TERM).where(TERM.c.total != counted).values(total=counted)).rowcount

    # --- their parts -------------------------------------------------------------------------------------------------

    def stored(self, recorded: Iterable[int]) -> dict[int, Entries]:
        """Return what the index keeps of these records, of those that it knows."""
        terms: dict[int, set[Term]] = defaultdict(set)
        spans: dict[int, dict[str, Span]] = defaultdict(dict)
        rows: dict[int, dict[str, Row]] = defaultdict(dict)
        texts: dict[int, tuple[str, str]] = {}
        names = {row.no: row.name for row in self._connection.execute(select(FIELD))}
        for batch in batches(sorted(recorded)):
            named = select(POSTING.c.recorded, TERM.c.field, TERM.c.value).join(TERM, TERM.c.id == POSTING.c.term)
            for one, name, value in self._connection.execute(named.where(POSTING.c.recorded.in_(batch))).all():
                terms[one].add((name, value))
            # By the fields' numbers: a join would let the planner go through all spans for those of a few records.
            dated = select(SPAN.c.recorded, SPAN.c.field, *(SPAN.c[name] for name in Span._fields))
            here = SPAN.c.field.in_(names) & SPAN.c.recorded.in_(batch)
            for one, field, *span in self._connection.execute(dated.where(here)).all():
                spans[one][names[field]] = Span(*span)
            for table in self._tables.values():
                for row in self._connection.execute(select(table).where(table.c.recorded.in_(batch))).mappings():
                    rows[row["recorded"]][table.name] = dict(row)
            texts.update(fulltext.read(self._connection, batch))
        return {
            one: Entries(frozenset(terms[one]), spans[one], texts.get(one), rows[one])
            for one in {*terms, *spans, *rows, *texts}
        }

    def _remove(self, recorded: Iterable[int]) -> None:
        for batch in batches(sorted(recorded)):
            for table in (POSTING, *self._tables.values()):
                self._connection.execute(delete(table).where(table.c.recorded.in_(batch)))
            fields = select(FIELD.c.no)
            self._connection.execute(delete(SPAN).where(SPAN.c.field.in_(fields), SPAN.c.recorded.in_(batch)))
            fulltext.remove(self._connection, batch)

    def _insert(self, wanted: Mapping[int, Entries]) -> None:
        fields = {name for one in wanted.values() for name in chain(one.spans, (field for field, _ in one.terms))}
        self._number_fields(fields)
        self._number_terms({term for one in wanted.values() for term in one.terms})
        spans: list[Row] = []
        postings: list[Row] = []
        rows: dict[str, list[Row]] = defaultdict(list)
        for recorded, entries in wanted.items():
            postings += [{"term": self._numbers[term], "recorded": recorded} for term in entries.terms]
            for name, span in entries.spans.items():
                spans.append({"field": self._fields[name], "recorded": recorded, **span._asdict()})
            for name, row in entries.rows.items():
                rows[name].append(row)
        # In the order of the key, so that every page of the tree is touched once.
        insert_rows(self._connection, POSTING, sorted(postings, key=lambda row: (row["term"], row["recorded"])))
        insert_rows(self._connection, SPAN, sorted(spans, key=lambda row: (row["field"], row["recorded"])))
        for name, some in rows.items():
            insert_rows(self._connection, self._tables[name], some)
        fulltext.put(self._connection, [(one, *entries.words) for one, entries in wanted.items() if entries.words])

    def _number_fields(self, names: set[str]) -> None:
        """Give every field its number; a number once given stays."""
        if names <= self._fields.keys():
            return
        self._fields = {row.name: row.no for row in self._connection.execute(select(FIELD))}
        last = max(self._fields.values(), default=0)
        new = [{"no": no, "name": name} for no, name in enumerate(sorted(names - self._fields.keys()), start=last + 1)]
        if new:
            self._connection.execute(insert(FIELD), new)
            self._fields.update((str(row["name"]), int(str(row["no"]))) for row in new)

    def _number_terms(self, terms: set[Term]) -> None:
        """Give every term its number, within its field's range; a number once given stays."""
        by_field: dict[str, set[str]] = defaultdict(set)
        for name, value in terms - self._numbers.keys():
            by_field[name].add(value)
        new: list[Row] = []
        for name, values in sorted(by_field.items()):
            for batch in batches(sorted(values)):
                query = select(TERM.c.value, TERM.c.id).where(TERM.c.field == name, TERM.c.value.in_(batch))
                self._numbers.update(((name, value), number) for value, number in self._connection.execute(query))
            unknown = sorted(value for value in values if (name, value) not in self._numbers)
            if unknown:
                first = self._next_number(self._fields[name])
                self._numbers.update(((name, value), first + at) for at, value in enumerate(unknown))
                new += [{"id": first + at, "field": name, "value": one, "total": 0} for at, one in enumerate(unknown)]
        insert_rows(self._connection, TERM, new)

    def _next_number(self, field: int) -> int:
        first = field << FIELD_BITS
        within = TERM.c.id.between(first, first + (1 << FIELD_BITS) - 1)
        last: int | None = self._connection.execute(select(func.max(TERM.c.id)).where(within)).scalar()
        return first if last is None else last + 1

    def _count(self, more: Counter[Term], less: Counter[Term]) -> None:
        """Move the totals of terms by how many records have got and lost them."""
        more.subtract(less)
        steps = {term: step for term, step in more.items() if step}
        if steps:
            here = (TERM.c.field == bindparam("_field")) & (TERM.c.value == bindparam("_value"))
            moved = update(TERM).where(here).values(total=TERM.c.total + bindparam("_step"))
            rows = [{"_field": name, "_value": value, "_step": step} for (name, value), step in sorted(steps.items())]
            self._connection.execute(moved, rows)
