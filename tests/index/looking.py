"""What is found by the index, asked with statements of the tests' own, and what must be true of it."""

from sqlalchemy import Connection, bindparam, select, text

from app.index.keys import MARK
from app.kit.words import Term, parse_query
from app.record.rebuild import rebuild
from app.store.engine import snapshot
from app.store.fulltext import RECORDED, SEARCH, expression, matching
from tests.support.world import World

_FOUND = text(
    "SELECT record.id FROM index_term JOIN index_posting ON term = index_term.id "
    "JOIN record ON record.recorded = index_posting.recorded WHERE field = :field AND value = :value"
)
_COUNTED = text(
    "SELECT index_term.id, total, count(term) FROM index_term LEFT JOIN index_posting ON term = index_term.id "
    "GROUP BY index_term.id, total"
)
_SPAN = text(
    'SELECT "up", "down", earliest, latest FROM index_span JOIN index_field ON "no" = field '
    "JOIN record ON record.recorded = index_span.recorded WHERE name = :field AND record.id = :id"
)
_WORDS = select(RECORDED).select_from(SEARCH).where(matching(bindparam("query")))


def found(world: World, field: str, value: str) -> set[str]:
    """Return the records that a term finds."""
    with snapshot(world.desk.engine) as connection:
        return set(connection.execute(_FOUND, {"field": field, "value": value}).scalars())


def searched(world: World, record_type: str, query: str) -> set[str]:
    """Return the records of a type in which a search finds a query."""
    terms = (*parse_query(query), Term((f"{MARK}{record_type}",), False))
    with snapshot(world.desk.engine) as connection:
        numbers = list(connection.execute(_WORDS, {"query": expression(connection.dialect.name, terms)}).scalars())
        return {_id(connection, one) for one in numbers}


def _id(connection: Connection, recorded: int) -> str:
    found: str = connection.execute(text("SELECT id FROM record WHERE recorded = :one"), {"one": recorded}).scalar_one()
    return found


def span(world: World, field: str, record_id: str) -> tuple[int | None, ...]:
    """Return the sort keys and the days of a record's date."""
    with snapshot(world.desk.engine) as connection:
        return tuple(connection.execute(_SPAN, {"field": field, "id": record_id}).one())


def check_index(world: World) -> None:
    """Hold the index against what a rebuild would make, and totals against a count of their own."""
    assert rebuild(world.desk, keep=False) == 0
    with snapshot(world.desk.engine) as connection:
        assert [tuple(row) for row in connection.execute(_COUNTED) if row[1] != row[2]] == []
