"""Why this file exists: a client over the application without a socket, and what a copy must hold."""

import threading
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx

from app.client.clients import Onrecord
from app.client.copy import Copy, Target
from app.client.exchange import Retries
from app.client.layout import owner
from app.client.names import without_quotes
from app.client.pulling import pull
from app.exports.tables import TABLES
from app.kit.canonical import JSON, parse
from app.kit.ids import PLURALS
from tests.support.api import Api

# The nouns whose lists have each filter of the feed; the others are in no filtered copy.
FILTERED = {
    "crisis": ("report", "claim", "figure", "relation"),
    "report": ("claim", "figure", "relation"),
    "theme": ("report", "claim", "figure"),
    "place": ("place", "crisis", "report", "claim", "figure"),
}


class Bridge(httpx.BaseTransport):
    """Hands a waiting client's requests to an application in this process, one after the other."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._transport = httpx.ASGITransport(app=api.app, raise_app_exceptions=False)
        self._lock = threading.Lock()
        self.asked: list[str] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request."""
        with self._lock:
            self.asked.append(request.url.raw_path.decode())
            return self._api._runner.run(self._sent(request))

    async def _sent(self, request: httpx.Request) -> httpx.Response:
        answer = await self._transport.handle_async_request(
            httpx.Request(request.method, request.url, headers=request.headers)
        )
        assert isinstance(answer.stream, httpx.AsyncByteStream)
        content = b"".join([piece async for piece in answer.stream])
        return httpx.Response(answer.status_code, headers=answer.headers, content=content)


def client_of(api: Api, **more: Any) -> Onrecord:
    """Return a client of an application."""
    return Onrecord("http://test", transport=Bridge(api), retries=Retries(most=0), **more)


def pulled(api: Api, target: Target, **filters: str) -> None:
    """Pull once."""
    with client_of(api) as client, Copy.open(target, "http://test", filters, None) as copy:
        pull(client, copy)


def served_documents(api: Api, filters: Mapping[str, str] | None = None) -> dict[str, JSON]:
    """Return every document that a copy with these filters has, as the lists show them, without quotes."""
    asked = dict(filters or {})
    types = set(asked.pop("types", ",".join(PLURALS)).split(","))
    found: dict[str, JSON] = {}
    for noun in PLURALS:
        if noun in types and all(noun == name or noun in FILTERED[name] for name in asked):
            ask = "".join(f"&{name}={value}" for name, value in asked.items() if name != noun or noun == "place")
            own = asked.get(noun, "").split(",") if noun in FILTERED and noun != "place" else [""]
            for one in api.walk(f"/v1/{PLURALS[noun]}?limit=1000{ask}"):
                if own == [""] or {one["id"], one["slug"]} & set(own):
                    found[one["id"]] = without_quotes(one)
    return found


def copied_documents(copy: Copy) -> dict[str, JSON]:
    """Return every document that the copy shows."""
    return {one: parse(body) for noun in PLURALS for one, body in copy.each_document(noun)}


def served_revisions(api: Api) -> dict[int, tuple[Any, ...]]:
    """Return {seq: (envelope, chain, contents)} of the whole ledger, as the feed gives it now."""
    rows = api.data("/v1/changes?after=0&limit=1000&include=body")
    return {row["seq"]: (row["record_id"], row["operation"], row["chain"], _said(row["contents"])) for row in rows}


def _said(contents: JSON | None) -> tuple[Any, ...]:
    found: list[Any] = []
    for part in ("body", "note"):
        content = contents[part] if contents else None
        found += (content["salt"], content["value"]) if content else (None, None)
    return tuple(found)


def copied_revisions(copy: Copy) -> dict[int, tuple[Any, ...]]:
    """Return the same of the copy."""
    query = (
        "SELECT r.seq, r.record_id, r.operation, r.chain, c.body_salt, c.body, c.note_salt, c.note"
        " FROM revision r LEFT JOIN revision_content c ON c.seq = r.seq"
    )
    return {
        seq: (record_id, operation, chain, (salt, body and parse(body), note_salt, note and parse(note)))
        for seq, record_id, operation, chain, salt, body, note_salt, note in copy.db.rows(query)
    }


def assert_flat(copy: Copy, documents: Mapping[str, JSON], places: Mapping[str, JSON]) -> None:
    """Check that the flat tables are what the documents say."""
    for table in TABLES.values():
        mine = [one for one in documents.values() if one["type"] == table.noun]
        expected = sorted(str(tuple(map(_plain, row))) for one in mine for row in table.rows(one, places.get))
        names = ", ".join(f'"{name}"' for name in table.names)
        kinds = [one.kind for one in table.columns]
        rows = copy.db.rows(f'SELECT {names} FROM "{table.name}"')  # noqa: S608
        assert owner(table) in table.names
        found = sorted(str(tuple(_read(*cell) for cell in zip(row, kinds, strict=True))) for row in rows)
        differing = [pair for pair in zip(found, expected, strict=False) if pair[0] != pair[1]]
        assert (len(found), differing[:1]) == (len(expected), []), table.name


def _plain(cell: Any) -> Any:
    if isinstance(cell, Decimal):
        return f"{cell.normalize():f}"
    return cell if cell is None or isinstance(cell, str | bool | int) else str(cell)


def _read(cell: Any, kind: str) -> Any:
    """Return a cell of a database as the typed row has it, as text."""
    if cell is None:
        return None
    if kind == "boolean":
        return bool(cell)
    if kind == "decimal":
        return f"{Decimal(str(cell)).normalize():f}"
    if kind == "instant":
        return str(cell).replace("T", " ").replace("Z", "+00:00")
    return cell if isinstance(cell, str | int) else str(cell)


def sqlite_target(folder: Path, name: str = "copy") -> Target:
    """Return a target in a folder."""
    return Target.read(f"sqlite:///{folder / name}.db")
