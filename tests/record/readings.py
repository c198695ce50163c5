"""What is in a database, read without the program's own queries, and what must be true of it."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Engine, MetaData, select, text

from app.catalogue import all_tables
from app.record.desk import Desk
from app.store.engine import snapshot
from app.store.fulltext import BODY, HEAD, RECORDED

Dump = dict[str, list[tuple[Any, ...]]]
LAYOUT: MetaData = all_tables()
# What a reader gets, and what it is found by.
INDEX = ("index_field", "index_term", "index_posting", "index_span", "figure_index", "search_words")
READ = ("document", "document_source", "tally", "document_queue", *INDEX)
# The index without the numbers of terms and fields, which depend on the order in which they were first needed.
_FOUND = {
    "index_term": "SELECT field, value, total FROM index_term WHERE total > 0 ORDER BY field, value",
    "index_posting": "SELECT recorded, field, value FROM index_posting "
    "LEFT JOIN index_term ON id = term ORDER BY 1, 2, 3",
    "index_span": 'SELECT recorded, name, "up", "down", node, earliest, latest FROM index_span '
    'LEFT JOIN index_field ON "no" = field ORDER BY 1, 2',
}
LABELS = {"theme": "theme", "measure": "measure", "report_format": "report_format"}


# Without the types of the program: what the database holds is compared, not what the program makes of it.
_SELECTS = {
    name: f"SELECT * FROM {name} ORDER BY {', '.join(column.name for column in table.primary_key)}"  # noqa: S608
    for name, table in LAYOUT.tables.items()
}


def dump(engine: Engine) -> Dump:
    """Return every row of every table, in the order of its key, and the words that are searched."""
    words = select(RECORDED, HEAD, BODY).order_by(RECORDED)
    with snapshot(engine) as connection:
        rows = {name: list(map(tuple, connection.exec_driver_sql(query))) for name, query in _SELECTS.items()}
        return {**rows, "search_words": list(map(tuple, connection.execute(words)))}


def found_by(engine: Engine) -> Dump:
    """Return what the index says, in names instead of numbers."""
    everything = {name: rows for name, rows in dump(engine).items() if name in ("figure_index", "search_words")}
    with snapshot(engine) as connection:
        for name, query in _FOUND.items():
            everything[name] = list(map(tuple, connection.exec_driver_sql(query)))
    return everything


def readable(engine: Engine) -> Dump:
    """Return what readers get: documents, what they embed, counts above zero, and what they are found by.

    Dates and the generation say when a document was rendered, not what.
    """
    everything = {name: rows for name, rows in dump(engine).items() if name in READ and name not in INDEX}
    everything |= found_by(engine)
    names = [column.name for column in LAYOUT.tables["document"].columns]
    modified = names.index("modified_at")
    everything["document"] = [(*row[:modified], *row[modified + 1 :]) for row in everything["document"]]
    everything["tally"] = [row for row in everything["tally"] if row[-1] != 0]
    return everything


def documents(engine: Engine) -> dict[str, Any]:
    """Return {record id: document}."""
    with snapshot(engine) as connection:
        rows = connection.execute(text("SELECT id, body FROM document")).all()
    return {row.id: json.loads(bytes(row.body)) for row in rows}


def body_of(engine: Engine, record_id: str) -> dict[str, Any]:
    """Return the newest body of a record in the ledger."""
    query = text(
        "SELECT value FROM revision_content JOIN revision ON revision.seq = revision_content.seq "
        "WHERE part = 'body' AND record_id = :id ORDER BY revision.seq DESC LIMIT 1"
    )
    with snapshot(engine) as connection:
        body: dict[str, Any] = json.loads(connection.execute(query, {"id": record_id}).scalar_one())
    return body


def revisions(engine: Engine, record_id: str) -> list[tuple[str, str | None]]:
    """Return (operation, cause) of every revision of a record, oldest first."""
    query = text("SELECT operation, cause FROM revision WHERE record_id = :id ORDER BY seq")
    with snapshot(engine) as connection:
        return [(row.operation, row.cause) for row in connection.execute(query, {"id": record_id})]


def count(engine: Engine, table: str) -> int:
    """Return the number of rows of a table."""
    with snapshot(engine) as connection:
        found: int = connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()  # noqa: S608
    return found


# --- what must be true ---------------------------------------------------------------------------------------------


def public_by_the_ledger(engine: Engine) -> set[str]:
    """Return the records whose newest revision leaves them public."""
    query = text("SELECT record_id, operation FROM revision ORDER BY seq")
    with snapshot(engine) as connection:
        newest = {row.record_id: row.operation for row in connection.execute(query)}
    return {one for one, operation in newest.items() if operation != "retract"}


def recounted(found: dict[str, Any]) -> dict[str, Counter[str]]:
    """Count again what documents say of others: claims and figures of reports and crises, claims of actors by role."""
    counts: dict[str, Counter[str]] = {one: Counter() for one in found}
    for document in found.values():
        if document["type"] == "report":
            counts[document["crisis"]["id"]]["reports"] += 1
        elif document["type"] in ("claim", "figure"):
            report = found[document["report"]["id"]]
            counts[report["id"]][document["type"] + "s"] += 1
            counts[report["crisis"]["id"]][document["type"] + "s"] += 1
        if document["type"] == "claim":
            chain = document["attribution"]["chain"]
            for actor, role in {(hop["actor"]["id"], hop["role"]) for hop in chain if hop["actor"]}:
                counts[actor][role] += 1
    return counts


def miscounted(found: dict[str, Any]) -> list[str]:
    """Return every record whose counts are not those of a recount."""
    right = recounted(found)
    return [one for one, document in found.items() if +Counter(document.get("counts", {})) != right[one]]


def stale(found: dict[str, Any]) -> list[str]:
    """Return a line for everything embedded that is not what its own document says."""
    return [f"{one}: {line}" for one, document in found.items() for line in _stale_in(document, found)]


def _stale_in(part: Any, found: dict[str, Any]) -> Iterator[str]:
    if isinstance(part, list):
        for one in part:
            yield from _stale_in(one, found)
    if not isinstance(part, dict):
        return
    own = found.get(part.get("id", ""))
    if "id" in part and own is None:
        yield f"embeds {part['id']}, which is not public"
    for name in ("slug", "name", "short_name", "title", "statement", "kind", "text"):
        if own is not None and name in part and name in own and part[name] != own[name]:
            yield f"{part['id']} says {name} {part[name]!r}, not {own[name]!r}"
    if own is not None and "attribution" in part and own["type"] in ("claim", "figure"):
        yield from [f"the attribution of {own['id']}"] if part["attribution"] != own["attribution"] else []
    for name, one in part.items():
        if name == "cite":
            # A citation is in words of its own.
            continue
        yield from _stale_labels(name, one, found)
        yield from _stale_in(one, found)


def _stale_labels(name: str, part: Any, found: dict[str, Any]) -> Iterator[str]:
    vocabulary = LABELS.get(name.removesuffix("s"))
    if vocabulary is None:
        return
    terms = next(one["terms"] for one in found.values() if one["type"] == "vocabulary" and one["name"] == vocabulary)
    labels = {term["code"]: term["label"] for term in terms}
    for one in part if isinstance(part, list) else [part]:
        if one["label"] != labels[one["code"]]:
            yield f"says {one['label']!r} of {vocabulary} {one['code']}"


def check_documents(desk: Desk) -> None:
    """Hold documents against the ledger and against each other: they are there, they count right, none is stale."""
    found = documents(desk.engine)
    assert set(found) == public_by_the_ledger(desk.engine)
    assert miscounted(found) == []
    assert stale(found) == []
