"""Why this file exists: from files of changes to corrections over the desk, all of them or none.

A file holds one change or a list of them, in YAML or JSON: `{id, version?, …fields…}`. A field replaces the record's
own as a whole; what is not named stays. `version` is the version that the writer has seen: of another, nothing is
changed.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from app.cli.console import Stop
from app.history.differences import differences
from app.kit import ids
from app.kit.canonical import JSON, parse
from app.kit.errors import Fault, InvalidInput, NotRecorded, OnrecordError
from app.ledger.chain import Envelope
from app.ledger.words import Cause
from app.record.noun import Noun
from app.record.writing import Note, Writing
from app.seeding.source import Entry, SeedFault, read

Step = Callable[[int], None]
NAMING = ("id", "version")


class Amended(NamedTuple):
    """What became of one change: the revision, null when the record says so already, and what it changed."""

    record_id: str
    made: Envelope | None
    differences: list[JSON]


class Checked(Exception):
    """Raised instead of committing: everything could be done, and nothing is."""

    def __init__(self, amended: list[Amended]) -> None:
        super().__init__("nothing is written")
        self.amended = amended


# --- files -----------------------------------------------------------------------------------------------------------


def changes(paths: list[Path]) -> list[Entry]:
    """Return every change of some files; raises Stop naming every fault that can be seen without the record."""
    entries: list[Entry] = []
    faults: list[str] = []
    for path in paths:
        try:
            entries += _entries(path)
        except SeedFault as fault:
            faults.append(str(fault))
    faults += [str(found) for entry in entries if (found := _fault(entry))]
    twice = [one for one, count in Counter(str(entry.value.get("id")) for entry in entries).items() if count > 1]
    if faults or twice:
        raise Stop("\n  ".join([*faults, *(f"{one}: expected every record once" for one in twice)]))
    return entries


def _entries(path: Path) -> list[Entry]:
    try:
        if path.suffix.lower() != ".json":
            return read(path, path.parent)
        value = parse(path.read_bytes())
    except OSError as error:
        raise SeedFault(f"{path.name}: {error.strerror}") from None
    except SeedFault:
        raise
    except ValueError:
        raise SeedFault(f"{path.name}:1: expected JSON in UTF-8") from None
    items = value if isinstance(value, list) else [value]
    if not items or not all(isinstance(one, dict) for one in items):
        raise SeedFault(f"{path.name}:1: expected a change, or a list of them, each an object")
    return [Entry(path.name, one, 1, {}) for one in items]


def _fault(entry: Entry) -> SeedFault | None:
    """Return what is wrong with how a change names its record."""
    one, version = entry.value.get("id"), entry.value.get("version", 1)
    if not isinstance(one, str) or not ids.is_id(one):
        return told(entry, Fault("/id", "expected the id of a record, such as clm_ and 26 characters"))
    if type(version) is not int or version < 1:
        return told(entry, Fault("/version", "expected the version that the change was made for"))
    return None


def told(entry: Entry, fault: Fault) -> SeedFault:
    """Return a fault at the line where its part stands, by the record's id."""
    named = {**entry.value, "key": entry.value.get("id", "?")}
    return Entry(entry.file, named, entry.line, entry.lines).fault(fault)


# --- the desk --------------------------------------------------------------------------------------------------------


def amend(
    writing: Writing, nouns: Mapping[str, Noun], entries: list[Entry], cause: Cause, note: Note, step: Step
) -> list[Amended]:
    """Correct every record that a change names; raises Stop, with the file and the line, and nothing is kept."""
    done = []
    for entry in entries:
        try:
            done.append(_amend(writing, nouns[ids.type_of(entry.value["id"])], entry.value, cause, note))
        except OnrecordError as error:
            faults = [str(told(entry, fault)) for fault in error.faults]
            where = f"{entry.file}:{entry.line}: {entry.value['id']}"
            raise Stop("\n  ".join([f"{where}: {error.detail}", *faults])) from None
        step(1)
    return done


def _amend(writing: Writing, noun: Noun, value: dict[str, Any], cause: Cause, note: Note) -> Amended:
    record_id = value["id"]
    entry = writing.shelf.entry(record_id)
    if entry is None:
        raise NotRecorded("there is no such record")
    before = writing.shelf.body(record_id)
    stated = {name: one for name, one in value.items() if name not in NAMING}
    draft = noun.draft.parse(noun.draft.amend(before, stated))
    after = noun.body(draft)
    # The same file given once more finds its own work done.
    if entry.public and after == before:
        return Amended(record_id, None, [])
    if value.get("version", entry.version) != entry.version:
        fault = Fault("/version", f"expected {entry.version}, which is the record's version now", "stale")
        raise InvalidInput("the record was changed since", (fault,))
    return Amended(record_id, writing.correct(record_id, draft, cause, note), differences(before, after))
