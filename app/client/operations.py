"""Why this file exists: everything that can be asked, written once and typed for both faces.

`client.claim(...)` is a record for `Onrecord` and awaitable for `AsyncOnrecord`; `client.claims(...)` is iterated with
`for` or with `async for`. The descriptors below say which, so that editors and type checkers know it too.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, Generic, ParamSpec, Protocol, TypeVar, cast, overload
from urllib.parse import quote

from pydantic import TypeAdapter, ValidationError

from app.client import frames
from app.client.errors import NotUnderstood
from app.client.exchange import Exchange, Filter, Manners, query
from app.client.models import (
    ActorView,
    ChangeView,
    ClaimTableView,
    ClaimView,
    ComparisonView,
    CrisisView,
    FigureView,
    HitView,
    LedgerHeadView,
    Page,
    PlaceView,
    RelationView,
    ReportView,
    VocabularyView,
)
from app.client.names import shown
from app.exports.tables import Value
from app.kit.canonical import JSON, compact, parse
from app.kit.ids import PLURALS, type_of

if TYPE_CHECKING:
    from app.client.clients import AsyncOnrecord, Onrecord

P = ParamSpec("P")
T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class ReadOne(Protocol[T_co]):
    """Read one record by id, slug or code; `as_of` an instant or `seq:N` reads it as it stood then."""

    def __call__(self, name: str, *, as_of: str | None = None) -> T_co:
        """Read it."""
        ...


class ReadMany(Protocol[T_co]):
    """Read a list with its filters, page after page as they are needed."""

    def __call__(self, **filters: Filter) -> T_co:
        """Read it."""
        ...


class One(Generic[T]):
    """The operation that reads one record of a list."""

    def __init__(self, view: type[T], path: str) -> None:
        self._adapter = TypeAdapter(view)
        self._path = path

    @overload
    def __get__(self, client: Onrecord, owner: type[Onrecord]) -> ReadOne[T]: ...
    @overload
    def __get__(self, client: AsyncOnrecord, owner: type[AsyncOnrecord]) -> ReadOne[Awaitable[T]]: ...
    def __get__(self, client: Any, owner: Any) -> Any:
        """Bind it to a client."""
        return lambda name, as_of=None: client.run(self._read(client.manners, name, as_of))

    def _read(self, manners: Manners, name: str, as_of: str | None) -> Exchange[T]:
        reply = yield from manners.ask(query(f"{self._path}/{quote(name, safe='')}", {"as_of": as_of}))
        return understood(self._adapter, _data(reply.content))


class Many(Generic[T]):
    """The operation that reads a list."""

    def __init__(self, view: type[T], path: str) -> None:
        self._adapter = TypeAdapter(view)
        self._path = path

    @overload
    def __get__(self, client: Onrecord, owner: type[Onrecord]) -> ReadMany[Iterator[T]]: ...
    @overload
    def __get__(self, client: AsyncOnrecord, owner: type[AsyncOnrecord]) -> ReadMany[AsyncIterator[T]]: ...
    def __get__(self, client: Any, owner: Any) -> Any:
        """Bind it to a client."""
        return lambda **filters: client.walk(self.page, query(self._path, filters))

    def page(self, manners: Manners, path: str) -> Exchange[Page[T]]:
        """Return one page."""
        page = yield from documents(manners, path)
        return Page([understood(self._adapter, one) for one in page.data], page.next, page.meta)


class operation(Generic[P, T]):  # noqa: N801 - it is read as a decorator
    """An exchange as a method of both faces."""

    def __init__(self, function: Callable[Concatenate[Operations, P], Exchange[T]]) -> None:
        self._function = function
        self.__doc__ = function.__doc__

    @overload
    def __get__(self, client: Onrecord, owner: type[Onrecord]) -> Callable[P, T]: ...
    @overload
    def __get__(self, client: AsyncOnrecord, owner: type[AsyncOnrecord]) -> Callable[P, Awaitable[T]]: ...
    def __get__(self, client: Any, owner: Any) -> Any:
        """Bind it to a client."""
        return lambda *given, **named: client.run(self._function(client, *given, **named))


def documents(manners: Manners, path: str, patience: float = 0) -> Exchange[Page[JSON]]:
    """Return one page of a list, its records as they were sent; raises NotUnderstood."""
    reply = yield from manners.ask(path, patience)
    try:
        answer = parse(reply.content)
        return Page(answer["data"], answer["links"]["next"], answer["meta"])
    except (ValueError, KeyError, TypeError) as error:
        raise NotUnderstood(f"{path}: the answer is no list of Onrecord's: {error}") from None


def understood(adapter: TypeAdapter[T], value: Any) -> T:
    """Return a value as its view: strict on what must be there, at ease with fields that were added since."""
    try:
        return adapter.validate_python(value, extra="ignore")
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = "/".join(str(part) for part in first["loc"])
        raise NotUnderstood(f"the answer is not as the contract says: {where}: {first['msg']}") from None


def _data(content: bytes) -> JSON:
    try:
        return cast(JSON, parse(content)["data"])
    except (ValueError, KeyError, TypeError) as error:
        raise NotUnderstood(f"the answer is none of Onrecord's: {error}") from None


def plural_of(record_id: str) -> str:
    """Return the path of the list that a record stands in; raises NotUnderstood for what is no id."""
    try:
        return PLURALS[type_of(record_id)]
    except KeyError:
        raise NotUnderstood(f"{record_id!r} is no id; slugs are found by the lists of each noun") from None


class Operations:
    """Everything that can be asked of a server; `Onrecord` and `AsyncOnrecord` inherit it."""

    manners: Manners

    claim = One(ClaimView, "/v1/claims")
    claims = Many(ClaimView, "/v1/claims")
    figure = One(FigureView, "/v1/figures")
    figures = Many(FigureView, "/v1/figures")
    report = One(ReportView, "/v1/reports")
    reports = Many(ReportView, "/v1/reports")
    actor = One(ActorView, "/v1/actors")
    actors = Many(ActorView, "/v1/actors")
    place = One(PlaceView, "/v1/places")
    places = Many(PlaceView, "/v1/places")
    crisis = One(CrisisView, "/v1/crises")
    crises = Many(CrisisView, "/v1/crises")
    relation = One(RelationView, "/v1/relations")
    relations = Many(RelationView, "/v1/relations")
    vocabulary = One(VocabularyView, "/v1/vocabularies")
    vocabularies = Many(VocabularyView, "/v1/vocabularies")
    compare = Many(ComparisonView, "/v1/compare")
    search = Many(HitView, "/v1/search")
    changes = Many(ChangeView, "/v1/changes")

    @operation
    def compare_claims(self, /, **filters: Filter) -> Exchange[ClaimTableView]:
        """Lay the claims of one page out by voice and theme."""
        reply = yield from self.manners.ask(query("/v1/compare/claims", filters))
        return understood(TypeAdapter(ClaimTableView), _data(reply.content))

    @operation
    def history(self, record_id: str) -> Exchange[list[JSON]]:
        """Return every public revision of a record, newest first, with what changed and why."""
        found: list[JSON] = []
        path: str | None = f"/v1/{plural_of(record_id)}/{record_id}/history?limit=1000"
        while path is not None:
            page = yield from documents(self.manners, path)
            found += page.data
            path = page.next
        return found

    @operation
    def head(self) -> Exchange[LedgerHeadView]:
        """Return where the ledger stands, signed when the operator has set a key."""
        reply = yield from self.manners.ask("/v1/ledger/head")
        return understood(TypeAdapter(LedgerHeadView), _data(reply.content))

    @operation
    def to_frame(self, table: str, /, **filters: Filter) -> Exchange[Any]:
        """Return a whole list as a pandas data frame: the columns of its export, each with its right type."""
        wanted = frames.table_of(table)
        rows: list[tuple[Value, ...]] = []
        places: dict[str, JSON | None] = {}
        path: str | None = query(f"/v1/{PLURALS[wanted.noun]}", {"limit": 1000, **filters})
        while path is not None:
            page = yield from documents(self.manners, path)
            yield from self._places(page.data, places)
            rows += [row for one in page.data for row in wanted.rows(one, places.get)]
            path = page.next
        return frames.frame(wanted, rows)

    def _places(self, found: list[JSON], places: dict[str, JSON | None]) -> Exchange[None]:
        """Bring the places that documents name to hand: rows tell the areas around them."""
        named = {name for one in found for name in shown(compact(one), one["id"]) if name.startswith("plc_")}
        new = sorted(named - places.keys())
        for at in range(0, len(new), 100):
            some = new[at : at + 100]
            page = yield from documents(self.manners, query("/v1/places", {"id": some, "limit": 100}))
            places.update(dict.fromkeys(some))
            places.update((one["id"], one) for one in page.data)

    @operation
    def documents(self, path: str) -> Exchange[Page[JSON]]:
        """Return one page of any list by its path, the records as they were sent."""
        return (yield from documents(self.manners, path))

    @operation
    def export(self, table: str, form: str, to: str | Path, /, **filters: Filter) -> Exchange[Path]:
        """Write an export into a file, whole or not at all; return its path."""
        target = Path(to)
        partial = target.with_name(f".{target.name}.{os.getpid()}.part")
        try:
            with partial.open("wb") as file:
                yield from self.manners.fetch(query(f"/v1/exports/{table}.{form}", filters), file)
            partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)
        return target
