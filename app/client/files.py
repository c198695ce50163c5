"""Why this file exists: the files of a copy in a folder: for each table one CSV and one NDJSON, like the exports' own.

A file is written beside the old one and takes its place at once, so that whoever opens it sees the old or the new.
Which files are due is noted in the copy with the page that changed them: a pull that was ended before it wrote them is
made up for by the next.
"""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from app.client.copy import Copy
from app.exports.about import About, Presenter
from app.exports.csv import Csv
from app.exports.ndjson import Ndjson
from app.exports.tables import TABLES, Table
from app.kit.canonical import JSON, parse
from app.kit.clock import parse_instant

PRESENTERS: tuple[Presenter, ...] = (Csv(), Ndjson())
BEGINNING = datetime(1, 1, 1, tzinfo=UTC)


def write(copy: Copy, folder: Path, step: Callable[[str], None] = lambda _: None) -> list[str]:
    """Write the files that are due or missing; return their names."""
    due = {name for (name,) in copy.db.rows("SELECT name FROM pull_file")}
    written = []
    for table in TABLES.values():
        for presenter in PRESENTERS:
            path = folder / f"{table.name}.{presenter.extension}"
            if table.name in due or not path.exists():
                step(path.name)
                _replace(path, presenter.present(_about(copy, table), _documents(copy, table), _places(copy)))
                written.append(path.name)
        copy.db.run("DELETE FROM pull_file WHERE name = ?", (table.name,))
    return written


def _about(copy: Copy, table: Table) -> About:
    state = copy.state
    at = parse_instant(state.recorded_at) if state.recorded_at else BEGINNING
    return About(table=table, seq=state.place.seq, recorded_at=at, path=f"/v1/exports/{table.name}")


def _documents(copy: Copy, table: Table) -> Iterator[bytes]:
    return (body.encode() for _, body in copy.each_document(table.noun))


def _places(copy: Copy) -> Callable[[str], JSON | None]:
    """Return the places of the copy by id, those too that are only shown by what the filters choose."""
    found: dict[str, JSON] = {}
    for one, body in copy.db.rows("SELECT id, body FROM document WHERE type = 'place'"):
        found[one] = parse(body)
    return found.get


def _replace(path: Path, pieces: Iterator[bytes]) -> None:
    """Write a file whole, then let it take the place of the old one."""
    partial = path.with_name(f".{path.name}.part")
    with partial.open("wb") as file:
        for piece in pieces:
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
