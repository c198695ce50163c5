"""What must be true of any state of the past: lists and counts say what single records say."""

from random import Random
from typing import Any

import orjson
from sqlalchemy import select

from app.kit.ids import PLURALS, type_of
from app.ledger.append import CONTENT, REVISION
from app.record.desk import Desk
from app.record.protection import NONE, shields
from app.store.engine import snapshot
from tests.finding.asking import answer, ids_of, path
from tests.finding.busy import Busy
from tests.finding.oracle import Oracle
from tests.finding.properties import DOMAINS, Records
from tests.finding.remembering import Asker
from tests.record.histories import WORDS
from tests.record.readings import miscounted, stale
from tests.support.api import Api


def assert_coherent(api: Api, editors: Busy, head: int, chance: Random) -> str:
    """Hold lists of a state against the records that are read by id; return all that was answered."""
    moment = {"as_of": f"seq:{head}"}
    found: dict[str, dict[str, Any]] = {}
    texts: list[str] = []
    for one in editors.every:
        response = api.get(f"/v1/{PLURALS[type_of(one)]}/{one}?as_of=seq:{head}")
        assert response.status_code in (200, 404, 410), response.text
        texts.append(response.text)
        if response.status_code == 200:
            found[one] = orjson.loads(response.content)["data"]
    read = {one: document for one, document in found.items() if type_of(one) != "vocabulary"}
    oracle = Oracle(Records(list(read.values())))
    asker = Asker(api, chance, oracle)
    for noun in DOMAINS:
        for given in [{}, *(asker.given(noun) for _ in range(8))]:
            where = path(noun, {**given, **moment, "limit": "1000", "count": "exact"})
            if api.get(where).status_code == 400:
                # A code that no vocabulary had: choices are drawn from what little there was.
                continue
            expected, listed = oracle.found(noun, given), answer(api, where)
            assert ids_of(listed["data"]) == ids_of(expected), where
            assert listed["data"] == expected, where
            assert listed["meta"]["count"] == len(expected), where
            texts.append(orjson.dumps(listed["data"]).decode())
    vocabularies = {one["id"]: one for one in api.walk("/v1/vocabularies")}
    wrong = [*miscounted(read), *stale({**vocabularies, **found})]
    assert not wrong, wrong
    texts += [api.get(f"/v1/compare?crisis={one}&as_of=seq:{head}").text for one in editors.ids["crisis"]]
    return "\n".join(texts)


def assert_hidden(desk: Desk, texts: str) -> int:
    """Nothing was answered of who is gone, nor words that were replaced to protect somebody; return how many are."""
    kept: set[str] = set()
    hidden: set[str] = set()
    with snapshot(desk.engine) as connection:
        query = select(REVISION.c.seq, REVISION.c.record_id, REVISION.c.record_type, CONTENT.c.part, CONTENT.c.value)
        rows = connection.execute(query.join(CONTENT, CONTENT.c.seq == REVISION.c.seq)).all()
        shielded = shields(connection, {row.record_id for row in rows})
    for row in rows:
        value, shield = orjson.loads(row.value), shielded.get(row.record_id, NONE)
        words = value.get("text") if row.part == "note" else value.get(WORDS.get(row.record_type, ""))
        (hidden if shield.withholds(row.seq) else kept).add(f'"{words}"')
    # Only what the histories made up: their records state the first names as labels of their own.
    hidden = {one for one in hidden - kept if one[-2].isdigit()}
    exposed = [one for one in hidden if one in texts]
    assert not exposed, exposed
    gone = [one for one, shield in shielded.items() if shield.gone]
    assert [one for one in gone if f'"id":"{one}"' in texts] == []
    return len(hidden)
