"""The seed so many times over that planners see what they see of a large world; made by the databases themselves.

Copies have what common terms are made of; a term that few records of the seed have stays rare.
"""

from collections.abc import Iterable

from sqlalchemy import Connection, Engine, func, literal_column, select, text

from app.figures.keys import FIGURE_INDEX
from app.index.writing import POSTING, SPAN, TERM
from app.record.queries import DOCUMENT, RECORD
from app.store.base import Row
from app.store.engine import writer

COPIES, RARE = 130, 2
WORDS = {"sqlite": ("rowid", "head", "body"), "postgresql": ("recorded", "head", "body", "lexemes")}


def multiply(url: str) -> None:
    """Copy the claims, figures and reports of a database, with all by which they are found."""
    engine = writer(url)
    with engine.begin() as connection:
        step = connection.execute(select(literal_column("max(seq) + 1")).select_from(RECORD)).scalar()
        values = {"copies": COPIES, "step": step, "rare": RARE}
        for table, where, changed in (
            (RECORD, "", {"id": "id || '-' || n", "seq": "seq + n * :step"}),
            (DOCUMENT, "", {"id": "id || '-' || n"}),
            (POSTING, "AND term IN (SELECT id FROM index_term WHERE total > :rare)", {}),
            (SPAN, "", {}),
            (FIGURE_INDEX, "", {}),
        ):
            _copy(connection, table.name, table.c.keys(), values, where, **changed)
        _copy(connection, "search_words", WORDS[connection.dialect.name], values)
        counted = select(func.count()).select_from(POSTING).where(POSTING.c.term == TERM.c.id)
        connection.execute(TERM.update().values(total=counted.scalar_subquery()))
    _learn(engine)


def _copy(
    connection: Connection, table: str, names: Iterable[str], values: Row, where: str = "", **changed: str
) -> None:
    """Copy the rows of a table, each under a later place in the order of recording."""
    key = "rowid" if "rowid" in (names := list(names)) else "recorded"
    picked = [changed.get(name, f"{name} + n * :step" if name == key else name) for name in names]
    statement = (
        f"INSERT INTO {table} ({', '.join(names)})"  # noqa: S608  # Names of our own.
        " WITH RECURSIVE copy (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM copy WHERE n < :copies)"
        f" SELECT {', '.join(picked)} FROM copy CROSS JOIN {table} WHERE {key} IN"
        " (SELECT recorded FROM record WHERE type IN ('claim', 'figure', 'report') AND public AND recorded < :step)"
        f" {where}"
    )
    connection.execute(text(statement), {name: value for name, value in values.items() if f":{name}" in statement})


def _learn(engine: Engine) -> None:
    """Have PostgreSQL gather its statistics, as it does by itself some time after a load."""
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
