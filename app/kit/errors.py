"""Why this file exists: the whole tree of what can go wrong in the domain, on one page.

    OnrecordError
    ├── InvalidInput        the draft breaks a rule of its own (the list of faults says where and what was expected)
    ├── UnknownReference    the draft names a record or a code that is not there
    ├── AlreadyRecorded     a record with this id or handle exists
    ├── NotRecorded         there is no such record
    ├── NotAllowed          the record's state does not allow this verb
    └── NothingChanged      a correction that corrects nothing

The faces translate them: HTTP into problem details (RFC 9457), the command line into one line each.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: where (a JSON Pointer, RFC 6901), what was expected, and a stable code."""

    pointer: str
    detail: str
    code: str = "invalid"

    def __str__(self) -> str:
        """Return `where: what`."""
        return f"{self.pointer or '/'}: {self.detail}"


class OnrecordError(Exception):
    """Anything the domain refuses; its text never echoes bodies or secrets."""

    def __init__(self, detail: str, faults: tuple[Fault, ...] = ()) -> None:
        super().__init__(detail)
        self.detail = detail
        self.faults = faults

    def __str__(self) -> str:
        """Return the detail and every fault, a line each."""
        return "\n  ".join([self.detail, *(str(fault) for fault in self.faults)])


class InvalidInput(OnrecordError):
    """The draft breaks a rule of its own."""


class UnknownReference(OnrecordError):
    """The draft names a record or a code that is not there."""


class AlreadyRecorded(OnrecordError):
    """A record with this id or this handle exists."""


class NotRecorded(OnrecordError):
    """There is no such record."""


class NotAllowed(OnrecordError):
    """The state of the record does not allow this verb."""


class NothingChanged(OnrecordError):
    """A correction that leaves the record as it is."""
