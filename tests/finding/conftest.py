"""One peopled world for each engine, which nobody writes to; its oracle; and copies of it to write to."""

from collections.abc import Iterator
from itertools import count

import pytest

from tests.finding.asking import oracle_of
from tests.finding.oracle import Oracle
from tests.finding.worlds import Told, peopled
from tests.support.api import Api, serving
from tests.support.databases import Databases

_numbers = count()


@pytest.fixture(scope="session")
def peopled_template(databases: Databases) -> tuple[str, Told]:
    """The name of a database with the peopled world, of which copies can be taken, and what was recorded in it."""
    name = f"peopled_{next(_numbers)}"
    return name, peopled(databases.migrated(name))


@pytest.fixture(scope="session")
def told(databases: Databases, peopled_template: tuple[str, Told]) -> Iterator[Told]:
    """What was recorded in a copy of the peopled world; nobody writes to it."""
    name, template = peopled_template
    with databases.copy(name) as url:
        yield template.beside(url)


@pytest.fixture(scope="session")
def listing_api(told: Told) -> Iterator[Api]:
    """The API on the peopled world."""
    with serving(told.world.url) as client:
        yield client


@pytest.fixture(scope="session")
def oracle(listing_api: Api, told: Told) -> Oracle:
    """What lists of the peopled world should answer."""
    return oracle_of(listing_api, told)


@pytest.fixture
def lively(databases: Databases, peopled_template: tuple[str, Told]) -> Iterator[Told]:
    """A fresh copy of the peopled world, to write to."""
    name, template = peopled_template
    with databases.copy(name) as url:
        yield template.beside(url)
