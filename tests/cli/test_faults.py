"""The command line promises: what a person can mend is one clear line and exit code 1, never a traceback."""

from itertools import count, product
from pathlib import Path
from typing import get_args

import pytest

from app.cli.reasons import PublicCause
from app.ledger.words import Cause
from app.store import migrate
from tests.cli.test_commands import tamper
from tests.support.databases import Databases
from tests.support.terminal import onrecord

_numbers = count()
# Every command that needs a record to work on.
WORKING = [
    ("seed",),
    ("retract", "clm_27ek1tccrba80v1e73zd2f5x82", "--cause", "our_error"),
    ("restore", "clm_27ek1tccrba80v1e73zd2f5x82", "--cause", "our_error"),
    ("rebuild",),
    ("ledger", "verify"),
    ("ledger", "fork"),
    ("source", "verify", "a"),
    ("serve", "--port", "0"),
]
ALL = [("migrate",), *WORKING]
BAD_URLS = [
    "mysql://user:hunter2@host/x",
    "sqlite:///",
    "hunter2",
    "postgresql://user:hunter2@localhost:port/x",
    "postgresql://user:hunter2@[::1/x",
    "postgresql+psycopg://user:hunter2@localhost:99999999/x",
    "postgresql://user:12?hunter2@127.0.0.1:1/x",
    "postgresql://user:h@hunter2@127.0.0.1:1/x",
    "postgresql://user:hunter2%zz@127.0.0.1:1/x",
]


@pytest.mark.parametrize("command", ALL)
def test_an_unknown_setting_is_named(command: tuple[str, ...]) -> None:
    """A misspelt setting stops every command before it does anything."""
    line = onrecord("sqlite:///never-made.db", *command, databse="hunter2").refusal
    assert "unknown setting ONRECORD_DATABSE" in line
    assert "hunter2" not in line
    assert not Path("never-made.db").exists()


@pytest.mark.parametrize(("command", "url"), list(product(ALL, BAD_URLS)))
def test_a_url_that_is_none_is_refused_without_its_password(command: tuple[str, ...], url: str) -> None:
    """The line says what was expected; what may be a secret is not repeated."""
    line = onrecord(url, *command).refusal
    assert "hunter2" not in line
    assert "ONRECORD_DATABASE_URL" in line


@pytest.mark.parametrize("command", ALL)
def test_a_server_that_is_not_there_is_said(command: tuple[str, ...]) -> None:
    """The port of a closed door: the line says that the database cannot be used, without the password."""
    line = onrecord("postgresql://user:hunter2@127.0.0.1:1/x", *command).refusal
    assert "the database cannot be used" in line
    assert "hunter2" not in line


def test_an_older_layout_is_said_with_what_to_do(databases: Databases) -> None:
    """Nothing works on a layout that it does not know, nor on a database in which nothing was ever made."""
    url = databases.empty(f"faults_{next(_numbers)}")
    for revision in (None, "0003"):
        if revision:
            migrate.upgrade(url, revision)
        for command in WORKING:
            assert "run `onrecord migrate` first" in onrecord(url, *command).refusal, command


def test_a_newer_layout_is_said(databases: Databases) -> None:
    """A version that came back from an upgrade does not touch what it cannot know, and does not advise to."""
    with databases.copy("layout") as url:
        tamper(url, "UPDATE alembic_version SET version_num = '9999'")
        for command in ALL:
            assert "newer" in onrecord(url, *command).refusal, command


@pytest.mark.parametrize("command", WORKING)
def test_no_command_but_migrate_makes_a_database(tmp_path: Path, command: tuple[str, ...]) -> None:
    """A slip in the file's name does not leave an empty file, and is not served as an empty record."""
    assert "run `onrecord migrate` first" in onrecord(f"sqlite:///{tmp_path}/slip.db", *command).refusal
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ALL)
@pytest.mark.parametrize("name", ["folder.db", "junk.db", "nowhere/file.db"])
def test_a_file_that_is_no_database_is_said(tmp_path: Path, command: tuple[str, ...], name: str) -> None:
    """A folder, another kind of file, or a path that leads nowhere."""
    (tmp_path / "folder.db").mkdir()
    (tmp_path / "junk.db").write_text("This is no database. " * 50)
    line = onrecord(f"sqlite:///{tmp_path}/{name}", *command).refusal
    assert "the database cannot be used" in line or "run `onrecord migrate` first" in line
    assert (tmp_path / "junk.db").read_text() == "This is no database. " * 50


@pytest.mark.parametrize("arguments", [("serve", "--port", "99999"), ("serve", "--port", "-1")])
def test_a_bad_option_is_refused(databases: Databases, arguments: tuple[str, ...]) -> None:
    """An option is checked like the setting that it stands for."""
    with databases.copy("layout") as url:
        assert onrecord(url, *arguments).refusal


@pytest.mark.parametrize(
    "arguments",
    [
        ("serve", "--port", "x"),
        ("seed", "--cause", "boredom"),
        ("seed", "--cause", "parent"),
        ("nothing",),
        ("migrate", "x"),
    ],
)
def test_a_command_that_is_none_is_a_usage_error(arguments: tuple[str, ...]) -> None:
    """Usage errors have the exit code that every program gives them."""
    ran = onrecord("sqlite:///never-made.db", *arguments)
    assert ran.code == 2
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("note", ["", " ", "a\x07b", "a\x00b", "\x1b[31m", "a\udcff", "a" * 5001])
def test_a_note_that_is_no_text_is_refused_before_anything_is_written(databases: Databases, note: str) -> None:
    """The note becomes public and is never changed again, so what no text may hold is one clear line."""
    with databases.copy("layout") as url:
        assert onrecord(url, "seed", "--note", note).refusal.startswith("--note: ")
        assert "Intact: 0 revisions." in onrecord(url, "ledger", "verify").out


def test_every_cause_but_that_of_children_is_offered() -> None:
    """`parent` says that a record shares its parent's fate; nobody may give it as a reason."""
    assert set(get_args(PublicCause)) == {cause.value for cause in Cause} - {"parent"}


def test_a_folder_without_an_annotation_is_refused_with_every_file_that_it_lacks(databases: Databases) -> None:
    """What is missing is named at once, a line each, and nothing is written."""
    with databases.copy("layout") as url:
        ran = onrecord(url, "seed", "--folder", "no-such-folder")
        assert (ran.code, ran.out) == (1, "")
        assert {line.rpartition(": ")[2] for line in ran.err.splitlines()} == {"expected this file in the seed folder"}
        assert "Intact: 0 revisions." in onrecord(url, "ledger", "verify").out
