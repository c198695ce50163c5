"""Why this file exists: the proof. Everything is recomputed, so that tampering behind the program's back is found.

Found are: an altered, dropped, reordered or inserted revision; a wiped, altered or added content; a head that does
not belong to the last revision; a fork that does not lead to its ledger; and, against a head that somebody kept
earlier, a cut tail or a rewritten chain.
Limit: whoever can rewrite the whole chain and every kept head leaves nothing to compare with; so keep heads elsewhere.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from app.kit.canonical import canonical, parse
from app.ledger.append import CONTENT, HEAD, REDACTION, REVISION
from app.ledger.chain import GENESIS, Envelope, commitment, link
from app.ledger.forking import forks
from app.ledger.forks import BrokenAncestry, Fork, ancestry
from app.ledger.words import Operation, Part

Step = Callable[[int], None]


@dataclass(frozen=True)
class KeptHead:
    """A head that somebody wrote down earlier."""

    seq: int
    chain: str


@dataclass
class Verdict:
    """What a verification saw; the ledger is intact when there is no problem."""

    ledger: str
    seq: int
    chain: str
    revisions: int = 0
    problems: list[str] = field(default_factory=list)

    @property
    def intact(self) -> bool:
        """Whether nothing was found."""
        return not self.problems


def verify(connection: Connection, kept: KeptHead | None = None, step: Step = lambda _: None) -> Verdict:
    """Recompute every commitment and the whole chain; memory stays constant, time grows with the ledger."""
    heads = connection.execute(select(HEAD)).all()
    if [one.id for one in heads] != [1]:
        return Verdict("", 0, GENESIS, problems=["the ledger has not its one head row"])
    (head,) = heads
    verdict = Verdict(head.ledger, head.seq, head.chain)
    walk = _Walk(verdict, kept)
    try:
        walk.expect(forks(connection))
        for row, contents in _rows(connection):
            walk.visit(row, contents)
            step(1)
        walk.finish(connection, head.recorded_at)
    except (TypeError, ValueError):
        # SQLite keeps whatever is put into a column; no write of ours made this.
        walk.problem(f"after seq {walk.seq}: a value is of a kind that the ledger never writes")
    return verdict


def _rows(connection: Connection) -> Iterator[tuple[Any, dict[str, tuple[str, str]]]]:
    """Yield each revision with its contents {part: (salt, value)}, in order of seq."""
    query = (
        select(REVISION, CONTENT.c.part, CONTENT.c.salt, CONTENT.c.value)
        .join(CONTENT, CONTENT.c.seq == REVISION.c.seq, isouter=True)
        .order_by(REVISION.c.seq, CONTENT.c.part)
        .execution_options(yield_per=1000)
    )
    current: Any = None
    contents: dict[str, tuple[str, str]] = {}
    # Closed also when whoever asked goes no further.
    with connection.execute(query) as rows:
        for row in rows:
            if current is not None and row.seq != current.seq:
                yield current, contents
                contents = {}
            current = row
            if row.part is not None:
                contents[row.part] = (row.salt, row.value)
    if current is not None:
        yield current, contents


class _Walk:
    """The state of one walk along the chain."""

    def __init__(self, verdict: Verdict, kept: KeptHead | None) -> None:
        self.verdict = verdict
        self.kept = kept
        self.seq = 0
        self.chain = GENESIS
        self.ledger = verdict.ledger
        self.forks: list[Fork] = []
        self.instant: datetime | None = None
        self.missing: set[tuple[int, str]] = set()
        self.redacted: dict[tuple[int, str], int] = {}

    def problem(self, text: str) -> None:
        self.verdict.problems.append(text)

    def expect(self, every: list[Fork]) -> None:
        """Take up the forks, which say from which revision on there is which ledger."""
        try:
            self.forks = ancestry(self.verdict.ledger, every)
        except BrokenAncestry as error:
            self.problem(str(error))
        for stray in sorted({one.ledger for one in every} - {one.ledger for one in self.forks}):
            self.problem(f"the fork to {stray} does not lead to the ledger of the head")
        if self.forks:
            self.ledger = self.forks[-1].parent
        self._take_forks()

    def _take_forks(self) -> None:
        """Pass from one ledger to the next where it was begun."""
        while self.forks and self.forks[-1].seq <= self.seq:
            fork = self.forks.pop()
            if (fork.seq, fork.chain) != (self.seq, self.chain):
                self.problem(f"the fork to {fork.ledger} does not begin after seq {fork.seq} and its chain")
            self.ledger = fork.ledger

    def visit(self, row: Any, contents: dict[str, tuple[str, str]]) -> None:
        """Check one revision against the one before it."""
        self.verdict.revisions += 1
        if row.seq != self.seq + 1:
            self.problem(f"seq {row.seq}: expected {self.seq + 1}; a revision is missing or was inserted")
        if self.instant is not None and row.recorded_at <= self.instant:
            self.problem(f"seq {row.seq}: recorded_at is not after the revision before it")
        envelope = Envelope(**{name: getattr(row, name) for name in Envelope.__dataclass_fields__})
        if envelope.ledger != self.ledger:
            self.problem(f"seq {row.seq}: belongs to another ledger")
        for part in sorted(contents.keys() - set(Part)):
            self.problem(f"seq {row.seq}: has a content {part!r} that no revision has")
        expected = link(self.chain, envelope)
        if row.chain != expected:
            self.problem(f"seq {row.seq}: the chain does not follow; this revision or one before it was altered")
        # Go on from what is written, so that one alteration is reported where it is, not on every later row.
        self.seq, self.chain, self.instant = row.seq, row.chain, row.recorded_at
        self._take_forks()
        self._visit_content(row, Part.BODY.value, row.body_commitment, contents)
        self._visit_content(row, Part.NOTE.value, row.note_commitment, contents)
        if self.kept is not None and self.kept.seq == row.seq and self.kept.chain != row.chain:
            self.problem(f"seq {row.seq}: the chain is not the one of the head that was kept")

    def _visit_content(self, row: Any, part: str, committed: str | None, contents: dict[str, tuple[str, str]]) -> None:
        content = contents.get(part)
        if committed is None:
            if content is not None:
                self.problem(f"seq {row.seq}: has a {part} that was never committed to")
            return
        if content is None:
            self.missing.add((row.seq, part))
            return
        salt, value = content
        if not _matches(salt, value, committed):
            self.problem(f"seq {row.seq}: the {part} is not what was committed to")
        elif part == Part.BODY.value and row.operation == Operation.REDACT.value:
            named = parse(value).get("redacts", [])
            self.redacted.update(
                ((one["seq"], one["part"]), one["redacted_by"]) for one in named if one["seq"] < row.seq
            )

    def finish(self, connection: Connection, instant: datetime | None) -> None:
        """Check what can only be known at the end: the head, contents without revision, lawful erasures."""
        if (self.verdict.seq, self.verdict.chain, instant) != (self.seq, self.chain, self.instant):
            told = f"the head says seq {self.verdict.seq}, the last revision is {self.seq}"
            self.problem(f"{told}, or their chains or times differ")
        for fork in self.forks:
            self.problem(f"the fork to {fork.ledger} begins after seq {fork.seq}, which is not there")
        if self.kept is not None and self.kept.seq > self.seq:
            self.problem(f"the ledger ends at seq {self.seq}, before the head that was kept ({self.kept.seq})")
        for seq, part in sorted(self.missing - self.redacted.keys()):
            self.problem(f"seq {seq}: the {part} is gone, and no later redact revision names it")
        orphans = select(CONTENT.c.seq).where(CONTENT.c.seq.not_in(select(REVISION.c.seq))).limit(20)
        for seq in connection.execute(orphans).scalars():
            self.problem(f"seq {seq}: a content without its revision")
        allowed = {((row.seq, row.part), row.redacted_by) for row in connection.execute(select(REDACTION))}
        for (seq, part), _ in sorted(allowed ^ set(self.redacted.items())):
            self.problem(f"seq {seq}: the list of erased contents and the redact revisions disagree about its {part}")
        for seq, part in sorted(self.redacted.keys() - self.missing):
            self.problem(f"seq {seq}: its {part} was redacted, and is still there")


def _matches(salt: str, value: str, committed: str) -> bool:
    try:
        spelling = canonical(parse(value)).decode()
        return (bytes.fromhex(salt).hex(), spelling) == (salt, value) and commitment(salt, value.encode()) == committed
    except ValueError:
        return False
