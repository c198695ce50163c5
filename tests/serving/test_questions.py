"""Questions promise: a query string is read strictly, every fault is said at once, and no answer is another's."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.claims.listing import CLAIMS
from app.claims.views import ClaimView
from app.figures.listing import FIGURES
from app.figures.schemas import FigureView
from app.finding.filters import Terms, Value, of_path
from app.finding.listing import Listing
from app.search.hits import HitView
from app.search.listing import SEARCH
from app.serving.lists import fields_of
from app.serving.problems import Problem
from app.serving.questions import ALWAYS, Wanted, parameters_of, read, texts_of

VIEWS: dict[str, tuple[Listing, Any]] = {
    "claims": (CLAIMS, ClaimView),
    "figures": (FIGURES, FigureView),
    "search": (SEARCH, HitView),
}
ACTOR = "act_2t0crhh0wrbyha5p4s6j5rsdna"
OTHER = "act_5g3fk14wc2bkxa8da9qzpb4gxk"
REPORT = of_path("claim", "report", "rep_5rtdgdh10pa3zskddqwxtsyg66")


@pytest.fixture(autouse=True)
def _forgetful() -> Iterator[None]:
    """What one test asked is not remembered for the next."""
    read.cache_clear()
    yield
    read.cache_clear()


def asked(query: str | bytes, of: str = "claims", *fixed: Terms) -> Wanted:
    """Return what a query string asks of a list."""
    listing, view = VIEWS[of]
    given_query = query if isinstance(query, bytes) else query.encode()
    return read(listing, fields_of(view), fixed, (), given_query)


def faults(query: str | bytes, of: str = "claims") -> dict[str, str]:
    """Return {parameter: code} of what is wrong with a query string."""
    with pytest.raises(Problem) as caught:
        asked(query, of)
    assert caught.value.code == "invalid_parameter"
    assert all(f"{one.parameter}: {one.detail}" in caught.value.detail for one in caught.value.errors)
    return {one.parameter: one.code for one in caught.value.errors}


def test_nothing_asked_is_the_whole_list_newest_first() -> None:
    """The usual sort, the usual limit, and nothing beside."""
    found = asked("")
    assert (found.question.asked, found.question.order.field, found.question.order.down) == ((), None, True)
    assert (found.sort, found.limit, found.cursor, found.count, found.facets, found.fields) == (
        "recorded",
        50,
        None,
        False,
        (),
        None,
    )
    assert (found.chosen, found.stated) == ((), (("limit", "50"),))


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)


@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=4))
def test_whatever_was_written_is_read_back(pairs: list[tuple[str, str]]) -> None:
    """By either of the two ways in which clients write a space; and an empty piece says nothing."""
    for quoted in (quote, quote_plus):
        text = "&".join(f"{quoted(name, safe='')}={quoted(value, safe='')}" for name, value in pairs)
        assert texts_of(text.encode()) == pairs
        assert texts_of(f"&&{text}&".encode()) == pairs


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("voice=a+b", "a b"),
        ("voice=a%2Bb", "a+b"),
        ("voice=a%20b", "a b"),
        ("voice=a=b", "a=b"),
        ("voice", ""),
        ("voice=%", "%"),
        ("voice=%zz", "%zz"),
        ("voice=%D8%AD%D9%84%D8%A8", "حلب"),
        ("voice=حلب", "حلب"),
    ],
)
def test_plus_and_percent_are_read_as_forms_write_them(query: str, expected: str) -> None:
    """A plus sign is a space, `%2B` is a plus sign, and what is no escape stands for itself."""
    assert texts_of(query.encode()) == [("voice", expected)]


@pytest.mark.parametrize("joined", [f"{ACTOR}+{OTHER}", f"{ACTOR}%2B{OTHER}", f"{ACTOR}%20{OTHER}"])
def test_a_joint_voice_is_understood_however_its_plus_sign_came(joined: str) -> None:
    """The key of a joint voice has a plus sign in it, which few clients escape."""
    (terms,) = asked(f"voice={joined}").question.asked
    assert isinstance(terms, Terms)
    assert terms.values == (Value(f"{ACTOR}+{OTHER}"),)


@pytest.mark.parametrize("moment", ["2026-11-22T08:00:00+02:00", "2026-11-22T08:00:00%2B02:00", "2026-11-22T06:00Z"])
def test_an_instant_is_understood_however_its_plus_sign_came(moment: str) -> None:
    """All three are one instant."""
    assert asked(f"created_from={moment}").question == asked("created_from=2026-11-22T06:00:00Z").question


@pytest.mark.parametrize("query", [b"\xff", b"q=\xff", b"%ff", b"q=%ff", b"q=%ed%a0%80", b"q=%c3", b"a=1&%fe=2"])
def test_what_is_not_utf8_is_refused(query: bytes) -> None:
    """Nobody guesses what it may have been, and the refusal does not repeat it."""
    with pytest.raises(Problem) as caught:
        texts_of(query)
    assert (caught.value.code, caught.value.detail) == ("bad_request", "the query is not UTF-8")


def test_every_fault_is_said_at_once() -> None:
    """A caller corrects a request in one go; filters, sort, page and what goes along alike."""
    query = (
        "country=syr&event_from=2016&created_to=yesterday&has_figures=yes&q=*&sort=newest&limit=0&count=all"
        "&facets=themes&fields=txt&id=fig_0&place="
    )
    assert faults(query) == {
        **dict.fromkeys(("country", "event_from", "created_to", "has_figures", "q"), "invalid"),
        **dict.fromkeys(("sort", "count", "facets", "fields", "id", "place"), "invalid"),
        "limit": "out_of_range",
    }


def test_a_fault_is_never_remembered_nor_told_to_another() -> None:
    """What is read is remembered, what is wrong is judged anew: the same fault twice, and then none."""
    for _ in range(3):
        assert faults("limit=0&sort=nothing") == {"limit": "out_of_range", "sort": "invalid"}
        assert faults("limit=0") == {"limit": "out_of_range"}
        assert asked("limit=5").limit == 5
    assert asked("limit=5") is asked("limit=5")
    assert read.cache_info().currsize == 1


def test_what_one_list_was_asked_is_not_what_another_was() -> None:
    """The same query string of two lists, or inside a report and outside, is two questions."""
    assert asked("place=aleppo").question.record_type == "claim"
    assert asked("place=aleppo", "figures").question.record_type == "figure"
    assert asked("sort=recorded", "claims", REPORT).question.asked == (REPORT,)
    assert asked("sort=recorded").question.asked == ()


@pytest.mark.parametrize(
    ("query", "of", "parameter"),
    [
        ("sort=-relevance&q=a", "claims", "sort"),
        ("sort=relevance", "claims", "sort"),
        ("sort=report_order", "claims", "sort"),
        ("sort=report_order&report=a,b", "claims", "sort"),
        ("sort=--event", "claims", "sort"),
        ("sort=", "claims", "sort"),
        ("event_from=2016-12-13&event_to=2016-12-13", "claims", "event_from"),
        ("event_from=2016-12-14&event_to=2016-12-13", "claims", "event_from"),
        ("event_to=0001-01-01", "claims", "event_to"),
        ("event_from=2016-02-30", "claims", "event_from"),
        ("created_from=2026-11-22T25:00Z", "claims", "created_from"),
        ("created_from=2026-11-22T08:00:00", "claims", "created_from"),
        ("voice=act_2t0crhh0wrbyha5p4s6j5rsdna%2B", "claims", "voice"),
        ("place=a,,b", "claims", "place"),
        ("place=" + ",".join(f"p{one}" for one in range(101)), "claims", "place"),
        ("report=clm_2t0crhh0wrbyha5p4s6j5rsdna", "claims", "report"),
        ("value_min=2&value_max=1", "figures", "value_min"),
        ("value_min=1e3", "figures", "value_min"),
        ("value_min=-1", "figures", "value_min"),
        ("value_match=overlap", "figures", "value_match"),
        ("value_min=1&value_match=near", "figures", "value_match"),
        ("", "search", "q"),
        ("type=relation&q=a", "search", "type"),
    ],
)
def test_what_cannot_be_answered_is_refused_by_name(query: str, of: str, parameter: str) -> None:
    """A mistake gives no list that was not asked for."""
    assert list(faults(query, of)) == [parameter]


def test_report_order_needs_one_report_wherever_that_is_said() -> None:
    """In the path, or as a filter; two reports have no common order."""
    assert asked("sort=report_order&report=a").sort == "report_order"
    assert asked("sort=report_order", "claims", REPORT).sort == "report_order"
    assert asked("sort=-report_order&report=a").question.order.down


def test_a_cursor_is_bound_to_what_decides_the_list_and_to_nothing_else() -> None:
    """Page size, counts, facets and fields may change on the way; filters and sort may not."""
    whole = asked("theme=health&sort=-event&limit=7&count=exact&facets=theme&fields=id&cursor=abc")
    assert whole.chosen == (("theme", "health"), ("sort", "-event"))
    assert dict(whole.stated) == {
        "theme": "health",
        "sort": "-event",
        "count": "exact",
        "facets": "theme",
        "fields": "id",
        "limit": "7",
    }
    assert whole.cursor == "abc"


def test_sparse_fields_keep_what_nothing_may_be_shown_without() -> None:
    """Source, status and how a number is meant come along, whatever is asked for."""
    found = asked("fields=statement").fields
    assert found == ALWAYS | {"statement"}
    assert {"id", "type", "version", "status", "attribution", "report", "quantifier", "derived"} <= ALWAYS


@pytest.mark.parametrize("of", sorted(VIEWS))
def test_every_parameter_is_described_with_an_example_that_is_lawful(of: str) -> None:
    """Whoever copies the example of a parameter gets an answer."""
    listing, view = VIEWS[of]
    needed = {"q": "aleppo"} if of == "search" else {}
    for parameter in parameters_of(listing, fields_of(view)):
        example = str(parameter.example).lower() if isinstance(parameter.example, bool) else str(parameter.example)
        given_all = {**needed, parameter.name: example}
        if parameter.name == "value_match":
            given_all["value_min"] = "1"
        if example in ("relevance", "-relevance"):
            given_all["q"] = "aleppo"
        text = "&".join(f"{name}={quote(value, safe='')}" for name, value in given_all.items())
        assert asked(text, of).limit in (50, parameter.example), parameter.name
