"""Why this file exists: why a record is changed, as somebody at the terminal says it: a cause and a public note."""

from typing import Annotated, Any, Literal

import typer
from pydantic import TypeAdapter, ValidationError

from app.cli.console import Stop
from app.kit.canonical import JSON
from app.kit.schema import Lang, Text, faults_of
from app.record.desk import note

# Every cause but `parent`: that is what retracting a parent gives its children, never a reason of its own.
PublicCause = Literal[
    "our_error", "publisher_correction", "originator_correction", "vocabulary", "protection", "source_text"
]
CauseOption = Annotated[PublicCause, typer.Option("--cause", help="Why; it is public.")]
NoteOption = Annotated[str | None, typer.Option("--note", help="Public note, for whoever relied on it.")]
LangOption = Annotated[str, typer.Option("--lang", help="Language of the note (BCP 47).")]


def public_note(text: str | None, lang: str = "en") -> JSON | None:
    """Return a public note as the ledger keeps it; raises Stop for what no text of the record may hold."""
    return note(_checked("--note", Text | None, text), str(_checked("--lang", Lang, lang)))


def _checked(option: str, kind: Any, value: str | None) -> str | None:
    try:
        found: str | None = TypeAdapter(kind).validate_python(value)
    except ValidationError as error:
        raise Stop(f"{option}: {next(faults_of(error)).detail}") from None
    return found
