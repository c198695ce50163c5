"""Why this file exists: what a file of an export says of itself, and what makes one format of it; pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.exports.columns import Cell, Places, Table

LICENCE = "CC-BY-4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
TERMS = "Annotations: CC BY 4.0. The texts that they point into belong to their publishers."


@dataclass(frozen=True, kw_only=True)
class About:
    """What is exported, in which state of the record.

    table: what is in it. seq: the newest revision in it. recorded_at: when that was made; when the file itself was made
    is not in it, so that the same state gives the same bytes. path: the path of the answer with its parameters.
    tombstones: whether records that were retracted are in it. retracted: their rows, which come after all others. bom:
    a byte order mark at the beginning, for programs that tell text by it.
    """

    table: Table
    seq: int
    recorded_at: datetime
    path: str
    tombstones: bool = False
    retracted: Iterable[tuple[Cell, ...]] = ()
    bom: bool = False
    licence: str = LICENCE
    terms: str = TERMS

    @property
    def name(self) -> str:
        """Return the name of the file, without its extension: what it is, and which state it shows."""
        return f"onrecord-{self.table.name}-{self.seq}"


class Presenter(Protocol):
    """One format; all of them are made from the same documents and rows."""

    media_type: str
    extension: str

    def present(self, about: About, documents: Iterator[bytes], places: Places) -> Iterator[bytes]:
        """Yield the bytes of a file, a piece at a time, holding no more than a piece of it in memory."""
