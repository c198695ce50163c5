"""Why this file exists: the commands of `onrecord ledger`: verify the record, sign its head, go on after a restore."""

import re
from pathlib import Path
from typing import Annotated
from uuid import uuid4

import typer

from app.cli.terminal import Stop, bar, desk_of, err, out, settings_of
from app.ledger import forking, signing
from app.ledger import queries as ledger_queries
from app.ledger.verify import KeptHead, verify
from app.record.rebuild import differences
from app.store.engine import snapshot, transact

ledger = typer.Typer(no_args_is_help=True, help="Prove that nothing was rewritten.")


@ledger.command("verify")
def verify_command(
    head: Annotated[
        str | None, typer.Option(help="A head that you kept, as SEQ:CHAIN, to find a cut tail or a rewritten chain.")
    ] = None,
) -> None:
    """Recompute every commitment, the whole chain, and whether the tables say what the ledger says."""
    desk = desk_of(settings_of())
    kept = _kept(head)
    with snapshot(desk.engine) as connection, bar("Verifying") as progress:
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


@ledger.command("keygen")
def keygen_command(
    file: Annotated[Path, typer.Argument(help="A new file; it is made so that only you can read it.")],
) -> None:
    """Make the private key that signs the ledger's head, and print the public key to give to partners."""
    public = signing.generate(file)
    out.print(f"Public key: {public}", soft_wrap=True)
    err.print(f"Keep {file} secret and backed up, and set ONRECORD_LEDGER_KEY to it.", soft_wrap=True, markup=False)


@ledger.command("fork")
def fork_command() -> None:
    """Go on under a new ledger id after a backup was restored, so that whoever has seen what is lost is told."""
    desk = desk_of(settings_of())
    begun = transact(desk.engine, lambda connection: forking.begin(connection, str(uuid4()), desk.clock()))
    out.print(f"Ledger {begun.ledger} goes on from {begun.parent} after {begun.seq}:{begun.chain}", soft_wrap=True)
