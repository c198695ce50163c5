"""Why this file exists: figures over HTTP: parse, call, return."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.figures.schemas import FigureView
from app.record.queries import LIST_IN_RECORD, LIST_OF_TYPE
from app.serving import answers
from app.serving.envelope import ListAnswer, RecordAnswer, described
from app.serving.parameters import DEFAULT_LIMIT, Cursor, Id, IdOrSlug, Limit
from app.serving.strict import DocumentRoute, JsonRoute

router = APIRouter(tags=["figures"], route_class=JsonRoute)
hot = APIRouter(tags=["figures"], route_class=DocumentRoute)


@hot.get(
    "/v1/figures/{figure}",
    operation_id="get_figure",
    response_model=RecordAnswer[FigureView],
    responses=described(400, 404, 410),
    summary="One figure",
)
async def get_figure(request: Request, figure: Id) -> Response:
    """One number with its bounds, its reference period, and the whole attribution of its claim."""
    return await answers.one(request, "figure", figure)


@router.get(
    "/v1/figures",
    operation_id="list_figures",
    response_model=ListAnswer[FigureView],
    responses=described(400),
    summary="All figures",
)
async def list_figures(request: Request, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None) -> Response:
    """Return the public figures, newest recorded first."""
    return await answers.page(request, LIST_OF_TYPE, {"type": "figure"}, limit, cursor)


@router.get(
    "/v1/reports/{report}/figures",
    operation_id="list_figures_of_report",
    response_model=ListAnswer[FigureView],
    responses=described(400, 404, 410),
    summary="Figures of a report",
)
async def list_figures_of_report(
    request: Request, report: IdOrSlug, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
) -> Response:
    """Return the public figures of a report, newest recorded first."""
    record_id = await answers.require(request, "report", report)
    return await answers.page(request, LIST_IN_RECORD, {"id": record_id, "type": "figure"}, limit, cursor)


@router.get(
    "/v1/claims/{claim}/figures",
    operation_id="list_figures_of_claim",
    response_model=ListAnswer[FigureView],
    responses=described(400, 404, 410),
    summary="Figures of a claim",
)
async def list_figures_of_claim(
    request: Request, claim: Id, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
) -> Response:
    """Return the public figures that a claim states, newest recorded first."""
    record_id = await answers.require(request, "claim", claim)
    return await answers.page(request, LIST_IN_RECORD, {"id": record_id, "type": "figure"}, limit, cursor)
