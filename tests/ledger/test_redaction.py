"""Redaction promises: contents and salts vanish, the chain stands, and only what a redaction names may be missing."""

import json
from dataclasses import replace

import pytest
from sqlalchemy import text

from app.kit.clock import system_clock
from app.kit.errors import NotRecorded
from app.ledger.append import Change, Ledger
from app.ledger.verify import Verdict, verify
from app.ledger.words import Cause, Operation, Part, WriterRole
from app.store.engine import snapshot, transact
from tests.ledger.redacting import erasable, redact
from tests.record.readings import body_of, dump
from tests.support.world import World


def verdict(world: World) -> Verdict:
    """Verify the whole ledger."""
    with snapshot(world.desk.engine) as connection:
        return verify(connection)


@pytest.fixture
def corrected(world: World) -> tuple[World, str]:
    """A claim whose first body and note nothing stands on any more."""
    claim = world.create("claim", world.claim(statement="A secret."))
    world.correct(claim, world.claim(statement="No secret."), text="It named somebody.")
    return world, claim


def test_what_is_redacted_is_gone_and_the_ledger_is_intact(corrected: tuple[World, str]) -> None:
    """Neither words nor salt are left anywhere in the ledger, and everything still verifies."""
    world, claim = corrected
    contents = erasable(world)
    with snapshot(world.desk.engine) as connection:
        query = text("SELECT salt FROM revision_content WHERE seq = :seq AND part = :part")
        salts = [connection.execute(query, {"seq": seq, "part": part.value}).scalar_one() for seq, part in contents]
    redact(world, claim, contents)
    left = repr({name: rows for name, rows in dump(world.desk.engine).items() if name.startswith("revision")})
    assert len(contents) == 2
    assert not [one for one in ("A secret", "It named somebody", *salts) if one in left]
    assert verdict(world).intact


def test_a_redaction_of_a_redaction_carries_its_names_over(corrected: tuple[World, str]) -> None:
    """Erasing what said which contents are gone leaves them lawfully gone, however often it is done."""
    world, claim = corrected
    first = redact(world, claim, erasable(world))
    second = redact(world, claim, [(first.seq, Part.BODY)])
    third = redact(world, claim, [(second.seq, Part.BODY)])
    assert verdict(world).intact
    named = {(one["seq"], one["part"]): one["redacted_by"] for one in body_of(world.desk.engine, claim)["redacts"]}
    assert named == {
        (first.seq - 2, "body"): first.seq,
        (first.seq - 1, "note"): first.seq,
        (first.seq, "body"): second.seq,
        (second.seq, "body"): third.seq,
    }


@pytest.mark.parametrize("missing", [(10_000, Part.BODY), (1, Part.NOTE)])
def test_what_is_not_there_cannot_be_redacted(corrected: tuple[World, str], missing: tuple[int, Part]) -> None:
    """A redaction that named what never was would never verify; it is refused, and nothing is erased."""
    world, claim = corrected
    before = dump(world.desk.engine)
    with pytest.raises(NotRecorded):
        redact(world, claim, [*erasable(world), missing])
    assert dump(world.desk.engine) == before


def test_nothing_is_redacted_twice(corrected: tuple[World, str]) -> None:
    """What is erased already is not there."""
    world, claim = corrected
    contents = erasable(world)
    redact(world, claim, contents)
    with pytest.raises(NotRecorded):
        redact(world, claim, contents)
    assert verdict(world).intact


def test_one_transaction_can_record_and_redact(corrected: tuple[World, str]) -> None:
    """A content that was appended a moment ago can be erased in the same transaction."""
    world, claim = corrected

    def work(connection: object) -> None:
        ledger = Ledger(connection, WriterRole.EDITOR, system_clock)  # type: ignore[arg-type]
        change = Change("claim", claim, 3, Operation.CORRECT, {"statement": "A slip."}, Cause.OUR_ERROR)
        done = ledger.append(change)
        erasing = Change("claim", claim, 4, Operation.REDACT, {}, Cause.PROTECTION)
        ledger.redact(erasing, [(done.seq, Part.BODY)])

    transact(world.desk.engine, work)
    assert verdict(world).intact
    assert "A slip" not in json.dumps(dump(world.desk.engine), default=str)


def test_only_a_redact_revision_erases(corrected: tuple[World, str]) -> None:
    """No other operation can be asked to, and none for nothing."""
    world, claim = corrected
    change = Change("claim", claim, 3, Operation.CORRECT, {}, Cause.PROTECTION)
    before = dump(world.desk.engine)
    contents = erasable(world)
    for wrong, erased in ((change, contents), (replace(change, operation=Operation.REDACT), [])):
        with pytest.raises(ValueError, match="redact"), world.desk.engine.begin() as connection:
            Ledger(connection, WriterRole.EDITOR, system_clock).redact(wrong, erased)
    assert dump(world.desk.engine) == before
