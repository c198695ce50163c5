"""Why this file exists: the tables of the index: small rows of whole numbers, so that finding touches few pages.

`index_field` a property that records are found by, `claim.theme` · `index_term` one value of it, with how many public
records have it · `index_posting` which records those are, in the order of recording · `index_span` the uncertain dates
of a record, as sort keys and as intervals · `index_past` by what a record was found before.
"""

from sqlalchemy import BigInteger, Index, UniqueConstraint
from sqlmodel import Field

from app.store.base import Model, check

# A term's number is its field's number above, and its own below: a field's terms are one range.
FIELD_BITS = 32


class IndexField(Model, table=True):
    """A property that records of one noun are found by."""

    __tablename__ = "index_field"
    __table_args__ = (UniqueConstraint("name"), check("no_positive", "no >= 1"))

    no: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    name: str


class IndexTerm(Model, table=True):
    """One value of a field: a code, or the id of a record; `total` public records have it."""

    __tablename__ = "index_term"
    __table_args__ = (
        check("total_not_negative", "total >= 0"),
        UniqueConstraint("field", "value"),
        {"sqlite_with_rowid": False},
    )

    id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    field: str
    value: str
    total: int


class IndexPosting(Model, table=True):
    """A record that has a term; by term for lists, by record for facets."""

    __tablename__ = "index_posting"
    __table_args__ = (Index(None, "recorded", "term"), {"sqlite_with_rowid": False})

    term: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    recorded: int = Field(primary_key=True, sa_type=BigInteger)


class IndexSpan(Model, table=True):
    """An uncertain date of a record in days, or another order: keys to sort by, and an interval that can be overlapped.

    `up` and `down` are never null: what is not known sorts last in both directions. `node`, `earliest` and `latest`
    are null when there is no interval; open ends are the ends of the calendar (see `app.kit.intervals`).
    """

    __tablename__ = "index_span"
    __table_args__ = (
        check("interval_whole", "(node IS NULL) = (earliest IS NULL) AND (node IS NULL) = (latest IS NULL)"),
        check("interval_in_order", "earliest <= node AND node <= latest"),
        Index(None, "field", "up", "recorded"),
        Index(None, "field", "down", "recorded"),
        Index("ix_index_span_interval", "field", "node", "earliest", "latest", "recorded"),
        {"sqlite_with_rowid": False},
    )

    field: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    recorded: int = Field(primary_key=True, sa_type=BigInteger)
    up: int = Field(sa_type=BigInteger)
    down: int = Field(sa_type=BigInteger)
    node: int | None
    earliest: int | None
    latest: int | None


class IndexPast(Model, table=True):
    """By what a record was found before the write that began with revision `until`, and since the row before.

    `entries` is what `app.index.keys.spelt` writes; null when the record was not public.
    """

    __tablename__ = "index_past"
    __table_args__ = (Index(None, "type", "recorded", "until"), {"sqlite_with_rowid": False})

    recorded: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    until: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    type: str
    entries: str | None
