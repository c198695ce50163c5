"""Why this file exists: the tables of actors. A person has no readable handle: nobody is found by guessing a name."""

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint
from sqlmodel import Field

from app.actors.words import ActorKind
from app.store.base import Model, check, one_of


class Actor(Model, table=True):
    """Somebody who speaks, carries, or is spoken about."""

    __tablename__ = "actor"
    __table_args__ = (
        one_of("kind_known", "kind", ActorKind),
        check("person_without_slug", "(kind = 'person') = (slug IS NULL)"),
        check("person_without_type", "kind <> 'person' OR organisation_type IS NULL"),
        check("country_code", "country IS NULL OR length(country) = 3"),
        check("not_in_itself", "parent_id IS NULL OR parent_id <> id"),
        UniqueConstraint("slug"),
        ForeignKeyConstraint(["id"], ["record.id"]),
        ForeignKeyConstraint(["parent_id"], ["actor.id"]),
        Index(None, "parent_id"),
    )

    id: str = Field(primary_key=True)
    slug: str | None
    kind: str
    organisation_type: str | None
    name: str
    short_name: str | None
    lang: str
    country: str | None
    parent_id: str | None


class ActorAlias(Model, table=True):
    """Another name or spelling of an actor."""

    __tablename__ = "actor_alias"
    __table_args__ = (
        check("ordinal_positive", "ordinal >= 1"),
        UniqueConstraint("actor_id", "alias"),
        ForeignKeyConstraint(["actor_id"], ["actor.id"]),
    )

    actor_id: str = Field(primary_key=True)
    ordinal: int = Field(primary_key=True)
    alias: str
