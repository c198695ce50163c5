"""A walker's journey: page by page through a list that others insert into, correct, retract and restore meanwhile."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.api import Api, serving
from tests.support.databases import Databases
from tests.support.world import World

Facts = dict[str, Any]


@dataclass
class List:
    """A list, the noun of its records, and lawful facts for the n-th of them.

    `bare` when it is empty at first; `fixed` names the fields that no correction may change.
    """

    path: str
    record_type: str
    facts: Callable[[int], Facts]
    bare: bool = False
    fixed: tuple[str, ...] = ()


def _vocabulary(number: int) -> Facts:
    name = "list_" + "abcdefghijklmnopqrstuvwxyz"[number % 26] + "abcdefghijklmnopqrstuvwxyz"[number // 26]
    term = {"code": "a", "label": str(number), "definition": "It is.", "ours": True}
    return {"name": name, "label": "A", "lang": "en", "definition": "It is.", "source": "ours", "terms": [term]}


def _relations(world: World) -> Callable[[int], Facts]:
    ends = list(permutations(world.create_all([("claim", world.claim())] * 6), 2))
    return lambda number: world.relation(*ends[number % len(ends)], reason=f"Reason {number}.")


def _claims(world: World, path: str) -> List:
    return List(path, "claim", lambda number: world.claim(statement=f"Number {number}."), bare=True)


def _figures(world: World, path: str) -> List:
    claim = world.create("claim", world.claim())
    facts = lambda number: world.figure(claim, text=f"number {number}")  # noqa: E731
    return List(path.format(claim=claim), "figure", facts, bare=True)


LISTS: dict[str, Callable[[World], List]] = {
    "crises": lambda world: List("/v1/crises?", "crisis", lambda n: world.crisis_draft(name=f"Number {n}")),
    "reports": lambda world: List("/v1/reports?", "report", lambda n: world.report_draft(title=f"Number {n}")),
    "claims": lambda world: _claims(world, "/v1/claims?"),
    "figures": lambda world: _figures(world, "/v1/figures?"),
    "actors": lambda world: List("/v1/actors?", "actor", lambda n: world.person(name=f"Number {n}")),
    "places": lambda world: List("/v1/places?", "place", lambda n: world.place(name=f"Number {n}")),
    "relations": lambda world: List("/v1/relations?", "relation", _relations(world), bare=True, fixed=("from", "to")),
    "vocabularies": lambda _: List("/v1/vocabularies?", "vocabulary", _vocabulary, fixed=("name",)),
    "claims of a report": lambda world: _claims(world, f"/v1/reports/{world.report}/claims?"),
    "figures of a report": lambda world: _figures(world, f"/v1/reports/{world.report}/figures?"),
    "figures of a claim": lambda world: _figures(world, "/v1/claims/{claim}/figures?"),
    "claims of an originator": lambda world: _claims(world, f"/v1/actors/{world.speaker}/claims?"),
    "claims of a publisher": lambda world: _claims(world, "/v1/actors/a-paper/claims?role=publisher&"),
}


class Crowd:
    """Others who write while somebody walks; remembers what each record was, for the judgement at the end."""

    def __init__(self, world: World, listed: List, size: int) -> None:
        self._world = world
        self._list = listed
        self._number = size
        facts = [(listed.record_type, listed.facts(number)) for number in range(size)]
        self.first = world.create_all(facts)
        self.away: set[str] = set()
        self.ever_away: set[str] = set()

    def do(self, what: str, which: int) -> None:
        """Insert, correct, retract or restore; a correction or retraction picks any record of the beginning."""
        self._number += 1
        record_id = self.first[which % len(self.first)]
        facts = self._list.facts(self._number)
        if what == "insert":
            self._world.create(self._list.record_type, facts)
        elif record_id in self.away:
            self._world.restore(record_id)
            self.away.remove(record_id)
        elif what == "correct":
            old = self._list.facts(which % len(self.first))
            kept: Facts = {name: old[name] for name in self._list.fixed}
            self._world.correct(record_id, {**facts, **kept})
        else:
            self._world.retract(record_id)
            self.away.add(record_id)
            self.ever_away.add(record_id)


Steps = list[tuple[str, int]]
# One act before each further page: what is ahead, what is read already, and what is to come back in both.
ACTS: Steps = [("insert", 0), ("retract", 1), ("correct", 5), ("retract", 4), ("restore", 1), ("insert", 0)]
acts = st.tuples(st.sampled_from(["insert", "correct", "retract", "restore"]), st.integers(0, 5))


@pytest.mark.parametrize("name", LISTS)
def test_a_walk_gives_each_record_once_and_in_order(databases: Databases, furnished_template: World, name: str) -> None:
    """What was there all the time is read exactly once, newest recorded first, whatever happens between the pages."""
    walk(databases, furnished_template, name, 1, ACTS)


@settings(max_examples=4)
@given(name=st.sampled_from(sorted(LISTS)), limit=st.integers(1, 8), between=st.lists(acts, min_size=1, max_size=6))
def test_however_long_the_pages_and_whatever_others_do(
    databases: Databases, furnished_template: World, name: str, limit: int, between: Steps
) -> None:
    """Any list, any length of page, any order of insertions, corrections, retractions and restorations."""
    walk(databases, furnished_template, name, limit, between)


def walk(databases: Databases, template: World, name: str, limit: int, between: Steps) -> None:
    """Fill a fresh list, and walk it while others write."""
    with databases.copy("furnished") as url:
        world = _moved(template, url)
        listed = LISTS[name](world)
        with serving(url) as api:
            before = [] if listed.bare else [one["id"] for one in api.walk(f"{listed.path}limit=1000")]
            crowd = Crowd(world, listed, 6)
            _judge(api, listed, crowd, list(reversed(crowd.first)) + before, limit, between)


def _moved(template: World, url: str) -> World:
    """Return the template's world on a copy of its database."""
    mine = World(url)
    for name in ("country", "town", "publisher", "reporter", "speaker", "crisis", "report"):
        setattr(mine, name, getattr(template, name))
    mine._numbers = template._numbers
    return mine


def _judge(api: Api, listed: List, crowd: Crowd, expected: list[str], limit: int, between: Steps) -> None:
    """Walk with one act of the crowd before each further page, and hold what was read against what was there."""
    found: list[str] = []
    waiting = list(between)
    following: str | None = f"{listed.path}limit={limit}"
    while following is not None:
        page = api.get(following).json()
        assert len(page["data"]) <= limit
        assert (page["links"]["next"] is None) or len(page["data"]) == limit
        found += [one["id"] for one in page["data"]]
        assert len(set(found)) == len(found)
        following = page["links"]["next"]
        if waiting:
            crowd.do(*waiting.pop(0))
    assert found == [one for one in expected if one in set(found)]
    assert set(expected) - set(found) <= crowd.ever_away
    now = [one["id"] for one in api.walk(f"{listed.path}limit={limit}")]
    assert [one for one in now if one in expected] == [one for one in expected if one not in crowd.away]
