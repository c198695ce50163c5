"""Why this file exists: the commands of `onrecord source`: attach, detach, verify, locate."""

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from app.cli.terminal import Stop, bar, desk_of, err, out, settings_of
from app.record import queries
from app.record.desk import Desk
from app.sources.aligning import Verdict
from app.sources.attaching import LARGEST, attach, detach, report_id
from app.sources.copies import LARGEST as LARGEST_COPY
from app.sources.copies import readable
from app.sources.locating import places
from app.sources.verifying import Checked, Located, against_copy, against_held, locators
from app.store.engine import snapshot

source = typer.Typer(no_args_is_help=True, help="Hold the text of a report, or hold its locators against any copy.")
Report = Annotated[str, typer.Argument(help="Id or slug of the report.")]
MARKS = {Verdict.MATCH: "green", Verdict.MOVED: "yellow", Verdict.MISSING: "red"}


def _content(path: Path, most: int) -> bytes:
    """Return what is in a file, or of a file that is too long enough to be told so; raises Stop."""
    try:
        with path.open("rb") as file:
            return file.read(most + 1)
    except OSError as error:
        raise Stop(f"{path}: {error.strerror}") from None


@source.command("attach")
def attach_command(
    report: Report, file: Annotated[Path, typer.Argument(help="The text as received: UTF-8, nothing trimmed.")]
) -> None:
    """Show the words that locators point at, for as long as the text stays attached."""
    done = attach(desk_of(settings_of()), report, _content(file, LARGEST))
    told = f"Attached: {done.report}, edition {done.edition}. Every locator was checked; quotes are shown."
    out.print(told, soft_wrap=True)


@source.command("detach")
def detach_command(report: Report) -> None:
    """Take a report's text out of everything, and erase its bytes."""
    done = detach(desk_of(settings_of()), report)
    editions = ", ".join(map(str, done.editions))
    what = f"edition {editions}" if editions else "nothing was attached; its bytes were erased once more"
    out.print(f"Detached: {done.report}, {what}.", soft_wrap=True)


@source.command("verify")
def verify_command(
    report: Report,
    against: Annotated[
        Path | None, typer.Option(help="Any copy: text or a saved web page. Without it, the attached text.")
    ] = None,
    edition: Annotated[int | None, typer.Option(help="Only the locators into this edition.")] = None,
) -> None:
    """Say of every locator whether its words stand in the text: match, moved or missing."""
    desk = desk_of(settings_of())
    copy = None if against is None else readable(_content(against, LARGEST_COPY))
    with snapshot(desk.engine) as connection:
        found = report_id(connection, report)
        everything = locators(connection, desk.nouns, found)
        located = [one for one in everything if edition in (None, one.appearance["edition"])]
        if not located:
            raise Stop("there are no locators to verify")
        held = against_held(connection, found, located) if copy is None else []
    checked = held if copy is None else _against_copy(copy, located)
    for one in checked:
        out.print(_line(one), soft_wrap=True, highlight=False)
    counts = Counter(one.verdict for one in checked)
    summary = ", ".join(f"{counts[verdict]} {verdict.value}" for verdict in Verdict)
    out.print(f"{len(checked)} locators: {summary}.", soft_wrap=True)
    if counts[Verdict.MATCH] != len(checked):
        raise typer.Exit(1)


def _against_copy(copy: str, located: list[Located]) -> list[Checked]:
    with bar("Searching") as progress:
        return against_copy(copy, located, lambda done: progress.update(progress.task_ids[0], completed=done))


def _line(one: Checked) -> str:
    where = f"{one.located.record_id} {one.located.pointer}"
    detail = f"  {one.detail}" if one.detail and one.verdict is not Verdict.MATCH else ""
    colour = MARKS[one.verdict]
    return f"[{colour}]{one.verdict.value:8}[/]{where}{detail}"


@source.command("locate")
def locate_command(
    words: Annotated[str, typer.Argument(help="Words as they stand in the text; white space and quotes may differ.")],
    file: Annotated[Path | None, typer.Option(help="The text as received.")] = None,
    report: Annotated[str | None, typer.Option(help="A report whose text is attached.")] = None,
    edition: Annotated[int, typer.Option(help="Edition of that report.")] = 1,
) -> None:
    """Print every place where words stand in a text, as an annotation has it."""
    if (file is None) == (report is None):
        raise Stop("expected either --file or --report")
    text = _received(_content(file, LARGEST)) if file else _held(desk_of(settings_of()), report or "", edition)
    try:
        found = list(places(text, words))
    except ValueError as error:
        raise Stop(str(error)) from None
    if not found:
        err.print("The words do not stand in this text.")
        raise typer.Exit(1)
    for number, one in enumerate(found):
        part, plain = one.segment, one.segment["normalised"]
        normalised = f"{{sha256: {plain['sha256']}, length: {plain['length']}}}"
        segment = f"start: {part['start']}, end: {part['end']}, sha256: {part['sha256']}, normalised: {normalised}"
        paragraph = "null" if one.paragraph is None else one.paragraph
        between = "---\n" if number else ""
        out.print(f"{between}paragraph: {paragraph}\nsegments:\n  - {{{segment}}}", soft_wrap=True)


def _received(content: bytes) -> str:
    if len(content) > LARGEST:
        raise Stop(f"expected a text of at most {LARGEST} bytes")
    try:
        return content.decode()
    except UnicodeDecodeError:
        raise Stop("expected a text in UTF-8") from None


def _held(desk: Desk, report: str, edition: int) -> str:
    with snapshot(desk.engine) as connection:
        text = queries.texts(connection, report_id(connection, report)).get(edition)
    if text is None:
        raise Stop(f"the text of edition {edition} is not attached")
    return text
