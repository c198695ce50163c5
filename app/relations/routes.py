"""Why this file exists: relations over HTTP: parse, call, return."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.relations.listing import RELATIONS
from app.relations.schemas import RelationView
from app.serving import answers, lists, travel
from app.serving.envelope import ListAnswer, RecordAnswer, described
from app.serving.parameters import Id
from app.serving.strict import DocumentRoute

router = APIRouter(tags=["relations"], route_class=DocumentRoute)
hot = APIRouter(tags=["relations"], route_class=DocumentRoute)


@hot.get(
    "/v1/relations/{relation}",
    operation_id="get_relation",
    response_model=RecordAnswer[RelationView],
    responses=described(400, 404, 410, record=True),
    openapi_extra=travel.DESCRIBED,
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
    openapi_extra=lists.parameters(RELATIONS, RelationView),
)
async def list_relations(request: Request) -> Response:
    """Return the public relations, newest recorded first."""
    return await lists.answer(request, RELATIONS, RelationView)
