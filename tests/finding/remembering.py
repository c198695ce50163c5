"""What a reader got is kept, and asked for again as of when it was got: every byte of `data` must be the same."""

from collections.abc import Callable
from datetime import datetime
from random import Random
from typing import Any, NamedTuple
from urllib.parse import urlencode

import orjson
from sqlalchemy import select

from app.kit.clock import instant_text
from app.kit.ids import PLURALS, type_of
from app.ledger.append import REVISION, WRITE
from app.record.desk import Desk
from app.store.engine import snapshot
from tests.finding.choices import values
from tests.finding.oracle import Oracle
from tests.finding.properties import DOMAINS, Records
from tests.finding.test_lists import LISTINGS
from tests.support.api import Api

Parameters = dict[str, str]
# So many pages of one list are walked.
MOST_PAGES = 3


class Answer(NamedTuple):
    """What is compared of an answer: its status, the bytes of every page, counts, and when and why it is gone."""

    status: int
    pages: tuple[bytes, ...]
    counts: tuple[int | None, ...]
    retracted: Any


class Kept(NamedTuple):
    """A question without its time, what was answered, and the newest revision then."""

    path: str
    given: tuple[tuple[str, str], ...]
    answer: Answer
    head: int


def of_time(given: Parameters, moment: str | None) -> Parameters:
    """Return parameters with the time that is asked for."""
    return given if moment is None else {**given, "as_of": moment}


def got(api: Api, path: str, given: Parameters, moment: str | None = None) -> Answer:
    """Return what is answered of now or of a time, page after page."""
    asked = of_time(given, moment)
    following: str | None = f"{path}?{urlencode(asked)}" if asked else path
    pages: list[bytes] = []
    counts: list[int | None] = []
    while following is not None and len(pages) < MOST_PAGES:
        response = api.get(following)
        if response.status_code != 200:
            return Answer(response.status_code, (), (), response.json().get("retracted"))
        data, _, rest = response.content.rpartition(b',"links":{')
        beside = orjson.loads(b'{"links":{' + rest)
        assert (beside["meta"]["as_of"] is None) == (moment is None)
        pages.append(data)
        counts.append(beside["meta"].get("count"))
        following = beside["links"]["next"]
    return Answer(200, tuple(pages), tuple(counts), None)


def everything(api: Api, moment: str | None = None) -> Oracle:
    """Return what is public, read from the lists, now or as of a time."""
    every: list[dict[str, Any]] = []
    for noun in DOMAINS:
        every += api.walk(f"/v1/{PLURALS[noun]}?{urlencode(of_time({'limit': '1000'}, moment))}")
    return Oracle(Records(every))


def unlike(kept: Kept, again: Answer, moment: str) -> str:
    """Tell how another answer is given."""
    was, now = ([_ids(page) for page in one.pages] for one in (kept.answer, again))
    asked = f"{kept.path} {dict(kept.given)} of {kept.head}, as_of {moment}"
    return f"{asked}: {kept.answer.status} {was} {kept.answer.counts}, again {again.status} {now} {again.counts}"


def _ids(page: bytes) -> list[str]:
    data = orjson.loads(page + b"}")["data"]
    return [one.get("id", "") for one in (data if isinstance(data, list) else [data])]


class Times:
    """Names of states: revisions and instants by which each can be asked for."""

    def __init__(self, desk: Desk) -> None:
        self.created: dict[str, int] = {}
        self._at: dict[int, datetime] = {}
        with snapshot(desk.engine) as connection:
            for row in connection.execute(select(REVISION).order_by(REVISION.c.seq)):
                self.created.setdefault(row.record_id, row.seq)
                self._at[row.seq] = row.recorded_at
            self.ends = list(connection.execute(select(WRITE.c.seq).order_by(WRITE.c.seq)).scalars())

    def named(self, head: int, chance: Random) -> str:
        """Return a name of the state whose newest revision is `head`: any moment until the next write was done."""
        later = next((end for end in self.ends if end > head), head + 1)
        if chance.random() < 0.5:
            return f"seq:{chance.randint(head, later - 1)}"
        first, before = self._at[head], self._at.get(later)
        return instant_text(first if before is None else first + (before - first) * chance.choice([0, 0.5, 0.999]))


def _ordered(given: Parameters, first: str, last: str, key: Callable[[str], Any]) -> None:
    """Have two ends in order, if both are given and can be; instants are written in too many ways."""
    if first in given and last in given:
        low, high = sorted((given[first], given[last]), key=key)
        given[first] = low
        if low == high or ("_from" in first and first.partition("_")[0] in ("created", "changed")):
            del given[last]
        else:
            given[last] = high


