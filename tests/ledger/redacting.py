"""Redaction at the level of the ledger, as a protection verb will use it."""

from collections.abc import Sequence

from sqlalchemy import text

from app.kit.clock import system_clock
from app.ledger.append import Change, Ledger
from app.ledger.chain import Envelope
from app.ledger.words import Cause, Operation, Part, WriterRole
from app.store.engine import snapshot, transact
from tests.support.world import World


def redact(world: World, record_id: str, contents: Sequence[tuple[int, Part]]) -> Envelope:
    """Append a redact revision of a record that erases contents."""
    engine = world.desk.engine
    query = text("SELECT max(version) FROM revision WHERE record_id = :id")
    with snapshot(engine) as connection:
        version = (connection.execute(query, {"id": record_id}).scalar() or 1) + 1
    change = Change("claim", record_id, version, Operation.REDACT, {"reason": "to protect"}, Cause.PROTECTION)
    return transact(
        engine,
        lambda connection: Ledger(connection, WriterRole.EDITOR, system_clock).redact(change, contents),
    )


def erasable(world: World) -> list[tuple[int, Part]]:
    """Return every content that the register does not stand on: notes, and bodies that were replaced."""
    query = text(
        "SELECT seq, part FROM revision_content WHERE part = 'note' OR seq NOT IN (SELECT seq FROM record) ORDER BY seq"
    )
    with snapshot(world.desk.engine) as connection:
        return [(row.seq, Part(row.part)) for row in connection.execute(query)]
