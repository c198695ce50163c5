"""Why this file exists: history over HTTP, the same two routes for every noun: parse, call once, return."""

import inspect
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any

from fastapi import APIRouter, Path
from starlette.requests import Request
from starlette.responses import Response

from app.actors.schemas import ActorView
from app.catalogue import NOUNS
from app.claims.views import ClaimView
from app.crises.schemas import CrisisView
from app.figures.schemas import FigureView
from app.finding.found import State
from app.history import reading
from app.history.views import HistoryAnswer, RevisionAnswer
from app.kit import cursors, ids
from app.kit.canonical import JSON, compact
from app.kit.schema import View
from app.places.schemas import PlaceView
from app.record.documents import entity_tag
from app.record.noun import Noun
from app.record.queries import HEAD_STATE
from app.relations.schemas import RelationView
from app.reports.schemas import ReportView
from app.serving import answers, lists
from app.serving.envelope import described
from app.serving.parameters import Id, IdOrCode, IdOrSlug
from app.serving.problems import ParameterFault, Problem
from app.serving.questions import DEFAULT_LIMIT, MOST, PAGING, texts_of, whole_number
from app.serving.strict import DocumentRoute
from app.store.archive import Archive, Snapshot
from app.vocabulary.schemas import VocabularyView

router = APIRouter(tags=["history"], route_class=DocumentRoute)
BY_TYPE: Mapping[str, Noun] = MappingProxyType({noun.type: noun for noun in NOUNS})
VIEWS: Mapping[str, type[View]] = MappingProxyType(
    {
        "claim": ClaimView,
        "figure": FigureView,
        "report": ReportView,
        "crisis": CrisisView,
        "actor": ActorView,
        "place": PlaceView,
        "relation": RelationView,
        "vocabulary": VocabularyView,
    }
)
Name = Annotated[str, Path(description="Id of the list, or its name.", examples=["measure"])]
Version = Annotated[str, Path(description="Number of the revision, from 1, in plain digits.", examples=["1"])]
_HANDLES: Mapping[str, Any] = MappingProxyType(
    {"claim": Id, "figure": Id, "relation": Id, "place": IdOrCode, "vocabulary": Name}
)
_VERSION = re.compile(r"[1-9][0-9]{0,8}", re.ASCII)
_RELATIONS = ("canonical", "latest_version", "version_history", "predecessor_version", "successor_version")


def archive_of(request: Request) -> Archive:
    """Return the archive that the application opened."""
    archive: Archive = request.app.state.archive
    return archive


async def history(request: Request, noun: Noun, handle: str) -> Response:
    """Answer a page of a record's revisions, newest first: 200, 304, 400, 404, or 410 when it is gone."""
    if not answers.HANDLE.fullmatch(handle):
        raise Problem("not_found", f"there is no {noun.type} here by this name")
    given = dict(texts_of(request.scope["query_string"]))
    limit = _limit(given)

    def work(snapshot: Snapshot) -> Response:
        record = reading.found(snapshot, noun, handle)
        path = f"/v1/{ids.PLURALS[noun.type]}/{record.record_id}/history"
        binding = cursors.binding(path, {})
        before = _before(given.get("cursor"), binding)
        ((chain, seq, generation),) = snapshot.run(snapshot.reader.rows(HEAD_STATE, {}))
        etag = answers.list_tag(chain, generation)
        if (unchanged := answers.not_modified(request, etag, answers.list_headers(etag))) is not None:
            return unchanged
        data, more = reading.History(snapshot.connection, noun, record).page(before, limit)
        following = cursors.encode(binding, (data[-1]["version"],)) if more else None
        meta = {"seq": seq, "limit": limit, "retracted": record.retracted}
        stated = (("limit", str(limit)),)
        state = State(chain, seq, generation)
        return lists.enveloped(path, stated, given.get("cursor"), following, compact(data), state, meta)

    return await archive_of(request).read(work)


def _limit(given: Mapping[str, str]) -> int:
    faults: list[ParameterFault] = []
    limit = whole_number(given, "limit", (1, MOST, DEFAULT_LIMIT), faults)
    if faults:
        raise Problem("invalid_parameter", f"limit: {faults[0].detail}", faults)
    return limit


def _before(cursor: str | None, binding: str) -> int | None:
    """Return the version below which a page begins; raises Problem."""
    if cursor is None:
        return None
    try:
        return cursors.decode(cursor, binding, 1)[0]
    except cursors.CursorError as error:
        raise Problem("invalid_cursor", str(error)) from None


async def revision(request: Request, noun: Noun, handle: str, version: str) -> Response:
    """Answer a record as one revision left it: 200, 304, 404, or 410 when that is withheld.

    It never changes but for what is protected, its neighbours and our shapes; so it is checked like everything else.
    """
    if not answers.HANDLE.fullmatch(handle) or not _VERSION.fullmatch(version):
        raise Problem("not_found", f"there is no such version of a {noun.type} here")

    def work(snapshot: Snapshot) -> JSON:
        return reading.revision(snapshot, BY_TYPE, noun, handle, int(version))

    answer = await archive_of(request).read(work)
    content, links = compact(answer), answer["links"]
    etag = entity_tag(answer["meta"]["seq"], content)
    related = ", ".join(f'<{links[one]}>; rel="{one.replace("_", "-")}"' for one in _RELATIONS if links[one])
    headers = {**answers.list_headers(etag), "Link": related}
    unchanged = answers.not_modified(request, etag, answers.list_headers(etag))
    return unchanged or Response(content, 200, headers, "application/json")


def _add_routes(noun: Noun) -> None:
    """Lay the two routes of a noun into the room's router."""
    record_type, plural = noun.type, ids.PLURALS[noun.type]
    parameter = "name" if record_type == "vocabulary" else record_type
    handle = _HANDLES.get(record_type, IdOrSlug)
    answer: Any = RevisionAnswer

    async def list_revisions(request: Request, **path: str) -> Response:
        """Every public revision, newest first: when, in what role and why it was made, and what it changed."""
        return await history(request, noun, path[parameter])

    async def get_revision(request: Request, **path: str) -> Response:
        """A permalink: the record as this revision left it, in today's shape, minus what is protected now."""
        return await revision(request, noun, path[parameter], path["version"])

    _sign(list_revisions, {parameter: handle})
    _sign(get_revision, {parameter: handle, "version": Version})
    router.add_api_route(
        f"/v1/{plural}/{{{parameter}}}/history",
        list_revisions,
        operation_id=f"list_revisions_of_{record_type}",
        response_model=HistoryAnswer,
        responses=described(400, 404, 410),
        summary=f"History of a {record_type}",
        openapi_extra=lists.described_parameters(PAGING),
    )
    router.add_api_route(
        f"/v1/{plural}/{{{parameter}}}/revisions/{{version}}",
        get_revision,
        operation_id=f"get_revision_of_{record_type}",
        response_model=answer[VIEWS[record_type]],
        responses=described(400, 404, 410),
        summary=f"One revision of a {record_type}",
    )


def _sign(endpoint: Any, path: Mapping[str, Any]) -> None:
    """Give an endpoint the parameters of its path, which differ by noun, for the documentation."""
    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    parameters = [inspect.Parameter("request", kind, annotation=Request)]
    parameters += [inspect.Parameter(name, kind, annotation=annotation) for name, annotation in path.items()]
    endpoint.__signature__ = inspect.Signature(parameters, return_annotation=Response)


for _type in VIEWS:
    _add_routes(BY_TYPE[_type])
