"""Why this file exists: how each database searches words, behind one table and a few clauses that read alike.

Both are given words that app/kit/words.py has folded, so both find the same. SQLite has an FTS5 table whose rowid is
`recorded`; its tokenizer takes ASCII letters and digits, and all that is not ASCII, as parts of a word. PostgreSQL
has a table with a tsvector that is written here as text, so that no parser and no dictionary of its own sees a word.

What PostgreSQL cannot count is kept from both, so that they stay alike: of one record 16,000 words, or half a
megabyte, are searched, and of one word in it 255 places.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    BindParameter,
    Boolean,
    ColumnClause,
    ColumnElement,
    Connection,
    Text,
    and_,
    bindparam,
    column,
    literal_column,
    or_,
    select,
    table,
    text,
)
from sqlalchemy.exc import DatabaseError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.operators import OperatorType

from app.kit.words import SEPARATOR, Term, join
from app.store.base import BATCH, batches

__all__ = [
    "BODY",
    "HEAD",
    "RECORDED",
    "SEARCH",
    "clear",
    "containing",
    "create",
    "drop",
    "expression",
    "join",
    "matching",
    "patterns",
    "purge",
    "put",
    "read",
    "remove",
    "repair",
]

MOST_WORDS: Final = 16_000
MOST_BYTES: Final = 500_000
MOST_PLACES: Final = 255
# So short a text cannot hold one word more often than that.
_ALWAYS_WHOLE: Final = 2 * MOST_PLACES


# --- Clauses -----------------------------------------------------------------------------------------------------


class _Recorded(ColumnClause[int]):
    """The key of an entry: the rowid on SQLite, a column elsewhere."""

    inherit_cache = True


RECORDED: Final[ColumnElement[int]] = _Recorded("recorded", BigInteger)
HEAD: Final = column("head", Text)
BODY: Final = column("body", Text)
SEARCH: Final = table("search_words", RECORDED, HEAD, BODY)  # type: ignore[arg-type]
_ROWID: Final = table("search_words", column("rowid", BigInteger)).c.rowid


@compiles(_Recorded)
def _recorded(element: _Recorded, compiler: SQLCompiler, **options: Any) -> str:
    return compiler.visit_column(element, **options)


@compiles(_Recorded, "sqlite")
def _recorded_sqlite(_element: _Recorded, compiler: SQLCompiler, **options: Any) -> str:
    return compiler.process(_ROWID, **options)


class _Matching(FunctionElement[bool]):
    """Whether an entry of the index is found; its one clause is the expression that is looked for."""

    inherit_cache = True
    type = Boolean()

    def self_group(self, against: OperatorType | None = None) -> "_Matching":
        """Stand as it is: SQLite's usual `= 1` after a condition is more than MATCH allows."""
        return self


@compiles(_Matching, "sqlite")
def _matching_sqlite(element: _Matching, compiler: SQLCompiler, **options: Any) -> str:
    return f"search_words MATCH {compiler.process(element.clauses, **options)}"


@compiles(_Matching, "postgresql")
def _matching_postgresql(element: _Matching, compiler: SQLCompiler, **options: Any) -> str:
    return f"search_words.lexemes @@ CAST({compiler.process(element.clauses, **options)} AS tsquery)"


def matching(parameter: BindParameter[str]) -> ColumnElement[bool]:
    """Return the condition that an entry of SEARCH is found through the index; bind it to an `expression`.

    SEARCH must stand in the FROM under its own name, because SQLite asks the table by its name.
    """
    return _Matching(parameter)


def expression(dialect: str, query: Sequence[Term]) -> str:
    """Return a query as a database wants it bound; every word is quoted, so that none is an operator."""
    if dialect == "sqlite":
        return " AND ".join(f'"{" ".join(term.words)}"{" *" if term.prefix else ""}' for term in query)
    phrases = (" <-> ".join(map(_quoted, term.words)) + (":*" if term.prefix else "") for term in query)
    return " & ".join(f"({phrase})" for phrase in phrases)


def containing(terms: int) -> ColumnElement[bool]:
    """Return the condition that finds what `matching` finds without the index, for a few known entries.

    It depends on the number of terms alone, so it is compiled once for each; bind it to the `patterns` of a query.
    """
    space = literal_column("' '", Text)
    found = []
    for number in range(terms):
        pattern: BindParameter[str] = bindparam(f"contains_{number}", type_=Text)
        found.append(or_(*(space.concat(field).concat(space).like(pattern) for field in (HEAD, BODY))))
    return and_(*found)


def patterns(query: Sequence[Term]) -> dict[str, str]:
    """Return what the parameters of `containing` are bound to: words hold nothing that LIKE would read otherwise."""
    return {
        f"contains_{number}": f"% {' '.join(term.words)}{'' if term.prefix else ' '}%"
        for number, term in enumerate(query)
    }


# --- Layout ------------------------------------------------------------------------------------------------------

_LAYOUT: Final = {
    # No sizes of columns, which only a ranking of its own would need. With an index of beginnings a short one costs
    # as little as a word: of 100,000 entries 0.1 ms, instead of 200 ms in which the event loop stands still.
    "sqlite": [
        "CREATE VIRTUAL TABLE search_words USING fts5(head, body, tokenize='ascii', columnsize=0, prefix='2 3')"
    ],
    "postgresql": [
        "CREATE TABLE search_words (recorded BIGINT NOT NULL, head TEXT NOT NULL, body TEXT NOT NULL,"
        " lexemes TSVECTOR NOT NULL, CONSTRAINT pk_search_words PRIMARY KEY (recorded))",
        "CREATE INDEX ix_search_words_lexemes ON search_words USING gin (lexemes)",
    ],
}


