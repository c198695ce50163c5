"""Why this file exists: claims over HTTP: parse, call, return."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from app.claims.queries import CLAIMS_OF_ACTOR
from app.claims.views import ClaimView
from app.claims.words import HopRole
from app.record.queries import LIST_IN_RECORD, LIST_OF_TYPE
from app.serving import answers
from app.serving.envelope import ListAnswer, RecordAnswer, described
from app.serving.parameters import DEFAULT_LIMIT, Cursor, Id, IdOrSlug, Limit
from app.serving.strict import DocumentRoute, JsonRoute

router = APIRouter(tags=["claims"], route_class=JsonRoute)
hot = APIRouter(tags=["claims"], route_class=DocumentRoute)


@hot.get(
    "/v1/claims/{claim}",
    operation_id="get_claim",
    response_model=RecordAnswer[ClaimView],
    responses=described(400, 404, 410),
    summary="One claim",
)
async def get_claim(request: Request, claim: Id) -> Response:
    """One proposition with its whole attribution, its places in the text, and its figures."""
    return await answers.one(request, "claim", claim)


@router.get(
    "/v1/claims",
    operation_id="list_claims",
    response_model=ListAnswer[ClaimView],
    responses=described(400),
    summary="All claims",
)
async def list_claims(request: Request, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None) -> Response:
    """Return the public claims, newest recorded first."""
    return await answers.page(request, LIST_OF_TYPE, {"type": "claim"}, limit, cursor)


@router.get(
    "/v1/reports/{report}/claims",
    operation_id="list_claims_of_report",
    response_model=ListAnswer[ClaimView],
    responses=described(400, 404, 410),
    summary="Claims of a report",
)
async def list_claims_of_report(
    request: Request, report: IdOrSlug, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
) -> Response:
    """Return the public claims of a report, newest recorded first."""
    record_id = await answers.require(request, "report", report)
    return await answers.page(request, LIST_IN_RECORD, {"id": record_id, "type": "claim"}, limit, cursor)


@router.get(
    "/v1/actors/{actor}/claims",
    operation_id="list_claims_of_actor",
    response_model=ListAnswer[ClaimView],
    responses=described(400, 404, 410),
    summary="Claims of an actor",
)
async def list_claims_of_actor(
    request: Request,
    actor: IdOrSlug,
    role: Annotated[HopRole, Query(description="In what role the actor stands in the chain.")] = HopRole.ORIGINATOR,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Response:
    """Return the public claims in whose chain an actor stands in a role, newest recorded first."""
    record_id = await answers.require(request, "actor", actor)
    bound = {"actor": record_id, "role": role.value}
    return await answers.page(request, CLAIMS_OF_ACTOR, bound, limit, cursor, {"role": role.value})
