"""Why this file exists: routes that refuse what they do not know, instead of answering something else.

An unknown parameter is a 400 with the nearest right name, also from other systems' words; a repeated one too; a client
that does not accept JSON is told so. Two kinds of route: `StrictRoute`, whose parameters FastAPI reads, and
`DocumentRoute`, described by FastAPI, with nothing of FastAPI running between the router and the endpoint: the path's
segments are handed over as they are, and the parameters that `openapi_extra` describes are read by the endpoint.
"""

from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, cast
from urllib.parse import unquote_plus

from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response

from app.access.policy import Role, holds, permission_of
from app.serving.negotiation import accepts
from app.serving.problems import ParameterFault, Problem
from app.serving.suggestions import meant

# A longer Accept header says nothing more that matters, and is not worth remembering.
LONGEST = 1000
AS_OF = "as_of"
Handler = Callable[[Request], Coroutine[Any, Any, Response]]


def check_parameters(query_string: bytes, known: frozenset[str]) -> None:
    """Refuse unknown and repeated parameters; raises Problem."""
    seen: set[str] = set()
    for pair in query_string.decode("latin-1").split("&"):
        if not pair:
            continue
        name = unquote_plus(pair.partition("=")[0])
        if name not in known:
            raise _unknown(name, known)
        if name in seen:
            fault = ParameterFault(name, "expected once", "repeated")
            raise Problem("repeated_parameter", f"the parameter {name} stands more than once", [fault])
        seen.add(name)


def _unknown(name: str, known: frozenset[str]) -> Problem:
    words = meant(name[:100], known)
    listed = ", ".join(sorted(known)) or "none"
    expected = f"did you mean {' or '.join(words)}?" if words else f"known here: {listed}"
    if name == AS_OF:
        expected = "this tells of now alone; lists of records, single records and /v1/compare travel in time"
    fault = ParameterFault(name[:100], expected, "unknown")
    return Problem("unknown_parameter", f"this list has no such parameter; {expected}", [fault])


class StrictRoute(APIRoute):
    """A route with a declared permission that refuses unknown parameters."""

    def get_route_handler(self) -> Handler:
        """Wrap FastAPI's handler in our checks."""
        return self._checked(super().get_route_handler())

    def _checked(self, handler: Handler) -> Handler:
        permission = permission_of(self.operation_id)
        described = (self.openapi_extra or {}).get("parameters", ())
        known = frozenset(field.alias for field in self.dependant.query_params) | {one["name"] for one in described}

        async def checked(request: Request) -> Response:
            if not holds(Role.ANONYMOUS, permission):
                raise Problem("forbidden", "this role may not do this")
            scope = request.scope
            if scope["query_string"]:
                check_parameters(scope["query_string"], known)
            return await handler(request)

        return checked


class JsonRoute(StrictRoute):
    """A strict route that answers JSON, and says so to a client that cannot take it."""

    def _checked(self, handler: Handler) -> Handler:
        inner = super()._checked(handler)

        async def negotiated(request: Request) -> Response:
            accept = request.headers.getlist("accept")
            if accept and not accepts(",".join(accept)[:LONGEST]):
                raise Problem("not_acceptable", "this answers application/json only")
            return await inner(request)

        return negotiated


def _direct(route: APIRoute) -> Handler:
    """Return what calls the endpoint with the request and the path's segments as they are."""
    endpoint = cast(Callable[..., Awaitable[Response]], route.endpoint)

    async def direct(request: Request) -> Response:
        return await endpoint(request, **request.path_params)

    return direct


class DocumentRoute(JsonRoute):
    """A route that is called without FastAPI's machinery in between."""

    def get_route_handler(self) -> Handler:
        """Call the endpoint with the request and the path's segments as they are."""
        return self._checked(_direct(self))


class FileRoute(StrictRoute):
    """The same for files, whose path names their type: nobody is refused for what they accept."""

    def get_route_handler(self) -> Handler:
        """Call the endpoint with the request and the path's segments as they are."""
        return self._checked(_direct(self))
