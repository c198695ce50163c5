"""Why this file exists: one metadata with one naming convention, so that every constraint has a stable name."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any, TypeVar, cast

from sqlalchemy import CheckConstraint, MetaData, Table
from sqlmodel import SQLModel

T = TypeVar("T")
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=NAMING)


class Model(SQLModel):
    """The base of every table of ours."""

    metadata = metadata


def table_of(model: type[SQLModel]) -> Table:
    """Return the SQLAlchemy table of a model, for statements written with Core."""
    return cast(Table, model.__table__)  # type: ignore[attr-defined]


def one_of(name: str, column: str, codes: type[StrEnum] | Iterable[str]) -> CheckConstraint:
    """Return the named CHECK that a column holds one of a closed list of codes (null passes)."""
    listed = ", ".join(f"'{code}'" for code in codes)
    return CheckConstraint(f"{column} IN ({listed})", name=name)


def check(name: str, condition: str) -> CheckConstraint:
    """Return a named CHECK."""
    return CheckConstraint(condition, name=name)


Row = dict[str, Any]
BATCH = 500


def batches(keys: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    """Yield keys in lists short enough for one statement on any database."""
    batch: list[T] = []
    for one in keys:
        batch.append(one)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
