"""Why this file exists: the filter by the number of a figure, which only figures have."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, Select, and_, bindparam, false, or_, select

from app.figures.keys import FIGURE_INDEX
from app.finding.conditions import Clause, Recorded, Shape, holds
from app.finding.filters import Asked, Filter, Texts
from app.finding.parameters import NUMBER, Misread, Parameter, one_of, read_each
from app.index.keys import Entries
from app.store.types import ExactDecimal

_NUMBER = re.compile(r"(0|[1-9][0-9]{0,14})(\.[0-9]{1,6})?", re.ASCII)


@dataclass(frozen=True)
class InNumbers:
    """The figure lies between two numbers, both included; with `overlap`, it may."""

    least: Decimal | None
    most: Decimal | None
    overlap: bool

    @property
    def shape(self) -> Shape:
        """Return which ends there are, and how open bounds are read."""
        return ("numbers", self.least is None, self.most is None, self.overlap)

    def values(self, at: str) -> dict[str, Any]:
        """Return both ends, as text that each database reads as a number."""
        ends = {f"{at}_a": self.least, f"{at}_z": self.most}
        return {name: format(one, "f") for name, one in ends.items() if one is not None}

    def check(self, at: str, recorded: Recorded) -> Clause:
        """Look at the figure's own row."""
        return holds(self.found(at).where(FIGURE_INDEX.c.recorded == recorded))

    def found(self, at: str) -> Select[Any]:
        """Return the figures between."""
        return select(FIGURE_INDEX.c.recorded).where(and_(*self._clauses(at)))

    def matches(self, entries: Entries) -> bool:
        """Ask it of what the index kept of a figure."""
        row = entries.rows[FIGURE_INDEX.name]
        low, high, floor, ceiling = (Decimal(row[name]) for name in ("low", "high", "floor", "ceiling"))
        if not self.overlap:
            return not (self.least is not None and low < self.least) and not (
                self.most is not None and high > self.most
            )
        under = self.least is not None and not _beyond(ceiling, self.least, exclusive=row["upper_exclusive"])
        return not under and not (
            self.most is not None and not _beyond(self.most, floor, exclusive=row["lower_exclusive"])
        )

    def _clauses(self, at: str) -> list[Clause]:
        least, most = (bindparam(f"{at}_{end}", type_=ExactDecimal()) for end in "az")
        table, clauses = FIGURE_INDEX.c, []
        if self.least is not None:
            clauses.append(
                _reaches(table.ceiling, least, table.upper_exclusive) if self.overlap else table.low >= least
            )
        if self.most is not None:
            clauses.append(_reaches(most, table.floor, table.lower_exclusive) if self.overlap else table.high <= most)
        return clauses


def _beyond(greater: Decimal, less: Decimal, *, exclusive: bool) -> bool:
    """Whether one number reaches another, as `_reaches` asks the database."""
    return greater > less if exclusive else greater >= less


def _reaches(greater: ColumnElement[Any], less: ColumnElement[Any], exclusive: ColumnElement[bool]) -> Clause:
    """Return whether one number reaches another; an exclusive bound must go beyond it."""
    return and_(greater >= less, or_(greater > less, exclusive == false()))


@dataclass(frozen=True)
class Numbers(Filter):
    """The number of a figure, between two others."""

    can_be_counted: ClassVar[bool] = False

    def parameters(self) -> tuple[Parameter, ...]:
        """Return both ends, and how open bounds are read."""
        matched = "the value, or both bounds of a figure without one, must lie between value_min and value_max"
        return (
            Parameter("value_min", f"At least this number; {matched}.", 100000, NUMBER),
            Parameter("value_max", f"At most this number; {matched}.", 100000, NUMBER),
            Parameter(
                "value_match",
                "`overlap` also finds figures that may lie between: 'at least 100' reaches every greater number. "
                "`within` is what happens without it.",
                "overlap",
                one_of(("within", "overlap")),
            ),
        )

    def ask(self, record_type: str, given: Texts) -> Asked:
        """Return the numbers between, both included."""
        match = given.get("value_match", "within")
        if match not in ("within", "overlap"):
            raise Misread([("value_match", "expected overlap or within")])
        least, most = read_each(given, ("value_min", "value_max"), _number)
        if least is None and most is None:
            raise Misread([("value_match", "expected value_min or value_max beside value_match")])
        if least is not None and most is not None and least > most:
            raise ValueError("expected value_min not above value_max")
        return InNumbers(least, most, match == "overlap")


def _number(text: str) -> Decimal:
    if not _NUMBER.fullmatch(text) or len(text.replace(".", "").lstrip("0")) > 15:
        raise ValueError("expected a number such as 6000 or 33.5, of at most 15 digits, without sign or separators")
    return Decimal(text)
