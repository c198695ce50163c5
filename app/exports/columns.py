"""Why this file exists: what a column and a table of the exports are; pure, so that the client uses them too.

A table makes flat rows of documents. `cells` gives them as documents spell them, dates and instants as ISO 8601 text;
`rows` gives the same as typed values. Every format is made from these.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from operator import itemgetter
from types import MappingProxyType
from typing import Any, Literal, cast

from app.kit.canonical import JSON
from app.kit.ids import PLURALS

Kind = Literal["text", "integer", "decimal", "boolean", "date", "instant"]
# A cell: dates and instants are ISO 8601 text, numbers with a fraction `Decimal`, with every digit.
Cell = str | int | Decimal | bool | None
Value = Cell | date | datetime
# A place's document by id, or null when it is not public.
Places = Callable[[str], JSON | None]
READERS: Mapping[Kind, Callable[[str], Value]] = MappingProxyType(
    {"date": date.fromisoformat, "instant": datetime.fromisoformat}
)


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column. `required`: never empty in the row of a public record. `references`: `table.column`."""

    name: str
    kind: Kind = "text"
    description: str
    required: bool = False
    primary: bool = False
    references: str | None = None


# The first column of every file: in the file's own words, which state of the record it shows.
EXPORT_SEQ = Column(
    name="export_seq",
    kind="integer",
    description="The newest revision when the file was made: `meta.seq` of every answer of that moment.",
    required=True,
)


@dataclass(frozen=True, kw_only=True)
class Block:
    """Columns that stand together, and what fills them from a document."""

    columns: tuple[Column, ...]
    fill: Callable[[JSON, Places], tuple[Cell, ...]]


@dataclass(frozen=True, kw_only=True)
class Table:
    """One table of flat rows made from the documents of one noun. New columns are only ever appended.

    tombstones: whether a record that was retracted can stand in it as a row without facts.
    """

    name: str
    noun: str
    title: str
    description: str
    columns: tuple[Column, ...]
    cells: Callable[[JSON, Places], Iterator[tuple[Cell, ...]]]
    tombstones: bool = True

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Return the names of the columns."""
        return tuple(one.name for one in self.columns)

    @cached_property
    def key(self) -> tuple[str, ...]:
        """Return the names of the columns that identify a row together."""
        return tuple(one.name for one in self.columns if one.primary)

    @property
    def whole(self) -> bool:
        """Return whether it is the noun's own table, so that formats of documents hold the documents themselves."""
        return PLURALS[self.noun] == self.name

    @cached_property
    def exported(self) -> tuple[Column, ...]:
        """Return the columns of a file: the state that it shows, then the table's own."""
        return (EXPORT_SEQ, *self.columns)

    @cached_property
    def _read(self) -> tuple[tuple[int, Callable[[str], Value]], ...]:
        """Return the places of the columns whose cells are text that stands for something else."""
        return tuple((at, READERS[one.kind]) for at, one in enumerate(self.columns) if one.kind in READERS)

    def rows(self, document: JSON, places: Places) -> Iterator[tuple[Value, ...]]:
        """Yield the rows of a document as typed values: dates are `date`, instants aware `datetime`."""
        return (self.typed(row) for row in self.cells(document, places))

    def typed(self, cells: tuple[Cell, ...]) -> tuple[Value, ...]:
        """Return a row with dates and instants read."""
        row: list[Value] = list(cells)
        for at, read in self._read:
            if (text := row[at]) is not None:
                row[at] = read(cast(str, text))
        return tuple(row)

    def tombstone(self, given: Mapping[str, Cell]) -> tuple[Cell, ...]:
        """Return the row of a record that was retracted: what is given by column, everything else empty."""
        return tuple(given.get(name) for name in self.names)


def of_blocks(*blocks: Block) -> tuple[tuple[Column, ...], Callable[[JSON, Places], Iterator[tuple[Cell, ...]]]]:
    """Return the columns of blocks, and what makes the one row of a document from them."""
    fills = tuple(block.fill for block in blocks)

    def cells(document: JSON, places: Places) -> Iterator[tuple[Cell, ...]]:
        row: list[Cell] = []
        for fill in fills:
            row += fill(document, places)
        yield tuple(row)

    return tuple(one for block in blocks for one in block.columns), cells


def block(columns: tuple[Column, ...], fill: Callable[[JSON], tuple[Cell, ...]]) -> Block:
    """Return a block that needs no place but the document's own words."""
    return Block(columns=columns, fill=lambda document, _: fill(document))


def picked(*columns: Column) -> Block:
    """Return a block of fields that stand in the document under the columns' own names."""
    names = [one.name for one in columns]
    pick: Callable[[JSON], Any] = itemgetter(*names)
    if len(names) == 1:
        return Block(columns=columns, fill=lambda document, _: (pick(document),))
    return Block(columns=columns, fill=lambda document, _: pick(document))
