"""Why this file exists: the document's examples are real: what the service says about the seed, not what it might say.

`examples.json` holds one answer of every operation and one of every kind of problem, each with its request;
`scripts/openapi` makes it from a freshly seeded database, and the tests hold it against one. Here every example is put
where generators and people look for it: beside its answer, its parameters, and its fields.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from app.kit.canonical import JSON, parse
from app.serving.problems import KINDS, MEDIA_TYPE

FILE = Path(__file__).with_name("examples.json")
REFERENCE = "#/components/schemas/"
LONGEST = 600


def read() -> JSON:
    """Return the examples that come with this version."""
    found: JSON = parse(FILE.read_bytes())
    return found


def place(document: JSON, examples: JSON) -> None:
    """Put the examples into a document whose schemas have their public names."""
    for path, item in document["paths"].items():
        for operation in item.values():
            example = examples["answers"].get(operation["operationId"])
            if example is not None:
                _place(document, path, operation, example)
    by_status: dict[int, dict[str, JSON]] = {}
    for code, example in examples["problems"].items():
        shown = {"summary": KINDS[code].title, "description": f"GET {example['request']}", "value": example["answer"]}
        by_status.setdefault(KINDS[code].status, {})[code] = shown
        _illustrate(document, {"$ref": f"{REFERENCE}Problem"}, example["answer"])
    for response in document["components"]["responses"].values():
        if content := response.get("content", {}).get(MEDIA_TYPE):
            content["examples"] = by_status[_status(document, response)]


def _status(document: JSON, response: JSON) -> int:
    """Return the status of a shared answer, by where it is used."""
    (name,) = (name for name, one in document["components"]["responses"].items() if one is response)
    used = {"$ref": f"#/components/responses/{name}"}
    found = (status for path in document["paths"].values() for one in path.values() for status in _used(one, used))
    return int(next(found))


def _used(operation: JSON, used: JSON) -> Iterator[str]:
    return (status for status, answer in operation["responses"].items() if answer == used)


def _place(document: JSON, path: str, operation: JSON, example: JSON) -> None:
    request, answer = example["request"], example["answer"]
    (content,) = operation["responses"]["200"]["content"].values()
    content["examples"] = {"seed": {"summary": f"GET {request}", "value": answer}}
    _illustrate(document, content["schema"], answer)
    route, _, query = request.partition("?")
    pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path)
    segments = re.fullmatch(pattern, route)
    given = {**(segments.groupdict() if segments else {}), **dict(parse_qsl(query))}
    for parameter in operation.get("parameters", ()):
        if parameter["required"]:
            parameter["example"] = given[parameter["name"]]


def _illustrate(document: JSON, schema: JSON, value: Any) -> None:
    """Give every field of a schema that has no example the one that stands in a value."""
    for one in _meant(document, schema, value):
        if isinstance(value, list):
            for item in value:
                _illustrate(document, one.get("items", {}), item)
        elif isinstance(value, Mapping):
            fields, others = one.get("properties", {}), one.get("additionalProperties")
            for name, inner in value.items():
                if name in fields:
                    _exemplify(fields[name], inner)
                    _illustrate(document, fields[name], inner)
                elif isinstance(others, dict):
                    _illustrate(document, others, inner)


def _exemplify(field: JSON, value: Any) -> None:
    """Give a field an example, when it has none and is a text or a number that no list closes."""
    kinds = [one.get("type") for one in field.get("anyOf", [field])]
    plain = set(kinds) & {"string", "integer", "number"} and not field.keys() & {"examples", "enum", "const"}
    if plain and value is not None and len(str(value)) <= LONGEST:
        field["examples"] = [value]


def _meant(document: JSON, schema: JSON, value: Any) -> Iterator[JSON]:
    """Yield the schemas, of those that are possible, that a value is of."""
    if "anyOf" in schema:
        for one in schema["anyOf"]:
            yield from _meant(document, one, value)
    elif "$ref" in schema:
        found = document["components"]["schemas"][schema["$ref"].removeprefix(REFERENCE)]
        kind = found.get("properties", {}).get("type", {}).get("const")
        if kind is None or (isinstance(value, Mapping) and value.get("type") == kind):
            yield found
    else:
        yield schema
