"""The commands of the ledger promise: a key is made once and kept secret, and a restored record goes on honestly."""

import re
from pathlib import Path

from app.ledger import signing
from tests.cli.test_commands import head_of
from tests.record.histories import beside
from tests.support.api import serving
from tests.support.databases import Databases
from tests.support.terminal import onrecord
from tests.support.world import World

FORKED = re.compile(r"Ledger ([0-9a-f-]{36}) goes on from ([0-9a-f-]{36}) after (\d+:[0-9a-f]{64})\n")


def test_a_key_is_made_and_signs_the_head_that_is_served(world: World, tmp_path: Path) -> None:
    """keygen prints the public key, and nothing of the private one; the server signs with it."""
    path = tmp_path / "ledger.pem"
    ran = onrecord(None, "ledger", "keygen", str(path))
    assert ran.code == 0
    found = re.fullmatch(r"Public key: ([A-Za-z0-9_-]{43})\n", ran.out)
    assert found
    assert "ONRECORD_LEDGER_KEY" in ran.err
    secret = path.read_text().splitlines()[1]
    assert secret not in ran.out + ran.err
    with serving(world.url, ledger_key=path) as api:
        assert signing.is_signed(api.data("/v1/ledger/head"), found[1])


def test_a_key_is_never_written_over(tmp_path: Path) -> None:
    """Whoever gives the command twice keeps the key that partners know."""
    path = tmp_path / "ledger.pem"
    path.write_text("something")
    assert "is there already" in onrecord(None, "ledger", "keygen", str(path)).refusal
    assert path.read_text() == "something"


def test_a_server_does_not_start_with_a_key_that_it_cannot_use(world: World, tmp_path: Path) -> None:
    """Better no server than heads that nobody signed."""
    path = tmp_path / "ledger.pem"
    assert "cannot be read" in onrecord(world.url, "serve", ledger_key=str(path)).refusal
    path.write_text("hunter2")
    path.chmod(0o644)
    refusal = onrecord(world.url, "serve", ledger_key=str(path)).refusal
    assert "open to others" in refusal
    assert "hunter2" not in refusal


def test_a_restored_record_goes_on_under_another_id(databases: Databases, world: World) -> None:
    """The command says from where; what is written then belongs to the new ledger, and all of it verifies."""
    with databases.copy("furnished") as url:
        restored = beside(world, url)
        head = head_of(onrecord(url, "ledger", "verify"))
        found = FORKED.fullmatch(onrecord(url, "ledger", "fork").out)
        assert found
        assert found[3] == head
        assert head_of(onrecord(url, "ledger", "verify", "--head", head)) == head
        restored.create("claim", restored.claim())
        with serving(url) as api:
            (change,) = api.get(f"/v1/changes?after={found[2]}:{head}").json()["data"]
            assert change["ledger"] == found[1] == api.data("/v1/ledger/head")["ledger"] != found[2]
        again = FORKED.fullmatch(onrecord(url, "ledger", "fork").out)
        assert again
        assert again[2] == found[1]
        assert onrecord(url, "ledger", "verify").code == 0
        assert onrecord(url, "rebuild", "--check").code == 0


def test_a_record_moves_with_its_forks(databases: Databases, world: World) -> None:
    """A follower of the first ledger is told the same by the database that the record moved to."""
    assert onrecord(world.url, "ledger", "fork").code == 0
    world.create("claim", world.claim())
    target = databases.empty("moved_forked")
    assert onrecord(world.url, "move", "--to", target).code == 0
    with serving(world.url) as here, serving(target) as there:
        assert there.data("/v1/ledger/head") == here.data("/v1/ledger/head")
        assert len(there.data("/v1/ledger/head")["forks"]) == 1
