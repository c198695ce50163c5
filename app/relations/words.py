"""Why this file exists: the closed lists of this room."""

from enum import StrEnum


class RelationType(StrEnum):
    """How one record stands to another; `same_quantity` by two voices never means independent confirmation."""

    RESTATES = "restates"
    CORROBORATES = "corroborates"
    CONFLICTS_WITH = "conflicts_with"
    UPDATES = "updates"
    SAME_QUANTITY = "same_quantity"
