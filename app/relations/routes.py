"""Why this file exists: relations over HTTP: parse, call, return."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.record.queries import LIST_OF_TYPE
from app.relations.schemas import RelationView
from app.serving import answers
from app.serving.envelope import ListAnswer, RecordAnswer, described
from app.serving.parameters import DEFAULT_LIMIT, Cursor, Id, Limit
from app.serving.strict import DocumentRoute, JsonRoute

router = APIRouter(tags=["relations"], route_class=JsonRoute)
hot = APIRouter(tags=["relations"], route_class=DocumentRoute)


@hot.get(
    "/v1/relations/{relation}",
    operation_id="get_relation",
    response_model=RecordAnswer[RelationView],
    responses=described(400, 404, 410),
    summary="One relation",
)
async def get_relation(request: Request, relation: Id) -> Response:
    """How two claims, or two figures, stand to each other, with the attribution of both."""
    return await answers.one(request, "relation", relation)


@router.get(
    "/v1/relations",
    operation_id="list_relations",
    response_model=ListAnswer[RelationView],
    responses=described(400),
    summary="All relations",
)
async def list_relations(request: Request, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None) -> Response:
    """Return the public relations, newest recorded first."""
    return await answers.page(request, LIST_OF_TYPE, {"type": "relation"}, limit, cursor)
