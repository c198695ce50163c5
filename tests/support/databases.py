"""A fresh database for every test that writes, on both engines: migrated once, then copied."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from app.store import migrate
from tests.support import postgres

ENGINES = ("sqlite", "postgresql")
_numbers = count()


class Databases:
    """Gives out databases of one engine that are copies of prepared ones."""

    def __init__(self, engine: str, folder: Path, server: postgres.Server | None) -> None:
        self.engine = engine
        self._folder = folder
        self._server = server

    def empty(self, name: str) -> str:
        """Return the URL of a new database without any table."""
        if self._server is None:
            return f"sqlite:///{self._folder / name}.db"
        self._server.create_database(name)
        return self._server.database_url(name)

    def migrated(self, name: str) -> str:
        """Return the URL of a new database at the newest layout."""
        url = self.empty(name)
        migrate.upgrade(url)
        return url

    @contextmanager
    def copy(self, template: str) -> Iterator[str]:
        """Give the URL of a copy of a database, for as long as the block lasts."""
        name = f"copy_{next(_numbers)}"
        if self._server is None:
            path = self._folder / f"{name}.db"
            _copy_sqlite(self._folder / f"{template}.db", path)
            yield f"sqlite:///{path}"
            for part in self._folder.glob(f"{name}.db*"):
                part.unlink()
        else:
            self._server.create_database(name, template)
            yield self._server.database_url(name)
            self._server.drop_database(name)


def _copy_sqlite(source: Path, target: Path) -> None:
    """Copy a file whose journal has been written back."""
    connection = sqlite3.connect(source)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    shutil.copy(source, target)
