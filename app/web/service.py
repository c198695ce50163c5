"""Why this file exists: the service's own routes: where to begin, whether it is well, and what its problems mean."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path
from pydantic import Field
from sqlalchemy import column, select, table
from starlette.requests import Request
from starlette.responses import Response

from app.kit import ids
from app.kit.canonical import compact
from app.kit.schema import View
from app.record import queries
from app.serving import answers
from app.serving.envelope import Links, answered
from app.serving.problems import KINDS, Problem
from app.serving.strict import JsonRoute, StrictRoute
from app.store.reader import Statement, StoreUnavailable

router = APIRouter(tags=["service"], route_class=JsonRoute)
plain = APIRouter(tags=["service"], route_class=StrictRoute)
METRICS = answered(400)
METRICS[200]["content"] = {
    "text/plain": {"schema": {"type": "string", "description": "One line a number, in Prometheus's text format."}}
}
LAYOUT = Statement(select(column("version_num")).select_from(table("alembic_version")))


class StateView(View):
    """How the service is."""

    type: Literal["state"] = Field(description="state.", examples=["state"])
    status: Literal["ok"] = Field(description="ok.", examples=["ok"])


class ServiceView(View):
    """Where to begin."""

    type: Literal["service"] = Field(description="service.", examples=["service"])
    name: str = Field(description="Name of the service.", examples=["Onrecord"])
    version: str = Field(description="Version of the software.", examples=["0.1.0"])
    collections: dict[str, str] = Field(description="Path of every list, by noun.")
    changes: str = Field(description="Path of the feed of every change.", examples=["/v1/changes"])
    ledger_head: str = Field(description="Path of the head that proves it.", examples=["/v1/ledger/head"])
    catalogue: str = Field(description="Path of the catalogue of all files (DCAT).", examples=["/v1/catalogue.jsonld"])
    openapi: str = Field(description="Path of the OpenAPI document.", examples=["/openapi.json"])
    docs: str = Field(description="Path of the page for people who try it out.", examples=["/docs"])
    licence: str = Field(description="Terms of our annotations, and whose the texts are.")


class ProblemKindView(View):
    """What a kind of problem means."""

    type: Literal["problem"] = Field(description="problem.", examples=["problem"])
    code: str = Field(description="Stable code.", examples=["not_found"])
    status: int = Field(description="HTTP status.", examples=[404])
    title: str = Field(description="The kind of problem.", examples=["Not found"])
    advice: str = Field(description="What to do.")


class PlainMeta(View):
    """About an answer that is not of the record."""

    seq: int | None = Field(description="null: this answer is not of the record.", examples=[None])


class ServiceAnswer(View):
    """Where to begin, in the envelope."""

    data: ServiceView = Field(description="The service.")
    links: Links = Field(description="Where it is.")
    meta: PlainMeta = Field(description="About this answer.")


class StateAnswer(View):
    """How the service is, in the envelope."""

    data: StateView = Field(description="Its state.")
    links: Links = Field(description="Where it is.")
    meta: PlainMeta = Field(description="About this answer.")


class ProblemAnswer(View):
    """A kind of problem, in the envelope."""

    data: ProblemKindView = Field(description="The kind of problem.")
    links: Links = Field(description="Where it is.")
    meta: PlainMeta = Field(description="About this answer.")


def _answer(request: Request, data: dict[str, Any], cache: str) -> Response:
    links = {"self": request.scope["path"], "next": None}
    content = compact({"data": data, "links": links, "meta": {"seq": None}})
    return Response(content, 200, {"Cache-Control": cache}, "application/json")


@router.get(
    "/",
    operation_id="get_service",
    response_model=ServiceAnswer,
    responses=answered(400, 406),
    summary="Where to begin",
)
async def get_service(request: Request) -> Response:
    """Return the service's name, version and lists."""
    data = {
        "type": "service",
        "name": "Onrecord",
        "version": request.app.version,
        "collections": {plural: f"/v1/{plural}" for plural in ids.PLURALS.values()},
        "changes": "/v1/changes",
        "ledger_head": "/v1/ledger/head",
        "catalogue": "/v1/catalogue.jsonld",
        "openapi": "/openapi.json",
        "docs": "/docs",
        "licence": "Annotations: CC BY 4.0. The texts that they point into belong to their publishers.",
    }
    return _answer(request, data, answers.CACHE)


@plain.get(
    "/healthz",
    operation_id="get_health",
    response_model=StateAnswer,
    responses=answered(400),
    summary="Is the process alive",
)
async def get_health(request: Request) -> Response:
    """Say that the process answers; nothing is asked of the database."""
    return _answer(request, {"type": "state", "status": "ok"}, "no-store")


@plain.get(
    "/readyz",
    operation_id="get_readiness",
    response_model=StateAnswer,
    responses=answered(400, 503),
    summary="Can it answer",
)
async def get_readiness(request: Request) -> Response:
    """Say whether the database is there and laid out as this version expects."""
    reader = answers.reader_of(request)
    found = await reader.rows(LAYOUT, {})
    await reader.rows(queries.HEAD_STATE, {})
    if [row[0] for row in found] != [request.app.state.layout]:
        raise StoreUnavailable("another layout")
    return _answer(request, {"type": "state", "status": "ok"}, "no-store")


@plain.get(
    "/metrics",
    operation_id="get_metrics",
    response_class=Response,
    response_description="Counts and times since the process began.",
    responses=METRICS,
    summary="Metrics",
)
async def get_metrics(request: Request) -> Response:
    """Return counts and times by route, in Prometheus's text format."""
    content = request.app.state.metrics.text()
    return Response(content, 200, {"Cache-Control": "no-store"}, "text/plain; version=0.0.4")


@router.get("/openapi.json", operation_id="get_openapi", include_in_schema=False)
async def get_openapi(request: Request) -> Response:
    """Return the OpenAPI document of this version."""
    content, etag = await request.app.state.openapi.get()
    headers = {"ETag": f'"{etag}"', "Cache-Control": answers.CACHE}
    unchanged = answers.not_modified(request, etag, headers)
    return unchanged or Response(content, 200, headers, "application/json")


@router.get(
    "/problems/{code}",
    operation_id="get_problem",
    response_model=ProblemAnswer,
    responses=answered(400, 404, 406),
    summary="What a problem means",
)
async def get_problem(
    request: Request, code: Annotated[str, Path(description="Code of the problem.", examples=["not_found"])]
) -> Response:
    """Return what a kind of problem means and what to do about it."""
    kind = KINDS.get(code)
    if kind is None:
        raise Problem("not_found", "there is no problem of this code")
    data = {"type": "problem", "code": code, "status": kind.status, "title": kind.title, "advice": kind.advice}
    return _answer(request, data, answers.CACHE)
