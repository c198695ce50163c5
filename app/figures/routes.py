"""Why this file exists: figures over HTTP: parse, call, return."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.figures.listing import FIGURES
from app.figures.schemas import FigureView
from app.finding.filters import of_path
from app.serving import answers, lists, travel
from app.serving.envelope import ListAnswer, RecordAnswer, described
from app.serving.parameters import Id, IdOrSlug
from app.serving.strict import DocumentRoute

router = APIRouter(tags=["figures"], route_class=DocumentRoute)
hot = APIRouter(tags=["figures"], route_class=DocumentRoute)


@hot.get(
    "/v1/figures/{figure}",
    operation_id="get_figure",
    response_model=RecordAnswer[FigureView],
    responses=described(400, 404, 410, record=True),
    openapi_extra=travel.DESCRIBED,
    summary="One figure",
)
async def get_figure(request: Request, figure: Id) -> Response:
    """One number with its bounds, its reference period, and the whole attribution of its claim."""
    return await answers.one(request, "figure", figure)


@hot.get(
    "/v1/figures",
    operation_id="list_figures",
    response_model=ListAnswer[FigureView],
    responses=described(400),
    summary="All figures",
    openapi_extra=lists.parameters(FIGURES, FigureView),
)
async def list_figures(request: Request) -> Response:
    """Return the public figures, newest recorded first."""
    return await lists.answer(request, FIGURES, FigureView)


@router.get(
    "/v1/reports/{report}/figures",
    operation_id="list_figures_of_report",
    response_model=ListAnswer[FigureView],
    responses=described(400, 404, 410),
    summary="Figures of a report",
    openapi_extra=lists.parameters(FIGURES, FigureView, without={"report"}),
)
async def list_figures_of_report(request: Request, report: IdOrSlug) -> Response:
    """Return the public figures of a report, newest recorded first."""
    record_id = await answers.require(request, "report", report)
    fixed = of_path("figure", "report", record_id)
    return await lists.answer(request, FIGURES, FigureView, (fixed,))


@router.get(
    "/v1/claims/{claim}/figures",
    operation_id="list_figures_of_claim",
    response_model=ListAnswer[FigureView],
    responses=described(400, 404, 410),
    summary="Figures of a claim",
    openapi_extra=lists.parameters(FIGURES, FigureView, without={"claim"}),
)
async def list_figures_of_claim(request: Request, claim: Id) -> Response:
    """Return the public figures that a claim states, newest recorded first."""
    record_id = await answers.require(request, "claim", claim)
    fixed = of_path("figure", "claim", record_id)
    return await lists.answer(request, FIGURES, FigureView, (fixed,))
