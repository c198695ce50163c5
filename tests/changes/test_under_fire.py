"""Order promises over HTTP: while many write, every follower sees every revision once and in order."""

from concurrent.futures import Future

from tests.changes.following import Followed, pages, verify
from tests.ledger.writers import SECONDS, Told, writers
from tests.support.api import Api
from tests.support.databases import Databases
from tests.support.world import World

WRITERS = {"postgresql": (8, 4), "sqlite": (3, 5)}
FOLLOWERS = {
    "all": "/v1/changes?include=body&limit=1000",
    "few at a time": "/v1/changes?include=body&limit=17",
    "claims": "/v1/changes?types=claim&limit=31",
    "proven": "/v1/changes?theme=health&types=figure&proof=full&limit=37",
    "filtered": "/v1/changes?theme=health&types=figure&limit=1000",
}


def working(futures: "list[Future[Told]]") -> bool:
    """Whether anybody still writes."""
    return any(not one.done() for one in futures)


def go_on(api: Api, seen: Followed, path: str) -> None:
    """Follow to the end of what is there now."""
    for found in pages(api, seen.next if seen.pages else path, declared=False):
        seen.pages.append(found)
        seen.changes += found["data"]


def test_followers_miss_nothing_and_see_nothing_twice(world: World, api: Api, databases: Databases) -> None:
    """With and without filters and proof, in pages of any size, while processes write and fail half-way."""
    number, transactions = WRITERS[databases.engine]
    seen = {name: Followed() for name in FOLLOWERS}
    with writers(world, number, transactions) as futures:
        last_round = False
        while not last_round:
            last_round = not working(futures)
            for name, path in FOLLOWERS.items():
                go_on(api, seen[name], path)
        revisions = sum(one.result(SECONDS).revisions for one in futures)
    everything = seen["all"]
    head = api.data("/v1/ledger/head")
    assert everything.seqs == list(range(1, head["seq"] + 1))
    assert head["seq"] > revisions > 0
    assert verify(everything.changes) == verify(seen["proven"].changes) == head["chain"]
    assert seen["few at a time"].seqs == everything.seqs
    by_type = {
        kind: [one["seq"] for one in everything.changes if one["record_type"] == kind] for kind in ("claim", "figure")
    }
    assert seen["claims"].seqs == by_type["claim"]
    # What is gone for protection now was found by filters when it came, and not by who comes later.
    assert set(seen["filtered"].seqs) <= set(by_type["figure"])
    assert seen["filtered"].seqs == sorted(set(seen["filtered"].seqs))
    assert all(
        one["meta"]["through"] <= two["meta"]["through"]
        for one, two in zip(everything.pages, everything.pages[1:], strict=False)
    )
