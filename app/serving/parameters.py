"""Why this file exists: the parameters that many lists share, declared once, strict and described."""

import re
from typing import Annotated

from fastapi import Path, Query
from pydantic import BeforeValidator, Field

DEFAULT_LIMIT = 50
MOST = 1000
_DIGITS = re.compile(r"[0-9]{1,6}", re.ASCII)


def _whole(value: object) -> object:
    """Refuse every spelling of a number but plain digits."""
    if isinstance(value, str) and not _DIGITS.fullmatch(value):
        raise ValueError("expected a whole number in plain digits")
    return value


Limit = Annotated[
    int,
    Query(description=f"How many records a page holds, 1 to {MOST}.", examples=[50]),
    Field(ge=1, le=MOST),
    BeforeValidator(_whole),
]
Cursor = Annotated[
    str | None,
    Query(
        description="The cursor of a links.next, unchanged; opaque, bound to this list.",
        examples=["eyJiIjoiOTk3MTI3NjBhMmE4IiwiayI6WzE3OF0sInYiOjF9"],
    ),
]
Id = Annotated[str, Path(description="Id of the record.", examples=["clm_2x4y6z8a0b1c2d3e4f5g6h7j8k"])]
IdOrSlug = Annotated[str, Path(description="Id of the record, or its slug.", examples=["aleppo-2016-12"])]
IdOrCode = Annotated[str, Path(description="Id of the place, its slug, or its P-code.", examples=["C1007"])]
