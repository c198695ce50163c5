"""Every route of the application with a path that answers, so that a new route is tested without naming it."""

import json
import re
from functools import reduce
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute

from app.kit.settings import Settings
from app.main import create_app
from app.serving.problems import ProblemView
from tests.support.api import Api

# For each path parameter, where a value that answers is found: a list, and the way into its first record.
VALUES: dict[str, tuple[str, tuple[str | int, ...]]] = {
    "claim": ("/v1/figures?limit=1", ("claim", "id")),
    "figure": ("/v1/figures?limit=1", ("id",)),
    "report": ("/v1/reports?limit=1", ("slug",)),
    "crisis": ("/v1/crises?limit=1", ("slug",)),
    "actor": ("/v1/reports?limit=1", ("publisher", "slug")),
    "place": ("/v1/places?limit=1", ("slug",)),
    "relation": ("/v1/relations?limit=1", ("id",)),
    "name": ("/v1/vocabularies?limit=1", ("name",)),
}
FIXED = {"code": "not_found"}


def application() -> FastAPI:
    """Return an application that is only looked at: its database is never opened."""
    return create_app(Settings(database_url="sqlite:///looked-at-only.db", log_level="error"))


def _routes() -> dict[str, APIRoute]:
    found = application().routes
    strange = [route for route in found if not isinstance(route, APIRoute)]
    assert not strange, f"not declared through a router of ours: {strange}"
    return {str(route.operation_id): route for route in found if isinstance(route, APIRoute)}


ROUTES = _routes()
NAMES = sorted(ROUTES)
LISTS = [name for name in NAMES if any(one.alias == "limit" for one in ROUTES[name].dependant.query_params)]
TEMPLATED = [name for name in NAMES if "{" in ROUTES[name].path]
# Routes whose 200 is not JSON in the envelope.
WITHOUT_ENVELOPE = {"get_metrics", "get_openapi"}
# Routes over the record itself: the only ones whose answers carry validators and can be behind a retraction.
RECORDS = [name for name in NAMES if ROUTES[name].path.startswith("/v1/")]


def path_with(name: str, value: str) -> str:
    """Return a route's path with one value in place of every parameter."""
    return re.sub(r"\{\w+\}", lambda _: value, ROUTES[name].path)


def path_of(api: Api, name: str) -> str:
    """Return a path of a route that answers 200 on the seed."""
    return re.sub(r"\{(\w+)\}", lambda found: _value(api, found[1]), ROUTES[name].path)


def _value(api: Api, parameter: str) -> str:
    if parameter in FIXED:
        return FIXED[parameter]
    path, way = VALUES[parameter]
    first: Any = api.data(path)[0]
    return str(reduce(lambda value, step: value[step], way, first))


def problem_of(answer: Any) -> dict[str, Any]:
    """Return the problem in an answer, after checking that it is one and says the answer's own status."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    value: dict[str, Any] = json.loads(answer.content)
    ProblemView.model_validate(value, strict=True)
    assert value["status"] == answer.status_code
    assert value["type"] == f"/problems/{value['code']}"
    assert value["request_id"] == answer.headers["x-request-id"]
    return value
