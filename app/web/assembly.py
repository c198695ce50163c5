"""Why this file exists: all routes in one list, the hottest first, and the middleware round them.

Routes are laid into the application's router one by one, not included room by room: a request is matched against them
in this order, and every route before a hot one costs it time.
"""

from typing import Any

from fastapi import APIRouter, FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Scope
from starlette_compress import CompressMiddleware, add_compress_type

from app.actors import routes as actors
from app.changes import routes as changes
from app.claims import routes as claims
from app.compare import routes as compare
from app.crises import routes as crises
from app.exports import routes as exports
from app.figures import routes as figures
from app.history import routes as history
from app.overview import routes as overview
from app.places import routes as places
from app.relations import routes as relations
from app.reports import routes as reports
from app.search import routes as search
from app.vocabulary import routes as vocabularies
from app.web import docs, service
from app.web.gate import Gate, OnlyWhen
from app.web.metrics import Metrics

ROUTERS: tuple[APIRouter, ...] = (
    claims.hot,
    claims.router,
    figures.hot,
    figures.router,
    reports.hot,
    reports.router,
    crises.hot,
    crises.router,
    actors.hot,
    actors.router,
    places.hot,
    places.router,
    relations.hot,
    relations.router,
    vocabularies.hot,
    vocabularies.router,
    overview.router,
    compare.router,
    search.router,
    history.router,
    changes.router,
    exports.router,
    service.router,
    service.plain,
    docs.router,
)


def _compressed(app: ASGIApp) -> ASGIApp:
    for media_type in ("text/csv", "application/x-ndjson"):
        add_compress_type(media_type)
    return CompressMiddleware(app, minimum_size=500, zstd_level=1, brotli_quality=2, gzip_level=1)


def _preflight(app: ASGIApp) -> ASGIApp:
    """Answer what a browser asks beforehand; that any page may read the answers is said by the gate."""
    headers = ["If-None-Match", "X-Request-Id"]
    return CORSMiddleware(app, allow_origins=["*"], allow_methods=["GET", "HEAD"], allow_headers=headers, max_age=86400)


def _accepts_coding(scope: Scope) -> bool:
    return scope["type"] == "http" and any(name == b"accept-encoding" for name, _ in scope["headers"])


def _is_preflight(scope: Scope) -> bool:
    return bool(scope["type"] == "http" and scope["method"] == "OPTIONS")


def add_routes(app: FastAPI) -> None:
    """Lay every route into the application, the hottest first."""
    for router in ROUTERS:
        app.router.routes.extend(router.routes)


def add_middleware(app: FastAPI, metrics: Metrics, log: Any) -> None:
    """Put the middleware round the application; the last one added is the outermost."""
    app.add_middleware(OnlyWhen, asked=_accepts_coding, through=_compressed)
    app.add_middleware(OnlyWhen, asked=_is_preflight, through=_preflight)
    app.add_middleware(Gate, metrics=metrics, log=log)
