"""What CSL-JSON allows, for the variables that our items have: the input schema of the Citation Style Language, 1.0.2.

https://resource.citationstyles.org/schema/latest/input/json/csl-data.json
"""

from typing import Any

import jsonschema_rs

_TEXT = {"type": "string"}
_NAMES = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": dict.fromkeys(("family", "given", "suffix", "literal"), _TEXT),
        "additionalProperties": False,
    },
}
_PARTS = {"type": "array", "items": {"type": ["string", "number"]}, "minItems": 1, "maxItems": 3}
_DATE = {
    "type": "object",
    "properties": {
        "date-parts": {"type": "array", "items": _PARTS, "minItems": 1, "maxItems": 2},
        "season": {"type": ["string", "number"]},
        "circa": {"type": ["string", "number", "boolean"]},
        "literal": _TEXT,
        "raw": _TEXT,
    },
    "additionalProperties": False,
}
# Of its types, those that could be meant here.
_TYPES = ["article-newspaper", "dataset", "document", "entry", "graphic", "interview", "map", "report", "webpage"]
ITEM: dict[str, Any] = {
    "type": "object",
    "properties": {
        "type": {"enum": _TYPES},
        "id": {"type": ["string", "number"]},
        **dict.fromkeys(("author", "container-author"), _NAMES),
        **dict.fromkeys(("accessed", "issued"), _DATE),
        **dict.fromkeys(("archive", "archive_location", "container-title", "language", "note", "publisher"), _TEXT),
        **dict.fromkeys(("source", "title", "URL", "version"), _TEXT),
    },
    "required": ["type", "id"],
    "additionalProperties": False,
}
_VALIDATOR = jsonschema_rs.Draft7Validator(ITEM)


def faults(item: Any) -> list[str]:
    """Return what a reader of CSL-JSON would refuse in an item."""
    return [f"{'/'.join(map(str, error.instance_path))}: {error.message}" for error in _VALIDATOR.iter_errors(item)]
