"""Why this file exists: exports over HTTP: parse, begin the walk, send it."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any

from fastapi import APIRouter, Path
from starlette.requests import Request
from starlette.responses import Response

from app.exports import catalogue, context
from app.exports.about import LICENCE_URL
from app.exports.columns import Table
from app.exports.datapackage import PATH, datapackage
from app.exports.formats import PRESENTERS, formats_of
from app.exports.listing import INCLUDE, choice, included, parameters
from app.exports.tables import TABLES
from app.exports.walk import NEVER, Exports, Standing, Walk, standing
from app.finding.found import State
from app.finding.planning import UnknownCodes
from app.kit.canonical import compact
from app.record.queries import HEAD_STATE
from app.serving.answers import list_headers, list_tag, not_modified, reader_of
from app.serving.envelope import described_file
from app.serving.lists import described_parameters, unknown_codes, url
from app.serving.problems import Problem
from app.serving.streaming import Streamed
from app.serving.strict import FileRoute
from app.store.archive import Archive

router = APIRouter(tags=["exports"], route_class=FileRoute)
# Part of every file's validator: changed when the formats change, so that old copies are not taken for new ones.
SHAPE = "x1"
Endpoint = Callable[..., Awaitable[Response]]


def _tag(chain: str, generation: int) -> str:
    return f"{list_tag(chain, generation)}-{SHAPE}"


async def _unchanged(request: Request) -> Response | None:
    """Return a 304 when the client has the file as it is now, or null; nothing is read for it."""
    if "if-none-match" not in request.headers:
        return None
    ((chain, _, generation),) = await reader_of(request).rows(HEAD_STATE, {})
    etag = _tag(chain, generation)
    return not_modified(request, etag, list_headers(etag))


def _headers(state: State, path: str, *links: str) -> dict[str, str]:
    return {
        **list_headers(_tag(state.chain, state.generation)),
        "Onrecord-Seq": str(state.seq),
        "Link": ", ".join((f'<{path}>; rel="self"', *links, f'<{LICENCE_URL}>; rel="license"')),
    }


# --- tables ----------------------------------------------------------------------------------------------------------


def _endpoint(table: Table) -> Endpoint:
    """Return what answers every format of a table."""
    formats = formats_of(table)
    extension = Path(description="The format.", examples=["csv"], json_schema_extra={"enum": list(formats)})

    async def export(request: Request, format: Annotated[str, extension]) -> Response:  # noqa: A002
        if format not in formats:
            raise Problem("not_found", f"{table.name} have the formats {', '.join(formats)}")
        chosen = choice(table, format, request.scope["query_string"])
        if (unchanged := await _unchanged(request)) is not None:
            return unchanged
        path = url(request.scope["path"], chosen.texts)
        exports: Exports = request.app.state.exports
        try:
            walk = await exports.begin(table, format, chosen, path)
        except UnknownCodes as error:
            raise unknown_codes(error) from None
        return _streamed(walk, format, path, selected=chosen.selected)

    export.__doc__ = (
        f"{table.description}\n\nWith every filter of the noun's list; streamed. The first column, `export_seq`, is the"
        " state of the record that the file shows. The columns are described in `/v1/exports/datapackage.json`."
    )
    return export


def _streamed(walk: Walk, extension: str, path: str, *, selected: bool) -> Response:
    headers = _headers(walk.state, path, f'<{PATH}>; rel="describedby"')
    name = f"{walk.about.name}{'-selection' if selected else ''}.{extension}"
    headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return Streamed(walk.first, walk.rest, headers, PRESENTERS[extension].media_type)


def _content(table: Table) -> dict[str, Any]:
    """Return how OpenAPI describes the formats of a table."""
    return {PRESENTERS[name].media_type: {"schema": _schema(name)} for name in formats_of(table)}


def _schema(extension: str) -> dict[str, Any]:
    """Return the schema of one format: an object where the file as a whole is JSON, else text or bytes."""
    kind = "object" if PRESENTERS[extension].media_type.endswith("+json") else "string"
    binary = {"format": "binary"} if extension in ("xlsx", "parquet") else {}
    return {"type": kind, "description": PRESENTERS[extension].description, **binary}


for _table in TABLES.values():
    router.add_api_route(
        f"/v1/exports/{_table.name}.{{format}}",
        _endpoint(_table),
        operation_id=f"export_{_table.name}",
        response_class=Response,
        response_description="The file.",
        responses=described_file(_content(_table), 400, 404),
        summary=f"{_table.title} as a file",
        openapi_extra=described_parameters(parameters(_table)),
    )


# --- what describes them ---------------------------------------------------------------------------------------------


async def _described(request: Request, make: Callable[[Standing], bytes], media_type: str) -> Response:
    """Answer what is made of how the record stands."""
    if (unchanged := await _unchanged(request)) is not None:
        return unchanged
    archive: Archive = request.app.state.archive
    found = await archive.read(standing)
    return Response(make(found), 200, _headers(found.state, request.scope["path"]), media_type)


_JSON_LD = {"application/ld+json": {"schema": {"type": "object", "description": "A JSON-LD document."}}}


@router.get(
    PATH,
    operation_id="get_datapackage",
    response_class=Response,
    response_description="A Frictionless data package.",
    responses=described_file(
        {"application/json": {"schema": {"type": "object", "description": "A tabular data package."}}},
        400,
        named=False,
    ),
    summary="What the CSV tables are",
    openapi_extra=described_parameters([INCLUDE]),
)
async def get_datapackage(request: Request) -> Response:
    """Describe every table and column with types and keys, as a Frictionless data package beside its CSV files."""
    tombstones = included(request.scope["query_string"])

    def make(found: Standing) -> bytes:
        at = found.recorded_at or NEVER
        return compact(datapackage(TABLES.values(), found.state.seq, at, tombstones=tombstones))

    return await _described(request, make, "application/json")


@router.get(
    catalogue.PATH,
    operation_id="get_catalogue",
    response_class=Response,
    response_description="A DCAT catalogue.",
    responses=described_file(_JSON_LD, 400, named=False),
    summary="The catalogue of the exports",
)
async def get_catalogue(request: Request) -> Response:
    """Describe every table with its formats as datasets and distributions (DCAT 3), for other catalogues."""
    formats = {table: [(name, PRESENTERS[name].media_type) for name in formats_of(table)] for table in TABLES.values()}

    def make(found: Standing) -> bytes:
        return catalogue.catalogue(formats, found.state.seq, found.issued, found.recorded_at)

    return await _described(request, make, "application/ld+json")


@router.get(
    context.PATH,
    operation_id="get_context",
    response_class=Response,
    response_description="The JSON-LD context.",
    responses=described_file(_JSON_LD, 400, named=False),
    summary="The terms of the JSON-LD exports",
)
async def get_context(request: Request) -> Response:
    """Say what every term of the JSON-LD exports means, in the words of PROV-O, schema.org and Web Annotation."""
    return await _described(request, lambda _: context.CONTENT, context.MEDIA_TYPE)
