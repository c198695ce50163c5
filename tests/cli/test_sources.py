"""`onrecord source` promises: whoever holds a text is told in plain lines what was done, and what does not hold."""

import re
from pathlib import Path

import pytest
import yaml
from sqlalchemy import text

from app.claims.appearances import matches
from app.sources import attaching, copies
from app.store import erasing, migrate
from app.store.engine import snapshot
from tests.sources.conftest import annotated_template, one, world
from tests.sources.copying import edited, web_page
from tests.sources.remains import remains
from tests.support.articles import Annotated
from tests.support.terminal import Ran, onrecord

__all__ = ["annotated_template", "one", "world"]
LOCATORS = 3 * 2 + 3 * 3 + 3
ALL_MATCH = f"{LOCATORS} locators: {LOCATORS} match, 0 moved, 0 missing."


@pytest.fixture
def file(one: Annotated, tmp_path: Path) -> Path:
    """The article as it was received."""
    path = tmp_path / ("a folder with a long name " * 4) / "article.txt"
    path.parent.mkdir()
    path.write_bytes(one.article.content)
    return path


def lines(ran: Ran, code: int = 0) -> list[str]:
    """Return what a command said, after checking how it ended."""
    assert (ran.code, ran.err) == (code, ""), ran
    return ran.out.splitlines()


def test_a_text_is_attached_verified_and_detached(one: Annotated, file: Path) -> None:
    """Each says in a line what it did; detaching twice is no mistake."""
    url = one.world.url
    assert lines(onrecord(url, "source", "attach", "a-report", str(file))) == [
        f"Attached: {one.report}, edition 1. Every locator was checked; quotes are shown."
    ]
    told = lines(onrecord(url, "source", "verify", one.report))
    assert told[-1] == ALL_MATCH
    assert {line.split()[0] for line in told[:-1]} == {"match"}
    assert told[0] == f"match   {one.claims[0]} /appearances/0"
    assert told[1] == f"match   {one.claims[0]} /attribution/chain/0/cue"
    assert len(told) == LOCATORS + 1
    assert lines(onrecord(url, "source", "verify", "a-report", "--edition", "1")) == told
    nowhere = onrecord(url, "source", "verify", one.report, "--edition", "2").refusal
    assert nowhere == "there are no locators to verify"
    assert lines(onrecord(url, "rebuild", "--check")) == ["Every document is what the ledger says."]
    assert lines(onrecord(url, "source", "detach", one.report)) == [f"Detached: {one.report}, edition 1."]
    assert remains(one.world) == {}
    assert lines(onrecord(url, "source", "detach", "a-report")) == [
        f"Detached: {one.report}, nothing was attached; its bytes were erased once more."
    ]


def test_a_copy_is_verified_without_a_text(one: Annotated, tmp_path: Path) -> None:
    """A saved page matches; of a later edition it is said where each locator is, and the command fails."""
    url, page, later = one.world.url, tmp_path / "page.html", tmp_path / "later.txt"
    page.write_bytes(web_page(one.article.text))
    assert lines(onrecord(url, "source", "verify", one.report, "--against", str(page)))[-1] == ALL_MATCH
    words = one.article.lines[2].sentence.split()[0]
    later.write_bytes(edited(one.article.text, (1, 2), 0, (3, words, "Others")))
    told = lines(onrecord(url, "source", "verify", "a-report", "--against", str(later)), code=1)
    assert told[-1] == f"{LOCATORS} locators: 11 match, 6 moved, 1 missing."
    missing = [line for line in told if line.startswith("missing ")]
    assert missing == [f"missing {one.claims[5]} /appearances/0  nowhere"]
    moved = [line for line in told if line.startswith("moved ")]
    assert all(re.fullmatch(r"moved   (clm|fig)_\w+ /\S+  at \d+(, at \d+)?", line) for line in moved)


def test_words_are_located_for_an_annotation(one: Annotated, file: Path) -> None:
    """In a file, or in a text that is attached: each place as YAML that an annotation can hold, and that holds."""
    url, line = one.world.url, one.article.lines[1]
    words = "  ".join(line.quotation[0].replace("“", '"').split())
    for given in (("--file", str(file)), ("--report", "a-report"), ("--report", one.report, "--edition", "1")):
        if given[0] == "--report":
            onrecord(url, "source", "attach", one.report, str(file))
        ran = onrecord(url, "source", "locate", words, *given)
        assert (ran.code, ran.err) == (0, "")
        (segment,) = yaml.safe_load(ran.out)["segments"]
        assert yaml.safe_load(ran.out)["paragraph"] == 3
        assert matches(one.article.text, segment)
        assert one.article.text[segment["start"] : segment["end"]] == line.quotation[0]
    twice = onrecord(url, "source", "locate", "told us", "--report", one.report)
    assert [place["paragraph"] for place in yaml.safe_load_all(twice.out)] == [2, 3, 4]
    nowhere = onrecord(url, "source", "locate", "said nobody", "--file", str(file))
    assert (nowhere.code, nowhere.out, nowhere.err) == (1, "", "The words do not stand in this text.\n")


def test_words_are_located_in_a_file_without_a_database(tmp_path: Path) -> None:
    """Whoever annotates needs no record yet."""
    path = tmp_path / "a.txt"
    path.write_text("One, two.")
    ran = onrecord(f"sqlite:///{tmp_path}/none.db", "source", "locate", "two", "--file", str(path))
    assert (ran.code, ran.out[:12]) == (0, "paragraph: 1")


