"""Why this file exists: the command `onrecord move`, for a record that has outgrown its database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from app.catalogue import all_tables
from app.cli.terminal import Stop, bar, desk_of, err, out, settings_of
from app.kit.settings import SettingsError
from app.ledger import queries as ledger_queries
from app.ledger.append import HEAD
from app.record.queries import STATE
from app.store import copying, migrate
from app.store.engine import snapshot, writer

# The layout itself puts a row into these.
SINGLE = (HEAD, STATE)


def move_command(
    to: Annotated[str, typer.Option(help="The empty database: `sqlite:///FILE` or `postgresql://USER@HOST/NAME`.")],
) -> None:
    """Copy the whole record into another database, which must be empty; this one stays as it is."""
    source = desk_of(settings_of()).engine
    with snapshot(source) as reading, bar("Moving") as progress:
        taken = ledger_queries.head(reading)
        with _target(to) as target:
            _refuse_records(target)
            with copying.filling(target) as writing:
                told = progress.task_ids[0]
                tables = all_tables().sorted_tables
                rows = copying.copy(reading, writing, tables, SINGLE, lambda count: progress.advance(told, count))
                if ledger_queries.head(writing) != taken:
                    raise copying.NotTheSame("its ledger does not end where the one here does")
    _, seq, chain = taken
    out.print(f"Moved {sum(rows.values())} rows. Head {seq}:{chain}", soft_wrap=True)
    _warn_of_later(source, seq)


@contextmanager
def _target(url: str) -> Iterator[Engine]:
    """Give the engine of the target; whatever it refuses is told as such, and nothing is kept there."""
    try:
        yield writer(settings_of(database_url=url).database_url)
    except SettingsError as error:
        raise Stop(f"--to{str(error).removeprefix('ONRECORD_DATABASE_URL')}") from None
    except (migrate.UnknownLayout, copying.NotEmpty, copying.NotTheSame) as error:
        raise Stop(f"--to: {error}") from None
    except DBAPIError as error:
        told = str(error.orig).splitlines()
        raise Stop(f"--to: the database cannot be used: {told[0] if told else type(error).__name__}") from None


def _refuse_records(target: Engine) -> None:
    """Refuse a database in use before anything is asked of it that would keep its users waiting."""
    with snapshot(target) as connection:
        migrate.check_known(connection)
        if migrate.current(connection) is not None and ledger_queries.count(connection):
            raise copying.NotEmpty("the database has records already: move into an empty one")


def _warn_of_later(source: Engine, moved: int) -> None:
    """Say loudly what was written here after the moment that was copied."""
    with snapshot(source) as connection:
        later = ledger_queries.head(connection)[1] - moved
    if later:
        err.print(
            f"[bold yellow]NOT MOVED:[/] {later} revisions that were written here meanwhile. "
            "Stop whoever writes, and move into another empty database.",
            soft_wrap=True,
        )
