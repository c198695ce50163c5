"""Why this file exists: where commands write, and how they stop; without anything that only the server needs."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress

out, err = Console(highlight=False), Console(stderr=True, highlight=False)


class Stop(Exception):
    """A command cannot go on; the text is for the person at the terminal."""


def plain(text: object) -> str:
    """Return words of a server without what a terminal would obey."""
    return "".join(one if one.isprintable() else "\ufffd" for one in str(text))


def stopped(error: object) -> None:
    """Say in one line what a person can mend."""
    err.print(f"onrecord: {plain(error)}", markup=False, style="bold red", soft_wrap=True)


@contextmanager
def bar(label: str) -> Iterator[Progress]:
    """Show progress on a terminal, and nothing in a log."""
    with Progress(console=err, transient=True, disable=not err.is_terminal) as progress:
        progress.add_task(label, total=None)
        yield progress
