"""Why this file exists: places over HTTP: parse, call, return."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.places.listing import PLACES
from app.places.schemas import PlaceView
from app.serving import answers, lists, travel
from app.serving.envelope import ListAnswer, RecordAnswer, described
from app.serving.parameters import IdOrCode
from app.serving.strict import DocumentRoute

router = APIRouter(tags=["places"], route_class=DocumentRoute)
hot = APIRouter(tags=["places"], route_class=DocumentRoute)


@hot.get(
    "/v1/places/{place}",
    operation_id="get_place",
    response_model=RecordAnswer[PlaceView],
    responses=described(400, 404, 410, record=True),
    openapi_extra=travel.DESCRIBED,
    summary="One place",
)
async def get_place(request: Request, place: IdOrCode) -> Response:
    """One place, by id, slug or P-code, with everything that it lies in."""
    return await answers.one(request, "place", place)


@router.get(
    "/v1/places",
    operation_id="list_places",
    response_model=ListAnswer[PlaceView],
    responses=described(400),
    summary="All places",
    openapi_extra=lists.parameters(PLACES, PlaceView),
)
async def list_places(request: Request) -> Response:
    """Return the public places, newest recorded first."""
    return await lists.answer(request, PLACES, PlaceView)
