"""Why this file exists: what every verb asks before it changes anything; a refusal leaves nothing half done."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from sqlalchemy import Connection

from app.kit.canonical import JSON
from app.kit.errors import AlreadyRecorded, Fault, InvalidInput, NotAllowed, UnknownReference
from app.record import queries, rules
from app.record.everything import uses
from app.record.noun import Noun
from app.record.refs import Entry, Refs
from app.record.rows import RowWriter
from app.record.shelf import Shelf
from app.record.standing import Standing


def draft(noun: Noun, record_id: str, body: JSON, shelf: Shelf, rows: RowWriter) -> None:
    """Check a body that is to be recorded; raises UnknownReference, InvalidInput or AlreadyRecorded."""
    references = list(noun.references(body))
    shelf.load(reference for _, reference in references)
    faults = rules.missing_references(references, shelf.entries, record_id)
    faults += rules.unknown_codes(noun.codes(body), shelf)
    if faults:
        raise UnknownReference(f"this {noun.type} names what is not on record", tuple(faults))
    faults = [*noun.faults(body, Refs(shelf)), *_circle(noun, record_id, body, shelf)]
    if faults:
        raise InvalidInput(f"this {noun.type} breaks a rule", tuple(faults))
    for handle in noun.handles(body):
        holder = rows.holder(noun.type, handle)
        if holder not in (None, record_id):
            raise AlreadyRecorded(f"another {noun.type} is found by {handle!r}")
    if twin := rows.twin(noun, record_id, body):
        raise AlreadyRecorded(f"{twin} says this already; correct or restore that one")


def _circle(noun: Noun, record_id: str, body: JSON, shelf: Shelf) -> Iterable[Fault]:
    """A record never lies in itself, however long the way round."""
    above = noun.within(body)
    while above is not None and above != record_id:
        above = noun.within(shelf.body(above))
    if above is not None:
        yield Fault("/parent", "expected a parent that does not lie in this very record", "circle")


def coming_back(nouns: Mapping[str, Noun], coming: list[Entry], shelf: Shelf) -> None:
    """What comes back must find everything that it names, as if it were recorded now; raises NotAllowed."""
    references = {one.id: list(nouns[one.type].references(shelf.body(one.id))) for one in coming}
    shelf.load(reference for some in references.values() for _, reference in some)
    entries = {**shelf.entries, **{one.id: replace(one, public=True) for one in coming}}
    faults: list[Fault] = []
    for one in coming:
        faults += rules.missing_references(references[one.id], entries, one.id)
        faults += rules.unknown_codes(nouns[one.type].codes(shelf.body(one.id)), shelf)
    if faults:
        raise NotAllowed("it names what is not public; restore that first", tuple(faults))
    standing(nouns, coming, shelf)


def standing(nouns: Mapping[str, Noun], records: Iterable[Entry], shelf: Shelf) -> None:
    """What stands must go on keeping its rules when what it stands in changes or comes back; raises NotAllowed."""
    for one in records:
        if faults := tuple(nouns[one.type].faults(shelf.body(one.id), Refs(shelf))):
            raise NotAllowed(f"{one.id} would break a rule; correct that first", faults)


def holding(nouns: Mapping[str, Noun], records: Iterable[Entry], shelf: Shelf) -> None:
    """What stands in a record must keep its rules beside a text that is taken in; raises InvalidInput."""
    faults = [
        Fault(f"{one.id}{fault.pointer}", fault.detail, fault.code)
        for one in records
        if one.public
        for fault in nouns[one.type].faults(shelf.body(one.id), Refs(shelf))
    ]
    if faults:
        raise InvalidInput("the locators are not those of this text", tuple(faults))


def uncited(
    connection: Connection, nouns: Mapping[str, Noun], shelf: Shelf, standing: Standing, going: list[Entry]
) -> None:
    """Check that nothing public embeds records that are to go; raises NotAllowed.

    The first of them is what goes, the others go with it. All that they stand in may embed them.
    """
    entry, leaving = going[0], {one.id for one in going}
    if entry.type == "vocabulary" and uses(connection, nouns, shelf.body(entry.id)["name"]):
        raise NotAllowed("public records name its codes; correct or retract them first")
    citing = queries.dependants(connection, leaving) - leaving
    for one in going:
        citing -= set(standing.ancestors(one.id))
    if citing:
        raise NotAllowed(f"{len(citing)} public records cite it; correct or retract them first")
