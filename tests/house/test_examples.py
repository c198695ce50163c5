"""The documentation promises: whoever copies an example of any page gets what the page shows."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.support.api import Api
from tests.support.databases import Databases
from tests.support.pages import Step, Unproven, blocks, pages, steps
from tests.support.paths import ROOT
from tests.support.steps import ADDRESS, Folder, ask, hold, name
from tests.support.terminal import MODULE, serving_on_a_socket

PAGES = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in pages()}
RUN = ("file", "program", "console")
_numbers = count()


def of(page: str, *kinds: str) -> list[Step]:
    """Return the steps of some kinds of a page."""
    return [step for step in steps(blocks(PAGES[page])) if step.kind in kinds]


def having(*kinds: str) -> list[str]:
    """Return the pages that have steps of some kinds; a page that cannot be read fails a test of its own."""
    found = []
    for page in PAGES:
        try:
            found += [page] if of(page, *kinds) else []
        except Unproven:
            continue
    return found


@pytest.fixture(scope="module")
def served(seeded_url: str) -> Iterator[str]:
    """The address of a server on the seed, one for all pages."""
    with serving_on_a_socket(MODULE, seeded_url, log_level="error") as server:
        yield server.url
        server.stop()


@pytest.mark.parametrize("page", PAGES)
def test_every_block_of_a_page_is_proven(page: str) -> None:
    """No block stands in a page that is neither run, nor held against a file, nor said to be a shape and why."""
    for step in steps(blocks(PAGES[page])):
        if step.kind == "from":
            hold(step)
        if step.kind == "shape":
            name(step)


@pytest.mark.parametrize("page", having("request"))
def test_every_request_of_a_page_is_answered_as_shown(seeded_api: Api, page: str) -> None:
    """Whoever copies a curl line gets what stands below it."""
    for step in of(page, "request"):
        ask(seeded_api, step)


@pytest.mark.parametrize("page", having(*RUN))
def test_every_program_and_console_of_a_page_does_what_it_shows(
    databases: Databases, request: pytest.FixtureRequest, page: str, tmp_path: Path
) -> None:
    """Whoever goes through a page from top to bottom, in an empty folder, sees what the page shows."""
    found = of(page, *RUN)
    asks = any(ADDRESS in step.block.text for step in found)
    if databases.engine == "postgresql" and not asks:
        pytest.skip("nothing in this page asks the served database")

    def postgresql() -> str:
        server = request.getfixturevalue("postgres_server")
        fresh = f"page_{next(_numbers)}"
        server.create_database(fresh)
        url = str(server.database_url(fresh)).replace("postgresql+psycopg", "postgresql")
        # The usual port is left out, with the sign that a shell would take for its own.
        return url.removesuffix("&port=5432")

    folder = Folder(tmp_path, request.getfixturevalue("served") if asks else ADDRESS, postgresql)
    for step in found:
        folder.run(step)


def test_the_guides_have_examples() -> None:
    """Examples that are not found are not tested."""
    assert {"README.md", "CONTRIBUTING.md", "docs/operating.md", "docs/attribution.md"} <= PAGES.keys()
    assert len(of("README.md", "request")) == PAGES["README.md"].count("```sh\ncurl ") == 3
