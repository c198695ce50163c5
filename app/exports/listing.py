"""Why this file exists: what an export can be asked: all that its noun's list can be asked, but pages of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from app.actors.listing import ACTORS
from app.claims.listing import CLAIMS
from app.exports.columns import Table
from app.exports.formats import PRESENTERS
from app.figures.listing import FIGURES
from app.finding.found import Question
from app.finding.listing import RELEVANCE, Listing
from app.finding.parameters import BOOLEAN, Parameter, many, one_of
from app.places.listing import PLACES
from app.relations.listing import RELATIONS
from app.reports.listing import REPORTS
from app.serving.problems import ParameterFault, Problem
from app.serving.questions import read, sort_parameter, texts_of
from app.vocabulary.listing import VOCABULARIES

LISTINGS: Mapping[str, Listing] = MappingProxyType(
    {one.record_type: one for one in (VOCABULARIES, PLACES, ACTORS, REPORTS, CLAIMS, FIGURES, RELATIONS)}
)
TOMBSTONES = "tombstones"
INCLUDE = Parameter(
    "include",
    "`tombstones` adds, after all others, a row without facts for every record of this kind that was retracted: id, "
    "status, when and why; `gone` is to be erased from copies. Filters do not apply to them.",
    TOMBSTONES,
    many(one_of([TOMBSTONES]), 1),
)
BOM = Parameter(
    "bom", "CSV only: begin with a byte order mark, by which Excel tells that the text is UTF-8.", "true", BOOLEAN
)
LONGEST_REMEMBERED = 500


@dataclass(frozen=True)
class Choice:
    """What one export asks.

    texts: its parameters as links repeat them. selected: whether a filter is among them.
    """

    question: Question
    texts: tuple[tuple[str, str], ...]
    selected: bool
    tombstones: bool
    bom: bool


def parameters(table: Table) -> tuple[Parameter, ...]:
    """Return every parameter of a table's exports."""
    listing = LISTINGS[table.noun]
    included = (INCLUDE,) if table.tombstones else ()
    return (*listing.parameters, _sort(listing), *included, BOM)


def _sort(listing: Listing) -> Parameter:
    """Return the sorts of a list, but the one that ranks only the newest matches."""
    sort = sort_parameter(listing)
    return sort._replace(schema=one_of([one for one in sort.schema["enum"] if one != RELEVANCE]))


def choice(table: Table, extension: str, query: bytes) -> Choice:
    """Return what a query string asks; raises Problem with every fault."""
    given = dict(texts_of(query))
    own = tuple((name, given[name]) for name in ("include", "bom") if name in given)
    faults = [*_own_faults(dict(own), extension)]
    if given.get("sort") == RELEVANCE:
        faults.append(ParameterFault("sort", "expected an order of all matches: relevance ranks the newest", "invalid"))
    reading = read if len(query) <= LONGEST_REMEMBERED else read.__wrapped__
    wanted = reading(LISTINGS[table.noun], frozenset(), (), own, query, tuple(faults))
    filters = LISTINGS[table.noun].by_parameter
    return Choice(
        question=wanted.question,
        texts=wanted.chosen,
        selected=any(name in filters for name, _ in wanted.chosen),
        tombstones="include" in given,
        bom=given.get("bom") == "true",
    )


def included(query: bytes) -> bool:
    """Return whether a query string asks for tombstones, where nothing else can be asked; raises Problem."""
    given = dict(texts_of(query))
    if faults := _own_faults(given, "csv"):
        raise Problem("invalid_parameter", f"include: {faults[0].detail}", faults)
    return "include" in given


def _own_faults(own: Mapping[str, str], extension: str) -> list[ParameterFault]:
    """Return what is wrong with the parameters that only exports have."""
    faults = []
    if own.get("include", TOMBSTONES) != TOMBSTONES:
        faults.append(ParameterFault("include", f"expected {TOMBSTONES}", "invalid"))
    if own.get("bom", "true") not in ("true", "false"):
        faults.append(ParameterFault("bom", "expected true or false", "invalid"))
    elif "bom" in own and not PRESENTERS[extension].marked:
        faults.append(ParameterFault("bom", "expected it with csv only", "invalid"))
    return faults
