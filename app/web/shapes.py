"""Why this file exists: the schemas of the OpenAPI document as a reader of generated types would name them.

Names are those of the classes without what only we need to know: `ClaimView` is `Claim`, one of them in the envelope is
`ClaimAnswer`, a page of them `ClaimList`. A name that was once given out is never changed: others' code is built on it.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from app.kit.canonical import JSON
from app.kit.ids import PLURALS

# Names that say too little outside their room.
CALLED: Mapping[str, str] = MappingProxyType(
    {
        "Carrier": "ComparisonCarrier",
        "Cell": "ClaimTableCell",
        "Mark": "SpreadMark",
        "Near": "NearFigure",
        "Row": "ComparisonRow",
        "Segment": "TextSegment",
        "Term": "VocabularyTerm",
        "VoiceRow": "ClaimTableVoice",
        "Hit": "SearchHit",
        "Status": "RecordStatus",
        "Basis": "StatedOrInferred",
        "Medium": "HopMedium",
        "Cause": "RevisionCause",
    }
)
_GENERIC = re.compile(r"(Record|List|Revision)Answer_(\w+?)View_")
_ENDINGS = {"Record": "Answer", "List": "List", "Revision": "RevisionAnswer"}
_REFERENCE = "#/components/schemas/"
# A keyword of JSON Schema that holds schemas by name, so that what is in it are names and not keywords.
_NAMED = ("properties", "$defs")


def name_of(model: str) -> str:
    """Return what a schema is called, by the name of its class."""
    if generic := _GENERIC.fullmatch(model):
        return generic[2] + _ENDINGS[generic[1]]
    name = model.removesuffix("View")
    return CALLED.get(name, name)


def clean(schemas: JSON) -> JSON:
    """Return schemas without titles, and open: a reader skips fields that it does not know."""
    return {name: {**_cleaned(schema), "description": _description(name, schema)} for name, schema in schemas.items()}


def _description(model: str, schema: JSON) -> str:
    generic = _GENERIC.fullmatch(model)
    if generic is None:
        return str(schema["description"])
    noun = generic[2].lower()
    if generic[1] == "Revision":
        return f"One {noun} as one revision left it, in the envelope."
    return f"One {noun} in the envelope." if generic[1] == "Record" else f"A page of {PLURALS[noun]} in the envelope."


def _cleaned(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_cleaned(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    kept: JSON = {}
    for keyword, value in schema.items():
        if keyword in _NAMED:
            kept[keyword] = {name: _cleaned(one) for name, one in value.items()}
        elif keyword in ("const", "default", "enum", "example", "examples"):
            kept[keyword] = value
        elif keyword != "title" and (keyword, value) != ("additionalProperties", False):
            kept[keyword] = _cleaned(value)
    return kept


def renamed(document: JSON) -> JSON:
    """Return a document with every schema, and every reference to one, under its public name, in alphabetical order."""
    schemas = document["components"]["schemas"]
    names = {model: name_of(model) for model in schemas}
    if len(set(names.values())) < len(names):
        raise ValueError("two schemas have one name")
    document["components"]["schemas"] = {
        names[model]: schemas[model] for model in sorted(schemas, key=names.__getitem__)
    }
    whole: JSON = _repointed(document, names)
    return whole


def _repointed(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, list):
        return [_repointed(one, names) for one in value]
    if isinstance(value, dict):
        return {key: _repointed(one, names) for key, one in value.items()}
    if isinstance(value, str) and value.startswith(_REFERENCE):
        return _REFERENCE + names[value.removeprefix(_REFERENCE)]
    return value
