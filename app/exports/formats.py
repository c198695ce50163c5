"""Why this file exists: every format on one page: its extension, what it is for, and what makes it.

What makes a format is imported when it is first asked for: some of the libraries take long to load.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from app.exports.about import Presenter
from app.exports.columns import Table

# The tables that stand on a map.
MAPPED = frozenset({"claims", "figures"})


@dataclass(frozen=True)
class Format:
    """One format. `tables`: the tables that have it, all when not said; `text`: whether it can begin with a mark."""

    media_type: str
    description: str
    presenter: Callable[[], Presenter]
    tables: frozenset[str] | None = None
    marked: bool = False


def _csv() -> Presenter:
    from app.exports.csv import Csv  # noqa: PLC0415

    return Csv()


def _ndjson() -> Presenter:
    from app.exports.ndjson import Ndjson  # noqa: PLC0415

    return Ndjson()


def _parquet() -> Presenter:
    from app.exports.parquet import Parquet  # noqa: PLC0415

    return Parquet()


def _xlsx() -> Presenter:
    from app.exports.xlsx import Xlsx  # noqa: PLC0415

    return Xlsx()


def _jsonld() -> Presenter:
    from app.exports.jsonld import JsonLd  # noqa: PLC0415

    return JsonLd()


def _geojson() -> Presenter:
    from app.exports.geojson import GeoJson  # noqa: PLC0415

    return GeoJson()


PRESENTERS: Mapping[str, Format] = MappingProxyType(
    {
        "csv": Format("text/csv", "Comma-separated values, safe to open in a spreadsheet.", _csv, marked=True),
        "ndjson": Format("application/x-ndjson", "A JSON object a line: the documents themselves.", _ndjson),
        "xlsx": Format(
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "An Excel workbook.", _xlsx
        ),
        "parquet": Format("application/vnd.apache.parquet", "Typed columns, for data tools.", _parquet),
        "jsonld": Format("application/ld+json", "Linked data: PROV-O, schema.org, Web Annotation.", _jsonld),
        "geojson": Format("application/geo+json", "Points on a map (RFC 7946).", _geojson, MAPPED),
    }
)


def formats_of(table: Table) -> tuple[str, ...]:
    """Return the extensions of the formats that a table has."""
    return tuple(name for name, one in PRESENTERS.items() if one.tables is None or table.name in one.tables)
