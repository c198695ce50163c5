"""Why this file exists: the closed lists of this room."""

from enum import StrEnum


class CrisisType(StrEnum):
    """What kind of crisis it is."""

    COMPLEX_EMERGENCY = "complex_emergency"
    CONFLICT = "conflict"
    NATURAL_HAZARD = "natural_hazard"
    EPIDEMIC = "epidemic"
    TECHNOLOGICAL = "technological"
    OTHER = "other"


class CrisisStatus(StrEnum):
    """Where a crisis stands."""

    ALERT = "alert"
    ONGOING = "ongoing"
    PAST = "past"
