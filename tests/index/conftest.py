"""The rich world of the record's tests is also what the index is forged in."""

from tests.record.conftest import rich_template, rich_world

__all__ = ["rich_template", "rich_world"]
