"""Why this file exists: the closed lists of this room."""

from enum import StrEnum


class ActorKind(StrEnum):
    """What an actor is."""

    PERSON = "person"
    ORGANIZATION = "organization"
    GOVERNMENT = "government"
    ARMED_GROUP = "armed_group"
    COMMUNITY = "community"
    MEDIA = "media"