class Asker:
    """Draws questions about a world: every filter, sort and page of every list, single records and comparisons."""

    def __init__(self, api: Api, chance: Random, oracle: Oracle | None = None) -> None:
        self.api = api
        self.chance = chance
        self.oracle = oracle or everything(api)
        self.ids: list[str] = []

    def look_again(self, ids: list[str]) -> None:
        """Take up what there is to ask about by now; `ids` are of every record, retracted ones too."""
        self.oracle, self.ids = everything(self.api), ids

    def question(self) -> tuple[str, Parameters]:
        """Return a path and its parameters."""
        kinds: list[Callable[[], tuple[str, Parameters]]] = [self._single, self._list, self._list, self._list]
        return self.chance.choice([*kinds, self._nested, self._compare])()

    def given(self, noun: str, most: int = 3) -> Parameters:
        """Return random filters of a list: values that occur and some that do not, one or several of each."""
        names = [one.name for one in LISTINGS[noun].parameters if one.name not in ("q", "value_match")]
        found: Parameters = {}
        for name in self.chance.sample(names, self.chance.randint(0, most)):
            choices = values(self.oracle, noun, name)
            several = name.rpartition("_")[2] not in ("from", "to", "min", "max")
            wanted = self.chance.randint(1, min(3, len(choices))) if several and choices else min(1, len(choices))
            if wanted:
                found[name] = ",".join(self.chance.sample(choices, wanted))
        for name in [one.rpartition("_")[0] for one in found if one.endswith("_from")]:
            _ordered(found, f"{name}_from", f"{name}_to", str)
        _ordered(found, "value_min", "value_max", float)
        if {"value_min", "value_max"} & found.keys() and self.chance.random() < 0.5:
            found["value_match"] = "overlap"
        return found

    def _single(self) -> tuple[str, Parameters]:
        one = self.chance.choice(self.ids)
        found = self.oracle.on.by_id.get(one, {})
        names = [one, found.get("slug") or one, found.get("p_code") or one]
        return f"/v1/{PLURALS[type_of(one)]}/{self.chance.choice(names)}", {}

    def _paged(self, noun: str, given: Parameters) -> Parameters:
        sorts = [sort for sort in LISTINGS[noun].sorts if sort != "relevance"]
        sort = self.chance.choice(["", "-"]) + self.chance.choice(sorts)
        if sort.endswith("report_order"):
            given = {**given, "report": self._one("report")}
        given = {**given, "sort": sort, "limit": str(self.chance.choice([1, 2, 3, 5, 9, 30]))}
        return {**given, "count": "exact"} if self.chance.random() < 0.5 else given

    def _list(self) -> tuple[str, Parameters]:
        noun = self.chance.choice(DOMAINS)
        return f"/v1/{PLURALS[noun]}", self._paged(noun, self.given(noun))

    def _one(self, noun: str) -> str:
        return self.chance.choice([one for one in self.ids if type_of(one) == noun])

    def _nested(self) -> tuple[str, Parameters]:
        outer, inner = self.chance.choice(
            [("report", "claim"), ("report", "figure"), ("claim", "figure"), ("actor", "claim")]
        )
        if not any(type_of(one) == outer for one in self.ids):
            outer, inner = "report", "claim"
        own = {"report", outer}
        given = {name: text for name, text in self.given(inner, 2).items() if name not in own}
        given = {name: text for name, text in self._paged(inner, given).items() if name not in own}
        if given["sort"].endswith("report_order") and outer != "report":
            given["sort"] = "recorded"
        if outer == "actor":
            given["role"] = self.chance.choice(["originator", "publisher", "reporter"])
        return f"/v1/{PLURALS[outer]}/{self._one(outer)}/{PLURALS[inner]}", given

    def _compare(self) -> tuple[str, Parameters]:
        narrow = self.chance.choice(["place", "crisis", "report"])
        given = {narrow: self._one(narrow)}
        if narrow == "place" or self.chance.random() < 0.3:
            given["measure"] = self.chance.choice(["people_besieged", "people_displaced_stock"])
        shown = {"rows": ["1", "3", "50"], "figures": ["1", "2"], "limit": ["1", "20"], "window": ["0", "30"]}
        for name in self.chance.sample(sorted(shown), 2):
            given[name] = self.chance.choice(shown[name])
        return "/v1/compare", given
