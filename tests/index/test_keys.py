"""The spelling of keys promises: dates sort and overlap by their days, and words are found where they stand."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Column, Integer, MetaData, Table

from app.index.keys import LAST_DOWN, LAST_UP, MARK, Keys, Span, dated, entries
from app.kit import intervals
from app.kit.words import SEPARATOR, folded, parse_query
from app.store import fulltext

FORMS = {
    "2016-12-13": (date(2016, 12, 13), date(2016, 12, 13)),
    "2016-12-13?": (date(2016, 12, 13), date(2016, 12, 13)),
    "2016-12-13~": (date(2016, 12, 13), date(2016, 12, 13)),
    "2016-12-13%": (date(2016, 12, 13), date(2016, 12, 13)),
    "2016-12": (date(2016, 12, 1), date(2016, 12, 31)),
    "2016": (date(2016, 1, 1), date(2016, 12, 31)),
    "201X": (date(2010, 1, 1), date(2019, 12, 31)),
    "20XX": (date(2000, 1, 1), date(2099, 12, 31)),
    "2016-XX": (date(2016, 1, 1), date(2016, 12, 31)),
    "2016-XX-XX": (date(2016, 1, 1), date(2016, 12, 31)),
    "2016-02-XX": (date(2016, 2, 1), date(2016, 2, 29)),
    "2016-12-1X": (date(2016, 12, 10), date(2016, 12, 19)),
    "2016-12-12/2017": (date(2016, 12, 12), date(2017, 12, 31)),
    "2016-12/..": (date(2016, 12, 1), None),
    "../2016-12": (None, date(2016, 12, 31)),
    "[2016-12-12..2016-12-14]": (date(2016, 12, 12), date(2016, 12, 14)),
    "[2016-12-12..]": (date(2016, 12, 12), None),
    "[..2016-12-14]": (None, date(2016, 12, 14)),
    "0001": (date(1, 1, 1), date(1, 12, 31)),
    "9999-12-31": (date.max, date.max),
}
TABLE = Table("narrow", MetaData(), Column("recorded", Integer))
DAYS = st.dates()


@pytest.mark.parametrize("edtf", FORMS)
def test_every_form_of_a_date_has_its_span(edtf: str) -> None:
    """It sorts by its first day, and meets exactly the days that it can mean; an open end meets all."""
    first, last = FORMS[edtf]
    found = dated({"edtf": edtf})
    assert (found.up, found.down) == ((LAST_UP, LAST_DOWN) if first is None else (first.toordinal(),) * 2)
    assert found.earliest == (intervals.FIRST if first is None else first.toordinal())
    assert found.latest == (intervals.LAST if last is None else last.toordinal())
    assert found.node == intervals.node(found.earliest, found.latest)


def test_what_has_no_date_has_no_interval_and_sorts_last() -> None:
    """In both directions: its keys are beyond those of every day."""
    assert dated(None) == Span(LAST_UP, LAST_DOWN, None, None, None)
    for day in (date.min, date.max):
        found = dated({"edtf": day.isoformat()})
        assert (found.up < LAST_UP, found.down > LAST_DOWN) == (True, True)


@given(st.lists(st.none() | DAYS, min_size=2, max_size=20))
def test_keys_sort_as_days_do_with_the_unknown_at_the_end(days: list[date | None]) -> None:
    """Earliest first, and latest first; nothing is ever null."""
    spans = [(day, dated(None if day is None else {"edtf": day.isoformat()})) for day in days]
    known = sorted(day for day in days if day is not None)
    unknown = [None] * (len(days) - len(known))
    assert [day for day, _ in sorted(spans, key=lambda one: one[1].up)] == [*known, *unknown]
    assert [day for day, _ in sorted(spans, key=lambda one: -one[1].down)] == [*reversed(known), *unknown]


@given(DAYS, DAYS, DAYS, DAYS)
def test_spans_meet_a_window_as_days_do(one: date, other: date, start: date, end: date) -> None:
    """What the index looks for finds exactly the spans that share a day with the window."""
    earliest, latest = sorted((one, other))
    first, last = sorted((start.toordinal(), end.toordinal()))
    kept = dated({"edtf": f"{earliest.isoformat()}/{latest.isoformat()}"})
    assert kept.node is not None
    assert kept.earliest is not None
    assert kept.latest is not None
    ways = [
        kept.node in intervals.left(first) and kept.latest >= first,
        kept.node in intervals.right(last) and kept.earliest <= last,
        first <= kept.node <= last,
    ]
    assert sum(ways) == (earliest.toordinal() <= last and latest.toordinal() >= first)


def test_entries_spell_every_kind_of_key() -> None:
    """Names are the noun's, values stand once, what has no value is left out, and a row says whose it is."""
    keys = Keys(
        terms={"theme": ["health", "food", "health"], "kind": []},
        dates={"event": None, "said": {"edtf": "2016"}},
        orders={"report_order": 7, "other": None},
        head=["Madaya", None, "مضايا"],
        body=[None, "Aleppo's siege"],
        rows=[(TABLE, {"unit": "km2"})],
    )
    made = entries("claim", 12, keys)
    assert made.terms == {("claim.theme", "health"), ("claim.theme", "food")}
    assert set(made.spans) == {"claim.event", "claim.said", "claim.report_order", "claim.other"}
    assert made.spans["claim.report_order"] == Span(7, 7)
    assert made.spans["claim.other"] == made.spans["claim.event"] == Span(LAST_UP, LAST_DOWN)
    assert made.words == (f"madaya {SEPARATOR} مضايا", f"aleppo siege {SEPARATOR} {MARK}claim")
    assert made.rows == {"narrow": {"unit": "km2", "recorded": 12}}


def test_what_has_no_text_is_not_searched() -> None:
    """It has no entry, rather than an empty one that only its noun finds."""
    for texts in ([], [None, ""], ["—", " … "]):
        assert entries("relation", 1, Keys(head=texts, body=texts)).words is None
    assert entries("actor", 1, Keys(head=["Homs"])).words == ("homs", f"{SEPARATOR} {MARK}actor")


@given(st.text(max_size=60))
def test_no_text_pretends_to_be_of_a_noun(text: str) -> None:
    """The word that says of which noun a record is stands in no folded text, and no query can ask for it."""
    assert MARK not in folded(f"{MARK}{text}{MARK}claim")
    queried = parse_query(f"word {MARK}claim")
    assert [one.words for one in queried] == [("word",), ("claim",)]


@given(st.lists(st.sampled_from(["a", "aleppo", "حلب", "x" * 64, SEPARATOR]), max_size=40), st.integers(1, 900))
def test_what_is_kept_is_what_would_be_kept_again(some: list[str], times: int) -> None:
    """A text that was cut to what can be searched is not cut again, so a rebuild compares like with like."""
    head, body = fulltext.bounded(" ".join(some), " ".join(some * times))
    assert fulltext.bounded(head, body) == (head, body)
