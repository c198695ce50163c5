"""The contract promises: the committed document is what the service says, and nobody breaks it without saying so."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.house.contract_changes import breaking
from tests.support import examples, publishing
from tests.support.documents import DOCUMENT
from tests.support.paths import ROOT

HOW = "run scripts/openapi, and read what it says"


TEXT, SHOWN = publishing.written(DOCUMENT), examples.written(examples.committed())


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """A document and its examples, up to date, to be written over."""
    found = tmp_path / "openapi.json", tmp_path / "examples.json"
    found[0].write_text(TEXT, encoding="utf-8")
    found[1].write_text(SHOWN, encoding="utf-8")
    return found


def edit(path: Path, change: dict[str, Any]) -> str:
    """Put something into the operation of one claim of a document, and return the whole as it is then."""
    document = json.loads(path.read_text(encoding="utf-8"))
    document["paths"]["/v1/claims/{claim}"]["get"] |= change
    text = publishing.written(document)
    path.write_text(text, encoding="utf-8")
    return text


def test_the_service_breaks_nothing_of_the_committed_document() -> None:
    """What a front end was built on yesterday works today; a break needs `scripts/openapi --breaking`, and reasons."""
    committed = json.loads(publishing.DOCUMENT.read_text(encoding="utf-8"))
    assert breaking(committed, DOCUMENT) == [], HOW


def test_the_committed_document_is_what_the_service_says() -> None:
    """To the byte: whoever generates types from the file gets the types of the service."""
    assert publishing.DOCUMENT.read_text(encoding="utf-8") == TEXT, HOW


def test_what_is_up_to_date_is_left(files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    """Running it again changes nothing."""
    before = [path.read_bytes() for path in files]
    assert publishing.publish(files, examples.committed(), check=True, forced=False) == 0
    assert publishing.publish(files, examples.committed(), check=False, forced=False) == 0
    assert [path.read_bytes() for path in files] == before
    assert capsys.readouterr().err.count("up to date") == 2


def test_what_only_adds_is_written(files: tuple[Path, Path]) -> None:
    """The committed document had less; the new one has it, and its examples with it."""
    edit(files[0], {"summary": "An older summary"})
    files[1].write_text("{}", encoding="utf-8")
    assert publishing.publish(files, examples.committed(), check=True, forced=False) == 1
    assert files[1].read_text(encoding="utf-8") == "{}"
    assert publishing.publish(files, examples.committed(), check=False, forced=False) == 0
    assert files[0].read_text(encoding="utf-8") == TEXT
    assert files[1].read_text(encoding="utf-8") == SHOWN


def test_what_breaks_is_refused_until_somebody_says_so(
    files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """The committed operation had another name: the refusal names it, and nothing is written but on demand."""
    before = edit(files[0], {"operationId": "read_claim"})
    for check in (True, False):
        assert publishing.publish(files, examples.committed(), check=check, forced=False) == 1
        assert "GET /v1/claims/{claim}: operationId was read_claim, is get_claim" in capsys.readouterr().err
        assert files[0].read_text(encoding="utf-8") == before
    assert publishing.publish(files, examples.committed(), check=False, forced=True) == 0
    assert files[0].read_text(encoding="utf-8") == TEXT


def test_a_first_document_breaks_nothing(tmp_path: Path) -> None:
    """There is nothing yet that others could have built on."""
    files = tmp_path / "openapi.json", tmp_path / "examples.json"
    assert publishing.publish(files, examples.committed(), check=False, forced=False) == 0
    assert files[0].read_text(encoding="utf-8") == TEXT


def test_the_script_says_what_a_break_asks_of_its_author(capsys: pytest.CaptureFixture[str]) -> None:
    """A major version, and a word to those whose code stops working."""
    with pytest.raises(SystemExit, match=r"^0$"):
        publishing.main(["--help"])
    told = " ".join(capsys.readouterr().out.split())
    assert "--breaking" in told
    assert "major version" in told
    assert "CHANGELOG.md" in told


def test_the_script_hands_its_options_on() -> None:
    """It is what the pages name, it can be run, and its shell is lawful."""
    script = ROOT / "scripts" / "openapi"
    assert script.stat().st_mode & 0o111
    assert script.read_text(encoding="utf-8").endswith('python -m tests.support.publishing "$@"\n')
    subprocess.run(["bash", "-n", str(script)], check=True)  # noqa: S607
