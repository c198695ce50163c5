"""Why this file exists: how the server is run: uvicorn on uvloop and httptools, one process, its own log off."""

import uvicorn
from rich.console import Console

from app.changes.waiting import Waiters
from app.cli.protocol import BoundedHeads
from app.kit.settings import Settings
from app.main import create_app


class Server(uvicorn.Server):
    """Says where it is and three things to try, once it listens."""

    def __init__(self, config: uvicorn.Config, out: Console, waiters: Waiters) -> None:
        super().__init__(config)
        self._waiters = waiters
        self._out = out

    async def shutdown(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]
        """Send home who waits for changes, so that stopping takes no longer than answering; then stop."""
        self._waiters.stop()
        await super().shutdown(sockets)  # type: ignore[arg-type]

    async def startup(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]
        """Listen, then say so."""
        await super().startup(sockets)  # type: ignore[arg-type]
        if not self.started or not self.servers:
            return
        host, port = self.servers[0].sockets[0].getsockname()[:2]
        url = f"http://{f'[{host}]' if ':' in host else host}:{port}"
        lines = [
            f"Onrecord answers at {url}. Three things to try:",
            f"  curl {url}/v1/reports/aleppo-2016-12",
            f"  curl '{url}/v1/search?q=white+helmets&type=claim&limit=3'",
            f"  curl '{url}/v1/compare?measure=people_besieged&place=east-aleppo-besieged-remainder'",
        ]
        self._out.print("\n".join(lines), soft_wrap=True)


def serve(settings: Settings, out: Console) -> None:
    """Serve until told to stop."""
    app = create_app(settings)
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        loop="uvloop",
        http=BoundedHeads,
        lifespan="on",
        access_log=False,
        log_level="warning",
        server_header=False,
        date_header=True,
    )
    Server(config, out, app.state.waiters).run()
