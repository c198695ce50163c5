"""Why this file exists: the rules by which rival figures are put side by side; pure, over narrow rows.

**Comparable** are figures of one measure, unit and population group at exactly one place that somebody reported.
Whatever differs in one of these, figures of contained places and derived ones among them, is **near**: shown with what
differs, never counted and never part of a spread.

**The basis**, unit and population group, is the asked one. What is not asked is chosen: most counted voices; then most
voices that meet at one time; then the newest such time; where none meet, most figures other than echoes; then figures
with a population group before those without, and by code. Echoes, unnamed sources and a voice's older figures thus
never decide which figures are compared.

**The count of voices** is of independent ones that said something of their own: not unknown ones (one of them may be
any other), not those whose every figure goes back to another voice (`echoes`), and of voices that share a member one
(`spreads`). Nothing is ever added up: no function of this room computes a number out of figures.

Rows come in the order of the newest figure, counted voices first, then shared ones, echoes and unknown ones.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Final, NamedTuple

from app.compare.echoes import Restates, Web, echoes
from app.compare.facts import (
    NO_SPREAD_SENTENCES,
    NOT_COUNTING_SENTENCES,
    Carrier,
    Comparison,
    Difference,
    Echo,
    EchoKind,
    Fact,
    Independence,
    Mark,
    Near,
    NoSpread,
    NotCounting,
    Row,
    Spread,
)
from app.compare.spreads import STATES, Meeting, Voice, counted, meeting, newest_first, spread, voices

__all__ = [
    "NOT_COUNTING_SENTENCES",
    "NO_SPREAD_SENTENCES",
    "Carrier",
    "Comparison",
    "Difference",
    "Echo",
    "EchoKind",
    "Fact",
    "Independence",
    "Mark",
    "Near",
    "NoSpread",
    "NotCounting",
    "Restates",
    "Row",
    "Spread",
    "compare",
]

DIFFERENCES: Final[tuple[Difference, ...]] = ("unit", "population_group", "place", "derived")

_Basis = tuple[str | None, str | None]
# Every combination of differences, at the place of its bits; the first name is the highest bit.
_DIFFERS: Final = tuple(
    tuple(name for bit, name in enumerate(reversed(DIFFERENCES)) if combination >> bit & 1)[::-1]
    for combination in range(1 << len(DIFFERENCES))
)
_NEVER: Final = {
    Independence.UNKNOWN: NotCounting.UNKNOWN_VOICE,
    Independence.ECHO: NotCounting.ECHO,
    Independence.SHARED: NotCounting.SHARED_VOICE,
}


class _Group(NamedTuple):
    """What the figures of one basis come to."""

    voices: Sequence[Voice]
    echoes: Mapping[str, Echo]
    met: Meeting | None
    counted: Collection[Voice]


def compare(
    facts: Collection[Fact],
    *,
    place: str,
    window_days: int = 7,
    unit: str | None = None,
    population_group: str | None = None,
    restates: Restates = (),
) -> Comparison:
    """Put the figures of one measure side by side for one place; the order of `facts` does not matter.

    `facts` holds those of contained places too. `unit` and `population_group` ask for a basis, None leaves it to the
    rules. `window_days` is how far apart two figures of a state may be. `restates` are pairs (from, to) of figures or
    of claims, with those that lead on from records that are not among the facts. Raises ValueError for facts of more
    than one measure and for a window below zero.
    """
    if window_days < 0:
        raise ValueError("expected a window of zero days or more")
    if len({(fact.measure, fact.kind) for fact in facts}) > 1:
        raise ValueError("expected facts of one measure")
    ordered = sorted(facts, key=attrgetter("recorded"))
    periods = bool(ordered) and ordered[0].kind not in STATES
    wanted = (unit, population_group)
    candidates = _candidates(ordered, place, wanted)
    web = Web(ordered, restates)
    groups = {basis: _group(found, web, window_days, periods=periods) for basis, found in candidates.items()}
    basis = min(groups, key=lambda one: _rank(one, groups[one]), default=None)
    compared = set() if basis is None else {fact.figure for fact in candidates[basis]}
    apart = newest_first([fact for fact in ordered if fact.figure not in compared], periods=periods)
    near = _near(apart, place, basis or wanted, chosen=basis is not None)
    group = _Group((), {}, None, frozenset()) if basis is None else groups[basis]
    return _comparison(place, basis or wanted, group, near, periods=periods)


def _comparison(place: str, basis: _Basis, group: _Group, near: tuple[Near, ...], *, periods: bool) -> Comparison:
    rows = _rows(group, periods=periods)
    return Comparison(
        place=place,
        unit=basis[0],
        population_group=basis[1],
        rows=rows,
        near=near,
        spread=spread(group.met) if group.met else None,
        spread_reason=None if group.met else _no_spread(group, periods=periods),
        voices=len(group.counted),
        publishers=len({carrier.publisher for row in rows for carrier in row.carried_by}),
    )


def _candidates(facts: Iterable[Fact], place: str, wanted: _Basis) -> dict[_Basis, list[Fact]]:
    """Return the figures that might be compared, by basis."""
    found: dict[_Basis, list[Fact]] = {}
    for fact in facts:
        if fact.place == place and not fact.derived:
            found.setdefault((fact.unit, fact.population_group), []).append(fact)
    return {basis: found[basis] for basis in found if _asked(wanted, basis)}


def _asked(wanted: _Basis, basis: _Basis) -> bool:
    return all(one is None or one == other for one, other in zip(wanted, basis, strict=True))


def _group(facts: Sequence[Fact], web: Web, window_days: int, *, periods: bool) -> _Group:
    """Work out what the figures of one basis, given in the order of recording, come to."""
    found = echoes(facts, web, periods=periods)
    heard = voices(newest_first(facts, periods=periods), found)
    met = meeting(heard, window_days, periods=periods)
    return _Group(heard, found, met, counted(heard, met))


def _rank(basis: _Basis, group: _Group) -> tuple[int, int, int, int, bool, str, str]:
    """Return the place of a basis among others; the lowest is chosen."""
    unit, people = basis
    own = 0 if group.met else sum(len(voice.facts) for voice in group.voices) - len(group.echoes)
    meet, end = (len(group.met.figures), group.met.end) if group.met else (0, 0)
    return -len(group.counted), -meet, -end, -own, people is None, people or "", unit or ""


def _near(facts: Iterable[Fact], place: str, basis: _Basis, *, chosen: bool) -> tuple[Near, ...]:
    """Return figures with what keeps them from being compared; without a chosen basis what was not asked is free."""
    unit, people = basis
    any_unit, any_people = (not chosen and one is None for one in basis)
    found = []
    for fact in facts:
        other_unit = fact.unit != unit and not any_unit
        other_people = fact.population_group != people and not any_people
        found.append(
            Near(
                fact.figure,
                fact.voice,
                _DIFFERS[other_unit << 3 | other_people << 2 | (fact.place != place) << 1 | fact.derived],
            )
        )
    return tuple(found)


def _no_spread(group: _Group, *, periods: bool) -> NoSpread:
    if not group.voices:
        return NoSpread.NO_COMPARABLE
    if len(group.counted) < 2:
        return NoSpread.ONE_VOICE if group.counted else NoSpread.NO_COUNTED_VOICE
    if sum(bool(voice.able) for voice in group.counted) < 2:
        return NoSpread.UNDATED
    return NoSpread.NO_COMMON_PERIOD if periods else NoSpread.NO_COMMON_WINDOW


def _rows(group: _Group, *, periods: bool) -> tuple[Row, ...]:
    """Return a row for each voice; they are given in the order of the newest figure."""
    counts = {one.voice: one.fact.figure for one in group.met.figures} if group.met else {}
    rows: dict[Independence, list[Row]] = {one: [] for one in Independence}
    for voice in group.voices:
        independence = _independence(voice, group)
        figure = counts.get(voice)
        rows[independence].append(
            Row(
                voice=voice.key,
                independence=independence,
                figures=tuple([fact.figure for fact in voice.facts]),
                counts=figure,
                why=None if figure else _why(voice, independence, group, periods=periods),
                echoes=tuple([group.echoes[one.figure] for one in voice.facts if one.figure in group.echoes]),
                carried_by=_carriers(voice.facts),
            )
        )
    return tuple(row for found in rows.values() for row in found)


def _independence(voice: Voice, group: _Group) -> Independence:
    if not voice.independent:
        return Independence.UNKNOWN
    if voice.echo:
        return Independence.ECHO
    return Independence.COUNTED if voice in group.counted else Independence.SHARED


def _why(voice: Voice, independence: Independence, group: _Group, *, periods: bool) -> NotCounting:
    """Return why a voice has no figure in the spread."""
    if independence is not Independence.COUNTED:
        return _NEVER[independence]
    if not voice.able:
        return NotCounting.UNDATED
    if not group.met:
        return NotCounting.NO_SPREAD
    return NotCounting.OTHER_PERIOD if periods else NotCounting.OUTSIDE_WINDOW


def _carriers(facts: Iterable[Fact]) -> tuple[Carrier, ...]:
    """Return who carried figures, and where, in the order of the newest figure."""
    reports: dict[str, dict[str, None]] = {}
    for fact in facts:
        reports.setdefault(fact.publisher, {})[fact.report] = None
    return tuple(Carrier(publisher, tuple(found)) for publisher, found in reports.items())
