"""What every test may ask for: both databases, a desk on a fresh one, and the API on the seed."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from app.catalogue import NOUNS
from app.record.desk import Desk
from app.seeding.seed import seed
from app.store.engine import writer
from tests.support import postgres
from tests.support.api import Api, serving
from tests.support.databases import ENGINES, Databases
from tests.support.paths import SEED
from tests.support.world import World

TOO_SLOW = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large]
settings.register_profile("default", deadline=None, max_examples=60, suppress_health_check=TOO_SLOW)
settings.register_profile("long", deadline=None, max_examples=2000, suppress_health_check=TOO_SLOW)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    """A real PostgreSQL, one for each test process."""
    with postgres.server() as server:
        yield server


@pytest.fixture(scope="session", params=ENGINES)
def databases(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Databases:
    """The databases of one engine, with `layout` migrated and `furnished` and `seeded` filled."""
    folder: Path = tmp_path_factory.mktemp("databases")
    server = request.getfixturevalue("postgres_server") if request.param == "postgresql" else None
    prepared = Databases(request.param, folder, server)
    prepared.migrated("layout")
    return prepared


@pytest.fixture(scope="session")
def furnished_template(databases: Databases) -> World:
    """A database with the vocabularies and one record of each noun; tests take copies of it."""
    return World(databases.migrated("furnished")).furnish()


@pytest.fixture(scope="session")
def seeded_url(databases: Databases) -> str:
    """A database with the whole seed, for tests that only read."""
    url = databases.migrated("seeded")
    seed(Desk(writer(url), NOUNS), SEED)
    return url


@pytest.fixture
def layout_url(databases: Databases) -> Iterator[str]:
    """A fresh database at the newest layout, without any record."""
    with databases.copy("layout") as url:
        yield url


@pytest.fixture
def world(databases: Databases, furnished_template: World) -> Iterator[World]:
    """A fresh database with the vocabularies and one record of each noun, and its desk."""
    with databases.copy("furnished") as url:
        mine = World(url)
        for name in ("country", "town", "publisher", "reporter", "speaker", "crisis", "report"):
            setattr(mine, name, getattr(furnished_template, name))
        mine._numbers = furnished_template._numbers
        yield mine


@pytest.fixture
def api(world: World) -> Iterator[Api]:
    """The API on the fresh world."""
    with serving(world.url) as client:
        yield client


@pytest.fixture(scope="session")
def seeded_api(seeded_url: str) -> Iterator[Api]:
    """The API on the seed, for tests that only read."""
    with serving(seeded_url) as client:
        yield client
