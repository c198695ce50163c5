"""Why this file exists: the application is built here, from settings, and opens and closes what it needs."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version

from fastapi import FastAPI

from app.catalogue import NOUNS
from app.changes.waiting import Waiters
from app.compare.comparing import Comparer
from app.exports.walk import Exports
from app.finding.finder import Finder
from app.kit import settings as configuration
from app.kit.settings import Settings
from app.ledger import signing
from app.store import migrate
from app.store.archive import Archive
from app.store.reader import StoreUnavailable, reader
from app.web import assembly, docs, errors, openapi
from app.web.logs import BufferedLines, logger
from app.web.metrics import Metrics

DESCRIPTION = (
    "Humanitarian situation reports whose every claim and figure keeps its source on the record: who said it, in what "
    "capacity, through which medium, to which publisher, carried by which reporter, and where exactly in the text."
)


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Open the reader, and close it at the end; a database that is away makes the service unready, not dead."""
    try:
        await app.state.reader.open()
    except StoreUnavailable as error:
        app.state.log.warning("database away", error=str(error))
    try:
        yield
    finally:
        app.state.waiters.stop()
        await app.state.reader.close()
        app.state.archive.close()
        app.state.lines.flush()


def create_app(settings: Settings | None = None) -> FastAPI:
    """Return the application for these settings, or for those of the environment."""
    settings = settings or configuration.load()
    app = FastAPI(
        title="Onrecord",
        version=version("onrecord"),
        description=DESCRIPTION,
        lifespan=lifespan,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        # Off: it would hand callers' addresses to a collector, and asks its settings anew on every request.
        telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},
    )
    app.state.reader = reader(settings.database_url, settings.database_connections)
    app.state.archive = Archive(settings.database_url)
    app.state.nouns = {noun.type: noun for noun in NOUNS}
    app.state.exports = Exports(app.state.archive, settings.exports)
    app.state.waiters = Waiters(app.state.reader)
    app.state.signer = signing.load(settings.ledger_key) if settings.ledger_key else None
    app.state.finder = Finder(app.state.reader)
    app.state.comparer = Comparer(app.state.finder)
    app.state.layout = migrate.head()
    app.state.metrics = Metrics()
    app.state.lines = BufferedLines()
    app.state.log = logger(app.state.lines, settings.log_level)
    assembly.add_routes(app)
    errors.install(app)
    assembly.add_middleware(app, app.state.metrics, app.state.log)
    app.state.openapi = openapi.Content(app)
    app.state.docs = docs.load()
    return app
