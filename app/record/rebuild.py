"""Why this file exists: all that readers see is derived, so all of it can be made again from the ledger's bodies.

One transaction, under the head: readers see the old documents until the new ones are all there. A document whose bytes
do not change keeps its date, so a rebuild of a sound database changes nothing.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import Any

from sqlalchemy import Connection, and_, delete, func, insert, select

from app.ledger.append import REVISION, Ledger
from app.ledger.words import Operation, WriterRole
from app.record.desk import Desk
from app.record.documents import Renderer, bump_generation, index_of, store_cards
from app.record.everything import BATCH, all_public
from app.record.noun import Noun
from app.record.queries import DOCUMENT, QUEUE, RECORD, SOURCE, TALLY
from app.record.refs import Refs
from app.record.replaying import replay
from app.record.shape import Rows, Shape, to_rows
from app.record.shelf import Shelf
from app.store import fulltext
from app.store.base import Row
from app.store.engine import transact

Step = Callable[[int], None]
# The operations that leave a record public.
SHOWN = (Operation.CREATE.value, Operation.CORRECT.value, Operation.RESTORE.value, Operation.MERGE.value)
Keyed = dict[str, dict[tuple[Any, ...], Row]]


class _Undo(Exception):
    """Nothing is kept of what was only tried."""


def rebuild(desk: Desk, step: Step = lambda _: None, *, keep: bool = True) -> int:
    """Make counts, index rows and documents again; `step` hears of every record four times; return how many changed.

    Without `keep` everything is done and undone: so it is found whether readers see what the ledger says.
    """
    changed = 0

    def work(connection: Connection) -> None:
        nonlocal changed
        changed = rebuild_within(connection, desk, step)
        if not keep:
            raise _Undo

    with suppress(_Undo):
        transact(desk.engine, work)
    return changed


def rebuild_within(connection: Connection, desk: Desk, step: Step = lambda _: None) -> int:
    """Do the same in a transaction that is open, as that of a migration is."""
    Ledger(connection, WriterRole.EDITOR, desk.clock, desk.entropy)
    _rebuild_counts(connection, desk.nouns)
    changed = _rebuild_documents(connection, desk, step) + replay(connection, desk.nouns, step)
    if changed:
        bump_generation(connection)
    return changed


def _rebuild_documents(connection: Connection, desk: Desk, step: Step) -> int:
    """Render every card, then every document and its place in the index; return how many were not as they should be."""
    connection.execute(delete(QUEUE))
    public = select(RECORD.c.id).where(RECORD.c.public)
    forged = connection.execute(delete(DOCUMENT).where(DOCUMENT.c.id.not_in(public))).rowcount
    index = index_of(connection, desk.nouns)
    # What is wrong by itself goes first, so that the records after it are compared with, and counted by, what is sound.
    forged += fulltext.repair(connection) + index.sweep() + index.recount()
    forged += index.withdraw_strangers(select(RECORD.c.recorded).where(RECORD.c.public))
    changed: set[str] = set()
    connection.execute(delete(SOURCE))
    for record_type, batch in all_public(connection, desk.nouns):
        shelf = Shelf(connection)
        shelf.load(batch)
        changed |= Renderer(connection, desk.nouns, shelf, desk.clock()).render_cards(record_type, batch)
        store_cards(connection, shelf, batch)
        step(len(batch))
    for _, batch in all_public(connection, desk.nouns):
        shelf = Shelf(connection)
        shelf.load(batch)
        renderer = Renderer(connection, desk.nouns, shelf, desk.clock())
        renderer.render_documents(batch)
        renderer.store_sources(batch)
        changed |= renderer.changed
        step(len(batch))
    return forged + len(changed)


def _rebuild_counts(connection: Connection, nouns: Mapping[str, Noun]) -> None:
    """Make the counts of every record again."""
    counts: Counter[tuple[str, str]] = Counter()
    for record_type, batch in all_public(connection, nouns):
        shelf, noun = Shelf(connection), nouns[record_type]
        shelf.load_bodies(batch)
        for one in batch:
            counts.update(noun.tallies(shelf.body(one), Refs(shelf)))
    connection.execute(delete(TALLY))
    kept = [{"record_id": one, "name": name, "total": total} for (one, name), total in sorted(counts.items())]
    if kept:
        connection.execute(insert(TALLY), kept)


def differences(connection: Connection, nouns: Mapping[str, Noun]) -> Iterator[str]:
    """Yield the id of every record whose tables do not say what its revisions say.

    A record whose newest body was lawfully erased has nothing to be compared with; it is left out.
    """
    astray = _unregistered(connection)
    yield from sorted(astray)
    for noun in nouns.values():
        after = ""
        query = select(RECORD.c.id).where(RECORD.c.type == noun.type).order_by(RECORD.c.id).limit(BATCH)
        while batch := list(connection.execute(query.where(RECORD.c.id > after)).scalars()):
            after = batch[-1]
            shelf = Shelf(connection)
            shelf.load_bodies(one for one in batch if one not in astray)
            rows = _rows_of(connection, noun, batch)
            for one in batch:
                kept = shelf.bodies.get(one)
                if kept is not None and rows.get(one, {}) != _keyed(noun.shape, to_rows(noun.shape, one, kept)):
                    yield one


def _unregistered(connection: Connection) -> set[str]:
    """Return the id of every record whose row of the register is gone, forged, or not what its newest revision left.

    A record is public after it was created, corrected, restored or merged, and not after it was retracted or sealed.
    """
    newest = (
        select(
            REVISION.c.record_id, func.max(REVISION.c.seq).label("seq"), func.max(REVISION.c.version).label("version")
        )
        .group_by(REVISION.c.record_id)
        .subquery()
    )
    same = and_(
        RECORD.c.id == newest.c.record_id,
        RECORD.c.seq == newest.c.seq,
        RECORD.c.version == newest.c.version,
        RECORD.c.public == REVISION.c.operation.in_(SHOWN),
    )
    query = (
        select(newest.c.record_id)
        .join(REVISION, REVISION.c.seq == newest.c.seq)
        .join(RECORD, same, isouter=True)
        .where(RECORD.c.id.is_(None))
    )
    forged = select(RECORD.c.id).where(RECORD.c.id.not_in(select(REVISION.c.record_id)))
    return {*connection.execute(query).scalars(), *connection.execute(forged).scalars()}


def _rows_of(connection: Connection, noun: Noun, ids: list[str]) -> dict[str, Keyed]:
    """Return the rows of some records of a noun, by record id."""
    found: dict[str, Rows] = {}
    for shape in noun.shape.all():
        owner = shape.key[0]
        for row in connection.execute(select(shape.table).where(shape.table.c[owner].in_(ids))).mappings():
            found.setdefault(row[owner], {}).setdefault(shape.table.name, []).append(dict(row))
    return {one: _keyed(noun.shape, rows) for one, rows in found.items()}


def _keyed(shape: Shape, rows: Rows) -> Keyed:
    """Return rows by table and primary key, so that the order in which they were read does not matter."""
    return {
        table.name: {tuple(row[column.name] for column in table.primary_key): row for row in rows.get(table.name, ())}
        for table in shape.tables()
    }
