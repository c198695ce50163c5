"""The floor: FastAPI routes that hand out bytes from memory, the same that our answers have."""

from pathlib import Path

from fastapi import FastAPI, Response


def build(folder: Path) -> FastAPI:
    """Return an application that gives what stands in the files of a folder: a route with one parameter, as ours."""
    given = {path.name: path.read_bytes() for path in folder.iterdir()}
    app = FastAPI(openapi_url=None)

    @app.get("/one/{claim}")
    async def get_one(claim: str) -> Response:
        return Response(given["one"], media_type="application/json")

    @app.get("/pages/{name}")
    async def get_page(name: str) -> Response:
        return Response(given[name], media_type="application/json")

    return app
