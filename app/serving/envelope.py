"""Why this file exists: the envelope of every answer, for the documentation and for clients that generate types."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from pydantic import Field

from app.kit.schema import View
from app.serving.problems import MEDIA_TYPE, ProblemView, RetractionView

T = TypeVar("T")


class Links(View):
    """Where this answer is, and where the list goes on."""

    self: str = Field(description="Path of this answer.", examples=["/v1/claims?limit=50"])
    next: str | None = Field(
        description="Path of the next page; null on the last page and for one record.",
        examples=["/v1/claims?limit=50&cursor=eyJi"],
    )


class MomentView(View):
    """A state of the record: the newest that anybody could read at the time that `as_of` names."""

    seq: int = Field(description="The last revision of the write that made it; 0 before the first.", examples=[214])
    recorded_at: datetime | None = Field(
        description="When that was recorded (UTC); null before the first.", examples=["2026-11-22T08:00:00.000000Z"]
    )


class RecordMeta(View):
    """About one record's answer."""

    seq: int = Field(description="The record's newest public revision in the ledger, by then.", examples=[214])
    as_of: MomentView | None = Field(description="When it stood so, with as_of; null for now.")
    retracted: RetractionView | None = Field(
        description="When and why it was retracted since, with as_of; null when it is public."
    )


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
    as_of: MomentView | None = Field(description="When the list stood so, with as_of; null for now.")


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


# Every header that our own answers carry, by name; what any HTTP server sends beside them is not the contract's.
HEADERS: Mapping[str, str] = MappingProxyType(
    {
        "ETag": "Strong validator of this representation; send it back in If-None-Match, and get 304 while it holds.",
        "Last-Modified": "When the record's document last changed.",
        "Cache-Control": "`public, no-cache`: copies are checked before use, so that retractions reach everybody. "
        "`no-store` on problems, and on what changes all the time.",
        "Link": "RFC 8288: `canonical` and `collection` of a record, `self` and `next` of a list.",
        "Vary": "The request's headers that the answer depends on.",
        "X-Request-Id": "Names this request in our logs; yours, when you sent one of 8 to 64 plain characters.",
        "Retry-After": "Seconds after which to try again.",
        "Onrecord-Seq": "The newest revision in the file: `meta.seq` of every answer of that moment.",
        "Content-Disposition": "The name under which to save the file.",
    }
)
_LOOKS = {
    "ETag": '"c6e611e2-219-0-1"',
    "Last-Modified": "Sun, 22 Nov 2026 08:00:00 GMT",
    "Cache-Control": "public, no-cache",
    "Link": '</v1/claims?limit=50>; rel="self"',
    "Vary": "Accept, Accept-Encoding",
    "X-Request-Id": "3a42525a15800ef7",
    "Retry-After": "2",
    "Onrecord-Seq": "219",
    "Content-Disposition": 'attachment; filename="onrecord-claims-219.csv"',
}
_ANSWERED = ("Cache-Control", "Vary", "X-Request-Id")
# What a refusal is called among the components, and what it means.
REFUSALS: Mapping[int, tuple[str, str]] = MappingProxyType(
    {
        400: ("BadRequest", "The parameters are wrong: `errors` names each, with what was expected or meant."),
        404: ("NotFound", "There is nothing by this name: it never was, or it is not public."),
        406: ("NotAcceptable", "The client does not accept JSON."),
        409: ("Forked", "You stand on revisions that are not in this ledger: `forked` says where you parted."),
        410: (
            "Gone",
            "The record was retracted: `retracted` says when and why; or this revision is protected or was erased. "
            "Forget your copy of it.",
        ),
        503: ("Unavailable", "The database is away; try again after the seconds that Retry-After names."),
    }
)


def header_components() -> dict[str, Any]:
    """Return the headers as OpenAPI components; each is sent wherever an answer names it, without exception."""
    return {
        name: {"description": says, "required": True, "schema": {"type": "string"}, "example": _LOOKS[name]}
        for name, says in HEADERS.items()
    }


def _sent(*names: str) -> dict[str, Any]:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in HEADERS if name in names}


def refusals(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the documentation of the problems that a route can give."""
    more = {503: ("Retry-After",)}
    return {
        status: {
            "description": REFUSALS[status][1],
            "headers": _sent(*_ANSWERED, *more.get(status, ())),
            "content": {MEDIA_TYPE: {"schema": {"$ref": f"#/components/schemas/{ProblemView.__name__}"}}},
        }
        for status in statuses
    }


def answered(*problems: int) -> dict[int | str, dict[str, Any]]:
    """Return the documentation of a route that is not over the record."""
    return {200: {"headers": _sent(*_ANSWERED)}, **refusals(*problems)}


def described(*problems: int, record: bool = False) -> dict[int | str, dict[str, Any]]:
    """Return the documentation of a route over the record: headers, 304, and the problems that it can give.

    One record's answer is dated, and says where else it is; a list's validator is known before its page is read.
    """
    answers = refusals(*problems, 406, 503)
    always = (*_ANSWERED, "ETag", *(("Last-Modified", "Link") if record else ()))
    answers[200] = {"headers": _sent(*always, "Link")}
    answers[304] = {"description": "You have the current representation.", "headers": _sent(*always)}
    return dict(sorted(answers.items(), key=lambda pair: int(pair[0])))


def described_file(content: dict[str, Any], *problems: int, named: bool = True) -> dict[int | str, dict[str, Any]]:
    """Return the documentation of a route whose answer is a file of these media types; `named`: one to be saved."""
    answers = described(*problems)
    del answers[406]
    more = _sent("Onrecord-Seq", *(("Content-Disposition",) if named else ()))
    answers[200] = {"headers": {**answers[200]["headers"], **more}, "content": content}
    return answers
