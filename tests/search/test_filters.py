"""Search promises: every filter and every facet says what anybody can count in the documents themselves."""

from collections import Counter
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.kit import ids
from tests.search.oracle import FILTERS, NOUNS, Known, found, search
from tests.support.api import Api
from tests.support.routes import problem_of

QUERIES = ["aleppo", "syria*", "assad", "civilian*", '"east aleppo"', "100,000", "interview", "the", "of a"]
# By what else a record can be named in a filter.
HANDLES = ("slug", "p_code")
# Well-formed names of nothing, which find nothing; a code of no vocabulary is refused instead.
NOTHING = {
    **{noun: ids.seeded_id(noun, "zzzz") for noun in ("crisis", "report", "place")},
    **{name: ids.seeded_id("actor", "zzzz") for name in ("voice", "actor", "publisher")},
    "country": "ZZZ",
}


def occurring(everything: Known, name: str) -> list[str]:
    """Return every value that a filter can be given on the seed."""
    return sorted({value for found_by in everything.values.values() for value in found_by[name]})


@pytest.mark.parametrize("name", FILTERS)
def test_each_filter_finds_what_a_reader_of_the_documents_finds(seeded_api: Api, seeded: Known, name: str) -> None:
    """Every value that occurs, by id and by every handle, and nothing by what is not there."""
    values = occurring(seeded, name)
    assert len(values) >= 1
    for value in values:
        expected = found(seeded, "east aleppo", {name: [value]})
        record = seeded.by_id.get(value, {})
        for given_as in (value, *(record[handle] for handle in HANDLES if record.get(handle))):
            path = search("east aleppo", {name: [given_as]}, sort="-recorded", limit="1000")
            assert [hit["id"] for hit in seeded_api.data(path)] == expected
    if name in NOTHING:
        assert seeded_api.data(search("east aleppo", {name: [NOTHING[name]]})) == []


@settings(max_examples=30)
@given(data=st.data())
def test_filters_in_any_combination_agree_with_the_documents(
    seeded_api: Api, seeded: Known, data: st.DataObject
) -> None:
    """AND between names, OR in a list, in every order, page by page, with the count."""
    query = data.draw(st.sampled_from(QUERIES))
    names = data.draw(st.lists(st.sampled_from(FILTERS), max_size=3, unique=True))
    asked = {
        name: data.draw(st.lists(st.sampled_from(occurring(seeded, name)), min_size=1, max_size=3, unique=True))
        for name in names
    }
    sort = data.draw(st.sampled_from(["relevance", "-recorded", "recorded"]))
    expected = found(seeded, query, asked)
    limit = data.draw(st.sampled_from(["2", "50", "1000"])) if len(expected) < 20 else "1000"
    path = search(query, asked, sort=sort, limit=limit, count="exact")
    hits = [hit["id"] for hit in seeded_api.walk(path)]
    assert sorted(hits) == sorted(expected)
    if sort != "relevance":
        assert hits == (expected if sort == "-recorded" else expected[::-1])
    assert seeded_api.get(path).json()["meta"]["count"] == len(expected)


def test_created_finds_by_when_it_was_first_published_here(seeded_api: Api, seeded: Known) -> None:
    """From is included, to is not; both together are the records between."""
    every = found(seeded, "aleppo", {})
    first, last = (str(seeded.by_id[every[at]]["recorded_at"]) for at in (len(every) // 2, 3))
    for given_ends in ({"created_from": first}, {"created_to": last}, {"created_from": first, "created_to": last}):
        expected = [
            one
            for one in every
            if given_ends.get("created_from", "") <= str(seeded.by_id[one]["recorded_at"])
            and str(seeded.by_id[one]["recorded_at"]) < given_ends.get("created_to", "9")
        ]
        path = search("aleppo", None, sort="-recorded", limit="1000", **given_ends)
        assert [hit["id"] for hit in seeded_api.data(path)] == expected
        assert 0 < len(expected) < len(every)


def counted(everything: Known, query: str, asked: Mapping[str, list[str]], name: str) -> Counter[str]:
    """Return how many hits have each value of a facet, counted without the facet's own filter."""
    others = {other: values for other, values in asked.items() if other != name}
    counts: Counter[str] = Counter()
    for one in found(everything, query, others):
        values = everything.values[one][name]
        # A voice counts once, by its key, whoever is behind it.
        voice = everything.by_id[one].get("attribution", {}).get("voice", {}).get("key")
        counts.update([voice] if name == "voice" and voice else values)
    return counts


@pytest.mark.parametrize("name", FILTERS)
@pytest.mark.parametrize("query", ["aleppo", "civilian*"])
def test_a_facet_counts_the_hits_without_its_own_filter(seeded_api: Api, seeded: Known, query: str, name: str) -> None:
    """The commonest first, at most 25 and always those selected, each with a name for display."""
    own = counted(seeded, query, {}, name)
    if not own:
        pytest.skip("nothing to count")
    rarest = min(own, key=lambda value: (own[value], value))
    for asked in ({}, {name: [rarest]}, {"type": ["claim"]}, {name: [rarest], "type": ["claim", "figure"]}):
        meta = seeded_api.get(search(query, asked, facets=f"{name},type" if name != "type" else "type")).json()["meta"]
        facet = meta["facets"][name]
        expected = counted(seeded, query, asked, name)
        shown = {one["value"]: one["count"] for one in facet["values"]}
        assert facet["approximate"] is False
        assert shown.items() <= expected.items()
        assert len(shown) >= min(25, len(expected))
        assert list(shown.values()) == sorted(shown.values(), reverse=True)
        assert all(one["label"] for one in facet["values"])
        selected = {one["value"] for one in facet["values"] if one["selected"]}
        assert selected == ({one for one in asked.get(name, []) if one in expected})
        assert list(meta["facets"]) == list(dict.fromkeys([name, "type"]))


def test_a_facet_names_what_it_counts(seeded_api: Api, seeded: Known) -> None:
    """A record by what it is called, a code by its label, a country by its name, a noun by its word."""
    path = search("aleppo", None, facets="type,theme,place,country,report,crisis,publisher,voice")
    facets = seeded_api.get(path).json()["meta"]["facets"]
    labels = {name: {one["value"]: one["label"] for one in facet["values"]} for name, facet in facets.items()}
    terms = {term["code"]: term["label"] for term in seeded_api.data("/v1/vocabularies/theme")["terms"]}
    assert labels["type"] == {noun: noun.capitalize() for noun in NOUNS if noun in labels["type"]} != {}
    assert labels["theme"].items() <= terms.items()
    assert labels["country"] == {"SYR": "Syria"}
    for name, field in (("place", "name"), ("publisher", "name"), ("crisis", "name"), ("report", "title")):
        assert labels[name] == {value: seeded.by_id[value][field] for value in labels[name]} != {}
    named = {value: label for value, label in labels["voice"].items() if value in seeded.by_id}
    assert named == {value: seeded.by_id[value]["name"] for value in named} != {}
    others = labels["voice"].keys() - named.keys()
    assert others
    assert all(labels["voice"][value] for value in others)


def test_a_code_of_no_vocabulary_is_refused_with_the_nearest(seeded_api: Api) -> None:
    """Themes are a public list of words; an unknown one is a slip, not an empty answer."""
    problem = problem_of(seeded_api.get(search("aleppo", {"theme": ["helth"]})))
    (fault,) = problem["errors"]
    assert (fault["parameter"], fault["code"]) == ("theme", "unknown_code")
    assert fault["detail"] == "did you mean health?"
