"""The documentation promises: every example is what the server says, and every setting and command is described."""

import json
import re
import tomllib
from typing import Any

import pytest

from app.catalogue import all_tables
from app.cli.commands import cli
from app.kit.settings import PREFIX, Settings
from tests.support.api import Api
from tests.support.paths import ROOT

EXAMPLE = re.compile(r"<!-- example -->\n```sh\ncurl '?(http\S+?)'?\n```\n```json\n(.*?)```", re.DOTALL)
README = (ROOT / "README.md").read_text(encoding="utf-8")
OPERATING = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")


def contains(whole: Any, part: Any) -> bool:
    """Whether a shortened JSON value says nothing that the whole does not; a list may end in `…`."""
    if isinstance(part, dict):
        return isinstance(whole, dict) and all(
            name in whole and contains(whole[name], one) for name, one in part.items()
        )
    if isinstance(part, list) and part[-1:] == ["…"]:
        return isinstance(whole, list) and len(whole) >= len(part) and contains(whole[: len(part) - 1], part[:-1])
    if isinstance(part, list):
        return isinstance(whole, list) and len(whole) == len(part) and all(map(contains, whole, part))
    return bool(whole == part)


@pytest.mark.parametrize(("url", "shown"), EXAMPLE.findall(README))
def test_an_example_of_the_readme_is_what_the_server_says(seeded_api: Api, url: str, shown: str) -> None:
    """Whoever copies an example gets what it shows."""
    answer = seeded_api.get(url.removeprefix("http://127.0.0.1:8000"))
    assert answer.status_code == 200
    assert contains(json.loads(answer.content), json.loads(shown))


def test_the_readme_has_three_examples() -> None:
    """Examples that are not found are not tested."""
    assert len(EXAMPLE.findall(README)) == README.count("```sh\ncurl ") == 3


def test_every_setting_is_documented_as_it_is() -> None:
    """An operator finds each setting, its default and its meaning."""
    for name, field in Settings.model_fields.items():
        default = f"`{field.default}`" if field.default is not None else ""
        row = f"| `{PREFIX}{name.upper()}` | {default} | {field.description} |".replace("|  |", "| |")
        assert row in OPERATING, row


def test_every_command_is_documented_as_it_is() -> None:
    """An operator finds each command and what it does."""
    commands = [(command.name, command.callback) for command in cli.registered_commands]
    for group in cli.registered_groups:
        assert group.typer_instance is not None
        commands += [(f"{group.name} {one.name}", one.callback) for one in group.typer_instance.registered_commands]
    assert len(commands) == 5
    for name, callback in commands:
        assert f"| `onrecord {name}` | {callback.__doc__} |" in OPERATING, name


def test_every_dependency_has_its_reason() -> None:
    """Nothing is installed that nobody can explain."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    reasons = (ROOT / "docs" / "decisions" / "0013-dependencies.md").read_text(encoding="utf-8")
    wanted = [*project["dependencies"], *(one for extra in project["optional-dependencies"].values() for one in extra)]
    for pin in wanted:
        name, found, _ = re.split(r"(==)", pin.split(";")[0], maxsplit=1)
        assert found, f"{pin} is not pinned exactly"
        assert name in reasons, name


def test_every_room_is_on_the_map() -> None:
    """An engineer who opens app/ finds each room in the architecture page."""
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rooms = [path.parent.name for path in (ROOT / "app").glob("*/__init__.py")]
    assert len(rooms) > 15
    assert [room for room in rooms if f"`{room}`" not in page] == []


def test_every_table_is_on_the_map() -> None:
    """An engineer who opens the database finds each table in the architecture page."""
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert [name for name in all_tables().tables if f"`{name}`" not in page] == []
