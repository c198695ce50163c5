"""Why this file exists: the closed lists of this room."""

from enum import StrEnum


class PlaceKind(StrEnum):
    """What a place is."""

    COUNTRY = "country"
    ADMIN1 = "admin1"
    ADMIN2 = "admin2"
    ADMIN3 = "admin3"
    COMMUNITY = "community"
    AREA = "area"
