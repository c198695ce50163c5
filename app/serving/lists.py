"""Why this file exists: a page of any list as an answer: documents in the envelope, counts and facets beside them."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from functools import cache, partial
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from app.finding.filters import Asked
from app.finding.finder import MOST_RANKED, Finder
from app.finding.found import Page, State
from app.finding.listing import RECORDED, RELEVANCE, Listing
from app.finding.parameters import Parameter
from app.finding.planning import UnknownCodes
from app.kit import cursors
from app.kit.canonical import JSON, compact, parse
from app.kit.schema import View
from app.serving import facets, travel
from app.serving.answers import list_headers, list_tag, reader_of, unchanged_list
from app.serving.problems import ParameterFault, Problem
from app.serving.questions import Wanted, parameters_of, read
from app.serving.suggestions import code_meant

Texts = tuple[tuple[str, str], ...]
LONGEST_REMEMBERED = 500
# Makes the `data` of an answer from a page; may add to its `meta`.
Presenter = Callable[[Finder, Wanted, Page, dict[str, Any]], Awaitable[bytes]]


def finder_of(request: Request) -> Finder:
    """Return the finder of the application."""
    finder: Finder = request.app.state.finder
    return finder


def described_parameters(parameters: Iterable[Parameter]) -> dict[str, Any]:
    """Return what a route says in OpenAPI of parameters that are read here, for `openapi_extra`."""
    return {"parameters": [one.described() for one in parameters]}


def parameters(listing: Listing, view: type[View], *more: Parameter, without: Iterable[str] = ()) -> dict[str, Any]:
    """Return what a route of a list says in OpenAPI of its parameters, but those that the path itself decides."""
    own = [one for one in parameters_of(listing, fields_of(view)) if one.name not in set(without)]
    needed = [one._replace(required=one.name in listing.required) for one in own]
    return described_parameters([*more, *needed])


@cache
def fields_of(view: type[View]) -> frozenset[str]:
    """Return the names of a record's fields, as a reader sees them."""
    return frozenset(field.alias or name for name, field in view.model_fields.items())


async def answer(
    request: Request,
    listing: Listing,
    view: type[View],
    fixed: tuple[Asked, ...] = (),
    bound: Texts = (),
    present: Presenter | None = None,
    faults: tuple[ParameterFault, ...] = (),
) -> Response:
    """Answer one page of a list; `fixed` is what the path asks, `bound` are texts that choose it beside filters.

    `present` makes something else of the documents of a page than a list of them; `faults` were found before.
    """
    path, query = request.scope["path"], request.scope["query_string"]
    # What is read is remembered, but for what is long.
    reading = read if len(query) <= LONGEST_REMEMBERED else read.__wrapped__
    wanted = reading(listing, fields_of(view), fixed, bound, query, faults)
    binding = cursors.binding(path, dict(wanted.chosen))
    after = place_of(wanted, binding)
    if (unchanged := await unchanged_list(request, reader_of(request))) is not None:
        return unchanged
    try:
        page, beside = await _at_its_time(request, listing, wanted, after)
    except UnknownCodes as error:
        raise unknown_codes(error) from None
    ranking = None if page.ranked is None else {"ranked": page.ranked, "approximate": page.ranked == MOST_RANKED}
    meta = {"seq": page.state.seq, "limit": wanted.limit, "ranking": ranking, **beside}
    following = None
    if page.more and page.places:
        last = page.places[-1]
        key = last[1:] if wanted.sort == RECORDED else last
        following = cursors.encode(binding, key)
    data = _documents(page, wanted) if present is None else await present(finder_of(request), wanted, page, meta)
    return enveloped(path, wanted.stated, wanted.cursor, following, data, page.state, meta)


async def _at_its_time(
    request: Request, listing: Listing, wanted: Wanted, after: tuple[int, int] | None
) -> tuple[Page, JSON]:
    """Return a page with what stands beside it, of now or of the time asked for."""
    if wanted.as_of is None:
        page, beside = await _gathered(finder_of(request), listing, wanted, after)
        return page, {**beside, "as_of": None}
    work = partial(_gathered, listing=listing, wanted=wanted, after=after)
    (page, beside), moment = await travel.found(request, wanted.as_of, work)
    return page, {**beside, "as_of": moment.view()}


