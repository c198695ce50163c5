"""What the tests of held texts share: a world with a small annotated report, made once and copied."""

from collections.abc import Iterator
from itertools import count

import pytest

from tests.record.histories import beside
from tests.support.articles import Annotated, Article, annotated
from tests.support.databases import Databases
from tests.support.world import World

_numbers = count()


@pytest.fixture(scope="session")
def annotated_template(databases: Databases) -> tuple[str, Annotated]:
    """A database with a report of three paragraphs, six claims and three figures, and its name."""
    name = f"annotated_{next(_numbers)}"
    world = World(databases.migrated(name)).furnish()
    return name, annotated(world, Article(1, 3), slug="a-report")


@pytest.fixture
def world(databases: Databases, annotated_template: tuple[str, Annotated]) -> Iterator[World]:
    """A fresh copy of it, and its desk."""
    name, template = annotated_template
    with databases.copy(name) as url:
        yield beside(template.world, url)


@pytest.fixture
def one(world: World, annotated_template: tuple[str, Annotated]) -> Annotated:
    """The report in it, whose text is not held."""
    _, template = annotated_template
    return Annotated(world, template.article, template.report, [*template.claims], [*template.figures])
