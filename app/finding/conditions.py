"""Why this file exists: what a list can ask of the index, each question in its two forms of SQL.

`check` asks it of one record, by its `recorded`; `found` gives all records for which it holds. Neither is ever a join:
a check is a scalar subquery, so that a record is found once and the planner keeps the order that the index has.
`shape` is what two questions share whose SQL is the same but for the bound values.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol, runtime_checkable

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    ScalarSelect,
    Select,
    String,
    and_,
    bindparam,
    select,
    true,
    type_coerce,
    union_all,
)

from app.index.keys import MARK, Entries
from app.index.writing import FIELD, POSTING, SPAN
from app.kit import intervals
from app.kit.words import Term
from app.record.queries import RECORD
from app.store import fulltext

Recorded = ColumnElement[int]
Clause = ColumnElement[bool]
Shape = tuple[Any, ...]


class Condition(Protocol):
    """One question."""

    @property
    def shape(self) -> Shape:
        """Return what decides its SQL."""

    def values(self, at: str) -> dict[str, Any]:
        """Return the bound values, whose names begin with `at`."""

    def check(self, at: str, recorded: Recorded) -> Clause:
        """Return the clause that it holds for one record."""


@runtime_checkable
class Findable(Condition, Protocol):
    """A question that can also be asked of all records at once."""

    def found(self, at: str) -> Select[Any]:
        """Return the `recorded` of every record for which it holds."""


def field_number(at: str) -> ScalarSelect[int]:
    """Return the number of the field whose name is bound as `at`; null when nothing was ever found by it."""
    return select(FIELD.c.no).where(FIELD.c.name == bindparam(at, type_=String())).scalar_subquery()


def holds(query: Select[Any]) -> Clause:
    """Return whether a correlated query has a row; as a scalar subquery no planner turns it into a join."""
    return query.limit(1).scalar_subquery().is_not(None)


@dataclass(frozen=True)
class HasTerm:
    """The record has any of these terms, given by number; `total` is how many have the first, the second …, added."""

    numbers: tuple[int, ...]
    total: int

    @property
    def padded(self) -> tuple[int, ...]:
        """Return the numbers, the last repeated up to a power of two, so that few shapes serve many lists."""
        return (*self.numbers, *[self.numbers[-1]] * ((1 << (len(self.numbers) - 1).bit_length()) - len(self.numbers)))

    @property
    def shape(self) -> Shape:
        """Return how many terms there are."""
        return ("term", len(self.padded))

    def values(self, at: str) -> dict[str, Any]:
        """Return the terms' numbers."""
        return {f"{at}_{index}": number for index, number in enumerate(self.padded)}

    def terms(self, at: str) -> list[Any]:
        """Return the bound terms."""
        return [bindparam(f"{at}_{index}", type_=BigInteger()) for index in range(len(self.padded))]

    def check(self, at: str, recorded: Recorded) -> Clause:
        """Look the record up among the postings of the terms."""
        # Under a name of its own: the list may itself go through postings, and a column always equals itself.
        mine = POSTING.alias(at)
        return holds(select(mine.c.term).where(_among(mine.c.term, self.terms(at)), mine.c.recorded == recorded))

    def found(self, at: str) -> Select[Any]:
        """Return the postings of the terms, each record once."""
        return select(POSTING.c.recorded).where(_among(POSTING.c.term, self.terms(at))).distinct()


def _among(column: ColumnElement[int], terms: list[Any]) -> Clause:
    return column == terms[0] if len(terms) == 1 else column.in_(terms)


@dataclass(frozen=True)
class OneOf:
    """The record is one of these."""

    record_type: str
    ids: tuple[str, ...]

    @property
    def shape(self) -> Shape:
        """Return how many there are."""
        return ("id", len(self.ids))

    def values(self, at: str) -> dict[str, Any]:
        """Return the ids."""
        return {f"{at}_{index}": one for index, one in enumerate(self.ids)}

    def found(self, at: str) -> Select[Any]:
        """Look the ids up in the register."""
        bound = [bindparam(f"{at}_{index}", type_=String()) for index in range(len(self.ids))]
        return select(RECORD.c.recorded).where(RECORD.c.id.in_(bound), RECORD.c.public == true())

    def check(self, at: str, recorded: Recorded) -> Clause:
        """Look the ids up, and the record among them."""
        return recorded.in_(self.found(at))


