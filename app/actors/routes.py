"""Why this file exists: actors over HTTP: parse, call, return."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.actors.schemas import ActorView
from app.record.queries import LIST_OF_TYPE
from app.serving import answers
from app.serving.envelope import ListAnswer, RecordAnswer, described
from app.serving.parameters import DEFAULT_LIMIT, Cursor, IdOrSlug, Limit
from app.serving.strict import DocumentRoute, JsonRoute

router = APIRouter(tags=["actors"], route_class=JsonRoute)
hot = APIRouter(tags=["actors"], route_class=DocumentRoute)


@hot.get(
    "/v1/actors/{actor}",
    operation_id="get_actor",
    response_model=RecordAnswer[ActorView],
    responses=described(400, 404, 410),
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
)
async def list_actors(request: Request, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None) -> Response:
    """Return the public actors, newest recorded first."""
    return await answers.page(request, LIST_OF_TYPE, {"type": "actor"}, limit, cursor)
