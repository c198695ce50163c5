"""Why this file exists: the states of a record and the parent rule, pure.

A record is public iff it is published and every record that it stands in (figure → claim → report) is public.
"""

from collections.abc import Iterable
from enum import StrEnum


class Status(StrEnum):
    """Where a record stands in the editors' work."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    PUBLISHED = "published"
    RETRACTED = "retracted"


def is_public(status: str, ancestors_public: Iterable[bool]) -> bool:
    """Whether a record of this status, in ancestors that are public or not, is public."""
    return status == Status.PUBLISHED.value and all(ancestors_public)
