"""What is left of a text's words in all the bytes that a database keeps, read without the program.

They count in any of the forms in which they may be stored: as they are, folded as search folds them, escaped as JSON
escapes, in UTF-8, UTF-16 or hexadecimal. PostgreSQL's write-ahead log is left out: it is the database's own log of the
past, which turns over with use, and about which nobody but its operator can do anything.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from app.store.engine import is_sqlite, sqlite_path
from tests.support.articles import ENDING
from tests.support.world import World

# The words of the articles are told by their ending, which no folding changes, but upper and lower case.
FORMS = [
    form
    for case in (ENDING, ENDING.upper(), ENDING.capitalize())
    for form in (case.encode(), case.encode("utf-16-le"), case.encode("utf-16-be"), case.encode().hex().encode())
]
# Nobody can look for a word in a packed value, so nothing is packed where it is looked for.
_PACKED = (
    "SELECT attrelid::regclass::text, attname FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid "
    "WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND attstorage IN ('x', 'm') AND attnum > 0"
)
_TABLES = (
    "SELECT CAST(CAST(oid AS regclass) AS text) FROM pg_class "
    "WHERE relkind IN ('r', 'm') AND relnamespace = 'public'::regnamespace"
)
# What the planner keeps of values.
_STATISTICS = "SELECT tablename || '.' || attname, CAST(pg_stats AS text) FROM pg_stats"


def unpacked(world: World) -> None:
    """Have PostgreSQL pack no value from now on, so that its files can be read."""
    if is_sqlite(world.url):
        return
    with world.desk.engine.begin() as connection:
        for table, column in connection.execute(text(_PACKED)).all():
            connection.execute(text(f'ALTER TABLE {table} ALTER COLUMN "{column}" SET STORAGE EXTERNAL'))


def remains(world: World) -> dict[str, int]:
    """Return {where: how often} of all that is left of articles' words in a database; nothing when it is gone."""
    told = {where: sum(map(content.count, FORMS)) for where, content in _contents(world)}
    return {where: times for where, times in told.items() if times}


def _contents(world: World) -> Iterator[tuple[str, bytes]]:
    if is_sqlite(world.url):
        path = sqlite_path(world.url)
        for part in sorted(path.parent.glob(f"{path.name}*")):
            yield part.name.removeprefix(path.name) or "file", part.read_bytes()
    else:
        yield from _rows(world)
        yield from _files(world)


def _rows(world: World) -> Iterator[tuple[str, bytes]]:
    """Yield every column of every row of every table of ours, and what the planner keeps of them."""
    with world.desk.engine.connect() as connection:
        for table in connection.execute(text(_TABLES)).scalars().all():
            rows = connection.execute(text(f"SELECT CAST(one AS text) FROM {table} AS one")).scalars()  # noqa: S608
            yield table, "\n".join(rows).encode()
        for column, kept in connection.execute(text(_STATISTICS)):
            yield f"statistics of {column}", kept.encode()


def _files(world: World) -> Iterator[tuple[str, bytes]]:
    """Yield the files of the database, after everything has been written to them."""
    with world.desk.engine.connect() as connection:
        connection.execute(text("COMMIT"))
        connection.execute(text("CHECKPOINT"))
        folder = Path(connection.execute(text("SHOW data_directory")).scalar_one())
        number = connection.execute(text("SELECT oid FROM pg_database WHERE datname = current_database()")).scalar_one()
    try:
        files = sorted((folder / "base" / str(number)).iterdir())
    except OSError:
        pytest.skip("NOT CHECKED: the server's files cannot be read from here")
    yield from ((f"base/{one.name}", one.read_bytes()) for one in files)
    yield from ((f"temporary {one.name}", one.read_bytes()) for one in (folder / "base" / "pgsql_tmp").glob("**/*"))
