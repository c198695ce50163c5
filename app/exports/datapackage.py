"""Why this file exists: the CSV tables described as a Frictionless data package, so that tools load them as they are.

Types, keys and what a column means are those of the tables themselves; the files stand beside the package.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from app.exports.about import LICENCE, LICENCE_URL, TERMS
from app.exports.columns import Column, Kind, Table
from app.kit.canonical import JSON
from app.kit.clock import instant_text

PATH = "/v1/exports/datapackage.json"
_TYPES: Mapping[Kind, Mapping[str, Any]] = MappingProxyType(
    {
        "text": {"type": "string"},
        "integer": {"type": "integer"},
        "decimal": {"type": "number"},
        "boolean": {"type": "boolean", "trueValues": ["true"], "falseValues": ["false"]},
        "date": {"type": "date"},
        "instant": {"type": "datetime", "format": "any"},
    }
)
# What a row has that stands for a record which was retracted.
_OF_TOMBSTONES = frozenset({"export_seq", "status"})


def datapackage(tables: Iterable[Table], seq: int, recorded_at: datetime, *, tombstones: bool = False) -> JSON:
    """Return the description of the tables' CSV files: with tombstones, also of rows that have no facts."""
    resources = [_resource(table, tombstones=tombstones and table.tombstones) for table in tables]
    return {
        "profile": "tabular-data-package",
        "name": "onrecord",
        "title": "Onrecord",
        "description": "What humanitarian situation reports say: every claim and every figure with its source.",
        "version": str(seq),
        "created": instant_text(recorded_at),
        "licenses": [{"name": LICENCE, "path": LICENCE_URL, "title": TERMS}],
        "export_seq": seq,
        "resources": resources,
    }


def _resource(table: Table, *, tombstones: bool) -> JSON:
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": table.title,
        "description": table.description,
        "path": f"{table.name}.csv",
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": _schema(table, tombstones=tombstones),
    }


def _schema(table: Table, *, tombstones: bool) -> JSON:
    made: JSON = {
        "fields": [_field(one, tombstones=tombstones) for one in table.exported],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    keys = [_foreign_key(one.name, one.references, table) for one in table.columns if one.references]
    return {**made, "foreignKeys": keys} if keys else made


def _field(column: Column, *, tombstones: bool) -> JSON:
    always = column.required and (column.primary or not tombstones or column.name in _OF_TOMBSTONES)
    constraints = {"constraints": {"required": True}} if always else {}
    return {"name": column.name, "description": column.description, **_TYPES[column.kind], **constraints}


def _foreign_key(name: str, references: str, table: Table) -> JSON:
    other, _, column = references.partition(".")
    # A table names itself by the empty text.
    return {"fields": name, "reference": {"resource": "" if other == table.name else other, "fields": column}}
