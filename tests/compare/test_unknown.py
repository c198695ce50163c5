"""Comparison promises: a slip in a code is refused wherever it is made, not answered as if nobody had said anything."""

import pytest

from tests.support.api import Api
from tests.support.routes import problem_of


@pytest.mark.parametrize("parameter", ["measure", "unit", "population_group"])
@pytest.mark.parametrize("place", ["aleppo", "nowhere"])
def test_a_code_of_no_vocabulary_is_refused_for_any_place(seeded_api: Api, parameter: str, place: str) -> None:
    """Whether the place is there or not: the same request is never right in one place and wrong in another."""
    problem = problem_of(seeded_api.get(f"/v1/compare?place={place}&{parameter}=nonsense"))
    assert [(fault["parameter"], fault["code"]) for fault in problem["errors"]] == [(parameter, "unknown_code")]
