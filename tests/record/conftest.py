"""A world in which every table has rows and every column a value, made once and copied."""

from collections.abc import Iterator
from itertools import count

import pytest

from tests.record.histories import beside
from tests.record.rich import rich
from tests.support.databases import Databases
from tests.support.world import World

_numbers = count()


@pytest.fixture(scope="session")
def rich_template(databases: Databases) -> tuple[str, World]:
    """A database in which every field that may be filled is filled, and its name; tests take copies of it."""
    name = f"rich_{next(_numbers)}"
    return name, rich(World(databases.migrated(name)).furnish())


@pytest.fixture
def rich_world(databases: Databases, rich_template: tuple[str, World]) -> Iterator[World]:
    """A fresh copy of the rich database, and its desk."""
    name, template = rich_template
    with databases.copy(name) as url:
        yield beside(template, url)
