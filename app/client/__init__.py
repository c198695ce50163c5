"""The client: what a partner installs. It asks a server, keeps a copy in step with it, and proves what it was told.

Nothing here needs what the server needs, so `pip install onrecord` is enough.
"""

from app.client.clients import AsyncOnrecord, Onrecord
from app.client.errors import ClientError
from app.client.exchange import Retries

__all__ = ["AsyncOnrecord", "ClientError", "Onrecord", "Retries"]
