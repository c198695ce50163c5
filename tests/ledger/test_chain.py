"""The chain promises: anyone can recompute it with SHA-256 and RFC 8785 alone, without a line of this program."""

import hashlib
import json
from typing import Any

import rfc8785
from hypothesis import given, settings
from sqlalchemy import text

from app.store.engine import snapshot
from tests.record.histories import Player, Step, beside, few, histories
from tests.support.databases import Databases
from tests.support.world import World

ENVELOPE = (
    "ledger",
    "seq",
    "record_type",
    "record_id",
    "version",
    "operation",
    "cause",
    "recorded_at",
    "role",
    "body_commitment",
    "note_commitment",
)


def rows(world: World, table: str) -> list[dict[str, Any]]:
    """Return the rows of a ledger table in order of seq."""
    with snapshot(world.desk.engine) as connection:
        found = connection.execute(text(f"SELECT * FROM {table} ORDER BY seq"))  # noqa: S608
        return [dict(row) for row in found.mappings()]


def as_text(instant: Any) -> str:
    """Return an instant as the envelope spells it: SQLite keeps that text, PostgreSQL an instant."""
    return instant if isinstance(instant, str) else instant.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def recompute(world: World) -> None:
    """Hold every commitment and every link against what anybody would compute."""
    chain = bytes(32)
    committed = {(row["seq"], row["part"]): row for row in rows(world, "revision_content")}
    for expected, row in enumerate(rows(world, "revision"), start=1):
        assert row["seq"] == expected
        for part in ("body", "note"):
            content = committed.pop((row["seq"], part), None)
            assert (content is None) == (row[f"{part}_commitment"] is None)
            if content is not None:
                salt = bytes.fromhex(content["salt"])
                value = rfc8785.dumps(json.loads(content["value"]))
                assert len(salt) == 32
                assert hashlib.sha256(salt + value).hexdigest() == row[f"{part}_commitment"]
                assert content["value"].encode() == value
        envelope = {name: row[name] for name in ENVELOPE} | {"recorded_at": as_text(row["recorded_at"])}
        chain = hashlib.sha256(b"onrecord-v1" + chain + rfc8785.dumps(envelope)).digest()
        assert row["chain"] == chain.hex()
    assert committed == {}
    (head,) = rows(world, "ledger_head")
    assert (head["seq"], head["chain"]) == (expected, chain.hex())


def test_every_link_is_what_anybody_computes(world: World) -> None:
    """Commitments and chain are SHA-256 over salts and RFC 8785, as the model page says."""
    player = Player(world).furnish()
    for verb in ("correct", "retract", "restore"):
        player.play(Step(verb, "claim", 1))
    assert player.refused == 0
    recompute(world)


def test_every_random_history_is_what_anybody_computes(databases: Databases, furnished_template: World) -> None:
    """The same holds whatever editors did, in whatever order."""

    @settings(max_examples=few(databases))
    @given(histories(16))
    def prove(steps: list[Step]) -> None:
        with databases.copy("furnished") as url:
            player = Player(beside(furnished_template, url)).furnish()
            for step in steps:
                player.play(step)
            recompute(player.world)

    prove()


def test_salts_are_never_used_twice(world: World) -> None:
    """Equal bodies have unequal commitments, so that nobody can guess an erased one."""
    world.create_all([("actor", world.person(name="One Name")), ("actor", world.person(name="One Name"))])
    salts = [row["salt"] for row in rows(world, "revision_content")]
    assert len(set(salts)) == len(salts)
    one, other = rows(world, "revision")[-2:]
    assert one["body_commitment"] != other["body_commitment"]
