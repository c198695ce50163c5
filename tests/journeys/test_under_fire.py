"""Partners are promised: whatever dies, every revision comes once and in order, and their copy is the server's."""

from pathlib import Path

from tests.journeys.fire import burn
from tests.support.databases import Databases
from tests.support.world import World

# The long form is `python -m tests.journeys.fire`, which `.ci/run` plays for some hundred commits.
WRITERS = {"postgresql": 8, "sqlite": 2}
COMMITS = {"postgresql": 60, "sqlite": 24}


def test_the_feed_and_a_copy_under_fire(world: World, databases: Databases, tmp_path: Path) -> None:
    """Writers, the server and the puller are killed at any moment."""
    fire = burn(world, tmp_path, writers=WRITERS[databases.engine], commits=COMMITS[databases.engine])
    assert fire.killed_writers
    assert len(fire.seen["all"]) > fire.commits
