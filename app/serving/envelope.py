"""Why this file exists: the envelope of every answer, for the documentation and for clients that generate types."""

from typing import Any, Generic, TypeVar

from pydantic import Field

from app.kit.schema import View
from app.serving.problems import ProblemView

T = TypeVar("T")


class Links(View):
    """Where this answer is, and where the list goes on."""

    self: str = Field(description="Path of this answer.", examples=["/v1/claims?limit=50"])
    next: str | None = Field(description="Path of the next page; null on the last page and for one record.")


class RecordMeta(View):
    """About one record's answer."""

    seq: int = Field(description="The record's newest public revision in the ledger.", examples=[214])


class ListMeta(View):
    """About a list's answer."""

    seq: int = Field(description="The ledger's newest revision when the page was read.", examples=[214])
    limit: int = Field(description="How many records a page holds at most.", examples=[50])


class RecordAnswer(View, Generic[T]):
    """One record in the envelope."""

    data: T = Field(description="The record.")
    links: Links = Field(description="Where it is.")
    meta: RecordMeta = Field(description="About this answer.")


class ListAnswer(View, Generic[T]):
    """One page of records in the envelope."""

    data: list[T] = Field(description="The records, newest recorded first.")
    links: Links = Field(description="Where the page is, and where the list goes on.")
    meta: ListMeta = Field(description="About this answer.")


_HEADERS: dict[str, Any] = {
    "ETag": {"description": "Strong validator of this representation; send it back in If-None-Match."},
    "Cache-Control": {"description": "Copies are checked before use, so that retractions reach everybody."},
    "Link": {"description": "RFC 8288: canonical and collection for a record, self and next for a list."},
    "X-Request-Id": {"description": "Names this request in our logs."},
}


def described(*problems: int) -> dict[int | str, dict[str, Any]]:
    """Return the documentation of a route's answers: headers, 304, and the problems that it can give."""
    texts = {400: "The parameters are wrong.", 404: "There is no such record.", 410: "The record was retracted."}
    shape = {"application/problem+json": {"schema": {"$ref": f"#/components/schemas/{ProblemView.__name__}"}}}
    answers: dict[int | str, dict[str, Any]] = {
        200: {"headers": _HEADERS},
        304: {"description": "You have the current representation."},
        406: {"description": "The client does not accept JSON.", "content": shape},
        503: {"description": "The database is away; see Retry-After.", "content": shape},
    }
    answers.update({status: {"description": texts[status], "content": shape} for status in problems})
    return dict(sorted(answers.items(), key=lambda pair: int(pair[0])))
