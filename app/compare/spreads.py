"""Why this file exists: which figures meet at one time, and the lowest and highest number among them.

**Independent voices.** Only voices that share nobody stand beside each other: the joint voice of A and B is neither
independent of A nor of B. Where several could stand, the one with the newest figure does, then the one of fewer
members, then by key: whoever spoke alone and then jointly is heard in the newest words. This may count fewer voices
than there are, never more.

**What is of one time.** A stock is a state, and so are a share, an area and a duration ("how long it has lasted by
now"): figures are of one time when their dates lie within one window. T is the newest day on which the reference
period of a counted figure begins such that a figure of an independent voice meets [T - window, T], both days included.
T is a day that a figure bears, for a window that ended later would be emptier and as of a day of which nobody spoke;
and it is the first day of an uncertain period, for only from then on the figure may hold. The newest figure of a voice
is by first day, then last day, then recording. A flow is of its whole period, so only equal periods compare; the
newest is the one that ends last, then begins last. A count of things or acts may be of a day or of a month and does
not say which, so it is held to equal periods too, and so is any kind not named here.

**Dates.** A figure without a reference period, or with one open at either end, never takes part: how old it is nobody
knows. It stays in its row.

**Numbers** are taken as given: the value, whatever its quantifier, which stays with it; without a value the lower
bound at the low end and the upper bound at the high end; where no upper bound is stated, the lower bound at both.
Nothing is added, averaged or rounded.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, takewhile
from operator import attrgetter, itemgetter
from typing import Final, Literal, NamedTuple

from app.compare.facts import Echo, Fact, Mark, Spread

STATES: Final = frozenset({"stock", "share", "area", "duration"})

# Enough bits for every day of the calendar.
_DAYS: Final = 22


@dataclass(slots=True, eq=False)
class Voice:
    """One voice with its comparable figures, newest first, and those of them that may take part in a spread."""

    key: str
    independent: bool
    members: frozenset[str]
    facts: list[Fact]
    able: list["Dated"]
    echo: bool


class Dated(NamedTuple):
    """A figure that may take part: the days of its period as ordinals, and whose it is."""

    start: int
    end: int
    fact: Fact
    voice: Voice


class Meeting(NamedTuple):
    """Figures of one time, one of each of at least two independent voices, newest first."""

    start: int
    end: int
    figures: tuple[Dated, ...]


def newest_first(facts: Sequence[Fact], *, periods: bool) -> list[Fact]:
    """Order facts, given in the order of recording, by date and then by recording; undated ones come last."""
    age = _age_of_period if periods else _age_of_state
    aged = [(age(fact), fact) for fact in reversed(facts)]
    aged.sort(key=itemgetter(0), reverse=True)
    return [fact for _, fact in aged]


def _age_of_state(fact: Fact) -> int:
    start, end = fact.earliest, fact.latest
    if start is None or end is None:
        return _age_of_undated(fact)
    return start.toordinal() << _DAYS | end.toordinal()


def _age_of_period(fact: Fact) -> int:
    start, end = fact.earliest, fact.latest
    if start is None or end is None:
        return _age_of_undated(fact)
    return end.toordinal() << _DAYS | start.toordinal()


def _age_of_undated(fact: Fact) -> int:
    known = fact.earliest or fact.latest
    return (known.toordinal() if known else 0) - (1 << _DAYS)


def voices(facts: Sequence[Fact], echoes: Mapping[str, Echo]) -> list[Voice]:
    """Gather facts, given newest first, by voice; a withheld voice is never put together with one that is known."""
    found: dict[tuple[str, bool], Voice] = {}
    for fact in facts:
        key = (fact.voice, fact.independent)
        voice = found.get(key)
        if voice is None:
            members = frozenset(fact.voice.split("+") if "+" in fact.voice else (fact.voice,))
            voice = found[key] = Voice(*key, members, facts=[], able=[], echo=True)
        voice.facts.append(fact)
        if fact.figure not in echoes:
            voice.echo = False
            if voice.independent and fact.earliest is not None and fact.latest is not None:
                voice.able.append(Dated(fact.earliest.toordinal(), fact.latest.toordinal(), fact, voice))
    return list(found.values())


def meeting(found: Collection[Voice], window_days: int, *, periods: bool) -> Meeting | None:
    """Return the newest figures of one time, or None where no two independent voices meet."""
    dated = [one for voice in found for one in voice.able]
    return _same_period(dated) if periods else _same_window(dated, window_days)


def _same_window(dated: list[Dated], window: int) -> Meeting | None:
    dated.sort(key=itemgetter(0), reverse=True)
    for last in _newest_day(dated, window):
        there = [one for one in dated if one.start <= last and one.end >= last - window]
        return Meeting(max(last - window, 1), last, _independent(_newest(there)))
    return None


def _newest_day(dated: Sequence[Dated], window: int) -> Iterator[int]:
    """Yield, newest first, the days of figures on which an independent voice is in the window too.

    Going back in time, figures come into the window by their last day and leave it by their first.
    """
    coming = sorted(dated, key=itemgetter(1), reverse=True)
    there: dict[Voice, int] = {}
    come = gone = 0
    for last, _, _, voice in dated:
        while come < len(coming) and coming[come].end >= last - window:
            there[coming[come].voice] = there.get(coming[come].voice, 0) + 1
            come += 1
        while dated[gone].start > last:
            there[dated[gone].voice] -= 1
            if not there[dated[gone].voice]:
                del there[dated[gone].voice]
            gone += 1
        if any(voice.members.isdisjoint(other.members) for other in there):
            yield last


def _same_period(dated: list[Dated]) -> Meeting | None:
    dated.sort(key=itemgetter(1, 0), reverse=True)
    for (end, start), same in groupby(dated, key=itemgetter(1, 0)):
        figures = _independent(_newest(same))
        if figures:
            return Meeting(start, end, figures)
    return None


def _newest(dated: Iterable[Dated]) -> list[Dated]:
    """Return the newest figure of each voice, in the order in which voices are heard.

    The figures of each voice are given newest first.
    """
    newest: dict[Voice, Dated] = {}
    for one in dated:
        newest.setdefault(one.voice, one)
    return sorted(newest.values(), key=lambda one: (-one.start, -one.end, len(one.voice.members), one.voice.key))


def _independent(dated: Sequence[Dated]) -> tuple[Dated, ...]:
    """Return those that share nobody, beginning with the first that has another beside it; none when no two do."""
    for first in dated:
        if any(first.voice.members.isdisjoint(other.voice.members) for other in dated):
            break
    else:
        return ()
    taken = set(first.voice.members)
    chosen = [first]
    for one in dated:
        if one.voice.members.isdisjoint(taken):
            taken |= one.voice.members
            chosen.append(one)
    return tuple(chosen)


def counted(found: Collection[Voice], met: Meeting | None) -> set[Voice]:
    """Return the voices that are counted: those that meet, then others that share nobody, single ones first."""
    chosen = {one.voice for one in met.figures} if met else set()
    taken = {member for voice in chosen for member in voice.members}
    candidates = [one for one in found if one.independent and not one.echo]
    for voice in sorted(candidates, key=lambda one: (len(one.members), one.key)):
        if voice.members.isdisjoint(taken):
            taken |= voice.members
            chosen.add(voice)
    return chosen


def spread(met: Meeting) -> Spread:
    """Return the lowest and the highest number of figures that meet, each with all figures that give it."""
    facts = [one.fact for one in met.figures]
    low = sorted((_mark(fact, "lower") for fact in facts), key=attrgetter("number", "figure"))
    high = sorted((_mark(fact, "upper") for fact in facts), key=attrgetter("number", "figure"))
    return Spread(
        lowest=tuple(takewhile(lambda one: one.number == low[0].number, low)),
        highest=tuple(one for one in high if one.number == high[-1].number),
        figures=tuple(fact.figure for fact in facts),
        start=date.fromordinal(met.start),
        end=date.fromordinal(met.end),
    )


def _mark(fact: Fact, end: Literal["lower", "upper"]) -> Mark:
    """Return the number with which a figure stands at one end."""
    if fact.value is not None:
        return Mark(fact.figure, fact.voice, fact.value, "value", fact.quantifier)
    sides: tuple[Literal["lower", "upper"], ...] = ("lower", "upper") if end == "lower" else ("upper", "lower")
    for side in sides:
        number = fact.lower if side == "lower" else fact.upper
        if number is not None:
            return Mark(fact.figure, fact.voice, number, side, fact.quantifier)
    raise ValueError(f"expected a number in the figure {fact.figure}")
