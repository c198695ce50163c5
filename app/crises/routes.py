"""Why this file exists: crises over HTTP: parse, call, return."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.crises.listing import CRISES
from app.crises.schemas import CrisisView
from app.serving import answers, lists, travel
from app.serving.envelope import ListAnswer, RecordAnswer, described
from app.serving.parameters import IdOrSlug
from app.serving.strict import DocumentRoute

router = APIRouter(tags=["crises"], route_class=DocumentRoute)
hot = APIRouter(tags=["crises"], route_class=DocumentRoute)


@hot.get(
    "/v1/crises/{crisis}",
    operation_id="get_crisis",
    response_model=RecordAnswer[CrisisView],
    responses=described(400, 404, 410, record=True),
    openapi_extra=travel.DESCRIBED,
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
    openapi_extra=lists.parameters(CRISES, CrisisView),
)
async def list_crises(request: Request) -> Response:
    """Return the public crises, newest recorded first."""
    return await lists.answer(request, CRISES, CrisisView)
