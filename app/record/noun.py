"""Why this file exists: what the desk needs to know about a noun, and nothing more.

A noun says how its draft is checked, how its body is laid out in tables, in which records it stands, what it counts,
by what it is found, and how its card (what others embed) and its document (what a reader gets) are rendered. The desk
does the rest, so every noun keeps the same promises.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from sqlalchemy import Table

from app.index.keys import Keys
from app.kit.canonical import JSON, canonical, parse
from app.kit.errors import Fault
from app.kit.schema import Draft
from app.record.refs import Lifecycle, Refs
from app.record.shape import Shape

Reference = tuple[str, str]


class Noun(ABC):
    """One noun of the record; subclasses are stateless."""

    draft: ClassVar[type[Draft]]
    type: ClassVar[str]
    shape: ClassVar[Shape]
    # Narrow tables of its own in the index, each with a column `recorded`; `keys` gives their rows.
    index_tables: ClassVar[tuple[Table, ...]] = ()
    # The columns that no two records of this noun have the same, taken together; slugs and codes are handles.
    unique: ClassVar[tuple[str, ...]] = ()
    # Whether the rules of what stands in a record ask for its facts, so that a correction must be held against them.
    binds: ClassVar[bool] = False
    # The types of records standing in this one whose cards its document embeds.
    embeds: ClassVar[tuple[str, ...]] = ()
    # The vocabularies whose labels the documents embed; when one changes, they are all rendered again.
    vocabularies: ClassVar[tuple[str, ...]] = ()

    def body(self, draft: Any) -> JSON:
        """Return the record's own facts as the JSON value that the ledger keeps, in the ledger's order of fields.

        Documents are rendered from it now and from the ledger's copy later, and must be the same to the byte.
        """
        body: JSON = parse(canonical(draft.model_dump(mode="json")))
        return body

    def references(self, body: JSON) -> Iterator[Reference]:
        """Yield (JSON Pointer, id) of every record that the body names."""
        return iter(())

    def codes(self, body: JSON) -> Iterator[tuple[str, str, str]]:
        """Yield (JSON Pointer, vocabulary, code) of every code of an open vocabulary that the body names."""
        return iter(())

    def faults(self, body: JSON, refs: Refs) -> Iterable[Fault]:
        """Return what is wrong with the body beside the records that it names; they are all there."""
        return ()

    def ancestors(self, body: JSON, refs: Refs) -> tuple[str, ...]:
        """Return the ids of all records that this one stands in, nearest first; they never change."""
        return ()

    def handles(self, body: JSON) -> tuple[str, ...]:
        """Return the slugs and codes by which the record can be found."""
        slug = body.get("slug")
        return (slug,) if slug else ()

    def within(self, body: JSON) -> str | None:
        """Return the record of the same noun that this one lies in; the way up never comes back to where it began."""
        return None

    def change_faults(self, before: JSON, body: JSON) -> Iterable[Fault]:
        """Return what is wrong with replacing one body by another."""
        return ()

    def tallies(self, body: JSON, refs: Refs) -> Iterable[tuple[str, str]]:
        """Return (record id, name) of every count that this record adds one to while it is public."""
        return ()

    def keys(self, record_id: str, body: JSON, refs: Refs) -> Keys:
        """Return by what lists and search find this record while it is public.

        As a document, a function of the body and of what it asks of `refs`: so it follows what it was made of.
        """
        return Keys()

    @abstractmethod
    def card(self, record_id: str, body: JSON, refs: Refs) -> JSON:
        """Return what other documents embed of this record; made of its own facts and of cards of earlier nouns."""

    @abstractmethod
    def document(self, record_id: str, body: JSON, life: Lifecycle, refs: Refs) -> JSON:
        """Return the document of a public record: every field stated, in the order readers see."""
