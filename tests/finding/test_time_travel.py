"""Time travel promises: whatever was answered is answered again, to the byte, when it is asked for as of its time."""

from collections import Counter
from datetime import datetime
from itertools import count, pairwise
from random import Random

import pytest
from sqlalchemy import text

from app.kit.clock import instant_text, parse_instant
from app.record import documents
from app.record.desk import Desk
from tests.finding.busy import Busy, busy
from tests.finding.remembering import Asker, Kept, got
from tests.support.api import Api, serving
from tests.support.databases import Databases

_numbers = count()
OPERATIONS = 1000
# So many writes between two looks at what there is to ask about.
LOOK = 40


class Times:
    """Names of states: revisions and instants by which each can be asked for."""

    def __init__(self, editors: Busy) -> None:
        with editors.world.desk.engine.connect() as connection:
            rows = connection.execute(text("SELECT seq, recorded_at FROM revision ORDER BY seq")).all()
            self.ends: list[int] = list(connection.execute(text("SELECT seq FROM ledger_write ORDER BY seq")).scalars())
        self._at: dict[int, datetime] = {
            row.seq: parse_instant(row.recorded_at) if isinstance(row.recorded_at, str) else row.recorded_at
            for row in rows
        }

    def named(self, head: int, chance: Random) -> str:
        """Return a name of the state whose newest revision is `head`: any moment until the next write was done."""
        later = next((end for end in self.ends if end > head), head + 1)
        if chance.random() < 0.5:
            return f"seq:{chance.randint(head, later - 1)}"
        first, before = self._at[head], self._at.get(later)
        return instant_text(first if before is None else first + (before - first) * chance.choice([0, 0.5, 0.999]))


def shown(answer):
    import orjson
    out=[]
    for p in answer.pages:
        d=orjson.loads(p+b"}")["data"]
        out.append([x.get("id") for x in d] if isinstance(d,list) else d.get("id"))
    return answer.status, out, answer.counts, answer.retracted


def ask_again(api: Api, kept: list[Kept], times: Times, chance: Random) -> None:
    """Ask everything again as of its time."""
    for one in kept:
        moment = times.named(one.head, chance)
        again = got(api, one.path, dict(one.given), moment)
        if again != one.answer:
            print(shown(one.answer), "\n", shown(again))
        assert again == one.answer, f"{one.path} {dict(one.given)} as_of {moment} (then {one.head})"


def test_every_answer_is_given_again(databases: Databases) -> None:
    """A thousand random changes, and whatever was answered between them, asked again meanwhile and in the end."""
    chance = Random(20161213)
    editors = busy(databases.migrated(f"busy_{next(_numbers)}"))
    kept: list[Kept] = []
    writes = refused = 0
    with serving(editors.world.url) as api:
        asker = Asker(api, chance)
        while editors.verbs < OPERATIONS:
            if writes % LOOK == 0:
                asker.look_again(editors.every)
            writes += 1
            editors.write(chance)
            head = editors.head
            for _ in range(2):
                path, given = asker.question()
                answer = got(api, path, given)
                refused += answer.status == 400
                if answer.status != 400:
                    kept.append(Kept(path, tuple(given.items()), answer, head))
            if writes % LOOK == 0:
                ask_again(api, chance.sample(kept, 20), Times(editors), chance)
        ask_again(api, kept, Times(editors), chance)
    found = Counter(one.answer.status for one in kept)
    print(writes, editors.verbs, editors.done, editors.refused, len(kept), found, refused, sum(len(b"".join(one.answer.pages)) > 12 * len(one.answer.pages) for one in kept))
