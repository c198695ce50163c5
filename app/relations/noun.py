"""Why this file exists: how a relation is laid out, checked and rendered."""

from collections.abc import Iterable, Iterator

from app.index.keys import Keys
from app.kit import ids
from app.kit.canonical import JSON
from app.kit.errors import Fault
from app.record import citing
from app.record.noun import Noun, Reference
from app.record.refs import Lifecycle, Refs
from app.record.shape import Shape
from app.relations.schemas import RelationDraft
from app.relations.tables import Relation
from app.store.base import table_of

_ENDS = ("from", "to")


class RelationNoun(Noun):
    """Relations; each falls with either of its ends."""

    type = "relation"
    draft = RelationDraft
    unique = ("from_id", "to_id", "type")
    shape = Shape(
        table_of(Relation),
        key=("id",),
        columns={
            **{name: (name,) for name in ("type", "role", "reason", "lang")},
            "from_id": ("from",),
            "to_id": ("to",),
        },
    )

    def references(self, body: JSON) -> Iterator[Reference]:
        """A relation names its two ends."""
        for end in _ENDS:
            yield f"/{end}", body[end]

    def faults(self, body: JSON, refs: Refs) -> Iterable[Fault]:
        """Figures of different measures or units are never the same quantity."""
        if body["type"] == "same_quantity":
            one, other = (refs.body(body[end]) for end in _ENDS)
            for name in ("measure", "unit"):
                if one[name] != other[name]:
                    yield Fault("/type", f"expected two figures of one {name} for same_quantity", "not_comparable")

    def ancestors(self, body: JSON, refs: Refs) -> tuple[str, ...]:
        """A relation stands in both ends and in all that they stand in."""
        found: list[str] = []
        for end in _ENDS:
            record_id = body[end]
            if ids.type_of(record_id) == "figure":
                found.append(record_id)
                record_id = refs.body(record_id)["claim"]
            found += [record_id, refs.body(record_id)["report"]]
        return tuple(dict.fromkeys(found))

    def keys(self, record_id: str, body: JSON, refs: Refs) -> Keys:
        """It is found by its type, its two ends, and the claims, reports and crises that these stand in."""
        figures = [body[end] for end in _ENDS if ids.type_of(body[end]) == "figure"]
        claims = [body[end] for end in _ENDS if ids.type_of(body[end]) == "claim"]
        claims += [refs.body(one)["claim"] for one in figures]
        reports = [refs.body(one)["report"] for one in claims]
        for one in reports:
            refs.card(one)
        return Keys(
            terms={
                "relation": [body["type"]],
                "role": [body["role"]],
                "claim": claims,
                "figure": figures,
                "report": reports,
                "crisis": [refs.body(one)["crisis"] for one in reports],
            }
        )

    def card(self, record_id: str, body: JSON, refs: Refs) -> JSON:
        """Return what others could embed of it."""
        return {"id": record_id, "relation": body["type"], "from": body["from"], "to": body["to"]}

    def document(self, record_id: str, body: JSON, life: Lifecycle, refs: Refs) -> JSON:
        """Return the relation with the attribution of both ends."""
        lived = life.view()
        return {
            "id": record_id,
            "type": self.type,
            "relation": body["type"],
            "from": _end(body["from"], refs),
            "to": _end(body["to"], refs),
            "role": body["role"],
            "reason": body["reason"],
            "lang": body["lang"],
            **lived,
            "cite": _cite(record_id, body, lived),
        }


def _cite(record_id: str, body: JSON, lived: JSON) -> JSON:
    """Return the citation of a judgement of ours; it names its two ends, and does not repeat what they say."""
    title = f"{body['from']} {body['type'].replace('_', ' ')} {body['to']}"
    words = f"{title} — judged by {citing.ARCHIVE} ({body['role']}): {body['reason']}"
    return citing.cite_ours(record_id, lived, title, words, body["lang"], note=body["reason"])


def _end(record_id: str, refs: Refs) -> JSON:
    """Return one end; a figure's attribution is its claim's."""
    if ids.type_of(record_id) == "claim":
        claim = refs.card(record_id)
        return {"id": record_id, "type": "claim", "text": claim["statement"], "attribution": claim["attribution"]}
    claim = refs.card(refs.body(record_id)["claim"])
    figure = refs.card(record_id)
    return {"id": record_id, "type": "figure", "text": figure["text"], "attribution": claim["attribution"]}
