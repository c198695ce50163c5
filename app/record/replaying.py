"""Why this file exists: what is kept of the past follows from the ledger, so all of it can be made again.

Four tables: where writes end, by what records were found before, what counts were, and to whom revisions are delivered.
Each is held against what the ledger says, some at a time, and put right; of a sound database nothing is touched.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Column, Connection, Select, String, Table, delete, exists, func, insert, select

from app.index import past
from app.index.past import PAST
from app.kit import ids
from app.kit.canonical import JSON
from app.kit.clock import MICROSECOND
from app.ledger.append import REVISION, WRITE
from app.record import timelines
from app.record.chronicle import Chronicle
from app.record.everything import BATCH
from app.record.noun import Noun
from app.record.queries import REACH, RECORD, TALLY_PAST
from app.record.reach import spelt
from app.record.timelines import Delivered
from app.store.base import Row, batches
from app.store.bulk import insert_rows

Step = Callable[[int], None]
# So many records at hand before all are let go; so many revisions looked at together.
MOST, WINDOW = 5_000, 10_000
_SCRATCH = sa.MetaData()
# By how much a count went up or down with the write of a first revision.
_STEP = Table(
    "replayed_step",
    _SCRATCH,
    *(Column(name, String) for name in ("record_id", "name")),
    Column("first", sa.BigInteger),
    Column("step", sa.Integer),
    prefixes=["TEMPORARY"],
)
_COUNT = Table(
    "replayed_count",
    _SCRATCH,
    *(Column(name, String, primary_key=True) for name in ("record_id", "name")),
    Column("until", sa.BigInteger, primary_key=True),
    Column("total", sa.Integer),
    prefixes=["TEMPORARY"],
)


def replay(connection: Connection, nouns: Mapping[str, Noun], step: Step = lambda _: None) -> int:
    """Put right what is kept of the past, when counts are right; return how many rows were not so.

    `step` hears of every record twice.
    """
    wrong = _writes(connection)
    wrong += _counts(connection, nouns, step)
    chronicle = Chronicle(connection, nouns)
    strangers = delete(PAST).where(PAST.c.recorded.not_in(select(RECORD.c.recorded)))
    wrong += connection.execute(strangers).rowcount
    wrong += connection.execute(delete(REACH).where(REACH.c.seq.not_in(select(REVISION.c.seq)))).rowcount
    for batch in _every_record(connection, nouns):
        _bring(chronicle, batch)
        chronicle.load_counts(batch)
        wrong += _found(chronicle, batch)
        step(len(batch))
    return wrong


def remember(connection: Connection, nouns: Mapping[str, Noun], record_ids: Iterable[str]) -> None:
    """Put right by what some records were found, whatever was kept of them."""
    chronicle = Chronicle(connection, nouns)
    for batch in batches(sorted(record_ids)):
        _bring(chronicle, batch)
        past.rewrite(connection, {_recorded(chronicle, one): _kept(chronicle, one) for one in batch})


def deliver(connection: Connection, nouns: Mapping[str, Noun], record_ids: Iterable[str]) -> None:
    """Put right to whom the revisions of some records are delivered."""
    chronicle = Chronicle(connection, nouns)
    for batch in batches(sorted(record_ids)):
        _bring(chronicle, batch)
        chronicle.load_counts(batch)
        told = [one for one in batch if chronicle.told[one]]
        _deliver(
            connection,
            [row for one in told for row in timelines.reaches(chronicle, one, timelines.found(chronicle, one))],
        )


def found_before(
    connection: Connection, nouns: Mapping[str, Noun], first: int, record_ids: Iterable[str]
) -> dict[str, JSON | None]:
    """Return by which filters of the feed records were found before the write of that first revision."""
    chronicle = Chronicle(connection, nouns)
    found: dict[str, JSON | None] = {}
    for batch in batches(record_ids):
        _bring(chronicle, batch)
        found.update((one, timelines.reach_before(chronicle, one, first)) for one in batch)
    return found


def _every_record(connection: Connection, nouns: Collection[str]) -> Iterator[list[str]]:
    """Yield the ids of all records, public or not, in the nouns' order of citation, first recorded first."""
    for record_type in nouns:
        after = -1
        query = select(RECORD.c.id, RECORD.c.recorded).where(RECORD.c.type == record_type).order_by(RECORD.c.recorded)
        while page := connection.execute(query.where(RECORD.c.recorded > after).limit(BATCH)).all():
            after = page[-1].recorded
            yield [row.id for row in page]


def _bring(chronicle: Chronicle, batch: list[str]) -> None:
    if len(chronicle.told) > MOST:
        chronicle.forget()
    chronicle.prepare(batch)


# --- where writes end -------------------------------------------------------------------------------------------------


