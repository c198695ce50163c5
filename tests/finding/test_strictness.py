"""Lists promise: strict. What is not understood is refused, at every filter, with what would be."""

from itertools import product

import pytest

from app.finding.filters import Codes, Countries, ExternalIds, Filter, Flags, Ids, Records, Words
from app.finding.times import Instants, Periods
from tests.finding.asking import answer, faults, path, problem
from tests.finding.choices import unknown_id, values
from tests.finding.oracle import Oracle
from tests.finding.properties import DOMAINS, TERMS
from tests.finding.test_lists import LISTINGS, PARAMETERS
from tests.support.api import Api

NEVER = ["", ",", "\0", "\n", "a" * 20_000, "%s' OR 1=1 --\0"]
MALFORMED: dict[type[Filter], list[str]] = {
    Codes: ["no_such_code", "<script>", "a,,b", "published,", ",".join(["a"] * 2 + [f"a{at}" for at in range(100)])],
    Records: ["no/slug", "a b", "x" * 101, "voc_" + "0" * 26, "a,,b", "é"],
    Countries: ["syr", "SY", "SYRIA", "SYR,", "S1R", "SYR,IRQ,XX"],
    Flags: ["True", "1", "yes", "true,", "null", "TRUE"],
    ExternalIds: ["glide", ":", "glide:", ":CE-2016-000001-SYR", "GLIDE:x", "glide:a b"],
    Ids: ["clm", "report-1", "clm_1", "act_" + "z" * 26, "voc_" + "0" * 26],
    Periods: ["2016", "2016-12", "2016-13-01", "2017-02-29", "13.12.2016", "2016-12-13T00:00:00Z", "0000-01-01"],
    Instants: [
        "2016-12",
        "yesterday",
        "2016-12-13T08:00:00",
        "2016-02-30",
        "2016-12-13T25:00:00Z",
        "seq:4",
        "0000-01-01",
    ],
    Words: [" ", "...", '""', "a*", "*", " ".join(f"w{at}" for at in range(13)), "w" * 201],
}
NUMBERS = ["-1", "1e3", "1,000", "+1", "01", ".5", "5.", "NaN", "Infinity", "0x10", "1.1234567", "9" * 16, "\u0661"]
# What else must stand beside a parameter, so that it alone is at fault.
OTHER_WORDS = [
    ("source", {"publisher", "voice"}),
    ("iso3", {"country"}),
    ("location_code", {"country"}),
    ("admin1_code", {"place"}),
    ("speaker", {"originator"}),
    ("updated_since", {"changed_from"}),
    ("indicator", {"measure"}),
    ("glide", {"crisis"}),
    ("author", {"reporter"}),
    ("themes", {"theme"}),
    ("Publishers", {"publisher"}),
    ("event_form", {"event_from"}),
]


def malformed(noun: str, parameter: str) -> list[str]:
    """Return values that a parameter never takes."""
    filter_ = LISTINGS[noun].by_parameter[parameter]
    if parameter == "value_match":
        return ["overlaps", "WITHIN", "x"]
    kinds = [kind for kind in MALFORMED if isinstance(filter_, kind)]
    if parameter == "q":
        # Any text may be searched for that has a word in it.
        return [*NEVER[:-1], *MALFORMED[Words]]
    return NEVER + (MALFORMED[kinds[0]] if kinds else NUMBERS)


@pytest.mark.parametrize(("noun", "parameter"), PARAMETERS)
def test_every_filter_refuses_what_it_does_not_understand(listing_api: Api, noun: str, parameter: str) -> None:
    """Nothing malformed is taken for a value; the refusal names the parameter, and is short."""
    beside = {"value_match": {"value_min": "1"}}.get(parameter, {})
    for value in malformed(noun, parameter):
        refusal = problem(listing_api, noun, {parameter: value, **beside})
        assert refusal["code"] == "invalid_parameter", value[:50]
        assert [one["parameter"] for one in refusal["errors"]] == [parameter], value[:50]
        assert len(str(refusal)) < 3000
        assert len(value) < 20 or value not in str(refusal)


@pytest.mark.parametrize(("noun", "parameter"), [pair for pair in PARAMETERS if pair[1] in TERMS[pair[0]]])
def test_a_well_formed_stranger_finds_nothing(listing_api: Api, oracle: Oracle, noun: str, parameter: str) -> None:
    """What is not there, hidden or gone is an empty list: nobody learns which."""
    filter_ = LISTINGS[noun].by_parameter[parameter]
    if isinstance(filter_, Records):
        of = filter_.of or filter_.name
        for value in (unknown_id(of), "no-such-slug", "gone-agency", "gone-town", "XX99"):
            assert answer(listing_api, path(noun, {parameter: value}))["data"] == []
            known = values(oracle, noun, parameter)[0]
            both = answer(listing_api, path(noun, {parameter: f"{value},{known}"}))["data"]
            assert both == answer(listing_api, path(noun, {parameter: known}))["data"]
    else:
        assert isinstance(filter_, Codes | Countries | Flags)


