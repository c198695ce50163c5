"""Why this file exists: crises over HTTP: parse, call, return."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.crises.schemas import CrisisView
from app.record.queries import LIST_OF_TYPE
from app.serving import answers
from app.serving.envelope import ListAnswer, RecordAnswer, described
from app.serving.parameters import DEFAULT_LIMIT, Cursor, IdOrSlug, Limit
from app.serving.strict import DocumentRoute, JsonRoute

router = APIRouter(tags=["crises"], route_class=JsonRoute)
hot = APIRouter(tags=["crises"], route_class=DocumentRoute)


@hot.get(
    "/v1/crises/{crisis}",
    operation_id="get_crisis",
    response_model=RecordAnswer[CrisisView],
    responses=described(400, 404, 410),
    summary="One crisis",
)
async def get_crisis(request: Request, crisis: IdOrSlug) -> Response:
    """One emergency, by id or slug, with the ids that other systems give it."""
    return await answers.one(request, "crisis", crisis)


@router.get(
    "/v1/crises",
    operation_id="list_crises",
    response_model=ListAnswer[CrisisView],
    responses=described(400),
    summary="All crises",
)
async def list_crises(request: Request, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None) -> Response:
    """Return the public crises, newest recorded first."""
    return await answers.page(request, LIST_OF_TYPE, {"type": "crisis"}, limit, cursor)
