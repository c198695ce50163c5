"""Plans promise: whichever condition leads and however the records are gathered, the answer is the same.

Large worlds are answered in other ways than small ones; here the bounds between them are moved, so that every way is
gone in a small world, on the same data, against the same oracle.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.finding import finder, planning
from app.finding.finder import Finder
from app.serving import lists
from app.store import reader
from tests.finding.asking import answer, assert_answers, ids_of, path
from tests.finding.oracle import Oracle
from tests.finding.test_questions import assert_facets, questions
from tests.finding.worlds import Told
from tests.support.api import Api, serving
from tests.support.databases import Databases

NONE, ALL = -1, 10**6
Ways = set[tuple[str, bool]]
STREAMED, GATHERED = ("HasTerm", False), ("HasTerm", True)
EVERY, NAMED = ("every", False), ("OneOf", True)
SOUGHT = {(name, True) for name in ("InPeriod", "Saying", "Changed", "InNumbers")}
# How the bounds are moved, and which ways the questions below then go: what leads, and whether it is gathered first.
BOUNDS: dict[str, tuple[dict[str, int], Ways]] = {
    "nothing is small": (
        {"QUICK": NONE, "GATHERED": NONE, "SORTED": NONE},
        {EVERY, NAMED, STREAMED, ("Saying", False)},
    ),
    "little is small": ({"QUICK": NONE, "GATHERED": 9, "SORTED": 9}, {EVERY, NAMED, STREAMED, ("Saying", True)}),
    "only sorts gather": (
        {"QUICK": NONE, "GATHERED": NONE, "SORTED": ALL},
        {EVERY, NAMED, STREAMED, GATHERED, ("Saying", False), *SOUGHT},
    ),
    "all is gathered": (
        {"QUICK": NONE, "GATHERED": ALL, "SORTED": ALL, "STREAMS": 0},
        {EVERY, NAMED, GATHERED, *SOUGHT},
    ),
    "terms lead at once": ({"QUICK": ALL, "STREAMS": 1}, {EVERY, NAMED, STREAMED, GATHERED, *SOUGHT}),
}
# Terms, several of them, periods, words, numbers, instants and ids: alone and together.
ASKED: list[dict[str, str]] = [
    {},
    {"country": "SYR,IRQ"},
    {"unit": "{person},%", "quantifier": "at_least,between,at_most,unqualified"},
    {"country": "SYR", "event_from": "2016-12-13", "q": "market"},
    {"event_from": "2016-12-13", "event_to": "2016-12-15"},
    {"reference_to": "2016-12-14", "said_from": "2016-12-01"},
    {"q": "market"},
    {"q": '"café market" OR ho*', "value_max": "6000"},
    {"q": "ca*", "derived": "false", "changed_to": "2030-01-01"},
    {"value_min": "40", "value_match": "overlap"},
    {"value_min": "1", "value_max": "100000", "place": "aland", "event_to": "2016-12-14"},
    {"changed_from": "2020-04-20", "created_to": "2031-01-01"},
    {"created_from": "2020-04-09"},
    {"changed_from": "2020-04-20", "country": "SYR"},
    {"changed_to": "2020-04-20", "created_from": "2020-04-09", "event_from": "2016-12-13"},
]


@contextmanager
def bounded(monkeypatch: pytest.MonkeyPatch, api: Api, **bounds: int) -> Iterator[Finder]:
    """Move bounds of plans, and give a finder that has planned nothing yet, which answers meanwhile."""
    with monkeypatch.context() as moved:
        for name, value in bounds.items():
            for module in (planning, finder, lists):
                if hasattr(module, name):
                    moved.setattr(module, name, value)
        usual, fresh = api.app.state.finder, Finder(api.app.state.reader)
        api.app.state.finder = fresh
        try:
            yield fresh
        finally:
            api.app.state.finder = usual


def ways(fresh: Finder) -> Ways:
    """Return how a finder has found records: what led, and whether it was gathered first."""
    plans = [kept.plan for kept in fresh._plans.values() if kept.plan is not None]
    return {(type(plan.driver).__name__ if plan.driver else "every", plan.few) for plan in plans}


@pytest.mark.parametrize("name", BOUNDS)
def test_every_way_to_an_answer_gives_the_same(
    monkeypatch: pytest.MonkeyPatch, listing_api: Api, oracle: Oracle, name: str
) -> None:
    """Pages in both directions and by dates, counts and facets, by each way that there is."""
    bounds, expected = BOUNDS[name]
    some = ",".join(ids_of(oracle.on.nouns["figure"])[::3])
    with bounded(monkeypatch, listing_api, **bounds) as fresh:
        for asked in [*ASKED, {"id": some}, {"id": some, "q": "ca*", "country": "SYR"}]:
            for sort in ("recorded", "event", "-reference"):
                assert_answers(listing_api, oracle, "figure", {**asked, "sort": sort}, 29)
            found = assert_answers(listing_api, oracle, "figure", asked, 29)
            beside = {**asked, "count": "exact", "limit": "1"}
            assert answer(listing_api, path("figure", beside))["meta"]["count"] == len(found)
            assert_facets(listing_api, oracle, "figure", asked, ["country", "quantifier", "voice"])
        assert ways(fresh) == expected


@pytest.mark.parametrize("name", BOUNDS)
def test_any_question_has_one_answer_by_any_way(
    monkeypatch: pytest.MonkeyPatch, listing_api: Api, oracle: Oracle, name: str
) -> None:
    """Whatever is asked, of whatever list."""
    with bounded(monkeypatch, listing_api, **BOUNDS[name][0]):

        @settings(max_examples=10)
        @given(data=st.data())
        def check(data: st.DataObject) -> None:
            noun, asked = data.draw(questions(oracle))
            found = assert_answers(listing_api, oracle, noun, asked, data.draw(st.sampled_from([11, 1000])))
            assert answer(listing_api, path(noun, {**asked, "count": "exact", "limit": 1}))["meta"]["count"] == len(
                found
            )

        check()


def test_facets_of_very_many_matches_count_the_newest(
    monkeypatch: pytest.MonkeyPatch, listing_api: Api, oracle: Oracle
) -> None:
    """Then the answer says so; without any filter all are counted, however many there are."""
    with bounded(monkeypatch, listing_api, MOST_COUNTED=15):
        assert_facets(listing_api, oracle, "claim", {}, ["kind", "voice"])
        sizes = []
        for asked in ({"country": "SYR"}, {"q": "market"}, {"event_from": "2016-12-13"}, {"sort": "event", "q": "ca*"}):
            matches = len(oracle.found("claim", asked))
            sizes.append(matches)
            given_ = {**asked, "facets": "kind,theme", "limit": "1"}
            facets = answer(listing_api, path("claim", given_))["meta"]["facets"]
            for name, facet in facets.items():
                assert facet["approximate"] is (matches > 15)
                counts = {one["value"]: one["count"] for one in facet["values"]}
                # One match more may be counted: it is how the rest is noticed.
                least, most = (
                    {one.value: one.total for one in oracle.facet("claim", name, asked, n)} for n in (15, 16)
                )
                assert most.keys() >= counts.keys() >= least.keys()
                assert all(least.get(value, 0) <= counts[value] <= most[value] for value in counts)
        assert min(sizes) < 15
        assert max(sizes) > 16


def test_relevance_of_very_many_matches_ranks_the_newest(
    monkeypatch: pytest.MonkeyPatch, listing_api: Api, oracle: Oracle
) -> None:
    """The newest matches are ranked, page by page, and the answer says that there may be more."""
    with bounded(monkeypatch, listing_api, MOST_RANKED=8):
        for words in ("market", "ca*", '"field hospital"', "nowhere-to-be-found"):
            newest = oracle.found("claim", {"q": words})[:8]
            expected = ids_of(oracle.ordered("claim", newest, "relevance", words))
            where = path("claim", {"q": words, "sort": "relevance", "limit": 5})
            assert ids_of(listing_api.walk(where)) == expected
            ranking = answer(listing_api, where)["meta"]["ranking"]
            assert ranking == {"ranked": len(newest), "approximate": len(newest) == 8}
        assert len(oracle.found("claim", {"q": "market"})) > 8


def test_what_takes_long_is_answered_from_a_thread(
    monkeypatch: pytest.MonkeyPatch, databases: Databases, told: Told, oracle: Oracle
) -> None:
    """On SQLite a statement that takes its share of the event loop is run again beside it, to the same answer."""
    if databases.engine != "sqlite":
        pytest.skip("only SQLite is read in the event loop")
    monkeypatch.setattr(reader, "STEPS", 1)
    monkeypatch.setattr(reader, "SHARE", 0)
    threads: list[Any] = []
    run = reader.SqliteReader._run_in_thread

    def noted(self: Any, *given_: Any) -> Any:
        threads.append(given_)
        return run(self, *given_)

    monkeypatch.setattr(reader.SqliteReader, "_run_in_thread", noted)
    with serving(told.world.url) as api:
        for asked in ASKED:
            before = len(threads)
            assert_answers(api, oracle, "figure", asked, 13)
            assert_facets(api, oracle, "figure", asked, ["country", "voice"])
            assert len(threads) > before
