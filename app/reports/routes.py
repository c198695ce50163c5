"""Why this file exists: reports over HTTP: parse, call, return."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.record.queries import LIST_OF_TYPE
from app.reports.schemas import ReportView
from app.serving import answers
from app.serving.envelope import ListAnswer, RecordAnswer, described
from app.serving.parameters import DEFAULT_LIMIT, Cursor, IdOrSlug, Limit
from app.serving.strict import DocumentRoute, JsonRoute

router = APIRouter(tags=["reports"], route_class=JsonRoute)
hot = APIRouter(tags=["reports"], route_class=DocumentRoute)


@hot.get(
    "/v1/reports/{report}",
    operation_id="get_report",
    response_model=RecordAnswer[ReportView],
    responses=described(400, 404, 410),
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
)
async def list_reports(request: Request, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None) -> Response:
    """Return the public reports, newest recorded first."""
    return await answers.page(request, LIST_OF_TYPE, {"type": "report"}, limit, cursor)
