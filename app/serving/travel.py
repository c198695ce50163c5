"""Why this file exists: `as_of`: any record and any list as it stood, minus what is protected now.

An instant, or `seq:` and a revision. Both name the newest state that anybody could read then: the revisions of one
write appear together. Nothing else is taken: a day would be ambiguous, and the future has not been recorded.
"""

import re
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import select
from starlette.requests import Request

from app.finding.parameters import Parameter, Schema
from app.finding.past import PastFinder
from app.finding.times import instant
from app.kit import ids
from app.kit.canonical import JSON, compact
from app.kit.clock import instant_text, parse_instant
from app.ledger import queries as ledger_queries
from app.record.past import Past
from app.record.protection import Hidden
from app.record.queries import HANDLE
from app.record.refs import Entry
from app.serving import strict
from app.serving.problems import ParameterFault, Problem, RetractionView
from app.store.archive import Snapshot

T = TypeVar("T")
_SEQ = re.compile(r"seq:([0-9]{1,18})", re.ASCII)
_INSTANT = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})"
WRITTEN: Schema = {"type": "string", "pattern": f"^({_SEQ.pattern}|{_INSTANT})$"}
AS_OF = Parameter(
    strict.AS_OF,
    "As it stood at an instant (2026-11-22T08:00:00Z), or after a revision of the ledger (seq:219): the facts as "
    "recorded then, in today's shape, minus what is protected now. No text is held in the past.",
    "seq:219",
    WRITTEN,
)
EXPECTED = "expected an instant with its zone such as 2026-11-22T08:00:00Z, or a revision such as seq:219"
# What one record's route says in OpenAPI beside its path.
DESCRIBED: dict[str, Any] = {"parameters": [AS_OF.described()]}


class Moment(NamedTuple):
    """A state of the record: the newest that anybody could read at the time asked for."""

    seq: int
    recorded_at: datetime | None

    def view(self) -> JSON:
        """Return the moment as an answer says it."""
        return {"seq": self.seq, "recorded_at": instant_text(self.recorded_at) if self.recorded_at else None}


def read(text: str) -> int | datetime:
    """Return the revision or the instant that a value of `as_of` names; raises ValueError."""
    found = _SEQ.fullmatch(text)
    if found:
        return int(found[1])
    if "T" not in text:
        raise ValueError(EXPECTED)
    return instant(text)


def at(snapshot: Snapshot, asked: int | datetime) -> Moment:
    """Return the moment that is asked for; raises Problem for one that has not been recorded yet."""
    connection = snapshot.connection
    if isinstance(asked, int):
        seq = asked
        future = seq > ledger_queries.head(connection)[1]
    else:
        seq = ledger_queries.seq_at(connection, asked)
        future = asked > ledger_queries.now(connection)
    if future:
        fault = ParameterFault(AS_OF.name, "expected a time that has come: the future is not recorded", "future")
        raise Problem("invalid_parameter", f"as_of: {fault.detail}", [fault])
    state = ledger_queries.state_at(connection, seq)
    return Moment(state, ledger_queries.instant_of(connection, state))


def past_of(request: Request, snapshot: Snapshot, moment: Moment) -> Past:
    """Return the record as it stood at a moment."""
    return Past(snapshot.connection, request.app.state.nouns, moment.seq)


async def found(
    request: Request, asked: int | datetime, work: Callable[[PastFinder], Awaitable[T]]
) -> tuple[T, Moment]:
    """Do what a list or a comparison does of now, of then; raises Problem."""

    def travel(snapshot: Snapshot) -> tuple[T, Moment]:
        moment = at(snapshot, asked)
        finder = PastFinder(snapshot, past_of(request, snapshot, moment))

        async def done() -> T:
            return await work(finder)

        return snapshot.run(done()), moment

    result: tuple[T, Moment] = await request.app.state.archive.read(travel)
    return result


# --- one record -------------------------------------------------------------------------------------------------------


