"""Why this file exists: a copy as it is kept: where it stands, and what is in it; `applying` changes it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self
from urllib.parse import unquote

from app.client import layout
from app.client.databases import Database, Postgresql, Row, Sqlite
from app.client.errors import CopyFault
from app.client.proof import Place
from app.kit.canonical import JSON, canonical, parse
from app.kit.ids import type_of

FILE = "copy.sqlite"
STATE = ("server", "filters", "pinned", "ledger", "seq", "chain", "recorded_at", "tables", "must_purge", "audited")


@dataclass(frozen=True)
class State:
    """Where a copy stands."""

    server: str
    filters: Mapping[str, str]
    pinned: str | None
    place: Place
    recorded_at: str | None
    tables: str
    must_purge: bool
    audited: int


@dataclass(frozen=True)
class Target:
    """Where a copy is kept: a database, and beside it perhaps a folder of files."""

    url: str
    folder: Path | None = None
    file: Path | None = None
    schema: str = "onrecord"

    @classmethod
    def read(cls, text: str, schema: str = "onrecord") -> "Target":
        """Read `DIR`, `sqlite:///FILE` or `postgresql://…`; raises CopyFault."""
        if re.match(r"postgres(ql)?(\+psycopg)?://", text):
            return cls(text, schema=schema)
        if text.startswith("sqlite://"):
            path = unquote(text.removeprefix("sqlite:///"))
            if not path or text == path or "?" in path:
                raise CopyFault("expected sqlite:/// and the name of a file")
            return cls(text, file=Path(path))
        if "://" in text or not text:
            raise CopyFault("expected a folder, sqlite:///FILE or postgresql://USER@HOST/NAME")
        return cls(text, folder=Path(text), file=Path(text) / FILE)

    @property
    def is_there(self) -> bool:
        """Whether there can be a copy already."""
        return self.file is None or self.file.exists()

    def open(self) -> Database:
        """Open the database; raises CopyFault."""
        return Postgresql(self.url, self.schema) if self.file is None else Sqlite(self.file)


class Copy:
    """A copy of the record."""

    def __init__(self, db: Database) -> None:
        self.db = db

    @classmethod
    def open(cls, target: Target, server: str, filters: Mapping[str, str], pinned: str | None) -> Self:
        """Open a copy, or begin one; raises CopyFault when it is one of something else."""
        db = target.open()
        layout.create(db, server, canonical(dict(filters)).decode(), pinned)
        found = cls(db)
        if pinned is not None and found.state.pinned not in (None, pinned):
            db.close()
            raise CopyFault("this copy knows another key; ask the operator why it changed, and begin a new copy")
        if pinned is not None:
            found.pin(pinned)
        if found.state.filters != dict(filters):
            db.close()
            raise CopyFault(
                "this copy was begun with other filters; keep one copy for each choice, in a place of its own"
            )
        return found

    @classmethod
    def there(cls, target: Target) -> Self:
        """Open a copy that is there; raises CopyFault."""
        if not target.is_there:
            raise CopyFault("there is no copy; `onrecord pull` makes one")
        db = target.open()
        if not db.columns("pull_state"):
            db.close()
            raise CopyFault("there is no copy; `onrecord pull` makes one")
        return cls(db)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.db.close()

    @property
    def state(self) -> State:
        """Return where the copy stands."""
        row = self.db.rows(f"SELECT {', '.join(STATE)} FROM pull_state")[0]  # noqa: S608 - names of ours
        server, filters, pinned, ledger, seq, chain, recorded_at, tables, must_purge, audited = row
        place = Place(ledger, seq, chain)
        return State(server, parse(filters), pinned, place, recorded_at, tables, bool(must_purge), audited)

    def stand(self, before: Place, now: Place, recorded_at: str | None) -> None:
        """State that the copy stands further, inside a transaction; raises CopyFault when somebody else moved it."""
        moved = self.db.run(
            "UPDATE pull_state SET ledger = ?, seq = ?, chain = ?, recorded_at = ? WHERE seq = ? AND chain = ?",
            (now.ledger, now.seq, now.chain, recorded_at, before.seq, before.chain),
        )
        if moved != 1:
            raise CopyFault("another pull is writing this copy; wait until it has ended")

    def pin(self, key: str) -> None:
        """Remember the key that every head must be signed by."""
        self.db.run("UPDATE pull_state SET pinned = ?", (key,))

    def mark_purge(self) -> None:
        """State that something was erased, so that the files must be written anew."""
        self.db.run("UPDATE pull_state SET must_purge = 1")

    def purge(self) -> None:
        """Let nothing of what was erased remain in the files of the database."""
        self.db.purge(layout.HOLDING)
        self.db.run("UPDATE pull_state SET must_purge = 0")

    def see(self, head: JSON) -> None:
        """Remember a head that the server showed."""
        signature = head["signature"]
        self.db.run(
            "INSERT INTO pull_head VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (
                head["seq"],
                head["chain"],
                head["ledger"],
                head["recorded_at"],
                signature and canonical(signature).decode(),
            ),
        )

    # --- what is in it ------------------------------------------------------------------------------------------------

    def numbers(self, record_ids: Iterable[str]) -> dict[str, int]:
        """Return the number of each record that ever was."""
        return dict(self.db.among("SELECT id, n FROM record WHERE id IN (…)", record_ids))

    def held(self, record_ids: Iterable[str]) -> dict[str, tuple[int, bool]]:
        """Return (read_at, member) of each document that is here."""
        found = self.db.among("SELECT id, read_at, member FROM document WHERE id IN (…)", record_ids)
        return {record_id: (read_at, bool(member)) for record_id, read_at, member in found}

    def documents(self, record_ids: Iterable[str]) -> dict[str, JSON]:
        """Return documents that are here."""
        return {
            one: parse(body) for one, body in self.db.among("SELECT id, body FROM document WHERE id IN (…)", record_ids)
        }

    def showing(self, numbers: Iterable[int], before: int, record_type: str = "") -> list[str]:
        """Return the documents that show any of some records, and were read before a revision."""
        query = "SELECT d.id FROM embedded e JOIN document d ON d.n = e.document WHERE e.source IN (…)"
        found = self.db.among(f"{query} AND d.read_at < {before:d}", numbers)
        return [one for (one,) in found if not record_type or type_of(one) == record_type]

    def older(self, types: Iterable[str], seq: int) -> list[str]:
        """Return the documents of some nouns that were read before a revision."""
        found = self.db.among("SELECT id, read_at FROM document WHERE member AND type IN (…)", types)
        return [one for one, read_at in found if read_at < seq]

    def each_document(self, record_type: str) -> Iterator[Row]:
        """Yield (id, body) of every member of a noun, first recorded first."""
        query = f"SELECT id, body FROM document WHERE type = '{record_type}' AND member ORDER BY n"  # noqa: S608
        return self.db.each(query)

    def members(self, record_type: str) -> list[str]:
        """Return the ids of the records of a noun that the filters choose."""
        return [one for (one,) in self.db.rows("SELECT id FROM document WHERE type = ? AND member", (record_type,))]

    def missing(self) -> list[int]:
        """Return the revisions whose contents were withheld when they were delivered or since."""
        return [seq for (seq,) in self.db.rows("SELECT seq FROM revision_content WHERE body IS NULL ORDER BY seq")]

    def again(self) -> list[str]:
        """Return the documents that are to be read again."""
        return [one for (one,) in self.db.rows("SELECT record_id FROM pull_again")]

    def read_again(self, record_ids: Iterable[str]) -> None:
        """Have documents read again next time."""
        rows: list[tuple[Any, ...]] = [(one,) for one in record_ids]
        self.db.many("INSERT INTO pull_again VALUES (?) ON CONFLICT DO NOTHING", rows)
