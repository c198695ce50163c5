"""Why this file exists: the commands of an editor at the desk: correct, retract and restore, each with its reason."""

from collections import Counter
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import select

from app.cli.amending import Amended, Checked, amend, changes
from app.cli.reasons import CauseOption, LangOption, NoteOption, public_note
from app.cli.terminal import Stop, bar, desk_of, out, settings_of
from app.kit import ids
from app.kit.canonical import JSON, compact
from app.ledger import queries as ledger_queries
from app.ledger.append import REVISION
from app.ledger.chain import Envelope
from app.ledger.words import Cause, WriterRole
from app.record.desk import Desk
from app.record.writing import Writing
from app.store.engine import snapshot

RecordId = Annotated[str, typer.Argument(help="Id of the record.", metavar="ID")]
# More of a value than this is not shown at a terminal.
SHOWN = 160


def correct_command(
    files: Annotated[list[Path], typer.Argument(help="Changes in YAML or JSON: {id, fields that change}, or a list.")],
    cause: CauseOption,
    note: NoteOption = None,
    lang: LangOption = "en",
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; show what would change, after every check.")
    ] = False,
) -> None:
    """Correct records by files of changes, all of them or none; what a file does not name stays as it is."""
    told, entries = public_note(note, lang), changes(files)
    desk = desk_of(settings_of())
    with bar("Correcting") as progress:
        task = progress.task_ids[0]
        progress.update(task, total=len(entries))

        def verbs(writing: Writing) -> list[Amended]:
            progress.update(task, completed=0)
            done = amend(writing, desk.nouns, entries, Cause(cause), told, partial(progress.advance, task))
            if check:
                raise Checked(done)
            return done

        try:
            done = desk.write(WriterRole.EDITOR, verbs)
        except Checked as checked:
            done = checked.amended
    for one in done:
        _tell(one, check=check)
    changed = sum(one.made is not None for one in done)
    out.print(f"{'Would correct' if check else 'Corrected'} {changed} of {len(done)}.")


def _tell(one: Amended, *, check: bool) -> None:
    """Print what became of one change, fact by fact."""
    if one.made is None:
        out.print(f"{one.record_id}: says so already", soft_wrap=True, markup=False)
        return
    where = f"version {one.made.version}" if check else f"version {one.made.version}, seq {one.made.seq}"
    out.print(f"{one.record_id}: {where}", soft_wrap=True, markup=False)
    for difference in one.differences:
        out.print(f"  {difference['operation']} {_shown(difference)}", soft_wrap=True, markup=False)


def _shown(difference: JSON) -> str:
    sides = {"add": ("after",), "remove": ("before",), "replace": ("before", "after")}[difference["operation"]]
    spelt = [compact(difference[side]).decode() for side in sides]
    cut = [one if len(one) <= SHOWN else f"{one[:SHOWN]}…" for one in spelt]
    return f"{difference['pointer']}: {' → '.join(cut)}"


def retract_command(record: RecordId, cause: CauseOption, note: NoteOption = None, lang: LangOption = "en") -> None:
    """Take a record, and all that stands in it, out of public sight; its history stays."""
    record_id, told = _known(record), public_note(note, lang)
    desk = desk_of(settings_of())
    made = desk.write(WriterRole.EDITOR, lambda writing: writing.retract(record_id, Cause(cause), told))
    out.print(f"Retracted: {record_id}, seq {made.seq}; {with_it(desk, made, 'fell')}.", soft_wrap=True)


def restore_command(record: RecordId, cause: CauseOption, note: NoteOption = None, lang: LangOption = "en") -> None:
    """Bring a retracted record back, with what fell with it."""
    record_id, told = _known(record), public_note(note, lang)
    desk = desk_of(settings_of())
    made = desk.write(WriterRole.EDITOR, lambda writing: writing.restore(record_id, Cause(cause), told))
    out.print(f"Restored: {record_id}, seq {made.seq}; {with_it(desk, made, 'rose')}.", soft_wrap=True)


def _known(record: str) -> str:
    if not ids.is_id(record):
        raise Stop("expected the id of a record, such as clm_ and 26 characters")
    return record


def with_it(desk: Desk, made: Envelope, verb: str) -> str:
    """Return how many records fell or rose with another, by the revisions of its write."""
    with snapshot(desk.engine) as connection:
        end = ledger_queries.write_end(connection, made.seq)
        query = select(REVISION.c.record_type).where(REVISION.c.seq > made.seq, REVISION.c.seq <= end)
        counts = Counter(connection.execute(query).scalars())
    if not counts:
        return f"nothing else {verb}"
    listed = [f"{count} {kind if count == 1 else ids.PLURALS[kind]}" for kind, count in sorted(counts.items())]
    return f"with it {verb} {', '.join(listed)}"
