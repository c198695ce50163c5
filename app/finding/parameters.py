"""Why this file exists: how a parameter that is read here is described to people and to the generators of clients."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple, TypeVar

T = TypeVar("T")
Schema = Mapping[str, Any]
BOOLEAN: Schema = {"type": "boolean"}
DAY: Schema = {"type": "string", "format": "date"}
NUMBER: Schema = {"type": "number", "minimum": 0, "maximum": 10**15 - 1}


def text(pattern: str) -> Schema:
    """Return the schema of a text that a pattern matches as a whole."""
    return {"type": "string", "pattern": f"^{pattern}$"}


def one_of(values: Iterable[str]) -> Schema:
    """Return the schema of one of a closed list."""
    return {"type": "string", "enum": list(values)}


def whole(least: int, most: int, usual: int) -> Schema:
    """Return the schema of a whole number."""
    return {"type": "integer", "minimum": least, "maximum": most, "default": usual}


def many(items: Schema, most: int) -> Schema:
    """Return the schema of a comma-separated list without repetitions."""
    return {"type": "array", "items": dict(items), "minItems": 1, "maxItems": most, "uniqueItems": True}


class Misread(ValueError):
    """Values that parameters of one filter do not take: `faults` are pairs of a parameter and what was expected."""

    def __init__(self, faults: list[tuple[str, str]]) -> None:
        super().__init__("; ".join(f"{name}: {expected}" for name, expected in faults))
        self.faults = faults


def read_each(given: Mapping[str, str], names: Iterable[str], read: Callable[[str], T]) -> list[T | None]:
    """Return what some parameters of one filter say, null for each that is not given; raises Misread."""
    found: list[T | None] = []
    faults = []
    for name in names:
        try:
            found.append(read(given[name]) if name in given else None)
        except ValueError as error:
            faults.append((name, str(error)))
    if faults:
        raise Misread(faults)
    return found


class Parameter(NamedTuple):
    """One parameter of a list, as the documentation describes it."""

    name: str
    description: str
    example: Any
    schema: Schema
    required: bool = False

    def described(self) -> dict[str, Any]:
        """Return the parameter as OpenAPI describes it; a list is written with commas."""
        listed = self.schema["type"] == "array"
        style = {"style": "form", "explode": False} if listed else {}
        return {
            "name": self.name,
            "in": "query",
            "required": self.required,
            "description": self.description,
            **style,
            "schema": dict(self.schema),
            "example": [self.example] if listed else self.example,
        }
