"""Why this file exists: to whom a revision is delivered, pure.

A follower with filters gets a revision when the record matched before it or after it, so that what leaves a filter is
heard of too; what takes something back (a retraction, a redaction, protection) goes to every filter that ever matched.

A filter must not tell what is protected: where the contents of a revision are withheld, so is what they matched. What
takes back such a record goes to every follower, whatever the filter, and nothing else of it to any.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from app.ledger.words import Cause, Operation

# What a record was found by at one time: names of filters, and the ids or codes; null when it was not public.
Reach = Mapping[str, Sequence[str]]
TAKES_BACK = frozenset({Operation.RETRACT.value, Operation.REDACT.value, Operation.SEAL.value})


@dataclass(frozen=True)
class Filters:
    """What a follower asks for: any of these types, and for every name any of these ids or codes."""

    types: frozenset[str] = frozenset()
    reach: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def everything(self) -> bool:
        """Whether nothing is asked."""
        return not self.types and not self.reach

    def match(self, reach: Reach | None) -> bool:
        """Whether a record that was found by this was public and matched."""
        if reach is None:
            return False
        return all(not values.isdisjoint(reach.get(name, ())) for name, values in self.reach.items())


class Facts(NamedTuple):
    """What decides of one revision."""

    seq: int
    record_type: str
    operation: str
    cause: str | None
    before: Reach | None
    after: Reach | None
    ever: Reach | None

    @property
    def takes_back(self) -> bool:
        """Whether followers must hear of it who have the record from earlier."""
        return self.operation in TAKES_BACK or self.cause == Cause.PROTECTION.value


class Shield(Protocol):
    """What is protected of a record."""

    def withholds(self, seq: int) -> bool:
        """Whether the contents of a revision are not to be shown."""


class Delivery(NamedTuple):
    """Whether a revision is delivered, and whether the record matched before and after; null where that is withheld."""

    delivered: bool
    before: bool | None
    after: bool | None


def may_be_delivered(filters: Filters, facts: Facts) -> bool:
    """Whether a revision can be delivered at all, so that it must be asked what is protected of its record."""
    if filters.types and facts.record_type not in filters.types:
        return False
    return not filters.reach or facts.takes_back or filters.match(facts.before) or filters.match(facts.after)


def delivery(filters: Filters, facts: Facts, shield: Shield | None) -> Delivery:
    """Return whether a follower gets a revision, and what it is told of its filters."""
    right_type = not filters.types or facts.record_type in filters.types
    if not filters.reach:
        # The envelope itself tells the type, and the operations tell what was public.
        return Delivery(right_type, right_type and facts.before is not None, right_type and facts.after is not None)
    before, after = filters.match(facts.before), filters.match(facts.after)
    if not right_type:
        return Delivery(delivered=False, before=False, after=False)
    if shield is None:
        taken = facts.takes_back and filters.match(facts.ever)
        return Delivery(before or after or taken, before, after)
    hidden = shield.withholds(facts.seq)
    # The state before the revision that protects is of the contents that it replaced.
    told_before = None if hidden or shield.withholds(facts.seq - 1) else before
    told_after = None if hidden and facts.after is not None else after
    delivered = facts.takes_back or (not hidden and bool(told_before or told_after))
    return Delivery(delivered, told_before if delivered else False, told_after if delivered else False)
