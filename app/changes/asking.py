"""Why this file exists: what the change feed can be asked, and a query string becoming that, strictly."""

from dataclasses import dataclass
from functools import lru_cache

from app.changes import cursors
from app.changes.cursors import BEGINNING, PATTERN, Place
from app.finding.filters import Codes, Filter, Records, Terms, Value, listed
from app.finding.parameters import Parameter, Schema, many, one_of, text, whole
from app.kit.ids import PREFIXES
from app.serving.problems import ParameterFault, Problem
from app.serving.questions import texts_of, whole_number
from app.serving.suggestions import nearest

DEFAULT_LIMIT, MOST, LONGEST_WAIT = 200, 1000, 60
INCLUDED = ("body", "document")


class Types(Filter):
    """The types of records whose changes are wanted."""

    def written(self) -> Schema:
        """A type is one of these."""
        return one_of(PREFIXES)

    def value(self, given: str) -> Value:
        """Return a type; raises ValueError with the nearest."""
        if given not in PREFIXES:
            meant = nearest(given, PREFIXES)
            raise ValueError(f"did you mean {meant}?" if meant else f"expected any of {', '.join(PREFIXES)}")
        return Value(given)


TYPES = Types("types", "Types of records.", "claim")
FILTERS: tuple[Filter, ...] = (
    TYPES,
    Records("crisis", "What belongs to these crises, by id or slug.", "syria-civil-war"),
    Records("place", "What is at these places or inside them, by id, slug or P-code.", "aleppo"),
    Codes("theme", "What is about these themes.", "health"),
    Records("report", "These reports and what stands in them, by id or slug.", "aleppo-2016-12"),
)
PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        "after",
        "Where you stand: 0 for the beginning, the seq of a revision, or what links.next has, which also proves that "
        "nothing was rewritten before it.",
        "0",
        text(PATTERN),
    ),
    Parameter(
        "limit",
        f"How many changes a page holds, 1 to {MOST}; {DEFAULT_LIMIT} when not given.",
        DEFAULT_LIMIT,
        whole(1, MOST, DEFAULT_LIMIT),
    ),
    *(parameter for one in FILTERS for parameter in one.parameters()),
    Parameter(
        "include",
        "`body` gives the contents of every revision with the salts that prove them; `document` gives the record as it "
        "is now, on its newest revision.",
        "body",
        many(one_of(INCLUDED), len(INCLUDED)),
    ),
    Parameter(
        "proof",
        "`full` also gives the envelopes that no filter matches, bare, so that the chain can be verified.",
        "full",
        one_of(["full"]),
    ),
    Parameter(
        "wait",
        f"Seconds to wait for a change when there is none yet, up to {LONGEST_WAIT}; 0 when not given.",
        0,
        whole(0, LONGEST_WAIT, 0),
    ),
)


@dataclass(frozen=True)
class Asked:
    """What one request asks of the feed."""

    after: Place
    limit: int
    types: frozenset[str]
    terms: tuple[Terms, ...]
    body: bool
    document: bool
    full: bool
    wait: int
    # All texts as links repeat them, without `after`.
    stated: tuple[tuple[str, str], ...]

    @property
    def filtered(self) -> bool:
        """Whether not everything is wanted."""
        return bool(self.types or self.terms)


@lru_cache(maxsize=512)
def read(query: bytes) -> Asked:
    """Return what a query string asks; raises Problem with every fault."""
    given = dict(texts_of(query))
    faults: list[ParameterFault] = []
    asked = {one.name: _terms(one, given, faults) for one in FILTERS if one.name in given}
    types = asked.pop("types", None)
    include = _included(given, faults)
    if given.get("proof", "full") != "full":
        faults.append(ParameterFault("proof", "expected full", "invalid"))
    limit = whole_number(given, "limit", (1, MOST, DEFAULT_LIMIT), faults)
    wait = whole_number(given, "wait", (0, LONGEST_WAIT, 0), faults)
    after = _after(given, faults)
    if faults:
        raise Problem("invalid_parameter", "; ".join(f"{one.parameter}: {one.detail}" for one in faults), faults)
    names = [parameter.name for parameter in PARAMETERS if parameter.name in given]
    return Asked(
        after=after,
        limit=limit,
        types=frozenset(value.value for value in types.values) if types else frozenset(),
        terms=tuple(one for one in asked.values() if one is not None),
        body="body" in include,
        document="document" in include,
        full="proof" in given,
        wait=wait,
        stated=tuple((name, given[name]) for name in names if name != "after"),
    )


def _terms(one: Filter, given: dict[str, str], faults: list[ParameterFault]) -> Terms | None:
    try:
        values = tuple(one.value(value) for value in listed(given[one.name]))
    except ValueError as error:
        faults.append(ParameterFault(one.name, str(error), "invalid"))
        return None
    return Terms(one.name, (one.name,), values, one.vocabulary)


def _included(given: dict[str, str], faults: list[ParameterFault]) -> frozenset[str]:
    if "include" not in given:
        return frozenset()
    names = given["include"].split(",")
    if not set(names) <= set(INCLUDED) or len(set(names)) < len(names):
        faults.append(ParameterFault("include", f"expected any of {', '.join(INCLUDED)}, each once", "invalid"))
    return frozenset(names)


def _after(given: dict[str, str], faults: list[ParameterFault]) -> Place:
    if "after" not in given:
        return BEGINNING
    try:
        return cursors.read(given["after"])
    except ValueError as error:
        faults.append(ParameterFault("after", str(error), "invalid"))
        return BEGINNING
