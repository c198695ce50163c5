"""Why this file exists: `onrecord pull` and `onrecord verify`, which need nothing of the server.

The exit code tells a nightly job what to do: 0 all is well, 1 something that a person can mend, 3 what the server says
cannot be proven, or is not what it said before.
"""

import sys
from typing import Annotated
from urllib.parse import urlsplit

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from app.cli.console import Stop, bar, err, out, plain, stopped
from app.client import checking, files
from app.client.applying import Told
from app.client.clients import Onrecord
from app.client.copy import Copy, Target
from app.client.errors import ClientError, NotProven
from app.client.exchange import Retries
from app.client.pulling import Server, pull, refresh
from app.kit.canonical import JSON

NOT_PROVEN = 3
TO = "Where the copy is: a folder, `sqlite:///FILE` or `postgresql://USER@HOST/NAME`."
SCHEMA = "In PostgreSQL, the schema that the copy has for itself."
Filter = Annotated[str | None, typer.Option(help="Only what is of these, separated by commas.")]


def pull_command(  # noqa: PLR0913, PLR0917 - the options of a command
    url: Annotated[str, typer.Argument(help="The server, such as https://onrecord.example.org.")],
    to: Annotated[str, typer.Option(help=TO)],
    crisis: Filter = None,
    place: Filter = None,
    theme: Filter = None,
    report: Filter = None,
    types: Annotated[str | None, typer.Option(help="Only these nouns, such as claim,figure.")] = None,
    key: Annotated[str | None, typer.Option(help="The operator's public key: every head must be signed by it.")] = None,
    schema: Annotated[str, typer.Option(help=SCHEMA)] = "onrecord",
    full: Annotated[bool, typer.Option("--full", help="Also read every document again, and every revision.")] = False,
) -> None:
    """Keep a copy in step with a server: only what changed is moved, and all of it is proven."""
    filters = {"crisis": crisis, "place": place, "theme": theme, "report": report, "types": types}
    chosen = {name: value for name, value in filters.items() if value is not None}
    target = Target.read(to, schema)
    with (
        Onrecord(_checked(url), agent="onrecord-pull", retries=Retries(most=6)) as client,
        Copy.open(target, url, chosen, key) as copy,
    ):
        before = copy.state.place.seq
        written: list[str] = []
        try:
            with _progress() as progress:
                task = progress.add_task("Pulling", total=None)
                told = pull(client, copy, lambda done, whole: progress.update(task, completed=done, total=whole))
                if full:
                    refresh(client, copy)
        finally:
            # Also when a later page could not be taken: what was to be erased is not to stay in the files.
            if target.folder is not None:
                with bar("Writing files"):
                    written = files.write(copy, target.folder)
        _report(copy, before, told, written)
        if full:
            _verdict(copy, client)


def verify_command(
    copy: Annotated[str, typer.Option(help=TO)],
    server: Annotated[str | None, typer.Option(help="A server to hold the copy against, revision by revision.")] = None,
    schema: Annotated[str, typer.Option(help=SCHEMA)] = "onrecord",
) -> None:
    """Recompute every commitment and the whole chain of a copy, and check its tables; no server is needed."""
    with Copy.there(Target.read(copy, schema)) as found:
        if server is None:
            _verdict(found, None)
        else:
            with Onrecord(_checked(server), agent="onrecord-verify") as client:
                _verdict(found, client)


def _verdict(copy: Copy, client: Onrecord | None) -> None:
    with bar("Verifying") as progress:
        task = progress.task_ids[0]
        verdict = checking.check(copy, lambda count: progress.advance(task, count))
        if client is not None:
            checking.check_against(copy, Server(client, {}), verdict, lambda count: progress.advance(task, count))
    for problem in verdict.problems:
        err.print(f"PROBLEM: {plain(problem)}", markup=False, style="bold red", soft_wrap=True)
    if verdict.problems:
        raise typer.Exit(NOT_PROVEN)
    kept_back = f" ({verdict.withheld} withheld)" if verdict.withheld else ""
    out.print(
        f"Intact: {verdict.revisions} revisions{kept_back}. Head {verdict.place.seq}:{verdict.place.chain}",
        soft_wrap=True,
    )


def _checked(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Stop("expected the address of a server, such as https://onrecord.example.org")
    return url


def _progress() -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=err, transient=True, disable=not err.is_terminal)


def _report(copy: Copy, before: int, told: Told, written: list[str]) -> None:
    """Say what changed and why, and where the copy stands."""
    state = copy.state
    if not told.revisions:
        out.print(f"Nothing has changed since seq {before}.")
    else:
        counts = ", ".join(
            f"{count} {record_type} {operation}{f' ({cause})' if cause else ''}"
            for (operation, record_type, cause), count in sorted(told.counts.items())
        )
        out.print(plain(f"{told.revisions} revisions{f': {counts}' if counts else ''}."), markup=False, soft_wrap=True)
    for change in told.changes:
        out.print(plain(_line(change)), markup=False, soft_wrap=True)
    if told.left_out:
        out.print(f"and {told.left_out} more; all are in the table revision")
    if told.erased:
        out.print(f"Erased the contents of {told.erased} revisions that are protected now.")
    if written:
        out.print(f"Wrote {len(written)} files.")
    out.print(f"Head {state.place.seq}:{state.place.chain}", soft_wrap=True)


def _line(change: JSON) -> str:
    note = f": {change['note']['text']}" if change["note"] else ""
    withheld = f", {change['withheld']}" if change["withheld"] else ""
    return f"  {change['seq']} {change['operation']} {change['record_id']} ({change['cause']}{withheld}){note}"


def main() -> None:
    """Run one of these commands where nothing of the server is installed, or none of it is needed."""
    alone = typer.Typer(no_args_is_help=True, add_completion=False, help="Onrecord: a copy, kept in step and proven.")
    alone.command("pull")(pull_command)
    alone.command("verify")(verify_command)
    run(alone)


def run(commands: typer.Typer) -> None:
    """Run a command; what a person can mend is one clear line, and what cannot be proven is told by its exit code."""
    try:
        commands()
    except NotProven as error:
        err.print(f"NOT PROVEN: {plain(error)}", markup=False, style="bold red", soft_wrap=True)
        err.print("The copy is as it was. See the guide for partners: when history does not fit.", soft_wrap=True)
        sys.exit(NOT_PROVEN)
    except (ClientError, Stop) as error:
        stopped(error)
        sys.exit(1)
