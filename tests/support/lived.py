"""What every document ends with, as a test expects it of a record that was never touched again."""

import re
from typing import Any

INSTANT = re.compile(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
LIVED = ("status", "version", "corrections", "recorded_at", "changed_at")


def assert_new(document: dict[str, Any]) -> dict[str, Any]:
    """Check the life of a record that was just published, and return the rest of its document."""
    assert document["status"] == "published"
    assert document["version"] == 1
    assert document["corrections"] == {"count": 0, "last_at": None, "last_cause": None, "note": None}
    assert INSTANT.fullmatch(document["recorded_at"])
    assert document["changed_at"] == document["recorded_at"]
    return {name: value for name, value in document.items() if name not in LIVED}
