"""Why this file exists: comparison over HTTP: parse, call, return."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from fastapi import APIRouter
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from app.claims.listing import CLAIMS
from app.claims.views import ClaimView
from app.compare import asking
from app.compare.claims import claim_table
from app.compare.comparing import Comparer, page_of
from app.compare.views import ClaimTableView, ComparisonAnswer
from app.finding.found import State
from app.finding.past import PastFinder
from app.finding.planning import UnknownCodes
from app.kit import cursors
from app.kit.canonical import JSON, compact
from app.kit.schema import View
from app.serving import lists, travel
from app.serving.answers import reader_of, unchanged_list
from app.serving.envelope import Links, ListMeta, described
from app.serving.problems import ParameterFault, Problem
from app.serving.questions import texts_of
from app.serving.strict import DocumentRoute

T = TypeVar("T")
router = APIRouter(tags=["compare"], route_class=DocumentRoute)
WHICH = ("crisis", "report", "place", "theme", "about")


class ClaimTableAnswer(View):
    """A table of claims in the envelope."""

    data: ClaimTableView = Field(description="The table of one page of claims.")
    links: Links = Field(description="Where the page is, and where the claims go on.")
    meta: ListMeta = Field(description="About this answer.")


@router.get(
    "/v1/compare",
    operation_id="compare",
    response_model=ComparisonAnswer,
    responses=described(400),
    summary="Rival figures side by side",
    openapi_extra=lists.described_parameters(asking.PARAMETERS),
)
async def compare(request: Request) -> Response:
    """Put what is reported of one measure at one place side by side, by voice; nothing is ever added up."""
    asked = asking.read(request.scope["query_string"])
    path = request.scope["path"]
    binding = cursors.binding(path, dict(asked.chosen))
    start = _start(asked.cursor, binding)
    if (unchanged := await unchanged_list(request, reader_of(request))) is not None:
        return unchanged

    async def work(comparer: Comparer) -> tuple[list[Any], int | None, bool]:
        found = await comparer.compared(asked)
        page = page_of(asked, found, start)
        end = start + len(page)
        rest = end if end < len(found.comparisons) else None
        return await comparer.rendered(asked, found, page), rest, found.complete

    try:
        (data, rest, complete), state, moment = await _at_its_time(request, asked, work)
    except UnknownCodes as error:
        raise lists.unknown_codes(error) from None
    following = None if rest is None else cursors.encode(binding, (rest,))
    meta = {"seq": state.seq, "limit": asked.number(asking.LIMIT), "complete": complete, "as_of": moment}
    return lists.enveloped(path, asked.chosen, asked.cursor, following, compact(data), state, meta)


async def _at_its_time(
    request: Request, asked: asking.Comparing, work: Callable[[Comparer], Awaitable[T]]
) -> tuple[T, State, JSON | None]:
    """Return what is compared, of now or of the time asked for, the state in which it was read, and that time."""
    if asked.as_of is None:
        comparer: Comparer = request.app.state.comparer
        done, state = await lists.finder_of(request).steady(lambda: work(comparer))
        return done, state, None

    async def then(finder: PastFinder) -> tuple[T, State]:
        return await work(Comparer(finder)), await finder.state()

    (done, state), moment = await travel.found(request, asked.as_of, then)
    return done, state, moment.view()


def _start(cursor: str | None, binding: str) -> int:
    if cursor is None:
        return 0
    try:
        return cursors.decode(cursor, binding, 1)[0]
    except cursors.CursorError as error:
        raise Problem("invalid_cursor", str(error)) from None


@router.get(
    "/v1/compare/claims",
    operation_id="compare_claims",
    response_model=ClaimTableAnswer,
    responses=described(400),
    summary="Who says what",
    openapi_extra=lists.parameters(CLAIMS, ClaimView, without={"fields", travel.AS_OF.name}),
)
async def compare_claims(request: Request) -> Response:
    """Lay claims out as a table of voices and themes, with the relations between them; takes every filter of claims."""
    if not any(name in WHICH for name, _ in texts_of(request.scope["query_string"])):
        detail = f"expected any of {', '.join(WHICH)}"
        raise Problem("invalid_parameter", detail, [ParameterFault("crisis", detail, "missing")])
    return await lists.answer(request, CLAIMS, ClaimView, present=claim_table)
