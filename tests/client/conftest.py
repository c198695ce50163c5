"""What the tests of the client ask for: targets of copies on the engine of the run."""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from app.client.copy import Target
from tests.support.databases import Databases

Targets = Callable[[], Target]
_numbers = count()


@pytest.fixture
def targets(databases: Databases, tmp_path: Path) -> Iterator[Targets]:
    """Gives out new targets: files for SQLite, schemas of one fresh database for PostgreSQL."""
    if databases.engine == "sqlite":
        yield lambda: Target.read(f"sqlite:///{tmp_path}/copy_{next(_numbers)}.db")
    else:
        with databases.copy("layout") as url:
            plain = str(url).replace("postgresql+psycopg", "postgresql")
            yield lambda: Target.read(plain, f"copy_{next(_numbers)}")
