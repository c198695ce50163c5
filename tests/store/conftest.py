"""The rich world of the record's tests is also what the database's own rules are tried on."""

from tests.record.conftest import rich_template, rich_world

__all__ = ["rich_template", "rich_world"]
