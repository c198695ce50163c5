"""The ledger: head, revisions, contents and redactions, append-only by trigger on both databases.

Revision: 0001, after nothing.
"""

from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision: str | None = None
branch_labels = None
depends_on = None
# BIGINT, and on SQLite INTEGER, which makes it the key of the table's own tree.
SEQ_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
# TIMESTAMPTZ on PostgreSQL, sortable RFC 3339 text on SQLite.
INSTANT = sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql")

APPEND_ONLY = ("revision", "revision_content", "revision_redaction")
SAME = {
    "revision": "kept.seq = NEW.seq OR (kept.record_type = NEW.record_type AND kept.record_id = NEW.record_id "
    "AND kept.version = NEW.version)",
    "revision_content": "kept.seq = NEW.seq AND kept.part = NEW.part",
    "revision_redaction": "kept.seq = NEW.seq AND kept.part = NEW.part",
}
UNLESS_REDACTED = (
    "NOT EXISTS (SELECT 1 FROM revision_redaction AS allowed WHERE allowed.seq = OLD.seq AND allowed.part = OLD.part)"
)


def _refusals() -> list[tuple[str, str, str | None]]:
    """Return (table, event, condition under which it is refused): everything but INSERT, and lawful erasure."""
    rows: list[tuple[str, str, str | None]] = [(table, "UPDATE", None) for table in APPEND_ONLY]
    erasable = {"revision_content": UNLESS_REDACTED}
    return [*rows, *((table, "DELETE", erasable.get(table)) for table in APPEND_ONLY)]


def _guard_up() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table, event, condition in _refusals():
            when = f"WHEN {condition} " if condition else ""
            op.execute(
                f"CREATE TRIGGER {table}_refuses_{event.lower()} BEFORE {event} ON {table} {when}"
                f"BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
            )
        # INSERT OR REPLACE removes the row in its way without asking the DELETE trigger.
        for table, same in SAME.items():
            op.execute(
                f"CREATE TRIGGER {table}_refuses_replace BEFORE INSERT ON {table} "
                f"WHEN EXISTS (SELECT 1 FROM {table} AS kept WHERE {same}) "
                f"BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION ledger_refuses() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$"
    )
    op.execute(
        "CREATE FUNCTION ledger_erases() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN IF {UNLESS_REDACTED} THEN RAISE EXCEPTION 'the ledger is append-only'; END IF; RETURN OLD; END $$"
    )
    for table, event, condition in _refusals():
        function = "ledger_erases" if condition else "ledger_refuses"
        op.execute(
            f"CREATE TRIGGER {table}_refuses_{event.lower()} BEFORE {event} ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {function}()"
        )
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_refuses_truncate BEFORE TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuses()"
        )


def _guard_down() -> None:
    # Dropping a table drops its triggers; only PostgreSQL has functions of its own to drop, and after the tables.
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION ledger_refuses() CASCADE")
        op.execute("DROP FUNCTION ledger_erases() CASCADE")


def upgrade() -> None:
    op.create_table(
        "ledger_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("ledger", sa.String(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("chain", sa.String(), nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=True),
        sa.CheckConstraint("id = 1", name=op.f("ck_ledger_head_single")),
        sa.CheckConstraint("seq >= 0", name=op.f("ck_ledger_head_seq_positive")),
        sa.PrimaryKeyConstraint("id", name="pk_ledger_head"),
    )
    op.create_table(
        "revision",
        sa.Column("seq", SEQ_KEY, autoincrement=False, nullable=False),
        sa.Column("ledger", sa.String(), nullable=False),
        sa.Column("record_type", sa.String(), nullable=False),
        sa.Column("record_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("operation", sa.String(), nullable=False),
        sa.Column("cause", sa.String(), nullable=True),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("body_commitment", sa.String(), nullable=False),
        sa.Column("note_commitment", sa.String(), nullable=True),
        sa.Column("chain", sa.String(), nullable=False),
        sa.CheckConstraint("(version = 1) = (operation = 'create')", name=op.f("ck_revision_first_creates")),
        sa.CheckConstraint(
            "cause IN ('our_error', 'publisher_correction', 'originator_correction', 'vocabulary', 'parent', 'protection', 'source_text')",
            name=op.f("ck_revision_cause_known"),
        ),
        sa.CheckConstraint(
            "operation IN ('create', 'correct', 'retract', 'restore', 'seal', 'redact', 'merge')",
            name=op.f("ck_revision_operation_known"),
        ),
        sa.CheckConstraint("role IN ('seed', 'editor')", name=op.f("ck_revision_role_known")),
        sa.CheckConstraint("(version = 1) = (cause IS NULL)", name=op.f("ck_revision_later_has_cause")),
        sa.CheckConstraint("seq >= 1", name=op.f("ck_revision_seq_positive")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_revision_version_positive")),
        sa.PrimaryKeyConstraint("seq", name="pk_revision"),
        sa.UniqueConstraint("record_type", "record_id", "version", name="uq_revision_record_type_record_id_version"),
    )
    op.create_table(
        "revision_content",
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.CheckConstraint("part IN ('body', 'note')", name=op.f("ck_revision_content_part_known")),
        sa.PrimaryKeyConstraint("seq", "part", name="pk_revision_content"),
    )
    op.create_table(
        "revision_redaction",
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("redacted_by", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("part IN ('body', 'note')", name=op.f("ck_revision_redaction_part_known")),
        sa.CheckConstraint("redacted_by > seq", name=op.f("ck_revision_redaction_later")),
        sa.PrimaryKeyConstraint("seq", "part", name="pk_revision_redaction"),
    )
    op.create_index("ix_revision_redaction_redacted_by", "revision_redaction", ["redacted_by"], unique=False)
    _guard_up()
    op.execute(
        sa.text("INSERT INTO ledger_head (id, ledger, seq, chain) VALUES (1, :ledger, 0, :genesis)").bindparams(
            ledger=str(uuid4()), genesis="0" * 64
        )
    )


def downgrade() -> None:
    _guard_down()
    op.drop_table("revision_redaction")
    op.drop_table("revision_content")
    op.drop_table("revision")
    op.drop_table("ledger_head")