def test_a_refusal_lists_every_failure(one: Annotated, file: Path) -> None:
    """A line for each, under the line that says what was refused."""
    wrong = one.article.locator(0, "about")
    world = one.world
    figures = [world.figure(claim, reported=str(number), appearance=wrong) for number, claim in enumerate(one.claims)]
    made = world.create_all([("figure", figure) for figure in figures])
    ran = onrecord(world.url, "source", "attach", one.report, str(file))
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.splitlines() == [
        "onrecord: the locators are not those of this text",
        *(f"  {figure}/reported: the reported words do not stand where the figure is located" for figure in made),
    ]


def test_a_mistake_is_one_clear_line(one: Annotated, file: Path, tmp_path: Path) -> None:
    """Files that are none, texts that are others, reports that are not there, and options that do not go together."""
    url, report, picture = one.world.url, one.report, tmp_path / "picture.png"
    picture.write_bytes(b"\x89PNG\x00\xff")
    gone, folder = str(tmp_path / "gone.txt"), str(tmp_path)
    told = {
        ("attach", report, gone): f"{gone}: No such file or directory",
        ("attach", report, folder): f"{folder}: Is a directory",
        ("attach", "nothing", str(file)): "there is no report nothing",
        ("attach", one.claims[0], str(file)): f"there is no report {one.claims[0]}",
        ("detach", "nothing"): "there is no report nothing",
        ("verify", "nothing"): "there is no report nothing",
        ("verify", report): "the text of edition 1 is not held: attach it, or give a copy with --against",
        ("verify", report, "--against", gone): f"{gone}: No such file or directory",
        ("verify", report, "--against", folder): f"{folder}: Is a directory",
        ("verify", report, "--against", str(picture)): "expected a text or a web page",
        ("locate", "a"): "expected either --file or --report",
        ("locate", "a", "--file", str(file), "--report", report): "expected either --file or --report",
        ("locate", "a", "--file", gone): f"{gone}: No such file or directory",
        ("locate", "a", "--file", folder): f"{folder}: Is a directory",
        ("locate", "a", "--file", str(picture)): "expected a text in UTF-8",
        ("locate", " ", "--file", str(file)): "expected words to look for",
        ("locate", "a", "--report", report): "the text of edition 1 is not attached",
        ("locate", "a", "--report", report, "--edition", "2"): "the text of edition 2 is not attached",
        ("locate", "a", "--report", ""): "there is no report ",
    }
    for command, line in told.items():
        assert onrecord(url, "source", *command).refusal.rstrip() == line.rstrip(), command
    other = onrecord(url, "source", "attach", report, str(picture)).refusal
    assert other.startswith("this is the text of no edition of the report: its SHA-256 is another, ")


def test_a_file_that_is_too_long_is_refused(one: Annotated, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of one without an end no more is read than that; a copy that is too long to search is told before it is."""
    url, report = one.world.url, one.report
    monkeypatch.setattr(attaching, "LARGEST", 5)
    monkeypatch.setattr("app.cli.sources.LARGEST", 5)
    monkeypatch.setattr(copies, "LARGEST", 5)
    for command in (("attach", report, str(file)), ("locate", "a", "--file", str(file))):
        assert onrecord(url, "source", *command).refusal == "expected a text of at most 5 bytes"
    refusal = onrecord(url, "source", "verify", report, "--against", str(file)).refusal
    assert refusal == "expected a copy of at most 5 bytes"
    monkeypatch.undo()
    monkeypatch.setattr("app.sources.aligning.LONGEST", 10)
    refusal = onrecord(url, "source", "verify", report, "--against", str(file)).refusal
    assert refusal == "expected a copy of at most 10 characters"


def test_who_keeps_the_database_busy_is_told_of(one: Annotated, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The text is gone from the answers; that its bytes are not is a line and exit code 1, until it is given again."""
    url = one.world.url
    onrecord(url, "source", "attach", one.report, str(file))
    monkeypatch.setattr(erasing, "PATIENCE", 0.2)
    with snapshot(one.world.desk.engine) as reading:
        reading.execute(text("SELECT count(*) FROM record")).scalar_one()
        told = onrecord(url, "source", "detach", one.report).refusal
    assert told == str(erasing.NotErased(erasing.BUSY))
    assert onrecord(url, "source", "detach", one.report).code == 0
    assert remains(one.world) == {}


def test_a_retracted_or_protected_report_is_not_attached(one: Annotated, file: Path) -> None:
    """It is said why; what is held of it can still be let go."""
    url = one.world.url
    onrecord(url, "source", "attach", one.report, str(file))
    one.world.retract(one.report)
    told = onrecord(url, "source", "attach", one.report, str(file)).refusal
    assert told == "only the text of a public record is held"
    assert onrecord(url, "source", "verify", one.report).refusal == "there are no locators to verify"
    assert lines(onrecord(url, "source", "detach", one.report)) == [f"Detached: {one.report}, edition 1."]


@pytest.mark.parametrize("command", [("attach", "a", "README.md"), ("detach", "a"), ("verify", "a")])
def test_a_database_that_is_not_laid_out_is_refused(command: tuple[str, ...], tmp_path: Path) -> None:
    """As with every command that needs a record."""
    url = f"sqlite:///{tmp_path}/none.db"
    assert onrecord(url, "source", *command).refusal == "there is no database yet: run `onrecord migrate` first"
    migrate.upgrade(url, "0007")
    assert "run `onrecord migrate` first" in onrecord(url, "source", *command).refusal
