"""The documentation promises: what there is has its place in a page, and every page is found."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.catalogue import all_tables
from app.cli.commands import cli
from app.kit.settings import PREFIX, Settings
from tests.support.pages import pages
from tests.support.paths import ROOT

LINK = re.compile(r"(?<!!)\[[^\]\n]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ +(.*?) *$", re.MULTILINE)
PAGES = {path.resolve(): path.read_text(encoding="utf-8") for path in pages()}
OPERATING = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")


def links(path: Path) -> Iterator[tuple[Path, str]]:
    """Yield where the links of a page lead to inside the project: the file or folder, and the heading or nothing."""
    outside = re.sub(r"^(`{3,}).*?^\1", "", PAGES[path], flags=re.DOTALL | re.MULTILINE)
    for target in LINK.findall(outside):
        if not re.match(r"[a-z]+:", target):
            name, _, heading = target.partition("#")
            yield ((path.parent / name).resolve() if name else path), heading


def anchors(page: str) -> set[str]:
    """Return the names by which the headings of a page are linked to."""
    plain = [re.sub(r"[^\w\- ]", "", heading.lower()) for heading in HEADING.findall(page)]
    return {heading.replace(" ", "-") for heading in plain}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_somewhere(path: Path) -> None:
    """Nobody who follows a link of a page ends at nothing, or at the wrong heading."""
    for target, heading in links(path):
        assert target.exists(), target
        assert not heading or heading in anchors(PAGES[target]), f"{target}#{heading}"


def test_every_page_is_found_from_the_readme() -> None:
    """A page that nothing links to is read by nobody; a link to a folder leads to its README."""
    reached, waiting = set(), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page not in reached and page in PAGES:
            reached.add(page)
            waiting += [target / "README.md" if target.is_dir() else target for target, _ in links(page)]
    assert {str(page.relative_to(ROOT)) for page in PAGES.keys() - reached} == set()


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
    assert len(commands) >= 5
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
