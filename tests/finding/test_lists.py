"""Lists promise: what a filter says is what is found, all of it and nothing else, in the order that was asked for."""

from itertools import islice, product

import pytest

from app.actors.listing import ACTORS
from app.claims.listing import CLAIMS
from app.crises.listing import CRISES
from app.figures.listing import FIGURES
from app.finding.listing import Listing
from app.places.listing import PLACES
from app.relations.listing import RELATIONS
from app.reports.listing import REPORTS
from tests.finding.asking import answer, assert_answers, ids_of, path
from tests.finding.choices import values
from tests.finding.oracle import Oracle
from tests.finding.properties import DOMAINS, TERMS
from tests.support.api import Api

LISTINGS: dict[str, Listing] = {
    one.record_type: one for one in (CRISES, REPORTS, CLAIMS, FIGURES, ACTORS, PLACES, RELATIONS)
}
PARAMETERS = [(noun, one.name) for noun, listing in LISTINGS.items() for one in listing.parameters]
SORTS = [(noun, f"{sign}{name}") for noun, listing in LISTINGS.items() for name in listing.sorts for sign in ("", "-")]
# What a parameter or a sort cannot do without.
WITH = {"value_match": {"value_min": "40", "value_max": "6000"}}


# A word that some records of the noun say.
SAYING = {"crisis": "crisis", "report": "report", "actor": "body", "place": "town"}


def beside_sort(noun: str, sort: str) -> dict[str, str]:
    """Return what a sort cannot do without."""
    needed = {"relevance": {"q": SAYING.get(noun, "market")}, "report_order": {"report": "report-1"}}
    return needed.get(sort.removeprefix("-"), {})


@pytest.mark.parametrize("noun", DOMAINS)
def test_an_anonymous_caller_reads_every_public_record_newest_first(
    listing_api: Api, oracle: Oracle, noun: str
) -> None:
    """Without a filter a list is all that is public, last recorded first, the very documents that are read by id."""
    found = assert_answers(listing_api, oracle, noun, {})
    assert len(found) > 4
    assert_answers(listing_api, oracle, noun, {}, 7)


@pytest.mark.parametrize("noun", DOMAINS)
def test_the_oracle_knows_every_filter_and_sort(oracle: Oracle, noun: str) -> None:
    """Whoever adds a filter, a facet or a sort says here, in plain words, what it should find."""
    listing = LISTINGS[noun]
    assert {one.name for one in listing.parameters} == oracle.parameters(noun)
    assert list(listing.sorts) == oracle.sorts(noun)
    assert set(listing.facets) == set(TERMS[noun])


@pytest.mark.parametrize(("noun", "parameter"), PARAMETERS)
def test_every_value_of_every_filter_finds_what_it_says(
    listing_api: Api, oracle: Oracle, noun: str, parameter: str
) -> None:
    """Every value that occurs, by id and by slug, and values that nothing has."""
    sizes = set()
    for value in values(oracle, noun, parameter):
        found = assert_answers(listing_api, oracle, noun, {parameter: value, **WITH.get(parameter, {})})
        sizes.add(len(found))
    assert max(sizes) > 0
    assert len(sizes) > 1 or parameter in ("status", "id")


@pytest.mark.parametrize(("noun", "parameter"), PARAMETERS)
def test_a_filtered_list_is_read_page_by_page(listing_api: Api, oracle: Oracle, noun: str, parameter: str) -> None:
    """By sevens is the same as all at once, for the value with the most records and one with some."""
    beside = WITH.get(parameter, {})
    given = [{parameter: value, **beside} for value in values(oracle, noun, parameter)]
    sized = sorted(given, key=lambda one: len(oracle.found(noun, one)))
    for one in (sized[-1], sized[len(sized) // 2]):
        assert_answers(listing_api, oracle, noun, one, 7)


@pytest.mark.parametrize(("noun", "parameter"), [pair for pair in PARAMETERS if pair[1] in TERMS[pair[0]]])
def test_a_list_of_values_means_any_of_them(listing_api: Api, oracle: Oracle, noun: str, parameter: str) -> None:
    """Two, several, all of them, one twice, and one that nothing has: each record once."""
    every = values(oracle, noun, parameter)
    for some in (every[:2], every[-2:], every[1:4] or every, every, (every[0], every[0])):
        assert_answers(listing_api, oracle, noun, {parameter: ",".join(some[:100])}, 7 if some is every else 1000)


@pytest.mark.parametrize(("noun", "sort"), SORTS)
def test_every_sort_goes_in_its_order_with_the_unknown_last(
    listing_api: Api, oracle: Oracle, noun: str, sort: str
) -> None:
    """In both directions, whole and by pages; ties go by the order of recording."""
    if sort == "-relevance":
        return
    beside = beside_sort(noun, sort)
    sizes = [len(assert_answers(listing_api, oracle, noun, {"sort": sort, **beside}, limit)) for limit in (1000, 7, 3)]
    assert sizes[0] > 1


@pytest.mark.parametrize(("noun", "field"), [("claim", "event"), ("claim", "said"), ("figure", "reference")])
def test_a_window_finds_what_can_mean_a_day_in_it(listing_api: Api, oracle: Oracle, noun: str, field: str) -> None:
    """From is included, to is not; open ends reach as far as there are days."""
    days = values(oracle, noun, f"{field}_from")
    windows = [(first, before) for first, before in product(days, days) if first < before]
    for first, before in islice(windows, 0, None, max(1, len(windows) // 25)):
        assert_answers(listing_api, oracle, noun, {f"{field}_from": first, f"{field}_to": before})


@pytest.mark.parametrize("match", ["within", "overlap"])
def test_numbers_lie_between_two_others(listing_api: Api, oracle: Oracle, match: str) -> None:
    """Bounds count only when asked for, and an exclusive bound is not reached."""
    numbers = sorted(values(oracle, "figure", "value_min"), key=float)
    pairs = [(least, most) for least, most in product(numbers, numbers) if float(least) <= float(most)]
    for least, most in pairs[::4]:
        assert_answers(listing_api, oracle, "figure", {"value_min": least, "value_max": most, "value_match": match})


def test_the_lists_inside_a_record_are_the_filtered_lists(listing_api: Api, oracle: Oracle) -> None:
    """The claims and figures of a report, the figures of a claim and the claims of an actor, filtered as any list."""
    claim = next(one for one in oracle.on.nouns["claim"] if len(one["figures"]) > 1)
    actor, report = claim["attribution"]["chain"][-1]["actor"]["id"], claim["report"]["slug"]
    role = claim["attribution"]["chain"][-1]["role"]
    inside = [
        (f"/v1/reports/{report}/claims?", "claim", {"report": report}),
        (f"/v1/reports/{report}/figures?", "figure", {"report": report}),
        (f"/v1/claims/{claim['id']}/figures?", "figure", {"claim": claim["id"]}),
        (f"/v1/actors/{actor}/claims?role={role}&", "claim", {role: actor}),
    ]
    for where, noun, given in inside:
        for more in ({}, {"country": "SYR"}, {"sort": "-said"}, {"q": "market"}):
            expected = oracle.found(noun, {**given, **more})
            query = path(noun, {**more, "limit": 2, "count": "exact"}).partition("?")[2]
            found = listing_api.walk(f"{where}{query}")
            assert ids_of(found) == ids_of(expected)
            assert answer(listing_api, f"{where}{query}")["meta"]["count"] == len(expected)
