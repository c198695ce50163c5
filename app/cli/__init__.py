"""The face at the terminal: `onrecord`."""

import sys
from importlib.util import find_spec

# What keeps and checks a copy, on machines too where nothing of the server is installed.
COPYING = ("pull", "verify")


def main() -> None:
    """Run a command; only what it needs is imported."""
    if sys.argv[1:2] and sys.argv[1] in COPYING:
        from app.cli import pulling  # noqa: PLC0415

        pulling.main()
    elif find_spec("sqlalchemy") is None:
        from app.cli import pulling  # noqa: PLC0415
        from app.cli.console import stopped  # noqa: PLC0415

        if sys.argv[1:] and not sys.argv[1].startswith("-"):
            stopped(f"{sys.argv[1]!r} is a command of the server: pip install 'onrecord[server]'")
            sys.exit(1)
        pulling.main()
    else:
        from app.cli import commands  # noqa: PLC0415

        commands.main()


__all__ = ["main"]
