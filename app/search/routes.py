"""Why this file exists: search over HTTP: parse, call, return."""

import asyncio
from typing import Any

from fastapi import APIRouter
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from app.finding.conditions import Saying
from app.finding.finder import Finder
from app.finding.found import Page
from app.kit.schema import View
from app.search.hits import HitView, hits
from app.search.listing import SEARCH
from app.search.suggesting import SuggestionView, suggestions
from app.serving import lists
from app.serving.envelope import Links, ListMeta, described
from app.serving.questions import Wanted
from app.serving.strict import DocumentRoute

router = APIRouter(tags=["search"], route_class=DocumentRoute)


class SearchMeta(ListMeta):
    """About the answer of a search."""

    suggestions: list[SuggestionView] = Field(description="Names that may be meant, when nothing was found.")


class SearchAnswer(View):
    """One page of hits in the envelope."""

    data: list[HitView] = Field(description="The hits, the most relevant first, or as `sort` says.")
    links: Links = Field(description="Where the page is, and where the list goes on.")
    meta: SearchMeta = Field(description="About this answer.")


@router.get(
    "/v1/search",
    operation_id="search",
    response_model=SearchAnswer,
    responses=described(400),
    summary="Search",
    openapi_extra=lists.parameters(SEARCH, HitView, without={"fields"}),
)
async def search(request: Request) -> Response:
    """Find words in claims, figures, reports, and the names of actors, places and crises."""
    return await lists.answer(request, SEARCH, HitView, present=_present)


async def _present(finder: Finder, wanted: Wanted, page: Page, meta: dict[str, Any]) -> bytes:
    terms = next(one.terms for one in wanted.question.asked if isinstance(one, Saying))
    meta["suggestions"] = [] if page.rows or wanted.cursor else await suggestions(finder, terms)
    return await asyncio.to_thread(hits, terms, [row.body for row in page.rows])
