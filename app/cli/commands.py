"""Why this file exists: the commands of `onrecord` but those of its groups of their own, and how a command ends."""

import sys
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from app.catalogue import NOUNS
from app.cli.editing import correct_command, restore_command, retract_command
from app.cli.ledger import ledger
from app.cli.moving import move_command
from app.cli.pulling import pull_command, verify_command
from app.cli.reasons import PublicCause, public_note
from app.cli.sources import source
from app.cli.terminal import Stop, bar, desk_of, err, out, settings_of
from app.kit.errors import OnrecordError
from app.kit.settings import SettingsError
from app.ledger import queries as ledger_queries
from app.ledger.words import Cause
from app.record import documents
from app.record.desk import Desk
from app.record.rebuild import rebuild, rebuild_within
from app.seeding.seed import Done, Outcome, Reason, seed
from app.seeding.source import SeedFault
from app.store import migrate
from app.store.engine import snapshot
from app.store.erasing import NotErased

ROOT = Path(__file__).resolve().parents[2]
SEED = ROOT / "seed"
cli = typer.Typer(no_args_is_help=True, add_completion=False, help="Onrecord: every claim with its source on record.")
cli.add_typer(ledger, name="ledger")
cli.add_typer(source, name="source")


@cli.command("migrate")
def migrate_command() -> None:
    """Bring the database's layout up to this version; records that are there are indexed for it."""
    settings = settings_of()
    indexed: list[int] = []

    def fill(connection: Connection) -> None:
        if ledger_queries.count(connection):
            with bar("Indexing") as progress:
                desk = Desk(connection.engine, NOUNS)
                step = partial(progress.advance, progress.task_ids[0])
                indexed.append(rebuild_within(connection, desk, step))

    migrate.upgrade(settings.database_url, fill=fill)
    out.print(f"The database is at layout {migrate.head()}.")
    for changed in indexed:
        out.print(f"Rebuilt for it; {changed} documents had to change.")


@cli.command("seed")
def seed_command(
    folder: Annotated[Path, typer.Option(help="Folder of the annotation.")] = SEED,
    texts: Annotated[
        Path | None, typer.Option(help="Folder with the reports' own texts, to check every locator's digest.")
    ] = None,
    cause: Annotated[PublicCause, typer.Option(help="Why records that changed are corrected.")] = "our_error",
    note: Annotated[str | None, typer.Option(help="Public note for records that changed.")] = None,
) -> None:
    """Write the annotation; again and again writes only what changed."""
    settings = settings_of()
    public_note(note)
    reason = Reason(Cause(cause), note)
    desk = desk_of(settings)
    with bar("Seeding") as progress:

        def step(done: int, everything: int) -> None:
            progress.update(progress.task_ids[0], completed=done, total=everything)

        outcome = seed(desk, folder, texts or settings.source_texts, reason, step)
    _report(outcome)


def _report(outcome: Outcome) -> None:
    """Say what a seeding did, and loudly what it could not check."""
    told = ", ".join(f"{outcome.count(done)} {done.value}" for done in Done if outcome.count(done))
    out.print(f"Seed: {told}.")
    if outcome.locators_checked:
        out.print("Every locator's digest was checked against the text.")
    for edition in outcome.unread:
        err.print(
            f"[bold yellow]NOT CHECKED:[/] the digests into {edition}: "
            "its text is not at hand; give its folder with --texts.",
            soft_wrap=True,
        )
    for record_id in outcome.gone:
        err.print(
            f"[bold yellow]NO LONGER IN THE SEED:[/] {record_id} stays on record; retract it if it was wrong.",
            soft_wrap=True,
        )
    for conflict in outcome.conflicts:
        err.print(
            f"[bold yellow]CONFLICT:[/] {conflict} was changed by an editor and here; the record is left.",
            soft_wrap=True,
        )


cli.command("correct")(correct_command)
cli.command("retract")(retract_command)
cli.command("restore")(restore_command)
cli.command("move")(move_command)
cli.command("pull")(pull_command)
cli.command("verify")(verify_command)


@cli.command("rebuild")
def rebuild_command(
    check: Annotated[
        bool, typer.Option("--check", help="Change nothing; say whether documents are what the ledger says.")
    ] = False,
) -> None:
    """Make counts, index rows and documents again from the ledger."""
    desk = desk_of(settings_of())
    with bar("Rebuilding") as progress:
        changed = rebuild(desk, lambda count: progress.advance(progress.task_ids[0], count), keep=not check)
    if not check:
        out.print(f"Rebuilt; {changed} documents had to change.")
    elif changed:
        raise Stop(f"{changed} documents are not what the ledger says; `onrecord rebuild` makes them again")
    else:
        out.print("Every document is what the ledger says.")


@cli.command("serve")
def serve_command(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
) -> None:
    """Serve the API."""
    # Only here: the web application takes a quarter of a second to import, and no other command needs it.
    from app.cli.serve import serve  # noqa: PLC0415

    settings = settings_of(host=host, port=port)
    _settle(desk_of(settings))
    serve(settings, out)


def _settle(desk: Desk) -> None:
    """Render what a write left waiting when it was interrupted, which nobody else would do until the next write."""
    with snapshot(desk.engine) as connection:
        # Asked first, since settling takes the ledger's head, for which a long write elsewhere would keep us waiting.
        waiting = documents.waiting(connection, 1)
    if waiting:
        desk.settle()


def main() -> None:
    """Run a command; what a person can mend is one clear line, not a traceback."""
    try:
        cli()
    except (Stop, SettingsError, SeedFault, OnrecordError, migrate.UnknownLayout, NotErased) as error:
        err.print(f"onrecord: {error}", markup=False, style="bold red", soft_wrap=True)
        sys.exit(1)
    except DBAPIError as error:
        reason = str(error.orig).splitlines()[0] if error.orig else type(error).__name__
        err.print(f"onrecord: the database cannot be used: {reason}", markup=False, style="bold red", soft_wrap=True)
        sys.exit(1)
