"""Why this file exists: the closed lists of the ledger, shared by its tables and by those who append to it."""

from enum import StrEnum


class Operation(StrEnum):
    """What a revision does to its record."""

    CREATE = "create"
    CORRECT = "correct"
    RETRACT = "retract"
    RESTORE = "restore"
    SEAL = "seal"
    REDACT = "redact"
    MERGE = "merge"


class Cause(StrEnum):
    """Why a revision after the first was made."""

    OUR_ERROR = "our_error"
    PUBLISHER_CORRECTION = "publisher_correction"
    ORIGINATOR_CORRECTION = "originator_correction"
    VOCABULARY = "vocabulary"
    PARENT = "parent"
    PROTECTION = "protection"
    SOURCE_TEXT = "source_text"


class WriterRole(StrEnum):
    """In what role a revision was made; never who."""

    SEED = "seed"
    EDITOR = "editor"


class Part(StrEnum):
    """The two contents of a revision."""

    BODY = "body"
    NOTE = "note"
