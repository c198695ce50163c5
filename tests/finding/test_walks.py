"""Cursors promise: whoever walks a list, in any order, gets what was there all the time once, whatever others write."""

import base64
import json
from collections.abc import Callable
from typing import Any

import orjson
import pytest

from tests.finding.asking import answer, assert_answers, ids_of, path, problem
from tests.finding.oracle import Oracle
from tests.finding.properties import DOMAINS, Records
from tests.finding.test_lists import LISTINGS, SORTS, beside_sort
from tests.finding.worlds import Told, Value, dated
from tests.support.api import Api, serving

SORTED = [(noun, sort) for noun, sort in SORTS if sort != "-relevance"]
# A field of each noun that can be corrected without moving a record in any order.
STILL = {
    "crisis": "lang",
    "report": "licence",
    "claim": "sensitivity",
    "figure": "sensitivity",
    "actor": "lang",
    "place": "cod_version",
    "relation": "lang",
}
MOVES = {
    "crisis": lambda day: {"dates": dated(day)},
    "report": lambda day: {"published": dated(day)},
    "claim": lambda day: {"event": dated(day)},
    "figure": lambda day: {"reference_period": dated(day)},
}
MOVED_IN = {"crisis": "dates", "report": "published", "claim": "event", "figure": "reference"}


