"""Several verbs of a random history in one write, as a seed or an editor with many corrections makes them."""

from collections.abc import Callable, Iterable
from typing import Any

from app.kit.errors import OnrecordError
from app.ledger.words import WriterRole
from app.record.desk import Desk
from app.record.writing import Writing
from tests.record.histories import Player, Step
from tests.record.readings import body_of
from tests.support.world import World


class _Open:
    """A desk whose write is open: verbs go on in it."""

    def __init__(self, desk: Desk, writing: Writing) -> None:
        self.engine = desk.engine
        self.writing = writing

    def write(self, _role: WriterRole, verbs: Callable[[Writing], Any]) -> Any:
        """Run verbs in the write that is open."""
        return verbs(self.writing)


class _Nothing(Exception):
    """A write in which nothing was done is not made."""


class Together(Player):
    """Plays steps one by one, or several in one write; counts the verbs that were done."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.verbs = 0

    def play(self, step: Step) -> None:
        """Play one step."""
        before = self.done
        super().play(step)
        self.verbs += self.done - before

    def play_all(self, steps: Iterable[Step]) -> None:
        """Play steps in one write; what is refused before anything was done is left, anything else ends the write."""
        desk, steps = self.world.desk, list(steps)
        done = 0
        known = {noun: list(some) for noun, some in self.ids.items()}

        def verbs(writing: Writing) -> None:
            nonlocal done
            done = 0
            self.world.desk = _Open(desk, writing)  # type: ignore[assignment]
            for step in steps:
                before = writing._ledger.seq
                try:
                    getattr(self, step.verb)(step.noun, step.pick)
                except OnrecordError:
                    if writing._ledger.seq != before:
                        raise
                else:
                    done += 1
            if writing._ledger.seq < writing._ledger.first:
                raise _Nothing

        try:
            desk.write(WriterRole.EDITOR, verbs)
        except (OnrecordError, _Nothing):
            self.refused += 1
            self.ids = known
        else:
            self.done += 1
            self.verbs += done
        finally:
            self.world.desk = desk

    def body(self, record_id: str) -> dict[str, Any]:
        """Return the newest body of a record, of this very write too."""
        desk: Any = self.world.desk
        if isinstance(desk, _Open):
            found: dict[str, Any] = desk.writing.shelf.body(record_id)
            return found
        return body_of(desk.engine, record_id)
