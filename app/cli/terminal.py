"""Why this file exists: what every command needs: where it writes, its settings, its desk, and how it stops."""

from app.catalogue import NOUNS
from app.cli.console import Stop, bar, err, out
from app.kit import settings as configuration
from app.kit.settings import Settings
from app.record.desk import Desk
from app.store import migrate
from app.store.engine import is_sqlite, sqlite_path, writer

__all__ = ["Stop", "bar", "desk_of", "err", "out", "settings_of"]


def settings_of(**overrides: object) -> Settings:
    """Return the settings of the environment, with what options say in their place; raises SettingsError."""
    return configuration.load(overrides=overrides)


def desk_of(settings: Settings) -> Desk:
    """Return the desk; raises Stop or UnknownLayout when the database is not laid out for this version."""
    if is_sqlite(settings.database_url) and not sqlite_path(settings.database_url).exists():
        raise Stop("there is no database yet: run `onrecord migrate` first")
    engine = writer(settings.database_url)
    with engine.connect() as connection:
        migrate.check_known(connection)
        found = migrate.current(connection)
    if found != migrate.head():
        raise Stop("the database is not laid out for this version: run `onrecord migrate` first")
    return Desk(engine, NOUNS)
