"""Search promises: what several nouns have in common is counted over all of them, however many values there are."""

from app.finding.finder import MOST_VALUES
from tests.support.api import Api
from tests.support.world import World


def test_a_value_that_is_rare_in_one_noun_is_counted_there_too(world: World, api: Api) -> None:
    """More voices than are shown: some have most of the claims, others most of the figures; every count is whole."""
    many = MOST_VALUES + 5
    voices = world.create_all([("actor", world.actor(name=f"Voice {at}")) for at in range(2 * many)])
    talking, counting = voices[:many], voices[many:]
    said = [*talking, *talking, *talking, *counting]
    told = [
        world.claim(statement="A word.", attribution=world.attribution([world.originator(actor=voice)]))
        for voice in said
    ]
    claims = world.create_all([("claim", one) for one in told])
    # One figure of each who talks, in the first of three claims; four of each who counts.
    stating = [*claims[:many], *claims[-many:] * 4]
    world.create_all([("figure", world.figure(claim, text="a word")) for claim in stating])
    facet = api.get("/v1/search?q=word&facets=voice&limit=1").json()["meta"]["facets"]["voice"]
    counts = [value["count"] for value in facet["values"]]
    assert (facet["approximate"], counts) == (False, [5] * MOST_VALUES)
    assert {value["value"] for value in facet["values"]} <= set(counting)
    chosen = api.get(f"/v1/search?q=word&facets=voice&limit=1&voice={talking[0]}").json()["meta"]["facets"]["voice"]
    assert [(one["value"], one["count"]) for one in chosen["values"] if one["selected"]] == [(talking[0], 4)]
    assert len(chosen["values"]) == MOST_VALUES + 1
