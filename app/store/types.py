"""Why this file exists: the column types that SQLite lacks, with one behaviour on both databases."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, Numeric, String
from sqlalchemy.types import TypeDecorator, TypeEngine

from app.kit.clock import instant_text, parse_instant


class Instant(TypeDecorator[datetime]):
    """An aware UTC instant to the microsecond: TIMESTAMPTZ on PostgreSQL, sortable RFC 3339 text on SQLite."""

    impl = String(27)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the column type of the database at hand."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(DateTime(timezone=True))
        return dialect.type_descriptor(String(27))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Refuse naive instants; write text on SQLite."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("expected an aware instant")
        return value if dialect.name == "postgresql" else instant_text(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Read back an aware instant."""
        return parse_instant(value) if isinstance(value, str) else value


class SeqKey(TypeDecorator[int]):
    """A primary key that is a `seq`: BIGINT, and on SQLite INTEGER, which makes it the key of the table's own tree."""

    impl = BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the column type of the database at hand."""
        return dialect.type_descriptor(Integer() if dialect.name == "sqlite" else BigInteger())


class ExactDecimal(TypeDecorator[Decimal]):
    """A decimal of at most 15 significant digits and 6 places.

    PostgreSQL keeps NUMERIC. SQLite has no decimal type; its NUMERIC affinity keeps whole numbers as integers and
    others as binary64, which gives every decimal of up to 15 digits back exactly, and compares as numbers do.
    """

    impl = Numeric(21, 6)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the column type of the database at hand."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(Numeric(21, 6))
        return dialect.type_descriptor(Numeric(21, 6, asdecimal=False))

    def process_bind_param(self, value: Decimal | str | None, dialect: Dialect) -> Any:
        """Write the digits; SQLite's affinity turns the text into a number."""
        if value is None:
            return None
        return Decimal(value) if dialect.name == "postgresql" else str(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        """Read the digits back exactly."""
        return None if value is None else Decimal(repr(value) if isinstance(value, float) else value)
