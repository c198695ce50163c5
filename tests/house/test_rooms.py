"""The house promises: rooms import downwards only, and the tests are found where the rooms are."""

import subprocess
import sys
import tomllib
from pathlib import Path

from tests.support.paths import ROOT

CONFIGURATION = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
ROOMS = sorted(path.parent.name for path in (ROOT / "app").glob("*/__init__.py"))
# Folders of tests that are about no single room.
BESIDE = {"benchmarks", "house", "journeys", "support"}


def test_the_import_contracts_hold() -> None:
    """The order of citation is the order of import; rules are pure; only routes speak HTTP."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
    assert f"Contracts: {len(CONFIGURATION['contracts'])} kept, 0 broken." in done.stdout


def test_every_room_has_its_place_in_the_order() -> None:
    """A new room is not left out of the contract: whoever forgets it is told."""
    (layers,) = [one for one in CONFIGURATION["contracts"] if one["type"] == "layers"]
    named = {room.strip() for line in layers["layers"] for room in line.split(":")}
    assert layers["exhaustive"] is True
    assert layers["exhaustive_ignores"] == ["__main__"]
    assert set(ROOMS) <= named
    assert named - set(ROOMS) == {"main", "catalogue"}


def test_the_rules_that_are_pure_exist() -> None:
    """A contract about a module that was renamed away checks nothing."""
    (pure,) = [one for one in CONFIGURATION["contracts"] if one["name"] == "rules are pure"]
    for module in pure["source_modules"]:
        pattern = module.removeprefix("app.").replace(".", "/") + ".py"
        assert list((ROOT / "app").glob(pattern)), module


def test_every_room_has_tests_of_its_own() -> None:
    """Who changes a room knows which tests to run first."""
    assert [room for room in ROOMS if not list((ROOT / "tests" / room).glob("test_*.py"))] == []


def test_every_folder_of_tests_is_a_room() -> None:
    """Tests of a room that is gone go with it."""
    folders = {path.parent.name for path in (ROOT / "tests").glob("*/__init__.py")}
    assert folders - set(ROOMS) == BESIDE