class Others:
    """Who writes to a list while somebody walks it, on records that nothing else cites."""

    def __init__(self, told: Told, noun: str) -> None:
        self.told, self.noun = told, noun
        self._number = 100
        self.spare = [self.insert() for _ in range(8)]
        self.moved: set[str] = set()
        self.gone: set[str] = set()

    def facts(self) -> Value:
        """Return facts of a new record."""
        self._number += 1
        told, number = self.told, self._number
        reports, claims = told.here("rep_"), told.of("clm_")
        ends = claims[number % 19 * 6], claims[(number % 19 + 2 + number // 19) % 20 * 6 + 1]
        made: dict[str, Callable[[], Value]] = {
            "crisis": lambda: told.crisis(number),
            "report": lambda: told.report(number),
            "claim": lambda: told.claim(number, reports[number % 2]),
            "figure": lambda: told.figure(number, claims[number % 2]),
            "actor": lambda: told.world.person(name=f"Body {told.words()}"),
            "place": lambda: told.world.place(name=f"Town {told.words()}"),
            "relation": lambda: told.world.relation(*ends, type="corroborates"),
        }
        return made[self.noun]()

    def insert(self) -> str:
        """Record a new one."""
        (one,) = self.told.record(self.noun, [self.facts()])
        return one

    def act(self, step: int) -> None:
        """Do one thing more: insert, correct in place, move, retract, or restore."""
        one, away = self.spare[step % len(self.spare)], [each for each in self.spare if each in self.told.away]
        what = step % 5
        if what == 4 and away:
            self.told.restore(away[0])
        elif what == 0 or one in away:
            self.insert()
        elif what == 3:
            self.told.retract(one)
            self.gone.add(one)
        elif what == 1 and self.noun in MOVES:
            day = [f"2016-12-{1 + step % 28:02}", str(1990 + step), f"[{1990 + step}..]", f"../{1990 + step}"][step % 4]
            self.told.correct(one, **MOVES[self.noun](day))
            self.moved.add(one)
        else:
            self._correct_in_place(one)

    def _correct_in_place(self, one: str) -> None:
        name = STILL[self.noun]
        first, second = {"lang": ("fr", "ar"), "sensitivity": ("moderate", "high")}.get(name, ("v1", "v2"))
        self.told.correct(one, **{name: second if self.told.facts[one].get(name) == first else first})


def test_every_order_is_walked_while_others_write(lively: Told) -> None:
    """Nothing that stayed where it was is missed or repeated; afterwards every order is again the oracle's."""
    with serving(lively.world.url) as api:
        for noun in DOMAINS:
            others, step = Others(lively, noun), 0
            for sort in [sort for of, sort in SORTED if of == noun]:
                others.moved, others.gone = set(), set()
                step = _walk(api, others, noun, {"sort": sort, **beside_sort(noun, sort)}, step)
        every = [one for noun in DOMAINS for one in answer(api, path(noun, {"limit": 1000}))["data"]]
        oracle = Oracle(Records(every))
        for noun, sort in SORTED:
            assert_answers(api, oracle, noun, {"sort": sort, **beside_sort(noun, sort)}, 29)


def _walk(api: Api, others: Others, noun: str, given: dict[str, str], step: int) -> int:
    """Walk a list once, with two acts of others before each further page; return how many acts there were in all."""
    before = ids_of(answer(api, path(noun, {**given, "limit": 1000}))["data"])
    limit = max(1, len(before) // 2)
    following: str | None = path(noun, {**given, "limit": limit})
    found: list[str] = []
    while following is not None and len(found) < 3 * len(before):
        page = answer(api, following)
        found += ids_of(page["data"])
        following = page["links"]["next"]
        if following is not None:
            others.act(step)
            others.act(step + 1)
            step += 2
    moves = given["sort"].removeprefix("-") == MOVED_IN.get(noun)
    astir = others.gone | (others.moved if moves else set())
    still = [one for one in before if one not in astir]
    assert [one for one in found if one in still] == still, path(noun, given)
    calm = [one for one in found if one not in astir]
    assert len(set(calm)) == len(calm), path(noun, given)
    assert len(found) > limit
    return step


# --- whose cursor it is ----------------------------------------------------------------------------------------------


def cursor_of(api: Api, noun: str, given: dict[str, str]) -> str:
    """Return the cursor after the first record of a list."""
    following = answer(api, path(noun, {**given, "limit": 1}))["links"]["next"]
    assert following is not None, given
    return str(following).rpartition("cursor=")[2]


@pytest.mark.parametrize(("noun", "sort"), SORTED)
def test_a_cursor_goes_on_with_its_own_list_alone(listing_api: Api, noun: str, sort: str) -> None:
    """Another order, another direction, another filter, another value, another list: each refuses it."""
    given = {"sort": sort, "status": "published", **beside_sort(noun, sort)}
    cursor = cursor_of(listing_api, noun, given)
    assert len(answer(listing_api, path(noun, {**given, "limit": 2, "cursor": cursor}))["data"]) > 0
    others = [{**given, "sort": other} for of, other in SORTED if of == noun and other != sort]
    others += [{**given, "created_from": "2019-01-01"}, {**given, "status": "published,draft"}]
    others += [{name: text for name, text in given.items() if name != "status"}]
    for other in others:
        asked = {**other, **beside_sort(noun, other["sort"]), "cursor": cursor}
        assert problem(listing_api, noun, asked)["code"] == "invalid_cursor", other
    for stranger in (one for one in LISTINGS if one != noun):
        simple = {"sort": "recorded", "status": "published", "cursor": cursor}
        assert problem(listing_api, stranger, simple)["code"] == "invalid_cursor"


@pytest.mark.parametrize("sort", ["recorded", "-event", "relevance"])
def test_a_forged_cursor_is_refused(listing_api: Api, sort: str) -> None:
    """What is inside is judged before it is used: its version, its list, and every part of its key."""
    given = {"sort": sort, **beside_sort("claim", sort)}
    cursor = cursor_of(listing_api, "claim", given)
    inside = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    key = inside["k"]
    parts: list[Any] = [-1, 2**63, 1.5, True, None, "1", [1], {"a": 1}, "'; --", 10**30]
    keys: list[Any] = [[], [*key, 1], key[:-1], "12", None, {}, 7, *([part, *key[1:]] for part in parts)]
    keys += [[*key[:-1], part] for part in parts]
    forged: list[Any] = [{**inside, "k": one} for one in keys]
    versions: list[Any] = [0, 2, "1", None, []]
    bindings: list[Any] = ["", "0" * 12, None, 1, []]
    forged += [{**inside, "v": one} for one in versions] + [{**inside, "b": one} for one in bindings]
    forged += [[inside], {}, None, 5, "x", {name: inside[name] for name in "bk"}]
    for one in forged:
        text = base64.urlsafe_b64encode(_json(one)).rstrip(b"=").decode()
        refusal = problem(listing_api, "claim", {**given, "cursor": text})
        assert refusal["code"] == "invalid_cursor", one
    for text in (cursor[:-3], cursor + "AAAA", cursor[::-1], cursor.swapcase(), f"{cursor}\0", cursor * 20):
        assert problem(listing_api, "claim", {**given, "cursor": text})["code"] == "invalid_cursor"


def _json(value: Any) -> bytes:
    """Return JSON, also with numbers that ours never has."""
    return json.dumps(value).encode()
