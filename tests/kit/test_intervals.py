"""The promise: the three cases of the interval tree find exactly the spans that meet a window, each of them once."""

from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.kit.intervals import DEPTH, FIRST, LAST, UNUSED, day, left, node, right

# Other work on the machine must not fail a property, so none here has a deadline.
patient = settings(deadline=None)

EDGES = (FIRST, 1, 2, 2 ** (DEPTH - 1) - 1, 2 ** (DEPTH - 1), 2 ** (DEPTH - 1) + 1, LAST - 1, LAST)
NUMBERS = st.one_of(
    st.integers(FIRST, LAST),
    st.sampled_from(EDGES),
    st.integers(736_300, 736_400),
    st.integers(0, 40),
)
SPANS = st.tuples(NUMBERS, NUMBERS).map(lambda ends: (min(ends), max(ends)))
OUTSIDE = st.one_of(st.integers(max_value=FIRST - 1), st.integers(min_value=LAST + 1))


def _height(number: int) -> int:
    """Count the trailing zero bits the slow way; 0 is above every other number."""
    zeros = 0
    while zeros <= DEPTH and number % 2 ** (zeros + 1) == 0:
        zeros += 1
    return zeros


def _cases(span: tuple[int, int], window: tuple[int, int]) -> list[bool]:
    (earliest, latest), (first, last) = span, window
    stored = node(earliest, latest)
    return [
        stored in left(first) and latest >= first,
        stored in right(last) and earliest <= last,
        first <= stored <= last,
    ]


def _meets(span: tuple[int, int], window: tuple[int, int]) -> bool:
    return span[0] <= window[1] and window[0] <= span[1]


@patient
@given(SPANS, SPANS)
@example((FIRST, LAST), (5, 5))
@example((736_000, LAST), (736_100, 736_200))
@example((FIRST, FIRST), (FIRST, FIRST))
@example((FIRST, FIRST), (1, LAST))
@example((LAST, LAST), (LAST, LAST))
@example((LAST, LAST), (FIRST, LAST - 1))
def test_a_span_meets_a_window_in_exactly_one_case_or_not_at_all(
    span: tuple[int, int], window: tuple[int, int]
) -> None:
    """The cases together are overlap, and no two of them hold at once, so that rows need no DISTINCT."""
    assert sum(_cases(span, window)) == _meets(span, window)


def test_every_span_and_every_window_among_the_first_days_agree_with_comparing_their_ends() -> None:
    """Nothing is left to chance where every combination can be tried, the open start among them."""
    spans = [(low, high) for low in range(18) for high in range(low, 18)]
    assert all(sum(_cases(span, window)) == _meets(span, window) for span in spans for window in spans)


@patient
@given(st.integers(FIRST, LAST), st.integers(0, 200))
def test_the_node_of_a_span_is_the_highest_number_in_it(earliest: int, length: int) -> None:
    """No other number of the span has as many trailing zero bits, so one node is enough for each span."""
    inside = range(earliest, min(earliest + length, LAST) + 1)
    heights = {number: _height(number) for number in inside}
    found = node(earliest, inside[-1])
    assert [number for number in inside if heights[number] == max(heights.values())] == [found]


@patient
@given(NUMBERS)
def test_a_statement_has_the_same_number_of_parameters_for_every_window(number: int) -> None:
    """Both sides are filled to one length; every node in them is real, on its own side and named once."""
    for nodes, beyond in ((left(number), range(number)), (right(number), range(number + 1, LAST + 1))):
        used = [one for one in nodes if one != UNUSED]
        assert len(nodes) == DEPTH
        assert len(set(used)) == len(used)
        assert all(one in beyond for one in used)
        assert all(_height(one) > _height(number) for one in used)


@patient
@given(SPANS)
def test_the_filling_is_the_node_of_no_span(span: tuple[int, int]) -> None:
    """A parameter that is not needed finds nothing."""
    assert node(*span) != UNUSED


def test_the_deepest_window_needs_every_place() -> None:
    """The length is not wasteful: the last day of all has as many smaller ancestors as there are places."""
    assert UNUSED not in left(LAST)


@pytest.mark.parametrize(
    ("value", "open_as", "expected"),
    [
        (None, FIRST, 0),
        (None, LAST, 2**22 - 1),
        (date.min, FIRST, 1),
        (date(2016, 12, 13), FIRST, 736_311),
        (date.max, LAST, 3_652_059),
    ],
)
def test_a_day_is_its_ordinal_and_an_open_end_an_end_of_the_scale(
    value: date | None, open_as: int, expected: int
) -> None:
    """No calendar day is mistaken for an open end."""
    assert day(value, open_as=open_as) == expected


@patient
@given(SPANS, OUTSIDE)
def test_numbers_that_are_no_days_are_refused(span: tuple[int, int], outside: int) -> None:
    """A mistake in a caller shows at once instead of storing a span that no window finds."""
    for call in (lambda: left(outside), lambda: right(outside), lambda: node(outside, outside)):
        with pytest.raises(ValueError, match=r"no (day|span of days)"):
            call()
    if span[0] != span[1]:
        with pytest.raises(ValueError, match="no span of days"):
            node(span[1], span[0])
