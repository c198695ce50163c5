"""The face at the terminal: `onrecord`."""

from app.cli.commands import main

__all__ = ["main"]
