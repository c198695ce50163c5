"""The partners' guide promises: its one command keeps a copy that its queries work on, and it names what there is."""

import re
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from app.exports.tables import TABLES
from tests.support.pages import blocks, steps
from tests.support.paths import ROOT
from tests.support.steps import Folder
from tests.support.terminal import MODULE, serving_on_a_socket
from tests.support.world import World

PAGE = (ROOT / "docs" / "guides" / "partners.md").read_text(encoding="utf-8")
GUIDE = steps(blocks(PAGE))
NIGHTLY = "$ onrecord pull http://127.0.0.1:8000 --to copy"


def said(folder: Folder) -> list[str]:
    """Run the guide's nightly command and return what it printed."""
    ran = folder.start(["bash", "-c", folder._here(NIGHTLY.removeprefix("$ "))], subprocess.PIPE)
    assert (ran.returncode, ran.stderr) == (0, "")
    return ran.stdout.splitlines()


def test_the_nightly_command_follows_corrections_retractions_and_new_names(world: World, tmp_path: Path) -> None:
    """What was withdrawn is told with its reason; a new name comes, though no revision of the claim tells of it."""
    assert PAGE.count(NIGHTLY) == 2
    claims = [world.create("claim", world.claim(statement=f"Event {number}.")) for number in range(3)]
    figures = [world.create("figure", world.figure(claim)) for claim in claims]
    with serving_on_a_socket(MODULE, world.url, log_level="error") as server, server.client:
        folder = Folder(tmp_path, server.url, lambda: "postgresql:///none")
        said(folder)
        world.retract(claims[0])
        world.correct(claims[1], world.claim(statement="Event 1, as corrected."))
        world.correct(world.publisher, world.actor(kind="media", slug="a-paper", name="A New Name"))
        lines = "\n".join(said(folder))
    assert f"retract {claims[0]} (publisher_correction): Withdrawn by its publisher." in lines
    assert f"retract {figures[0]} (parent)" in lines
    assert f"correct {claims[1]} (our_error): Corrected." in lines
    with closing(sqlite3.connect(tmp_path / "copy" / "copy.sqlite")) as db:
        kept = dict(db.execute("SELECT id, statement FROM claims"))
        assert kept == {claims[1]: "Event 1, as corrected.", claims[2]: "Event 2."}
        shown = db.execute("SELECT body FROM document WHERE id = ?", (claims[2],)).fetchone()[0]
        assert '"publisher":"A New Name"' in shown


def test_a_table_keeps_every_digit_and_harms_no_spreadsheet(world: World, tmp_path: Path) -> None:
    """No number goes through a float, and no text of a report becomes a formula."""
    claim = world.create("claim", world.claim(statement="=1+1 people were counted."))
    world.create("figure", world.figure(claim, value="123456789.123456", reported="123456789.123456"))
    with serving_on_a_socket(MODULE, world.url, log_level="error") as server, server.client:
        said(Folder(tmp_path, server.url, lambda: "postgresql:///none"))
    (line,) = (tmp_path / "copy" / "figures.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert line.count(",123456789.123456") >= 4
    assert "'=1+1 people were counted." in (tmp_path / "copy" / "claims.csv").read_text(encoding="utf-8")
    with closing(sqlite3.connect(tmp_path / "copy" / "copy.sqlite")) as db:
        assert db.execute("SELECT value FROM figures").fetchone() == (123456789.123456,)


def test_the_guide_names_every_table_and_no_column_that_is_none() -> None:
    """Whoever follows the guide finds each table, and each column that a query of it names."""
    assert all(f"`{name}`" in PAGE for name in TABLES)
    asked = " ".join(step.block.text for step in GUIDE if step.kind == "program")
    named = set(re.findall(r"reference_period\w*|attribution\w*", asked)) - {"attribution"}
    assert named
    assert named <= {*TABLES["figures"].names}
