"""Why this file exists: the page /docs, from our own files alone: it works offline, and asks nobody else for anything.

Every asset is served under a name that says what is in it, so that browsers keep it for a year; the page itself is
asked for each time. Neither holds a script or a style of its own, so that the policy can forbid them.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

from fastapi import APIRouter
from fastapi import Path as InPath
from starlette.requests import Request
from starlette.responses import Response

from app.serving import answers
from app.serving.problems import Problem
from app.serving.strict import StrictRoute

router = APIRouter(tags=["service"], route_class=StrictRoute)
ASSETS = Path(__file__).with_name("assets")
PAGE = "docs.html"
TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}
SERVED = ("docs.css", "docs.js", "show.js", "swagger-ui/swagger-ui.css", "swagger-ui/swagger-ui-bundle.js")
FOREVER = "public, max-age=31536000, immutable"
POLICY = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
}
_NAMED = re.compile(r"\{\{([\w./-]+)\}\}")


@dataclass(frozen=True)
class Asset:
    """A file as it is served."""

    content: bytes
    media_type: str
    etag: str


@dataclass(frozen=True)
class Assets:
    """The page, and what it is made of, by the names that they are served under."""

    page: Asset
    files: Mapping[str, Asset]


def load() -> Assets:
    """Read the page and its files; raises KeyError for a page that names a file that is not served."""
    files, names = {}, {}
    for name in SERVED:
        path = ASSETS / name
        asset = _asset(path.read_bytes(), TYPES[path.suffix])
        names[name] = f"{path.stem}.{asset.etag}{path.suffix}"
        files[names[name]] = asset
    page = (ASSETS / PAGE).read_text(encoding="utf-8")
    whole = _NAMED.sub(lambda found: f"/docs/{names[found[1]]}", page).encode()
    return Assets(_asset(whole, "text/html; charset=utf-8"), MappingProxyType(files))


def _asset(content: bytes, media_type: str) -> Asset:
    return Asset(content, media_type, hashlib.sha256(content).hexdigest()[:20])


def _answer(request: Request, asset: Asset, headers: dict[str, str]) -> Response:
    whole = {"ETag": f'"{asset.etag}"', **headers, **POLICY}
    unchanged = answers.not_modified(request, asset.etag, whole)
    return unchanged or Response(asset.content, 200, whole, asset.media_type)


@router.get("/docs", operation_id="get_docs", include_in_schema=False)
async def get_docs(request: Request) -> Response:
    """Return the page for people: three guided examples, then every operation."""
    return _answer(request, request.app.state.docs.page, {"Cache-Control": answers.CACHE})


@router.get("/docs/{asset}", operation_id="get_docs_asset", include_in_schema=False)
async def get_docs_asset(
    request: Request, asset: Annotated[str, InPath(description="Name of a file of the page.")]
) -> Response:
    """Return a style or a script of the page; its name changes with what is in it."""
    found = request.app.state.docs.files.get(asset)
    if found is None:
        raise Problem("not_found", "there is nothing at this path")
    return _answer(request, found, {"Cache-Control": FOREVER})
