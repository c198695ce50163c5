"""Why this file exists: the closed lists of this room."""

from enum import StrEnum


class Sensitivity(StrEnum):
    """How much harm the disclosure of a record could do (OCHA data responsibility)."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"
    SEVERE = "severe"
