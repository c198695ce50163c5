"""Why this file exists: the tables of a copy.

Flat tables, one for each export and with the same columns: what is read with a spreadsheet or SQL. Beside them
`revision` and `revision_content` (the ledger's envelopes and what they committed to), `document` (each record as the
API shows it), `record` (the newest revision of everything that ever was), `embedded` (which documents show which
records), and `pull_…` (where the copy stands).
"""

from app.client.databases import Database, quoted
from app.exports.tables import TABLES, Column, Table
from app.ledger.chain import GENESIS

ENVELOPE = (
    "ledger",
    "seq",
    "record_type",
    "record_id",
    "version",
    "operation",
    "cause",
    "recorded_at",
    "role",
    "body_commitment",
    "note_commitment",
)
REVISION = (*ENVELOPE, "chain", "bare")
CONTENT = ("seq", "body_salt", "body", "note_salt", "note")
RECORD = ("n", "id", "type", "seq", "version", "operation", "cause", "changed_at")
# read_at: the newest revision when the document was read. member: whether it is in the flat tables.
DOCUMENT = ("n", "id", "type", "read_at", "member", "body")
EMBEDDED = ("source", "document")
# Which tables hold words of the record, so that they are written anew when something is erased.
HOLDING = ("revision_content", "document", *(quoted(one) for one in TABLES))

_OWN = (
    """CREATE TABLE IF NOT EXISTS pull_state (
        id integer PRIMARY KEY CHECK (id = 1), server text NOT NULL, filters text NOT NULL, pinned text,
        ledger text, seq bigint NOT NULL, chain text NOT NULL, recorded_at text, tables text NOT NULL,
        must_purge integer NOT NULL, audited bigint NOT NULL)""",
    "CREATE TABLE IF NOT EXISTS pull_head (seq bigint NOT NULL, chain text NOT NULL, ledger text NOT NULL,"
    " recorded_at text, signature text, PRIMARY KEY (seq, chain))",
    "CREATE TABLE IF NOT EXISTS pull_again (record_id text PRIMARY KEY)",
    "CREATE TABLE IF NOT EXISTS pull_file (name text PRIMARY KEY)",
    """CREATE TABLE IF NOT EXISTS revision (
        ledger text NOT NULL, seq {key} PRIMARY KEY, record_type text NOT NULL, record_id text NOT NULL,
        version integer NOT NULL, operation text NOT NULL, cause text, recorded_at text NOT NULL, role text NOT NULL,
        body_commitment text NOT NULL, note_commitment text, chain text NOT NULL, bare {boolean} NOT NULL)""",
    "CREATE INDEX IF NOT EXISTS revision_record ON revision (record_id)",
    "CREATE TABLE IF NOT EXISTS revision_content (seq {key} PRIMARY KEY, body_salt text, body text,"
    " note_salt text, note text)",
    "CREATE INDEX IF NOT EXISTS revision_content_withheld ON revision_content (seq) WHERE body IS NULL",
    """CREATE TABLE IF NOT EXISTS record (
        n {key} PRIMARY KEY, id text NOT NULL UNIQUE, type text NOT NULL, seq bigint NOT NULL,
        version integer NOT NULL, operation text NOT NULL, cause text, changed_at text NOT NULL)""",
    "CREATE TABLE IF NOT EXISTS document (n {key} PRIMARY KEY, id text NOT NULL UNIQUE, type text NOT NULL,"
    " read_at bigint NOT NULL, member {boolean} NOT NULL, body text NOT NULL)",
    "CREATE INDEX IF NOT EXISTS document_read_at ON document (read_at)",
    "CREATE TABLE IF NOT EXISTS embedded (source bigint NOT NULL, document bigint NOT NULL,"
    " PRIMARY KEY (source, document))",
    "CREATE INDEX IF NOT EXISTS embedded_document ON embedded (document)",
)


def owner(table: Table) -> str:
    """Return the column of a table that says of which record a row is."""
    return "id" if "id" in table.names else f"{table.noun}_id"


def signature() -> str:
    """Return what tells whether flat tables were made by this version."""
    return ";".join(f"{one.name}:{','.join(f'{c.name} {c.kind}' for c in one.columns)}" for one in TABLES.values())


def create(db: Database, server: str, filters: str, pinned: str | None) -> None:
    """Create what is missing, and the state of a copy that has nothing yet."""
    words = {"boolean": db.kinds["boolean"], "key": db.kinds["integer"]}
    with db.transaction():
        for statement in _OWN:
            db.run(statement.format(**words))
        create_flat(db)
        db.run(
            "INSERT INTO pull_state VALUES (1, ?, ?, ?, NULL, 0, ?, NULL, ?, 0, 0) ON CONFLICT (id) DO NOTHING",
            (server, filters, pinned, GENESIS, signature()),
        )


def create_flat(db: Database) -> None:
    """Create the flat tables that are missing, with their keys."""
    for table in TABLES.values():
        columns = [_column(db, one) for one in table.columns]
        key = ", ".join(quoted(one) for one in table.key)
        db.run(f"CREATE TABLE IF NOT EXISTS {quoted(table.name)} ({', '.join(columns)}, PRIMARY KEY ({key}))")
        for name in sorted({one.name for one in table.columns if one.references} - {table.key[0]}):
            index = quoted(f"{table.name}_{name}")
            db.run(f"CREATE INDEX IF NOT EXISTS {index} ON {quoted(table.name)} ({quoted(name)})")


def _column(db: Database, column: Column) -> str:
    return f"{quoted(column.name)} {db.kinds[column.kind]}"


def drop_flat(db: Database) -> None:
    """Drop the flat tables; they can be made again from the documents."""
    for name in TABLES:
        db.run(f"DROP TABLE IF EXISTS {quoted(name)}")
