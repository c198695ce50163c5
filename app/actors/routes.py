"""Why this file exists: actors over HTTP: parse, call, return."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.actors.listing import ACTORS
from app.actors.schemas import ActorView
from app.serving import answers, lists, travel
from app.serving.envelope import ListAnswer, RecordAnswer, described
from app.serving.parameters import IdOrSlug
from app.serving.strict import DocumentRoute

router = APIRouter(tags=["actors"], route_class=DocumentRoute)
hot = APIRouter(tags=["actors"], route_class=DocumentRoute)


@hot.get(
    "/v1/actors/{actor}",
    operation_id="get_actor",
    response_model=RecordAnswer[ActorView],
    responses=described(400, 404, 410, record=True),
    openapi_extra=travel.DESCRIBED,
    summary="One actor",
)
async def get_actor(request: Request, actor: IdOrSlug) -> Response:
    """Somebody who speaks, carries, or is spoken about; persons are found by id alone."""
    return await answers.one(request, "actor", actor)


@router.get(
    "/v1/actors",
    operation_id="list_actors",
    response_model=ListAnswer[ActorView],
    responses=described(400),
    summary="All actors",
    openapi_extra=lists.parameters(ACTORS, ActorView),
)
async def list_actors(request: Request) -> Response:
    """Return the public actors, newest recorded first."""
    return await lists.answer(request, ACTORS, ActorView)
