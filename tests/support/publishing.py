"""What scripts/openapi runs: the contract as the service describes it now becomes the committed one.

Two files are written: the examples, made from a freshly seeded database, and the document that shows them.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from app.web import openapi
from tests.house.contract_changes import breaking
from tests.support import examples
from tests.support.paths import ROOT
from tests.support.routes import application

DOCUMENT, EXAMPLES = ROOT / "docs" / "openapi.json", examples.FILE
ABOUT = "Write docs/openapi.json and the examples in it, as the service is now."
BREAKING = (
    "write it although it breaks what others built on the committed one. A break belongs into a new major version: "
    "raise the version in pyproject.toml, say in CHANGELOG.md under a heading of its own what stops working and what "
    "to use instead, and keep serving the old paths as long as docs/decisions promises"
)


def _say(*lines: str) -> None:
    sys.stderr.write("".join(f"{line}\n" for line in lines))


def written(document: dict[str, Any]) -> str:
    """Return a document as it is committed: line by line, so that a change of it can be read."""
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def publish(files: tuple[Path, Path], made: dict[str, Any], *, check: bool, forced: bool) -> int:
    """Write the document and its examples, unless it breaks the committed one; return the status to exit with."""
    committed, shown = files
    document = openapi.document(application(), made)
    text = written(document)
    before = committed.read_text(encoding="utf-8") if committed.exists() else None
    if before == text and shown.read_text(encoding="utf-8") == examples.written(made):
        _say(f"{committed.name} is up to date.")
        return 0
    broken = breaking(json.loads(before), document) if before else []
    if broken:
        _say(f"{committed.name}: this breaks what others built on it:", *(f"  {one}" for one in broken))
    if check:
        _say(f"{committed.name} is not what the service says; scripts/openapi writes it.")
        return 1
    if broken and not forced:
        _say("Nothing is written. --help says what --breaking asks of you.")
        return 1
    committed.write_text(text, encoding="utf-8")
    shown.write_text(examples.written(made), encoding="utf-8")
    _say(f"{committed.name} is written.")
    return 0


def main(arguments: list[str] | None = None) -> int:
    """Read the options and publish."""
    parser = argparse.ArgumentParser(prog="scripts/openapi", description=ABOUT)
    parser.add_argument("--check", action="store_true", help="only say whether it is up to date; write nothing")
    parser.add_argument("--breaking", action="store_true", help=BREAKING)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        made = examples.made_in(Path(folder))
    return publish((DOCUMENT, EXAMPLES), made, check=options.check, forced=options.breaking)


if __name__ == "__main__":
    sys.exit(main())
