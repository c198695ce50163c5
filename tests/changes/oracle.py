"""The slow oracle of filters: after every write all lists are asked, and who was in which of them is remembered."""

from dataclasses import dataclass, field
from typing import NamedTuple

from tests.changes.following import page
from tests.record.histories import CAUSES, Player, Step
from tests.support.api import Api

# Which lists take the filter of a name.
LISTED = {
    "crisis": ("claims", "figures", "reports", "relations"),
    "place": ("claims", "figures", "reports", "places", "crises"),
    "theme": ("claims", "figures", "reports"),
    "report": ("claims", "figures", "relations"),
}
TYPES = {
    "claims": "claim",
    "figures": "figure",
    "reports": "report",
    "relations": "relation",
    "places": "place",
    "crises": "crisis",
}
Question = tuple[tuple[str, str], ...]
TAKEN = ("retract", "redact", "seal")


class Expected(NamedTuple):
    """What a follower should be told of one revision."""

    seq: int
    before: bool
    after: bool


@dataclass
class Oracle:
    """Plays a history and remembers the lists of every question after every write."""

    api: Api
    questions: list[Question]
    # After each write: the head, and the records that every question finds.
    states: list[tuple[int, dict[Question, frozenset[str]]]] = field(default_factory=list)

    def look(self) -> None:
        """Ask every list now."""
        asked = {*self.questions, *((pair,) for question in self.questions for pair in question)}
        found = {question: frozenset(self._found(question)) for question in asked}
        self.states.append((self.api.data("/v1/ledger/head")["seq"], found))

    def _found(self, question: Question) -> set[str]:
        query = "&".join(f"{name}={value}" for name, value in question)
        return {one["id"] for kind in listed(question) for one in self.api.walk(f"/v1/{kind}?{query}&limit=1000")}

    def expected(self, question: Question) -> list[Expected]:
        """Return what a follower of a question should get of all that was written since the first look."""
        found: list[Expected] = []
        for (first, before), (last, after) in zip(self.states, self.states[1:], strict=False):
            changes = page(self.api, f"/v1/changes?after={first}&limit=1000")["data"][: last - first]
            for one in changes:
                record, here = (
                    one["record_id"],
                    (one["record_id"] in before[question], one["record_id"] in after[question]),
                )
                # Matching is by each name: what matched one once and another later goes to both.
                ever = all(
                    any(record in seen[(pair,)] for seq, seen in self.states if seq <= first) for pair in question
                )
                if any(here) or (one["operation"] in TAKEN and ever):
                    found.append(Expected(one["seq"], *here))
        return found


def listed(question: Question) -> list[str]:
    """Return the lists that take all filters of a question."""
    return [kind for kind in TYPES if all(kind in LISTED[name] for name, _ in question)]


def play(player: Player, step: Step) -> None:
    """Play a step in which nothing is protected: what is would be withheld from filters."""
    if step.verb in ("correct", "retract") and CAUSES[step.pick % len(CAUSES)].value == "protection":
        step = step._replace(pick=step.pick + 1)
    player.play(step)
