"""Why this file exists: reports over HTTP: parse, call, return."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.reports.listing import REPORTS
from app.reports.schemas import ReportView
from app.serving import answers, lists, travel
from app.serving.envelope import ListAnswer, RecordAnswer, described
from app.serving.parameters import IdOrSlug
from app.serving.strict import DocumentRoute

router = APIRouter(tags=["reports"], route_class=DocumentRoute)
hot = APIRouter(tags=["reports"], route_class=DocumentRoute)


@hot.get(
    "/v1/reports/{report}",
    operation_id="get_report",
    response_model=RecordAnswer[ReportView],
    responses=described(400, 404, 410, record=True),
    openapi_extra=travel.DESCRIBED,
    summary="One report",
)
async def get_report(request: Request, report: IdOrSlug) -> Response:
    """One published document and what is known of it; its text stays with its publisher."""
    return await answers.one(request, "report", report)


@router.get(
    "/v1/reports",
    operation_id="list_reports",
    response_model=ListAnswer[ReportView],
    responses=described(400),
    summary="All reports",
    openapi_extra=lists.parameters(REPORTS, ReportView),
)
async def list_reports(request: Request) -> Response:
    """Return the public reports, newest recorded first."""
    return await lists.answer(request, REPORTS, ReportView)