def create(connection: Connection) -> None:
    """Lay out the index, empty; SQLite makes shadow tables beside it, named search_words_*."""
    for statement in _LAYOUT[connection.dialect.name]:
        connection.execute(text(statement))


def drop(connection: Connection) -> None:
    """Take the index away with all that belongs to it."""
    connection.execute(text("DROP TABLE search_words"))


# --- Entries -----------------------------------------------------------------------------------------------------

_PUT: Final = {
    "sqlite": text("INSERT OR REPLACE INTO search_words (rowid, head, body) VALUES (:recorded, :head, :body)"),
    "postgresql": text(
        "INSERT INTO search_words (recorded, head, body, lexemes)"
        " VALUES (:recorded, :head, :body, CAST(:lexemes AS tsvector)) ON CONFLICT (recorded) DO UPDATE"
        " SET head = excluded.head, body = excluded.body, lexemes = excluded.lexemes"
    ),
}


def put(connection: Connection, rows: Iterable[tuple[int, str, str]]) -> None:
    """Write entries (recorded, head, body), head and body as `join` makes them; what was there is replaced."""
    weighs = connection.dialect.name == "postgresql"
    values = []
    for recorded, whole_head, whole_body in rows:
        head, body = bounded(whole_head, whole_body)
        value = {"recorded": recorded, "head": head, "body": body}
        values.append({**value, "lexemes": _lexemes(head, body)} if weighs else value)
    if values:
        connection.execute(_PUT[connection.dialect.name], values)


def remove(connection: Connection, recorded: Iterable[int]) -> None:
    """Take entries out; what is not there is no fault."""
    values = [{"recorded": one} for one in recorded]
    if values:
        connection.execute(SEARCH.delete().where(bindparam("recorded", type_=BigInteger) == RECORDED), values)


def clear(connection: Connection) -> None:
    """Take every entry out."""
    connection.execute(SEARCH.delete())


def purge(connection: Connection) -> None:
    """Leave no word of removed entries in the file, for protection; costs about a second for 100,000 entries.

    FTS5 only marks words as deleted until it merges its segments. PostgreSQL overwrites when it vacuums.
    """
    if connection.dialect.name == "sqlite":
        connection.execute(text("INSERT INTO search_words (search_words) VALUES ('optimize')"))


def repair(connection: Connection) -> int:
    """Make what is found through the index what its entries say; return how much was not, 0 for a sound one.

    It takes no entry for wrong: head and body are held against the records by whoever knows these.
    """
    if connection.dialect.name == "sqlite":
        try:
            connection.execute(text("INSERT INTO search_words (search_words) VALUES ('integrity-check')"))
        except DatabaseError:
            connection.execute(text("INSERT INTO search_words (search_words) VALUES ('rebuild')"))
            return 1
        return 0
    lexemes = literal_column("CAST(lexemes AS TEXT)", Text)
    some = select(RECORDED, HEAD, BODY, lexemes).where(bindparam("after", type_=BigInteger) < RECORDED)
    repaired, after = 0, -1
    while rows := connection.execute(some.order_by(RECORDED).limit(BATCH), {"after": after}).all():
        after = rows[-1][0]
        wrong = [(one, head, body) for one, head, body, kept in rows if not _same(kept, _lexemes(head, body))]
        put(connection, wrong)
        repaired += len(wrong)
    return repaired


def _same(kept: str, lexemes: str) -> bool:
    """Whether two texts of a tsvector are of the same words at the same places, in whatever order they name them."""
    return sorted(kept.split()) == sorted(lexemes.split())


def read(connection: Connection, recorded: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Return head and body of those of some entries that are there."""
    found = {}
    for batch in batches(recorded):
        chosen = select(RECORDED, HEAD, BODY).where(RECORDED.in_(batch))
        found.update({key: (head, body) for key, head, body in connection.execute(chosen)})
    return found


def bounded(head: str, body: str) -> tuple[str, str]:
    """Return head and body without what PostgreSQL could not place: a surplus word gives way to a separator."""
    if len(head) + len(body) <= _ALWAYS_WHOLE:
        return head, body
    places: Counter[str] = Counter()
    size = 0
    kept: tuple[list[str], list[str]] = ([], [])
    for words, of_text in zip(kept, (head, body), strict=True):
        for word in of_text.split():
            size += len(word.encode()) + 1
            if size > MOST_BYTES or len(kept[0]) + len(kept[1]) == MOST_WORDS:
                break
            places[word] += 1
            words.append(word if places[word] <= MOST_PLACES else SEPARATOR)
    return " ".join(kept[0]), " ".join(kept[1])


def _lexemes(head: str, body: str) -> str:
    """Return the text of a tsvector: where each word stands, with a gap between head and body."""
    places: defaultdict[str, list[str]] = defaultdict(list)
    position = 0
    for weight, of_text in (("A", head), ("B", body)):
        position += 1
        for word in of_text.split():
            position += 1
            if word != SEPARATOR:
                places[word].append(f"{position}{weight}")
    return " ".join(f"{_quoted(word)}:{','.join(where)}" for word, where in places.items())


def _quoted(word: str) -> str:
    """Return a word quoted for PostgreSQL."""
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"
