"""Questions promise: whatever filters stand together, in whatever order and pages, the answer is the oracle's."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.finding.asking import answer, assert_answers, ids_of, path
from tests.finding.choices import values
from tests.finding.oracle import Oracle, instant
from tests.finding.properties import DOMAINS, TERMS
from tests.support.api import Api

Question = tuple[str, dict[str, str]]
# Claims and figures have most filters, and most of the questions.
NOUNS = [*DOMAINS, "claim", "figure", "claim", "figure"]


@st.composite
def questions(draw: st.DrawFn, oracle: Oracle, most: int = 3) -> Question:
    """Return a noun, a few of its filters with values, and a sort."""
    noun = draw(st.sampled_from(NOUNS))
    names = sorted(oracle.parameters(noun) - {"value_match"})
    chosen = draw(st.lists(st.sampled_from(names), min_size=1, max_size=most, unique=True))
    given_: dict[str, str] = {}
    for name in chosen:
        several = 3 if name in TERMS[noun] or name == "id" else 1
        some = draw(st.lists(st.sampled_from(values(oracle, noun, name)), min_size=1, max_size=several, unique=True))
        given_[name] = ",".join(some)
    _in_order(given_)
    by_number = bool({"value_min", "value_max"} & given_.keys())
    if by_number and draw(st.booleans()):
        given_["value_match"] = draw(st.sampled_from(["within", "overlap"]))
    return noun, {**given_, **draw(_sorts(oracle, noun, given_))}


def _in_order(given_: dict[str, str]) -> None:
    """Let every window begin before it ends."""
    for name in [name.removesuffix("_from") for name in given_ if name.endswith("_from")]:
        if f"{name}_to" in given_ and instant(given_[f"{name}_from"]) >= instant(given_[f"{name}_to"]):
            del given_[f"{name}_to"]
    if {"value_min", "value_max"} <= given_.keys() and float(given_["value_min"]) > float(given_["value_max"]):
        given_["value_min"], given_["value_max"] = given_["value_max"], given_["value_min"]


def _sorts(oracle: Oracle, noun: str, given_: dict[str, str]) -> st.SearchStrategy[dict[str, str]]:
    plain = [name for name in oracle.sorts(noun) if name not in ("relevance", "report_order")]
    lawful: list[dict[str, str]] = [{}, *({"sort": f"{sign}{name}"} for name in plain for sign in ("", "-"))]
    if "q" in given_:
        lawful += [{"sort": "relevance"}]
    if noun == "claim" and "report" in given_ and "," not in given_["report"]:
        lawful += [{"sort": "report_order"}, {"sort": "-report_order"}]
    return st.sampled_from(lawful)


@settings(max_examples=200)
@given(data=st.data())
def test_filters_together_find_what_passes_each(listing_api: Api, oracle: Oracle, data: st.DataObject) -> None:
    """Any one, two or three filters, any sort, whole or in up to five pages; counted exactly, too."""
    noun, asked = data.draw(questions(oracle))
    expected = len(oracle.found(noun, asked))
    pages = data.draw(st.integers(1, 5))
    assert_answers(listing_api, oracle, noun, asked, max(1, -(-expected // pages)))
    counted = answer(listing_api, path(noun, {**asked, "count": "exact", "limit": 1}))
    assert counted["meta"]["count"] == expected


@pytest.mark.parametrize("noun", DOMAINS)
def test_every_pair_of_filters_is_asked_once(listing_api: Api, oracle: Oracle, noun: str) -> None:
    """Two filters by terms are both kept to: each pair, with values that some record has."""
    names = sorted(TERMS[noun])
    pairs = [(one, other) for at, one in enumerate(names) for other in names[at + 1 :]]
    for at, (one, other) in enumerate(pairs):
        record = oracle.on.nouns[noun][at % len(oracle.on.nouns[noun])]
        asked = {
            name: sorted(has)[at % len(set(has))]
            for name in (one, other)
            if (has := set(TERMS[noun][name](oracle.on, record)))
        }
        expected = ids_of(oracle.found(noun, asked))
        page = answer(listing_api, path(noun, {**asked, "limit": 1000, "fields": "id"}))
        assert ids_of(page["data"]) == expected, asked


def assert_facets(api: Api, oracle: Oracle, noun: str, asked: dict[str, str], names: list[str]) -> Any:
    """Check the counts of some facets beside a question; return the answer."""
    found = answer(api, path(noun, {**asked, "facets": ",".join(names), "limit": 1}))["meta"]["facets"]
    assert list(found) == names
    for name in names:
        assert found[name]["approximate"] is False
        counted = [(one["value"], one["count"], one["selected"]) for one in found[name]["values"]]
        assert counted == oracle.facet(noun, name, asked), f"{path(noun, asked)} by {name}"
    return found


@pytest.mark.parametrize("noun", DOMAINS)
def test_facets_of_a_whole_list_are_counted_and_named(listing_api: Api, oracle: Oracle, noun: str) -> None:
    """How many records have each value, the commonest first; each value has the name that people know."""
    names = sorted(TERMS[noun])
    found = assert_facets(listing_api, oracle, noun, {}, names)
    labels = {one["value"]: one["label"] for name in names for one in found[name]["values"]}
    for value, label in labels.items():
        record = oracle.on.by_id.get(value)
        if record:
            titles = ("name", "title", "statement", "text")
            assert label == next(record[name] for name in titles if record.get(name))
        assert label
    assert labels["published"] == "Published"


@pytest.mark.parametrize("noun", DOMAINS)
def test_a_facet_is_counted_without_its_own_filter(listing_api: Api, oracle: Oracle, noun: str) -> None:
    """What else could be chosen stays in sight, and what is chosen is marked."""
    for name in sorted(TERMS[noun]):
        every = values(oracle, noun, name)
        for some in (every[:1], every[-1:], every[1:4] or every):
            assert_facets(
                listing_api, oracle, noun, {name: ",".join(some)}, sorted({name, "kind", "status"} & set(TERMS[noun]))
            )


def test_every_value_of_a_facet_can_be_chosen(listing_api: Api, oracle: Oracle) -> None:
    """A value is written as its filter takes it; voices of several, too, whatever stands in their keys."""
    found = assert_facets(listing_api, oracle, "claim", {}, sorted(TERMS["claim"]))
    for name, facet in found.items():
        for one in facet["values"]:
            chosen = assert_answers(listing_api, oracle, "claim", {name: one["value"]})
            assert len(chosen) >= one["count"] if name == "voice" else len(chosen) == one["count"]
            again = assert_facets(listing_api, oracle, "claim", {name: one["value"]}, [name])
            assert [each["value"] for each in again[name]["values"] if each["selected"]] == [one["value"]]


@settings(max_examples=60)
@given(data=st.data())
def test_facets_beside_any_question_are_counted(listing_api: Api, oracle: Oracle, data: st.DataObject) -> None:
    """Any filters, any facets of the list, those of the filters among them."""
    noun, asked = data.draw(questions(oracle, 2))
    names = data.draw(st.lists(st.sampled_from(sorted(TERMS[noun])), min_size=1, max_size=4, unique=True))
    mine = [name for name in asked if name in TERMS[noun] and name not in names][:1]
    assert_facets(listing_api, oracle, noun, asked, names + mine)
