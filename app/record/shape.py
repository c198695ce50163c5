"""Why this file exists: a body (nested JSON) and its rows (flat tables) are two spellings of one fact.

A `Shape` says once which column holds which part of the body; `to_rows` and `to_body` are each other's inverse, so the
ledger can be checked against the tables, and no noun writes the mapping twice.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import Table

from app.kit.canonical import JSON
from app.store.base import Row

Path = tuple[str, ...]
Rows = dict[str, list[Row]]


@dataclass(frozen=True)
class Shape:
    """One table of a noun and the part of the body that it holds.

    columns: column → path inside the (part of the) body; () is the part itself, for lists of plain values.
    objects: paths of nested objects that are null when the named column is null.
    derived: columns computed from the part, for filters and sorts; they are not read back.
    decimals: columns whose body spelling is a decimal string.
    key: the columns that point to the owner; a list adds its own `ordinal`, counted from 1.
    at: where the list stands inside the owner's part.
    """

    table: Table
    key: tuple[str, ...]
    columns: Mapping[str, Path]
    at: Path = ()
    objects: Mapping[Path, str] = field(default_factory=dict)
    derived: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict)
    decimals: frozenset[str] = frozenset()
    children: tuple["Shape", ...] = ()

    def all(self) -> list["Shape"]:
        """Return this shape and those below it, owners first."""
        return [self, *(shape for child in self.children for shape in child.all())]

    def tables(self) -> list[Table]:
        """Return this table and those below it, owners first."""
        return [shape.table for shape in self.all()]


def dated(prefix: str, path: str) -> tuple[dict[str, Path], dict[Path, str]]:
    """Return the columns and the object of an uncertain date, for a shape."""
    names = ("edtf", "text", "basis", "reasoning")
    return {f"{prefix}_{name}": (path, name) for name in names}, {(path,): f"{prefix}_edtf"}


def to_rows(shape: Shape, record_id: str, body: JSON) -> Rows:
    """Return the rows of a body, by table name."""
    rows: Rows = defaultdict(list)
    _spread(shape, {shape.key[0]: record_id}, body, rows)
    return rows


def _spread(shape: Shape, key: Row, part: Any, rows: Rows) -> None:
    row = dict(key)
    for column, path in shape.columns.items():
        value = _get(part, path)
        row[column] = Decimal(value) if value is not None and column in shape.decimals else value
    for column, compute in shape.derived.items():
        row[column] = compute(part)
    rows[shape.table.name].append(row)
    for child in shape.children:
        for ordinal, item in enumerate(_get(part, child.at) or (), start=1):
            owner = dict(zip(child.key, key.values(), strict=True))
            _spread(child, {**owner, "ordinal": ordinal}, item, rows)


def to_body(shape: Shape, rows: Mapping[str, Iterable[Row]]) -> JSON:
    """Return the body of one record from its rows; the inverse of `to_rows`."""
    body: JSON = _gather(shape, next(iter(rows[shape.table.name])), shape.key, rows)
    return body


def _gather(shape: Shape, row: Row, identity: tuple[str, ...], rows: Mapping[str, Iterable[Row]]) -> Any:
    body: Any = {}
    for column, path in shape.columns.items():
        value = row[column]
        if isinstance(value, Decimal):
            value = format(value.normalize(), "f")
        if path == ():
            return value
        _put(body, path, value)
    for child in shape.children:
        mine = [row[name] for name in identity]
        owned = [one for one in rows.get(child.table.name, ()) if [one[name] for name in child.key] == mine]
        owned.sort(key=lambda one: int(one["ordinal"]))
        _put(body, child.at, [_gather(child, one, (*child.key, "ordinal"), rows) for one in owned])
    for path, column in shape.objects.items():
        if row[column] is None:
            _put(body, path, None)
    return body


def _get(part: Any, path: Path) -> Any:
    for name in path:
        if part is None:
            return None
        part = part[name]
    return part


def _put(body: Any, path: Path, value: Any) -> None:
    for name in path[:-1]:
        body = body.setdefault(name, {})
    body[path[-1]] = value
