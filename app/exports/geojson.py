"""Why this file exists: claims and figures as features on a map (RFC 7946), a feature for each row.

The geometry is the point of the place, or null while no point of it is confirmed: the middle of a country would be a
place that nobody named. A claim of several places has all their points. The properties are the flat row.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

import orjson

from app.exports.about import About
from app.exports.columns import Cell, Places
from app.kit.canonical import JSON

# Bytes of features that are sent together.
ENOUGH = 65_536


class GeoJson:
    """Makes GeoJSON."""

    media_type = "application/geo+json"
    extension = "geojson"

    def present(self, about: About, documents: Iterator[bytes], places: Places) -> Iterator[bytes]:
        """Yield the bytes of a collection of features, one for each row of these documents."""
        waiting, size, between = [_head(about)], 0, b"\n"
        for feature in _features(about, documents, places):
            waiting += (between, feature)
            between = b",\n"
            size += len(feature)
            if size >= ENOUGH:
                yield b"".join(waiting)
                waiting, size = [], 0
        waiting.append(b"\n]}\n")
        yield b"".join(waiting)


def _head(about: About) -> bytes:
    """Return the beginning of the collection: what it is, and then its features."""
    said = {
        "type": "FeatureCollection",
        "name": about.name,
        "title": about.table.title,
        "description": about.table.description,
        "export_seq": about.seq,
        "recorded_at": about.recorded_at.isoformat(),
        "licence": about.licence,
        "terms": about.terms,
        "path": about.path,
    }
    return orjson.dumps(said)[:-1] + b',"features":['


def _features(about: About, documents: Iterator[bytes], places: Places) -> Iterator[bytes]:
    table = about.table
    names = [one.name for one in table.exported]
    for body in documents:
        document = orjson.loads(body)
        shape = geometry(document, places)
        for row in table.cells(document, places):
            yield _feature(names, (about.seq, *row), shape)
    for row in about.retracted:
        yield _feature(names, (about.seq, *row), None)


def _feature(names: Sequence[str], row: tuple[Cell, ...], shape: JSON | None) -> bytes:
    properties = dict(zip(names, row, strict=True))
    feature = {"type": "Feature", "id": properties["id"], "geometry": shape, "properties": properties}
    return orjson.dumps(feature, default=_number)


def _number(value: Any) -> int | float:
    """Return a decimal of at most 15 significant digits as a JSON number that shows just them."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError(value)


def geometry(document: JSON, places: Places) -> JSON | None:
    """Return where a document is: a point, several, or null when no point is known."""
    named = document["places"] if "places" in document else [document["place"]]
    points = [point for one in named if one is not None and (point := _point(one["id"], places))]
    if len(points) > 1:
        return {"type": "MultiPoint", "coordinates": points}
    return {"type": "Point", "coordinates": points[0]} if points else None


def _point(place: str, places: Places) -> list[float] | None:
    found = places(place)
    point = found and found["point"]
    return [point["longitude"], point["latitude"]] if point else None
