"""Why this file exists: what a comparison is made of, and what it says; closed types, no rules.

Nothing here renders: a figure is named by its id, and whoever answers a reader puts the stored document in its place.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Final, Literal

Difference = Literal["unit", "population_group", "place", "derived"]


@dataclass(frozen=True, slots=True)
class Fact:
    """What a comparison needs to know of one figure; each figure once, all of one measure.

    `voice` is the claim's voice key. `independent` is False where nobody can say whether it is somebody already heard:
    an unnamed, unknown or withheld voice, or a joint one with such a member. `earliest` and `latest` bound the
    reference period, each None where it is open; `dated` is False when there is no reference period at all.
    """

    recorded: int
    figure: str
    claim: str
    voice: str
    independent: bool
    measure: str
    kind: str
    unit: str
    population_group: str | None
    place: str
    derived: bool
    quantifier: str
    value: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    lower_exclusive: bool
    upper_exclusive: bool
    earliest: date | None
    latest: date | None
    dated: bool
    publisher: str
    report: str


class Independence(StrEnum):
    """What a row adds to the number of voices; only `counted` adds one."""

    COUNTED = "counted"
    SHARED = "shared"
    ECHO = "echo"
    UNKNOWN = "unknown"


class EchoKind(StrEnum):
    """Why a figure is an echo: its voice said the same of the same time, or it is known to be drawn from another."""

    REPEATED = "repeated"
    RESTATED = "restated"


class NoSpread(StrEnum):
    """Why there is no spread."""

    NO_COMPARABLE = "no_comparable"
    NO_COUNTED_VOICE = "no_counted_voice"
    ONE_VOICE = "one_voice"
    UNDATED = "undated"
    NO_COMMON_WINDOW = "no_common_window"
    NO_COMMON_PERIOD = "no_common_period"


class NotCounting(StrEnum):
    """Why no figure of a row takes part in the spread."""

    UNKNOWN_VOICE = "unknown_voice"
    ECHO = "echo"
    SHARED_VOICE = "shared_voice"
    UNDATED = "undated"
    NO_SPREAD = "no_spread"
    OUTSIDE_WINDOW = "outside_window"
    OTHER_PERIOD = "other_period"


NO_SPREAD_SENTENCES: Final[Mapping[NoSpread, str]] = MappingProxyType(
    {
        NoSpread.NO_COMPARABLE: "No figure is of this place, unit and population group; see `near`.",
        NoSpread.NO_COUNTED_VOICE: "No voice can be counted: each is unknown, or repeats somebody else.",
        NoSpread.ONE_VOICE: "Only one voice can be counted, and a spread needs two that are independent.",
        NoSpread.UNDATED: "Fewer than two counted voices have a figure whose date is known.",
        NoSpread.NO_COMMON_WINDOW: "No two counted voices have figures whose dates meet within the window.",
        NoSpread.NO_COMMON_PERIOD: "No two counted voices have figures of the same period.",
    }
)
NOT_COUNTING_SENTENCES: Final[Mapping[NotCounting, str]] = MappingProxyType(
    {
        NotCounting.UNKNOWN_VOICE: "Nobody can say whether this voice is one of the others.",
        NotCounting.ECHO: "Every figure of this voice goes back to another voice.",
        NotCounting.SHARED_VOICE: "Somebody of this voice is already counted in another row.",
        NotCounting.UNDATED: "No figure of this voice is both dated and more than an echo.",
        NotCounting.NO_SPREAD: "There is no spread.",
        NotCounting.OUTSIDE_WINDOW: "The figures of this voice are of other dates than the window.",
        NotCounting.OTHER_PERIOD: "The figures of this voice are of other periods.",
    }
)


@dataclass(frozen=True, slots=True)
class Echo:
    """A figure that says again what another said: `of` is the figure at the end of the way back, of any row."""

    figure: str
    of: str
    kind: EchoKind


@dataclass(frozen=True, slots=True)
class Carrier:
    """A publisher that carried a voice, and the reports in which it did."""

    publisher: str
    reports: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One voice with its comparable figures, newest first.

    `counts` is the figure that takes part in the spread, else None and `why` says the reason; exactly one is None.
    """

    voice: str
    independence: Independence
    figures: tuple[str, ...]
    counts: str | None
    why: NotCounting | None
    echoes: tuple[Echo, ...]
    carried_by: tuple[Carrier, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """A figure that is shown and not compared, with what differs (never empty, in the order of `Difference`)."""

    figure: str
    voice: str
    differs: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A number at one end of a spread, as its figure gives it.

    `by` says which of its numbers. At the upper end `lower` means that the figure states no upper bound ("thousands"):
    that end is open.
    """

    figure: str
    voice: str
    number: Decimal
    by: Literal["value", "lower", "upper"]
    quantifier: str


@dataclass(frozen=True, slots=True)
class Spread:
    """The lowest and the highest number reported, with every figure that gives them; not an estimate.

    `figures` are all that take part, one of each voice, newest first. `start` and `end` are the window, both days
    included, or for a flow the period that all of them share.
    """

    lowest: tuple[Mark, ...]
    highest: tuple[Mark, ...]
    figures: tuple[str, ...]
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is reported of one measure at one place, by voice; `spread_reason` is None exactly when there is a spread.

    `unit` and `population_group` are what the rows have in common (what was asked, when there are none); `voices`
    counts the rows that are `counted`, `publishers` all who carried any row.
    """

    place: str
    unit: str | None
    population_group: str | None
    rows: tuple[Row, ...]
    near: tuple[Near, ...]
    spread: Spread | None
    spread_reason: NoSpread | None
    voices: int
    publishers: int
