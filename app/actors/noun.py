"""Why this file exists: how an actor is laid out, checked and rendered."""

from collections.abc import Iterable, Iterator

from app.actors.schemas import ActorDraft
from app.actors.tables import Actor, ActorAlias
from app.index.keys import Keys, grams
from app.kit.canonical import JSON
from app.kit.errors import Fault
from app.record import citing
from app.record.noun import Noun, Reference
from app.record.refs import Lifecycle, Refs
from app.record.shape import Shape
from app.store.base import table_of

ROLES = ("originator", "relay", "publisher", "reporter")
_PLAIN = ("slug", "kind", "organisation_type", "name", "short_name", "lang", "country")


class ActorNoun(Noun):
    """Actors; persons are found by id alone."""

    type = "actor"
    draft = ActorDraft
    shape = Shape(
        table_of(Actor),
        key=("id",),
        columns={**{name: (name,) for name in _PLAIN}, "parent_id": ("parent",)},
        children=(Shape(table_of(ActorAlias), key=("actor_id",), at=("aliases",), columns={"alias": ()}),),
    )

    def references(self, body: JSON) -> Iterator[Reference]:
        """An actor names the one it is a part of."""
        if body["parent"]:
            yield "/parent", body["parent"]

    def codes(self, body: JSON) -> Iterator[tuple[str, str, str]]:
        """Organisations have a type."""
        if body["organisation_type"]:
            yield "/organisation_type", "organisation_type", body["organisation_type"]

    def within(self, body: JSON) -> str | None:
        """An actor is never a part of itself, by whatever way."""
        parent: str | None = body["parent"]
        return parent

    def faults(self, body: JSON, refs: Refs) -> Iterable[Fault]:
        """Nobody is a part of a person."""
        if body["parent"] and refs.body(body["parent"])["kind"] == "person":
            yield Fault("/parent", "expected an actor that is not a person", "parent_is_person")

    def change_faults(self, before: JSON, body: JSON) -> Iterable[Fault]:
        """A person stays a person, and nobody else becomes one: what protects persons depends on it."""
        if (before["kind"] == "person") != (body["kind"] == "person"):
            yield Fault("/kind", f"expected a kind as `{before['kind']}` is: person or not", "kind_differs")

    def keys(self, record_id: str, body: JSON, refs: Refs) -> Keys:
        """It is found by what it is, by the roles in which it stands in public claims, and by its names."""
        return Keys(
            terms={
                "kind": [body["kind"]],
                "organisation_type": [body["organisation_type"]] if body["organisation_type"] else [],
                "country": [body["country"]] if body["country"] else [],
                "parent": [body["parent"]] if body["parent"] else [],
                "role": [role for role in ROLES if refs.tally(record_id, role)],
                "gram": grams(body["name"], body["short_name"], *body["aliases"]),
            },
            head=[body["name"], body["short_name"], *body["aliases"]],
        )

    def card(self, record_id: str, body: JSON, refs: Refs) -> JSON:
        """Return what other documents embed."""
        return {"id": record_id, **{name: body[name] for name in ("slug", "name", "short_name", "kind")}}

    def document(self, record_id: str, body: JSON, life: Lifecycle, refs: Refs) -> JSON:
        """Return the actor with its counts over public claims."""
        lived = life.view()
        return {
            "id": record_id,
            "type": self.type,
            **{name: body[name] for name in ("slug", "kind", "organisation_type", "name", "short_name")},
            "aliases": body["aliases"],
            "lang": body["lang"],
            "country": body["country"],
            "parent": refs.card_or_none(body["parent"]),
            "counts": {role: refs.tally(record_id, role) for role in ROLES},
            **lived,
            "cite": citing.cite_ours(record_id, lived, body["name"], f"{body['name']}.", body["lang"]),
        }
