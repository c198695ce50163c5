"""Why this file exists: claims over HTTP: parse, call, return."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.claims.listing import CLAIMS
from app.claims.views import ClaimView
from app.claims.words import HopRole
from app.finding.filters import of_path
from app.finding.parameters import Parameter, one_of
from app.serving import answers, lists, travel
from app.serving.envelope import ListAnswer, RecordAnswer, described
from app.serving.parameters import Id, IdOrSlug
from app.serving.problems import ParameterFault
from app.serving.questions import chosen
from app.serving.strict import DocumentRoute

router = APIRouter(tags=["claims"], route_class=DocumentRoute)
hot = APIRouter(tags=["claims"], route_class=DocumentRoute)
ROLE = Parameter("role", "In what role it stands in the chain; originator when not given.", "relay", one_of([*HopRole]))


@hot.get(
    "/v1/claims/{claim}",
    operation_id="get_claim",
    response_model=RecordAnswer[ClaimView],
    responses=described(400, 404, 410, record=True),
    openapi_extra=travel.DESCRIBED,
    summary="One claim",
)
async def get_claim(request: Request, claim: Id) -> Response:
    """One proposition with its whole attribution, its places in the text, and its figures."""
    return await answers.one(request, "claim", claim)


@hot.get(
    "/v1/claims",
    operation_id="list_claims",
    response_model=ListAnswer[ClaimView],
    responses=described(400),
    summary="All claims",
    openapi_extra=lists.parameters(CLAIMS, ClaimView),
)
async def list_claims(request: Request) -> Response:
    """Return the public claims, newest recorded first."""
    return await lists.answer(request, CLAIMS, ClaimView)


@router.get(
    "/v1/reports/{report}/claims",
    operation_id="list_claims_of_report",
    response_model=ListAnswer[ClaimView],
    responses=described(400, 404, 410),
    summary="Claims of a report",
    openapi_extra=lists.parameters(CLAIMS, ClaimView, without={"report"}),
)
async def list_claims_of_report(request: Request, report: IdOrSlug) -> Response:
    """Return the public claims of a report, newest recorded first; `sort=report_order` follows its text."""
    record_id = await answers.require(request, "report", report)
    fixed = of_path("claim", "report", record_id)
    return await lists.answer(request, CLAIMS, ClaimView, (fixed,))


@router.get(
    "/v1/actors/{actor}/claims",
    operation_id="list_claims_of_actor",
    response_model=ListAnswer[ClaimView],
    responses=described(400, 404, 410),
    summary="Claims of an actor",
    openapi_extra=lists.parameters(CLAIMS, ClaimView, ROLE),
)
async def list_claims_of_actor(request: Request, actor: IdOrSlug) -> Response:
    """Return the public claims in whose chain an actor stands in a role, newest recorded first."""
    faults: list[ParameterFault] = []
    role = chosen(request, ROLE.name, HopRole, HopRole.ORIGINATOR, faults)
    record_id = await answers.require(request, "actor", actor)
    fixed = of_path("claim", role, record_id)
    return await lists.answer(request, CLAIMS, ClaimView, (fixed,), ((ROLE.name, role),), faults=tuple(faults))
