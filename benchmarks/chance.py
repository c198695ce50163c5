"""Chance that is the same on every run: seeded by what is drawn, skewed as the world is."""

import random
from bisect import bisect
from collections.abc import Sequence
from itertools import accumulate
from typing import Any, Generic, TypeVar

from app.kit import ids

T = TypeVar("T")
# A record as it is written: its type, its key, and its fields.
Record = tuple[str, str, dict[str, Any]]


class Skewed(Generic[T]):
    """Things of which the first are drawn often and the last seldom, as Zipf's law has it."""

    def __init__(self, items: Sequence[T], power: float = 1.0) -> None:
        self.items = items
        self._sums = list(accumulate((rank + 1) ** -power for rank in range(len(items))))

    def one(self, chance: random.Random) -> T:
        return self.items[min(bisect(self._sums, chance.random() * self._sums[-1]), len(self.items) - 1)]

    def some(self, chance: random.Random, count: int) -> list[T]:
        """Return up to so many different ones, first drawn first."""
        return list(dict.fromkeys(self.one(chance) for _ in range(count)))


def skewed(words: str, power: float = 1.0) -> Skewed[str]:
    """Return words that stand in one string, the commonest first."""
    return Skewed(words.split(), power)


def of(kind: str, number: int) -> random.Random:
    """Return the chance by which one thing is made."""
    return random.Random(f"{kind}{number}")


def shuffled(kind: str, items: Sequence[T]) -> list[T]:
    """Return the items in an order that is nobody's choice, always the same."""
    return random.Random(kind).sample(list(items), len(items))


def key(number: int) -> str:
    return f"bench{number}"


def bench_id(record_type: str, number: int) -> str:
    return ids.seeded_id(record_type, key(number))
