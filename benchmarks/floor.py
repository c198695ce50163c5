"""The floor: FastAPI routes that hand out bytes from memory, the same that our answers have.

With a database they ask it `SELECT 1` first, as our routes ask theirs: what no answer out of that database can exceed.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI, Response
from fastapi.responses import StreamingResponse
from sqlalchemy import literal, select

from app.kit.settings import Settings
from app.store.reader import Statement, reader

NOTHING = Statement(select(literal(1)))
# The piece that is streamed at once: as large as those of an export.
PIECE = 64 * 1024


def build(folder: Path, database: str | None = None) -> FastAPI:
    """Return an application that gives what stands in the files of a folder: a route with one parameter, as ours."""
    given = {path.name: path.read_bytes() for path in folder.iterdir()}
    asked = reader(database, Settings().database_connections) if database else None

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        if asked:
            await asked.open()
        yield
        if asked:
            await asked.close()

    app = FastAPI(openapi_url=None, lifespan=lifespan)

    @app.get("/one/{claim}")
    async def get_one(claim: str) -> Response:
        if asked:
            await asked.rows(NOTHING, {})
        return Response(given["one"], media_type="application/json")

    @app.get("/pages/{name}")
    async def get_page(name: str) -> Response:
        if asked:
            await asked.rows(NOTHING, {})
        return Response(given[name], media_type="application/json")

    @app.get("/streams/{name}")
    async def get_stream(name: str, size: int) -> StreamingResponse:
        return StreamingResponse(_pieces(given[name], size), media_type="application/octet-stream")

    return app


async def _pieces(content: bytes, size: int) -> AsyncIterator[bytes]:
    """Yield so many bytes of a content that is repeated."""
    left = size
    while left > 0:
        for start in range(0, min(left, len(content)), PIECE):
            piece = content[start : start + min(PIECE, left)]
            left -= len(piece)
            yield piece
