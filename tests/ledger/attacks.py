"""Every way to tamper with the ledger behind the program's back, with triggers and constraints out of the way."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any, NamedTuple

from sqlalchemy import Connection, RowMapping, Table, delete, func, insert, select, text, update

from app.ledger.append import CONTENT, HEAD, REDACTION, REVISION
from app.ledger.chain import GENESIS, Envelope, commitment, link

TABLES = (REVISION, CONTENT, REDACTION, HEAD)


class Attack(NamedTuple):
    """One tampering, and what to call it when it is not found."""

    name: str
    run: Callable[[Connection], object]


def disarm(connection: Connection) -> None:
    """Take away what stops an attacker who owns the database; the transaction is rolled back in the end."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA ignore_check_constraints=ON")
        triggers = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all()
        for name in triggers:
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        return
    query = text("SELECT conname FROM pg_constraint WHERE conrelid = CAST(:name AS regclass) AND contype = 'c'")
    for table in TABLES:
        connection.exec_driver_sql(f"ALTER TABLE {table.name} DISABLE TRIGGER ALL")
        for name in connection.execute(query, {"name": table.name}).scalars().all():
            connection.exec_driver_sql(f"ALTER TABLE {table.name} DROP CONSTRAINT {name}")


def all_rows(connection: Connection, table: Table) -> list[RowMapping]:
    """Return the rows of a table in the order of its key."""
    return list(connection.execute(select(table).order_by(*table.primary_key)).mappings())


def attacks(connection: Connection) -> list[Attack]:
    """Return every single tampering with this ledger that needs no kept head to be found."""
    found: list[Attack] = []
    for table in TABLES:
        rows = all_rows(connection, table)
        for row in rows:
            found += _alterations(table, row, rows)
            found.append(_on(table, row, f"dropped from {table.name}", delete(table)))
        for one, other in pairwise(rows):
            found += _exchanges(table, one, other)
    return [*found, *_insertions(connection), *_cuts(connection)]


def _where(table: Table, row: RowMapping) -> Any:
    return [column == row[column.name] for column in table.primary_key]


def _on(table: Table, row: RowMapping, what: str, statement: Any) -> Attack:
    """Return the attack of one statement on one row."""
    key = [row[column.name] for column in table.primary_key]
    return Attack(f"{what} {key}", lambda connection: connection.execute(statement.where(*_where(table, row))))


def _alterations(table: Table, row: RowMapping, rows: list[RowMapping]) -> Iterator[Attack]:
    keys = {tuple(one[column.name] for column in table.primary_key) for one in rows}
    for column in table.columns:
        for value in _others(column.name, row[column.name]):
            changed = {**row, column.name: value}
            key = tuple(changed[one.name] for one in table.primary_key)
            if (value is None and not column.nullable) or (column.primary_key and key in keys):
                continue
            yield _on(
                table, row, f"{table.name}.{column.name} to {value!r}", update(table).values({column.name: value})
            )


def _others(name: str, value: Any) -> list[Any]:
    """Return values that are not this one, as an attacker might choose them."""
    if isinstance(value, datetime):
        return [value + timedelta(microseconds=1), value - timedelta(days=1), None]
    if isinstance(value, int):
        return [value + 1000, -value - 1]
    if value is None:
        return [datetime(2026, 1, 1, tzinfo=UTC)] if name == "recorded_at" else ["our_error", GENESIS]
    if name == "part":
        return ["note" if value == "body" else "body", "other"]
    swapped = ("1" if value.endswith("0") else "0").join((value[:-1], ""))
    return [swapped, value + " ", value.upper() + "x", "", *([value.upper()] if value != value.upper() else []), None]


def _exchanges(table: Table, one: RowMapping, other: RowMapping) -> Iterator[Attack]:
    """Yield two rows that change places, and what one says moved to the other."""
    if "seq" in one and table is not HEAD and one["seq"] != other["seq"]:
        yield Attack(
            f"{table.name}: {one['seq']} and {other['seq']} change places", lambda c: _swap(c, table, one, other)
        )
    if table is REDACTION and one["redacted_by"] != other["redacted_by"]:
        yield _on(table, one, "erased by another", update(table).values(redacted_by=other["redacted_by"]))
    if table is CONTENT:
        value, salt = other["value"], other["salt"]
        if value != one["value"]:
            yield _on(table, one, f"the value of {other['seq']} copied to", update(table).values(value=value))
        yield _on(table, one, f"the content of {other['seq']} copied to", update(table).values(value=value, salt=salt))


def _swap(connection: Connection, table: Table, one: RowMapping, other: RowMapping) -> None:
    for row in (one, other):
        connection.execute(delete(table).where(*_where(table, row)))
    exchanged = [{**one, "seq": other["seq"]}, {**other, "seq": one["seq"]}]
    connection.execute(insert(table), [_free(connection, table, row) for row in exchanged])


