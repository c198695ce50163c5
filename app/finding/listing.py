"""Why this file exists: a noun's list on one page: its filters, sorts and facets; documentation and SQL follow."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from app.finding.filters import Codes, Filter, Flags, Ids, Words
from app.finding.parameters import Parameter
from app.finding.times import Instants
from app.kit.ids import PREFIXES
from app.record.lifecycle import Status

RECORDED, RELEVANCE = "recorded", "relevance"
CREATED = Instants("created", "First published here", "2026-11-22")
COMMON: tuple[Filter, ...] = (
    Codes(
        "status",
        "Only `published` finds anything: retracted records are in no list.",
        "published",
        among=tuple(Status),
    ),
    Flags("corrected", "Whether it was ever corrected:", "true"),
    CREATED,
    Instants("changed", "Newest revision made here (what was retracted is in no list, and answers 410)", "2026-11-22"),
)
WORDS = Words(
    "q",
    'Words that its texts say, all of them; "several words" in quotes follow each other, and `wor*` is a beginning. '
    "Case, accents and Arabic vowel signs do not matter.",
    "aleppo",
)


def example_id(record_type: str) -> str:
    """Return an id as it looks."""
    return f"{PREFIXES[record_type]}_2x4y6z8a0b1c2d3e4f5g6h7j8k"


@dataclass(frozen=True, kw_only=True, eq=False)
class Listing:
    """What a list of records can be asked.

    record_type: the noun, or nothing for records of any. dates: sort → the field whose date it sorts by.
    within_report: a sort that needs exactly one report. required: parameters that must be there.
    usual: the sort when none is asked for.
    """

    record_type: str
    filters: tuple[Filter, ...]
    dates: Mapping[str, str] = field(default_factory=dict)
    within_report: str | None = None
    required: tuple[str, ...] = ()
    usual: str = f"-{RECORDED}"

    @cached_property
    def all_filters(self) -> tuple[Filter, ...]:
        """Return every filter, with those that the lists of all nouns have."""
        if not self.record_type:
            return self.filters
        return (
            Ids("id", f"The records themselves, by id ({self.record_type}).", example_id(self.record_type)),
            *self.filters,
            *COMMON,
        )

    @cached_property
    def by_parameter(self) -> Mapping[str, Filter]:
        """Return the filter that each parameter belongs to."""
        return {one.name: filter_ for filter_ in self.all_filters for one in filter_.parameters()}

    @cached_property
    def parameters(self) -> tuple[Parameter, ...]:
        """Return every parameter of every filter."""
        return tuple(one for filter_ in self.all_filters for one in filter_.parameters())

    @cached_property
    def sorts(self) -> tuple[str, ...]:
        """Return the names that `sort` takes; each also with a minus before it."""
        words = (RELEVANCE,) if any(isinstance(one, Words) for one in self.filters) else ()
        within = (self.within_report,) if self.within_report else ()
        return (RECORDED, *self.dates, *within, *words)

    @cached_property
    def facets(self) -> Mapping[str, Filter]:
        """Return the filters whose values can be counted, by name."""
        return {one.name: one for one in self.all_filters if one.can_be_counted}