class Found(NamedTuple):
    """One record of the past: its document, the newest revision that it had, and whether it was retracted since."""

    record_id: str
    seq: int
    document: JSON
    moment: Moment
    retracted: JSON | None

    @property
    def modified(self) -> int:
        """Return when the record had last changed by then, in seconds."""
        return int(parse_instant(self.document["changed_at"]).timestamp())


async def one(request: Request, record_type: str, handle: str, asked: int | datetime) -> Found:
    """Return a record by id or handle as it stood; raises the 404 or 410 of that time, or of now."""

    def travel(snapshot: Snapshot) -> Found:
        moment = at(snapshot, asked)
        return _one(past_of(request, snapshot, moment), moment, record_type, _id(snapshot, record_type, handle))

    result: Found = await request.app.state.archive.read(travel)
    return result


async def within(request: Request, record_type: str, handle: str, asked: int | datetime) -> str:
    """Return the id of a record that was public, for lists inside it; raises what `one` raises."""

    def travel(snapshot: Snapshot) -> str:
        past = past_of(request, snapshot, at(snapshot, asked))
        record_id = _id(snapshot, record_type, handle)
        _public(past, record_type, record_id)
        return record_id

    result: str = await request.app.state.archive.read(travel)
    return result


def _id(snapshot: Snapshot, record_type: str, handle: str) -> str:
    if ids.is_id(handle, record_type):
        return handle
    query = select(HANDLE.c.record_id).where(HANDLE.c.type == record_type, HANDLE.c.handle == handle)
    found: str | None = snapshot.connection.execute(query).scalar()
    return found or ""


def _public(past: Past, record_type: str, record_id: str) -> Entry:
    """Return the row of a record that was public; raises Problem."""
    entry = past.entry(record_id) if record_id else None
    if entry is None:
        raise Problem("not_found", f"there was no {record_type} here by this name at that time")
    if past.shield(record_id).gone:
        raise protected(record_type, past.now(record_id))
    if not entry.public:
        raise gone(entry)
    return entry


def _one(past: Past, moment: Moment, record_type: str, record_id: str) -> Found:
    entry = _public(past, record_type, record_id)
    now = past.now(record_id)
    try:
        past.prepare([record_id])
        document = past.document(record_id)
    except Hidden:
        raise protected(record_type, now) from None
    return Found(record_id, entry.seq, document, moment, None if now.public else retraction(now))


def retraction(entry: Entry) -> JSON:
    """Return when and why a record was retracted."""
    view = RetractionView(
        at=instant_text(entry.retracted_at or entry.changed_at),
        cause=entry.retracted_cause or "",
        note=entry.retracted_note,
        seq=entry.seq,
    )
    return view.model_dump()


def gone(entry: Entry) -> Problem:
    """Return the problem of a record that was retracted."""
    told = retraction(entry)
    detail = f"this {entry.type} was retracted on {told['at'][:10]} ({told['cause']})"
    return Problem("retracted", detail, extra={"retracted": told})


def protected(record_type: str, entry: Entry) -> Problem:
    """Return the problem of a record that nobody gets at any time, or not of that time."""
    if entry.public or entry.retracted_at is None:
        return Problem("protected", f"what this {record_type} said then is withheld to protect somebody")
    return gone(entry)


def enveloped(found: Found, path: str) -> bytes:
    """Return the answer of one record of the past."""
    meta = {"seq": found.seq, "as_of": found.moment.view(), "retracted": found.retracted}
    return compact({"data": found.document, "links": {"self": path, "next": None}, "meta": meta})


def asked_of(given: Mapping[str, str], faults: list[ParameterFault]) -> int | datetime | None:
    """Return what the parameters of a request ask of the past, or null, and a fault for what cannot be read."""
    if AS_OF.name not in given:
        return None
    try:
        return read(given[AS_OF.name])
    except ValueError as error:
        faults.append(ParameterFault(AS_OF.name, str(error), "invalid"))
        return None
