"""Why this file exists: the overview over HTTP: parse, call, return."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.compare.comparing import Comparer
from app.finding.finder import Finder
from app.kit.canonical import JSON, compact
from app.overview.overview import overview
from app.overview.views import OverviewAnswer
from app.serving import answers, lists
from app.serving.envelope import described
from app.serving.parameters import IdOrSlug
from app.serving.strict import DocumentRoute

router = APIRouter(tags=["crises"], route_class=DocumentRoute)


@router.get(
    "/v1/crises/{crisis}/overview",
    operation_id="get_crisis_overview",
    response_model=OverviewAnswer,
    responses=described(400, 404, 410),
    summary="A crisis at a glance",
)
async def get_crisis_overview(request: Request, crisis: IdOrSlug) -> Response:
    """One request that paints a landing page: key figures by voice, timeline, voices, reports, latest corrections."""
    reader = answers.reader_of(request)
    record_id = await answers.require(request, "crisis", crisis)
    if (unchanged := await answers.unchanged_list(request, reader)) is not None:
        return unchanged
    finder: Finder = lists.finder_of(request)
    comparer: Comparer = request.app.state.comparer

    async def work() -> JSON | None:
        return await overview(finder, comparer, record_id)

    found, state = await finder.steady(work)
    if found is None:
        raise await answers.absent(reader, "crisis", record_id)
    path = f"/v1/crises/{record_id}/overview"
    return lists.enveloped(path, (), None, None, compact(found), state, {"seq": state.seq})
