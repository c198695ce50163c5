"""Every route of the application with a path that answers, so that a new route is tested without naming it."""

import json
import re
from collections.abc import Iterable
from functools import reduce
from typing import Any, AnyStr

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
FIXED = {"code": "not_found", "version": "1", "format": "csv"}
# What is asked of a route that has nothing to answer without a question.
ASKED = {"search": "q=aleppo", "compare": "crisis=syria-civil-war", "compare_claims": "crisis=syria-civil-war"}


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


def parameters_of(name: str) -> set[str]:
    """Return the names of the parameters that a route says it takes in its query."""
    described = (ROUTES[name].openapi_extra or {}).get("parameters", [])
    return {one["name"] for one in described} | {one.alias for one in ROUTES[name].dependant.query_params}


# A feed is handed out in pages of which none is the last.
FEEDS = {"list_changes"}
# A history is handed out in pages too, of revisions.
HISTORIES = {name for name in NAMES if name.startswith("list_revisions_of_")}
# Whatever else is handed out in pages; of those the lists, whose data are records.
PAGED = [name for name in NAMES if "limit" in parameters_of(name) and name not in FEEDS]
LISTS = [name for name in PAGED if name not in (*ASKED, *HISTORIES)]
TEMPLATED = [name for name in NAMES if "{" in ROUTES[name].path]
# Routes over the ledger itself.
LEDGER = {*FEEDS, "get_ledger_head"}
# Routes whose data are made of records and are none themselves.
MADE_OF_RECORDS = {"compare", "compare_claims", "get_crisis_overview"}
# Routes that answer with a file, sent while it is made, and those that describe the files.
STREAMED = {name for name in NAMES if name.startswith("export_")}
FILES = {*STREAMED, "get_datapackage", "get_catalogue", "get_context"}
# Routes whose 200 is not JSON in the envelope.
WITHOUT_ENVELOPE = {"get_metrics", "get_openapi", "get_docs", "get_docs_asset", *FILES}
# Routes over the record itself: the only ones whose answers carry validators and can be behind a retraction.
RECORDS = [name for name in NAMES if ROUTES[name].path.startswith("/v1/")]


def path_with(name: str, value: str, *, lawful: Iterable[str] = ()) -> str:
    """Return a route's path with one value in place of every parameter but the lawful ones, and what it must be asked.

    Which format or which version is judged without asking the database.
    """
    kept = {one: FIXED[one] for one in lawful}
    path = re.sub(r"\{(\w+)\}", lambda found: kept.get(found[1], value), ROUTES[name].path)
    return asking(path, ASKED[name]) if name in ASKED else path


def path_of(api: Api, name: str, query: str = "") -> str:
    """Return a path of a route that answers 200 on the seed, with a query after what the route must be asked."""
    path = re.sub(r"\{(\w+)\}", lambda found: _value(api, found[1]), ROUTES[name].path)
    asked = "&".join(filter(None, (ASKED.get(name, ""), query)))
    return f"{path}?{asked}" if asked else path


def asking(path: AnyStr, query: AnyStr) -> AnyStr:
    """Return a path with a query, after the one that it may already have."""
    if isinstance(path, str):
        return path + ("&" if "?" in path else "?") + query
    return path + (b"&" if b"?" in path else b"?") + query


def path_beyond(api: Api, name: str, more: str) -> str:
    """Return the path of a route with more after its last segment."""
    path, mark, query = path_of(api, name).partition("?")
    return path + more + mark + query


def _value(api: Api, parameter: str) -> str:
    if parameter in FIXED:
        return FIXED[parameter]
    if parameter == "asset":
        return str(next(name for name in api.app.state.docs.files if name.startswith("docs.")))
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