async def _gathered(
    finder: Finder, listing: Listing, wanted: Wanted, after: tuple[int, int] | None
) -> tuple[Page, JSON]:
    """Return a page with what is counted beside it, all in one state."""

    async def work() -> tuple[Page, JSON]:
        page = await _page(finder, wanted, after)
        count = await finder.count(wanted.question) if wanted.count else None
        counted = await facets.of_list(finder, listing, wanted.question, wanted.facets) if wanted.facets else None
        return page, {"count": count, "facets": counted}

    if wanted.count or wanted.facets:
        return (await finder.steady(work))[0]
    return await work()


def place_of(wanted: Wanted, binding: str) -> tuple[int, int] | None:
    """Return the place in the list that a cursor names; raises Problem."""
    if wanted.cursor is None:
        return None
    simple = wanted.sort == RECORDED
    try:
        key = cursors.decode(wanted.cursor, binding, 1 if simple else 2)
    except cursors.CursorError as error:
        raise Problem("invalid_cursor", str(error)) from None
    return (0, key[0]) if simple else (key[0], key[1])


async def _page(finder: Finder, wanted: Wanted, after: tuple[int, int] | None) -> Page:
    if wanted.sort == RELEVANCE:
        return await finder.ranked(wanted.question, after, wanted.limit)
    return await finder.page(wanted.question, after, wanted.limit)


def _documents(page: Page, wanted: Wanted) -> list[bytes]:
    fields = wanted.fields
    return page.bodies if fields is None else [sparse(body, fields) for body in page.bodies]


def sparse(body: bytes, fields: frozenset[str]) -> bytes:
    """Return a document with these of its fields."""
    return compact({name: value for name, value in parse(body).items() if name in fields})


def unknown_codes(error: UnknownCodes) -> Problem:
    """Return the problem of codes that no vocabulary has; they are public words, so the nearest one is named."""
    faults = []
    for unknown in error.found:
        nearest = [code for one in unknown.codes if (code := code_meant(one, unknown.terms))]
        listed = f"expected codes of /v1/vocabularies/{unknown.vocabulary}"
        detail = f"did you mean {', '.join(dict.fromkeys(nearest))}?" if nearest else listed
        faults.append(ParameterFault(unknown.name, detail, "unknown_code"))
    told = "; ".join(f"{fault.parameter}: {fault.detail}" for fault in faults)
    return Problem("invalid_parameter", told, faults)


def enveloped(
    path: str,
    stated: Texts,
    cursor: str | None,
    following: str | None,
    data: bytes | list[bytes],
    state: State,
    meta: Mapping[str, Any],
) -> Response:
    """Return an answer that changes with any write: `stated` are the texts of its links, `cursor` where it begins.

    `data` is an object, or documents for a list.
    """
    self_url = url(path, (*stated, *((("cursor", cursor),) if cursor else ())))
    next_url = url(path, (*stated, ("cursor", following))) if following else None
    headers = list_headers(list_tag(state.chain, state.generation))
    headers["Link"] = f'<{self_url}>; rel="self"' + (f', <{next_url}>; rel="next"' if next_url else "")
    after = b',"links":%b,"meta":%b}' % (compact({"self": self_url, "next": next_url}), compact(meta))
    content = b'{"data":%b%b' % (data, after) if isinstance(data, bytes) else _joined(data, after)
    return Response(content, 200, headers, "application/json")


def _joined(documents: list[bytes], after: bytes) -> bytes:
    """Return a list's answer; its documents, often some hundred kilobytes, are copied once."""
    if not documents:
        return b'{"data":[]%b' % after
    first, *others = documents
    parts = [b'{"data":[' + first, *others]
    parts[-1] += b"]" + after
    return b",".join(parts)


def url(path: str, texts: Texts) -> str:
    """Return a path with its parameters, in plain ASCII."""
    return path + ("?" if texts else "") + f"{'&'.join(name + '=' + quote(text, safe=',:') for name, text in texts)}"
