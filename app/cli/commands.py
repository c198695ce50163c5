"""Why this file exists: the commands of `onrecord`: serve, migrate, seed, ledger verify, rebuild."""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Annotated, Literal

import typer
from pydantic import TypeAdapter, ValidationError
from rich.console import Console
from rich.progress import Progress
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from app.catalogue import NOUNS
from app.cli.serve import serve
from app.kit import settings as configuration
from app.kit.errors import OnrecordError
from app.kit.schema import Text, faults_of
from app.kit.settings import Settings, SettingsError
from app.ledger import queries as ledger_queries
from app.ledger.verify import KeptHead, verify
from app.ledger.words import Cause
from app.record import documents
from app.record.desk import Desk
from app.record.rebuild import differences, rebuild, rebuild_within
from app.seeding.seed import Done, Outcome, Reason, seed
from app.seeding.source import SeedFault
from app.store import migrate
from app.store.engine import is_sqlite, snapshot, sqlite_path, writer

ROOT = Path(__file__).resolve().parents[2]
SEED = ROOT / "seed"
out, err = Console(highlight=False), Console(stderr=True, highlight=False)
# Every cause but `parent`: that is what retracting a parent gives its children, never a reason of its own.
SeedCause = Literal[
    "our_error", "publisher_correction", "originator_correction", "vocabulary", "protection", "source_text"
]
cli = typer.Typer(no_args_is_help=True, add_completion=False, help="Onrecord: every claim with its source on record.")
ledger = typer.Typer(no_args_is_help=True, help="Prove that nothing was rewritten.")
cli.add_typer(ledger, name="ledger")


class Stop(Exception):
    """A command cannot go on; the text is for the person at the terminal."""


def _settings(**overrides: object) -> Settings:
    return configuration.load(overrides=overrides)


def _desk(settings: Settings) -> Desk:
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


@contextmanager
def _bar(label: str) -> Iterator[Progress]:
    """Show progress on a terminal, and nothing in a log."""
    with Progress(console=err, transient=True, disable=not err.is_terminal) as progress:
        progress.add_task(label, total=None)
        yield progress


@cli.command("migrate")
def migrate_command() -> None:
    """Bring the database's layout up to this version; records that are there are indexed for it."""
    settings = _settings()
    indexed: list[int] = []

    def fill(connection: Connection) -> None:
        if ledger_queries.count(connection):
            with _bar("Indexing") as progress:
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
    cause: Annotated[SeedCause, typer.Option(help="Why records that changed are corrected.")] = "our_error",
    note: Annotated[str | None, typer.Option(help="Public note for records that changed.")] = None,
) -> None:
    """Write the annotation; again and again writes only what changed."""
    settings = _settings()
    reason = Reason(Cause(cause), _note(note))
    desk = _desk(settings)
    with _bar("Seeding") as progress:

        def step(done: int, everything: int) -> None:
            progress.update(progress.task_ids[0], completed=done, total=everything)

        outcome = seed(desk, folder, texts or settings.source_texts, reason, step)
    _report(outcome)


def _note(note: str | None) -> str | None:
    """Return a public note as it is; raises Stop for what no text of the record may hold."""
    try:
        return TypeAdapter(Text | None).validate_python(note)
    except ValidationError as error:
        raise Stop(f"--note: {next(faults_of(error)).detail}") from None


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


@cli.command("rebuild")
def rebuild_command(
    check: Annotated[
        bool, typer.Option("--check", help="Change nothing; say whether documents are what the ledger says.")
    ] = False,
) -> None:
    """Make counts, index rows and documents again from the ledger."""
    desk = _desk(_settings())
    with _bar("Rebuilding") as progress:
        changed = rebuild(desk, lambda count: progress.advance(progress.task_ids[0], count), keep=not check)
    if not check:
        out.print(f"Rebuilt; {changed} documents had to change.")
    elif changed:
        raise Stop(f"{changed} documents are not what the ledger says; `onrecord rebuild` makes them again")
    else:
        out.print("Every document is what the ledger says.")


@ledger.command("verify")
def verify_command(
    head: Annotated[
        str | None, typer.Option(help="A head that you kept, as SEQ:CHAIN, to find a cut tail or a rewritten chain.")
    ] = None,
) -> None:
    """Recompute every commitment, the whole chain, and whether the tables say what the ledger says."""
    desk = _desk(_settings())
    kept = _kept(head)
    with snapshot(desk.engine) as connection, _bar("Verifying") as progress:
        total = ledger_queries.count(connection)
        progress.update(progress.task_ids[0], total=total)
        verdict = verify(connection, kept, lambda count: progress.advance(progress.task_ids[0], count))
        differing = list(differences(connection, desk.nouns))
    for problem in verdict.problems:
        err.print(f"[bold red]PROBLEM:[/] {problem}", soft_wrap=True)
    for record_id in differing:
        err.print(
            f"[bold red]PROBLEM:[/] {record_id}: the tables do not say what its newest revision says", soft_wrap=True
        )
    if verdict.problems or differing:
        raise typer.Exit(1)
    out.print(f"Intact: {verdict.revisions} revisions. Head {verdict.seq}:{verdict.chain}", soft_wrap=True)


def _kept(head: str | None) -> KeptHead | None:
    if head is None:
        return None
    found = re.fullmatch(r"([0-9]{1,18}):([0-9a-f]{64})", head)
    if found is None:
        raise Stop("--head: expected SEQ:CHAIN, as `onrecord ledger verify` prints it")
    return KeptHead(int(found[1]), found[2])


@cli.command("serve")
def serve_command(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
) -> None:
    """Serve the API."""
    settings = _settings(host=host, port=port)
    _settle(_desk(settings))
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
    except (Stop, SettingsError, SeedFault, OnrecordError, migrate.UnknownLayout) as error:
        err.print(f"onrecord: {error}", markup=False, style="bold red", soft_wrap=True)
        sys.exit(1)
    except DBAPIError as error:
        reason = str(error.orig).splitlines()[0] if error.orig else type(error).__name__
        err.print(f"onrecord: the database cannot be used: {reason}", markup=False, style="bold red", soft_wrap=True)
        sys.exit(1)