def _writes(connection: Connection) -> int:
    """Put right where writes end: where the next revision is not exactly one microsecond later."""
    wrong, seq = 0, 0
    query = select(REVISION.c.seq, REVISION.c.recorded_at).order_by(REVISION.c.seq)
    while rows := connection.execute(query.where(REVISION.c.seq > seq).limit(WINDOW + 1)).all():
        shown = rows[:WINDOW]
        times = [*(row.recorded_at for row in rows), None][1:]
        ends = {row.seq for row, later in zip(rows, times, strict=True) if not _follows(row.recorded_at, later)}
        ends &= {row.seq for row in shown}
        here = WRITE.c.seq > seq, WRITE.c.seq <= shown[-1].seq
        known = set(connection.execute(select(WRITE.c.seq).where(*here)).scalars())
        for batch in batches(known - ends):
            connection.execute(delete(WRITE).where(WRITE.c.seq.in_(batch)))
        insert_rows(connection, WRITE, [{"seq": one} for one in sorted(ends - known)])
        wrong += len(known ^ ends)
        seq = shown[-1].seq
    return wrong + connection.execute(delete(WRITE).where(WRITE.c.seq > seq)).rowcount


def _follows(one: datetime, later: datetime | None) -> bool:
    """Whether the next revision was made in the same write."""
    return later is not None and later - one == MICROSECOND


# --- by what records were found, and to whom revisions are delivered --------------------------------------------------


def _recorded(chronicle: Chronicle, record_id: str) -> int:
    return chronicle.told[record_id][0].revision.seq


def _kept(chronicle: Chronicle, record_id: str) -> list[Row]:
    return timelines.kept(chronicle, record_id, timelines.found(chronicle, record_id))


def _found(chronicle: Chronicle, batch: list[str]) -> int:
    """Put right what is kept of some records."""
    kept: dict[int, list[Row]] = {}
    delivered: list[Delivered] = []
    for one in (one for one in batch if chronicle.told[one]):
        timeline = timelines.found(chronicle, one)
        kept[_recorded(chronicle, one)] = timelines.kept(chronicle, one, timeline)
        delivered += timelines.reaches(chronicle, one, timeline)
    return past.rewrite(chronicle.connection, kept) + _deliver(chronicle.connection, delivered)


def _deliver(connection: Connection, delivered: list[Delivered]) -> int:
    """Put right to whom revisions are delivered; what nobody can tell any more stays as it is."""
    wrong: list[Row] = []
    for some in batches(delivered):
        query = select(REACH).where(REACH.c.seq.in_([one.seq for one in some]))
        known = {row["seq"]: dict(row) for row in connection.execute(query).mappings()}
        for one in some:
            before, after, ever = (spelt(reach) for reach in one.reach)
            row = {"seq": one.seq, "before": before, "after": after, "ever": ever}
            if known.get(one.seq) != row and (one.sure or one.seq not in known):
                wrong.append(row)
    for some_rows in batches(wrong):
        connection.execute(delete(REACH).where(REACH.c.seq.in_([row["seq"] for row in some_rows])))
    insert_rows(connection, REACH, wrong)
    return len(wrong)


# --- what counts were -------------------------------------------------------------------------------------------------


def _counts(connection: Connection, nouns: Mapping[str, Noun], step: Step) -> int:
    """Put right what counts were: every record says when it was counted where, and the database adds it up."""
    _SCRATCH.create_all(connection)
    chronicle = Chronicle(connection, nouns)
    for batch in _every_record(connection, nouns):
        noun = nouns[ids.type_of(batch[0])]
        if type(noun).tallies is not Noun.tallies:
            _bring(chronicle, batch)
            rows: list[Row] = []
            for one in (one for one in batch if chronicle.told[one]):
                timeline = timelines.counted(chronicle, one, chronicle.shield, hides=chronicle.hides)
                rows += [
                    {"record_id": record_id, "name": name, "first": first, "step": by}
                    for (record_id, name, first), by in timelines.steps(timeline).items()
                ]
            insert_rows(connection, _STEP, rows)
        step(len(batch))
    connection.execute(insert(_COUNT).from_select(list(_COUNT.c.keys()), _added_up()))
    wrong = _compare_counts(connection)
    _SCRATCH.drop_all(connection)
    return wrong


def _added_up() -> Select[tuple[str, str, int, int]]:
    """Return what each count was before every write that changed it."""
    key = (_STEP.c.record_id, _STEP.c.name)
    by = func.sum(_STEP.c.step)
    each = select(*key, _STEP.c.first, by.label("step")).group_by(*key, _STEP.c.first).having(by != 0).subquery("each")
    until_then = func.sum(each.c.step).over(partition_by=(each.c.record_id, each.c.name), order_by=each.c.first)
    return select(each.c.record_id, each.c.name, each.c.first, sa.cast(until_then - each.c.step, sa.Integer))


def _compare_counts(connection: Connection) -> int:
    key = [TALLY_PAST.c[name] == _COUNT.c[name] for name in ("record_id", "name", "until")]
    same = exists().where(*key, TALLY_PAST.c.total == _COUNT.c.total)
    wrong = connection.execute(delete(TALLY_PAST).where(~same.correlate(TALLY_PAST))).rowcount
    missing = select(_COUNT).where(~exists().where(*key).correlate(_COUNT))
    # Counted beforehand: of such an INSERT PostgreSQL's driver does not say how many rows it made.
    wrong += connection.execute(select(func.count()).select_from(missing.subquery())).scalar_one()
    connection.execute(insert(TALLY_PAST).from_select(list(_COUNT.c.keys()), missing))
    return wrong
