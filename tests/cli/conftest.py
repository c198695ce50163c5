"""What is moved from one database to another: the rich world of the record's tests, and where it may go."""

from pathlib import Path

import pytest

from app.ledger.words import Cause
from tests.cli.homes import empty
from tests.record.conftest import rich_template, rich_world
from tests.support import postgres
from tests.support.databases import ENGINES, Databases
from tests.support.world import World

__all__ = ["rich_template", "rich_world"]


@pytest.fixture(scope="module")
def homes(postgres_server: postgres.Server, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Databases]:
    """The databases that are moved to, by engine."""
    folder: Path = tmp_path_factory.mktemp("homes")
    servers = {"sqlite": None, "postgresql": postgres_server}
    return {engine: Databases(engine, folder, servers[engine]) for engine in ENGINES}


@pytest.fixture
def target(homes: dict[str, Databases], databases: Databases) -> str:
    """The URL of a database of the other engine, in which there is nothing."""
    (other,) = set(ENGINES) - {databases.engine}
    return empty(homes[other])


@pytest.fixture
def lived(rich_world: World) -> World:
    """A world with something in every table, of which some was taken back, and some to protect somebody."""
    rich_world.retract(rich_world.create("claim", rich_world.claim()))
    rich_world.retract(rich_world.create("claim", rich_world.claim()), Cause.PROTECTION)
    return rich_world
