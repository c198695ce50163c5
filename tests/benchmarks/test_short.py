"""The short form promises: a slow read path fails it, a busy moment does not."""

import pytest

from benchmarks.holding import Held, best_of
from benchmarks.measuring import NARROWED, ONE, PAGE
from benchmarks.short import FLOORS, QUESTIONS
from benchmarks.targets import MILLISECONDS, OF_FLOOR
from benchmarks.worlds import DATABASES

QUICK, SLOW = Held("page", 0.7, 0.35), Held("page", 0.1, 0.35)
OTHER_QUICK, OTHER_SLOW = Held("one", 0.9, 0.6), Held("one", 0.2, 0.6)


@pytest.mark.parametrize(
    ("attempts", "best", "made"),
    [
        ([[QUICK, OTHER_QUICK], [SLOW, OTHER_SLOW]], [QUICK, OTHER_QUICK], 1),
        ([[SLOW, OTHER_QUICK], [QUICK, OTHER_SLOW]], [QUICK, OTHER_QUICK], 2),
        ([[SLOW, OTHER_QUICK], [SLOW, OTHER_QUICK], [QUICK, OTHER_SLOW]], [QUICK, OTHER_QUICK], 3),
        ([[SLOW, OTHER_QUICK]] * 3, [SLOW, OTHER_QUICK], 3),
    ],
)
def test_the_best_of_each_ratio_counts(attempts: list[list[Held]], best: list[Held], made: int) -> None:
    """It is measured again only while something is under its floor, and what always is stays under it."""
    left = iter(attempts)
    assert best_of(left) == best
    assert len(attempts) - len(list(left)) == made


def test_a_ratio_at_its_floor_holds() -> None:
    """The floor is the least that is allowed."""
    assert Held("page", 0.35, 0.35).holds
    assert not SLOW.holds


@pytest.mark.parametrize("database", DATABASES)
def test_the_hot_answers_have_floors(database: str) -> None:
    """One claim and a page are held on both databases, all groups of questions too, and no floor is above a target."""
    assert {ONE, PAGE} <= {one.group for one in FLOORS[database]} <= {ONE, PAGE, NARROWED}
    assert set(QUESTIONS[database]) == {group for group, _, _ in MILLISECONDS}
    for one in FLOORS[database]:
        assert one.of != "floor" or one.least <= OF_FLOOR[database, one.group, one.who]
