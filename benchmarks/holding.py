"""A ratio held against the least that it may be, and the best of some attempts at it."""

from collections.abc import Iterable
from typing import NamedTuple


class Held(NamedTuple):
    """A ratio, held against its floor."""

    name: str
    ratio: float
    least: float

    @property
    def holds(self) -> bool:
        """Whether it is not under its floor."""
        return self.ratio >= self.least


def best_of(attempts: Iterable[list[Held]]) -> list[Held]:
    """Return the best of each ratio; no further attempt is made as soon as all of them hold."""
    best: dict[str, Held] = {}
    for attempt in attempts:
        for one in attempt:
            best[one.name] = max(best.get(one.name, one), one, key=lambda held: held.ratio)
        if all(one.holds for one in best.values()):
            break
    return list(best.values())
