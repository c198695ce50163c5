"""Why this file exists: the layout of the database has one history, run the same way everywhere."""

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from app.store.engine import writer


class UnknownLayout(Exception):
    """A database whose layout this version does not know: a newer version has migrated it."""


MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    if connection is not None:
        config.attributes["connection"] = connection
    return config


def head() -> str:
    """Return the newest revision of the layout that this code knows."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def current(connection: Connection) -> str | None:
    """Return the revision of the layout that a database has; null for an empty database."""
    return MigrationContext.configure(connection).get_current_revision()


def check_known(connection: Connection) -> None:
    """Raise UnknownLayout unless this code knows the layout that a database has."""
    found = current(connection)
    script = ScriptDirectory.from_config(_config())
    if found is not None and found not in {one.revision for one in script.walk_revisions()}:
        raise UnknownLayout("the database has the layout of a newer version: use that version, or restore a backup")


def upgrade(url: str, revision: str = "head", fill: Callable[[Connection], None] = lambda _: None) -> None:
    """Bring a database up to a revision of the layout, in one transaction; raises UnknownLayout.

    When the layout changes, `fill` puts into new tables what is to be in them; when it fails nothing has changed.
    """
    with writer(url).begin() as connection:
        before = current(connection)
        upgrade_within(connection, revision)
        if current(connection) != before:
            fill(connection)


def upgrade_within(connection: Connection, revision: str = "head") -> None:
    """Lay out a database up to a revision in a transaction that is open; raises UnknownLayout."""
    check_known(connection)
    command.upgrade(_config(connection), revision)


def downgrade(url: str, revision: str = "base") -> None:
    """Take a database down to a revision of the layout; `base` leaves nothing of ours."""
    with writer(url).begin() as connection:
        command.downgrade(_config(connection), revision)
