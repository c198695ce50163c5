"""Editors who never rest: random histories in which everything changes by which a record can be found."""

from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random
from typing import Any

from app.catalogue import NOUNS as ALL_NOUNS
from app.ledger import queries as ledger_queries
from app.ledger.words import Cause
from app.record.desk import Desk
from app.store.engine import snapshot, writer
from tests.record.histories import DATES, NOUNS, VERBS, Step
from tests.record.together import Together
from tests.support.world import World

START = datetime(2021, 3, 4, 5, 6, 7, tzinfo=UTC)
UNPROTECTED = (Cause.OUR_ERROR, Cause.PUBLISHER_CORRECTION, Cause.ORIGINATOR_CORRECTION)
UNBOUND = {"lower": None, "upper": None, "lower_exclusive": False, "upper_exclusive": False}
QUANTITIES: list[dict[str, Any]] = [
    {"quantifier": "unqualified", "value": "250"},
    {"quantifier": "at_least", "value": "90"},
    {"quantifier": "less_than", "value": "4000.5"},
    {"quantifier": "between", "value": None, "lower": "20", "upper": "300"},
    {"quantifier": "order_of_magnitude", "value": None, "lower": "2000"},
]


def busy(url: str, *causes: Cause) -> "Busy":
    """Return editors of a new world whose clock stands still half of the time."""
    world = World(url)
    ticks = count()
    world.desk = Desk(writer(url), ALL_NOUNS, lambda: START + timedelta(minutes=next(ticks) // 2 * 7))
    editors = Busy(world.furnish())
    editors.causes = causes or UNPROTECTED
    editors.furnish()
    return editors


class Busy(Together):
    """Plays writes, one verb or some together, drawn by chance."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.order = self.every

    def write(self, chance: Random) -> None:
        """Make one write, if the desk takes it."""
        steps = [
            Step(chance.choice(VERBS), chance.choice(NOUNS), chance.randint(0, 2**16))
            for _ in range(chance.choice((1, 1, 1, 2, 4, 8)))
        ]
        if len(steps) == 1:
            self.play(steps[0])
        else:
            self.play_all(steps)

    @property
    def head(self) -> int:
        """Return the newest revision."""
        with snapshot(self.world.desk.engine) as connection:
            return ledger_queries.head(connection)[1]

    @property
    def every(self) -> list[str]:
        """Return the ids of all that was recorded, in no order."""
        return [one for some in self.ids.values() for one in some]

    def create(self, noun: str, pick: int) -> None:
        """Record something, and remember when."""
        super().create(noun, pick)
        self.order.append(self.ids[noun][-1])

    def _changed(self, noun: str, body: dict[str, Any], pick: int) -> dict[str, Any]:
        if self.causes[pick % len(self.causes)] is not Cause.PROTECTION:
            return super()._changed(noun, body, pick)
        # What protects a record names only what was there before it, so that it can be told of any time.
        every, record_id = self.ids, self.one(noun, pick)
        older = self.order[: self.order.index(record_id)] if record_id in self.order else []
        self.ids = {kind: [one for one in some if one in older] or some[:1] for kind, some in every.items()}
        try:
            return super()._changed(noun, body, pick)
        finally:
            self.ids = every

    def _found_otherwise(self, noun: str, pick: int) -> dict[str, Any]:
        found = super()._found_otherwise(noun, pick)
        if noun == "figure" and pick % 2:
            found |= {**UNBOUND, **QUANTITIES[pick % len(QUANTITIES)]}
            found["measure"] = ("people_besieged", "people_displaced_stock")[pick % 7 == 0]
        if noun == "actor" and pick % 2:
            found |= {"country": ("SYR", "IRQ", None)[pick % 3], "aliases": [f"Other {pick}"]}
        if noun == "relation" and pick % 2:
            found["type"] = ("updates", "corroborates", "conflicts_with", "restates")[pick % 4]
        return found

    def _claim(self, pick: int) -> dict[str, Any]:
        return {**super()._claim(pick), **self._found_otherwise("claim", pick // 5)}

    def _figure(self, pick: int) -> dict[str, Any]:
        made = super()._figure(pick)
        quantity = {} if made.get("derived") else QUANTITIES[pick % len(QUANTITIES)]
        return {**made, **quantity, "reference_period": {"edtf": DATES[pick % 2], "basis": "stated"}}
