"""Why this file exists: how a crisis is laid out, checked and rendered."""

from collections.abc import Iterator

from app.crises.schemas import CrisisDraft
from app.crises.tables import Crisis, CrisisExternalId, CrisisPlace
from app.index.keys import Keys, grams
from app.kit.canonical import JSON
from app.kit.schema import date_bound, date_view
from app.places.noun import around, countries, place_views
from app.record import citing
from app.record.noun import Noun, Reference
from app.record.refs import Lifecycle, Refs
from app.record.shape import Shape, dated
from app.store.base import table_of

COUNTS = ("reports", "claims", "figures")
_DATE_COLUMNS, _ = dated("dates", "dates")


class CrisisNoun(Noun):
    """Crises."""

    type = "crisis"
    draft = CrisisDraft
    shape = Shape(
        table_of(Crisis),
        key=("id",),
        columns={
            **{name: (name,) for name in ("slug", "name", "lang", "type")},
            "crisis_status": ("status",),
            **_DATE_COLUMNS,
        },
        derived={
            "dates_earliest": lambda body: date_bound(body["dates"], "earliest"),
            "dates_latest": lambda body: date_bound(body["dates"], "latest"),
        },
        children=(
            Shape(table_of(CrisisPlace), key=("crisis_id",), at=("places",), columns={"place_id": ()}),
            Shape(
                table_of(CrisisExternalId),
                key=("crisis_id",),
                at=("external_ids",),
                columns={"scheme": ("scheme",), "value": ("value",)},
            ),
        ),
    )

    def references(self, body: JSON) -> Iterator[Reference]:
        """A crisis names its places."""
        for index, place in enumerate(body["places"]):
            yield f"/places/{index}", place

    def keys(self, record_id: str, body: JSON, refs: Refs) -> Keys:
        """It is found by its type, where it is, and its ids in other systems."""
        return Keys(
            terms={
                "crisis_type": [body["type"]],
                "crisis_status": [body["status"]],
                "place": around(body["places"], refs),
                "country": countries(body["places"], refs),
                "external_id": [f"{one['scheme']}:{one['value']}" for one in body["external_ids"]],
                "gram": grams(body["name"]),
            },
            dates={"dates": body["dates"]},
            head=[body["name"]],
        )

    def card(self, record_id: str, body: JSON, refs: Refs) -> JSON:
        """Return what other documents embed."""
        return {"id": record_id, "slug": body["slug"], "name": body["name"]}

    def document(self, record_id: str, body: JSON, life: Lifecycle, refs: Refs) -> JSON:
        """Return the crisis with its counts over public records."""
        lived = life.view()
        return {
            "id": record_id,
            "type": self.type,
            "slug": body["slug"],
            "name": body["name"],
            "lang": body["lang"],
            "crisis_type": body["type"],
            "crisis_status": body["status"],
            "dates": date_view(body["dates"]),
            "places": place_views(body["places"], refs),
            "external_ids": body["external_ids"],
            "counts": {name: refs.tally(record_id, name) for name in COUNTS},
            **lived,
            "cite": _cite(record_id, body, lived),
        }


def _cite(record_id: str, body: JSON, lived: JSON) -> JSON:
    """Return the citation of a crisis, with what other systems call it."""
    known = ", ".join(f"{one['scheme']}:{one['value']}" for one in body["external_ids"])
    words = f"{body['name']} ({known})." if known else f"{body['name']}."
    return citing.cite_ours(record_id, lived, body["name"], words, body["lang"], note=known or None)
