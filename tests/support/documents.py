"""The OpenAPI document as the application serves it, and ways to look into it."""

from typing import Any

from app.web import examples, openapi
from tests.support.routes import application

DOCUMENT: dict[str, Any] = openapi.document(application(), examples.read())
DOCUMENTED: dict[str, dict[str, Any]] = {
    operation["operationId"]: operation for path in DOCUMENT["paths"].values() for operation in path.values()
}


def followed(value: dict[str, Any]) -> dict[str, Any]:
    """Return what a reference inside the document leads to, and anything else as it is."""
    while "$ref" in value:
        found: Any = DOCUMENT
        for part in value["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        value = found
    return value