@pytest.mark.parametrize(
    ("noun", "parameter", "given", "meant"),
    [
        ("claim", "theme", "helth", "health"),
        ("claim", "theme", "Health", "health"),
        ("claim", "theme", "Food and Nutrition", "food_and_nutrition"),
        ("claim", "theme", "HIV/Aids", "hiv_aids"),
        ("claim", "form", "direct-quote", "direct_quote"),
        ("claim", "measure", "#affected+killed+ind", "people_killed"),
        ("claim", "measure", "EVACUATED", "people_evacuated"),
        ("figure", "measure", "People besieged", "people_besieged"),
        ("figure", "unit", "PERSON", "{person}"),
        ("figure", "quantifier", "atleast", "at_least"),
        ("report", "report_format", "News and Press Release", "news_and_press_release"),
        ("actor", "role", "originators", "originator"),
        ("relation", "relation", "conflicts", "conflicts_with"),
        ("place", "kind", "Admin1", "admin1"),
    ],
)
def test_the_code_that_is_meant_is_named(listing_api: Api, noun: str, parameter: str, given: str, meant: str) -> None:
    """A slip of the pen, a label, or another system's code: one look at the answer is enough."""
    assert faults(listing_api, noun, {parameter: given}) == {parameter: f"did you mean {meant}?"}


def test_a_code_like_nothing_gets_the_vocabulary(listing_api: Api) -> None:
    """Whoever guesses blindly is shown where the codes are."""
    told = faults(listing_api, "claim", {"medium": "qqqqqqqq"})
    assert told == {"medium": "expected codes of /v1/vocabularies/medium"}


@pytest.mark.parametrize(("word", "meant"), OTHER_WORDS)
def test_the_parameter_that_is_meant_is_named(listing_api: Api, word: str, meant: set[str]) -> None:
    """Other systems' words for our filters lead to ours."""
    ((parameter, detail),) = faults(listing_api, "figure", {word: "x"}).items()
    assert parameter == word
    assert detail == f"did you mean {' or '.join(sorted(meant))}?"


@pytest.mark.parametrize("noun", DOMAINS)
def test_unknown_sorts_facets_fields_and_counts_are_refused(listing_api: Api, noun: str) -> None:
    """Each with the nearest that there is, or with all that there are."""
    told = faults(listing_api, noun, {"sort": "recordd", "facets": "statu", "fields": "versio", "count": "about"})
    assert told == {
        "sort": "did you mean recorded?",
        "facets": "did you mean status?",
        "fields": "did you mean version?",
        "count": "expected exact",
    }
    for name, empty in product(("sort", "facets", "fields", "count"), ("", "zzzzzz", "\0")):
        assert list(faults(listing_api, noun, {name: empty})) == [name]
    for name in ("id", "created", "q", "nonsense"):
        assert list(faults(listing_api, noun, {"facets": name})) == ["facets"]


@pytest.mark.parametrize(
    "names", [("event_from", "event_to"), ("changed_from", "changed_to"), ("value_min", "value_max")]
)
def test_each_end_of_a_window_is_named_by_itself(listing_api: Api, names: tuple[str, str]) -> None:
    """Of two parameters that belong together the one that is wrong is named, or both."""
    good = "1" if names[0] == "value_min" else "2016-12-13"
    for wrong in ({names[0]}, {names[1]}, {*names}):
        for bad in ("x", ""):
            asked = {name: bad if name in wrong else good for name in names}
            assert faults(listing_api, "figure", asked).keys() == wrong


def test_all_faults_are_said_at_once(listing_api: Api) -> None:
    """A caller mends a question in one go."""
    wrong = {"event_from": "x", "country": "syria", "has_figures": "2", "q": "*", "sort": "x", "limit": "0", "id": "1"}
    assert faults(listing_api, "claim", wrong).keys() == wrong.keys()
    codes = {"theme": "helth", "kind": "warnin", "form": "zzzzz", "country": "SYR"}
    told = faults(listing_api, "claim", codes)
    assert told.keys() == codes.keys() - {"country"}
    assert told["kind"] == "did you mean warning?"


@pytest.mark.parametrize(
    ("given", "parameter"),
    [
        ({"event_from": "2016-12-14", "event_to": "2016-12-14"}, "event_from"),
        ({"event_from": "2017-01-01", "event_to": "2016-12-14"}, "event_from"),
        ({"event_to": "0001-01-01"}, "event_to"),
        ({"created_from": "2020-01-02", "created_to": "2020-01-01"}, "created_from"),
        ({"value_min": "2", "value_max": "1"}, "value_min"),
        ({"value_match": "overlap"}, "value_match"),
        ({"sort": "relevance"}, "sort"),
        ({"sort": "-relevance", "q": "market"}, "sort"),
        ({"limit": "1001"}, "limit"),
    ],
)
def test_what_contradicts_itself_is_refused(listing_api: Api, given: dict[str, str], parameter: str) -> None:
    """A window that ends before it begins is no question, nor is a sort without what it sorts by."""
    assert list(faults(listing_api, "figure", given)) == [parameter]


def test_report_order_needs_one_report(listing_api: Api) -> None:
    """The places of two texts have no order among them."""
    for beside in ({}, {"report": "report-1,report-2"}):
        assert list(faults(listing_api, "claim", {"sort": "report_order", **beside})) == ["sort"]


@pytest.mark.parametrize("noun", DOMAINS)
def test_sparse_records_never_lose_their_source(listing_api: Api, oracle: Oracle, noun: str) -> None:
    """What is asked for comes, in its place, and what says whose it is stays."""
    protected = {"id", "type", "version", "status", "attribution", "report", "quantifier", "derived", "withheld"}
    whole = {one["id"]: one for one in oracle.on.nouns[noun]}
    names = set(next(iter(whole.values())))
    for some in ({"id"}, {"recorded_at"}, {sorted(names)[0], sorted(names)[-1]}, names):
        page = answer(listing_api, path(noun, {"fields": ",".join(sorted(some)), "limit": 1000}))
        assert len(page["data"]) == len(whole)
        for one in page["data"]:
            kept = {name: value for name, value in whole[one["id"]].items() if name in some | protected}
            assert list(one.items()) == list(kept.items())
