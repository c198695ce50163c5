"""Why this file exists: answers as pandas data frames: the flat rows of the exports, each column with its right type.

Text is `str`, whole numbers are `Int64` and booleans `boolean` (both know an empty cell), dates `datetime64[s]`,
instants `datetime64[us, UTC]`. Numbers with a fraction stay `Decimal`, with every digit that the source stated; who
needs floats says so: `frame["value"].astype("Float64")`.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from app.client.errors import ClientError
from app.exports.tables import TABLES, Table, Value

# Decimals stay what they are: objects.
TYPES: Mapping[str, str] = MappingProxyType(
    {
        "text": "str",
        "integer": "Int64",
        "decimal": "object",
        "boolean": "boolean",
        "date": "datetime64[s]",
        "instant": "datetime64[us, UTC]",
    }
)


def table_of(name: str) -> Table:
    """Return a table by name; raises ClientError with those that there are."""
    if name not in TABLES:
        raise ClientError(f"there is no table {name!r}; expected any of {', '.join(TABLES)}")
    return TABLES[name]


def frame(table: Table, rows: Iterable[tuple[Value, ...]]) -> Any:
    """Return rows of a table as a data frame; raises ClientError where pandas is not installed."""
    try:
        import pandas  # type: ignore[import-untyped]  # noqa: PLC0415 - an extra, needed only here
    except ModuleNotFoundError:
        raise ClientError("data frames need `pip install onrecord[pandas]`") from None
    columns = list(zip(*rows, strict=True)) or [()] * len(table.columns)
    series = {
        column.name: pandas.Series(list(cells), dtype=TYPES[column.kind])
        for column, cells in zip(table.columns, columns, strict=True)
    }
    return pandas.DataFrame(series)
