"""What every document ends with, as a test expects it of a record that was never touched again."""

import re
from typing import Any

from app.kit import ids

INSTANT = re.compile(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
LIVED = ("status", "version", "corrections", "recorded_at", "changed_at", "cite")


def assert_new(document: dict[str, Any]) -> dict[str, Any]:
    """Check the life of a record that was just published, and return the rest of its document."""
    assert document["status"] == "published"
    assert document["version"] == 1
    assert document["corrections"] == {"count": 0, "last_at": None, "last_cause": None, "note": None}
    assert INSTANT.fullmatch(document["recorded_at"])
    assert document["changed_at"] == document["recorded_at"]
    assert_cited(document)
    return {name: value for name, value in document.items() if name not in LIVED}


def assert_cited(document: dict[str, Any]) -> None:
    """Check that a record is cited as exactly the revision that it is."""
    cite, version = document["cite"], document["version"]
    link = f"/v1/{ids.PLURALS[document['type']]}/{document['id']}/revisions/{version}"
    assert (cite["url"], cite["csl"]["URL"], cite["csl"]["version"]) == (link, link, str(version))
    assert cite["recorded_at"] == document["changed_at"]
    day = document["changed_at"][:10]
    assert cite["text"].endswith(f" Onrecord {document['id']}, version {version} ({day}).")
