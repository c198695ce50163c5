"""The floor: a FastAPI route that hands out bytes from memory, as many as our answer has."""

from fastapi import FastAPI, Response


def build(one: bytes, page: bytes) -> FastAPI:
    """Return an application with one route for each size."""
    app = FastAPI(openapi_url=None)

    @app.get("/one/{claim}")
    async def get_one(claim: str) -> Response:
        return Response(one, media_type="application/json")

    @app.get("/page")
    async def get_page(limit: int = 50) -> Response:
        return Response(page, media_type="application/json")

    return app
