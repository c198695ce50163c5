"""The commands promise: each does one thing, says so in a line, and can be given again."""

import re
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from typer.main import get_command

from app.cli.commands import SEED, cli
from app.seeding.entries import Folder
from app.store import migrate
from app.store.engine import writer
from tests.support.databases import Databases
from tests.support.paths import TEXTS
from tests.support.terminal import MODULE, ONRECORD, Ran, onrecord, program

_numbers = count()
HEAD = re.compile(r"^Intact: (\d+) revisions\. Head (\d+:[0-9a-f]{64})$", re.MULTILINE)
SEED_SIZE = len(list(Folder(SEED).read()))


def fresh(databases: Databases) -> str:
    """Return the URL of a new database without any table."""
    return databases.empty(f"commands_{next(_numbers)}")


def head_of(ran: Ran) -> str:
    """Return the head that a verification printed."""
    found = HEAD.search(ran.out)
    assert found, ran
    return found[2]


def commands(group: Any, path: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], Any]]:
    """Return every command with its path, groups too."""
    found: list[tuple[tuple[str, ...], Any]] = []
    for name, command in getattr(group, "commands", {}).items():
        found += [((*path, name), command), *commands(command, (*path, name))]
    return found


def test_from_nothing_to_a_verified_record_and_again(databases: Databases) -> None:
    """migrate, seed, verify, rebuild; each a second time changes nothing and says so."""
    url = fresh(databases)
    for _ in range(2):
        assert onrecord(url, "migrate") == Ran(0, f"The database is at layout {migrate.head()}.\n", "")
    seeded = onrecord(url, "seed")
    assert (seeded.code, seeded.out) == (0, f"Seed: {SEED_SIZE} created.\n")
    head = head_of(onrecord(url, "ledger", "verify"))
    assert onrecord(url, "seed").out == f"Seed: {SEED_SIZE} unchanged.\n"
    assert onrecord(url, "rebuild") == Ran(0, "Rebuilt; 0 documents had to change.\n", "")
    verified = onrecord(url, "ledger", "verify", "--head", head)
    assert (head_of(verified), verified.err) == (head, "")


def test_the_head_is_printed_in_one_piece(databases: Databases) -> None:
    """What is to be copied and kept is not broken by a line's end."""
    with databases.copy("layout") as url:
        assert re.fullmatch(r"Intact: 0 revisions\. Head 0:0{64}\n", onrecord(url, "ledger", "verify").out)


def test_seeding_says_loudly_what_it_could_not_check(databases: Databases) -> None:
    """A locator whose text is not at hand is believed, and that is said."""
    with databases.copy("layout") as url:
        assert "NOT CHECKED" in onrecord(url, "seed").err


def test_seeding_with_the_text_checks_every_locator(databases: Databases) -> None:
    """With the folder of texts, by option or setting, every digest is compared."""
    if not TEXTS.exists():
        pytest.skip("NOT CHECKED: the reports' own texts are not at hand")
    for arguments, settings in ((("--texts", str(TEXTS)), {}), ((), {"source_texts": str(TEXTS)})):
        with databases.copy("layout") as url:
            ran = onrecord(url, "seed", *arguments, **settings)
            assert (ran.code, ran.err) == (0, "")
            assert "Every locator's digest was checked against the text." in ran.out


def tamper(url: str, *statements: str) -> None:
    """Change the database behind the program's back, as somebody with its password would."""
    with writer(url).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET session_replication_role = replica"))
        else:
            names = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars()
            for name in list(names):
                connection.execute(text(f'DROP TRIGGER "{name}"'))
        for statement in statements:
            connection.execute(text(statement))


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("UPDATE revision SET role = 'editor' WHERE seq = 3", "seq 3: the chain does not follow"),
        ("DELETE FROM revision_content WHERE seq = 2", "seq 2: the body is gone"),
        ("UPDATE actor SET name = 'Somebody Else' WHERE name = 'A Speaker'", "the tables do not say"),
    ],
)
def test_a_tampered_record_is_found_and_the_command_fails(
    databases: Databases, furnished_template: object, statement: str, expected: str
) -> None:
    """A script that verifies every night hears of it by the exit code; a person reads where it is."""
    with databases.copy("furnished") as url:
        assert onrecord(url, "ledger", "verify").code == 0
        tamper(url, statement)
        ran = onrecord(url, "ledger", "verify")
    assert (ran.code, ran.out) == (1, "")
    assert "PROBLEM: " in ran.err
    assert expected in " ".join(ran.err.split())


def test_a_head_that_was_kept_finds_a_cut_tail(databases: Databases, furnished_template: object) -> None:
    """Whoever wrote the head down elsewhere finds out when the newest revisions are gone without a trace."""
    with databases.copy("furnished") as url:
        kept = head_of(onrecord(url, "ledger", "verify"))
        last = int(kept.partition(":")[0])
        other = f"{last}:{'0' * 64}"
        assert onrecord(url, "ledger", "verify", "--head", other).code == 1
        beyond = onrecord(url, "ledger", "verify", "--head", f"{last + 1}:{'0' * 64}")
    assert beyond.code == 1
    assert "before the head that was kept" in " ".join(beyond.err.split())


def test_a_head_that_is_none_is_refused(databases: Databases) -> None:
    """A slip in copying is not taken for a rewritten ledger."""
    zeros = "0" * 64
    with databases.copy("layout") as url:
        for head in ("", "1", "1:abc", f"x:{zeros}", f"1:{zeros[1:]}", f"1:{'G' * 64}", f"-1:{zeros}", f"1:{zeros}\n"):
            assert "expected SEQ:CHAIN" in onrecord(url, "ledger", "verify", f"--head={head}").refusal, head


def test_every_command_and_option_has_help() -> None:
    """A person finds everything from `onrecord --help` on."""
    found = commands(get_command(cli))
    sources = {f"source {verb}" for verb in ("attach", "detach", "verify", "locate")}
    proofs = {f"ledger {verb}" for verb in ("verify", "keygen", "fork")}
    plain = {"migrate", "seed", "correct", "retract", "restore", "move", "rebuild", "serve", "pull", "verify"}
    ours = {*plain, "ledger", *proofs, "source", *sources}
    assert {" ".join(path) for path, _ in found} == ours
    for path, command in found:
        assert len(command.help or "") > 10, path
        assert [one.name for one in command.params if not getattr(one, "help", None)] == [], path
        shown = onrecord(None, *path, "--help")
        assert (shown.code, shown.err) == (0, "")
        assert (command.help or "")[:20] in shown.out


def test_the_program_and_the_module_are_the_same(tmp_path: Path) -> None:
    """`onrecord` and `python -m app` differ in nothing."""
    url = f"sqlite:///{tmp_path}/record.db"
    migrate.upgrade(url)
    one, other = (program(command, url, "ledger", "verify") for command in (ONRECORD, MODULE))
    assert one == other
    assert (one.code, one.err) == (0, "")
    assert head_of(one) == f"0:{'0' * 64}"
