"""Verification promises: an honest ledger is intact, and no single tampering goes unfound."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from app.ledger.append import REVISION
from app.ledger.verify import KeptHead, verify
from app.ledger.words import Part
from tests.ledger.attacks import Attack, all_rows, attacks, cut, disarm, forge
from tests.ledger.redacting import erasable, redact
from tests.record.histories import Player, Step, beside, few, histories
from tests.support.databases import Databases
from tests.support.world import World

# A record of its own carries the redactions, so that the desk goes on with the others.
REDACTED = "clm_00000000000000000000000000"


def lived(world: World, steps: list[Step] = (), erased: list[int] = ()) -> World:  # type: ignore[assignment]
    """Return a world with a history: creations, corrections, a retraction, and two redactions, one of the other."""
    player = Player(world).furnish()
    for step in (*steps, Step("correct", "claim", 1), Step("correct", "actor", 1), Step("retract", "figure", 1)):
        player.play(step)
    first = redact(world, REDACTED, erasable(world)[:1])
    for pick in erased:
        options = erasable(world)
        redact(world, REDACTED, [options[pick % len(options)]])
    if (first.seq, Part.BODY) in erasable(world):
        redact(world, REDACTED, [(first.seq, Part.BODY)])
    return world


def unfound(connection: Connection, attack: Attack) -> bool:
    """Whether verification calls the ledger intact after an attack, which is then undone."""
    undo = connection.begin_nested()
    attack.run(connection)
    intact = verify(connection).intact
    undo.rollback()
    return intact


def test_no_alteration_of_any_column_goes_unfound(world: World) -> None:
    """Every kind of tampering with every table, on the newest rows: columns altered, rows dropped, moved, inserted."""
    with lived(world).desk.engine.connect() as connection:
        disarm(connection)
        assert verify(connection).problems == []
        kinds = {}
        for attack in attacks(connection):
            kinds[attack.name.split(" [")[0].split(" to ")[0], attack.name.count("None")] = attack
        assert [name for name, attack in kinds.items() if unfound(connection, attack)] == []
        assert verify(connection).problems == []
        connection.rollback()


def test_no_tampering_with_any_random_history_goes_unfound(databases: Databases, furnished_template: World) -> None:
    """Whatever was recorded, corrected, retracted, restored and redacted: intact, until anything at all is touched."""

    @settings(max_examples=few(databases))
    @given(histories(10), st.lists(st.integers(0, 99), max_size=2), st.lists(st.integers(0), min_size=20, max_size=20))
    def prove(steps: list[Step], erased: list[int], picks: list[int]) -> None:
        with databases.copy("furnished") as url:
            world = lived(beside(furnished_template, url), steps, erased)
            with world.desk.engine.connect() as connection:
                disarm(connection)
                assert verify(connection).problems == []
                every = attacks(connection)
                for pick in picks:
                    assert not unfound(connection, every[pick % len(every)]), every[pick % len(every)].name
                connection.rollback()

    prove()


def test_a_cut_tail_with_a_mended_head_is_found_by_an_earlier_head(world: World) -> None:
    """Whoever kept a head finds that what it stood for is gone; without one, a shorter ledger is a ledger."""
    for back in (1, 2, 5, 30):
        with world.desk.engine.connect() as connection:
            disarm(connection)
            rows = all_rows(connection, REVISION)
            cut(connection, rows[-1]["seq"] - back, mended=True)
            gone, stays = rows[-back], rows[-back - 1]
            assert not verify(connection, KeptHead(gone["seq"], gone["chain"])).intact
            assert verify(connection, KeptHead(stays["seq"], stays["chain"])).intact
            connection.rollback()


def test_a_chain_computed_anew_is_found_by_an_earlier_head(world: World) -> None:
    """A forger who computes everything again is found by any head kept since; a head from before proves nothing."""
    for back in (1, 2, 5, 30):
        with world.desk.engine.connect() as connection:
            disarm(connection)
            rows = all_rows(connection, REVISION)
            forge(connection, rows[-back]["seq"])
            assert verify(connection).intact, (
                "a whole forgery leaves nothing to compare with: the limit that docs state"
            )
            for kept in rows[-back:]:
                assert not verify(connection, KeptHead(kept["seq"], kept["chain"])).intact
            for kept in rows[:-back]:
                assert verify(connection, KeptHead(kept["seq"], kept["chain"])).intact
            connection.rollback()


def test_a_value_of_a_kind_that_is_never_written_is_a_problem_not_a_crash(world: World) -> None:
    """SQLite keeps any value in any column; whoever verifies is told so."""
    if world.desk.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL refuses a value of another kind")
    for change in ("recorded_at = 'noon'", "chain = x'00'", "role = x'ff'", "body_commitment = 3"):
        with world.desk.engine.connect() as connection:
            disarm(connection)
            connection.exec_driver_sql(f"UPDATE revision SET {change} WHERE seq = 2")  # noqa: S608
            assert not verify(connection).intact, change
            connection.rollback()
