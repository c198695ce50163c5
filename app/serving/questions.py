"""Why this file exists: a query string becomes a question, strictly: what is wrong is all said at once, and nothing is
taken silently.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar
from urllib.parse import unquote_to_bytes

from starlette.requests import Request

from app.finding.filters import Asked, Terms, listed
from app.finding.found import Question
from app.finding.listing import RELEVANCE, Listing
from app.finding.parameters import Misread, Parameter, many, one_of, text, whole
from app.finding.statements import Order
from app.serving import travel
from app.serving.problems import ParameterFault, Problem
from app.serving.suggestions import nearest

E = TypeVar("E", bound=StrEnum)
# Left in every sparse record: without them a number or a claim could be shown without its source.
ALWAYS = frozenset({"id", "type", "version", "status", "attribution", "report", "quantifier", "derived", "withheld"})
Texts = Mapping[str, str]
DEFAULT_LIMIT, MOST = 50, 1000


@dataclass(frozen=True)
class Wanted:
    """What one request asks: the question, the page, and what goes along with it."""

    question: Question
    # The texts of what decides the list: filters and sort; a cursor is bound to them.
    chosen: tuple[tuple[str, str], ...]
    # All texts as they are repeated in links, without the cursor.
    stated: tuple[tuple[str, str], ...]
    sort: str
    limit: int
    cursor: str | None
    count: bool
    as_of: int | datetime | None
    facets: tuple[str, ...]
    fields: frozenset[str] | None


def texts_of(query_string: bytes) -> list[tuple[str, str]]:
    """Return the names and values of a query string; raises Problem for what is not UTF-8."""
    pairs = []
    for pair in query_string.split(b"&"):
        if pair:
            name, _, value = pair.replace(b"+", b" ").partition(b"=")
            try:
                pairs.append((unquote_to_bytes(name).decode(), unquote_to_bytes(value).decode()))
            except UnicodeDecodeError:
                raise Problem("bad_request", "the query is not UTF-8") from None
    return pairs


def chosen(request: Request, name: str, values: type[E], otherwise: E, faults: list[ParameterFault]) -> E:
    """Return the value of a parameter that takes one of a closed list, or the usual one and a fault."""
    text = dict(texts_of(request.scope["query_string"])).get(name, otherwise.value)
    if text not in {one.value for one in values}:
        faults.append(ParameterFault(name, f"expected one of {', '.join(values)}", "invalid"))
        return otherwise
    return values(text)


def whole_number(
    given: Mapping[str, str], name: str, bounds: tuple[int, int, int], faults: list[ParameterFault]
) -> int:
    """Return a whole number within (least, most, usual), or the usual one and a fault."""
    least, most, usual = bounds
    text = given.get(name, str(usual))
    if not (text.isascii() and text.isdigit() and len(text) <= 6 and least <= int(text) <= most):
        detail = f"expected a whole number from {least} to {most}, in plain digits"
        faults.append(ParameterFault(name, detail, "out_of_range"))
        return usual
    return int(text)


CURSOR_PATTERN = "[A-Za-z0-9_-]{1,400}"
PAGING: tuple[Parameter, ...] = (
    Parameter(
        "limit",
        f"How many records a page holds, 1 to {MOST}; {DEFAULT_LIMIT} when not given.",
        DEFAULT_LIMIT,
        whole(1, MOST, DEFAULT_LIMIT),
    ),
    Parameter(
        "cursor",
        "The cursor of a links.next, unchanged; opaque, bound to this list, its filters and sort.",
        "eyJi",
        text(CURSOR_PATTERN),
    ),
)
COUNTING = Parameter("count", "`exact` also counts all records of the list: meta.count.", "exact", one_of(["exact"]))


def sort_parameter(listing: Listing) -> Parameter:
    """Return how `sort` is described."""
    both = [name for name in listing.sorts if name != RELEVANCE]
    names = [*both, *(f"-{name}" for name in both), *(name for name in listing.sorts if name == RELEVANCE)]
    how = f"with a minus, latest first; what is not known comes last; `{listing.usual}` when not given"
    return Parameter("sort", f"The order: {how}.", names[len(both)], one_of(names))


def parameters_of(listing: Listing, fields: frozenset[str]) -> tuple[Parameter, ...]:
    """Return every parameter of a list, in the order of the documentation."""
    counted = list(listing.facets)
    facets = Parameter(
        "facets",
        "Count the matches by these, each without its own filter: meta.facets.",
        next(iter(counted), ""),
        many(one_of(counted), max(1, len(counted))),
    )
    always = ", ".join(sorted(ALWAYS & fields))
    sparse = Parameter(
        "fields",
        f"Only these fields of each record, and always {always}; the others are left out, which the schema cannot say.",
        "id",
        many(one_of(sorted(fields)), len(fields)),
    )
    then = (travel.AS_OF,) if listing.record_type else ()
    return (*listing.parameters, sort_parameter(listing), *then, facets, COUNTING, sparse, *PAGING)


@lru_cache(maxsize=2048)
def read(
    listing: Listing,
    view_fields: frozenset[str],
    fixed: tuple[Asked, ...],
    bound: tuple[tuple[str, str], ...],
    query: bytes,
    faults: tuple[ParameterFault, ...] = (),
) -> Wanted:
    """Return what a query string asks of a list; raises Problem with every fault, those found before among them.

    `fixed` is asked by the path itself; `bound` are texts that choose the list beside filters.
    """
    given = {name: text for name, text in texts_of(query) if (name, text) not in bound}
    in_report = any(_is_report(one) for one in fixed)
    return _Reading(listing, view_fields, given, [*faults], in_report=in_report).wanted(fixed, bound)


def _is_report(asked: Asked) -> bool:
    return isinstance(asked, Terms) and asked.name == "/report"


class _Reading:
    """One query string being read; faults are collected."""

    def __init__(
        self,
        listing: Listing,
        view_fields: frozenset[str],
        given: dict[str, str],
        faults: list[ParameterFault],
        *,
        in_report: bool,
    ) -> None:
        self._listing = listing
        self._view_fields = view_fields
        self._given = given
        self._in_report = in_report
        self._faults = faults

    def wanted(self, fixed: tuple[Asked, ...], bound: tuple[tuple[str, str], ...]) -> Wanted:
        given = self._given
        for name in self._listing.required:
            if name not in given:
                self._fault(name, "expected it: there is nothing to answer without", "missing")
        asked = self._filters()
        sort, order = self._sort()
        limit = whole_number(given, "limit", (1, MOST, DEFAULT_LIMIT), self._faults)
        count = self._one_of("count", ("exact",))
        facets = self._names("facets", frozenset(self._listing.facets))
        fields = self._names("fields", self._view_fields)
        then = self._as_of()
        if self._faults:
            told = "; ".join(f"{fault.parameter}: {fault.detail}" for fault in self._faults)
            raise Problem("invalid_parameter", told, self._faults)
        filters = [(name, text) for name, text in given.items() if name in self._listing.by_parameter]
        sorted_by = [("sort", given["sort"])] if "sort" in given else []
        time = [(travel.AS_OF.name, given[travel.AS_OF.name])] if then is not None else []
        beside = [(name, given[name]) for name in ("count", "facets", "fields") if name in given]
        return Wanted(
            question=Question(self._listing.record_type, (*fixed, *asked), order),
            chosen=(*bound, *filters, *sorted_by, *time),
            stated=(*bound, *filters, *sorted_by, *time, *beside, ("limit", str(limit))),
            sort=sort,
            limit=limit,
            cursor=given.get("cursor"),
            count=count is not None,
            as_of=then,
            facets=facets or (),
            fields=None if fields is None else frozenset(fields) | ALWAYS,
        )

    def _fault(self, parameter: str, detail: str, code: str = "invalid") -> None:
        self._faults.append(ParameterFault(parameter, detail, code))

    def _filters(self) -> list[Asked]:
        asked = []
        by_parameter = self._listing.by_parameter
        for filter_ in dict.fromkeys(by_parameter[name] for name in self._given if name in by_parameter):
            names = [one.name for one in filter_.parameters() if one.name in self._given]
            if empty := [name for name in names if not self._given[name]]:
                for name in empty:
                    self._fault(name, "expected a value")
                continue
            try:
                asked.append(filter_.ask(self._listing.record_type, {name: self._given[name] for name in names}))
            except Misread as error:
                for name, expected in error.faults:
                    self._fault(name, expected)
            except ValueError as error:
                self._fault(names[0], str(error))
        return asked

    def _sort(self) -> tuple[str, Order]:
        listing = self._listing
        text = self._given.get("sort", listing.usual)
        name = text.removeprefix("-")
        if name not in listing.sorts:
            meant = nearest(name, frozenset(listing.sorts))
            self._fault("sort", f"did you mean {meant}?" if meant else f"expected one of {', '.join(listing.sorts)}")
        elif name == RELEVANCE and (text != RELEVANCE or not {"q"} <= {*self._given, *listing.required}):
            self._fault("sort", "expected `relevance` without a minus, together with q")
        elif name == listing.within_report and not self._has_one_report():
            self._fault("sort", f"expected exactly one report together with {name}")
        down = text.startswith("-")
        if name in listing.dates:
            return name, Order(listing.dates[name], down)
        if name == listing.within_report:
            return name, Order(f"{listing.record_type}.{name}", down)
        return name, Order(None, down or name == RELEVANCE)

    def _as_of(self) -> int | datetime | None:
        """Return the time that is asked for; what ranks and counts by the words and values of now does not travel."""
        then = travel.asked_of(self._given, self._faults)
        for name in ("q", "facets"):
            if travel.AS_OF.name in self._given and name in self._given:
                self._fault(travel.AS_OF.name, f"expected it without {name}: search and facets do not travel in time")
        return then

    def _has_one_report(self) -> bool:
        return self._in_report != ("," not in self._given.get("report", ","))

    def _one_of(self, parameter: str, values: tuple[str, ...]) -> str | None:
        text = self._given.get(parameter)
        if text is not None and text not in values:
            self._fault(parameter, f"expected {' or '.join(values)}")
        return text

    def _names(self, parameter: str, known: frozenset[str]) -> tuple[str, ...] | None:
        """Return the names that a list gives, each known; null when the parameter is not there."""
        if parameter not in self._given:
            return None
        try:
            names = listed(self._given[parameter])
        except ValueError as error:
            self._fault(parameter, str(error))
            return ()
        for name in names:
            if name not in known:
                meant = nearest(name, known)
                self._fault(parameter, f"did you mean {meant}?" if meant else f"known here: {', '.join(sorted(known))}")
        return tuple(names)
