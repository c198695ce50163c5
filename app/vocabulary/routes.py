"""Why this file exists: vocabularies over HTTP: parse, call, return."""

from typing import Annotated

from fastapi import APIRouter, Path
from starlette.requests import Request
from starlette.responses import Response

from app.serving import answers, lists, travel
from app.serving.envelope import ListAnswer, RecordAnswer, described
from app.serving.strict import DocumentRoute
from app.vocabulary.listing import VOCABULARIES
from app.vocabulary.schemas import VocabularyView

router = APIRouter(tags=["vocabularies"], route_class=DocumentRoute)
hot = APIRouter(tags=["vocabularies"], route_class=DocumentRoute)


@hot.get(
    "/v1/vocabularies/{name}",
    operation_id="get_vocabulary",
    response_model=RecordAnswer[VocabularyView],
    responses=described(400, 404, 410, record=True),
    openapi_extra=travel.DESCRIBED,
    summary="One vocabulary",
)
async def get_vocabulary(
    request: Request, name: Annotated[str, Path(description="Name of the list.", examples=["measure"])]
) -> Response:
    """One closed list, by name: every code with its label, definition and crosswalk."""
    return await answers.one(request, "vocabulary", name)


@router.get(
    "/v1/vocabularies",
    operation_id="list_vocabularies",
    response_model=ListAnswer[VocabularyView],
    responses=described(400),
    summary="All vocabularies",
    openapi_extra=lists.parameters(VOCABULARIES, VocabularyView),
)
async def list_vocabularies(request: Request) -> Response:
    """Return the public vocabularies, newest recorded first."""
    return await lists.answer(request, VOCABULARIES, VocabularyView)
