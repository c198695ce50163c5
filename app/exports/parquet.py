"""Why this file exists: a table as Parquet, typed, in groups of rows that are sent as they are made.

Decimals keep every digit, dates are dates and moments are UTC; the file says in its own words which state it shows,
under what terms, and what every column means.
"""

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from app.exports.about import About
from app.exports.columns import Column, Kind, Places
from app.exports.flat import flat_rows
from app.exports.pieces import Pieces

# Rows of a group: what is held in memory at once. Of twice as many a file is a fifteenth smaller, and takes 40 MB more.
GROUP = 1024
# 15 significant digits and 6 places, as figures have them at most.
_TYPES: dict[Kind, pa.DataType] = {
    "text": pa.string(),
    "integer": pa.int64(),
    "decimal": pa.decimal128(21, 6),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "instant": pa.timestamp("us", tz="UTC"),
}


class Parquet:
    """Makes Parquet files."""

    media_type = "application/vnd.apache.parquet"
    extension = "parquet"

    def __init__(self, group: int = GROUP) -> None:
        self._group = group

    def present(self, about: About, documents: Iterator[bytes], places: Places) -> Iterator[bytes]:
        """Yield the bytes of a Parquet file of the rows of these documents."""
        schema = schema_of(about)
        rows = flat_rows(about, documents, places)
        pieces = Pieces()
        sink = pa.PythonFile(pieces, mode="w")
        with pq.ParquetWriter(sink, schema, compression="zstd", compression_level=1) as writer:
            while group := list(islice(rows, self._group)):
                writer.write_batch(_batch(group, schema))
                # Arrow's allocator keeps what it was given, unless it is told.
                pa.default_memory_pool().release_unused()
                if pieces.waiting:
                    yield pieces.taken()
        yield pieces.taken()


def schema_of(about: About) -> pa.Schema:
    """Return the columns with their types and meanings, and what the file says of itself."""
    said = {
        "onrecord.table": about.table.name,
        "onrecord.title": about.table.title,
        "onrecord.description": about.table.description,
        "onrecord.primary_key": json.dumps(about.table.key),
        "onrecord.seq": str(about.seq),
        "onrecord.recorded_at": about.recorded_at.isoformat(),
        "onrecord.path": about.path,
        "onrecord.licence": about.licence,
        "onrecord.terms": about.terms,
    }
    return pa.schema([_field(one, about.tombstones) for one in about.table.exported], metadata=said)


def _field(column: Column, tombstones: bool) -> pa.Field:
    said = {"description": column.description}
    if column.references is not None:
        said["references"] = column.references
    # The row of a record that was retracted has its key, and not all of the rest.
    filled = column.primary or (column.required and not tombstones)
    return pa.field(column.name, _TYPES[column.kind], nullable=not filled, metadata=said)


def _batch(rows: list[tuple[Any, ...]], schema: pa.Schema) -> pa.RecordBatch:
    arrays = [_array(list(values), field.type) for values, field in zip(zip(*rows, strict=True), schema, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _array(values: list[Any], kind: pa.DataType) -> pa.Array:
    """Return values as an array of a type; days and moments are read from their text, all at once."""
    if pa.types.is_date(kind):
        return pc.cast(pa.array(values, pa.string()), kind)
    if pa.types.is_timestamp(kind):
        return pc.cast(pa.array(values, pa.string()), kind)
    return pa.array(values, kind)
