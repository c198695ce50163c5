"""Why this file exists: what is written and read of an actor."""

from typing import Literal

from pydantic import Field, model_validator

from app.actors.words import ActorKind
from app.kit.schema import ActorId, Code, Country, Draft, Label, Lang, Slug, View
from app.record.schemas import RecordView


class ActorDraft(Draft):
    """An actor as it is written."""

    slug: Slug | None = None
    kind: ActorKind
    organisation_type: Code | None = None
    name: Label
    short_name: Label | None = None
    aliases: tuple[Label, ...] = ()
    lang: Lang
    country: Country | None = None
    parent: ActorId | None = None

    @model_validator(mode="after")
    def _person_or_not(self) -> "ActorDraft":
        """A person has neither slug nor organisation type; everybody else has a slug."""
        is_person = self.kind is ActorKind.PERSON
        if is_person != (self.slug is None):
            raise ValueError("expected a slug for every actor but a person, and none for a person")
        if is_person and self.organisation_type is not None:
            raise ValueError("expected no organisation_type for a person")
        if len(set(self.aliases)) != len(self.aliases):
            raise ValueError("expected every alias once")
        return self


class ActorCardView(View):
    """An actor as other records embed it."""

    id: str = Field(description="Id of the actor.")
    slug: str | None = Field(description="Readable name that also finds it; null for persons.", examples=["unhcr"])
    name: str = Field(description="Full name.", examples=["Syria Civil Defence"])
    short_name: str | None = Field(description="Short name, or null.", examples=["White Helmets"])
    kind: ActorKind = Field(description="person, organization, government, armed_group, community or media.")


class ActorCountsView(View):
    """In how many public claims an actor stands in each role."""

    originator: int = Field(description="Claims that the actor made.", examples=[5])
    relay: int = Field(description="Claims of others that the actor passed on.", examples=[0])
    publisher: int = Field(description="Claims that the actor published.", examples=[0])
    reporter: int = Field(description="Claims that the actor reported.", examples=[0])


class ActorView(RecordView):
    """Somebody who speaks, carries, or is spoken about."""

    type: Literal["actor"] = Field(description="The noun: actor.")
    slug: str | None = Field(description="Readable name that also finds it; null for persons.", examples=["unhcr"])
    kind: ActorKind = Field(description="person, organization, government, armed_group, community or media.")
    organisation_type: str | None = Field(description="Code of the vocabulary `organisation_type`, or null.")
    name: str = Field(description="Full name.", examples=["Syria Civil Defence"])
    short_name: str | None = Field(description="Short name, or null.", examples=["White Helmets"])
    aliases: list[str] = Field(description="Other names and spellings.")
    lang: str = Field(description="Language of the names (BCP 47).", examples=["en"])
    country: str | None = Field(description="ISO 3166-1 alpha-3 code, or null.", examples=["SYR"])
    parent: ActorCardView | None = Field(description="The actor that it is a part of, or null.")
    counts: ActorCountsView = Field(description="In how many public claims it stands in each role.")
