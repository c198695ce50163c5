"""Why this file exists: the change feed and the ledger's head over HTTP: parse, call, return."""

import asyncio
import hashlib
from functools import partial

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.changes import asking, head
from app.changes.asking import Asked
from app.changes.cursors import Place
from app.changes.feed import Forked, Page, page
from app.changes.views import ChangesAnswer, LedgerHeadAnswer
from app.changes.waiting import Waiters
from app.finding.planning import UnknownCodes
from app.kit.canonical import compact
from app.serving import lists
from app.serving.answers import list_headers, list_tag, not_modified, reader_of, unchanged_list
from app.serving.envelope import described
from app.serving.problems import Problem
from app.serving.strict import DocumentRoute
from app.store.archive import Archive

router = APIRouter(tags=["changes"], route_class=DocumentRoute)
FEED, HEAD = "/v1/changes", "/v1/ledger/head"


@router.get(
    FEED,
    operation_id="list_changes",
    response_model=ChangesAnswer,
    responses=described(400, 409),
    summary="What changed",
    openapi_extra=lists.described_parameters(asking.PARAMETERS),
)
async def list_changes(request: Request) -> Response:
    """Follow every public revision in the order of commits: nothing is missed, nothing comes twice."""
    asked = asking.read(request.scope["query_string"])
    if not asked.wait and (unchanged := await unchanged_list(request, reader_of(request))) is not None:
        return unchanged
    try:
        found = await _awaited(request, asked)
    except UnknownCodes as error:
        raise lists.unknown_codes(error) from None
    except Forked as error:
        raise _forked(error) from None
    return _answer(request, asked, found)


async def _awaited(request: Request, asked: Asked) -> Page:
    """Return a page; when nothing has come yet, that of the first change within the time that the client waits."""
    waiters: Waiters = request.app.state.waiters
    loop = asyncio.get_running_loop()
    until = loop.time() + min(asked.wait, waiters.longest)
    found = await _page(request, asked, asked.after)
    while found.complete and not found.count:
        if not await waiters.moved(found.head.chain, until - loop.time(), request.receive):
            break
        found = await _page(request, asked, found.through)
    return found


async def _page(request: Request, asked: Asked, start: Place) -> Page:
    archive: Archive = request.app.state.archive
    waiters: Waiters = request.app.state.waiters
    # All who waited read at once: they queue here, where a place in the queue costs nothing.
    async with waiters.turns:
        return await archive.read(partial(page, asked=asked, start=start))


def _forked(error: Forked) -> Problem:
    common = error.common
    forked = {
        "ledger": error.ledger,
        "last_common_seq": common.seq if common else None,
        "chain": common.chain if common else None,
    }
    where = f"the last revision of both is {common.seq}" if common else "where both still agreed is not known here"
    return Problem(
        "ledger_forked", f"you stand on revisions that are not in this ledger; {where}", extra={"forked": forked}
    )


def _answer(request: Request, asked: Asked, found: Page) -> Response:
    etag = list_tag(found.head.chain, found.head.generation)
    headers = list_headers(etag)
    if asked.wait and (unchanged := not_modified(request, etag, headers)) is not None:
        return unchanged
    self_url = lists.url(FEED, (("after", asked.after.text()), *asked.stated))
    next_url = lists.url(FEED, (*asked.stated, ("after", found.through.text())))
    headers["Link"] = f'<{self_url}>; rel="self", <{next_url}>; rel="next"'
    meta = {
        "seq": found.head.seq,
        "limit": asked.limit,
        "ledger": found.head.ledger,
        "after": asked.after.seq,
        "through": found.through.seq,
        "chain": found.through.chain,
        "complete": found.complete,
        "verifiable": found.verifiable(asked.after),
    }
    links = {"self": self_url, "next": next_url}
    content = b'{"data":%b,"links":%b,"meta":%b}' % (found.data, compact(links), compact(meta))
    return Response(content, 200, headers, "application/json")


@router.get(
    HEAD,
    operation_id="get_ledger_head",
    response_model=LedgerHeadAnswer,
    responses=described(400),
    summary="Where the ledger stands",
)
async def get_ledger_head(request: Request) -> Response:
    """Return the newest revision and its chain, signed when the operator has set a key: keep it somewhere else."""
    data = await head.read(reader_of(request), request.app.state.signer)
    links = {"self": HEAD, "next": None}
    content = compact({"data": data, "links": links, "meta": {"seq": data["seq"]}})
    etag = hashlib.sha256(content).hexdigest()[:20]
    headers = list_headers(etag)
    if (unchanged := not_modified(request, etag, headers)) is not None:
        return unchanged
    return Response(content, 200, {**headers, "Link": f'<{HEAD}>; rel="self"'}, "application/json")
