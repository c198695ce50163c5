"""Why this file exists: the two checks that every draft passes, whatever its noun; pure."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from app.kit import ids
from app.kit.canonical import JSON
from app.kit.errors import Fault
from app.record.refs import Entry


class Terms(Protocol):
    """Where the codes of a vocabulary are found."""

    def terms(self, vocabulary: str) -> Mapping[str, JSON]:
        """Return the terms of a vocabulary by code."""


def missing_references(
    references: Iterable[tuple[str, str]], entries: Mapping[str, Entry], record_id: str
) -> list[Fault]:
    """Return a fault for every reference to a record that is not there, is not public, or is the record itself."""
    faults = []
    for pointer, reference in references:
        entry = entries.get(reference)
        if reference == record_id:
            faults.append(Fault(pointer, "expected another record, not this one", "self_reference"))
        elif entry is None or not entry.public:
            expected = f"expected a {ids.type_of(reference)} that is on record"
            faults.append(Fault(pointer, expected, "unknown_reference"))
    return faults


def unknown_codes(codes: Iterable[tuple[str, str, str]], terms: Terms) -> list[Fault]:
    """Return a fault for every code that its vocabulary does not have."""
    return [
        Fault(pointer, f"expected a code of the vocabulary {vocabulary!r}", "unknown_code")
        for pointer, vocabulary, code in codes
        if code not in terms.terms(vocabulary)
    ]
