"""Why this file exists: how a place is laid out, checked and rendered."""

from collections.abc import Iterable, Iterator

from app.index.keys import Keys, grams
from app.kit.canonical import JSON
from app.kit.errors import Fault
from app.places.schemas import PlaceDraft
from app.places.tables import Place, PlaceName
from app.record import citing
from app.record.noun import Noun, Reference
from app.record.refs import Lifecycle, Refs
from app.record.shape import Shape
from app.store.base import table_of

_NAMES = Shape(table_of(PlaceName), key=("place_id",), at=("names",), columns={"lang": ("lang",), "name": ("name",)})
_LEVELS = ("admin1", "admin2", "admin3")
_PLAIN = ("slug", "name", "lang", "kind", "p_code", "country", "informal", "cod_version")


def place_views(ids: Iterable[str], refs: Refs) -> list[JSON]:
    """Return the cards of places, as other documents embed them."""
    return [place_view(one, refs) for one in ids]


def place_view(record_id: str, refs: Refs) -> JSON:
    """Return the card of a place without what only places need."""
    card = dict(refs.card(record_id))
    del card["parent"]
    return card


class PlaceNoun(Noun):
    """Places are known by slug and by P-code."""

    type = "place"
    draft = PlaceDraft
    shape = Shape(
        table_of(Place),
        key=("id",),
        columns={
            **{name: (name,) for name in _PLAIN},
            "parent_id": ("parent",),
            "latitude": ("point", "latitude"),
            "longitude": ("point", "longitude"),
        },
        objects={("point",): "latitude"},
        decimals=frozenset({"latitude", "longitude"}),
        children=(_NAMES,),
    )

    def references(self, body: JSON) -> Iterator[Reference]:
        """A place names the one it lies in."""
        if body["parent"]:
            yield "/parent", body["parent"]

    def within(self, body: JSON) -> str | None:
        """A place never lies inside itself, by whatever way."""
        parent: str | None = body["parent"]
        return parent

    def faults(self, body: JSON, refs: Refs) -> Iterable[Fault]:
        """A place lies in the country of its parent."""
        if body["parent"] is None:
            return
        if refs.body(body["parent"])["country"] != body["country"]:
            yield Fault("/country", "expected the country of the parent", "country_differs")

    def change_faults(self, before: JSON, body: JSON) -> Iterable[Fault]:
        """A place stays in its country, as do all that lie in it."""
        if body["country"] != before["country"]:
            yield Fault("/country", "expected the same country: a place stays where it is", "country_differs")

    def handles(self, body: JSON) -> tuple[str, ...]:
        """A place is found by its slug and by its P-code."""
        return (body["slug"], body["p_code"]) if body["p_code"] else (body["slug"],)

    def keys(self, record_id: str, body: JSON, refs: Refs) -> Keys:
        """It is found by what it lies in, and by its names in every language."""
        return Keys(
            terms={
                "kind": [body["kind"]],
                "country": countries([record_id], refs),
                "parent": [body["parent"]] if body["parent"] else [],
                "place": around([record_id], refs),
                "informal": ["true" if body["informal"] else "false"],
                "gram": grams(body["name"], *(one["name"] for one in body["names"])),
            },
            head=[body["name"], *(one["name"] for one in body["names"])],
        )

    def card(self, record_id: str, body: JSON, refs: Refs) -> JSON:
        """Return what other documents embed; `parent` is for finding the way up."""
        return {
            "id": record_id,
            "slug": body["slug"],
            "name": body["name"],
            "kind": body["kind"],
            "p_code": body["p_code"],
            "country": body["country"],
            "parent": body["parent"],
        }

    def document(self, record_id: str, body: JSON, life: Lifecycle, refs: Refs) -> JSON:
        """Return the place with everything that it lies in."""
        ancestors = _way_up(body["parent"], refs)
        around = {one["kind"]: one for one in [*reversed(ancestors), self.card(record_id, body, refs)]}
        levels = {}
        for level in _LEVELS:
            levels[f"{level}_code"] = around[level]["p_code"] if level in around else None
            levels[f"{level}_name"] = around[level]["name"] if level in around else None
        point, lived = body["point"], life.view()
        return {
            "id": record_id,
            "type": self.type,
            "slug": body["slug"],
            "name": body["name"],
            "names": {one["lang"]: one["name"] for one in body["names"]},
            "lang": body["lang"],
            "kind": body["kind"],
            "p_code": body["p_code"],
            "country": body["country"],
            **levels,
            "parent": place_view(body["parent"], refs) if body["parent"] else None,
            "ancestors": [place_view(one["id"], refs) for one in ancestors],
            "point": {name: float(point[name]) for name in ("latitude", "longitude")} if point else None,
            "informal": body["informal"],
            "cod_version": body["cod_version"],
            **lived,
            "cite": _cite(record_id, body, lived),
        }


def _cite(record_id: str, body: JSON, lived: JSON) -> JSON:
    """Return the citation of a place, with its code, or the country that it lies in."""
    code = body["p_code"] or body["country"]
    words = f"{body['name']} ({code})." if code else f"{body['name']}."
    return citing.cite_ours(record_id, lived, body["name"], words, body["lang"], note=code)


def around(ids: Iterable[str], refs: Refs) -> list[str]:
    """Return places with everything that they lie in, each once: a list by place finds what is inside it."""
    return list(dict.fromkeys(card["id"] for one in ids for card in _way_up(one, refs)))


def countries(ids: Iterable[str], refs: Refs) -> list[str]:
    """Return the countries of places, those that are in one."""
    return [code for one in ids if (code := refs.card(one)["country"])]


def _way_up(parent: str | None, refs: Refs) -> list[JSON]:
    """Return the cards of a parent and all above it, nearest first."""
    found: list[JSON] = []
    while parent is not None and len(found) < 20:
        found.append(refs.card(parent))
        parent = found[-1]["parent"]
    return found
