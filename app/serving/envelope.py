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


class FacetValueView(View):
    """One value of a facet."""

    value: str = Field(description="As the filter of this name takes it.", examples=["health"])
    label: str = Field(description="For display.", examples=["Health"])
    count: int = Field(description="How many of the matches counted have it.", examples=[12])
    selected: bool = Field(description="true when the list is filtered by it.")


class FacetView(View):
    """How many matches have each of the commonest values, counted without the facet's own filter."""

    approximate: bool = Field(description="true when only the newest 5,000 matches were counted.")
    values: list[FacetValueView] = Field(description="The 25 commonest and the selected ones, commonest first.")


class RankingView(View):
    """What was ranked: relevance is judged within a budget, and says so."""

    ranked: int = Field(description="How many matches were ranked: the newest, at most 2,000.", examples=[37])
    approximate: bool = Field(description="true when there may be older matches that were not ranked.")


class ListMeta(View):
    """About a list's answer."""

    seq: int = Field(description="The ledger's newest revision when the page was read.", examples=[214])
    limit: int = Field(description="How many records a page holds at most.", examples=[50])
    count: int | None = Field(description="How many records the whole list has; null unless count=exact.")
    facets: dict[str, FacetView] | None = Field(description="What facets asked to be counted, by name; else null.")
    ranking: RankingView | None = Field(description="What sort=relevance ranked; null for any other order.")


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


def _header(description: str, example: str) -> dict[str, Any]:
    return {"description": description, "schema": {"type": "string"}, "example": example}


_HEADERS: dict[str, Any] = {
    "ETag": _header("Strong validator of this representation; send it back in If-None-Match.", '"c6e611e2-219-0-1"'),
    "Cache-Control": _header("Copies are checked before use, so that retractions reach everybody.", "public, no-cache"),
    "Vary": _header("The request's headers that the answer depends on.", "Accept, Accept-Encoding"),
    "Link": _header(
        "RFC 8288: canonical and collection for a record, self and next for a list.",
        '</v1/claims?limit=50>; rel="self"',
    ),
    "X-Request-Id": _header("Names this request in our logs; yours, when you sent a plain one.", "3a42525a15800ef7"),
}
_MODIFIED = _header("When the document last changed; only with one record.", "Sun, 22 Nov 2026 08:00:00 GMT")
_TEXTS = {
    400: "The parameters are wrong.",
    404: "There is nothing by this name.",
    406: "The client does not accept JSON.",
    410: "The record was retracted.",
    503: "The database is away; see Retry-After.",
}
_SHAPE = {"application/problem+json": {"schema": {"$ref": f"#/components/schemas/{ProblemView.__name__}"}}}


def refusals(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the documentation of the problems that a route can give."""
    return {status: {"description": _TEXTS[status], "content": _SHAPE} for status in statuses}


def described(*problems: int) -> dict[int | str, dict[str, Any]]:
    """Return the documentation of a route over the record: headers, 304, and the problems that it can give."""
    answers = refusals(*problems, 406, 503)
    answers[200] = {"headers": {**_HEADERS, "Last-Modified": _MODIFIED}}
    answers[304] = {"description": "You have the current representation."}
    return dict(sorted(answers.items(), key=lambda pair: int(pair[0])))