@dataclass(frozen=True)
class InPeriod:
    """An uncertain date of the record can mean a day from `first` to `last`, both included; null is open."""

    field: str
    first: date | None
    last: date | None

    shape = ("period",)

    def values(self, at: str) -> dict[str, Any]:
        """Return the field, both ends, and the nodes to look at beside those between them."""
        first = intervals.day(self.first, open_as=intervals.FIRST)
        last = intervals.day(self.last, open_as=intervals.LAST)
        left = {f"{at}_l{index}": node for index, node in enumerate(intervals.left(first))}
        right = {f"{at}_r{index}": node for index, node in enumerate(intervals.right(last))}
        return {f"{at}_f": self.field, f"{at}_a": first, f"{at}_z": last, **left, **right}

    def check(self, at: str, recorded: Recorded) -> Clause:
        """Look at the record's own interval."""
        first, last = (bindparam(f"{at}_{end}", type_=Integer()) for end in "az")
        # Under a name of its own: the list may itself go through spans, and a column always equals itself.
        mine = SPAN.alias(at)
        here = and_(mine.c.field == field_number(f"{at}_f"), mine.c.recorded == recorded)
        return holds(select(mine.c.field).where(here, mine.c.latest >= first, mine.c.earliest <= last))

    def found(self, at: str) -> Select[Any]:
        """Return the three cases of the interval tree; no record is in two of them."""
        first, last = (bindparam(f"{at}_{end}", type_=Integer()) for end in "az")
        left, right = (
            [bindparam(f"{at}_{side}{index}", type_=Integer()) for index in range(intervals.DEPTH)] for side in "lr"
        )
        field = field_number(f"{at}_f")
        cases = (
            and_(SPAN.c.node.in_(left), SPAN.c.latest >= first),
            and_(SPAN.c.node.in_(right), SPAN.c.earliest <= last),
            SPAN.c.node.between(first, last),
        )
        each = union_all(*(select(SPAN.c.recorded).where(SPAN.c.field == field, case) for case in cases))
        return select(each.subquery(f"{at}_each").c.recorded)

    def matches(self, entries: Entries) -> bool:
        """Ask it of what the index kept of a record."""
        span = entries.spans.get(self.field)
        if span is None or span.earliest is None or span.latest is None:
            return False
        first = intervals.day(self.first, open_as=intervals.FIRST)
        last = intervals.day(self.last, open_as=intervals.LAST)
        return span.latest >= first and span.earliest <= last


@dataclass(frozen=True)
class Saying:
    """The record's texts say these words; of one noun, or of any when that is empty."""

    terms: tuple[Term, ...]
    record_type: str = ""

    @property
    def shape(self) -> Shape:
        """Return how many terms there are."""
        return ("words", len(self.terms))

    def values(self, at: str) -> dict[str, Any]:
        """Return the patterns for the check; what `found` binds is in each database's own language."""
        return dict(fulltext.patterns(self.terms))

    def expression(self, dialect: str, at: str) -> dict[str, Any]:
        """Return what `found` binds: the words to look up, with the mark of the noun."""
        marks = () if not self.record_type else (Term((MARK + self.record_type,), prefix=False),)
        return {f"{at}_q": fulltext.expression(dialect, (*self.terms, *marks))}

    def check(self, at: str, recorded: Recorded) -> Clause:
        """Look at the record's own words; for a few records this is quicker than the index of words."""
        here = select(fulltext.RECORDED).select_from(fulltext.SEARCH).where(recorded == fulltext.RECORDED)
        return holds(here.where(fulltext.containing(len(self.terms))))

    def found(self, at: str) -> Select[Any]:
        """Return what the index of words finds."""
        bound = bindparam(f"{at}_q", type_=String())
        # Coerced, so that whoever selects from this sees a plain column of that name on both databases.
        recorded = type_coerce(fulltext.RECORDED, BigInteger()).label("recorded")
        return select(recorded).select_from(fulltext.SEARCH).where(fulltext.matching(bound))
