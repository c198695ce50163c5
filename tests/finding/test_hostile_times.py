"""Time travel promises: whatever is put into an address, the answer is a 400 or a 404, as it is of now."""

import pytest

from tests.support.api import Api
from tests.support.world import World

NOTHING = ["%00", "a%00b", "%ED%A0%80", "x" * 101, "..%2f..", "%0d%0aX-Evil:1", "seq:1"]


@pytest.mark.parametrize("name", NOTHING)
def test_the_anonymous_caller_asks_for_nothing_by_any_name(world: World, api: Api, name: str) -> None:
    """A name that nothing can have is not found, at any time and under every address of a record."""
    for noun in ("places", "reports", "actors", "claims", "vocabularies"):
        for rest in ("", "?as_of=seq:5", "/history", "/revisions/1"):
            answer = api.get(f"/v1/{noun}/{name}{rest}")
            assert answer.status_code == 404, (noun, rest, answer.text)


@pytest.mark.parametrize("name", ["place", "crisis", "report"])
def test_no_filter_of_the_past_or_of_the_feed_breaks(world: World, api: Api, name: str) -> None:
    """What cannot be an id or a slug is refused or finds nothing, and is never the database's fault."""
    for value in NOTHING:
        for path in ("/v1/claims?as_of=seq:5&", "/v1/changes?", "/v1/exports/claims.csv?"):
            assert api.get(f"{path}{name}={value}").status_code in (200, 400)
