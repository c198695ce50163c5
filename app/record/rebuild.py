"""Why this file exists: all that readers see is derived, so all of it can be made again from the ledger's bodies.

One transaction, under the head: readers see the old documents until the new ones are all there. A document whose bytes
do not change keeps its date, so a rebuild of a sound database changes nothing.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from sqlalchemy import Connection, Table, delete, insert, select

from app.ledger.append import Ledger
from app.ledger.words import WriterRole
from app.record import queries
from app.record.desk import Desk
from app.record.documents import Renderer, bump_generation, store_cards
from app.record.noun import Noun
from app.record.queries import DOCUMENT, QUEUE, RECORD, SOURCE, TALLY
from app.record.refs import Refs
from app.record.shape import to_body
from app.record.shelf import Shelf
from app.store.base import Row
from app.store.engine import transact

Step = Callable[[int], None]
BATCH = 500


def rebuild(desk: Desk, step: Step = lambda _: None) -> int:
    """Make counts, index rows and documents again; `step` hears of every record twice; return how many changed."""

    def work(connection: Connection) -> int:
        Ledger(connection, WriterRole.EDITOR, desk.clock, desk.entropy)
        _rebuild_lists(connection, desk.nouns)
        connection.execute(delete(QUEUE))
        hidden = select(RECORD.c.id).where(~RECORD.c.public)
        connection.execute(delete(DOCUMENT).where(DOCUMENT.c.id.in_(hidden)))
        connection.execute(delete(SOURCE).where(SOURCE.c.record_id.in_(hidden)))
        changed = 0
        for record_type, batch in _all_public(connection, desk.nouns):
            shelf = Shelf(connection)
            shelf.load(batch)
            Renderer(connection, desk.nouns, shelf, desk.clock()).render_cards(record_type, batch)
            store_cards(connection, shelf, batch)
            step(len(batch))
        for _, batch in _all_public(connection, desk.nouns):
            shelf = Shelf(connection)
            shelf.load(batch)
            renderer = Renderer(connection, desk.nouns, shelf, desk.clock())
            renderer.render_documents(batch)
            changed += renderer.changed
            step(len(batch))
        if changed:
            bump_generation(connection)
        return changed

    return transact(desk.engine, work)


def _all_public(connection: Connection, nouns: Mapping[str, Noun]) -> Iterator[tuple[str, list[str]]]:
    """Yield (type, some ids) of every public record, in the nouns' order of citation."""
    for record_type in nouns:
        after = -1
        while page := queries.public_ids(connection, record_type, after, BATCH):
            after = page[-1][1]
            yield record_type, [record_id for record_id, _ in page]


def _rebuild_lists(connection: Connection, nouns: Mapping[str, Noun]) -> None:
    """Make the counts and every noun's index rows again."""
    counts: Counter[tuple[str, str]] = Counter()
    for noun in nouns.values():
        for table in noun.index_tables:
            connection.execute(delete(table))
    for record_type, batch in _all_public(connection, nouns):
        shelf, noun = Shelf(connection), nouns[record_type]
        shelf.load_bodies(batch)
        rows: dict[Table, list[Row]] = {}
        for one in batch:
            counts.update(noun.tallies(shelf.body(one), Refs(shelf)))
            for table, row in noun.index_rows(shelf.entries[one].recorded, shelf.body(one), Refs(shelf)):
                rows.setdefault(table, []).append(row)
        for table, some in rows.items():
            connection.execute(insert(table), some)
    connection.execute(delete(TALLY))
    kept = [{"record_id": one, "name": name, "total": total} for (one, name), total in sorted(counts.items())]
    if kept:
        connection.execute(insert(TALLY), kept)


def differences(connection: Connection, nouns: Mapping[str, Noun]) -> Iterator[str]:
    """Yield the id of every record whose tables do not say what its newest revision says."""
    for noun in nouns.values():
        after = ""
        query = select(RECORD.c.id).where(RECORD.c.type == noun.type).order_by(RECORD.c.id).limit(BATCH)
        while batch := list(connection.execute(query.where(RECORD.c.id > after)).scalars()):
            after = batch[-1]
            shelf = Shelf(connection)
            shelf.load_bodies(batch)
            rows = _rows_of(connection, noun, batch)
            for one in batch:
                mine = rows.get(one)
                kept = shelf.bodies.get(one)
                if kept is not None and (mine is None or to_body(noun.shape, mine) != kept):
                    yield one


def _rows_of(connection: Connection, noun: Noun, ids: list[str]) -> dict[str, dict[str, list[Row]]]:
    """Return {record id: {table name: rows}} of some records of a noun."""
    found: dict[str, dict[str, list[Row]]] = {}
    for shape in noun.shape.all():
        owner = shape.key[0]
        for row in connection.execute(select(shape.table).where(shape.table.c[owner].in_(ids))).mappings():
            found.setdefault(row[owner], {}).setdefault(shape.table.name, []).append(dict(row))
    return {one: rows for one, rows in found.items() if noun.shape.table.name in rows}
