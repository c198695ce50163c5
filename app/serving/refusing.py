"""Why this file exists: a problem as an answer over HTTP; what a problem is stands in `problems`, without HTTP."""

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from app.kit.canonical import compact
from app.serving.problems import MEDIA_TYPE, Problem, problem_value


def problem_answer(request: Request, problem: Problem) -> Response:
    """Return the answer of a problem; errors are never stored by caches."""
    value = problem_value(
        problem, quote(request.scope["path"][:500], errors="replace"), request.scope.get("request_id", "")
    )
    headers = {"Cache-Control": "no-store", **problem.headers}
    return Response(compact(value), problem.status, headers, MEDIA_TYPE)
