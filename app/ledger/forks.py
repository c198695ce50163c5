"""Why this file exists: a ledger that lost commits goes on under another name, and who shares what with it, pure.

When an older backup is restored, the numbers of the lost revisions would be given out again, to other revisions. So
the ledger begins anew under a new id that names its parent and the last revision that both have. Whoever stands past
that revision stands on what is no more.
"""

from collections.abc import Iterable
from dataclasses import dataclass


class BrokenAncestry(ValueError):
    """Forks that do not lead from one ledger to the next."""


@dataclass(frozen=True, slots=True)
class Fork:
    """A ledger that goes on after revision `seq` of its parent, where the chain was `chain`."""

    ledger: str
    parent: str
    seq: int
    chain: str

    def value(self) -> dict[str, str | int]:
        """Return the fork as the JSON value that is signed with the head."""
        return {"ledger": self.ledger, "parent": self.parent, "seq": self.seq, "chain": self.chain}


def ancestry(ledger: str, forks: Iterable[Fork]) -> list[Fork]:
    """Return the forks that led to a ledger, the newest first; raises BrokenAncestry when they run in a circle."""
    by_ledger = {one.ledger: one for one in forks}
    found: list[Fork] = []
    while (one := by_ledger.pop(ledger, None)) is not None:
        found.append(one)
        ledger = one.parent
    if any(ledger == one.ledger for one in found):
        raise BrokenAncestry("the forks of the ledger lead back to where they began")
    return found


def last_common(ledger: str, forks: Iterable[Fork], other: str) -> Fork | None:
    """Return the fork after which a ledger shares nothing with an ancestor; null when `other` is none."""
    earliest: Fork | None = None
    for one in ancestry(ledger, forks):
        if earliest is None or one.seq <= earliest.seq:
            earliest = one
        if one.parent == other:
            return earliest
    return None
