"""Why this file exists: whatever a route raises becomes the one problem shape."""

from collections.abc import Awaitable, Callable
from typing import cast

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from app.serving.problems import ParameterFault, Problem
from app.serving.refusing import problem_answer
from app.store.reader import StoreUnavailable

Handler = Callable[[Request, Exception], Awaitable[Response]]
BY_STATUS = {404: "not_found", 405: "method_not_allowed", 406: "not_acceptable"}
DETAILS = {404: "there is nothing at this path", 405: "this path does not take this method; see the header Allow"}


async def _problem(request: Request, error: Exception) -> Response:
    return problem_answer(request, cast(Problem, error))


async def _validation(request: Request, error: Exception) -> Response:
    """Say which parameters are wrong and what was expected; never their values."""
    faults = [
        ParameterFault(str(one["loc"][-1]), one["msg"].removeprefix("Value error, "), one["type"])
        for one in cast(RequestValidationError, error).errors()
    ]
    told = "; ".join(f"{fault.parameter}: {fault.detail}" for fault in faults)
    return problem_answer(request, Problem("invalid_parameter", told, faults))


async def _http(request: Request, error: Exception) -> Response:
    raised = cast(HTTPException, error)
    code = BY_STATUS.get(raised.status_code, "bad_request" if raised.status_code < 500 else "internal")
    detail = DETAILS.get(raised.status_code, "the request cannot be read")
    # The gate answers HEAD wherever there is a GET; routes do not know of it.
    headers = {name: "GET, HEAD" if value == "GET" else value for name, value in (raised.headers or {}).items()}
    return problem_answer(request, Problem(code, detail, headers=headers))


async def _away(request: Request, error: Exception) -> Response:
    request.app.state.log.error("database", request_id=request.scope["request_id"], error=str(error))
    problem = Problem("unavailable", "the database cannot be read now", headers={"Retry-After": "2"})
    return problem_answer(request, problem)


def install(app: FastAPI) -> None:
    """Register every handler."""
    handlers: dict[type[Exception], Handler] = {
        Problem: _problem,
        RequestValidationError: _validation,
        HTTPException: _http,
        StoreUnavailable: _away,
    }
    for kind, handler in handlers.items():
        app.add_exception_handler(kind, handler)
