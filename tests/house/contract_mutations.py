"""Changes of the document, each at any of its places: those that break what others built on it, and those that add."""

from collections.abc import Callable
from typing import Any

JSON = dict[str, Any]
TRUSTED = {"type": "string", "description": "New."}


def operations(document: JSON) -> list[JSON]:
    """Return every operation."""
    return [operation for path in document["paths"].values() for operation in path.values()]


def parameters(document: JSON) -> list[JSON]:
    """Return every parameter of every operation."""
    return [one for operation in operations(document) for one in operation.get("parameters", [])]


def schemas(document: JSON) -> list[JSON]:
    """Return every schema of what is answered, at every depth, in alternatives and lists too."""
    waiting = [*document["components"]["schemas"].values()]
    found = []
    while waiting:
        schema = waiting.pop()
        found.append(schema)
        waiting += [*schema.get("properties", {}).values(), *schema.get("anyOf", [])]
        waiting += [schema[part] for part in ("items", "additionalProperties") if isinstance(schema.get(part), dict)]
    return found


def objects(document: JSON) -> list[JSON]:
    """Return every schema with fields."""
    return [one for one in schemas(document) if one.get("properties")]


def answers(document: JSON) -> list[JSON]:
    """Return every answer, shared or not."""
    own = [operation["responses"]["200"] for operation in operations(document)]
    return [*own, *document["components"]["responses"].values()]


