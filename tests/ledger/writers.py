"""What one of several writing processes does: transactions of many records, some of which fail half-way."""

from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from typing import Any

from app.kit import ids
from app.kit.errors import OnrecordError
from app.ledger.words import Cause, WriterRole
from app.record.desk import note
from app.record.writing import Writing
from tests.record.histories import beside
from tests.support.world import World, draft_of

SECONDS = 120
_gates: list[Barrier] = []


class TornError(Exception):
    """A writer that dies in the middle of its transaction."""


@dataclass
class Told:
    """What a writer says of its work."""

    commits: int = 0
    revisions: int = 0
    undone: list[str] = field(default_factory=list)


@contextmanager
def writers(world: World, number: int, transactions: int) -> Iterator[list["Future[Told]"]]:
    """Start writers in processes of their own, all at once."""
    # Processes forked from one that has imported everything begin at once, and share no connection or thread with us.
    context = get_context("forkserver")
    context.set_forkserver_preload([__name__])
    gate = context.Barrier(number)
    plain = beside(world, world.url)
    del plain.desk
    with ProcessPoolExecutor(number, mp_context=context, initializer=_wait_at, initargs=(gate,)) as pool:
        yield [pool.submit(_work, plain, one, transactions) for one in range(number)]


def _wait_at(gate: Barrier) -> None:
    """Remember in a new process where all wait for the last."""
    _gates.append(gate)


def _work(plain: World, number: int, transactions: int) -> Told:
    world = beside(plain, plain.url)
    world._numbers = 10_000 * (number + 1) + plain._numbers
    writer = Writer(world)
    _gates[0].wait(SECONDS)
    for turn in range(transactions):
        writer.turn(turn)
    return writer.told


class Writer:
    """Writes claims and figures to a report that all share."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.told = Told()
        self.claims: list[tuple[str, str]] = []

    def turn(self, number: int) -> None:
        """Write one transaction; the kinds come in turns."""
        kinds = (
            self.claim_with_figures,
            self.claims_together,
            self.correct_both,
            self.torn,
            self.refused,
            self.retract,
        )
        kinds[number % len(kinds)]()

    def _commit(self, verbs: Any) -> None:
        self.told.revisions += self.world.desk.write(WriterRole.EDITOR, verbs)
        self.told.commits += 1

    def _new(self, writing: Writing, noun: str, value: dict[str, Any]) -> str:
        record_id = ids.seeded_id(noun, self.world.key())
        writing.create(noun, record_id, draft_of(noun, value))
        return record_id

    def claim_with_figures(self) -> None:
        """A claim and two figures in it."""

        def verbs(writing: Writing) -> int:
            claim = self._new(writing, "claim", self.world.claim())
            figures = [self._new(writing, "figure", self.world.figure(claim)) for _ in range(2)]
            self.claims.append((claim, figures[0]))
            return 3

        self._commit(verbs)

    def claims_together(self) -> None:
        """Two claims at once."""

        def verbs(writing: Writing) -> int:
            for _ in range(2):
                self._new(writing, "claim", self.world.claim())
            return 2

        self._commit(verbs)

    def correct_both(self) -> None:
        """A claim and its figure, corrected together."""
        claim, figure = self.claims[-1]
        said = draft_of("claim", self.world.claim(statement="Corrected."))
        counted = draft_of("figure", self.world.figure(claim, value="101", text="101 people"))

        def verbs(writing: Writing) -> int:
            writing.correct(figure, counted, Cause.OUR_ERROR, note("Counted again."))
            writing.correct(claim, said, Cause.OUR_ERROR)
            return 2

        self._commit(verbs)

    def retract(self) -> None:
        """A claim, with which its two figures fall."""
        claim, _ = self.claims.pop()
        self._commit(lambda writing: writing.retract(claim, Cause.PROTECTION) and 3)

    def torn(self) -> None:
        """A claim and a figure are recorded, then the writer dies."""

        def verbs(writing: Writing) -> int:
            claim = self._new(writing, "claim", self.world.claim())
            self.told.undone += [claim, self._new(writing, "figure", self.world.figure(claim))]
            raise TornError

        try:
            self._commit(verbs)
        except TornError:
            return
        raise AssertionError("the transaction was committed")

    def refused(self) -> None:
        """A claim is recorded, then a figure is refused."""

        def verbs(writing: Writing) -> int:
            self.told.undone.append(self._new(writing, "claim", self.world.claim()))
            self._new(writing, "figure", self.world.figure(self.told.undone[-1], unit="no_such_unit"))
            return 2

        try:
            self._commit(verbs)
        except OnrecordError:
            return
        raise AssertionError("the transaction was committed")
