"""Why this file exists: the hot path. A stored document is wrapped in the envelope and handed out.

    {"data": …, "links": {"self": …, "next": …}, "meta": {"seq": …, …}}

Validators: one record's entity tag is a digest of its bytes; a list's is made of the ledger's chain and of how often
documents were rendered again, so an unchanged list is a 304 without reading a page.
"""

import re
from email.utils import formatdate
from functools import lru_cache
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from app.kit import ids
from app.kit.clock import instant_text
from app.record import queries
from app.serving import travel
from app.serving.negotiation import known_tag
from app.serving.problems import ParameterFault, Problem, RetractionView
from app.serving.questions import texts_of
from app.store.reader import Reader

HANDLE = re.compile(r"[A-Za-z0-9_-]{1,100}", re.ASCII)
# Retraction must reach everybody at once, so every copy is checked before it is used.
CACHE = "public, no-cache"
# Part of a list's validator: changed when the envelope changes, so that old copies are not taken for new ones.
SHAPE = "3"


def reader_of(request: Request) -> Reader:
    """Return the reader that the application opened."""
    reader: Reader = request.app.state.reader
    return reader


# --- one record -------------------------------------------------------------------------------------------------------


async def one(request: Request, record_type: str, handle: str) -> Response:
    """Answer one record by id or handle: 200, 304, 404, or 410 when it was retracted."""
    reader = reader_of(request)
    if request.scope["query_string"]:
        # The only parameter that such a route knows.
        return await _then(request, reader, record_type, handle)
    if ids.is_id(handle, record_type):
        rows = await reader.rows(queries.DOCUMENT_BY_ID, {"id": handle})
    elif HANDLE.fullmatch(handle):
        rows = await reader.rows(queries.DOCUMENT_BY_HANDLE, {"type": record_type, "handle": handle})
    else:
        rows = []
    if not rows:
        raise await absent(reader, record_type, handle)
    record_id, seq, etag, modified_at, body = rows[0]
    plural = ids.PLURALS[record_type]
    headers = {
        "ETag": f'"{etag}"',
        "Last-Modified": _http_date(modified_at),
        "Cache-Control": CACHE,
        "Link": f'</v1/{plural}/{record_id}>; rel="canonical", </v1/{plural}>; rel="collection"',
    }
    if (unchanged := not_modified(request, etag, headers)) is not None:
        return unchanged
    content = (
        b'{"data":%b,"links":{"self":"/v1/%b/%b","next":null},"meta":{"seq":%d,"as_of":null,"retracted":null}}'
        % (
            body,
            plural.encode(),
            record_id.encode(),
            seq,
        )
    )
    return Response(content, 200, headers, "application/json")


async def _then(request: Request, reader: Reader, record_type: str, handle: str) -> Response:
    """Answer one record as it stood; it changes with what is protected, so with any write, as lists do."""
    texts = dict(texts_of(request.scope["query_string"]))
    faults: list[ParameterFault] = []
    asked = travel.asked_of(texts, faults)
    if asked is None:
        raise Problem("invalid_parameter", "; ".join(f"{one.parameter}: {one.detail}" for one in faults), faults)
    if not HANDLE.fullmatch(handle):
        raise Problem("not_found", f"there was no {record_type} here by this name at that time")
    if (unchanged := await unchanged_list(request, reader)) is not None:
        return unchanged
    # The state is read first: so a validator never stands for more than was read.
    ((chain, _, generation),) = await reader.rows(queries.HEAD_STATE, {})
    found = await travel.one(request, record_type, handle, asked)
    plural = ids.PLURALS[record_type]
    here = f"/v1/{plural}/{found.record_id}"
    link = f'<{here}>; rel="canonical", <{here}>; rel="latest-version", </v1/{plural}>; rel="collection"'
    path = f"{here}?{travel.AS_OF.name}={quote(texts[travel.AS_OF.name], safe=',:')}"
    headers = {**list_headers(list_tag(chain, generation)), "Link": link, "Last-Modified": _http_date(found.modified)}
    return Response(travel.enveloped(found, path), 200, headers, "application/json")


@lru_cache(maxsize=4096)
def _http_date(seconds: int) -> str:
    """Return an instant as HTTP dates it; many records share one."""
    return formatdate(seconds, usegmt=True)


def not_modified(request: Request, etag: str, headers: dict[str, str]) -> Response | None:
    """Return a 304 when the client has the current representation, or null."""
    # Several lines of one header are one list (RFC 9110, 5.3).
    given = request.headers.getlist("if-none-match")
    if not given:
        return None
    tag = known_tag(",".join(given), etag, ",".join(request.headers.getlist("accept-encoding"))[:1000])
    return Response(status_code=304, headers={**headers, "ETag": tag}) if tag else None


async def absent(reader: Reader, record_type: str, handle: str) -> Problem:
    """Return why there is no document: retracted (410, with when and why), or nothing that we say more of (404)."""
    missing = Problem("not_found", f"there is no {record_type} here by this name")
    record_id = handle
    if not ids.is_id(handle, record_type):
        if not HANDLE.fullmatch(handle):
            return missing
        named = await reader.rows(queries.RECORD_BY_HANDLE, {"type": record_type, "handle": handle})
        if not named:
            return missing
        record_id = named[0][0]
    retracted = await reader.rows(queries.RETRACTION_BY_ID, {"id": record_id})
    if not retracted:
        return missing
    _, seq, at, cause, note = retracted[0]
    # The driver hands out an instant in the zone of the server, or the text that is stored.
    at_text = at if isinstance(at, str) else instant_text(at)
    view = RetractionView(at=at_text, cause=cause, note=note, seq=seq)
    why = f": {note}" if note else ""
    detail = f"this {record_type} was retracted on {at_text[:10]} ({cause}){why}"
    return Problem("retracted", detail, extra={"retracted": view.model_dump()})


async def require(request: Request, record_type: str, handle: str) -> str:
    """Return the id of a record that is public, or was at the time asked for, for lists inside it.

    Raises the 404 or 410 that the record itself gives, then.
    """
    texts, faults = dict(texts_of(request.scope["query_string"])), list[ParameterFault]()
    asked = travel.asked_of(texts, faults)
    if faults:
        # The list refuses it, with whatever else is wrong.
        return handle
    if asked is not None:
        return await travel.within(request, record_type, handle, asked)
    reader = reader_of(request)
    if ids.is_id(handle, record_type):
        rows = await reader.rows(queries.PRESENCE_BY_ID, {"id": handle})
    elif HANDLE.fullmatch(handle):
        rows = await reader.rows(queries.PRESENCE_BY_HANDLE, {"type": record_type, "handle": handle})
    else:
        rows = []
    if not rows:
        raise await absent(reader, record_type, handle)
    found: str = rows[0][0]
    return found


# --- lists ------------------------------------------------------------------------------------------------------------


async def unchanged_list(request: Request, reader: Reader) -> Response | None:
    """Return a 304 when the client has a list as it is now, or null; no page is read for it."""
    if "if-none-match" not in request.headers:
        return None
    ((chain, _, generation),) = await reader.rows(queries.HEAD_STATE, {})
    etag = list_tag(chain, generation)
    return not_modified(request, etag, list_headers(etag))


def list_tag(chain: str, generation: int) -> str:
    """Return the opaque part of the strong validator of every list as it is now.

    The chain stands for every revision until now. A seq does not: after a backup is restored, it is given out again.
    """
    return f"{chain[:16]}-{generation}-{SHAPE}"


def list_headers(etag: str) -> dict[str, str]:
    """Return the headers that every list's answer has."""
    return {"ETag": f'"{etag}"', "Cache-Control": CACHE}
