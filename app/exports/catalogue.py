"""Why this file exists: the catalogue of the exports in DCAT 3, so that other catalogues can harvest it.

Every table is a dataset, every format of it a distribution; its version is the state of the record that it shows.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType

import orjson

from app.exports import context
from app.exports.about import LICENCE_URL, TERMS
from app.exports.columns import Table
from app.kit.canonical import JSON

PATH = "/v1/catalogue.jsonld"
MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
# What a format keeps to, beside its media type.
STANDARDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "csv": ("https://www.rfc-editor.org/rfc/rfc4180", "https://specs.frictionlessdata.io/tabular-data-package/"),
        "geojson": ("https://www.rfc-editor.org/rfc/rfc7946",),
        "jsonld": ("https://www.w3.org/TR/json-ld11/", "https://www.w3.org/TR/prov-o/"),
        "parquet": ("https://parquet.apache.org/docs/file-format/",),
        "xlsx": ("https://ecma-international.org/publications-and-standards/standards/ecma-376/",),
    }
)
KEYWORDS = ("humanitarian", "attribution", "provenance", "situation reports")
_PUBLISHER = {"type": ["Agent", "foaf:Agent"], "name": "Onrecord"}


def catalogue(
    tables: Mapping[Table, Iterable[tuple[str, str]]], seq: int, issued: datetime | None, modified: datetime | None
) -> bytes:
    """Return the catalogue as JSON-LD.

    tables: of every table its formats, as (extension, media type). seq, modified: the newest revision and when it was
    made. issued: when the first revision was made. Both are null while nothing was recorded.
    """
    datasets = [
        {**_dataset(table, formats), **_state(seq, issued, modified), "publisher": _PUBLISHER}
        for table, formats in tables.items()
    ]
    made = {
        "@context": context.PATH,
        "id": PATH,
        "type": "Catalog",
        "title": "Onrecord",
        "description": "Humanitarian situation reports in which every claim and every figure keeps its source.",
        "license": LICENCE_URL,
        "rights": TERMS,
        "publisher": _PUBLISHER,
        **_state(seq, issued, modified),
        "dataset": datasets,
        "service": [_service(one["id"] for one in datasets)],
    }
    return orjson.dumps(made)


def _state(seq: int, issued: datetime | None, modified: datetime | None) -> JSON:
    dates = {"issued": issued, "modified": modified}
    known = {name: at.isoformat() for name, at in dates.items() if at is not None}
    return {"version": str(seq), "export_seq": seq, **known}


def _dataset(table: Table, formats: Iterable[tuple[str, str]]) -> JSON:
    return {
        "id": f"{PATH}#{table.name}",
        "type": "Dataset",
        "title": table.title,
        "description": table.description,
        "identifier": table.name,
        "keyword": [*KEYWORDS, table.name],
        "license": LICENCE_URL,
        "rights": TERMS,
        "landingPage": "/docs",
        "distribution": [_distribution(table, extension, media_type) for extension, media_type in formats],
    }


def _distribution(table: Table, extension: str, media_type: str) -> JSON:
    path = f"/v1/exports/{table.name}.{extension}"
    standards = STANDARDS.get(extension)
    return {
        "id": path,
        "type": "Distribution",
        "title": f"{table.title} ({extension})",
        "accessURL": path,
        "downloadURL": path,
        "mediaType": MEDIA_TYPES + media_type,
        "license": LICENCE_URL,
        "rights": TERMS,
        **({"conformsTo": list(standards)} if standards else {}),
    }


def _service(datasets: Iterable[str]) -> JSON:
    return {
        "id": f"{PATH}#api",
        "type": "DataService",
        "title": "The HTTP API",
        "endpointURL": "/v1",
        "endpointDescription": "/openapi.json",
        "servesDataset": list(datasets),
    }
