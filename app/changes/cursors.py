"""Why this file exists: where a follower stands: a seq, or a place that proves itself by the ledger and its chain.

`0` is the beginning; `214` is after revision 214; `LEDGER:214:CHAIN`, the text of links.next, also says of which ledger
that revision was and what the chain was there, so that a rewritten or forked ledger is found out at once.
"""

import re
from dataclasses import dataclass

PATTERN = r"([A-Za-z0-9-]{1,64}:)?[0-9]{1,18}(:[0-9a-f]{64})?"
_PLAIN = re.compile(r"[0-9]{1,18}", re.ASCII)
_PROVEN = re.compile(r"([A-Za-z0-9-]{1,64}):([0-9]{1,18}):([0-9a-f]{64})", re.ASCII)


@dataclass(frozen=True)
class Place:
    """After a revision; with the ledger and the chain there when it is to be proven."""

    seq: int
    ledger: str | None = None
    chain: str | None = None

    def text(self) -> str:
        """Return the place as `after` takes it."""
        return f"{self.ledger}:{self.seq}:{self.chain}" if self.ledger else str(self.seq)


BEGINNING = Place(0)


def read(text: str) -> Place:
    """Read a place; raises ValueError with what was expected."""
    if _PLAIN.fullmatch(text):
        return Place(int(text))
    found = _PROVEN.fullmatch(text)
    if found is None:
        raise ValueError("expected the seq of a revision, 0 for the beginning, or `after` of a links.next, unchanged")
    return Place(int(found[2]), found[1], found[3])
