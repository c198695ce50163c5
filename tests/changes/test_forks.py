"""Forks promise: whoever stands on what was lost is told, and where both still agreed; everybody else goes on."""

from collections.abc import Iterator

import pytest

from tests.changes.following import follow, page, verify
from tests.record.histories import beside
from tests.support.api import Api, serving
from tests.support.databases import Databases
from tests.support.routes import problem_of
from tests.support.terminal import onrecord
from tests.support.world import World


@pytest.fixture
def backup(databases: Databases, world: World) -> Iterator[World]:
    """The same record as it was before anything was written to the world: a backup, or a replica that lags."""
    with databases.copy("furnished") as url:
        yield beside(world, url)


@pytest.fixture
def restored(backup: World) -> Iterator[Api]:
    """The API on the backup."""
    with serving(backup.url) as api:
        yield api


def refused(api: Api, path: str) -> dict[str, object]:
    """Return where a follower and the ledger parted."""
    answer = api.get(path)
    assert (answer.status_code, problem_of(answer)["code"]) == (409, "ledger_forked")
    found: dict[str, object] = problem_of(answer)["forked"]
    return found


def test_a_replica_that_lags_keeps_the_follower_where_it_stands(world: World, api: Api, restored: Api) -> None:
    """Nothing comes, nothing is repeated, and the follower goes on by the same place once the replica has caught up."""
    claim = world.create("claim", world.claim())
    seen = follow(api)
    behind = page(restored, seen.next)
    assert (behind["data"], behind["links"]["next"], behind["meta"]["complete"]) == ([], seen.next, True)
    assert behind["meta"]["seq"] < behind["meta"]["after"] == behind["meta"]["through"]
    world.correct(claim, world.claim(statement="Corrected."))
    assert [one["version"] for one in page(api, behind["links"]["next"])["data"]] == [2]
    plain = page(restored, "/v1/changes?after=999999")
    assert (plain["data"], plain["meta"]["chain"], plain["links"]["next"]) == ([], None, "/v1/changes?after=999999")


def test_after_a_restore_whoever_saw_what_was_lost_is_told_how_far_to_go_back(
    world: World, api: Api, backup: World, restored: Api
) -> None:
    """The last revision of both and the chain there; from it on the follower reads the new ledger, and verifies."""
    common = page(api, "/v1/changes?limit=1000")
    world.create("claim", world.claim())
    lost = follow(api, common["links"]["next"]).next
    assert onrecord(backup.url, "ledger", "fork").code == 0
    claim = backup.create("claim", backup.claim(statement="Another one."))
    head = restored.data("/v1/ledger/head")
    forked = refused(restored, lost)
    last, chain = common["meta"]["through"], common["meta"]["chain"]
    assert forked == {"ledger": head["ledger"], "last_common_seq": last, "chain": chain}
    assert head["forks"] == [
        {"ledger": head["ledger"], "parent": common["meta"]["ledger"], "seq": last, "chain": chain}
    ]
    seen = follow(restored, common["links"]["next"])
    assert [(one["record_id"], one["ledger"]) for one in seen.changes] == [(claim, head["ledger"])]
    assert verify([*common["data"], *seen.changes]) == head["chain"]
    assert onrecord(backup.url, "ledger", "verify").code == 0


def test_after_several_forks_the_earliest_that_parts_both_is_named(world: World, backup: World, restored: Api) -> None:
    """A follower of the first ledger goes back to where the first fork was; one of the second to where the next was."""
    places = [page(restored, "/v1/changes?limit=1000")["links"]["next"]]
    seqs = [restored.data("/v1/ledger/head")["seq"]]
    for _ in range(2):
        assert onrecord(backup.url, "ledger", "fork").code == 0
        backup.create("claim", backup.claim())
        places.append(follow(restored, places[-1]).next)
        seqs.append(restored.data("/v1/ledger/head")["seq"])
    backup.create("claim", backup.claim())
    first, second, third = (page(restored, one) for one in places)
    assert [len(one["data"]) for one in (first, second, third)] == [3, 2, 1]
    for place, beyond, last in ((places[0], 1, seqs[0]), (places[1], 1, seqs[1])):
        ledger, seq, chain = place.rpartition("after=")[2].split(":")
        path = f"/v1/changes?after={ledger}:{int(seq) + beyond}:{chain}"
        assert refused(restored, path)["last_common_seq"] == last
    assert onrecord(backup.url, "ledger", "verify").code == 0


def test_another_chain_at_a_seq_is_refused(world: World, api: Api, backup: World, restored: Api) -> None:
    """A ledger that was restored and written to without a fork, or rewritten, cannot pass for the one that was."""
    world.create("claim", world.claim())
    lost = follow(api).next
    backup.create("claim", backup.claim(statement="Another one."))
    head = restored.data("/v1/ledger/head")
    assert refused(restored, lost) == {"ledger": head["ledger"], "last_common_seq": None, "chain": None}
    assert refused(restored, f"/v1/changes?after={head['ledger']}:0:{'1' * 64}")["last_common_seq"] is None


def test_another_ledger_is_refused(seeded_api: Api) -> None:
    """A follower that was given another server's address does not mix two records."""
    head = seeded_api.data("/v1/ledger/head")
    other = f"00000000-0000-4000-8000-000000000000:{head['seq']}:{head['chain']}"
    assert refused(seeded_api, f"/v1/changes?after={other}")["last_common_seq"] is None


def test_the_beginning_of_the_ledger_is_a_place_that_proves_itself(seeded_api: Api) -> None:
    """Zeros are the chain before the first revision."""
    head = seeded_api.data("/v1/ledger/head")
    path = f"/v1/changes?after={head['ledger']}:0:{'0' * 64}&limit=1"
    assert [one["seq"] for one in page(seeded_api, path)["data"]] == [1]
