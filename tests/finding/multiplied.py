"""The seed so many times over that planners see what they see of a large world; made by the databases themselves.

Copies have what common terms are made of; a term that few records of the seed have stays rare.
"""

from sqlalchemy import Connection, Engine, Table, literal_column, select, text

from app.compare.queries import FIGURE_INDEX
from app.index.writing import POSTING, SPAN, TERM
from app.record.queries import DOCUMENT, RECORD
from app.store.engine import writer

COPIES, RARE = 130, 2
COPIED = ("claim", "figure", "report")
_NUMBERS = "WITH RECURSIVE copy (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM copy WHERE n < :copies)"
_WORDS = {"sqlite": "(rowid, head, body)", "postgresql": "(recorded, head, body, lexemes)"}


def multiply(url: str) -> None:
    """Copy the claims, figures and reports of a database, with all by which they are found."""
    engine = writer(url)
    with engine.begin() as connection:
        step = connection.execute(select(literal_column("max(seq) + 1")).select_from(RECORD)).scalar()
        values = {"copies": COPIES, "step": step, "rare": RARE}
        _copy(connection, RECORD, values, id="id || '-' || n", seq="seq + n * :step")
        _copy(connection, DOCUMENT, values, id="id || '-' || n")
        _copy(connection, POSTING, values, where="AND term IN (SELECT id FROM index_term WHERE total > :rare)")
        _copy(connection, SPAN, values)
        _copy(connection, FIGURE_INDEX, values)
        columns = _WORDS[connection.dialect.name]
        picked = columns.strip("()").replace(
            columns[1 : columns.index(",")], f"{columns[1 : columns.index(',')]} + n * :step"
        )
        connection.execute(text(f"INSERT INTO search_words {columns} {_chosen(picked, 'search_words')}"), values)
        counted = select(literal_column("count(*)")).select_from(POSTING).where(POSTING.c.term == TERM.c.id)
        connection.execute(TERM.update().values(total=counted.scalar_subquery()))
    _learn(engine)


def _copy(connection: Connection, table: Table, values: dict[str, object], where: str = "", **changed: str) -> None:
    picked = ", ".join({"recorded": "recorded + n * :step", **changed}.get(name, name) for name in table.c.keys())
    columns = ", ".join(table.c.keys())
    connection.execute(text(f"INSERT INTO {table.name} ({columns}) {_chosen(picked, table.name)} {where}"), values)


def _chosen(picked: str, table: str) -> str:
    """Return the SELECT of the copies of a table's rows."""
    types = ", ".join(f"'{one}'" for one in COPIED)
    key = "rowid" if "rowid" in picked else "recorded"
    mine = f"{key} IN (SELECT recorded FROM record WHERE type IN ({types}) AND public AND recorded < :step)"
    return f"{_NUMBERS} SELECT {picked} FROM copy CROSS JOIN {table} WHERE {mine}"


def _learn(engine: Engine) -> None:
    """Have PostgreSQL gather its statistics, as it does by itself some time after a load."""
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