def first(found: JSON) -> str:
    """Return one name of many, not always the same by position: the one in the middle."""
    return sorted(found)[len(found) // 2]


# --- Changes that break: where each can be made, and how ---------------------------------------------------------

Places = Callable[[JSON], list[Any]]
BREAKING: dict[str, tuple[Places, Callable[[Any], object]]] = {
    "a path is gone": (lambda d: [(d["paths"], path) for path in d["paths"]], lambda at: at[0].pop(at[1])),
    "a path is called otherwise": (
        lambda d: [(d["paths"], path) for path in d["paths"]],
        lambda at: at[0].update({at[1] + "s": at[0].pop(at[1])}),
    ),
    "a method is gone": (lambda d: [*d["paths"].values()], lambda at: at.update(post=at.pop("get"))),
    "an operation is called otherwise": (operations, lambda at: at.update(operationId=at["operationId"] + "s")),
    "an operation needs credentials": (operations, lambda at: at.update(security=[{"key": []}])),
    "a parameter is gone": (
        lambda d: [one for one in operations(d) if one.get("parameters")],
        lambda at: at["parameters"].pop(len(at["parameters"]) // 2),
    ),
    "a parameter is needed": (
        lambda d: [one for one in parameters(d) if not one["required"]],
        lambda at: at.update(required=True),
    ),
    "a new parameter is needed": (
        operations,
        lambda at: at.setdefault("parameters", []).append(
            {"name": "new", "in": "query", "required": True, "schema": {"type": "string"}}
        ),
    ),
    "a parameter moves": (parameters, lambda at: at.update({"in": "header"})),
    "a parameter is of another type": (parameters, lambda at: at["schema"].update(type="object")),
    "a parameter's pattern is another": (
        parameters,
        lambda at: at["schema"].get("items", at["schema"]).update(pattern="^new$"),
    ),
    "a parameter takes only some values": (
        lambda d: [one for one in parameters(d) if "enum" not in one["schema"].get("items", one["schema"])],
        lambda at: at["schema"].get("items", at["schema"]).update(enum=["a", "b"]),
    ),
    "a list takes fewer values": (
        lambda d: [one["schema"] for one in parameters(d) if "maxItems" in one["schema"]],
        lambda at: at.update(maxItems=at["maxItems"] - 1),
    ),
    "a number has a narrower range": (
        lambda d: [one["schema"] for one in parameters(d) if "minimum" in one["schema"]],
        lambda at: at.update(minimum=at["minimum"] + 1),
    ),
    "what holds without a parameter is another": (
        lambda d: [one["schema"] for one in parameters(d) if "default" in one["schema"]],
        lambda at: at.update(default=at["default"] + 1),
    ),
    "a list is written otherwise": (
        lambda d: [one for one in parameters(d) if one.get("explode") is False],
        lambda at: at.update(explode=True),
    ),
    "a status is gone": (
        lambda d: [one["responses"] for one in operations(d)],
        lambda at: at.pop(first(at)),
    ),
    "a media type is another": (
        lambda d: [one["content"] for one in answers(d) if "content" in one],
        lambda at: at.update({"text/new": at.pop(first(at))}),
    ),
    "a header is gone": (lambda d: [one["headers"] for one in answers(d)], lambda at: at.pop(first(at))),
    "a header is not always sent": (
        lambda d: [*d["components"]["headers"].values()],
        lambda at: at.update(required=False),
    ),
    "a header is of another type": (
        lambda d: [one["schema"] for one in d["components"]["headers"].values()],
        lambda at: at.update(type="integer"),
    ),
    "what a list holds is not said": (
        lambda d: [one for one in schemas(d) if "items" in one],
        lambda at: at.pop("items"),
    ),
    "a field is gone": (objects, lambda at: at["properties"].pop(first(at["properties"]))),
    "a field is called otherwise": (
        objects,
        lambda at: at["properties"].update(renamed=at["properties"].pop(first(at["properties"]))),
    ),
    "a field is not always there": (
        lambda d: [one for one in objects(d) if one.get("required")],
        lambda at: at["required"].pop(len(at["required"]) // 2),
    ),
    "a field can be null": (
        lambda d: [
            (one["properties"], name)
            for one in objects(d)
            for name, field in one["properties"].items()
            if {"type": "null"} not in field.get("anyOf", [])
        ],
        lambda at: at[0].update({at[1]: {"anyOf": [at[0][at[1]], {"type": "null"}]}}),
    ),
    "something answered is of another type": (
        lambda d: [one for one in schemas(d) if one.get("type") not in (None, "null", "object")],
        lambda at: at.update(type="object"),
    ),
    "a whole number may have a fraction": (
        lambda d: [one for one in schemas(d) if one.get("type") == "integer"],
        lambda at: at.update(type="number"),
    ),
    "a field may be text as well": (
        lambda d: [one for one in schemas(d) if "anyOf" in one and {"type": "string"} not in one["anyOf"]],
        lambda at: at["anyOf"].append({"type": "string"}),
    ),
    "an instant is any text": (lambda d: [one for one in schemas(d) if "format" in one], lambda at: at.pop("format")),
    "a code is gone": (lambda d: [one for one in schemas(d) if "enum" in one], lambda at: at["enum"].pop()),
    "a code is called otherwise": (
        lambda d: [one for one in schemas(d) if "enum" in one],
        lambda at: at["enum"].append(f"{at['enum'].pop()}_too"),
    ),
    "a list is closed no more": (lambda d: [one for one in schemas(d) if "enum" in one], lambda at: at.pop("enum")),
    "a constant is another": (
        lambda d: [one for one in schemas(d) if "const" in one],
        lambda at: at.update(const=at["const"] + "s"),
    ),
    "a constant is one of several": (
        lambda d: [one for one in schemas(d) if "const" in one],
        lambda at: at.update(enum=[at.pop("const"), "other"]),
    ),
    "a schema is called otherwise": (
        lambda d: [(d["components"]["schemas"], name) for name in d["components"]["schemas"]],
        lambda at: at[0].update({at[1] + "New": at[0][at[1]]}) or at[0].pop(at[1]),
    ),
    "a keyword that nobody judges": (objects, lambda at: at.update(patternProperties={"^x": {}})),
    "the server is elsewhere": (lambda d: d["servers"], lambda at: at.update(url="/elsewhere")),
}

# --- Changes that only add ----------------------------------------------------------------------------------------

ADDING: dict[str, tuple[Places, Callable[[Any], object]]] = {
    "a path": (lambda d: [d["paths"]], lambda at: at.update({"/v1/new": {"get": {"responses": {}}}})),
    "a method": (lambda d: [*d["paths"].values()], lambda at: at.update(post={"responses": {}})),
    "a parameter": (
        operations,
        lambda at: at.setdefault("parameters", []).append(
            {"name": "new", "in": "query", "required": False, "schema": {"type": "string"}}
        ),
    ),
    "a parameter is needed no more": (
        lambda d: [one for one in parameters(d) if one["required"] and one["in"] == "query"],
        lambda at: at.update(required=False),
    ),
    "a parameter takes more": (
        lambda d: [one["schema"] for one in parameters(d) if "maxItems" in one["schema"]],
        lambda at: at.update(maxItems=at["maxItems"] + 1),
    ),
    "a parameter takes any text": (
        lambda d: [found for one in parameters(d) if "pattern" in (found := one["schema"].get("items", one["schema"]))],
        lambda at: at.pop("pattern"),
    ),
    "a status": (
        lambda d: [one["responses"] for one in operations(d)],
        lambda at: at.update({"429": {"description": "Too many."}}),
    ),
    "a media type": (
        lambda d: [one["content"] for one in answers(d) if "content" in one],
        lambda at: at.update({"text/csv": {"schema": {"type": "string"}}}),
    ),
    "a header": (lambda d: [one["headers"] for one in answers(d)], lambda at: at.update(New={"schema": TRUSTED})),
    "a field": (objects, lambda at: (at["properties"].update(new=TRUSTED), at["required"].append("new"))),
    "a field is always there": (
        lambda d: [d["components"]["schemas"]["Problem"]],
        lambda at: at["required"].append("retracted"),
    ),
    "a field is never null": (
        lambda d: [one for one in schemas(d) if {"type": "null"} in one.get("anyOf", [])],
        lambda at: at["anyOf"].remove({"type": "null"}),
    ),
    "a code": (lambda d: [one for one in schemas(d) if "enum" in one], lambda at: at["enum"].append("new_code")),
    "a schema": (lambda d: [d["components"]["schemas"]], lambda at: at.update(New=TRUSTED)),
    "a better description": (schemas, lambda at: at.update(description="Better.", examples=["better"])),
    "a better summary": (operations, lambda at: at.update(summary="Better", tags=["better"])),
    "a deprecation": (operations, lambda at: at.update(deprecated=True)),
}


def changed(document: JSON, what: tuple[Places, Callable[[Any], object]], where: int) -> JSON:
    """Return a document after one change at one of its places."""
    places, change = what
    found = places(document)
    assert found, "a change of nothing shows nothing"
    change(found[where % len(found)])
    return document