def _free(connection: Connection, table: Table, row: dict[str, Any]) -> dict[str, Any]:
    """Return the row, under another part when its place is taken by a row that stayed."""
    taken = select(func.count()).select_from(table).where(*[column == row[column.name] for column in table.primary_key])
    return {**row, "part": "spare"} if connection.execute(taken).scalar_one() else row


def _insertions(connection: Connection) -> Iterator[Attack]:
    revisions, contents = all_rows(connection, REVISION), all_rows(connection, CONTENT)
    last, middle = revisions[-1], revisions[len(revisions) // 2]
    extra = {
        **last,
        "seq": last["seq"] + 1,
        "version": last["version"] + 1,
        "cause": "our_error",
        "operation": "correct",
    }
    linked = link(last["chain"], envelope_of(extra))
    yield _insertion(REVISION, {**extra, "chain": linked}, "a revision that follows the chain, the head left")
    yield _insertion(REVISION, {**extra, "seq": 0}, "a revision before the first")
    yield Attack("a revision inserted in the middle", lambda c: _push_in(c, middle))
    noted = {one["seq"] for one in contents if one["part"] == "note"}
    bare = next(one["seq"] for one in revisions if one["seq"] not in noted)
    note = {**contents[0], "part": "note"}
    yield _insertion(CONTENT, {**note, "seq": bare}, "a note that was never committed to")
    yield _insertion(CONTENT, {**note, "seq": last["seq"] + 5}, "a content without its revision")
    yield _insertion(CONTENT, {**note, "seq": 1, "part": "other"}, "a content of no known part")
    body = {"seq": middle["seq"], "part": "body", "redacted_by": last["seq"]}
    yield _insertion(REDACTION, body, "leave to erase what no redact revision names")
    erased = delete(CONTENT).where(CONTENT.c.seq == middle["seq"], CONTENT.c.part == "body")
    yield Attack(
        "a content erased with leave of one's own", lambda c: (c.execute(insert(REDACTION), body), c.execute(erased))
    )
    yield _insertion(HEAD, {**all_rows(connection, HEAD)[0], "id": 2}, "a second head")


def _insertion(table: Table, row: dict[str, Any], name: str) -> Attack:
    return Attack(name, lambda connection: connection.execute(insert(table), row))


def _push_in(connection: Connection, middle: RowMapping) -> None:
    """Insert a copy of a revision, and move everything after it up."""
    for table in (REVISION, CONTENT):
        up = update(table).where(table.c.seq >= middle["seq"])
        connection.execute(up.values(seq=-table.c.seq - 1))
        connection.execute(update(table).where(table.c.seq < 0).values(seq=-table.c.seq))
    connection.execute(insert(REVISION), {**middle, "version": 1000})
    connection.execute(update(HEAD).values(seq=HEAD.c.seq + 1))


def _cuts(connection: Connection) -> Iterator[Attack]:
    last = all_rows(connection, REVISION)[-1]["seq"]
    for length in (1, 2, last // 2, last):
        yield Attack(f"a tail of {length} cut", lambda c, end=last - length: cut(c, end, mended=False))  # type: ignore[misc]


# --- what only a kept head finds -------------------------------------------------------------------------------------


def cut(connection: Connection, end: int, *, mended: bool) -> None:
    """Cut everything after `end`, and perhaps put the head there."""
    for table in (REVISION, CONTENT):
        connection.execute(delete(table).where(table.c.seq > end))
    connection.execute(delete(REDACTION).where((REDACTION.c.redacted_by > end) | (REDACTION.c.seq > end)))
    if mended:
        mend(connection)


def mend(connection: Connection) -> None:
    """Put the head at the last revision."""
    rows = all_rows(connection, REVISION)
    chain, instant = (rows[-1]["chain"], rows[-1]["recorded_at"]) if rows else (GENESIS, None)
    connection.execute(update(HEAD).values(seq=rows[-1]["seq"] if rows else 0, chain=chain, recorded_at=instant))


def forge(connection: Connection, seq: int) -> None:
    """Replace the body of one revision, and compute everything after it anew."""
    salt, value = "ab" * 32, '{"forged":true}'
    mine = (CONTENT.c.seq == seq) & (CONTENT.c.part == "body")
    connection.execute(update(CONTENT).where(mine).values(salt=salt, value=value))
    own = commitment(salt, value.encode())
    connection.execute(update(REVISION).where(REVISION.c.seq == seq).values(body_commitment=own))
    chain = GENESIS
    for row in all_rows(connection, REVISION):
        chain = link(chain, envelope_of(row))
        connection.execute(update(REVISION).where(REVISION.c.seq == row["seq"]).values(chain=chain))
    mend(connection)


def envelope_of(row: RowMapping | dict[str, Any]) -> Envelope:
    """Return the envelope of a row."""
    return Envelope(**{name: row[name] for name in Envelope.__dataclass_fields__})
