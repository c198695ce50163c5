"""Time travel promises: whatever was answered is answered again, to the byte, when it is asked for as of its time."""

import os
from collections import Counter
from itertools import count
from random import Random

import pytest

from app.kit.ids import PLURALS, type_of
from app.ledger.words import Cause
from app.record import documents
from app.record.desk import Desk
from tests.finding.busy import Busy, busy
from tests.finding.remembering import Asker, Kept, Times, got, unlike
from tests.finding.then import assert_coherent, assert_hidden
from tests.support.api import Api, serving
from tests.support.databases import Databases

_numbers = count()
# A thousand in the long form, which `.ci/run` plays; CONTRIBUTING.md says how.
OPERATIONS = int(os.environ.get("TRAVEL_OPERATIONS", "200"))
# So many writes between two looks at what there is to ask about.
LOOK = 25


def ask_again(api: Api, kept: list[Kept], times: Times, chance: Random) -> None:
    """Ask everything again as of its time."""
    for one in kept:
        moment = times.named(one.head, chance)
        again = got(api, one.path, dict(one.given), moment)
        assert again == one.answer, unlike(one, again, moment)


def test_every_answer_is_given_again(databases: Databases) -> None:
    """Random changes, and whatever was answered between them, asked again meanwhile and in the end."""
    chance = Random(20161213)
    editors = busy(databases.migrated(f"busy_{next(_numbers)}"))
    kept: list[Kept] = []
    refused = writes = 0
    with serving(editors.world.url) as api:
        asker = Asker(api, chance)
        while editors.verbs < OPERATIONS:
            if writes % LOOK == 0:
                asker.look_again(editors.every)
                ask_again(api, chance.sample(kept, min(len(kept), 10)), Times(editors.world.desk), chance)
            editors.write(chance)
            writes += 1
            head = editors.head
            for _ in range(3):
                path, given = asker.question()
                answer = got(api, path, given)
                refused += answer.status == 400
                if answer.status != 400:
                    kept.append(Kept(path, tuple(given.items()), answer, head))
        ask_again(api, kept, Times(editors.world.desk), chance)
        _hold_single_records(api, editors, chance)
    found = Counter(one.answer.status for one in kept)
    full = sum(any(len(page) > len(b'{"data":[]') for page in one.answer.pages) for one in kept)
    assert min(found[200], found[410], full) > OPERATIONS // 50
    # Codes that no vocabulary has yet are refused; the fewer records there are, the oftener.
    assert refused < writes // 2


def _hold_single_records(api: Api, editors: Busy, chance: Random) -> None:
    """Before it was recorded a record is 404; what was retracted since is told beside what was said then."""
    times = Times(editors.world.desk)
    told: Counter[bool] = Counter()
    for one in chance.sample(editors.every, 40):
        path = f"/v1/{PLURALS[type_of(one)]}/{one}"
        now, created = api.get(path), times.created[one]
        before, after = (
            max((end for end in times.ends if end < created), default=0),
            min(end for end in times.ends if end >= created),
        )
        assert api.get(f"{path}?as_of=seq:{before}").status_code == 404
        then = api.get(f"{path}?as_of=seq:{after}")
        if then.status_code == 200:
            retracted = then.json()["meta"]["retracted"]
            assert retracted == (now.json()["retracted"] if now.status_code == 410 else None)
            told[retracted is None] += 1
    assert min(told.values()) > 1


def test_the_past_is_of_one_piece_whatever_is_protected_or_waits(
    databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Lists find what single records say, under any filter, and count it; of what is protected now nothing is said.

    Also of times when documents waited to be rendered, and others were written meanwhile.
    """
    monkeypatch.setattr(documents, "FEW", 3)
    settle = Desk.settle
    chance = Random(11)
    editors = busy(databases.migrated(f"busy_{next(_numbers)}"), *Cause)
    for _ in range(40):
        waits = chance.random() < 0.6
        monkeypatch.setattr(Desk, "settle", (lambda _desk: 0) if waits else settle)
        editors.write(chance)
    settle(editors.world.desk)
    assert editors.verbs > 60
    with serving(editors.world.url) as api:
        for head in chance.sample(Times(editors.world.desk).ends, 4):
            texts = assert_coherent(api, editors, head, chance)
            assert assert_hidden(editors.world.desk, texts) > 2
