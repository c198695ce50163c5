"""The desk: register, lineage, handles, counts, and the rendered documents.

Revision: 0002, after 0001.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision: str | None = "0001"
branch_labels = None
depends_on = None
# BIGINT, and on SQLite INTEGER, which makes it the key of the table's own tree.
SEQ_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
# TIMESTAMPTZ on PostgreSQL, sortable RFC 3339 text on SQLite.
INSTANT = sa.String(27).with_variant(sa.DateTime(timezone=True), "postgresql")


def upgrade() -> None:
    op.create_table(
        "document_queue",
        sa.Column("record_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("record_id", name="pk_document_queue"),
    )
    op.create_table(
        "document_source",
        sa.Column("record_id", sa.String(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("record_id", "source_id", name="pk_document_source"),
    )
    op.create_index(
        "ix_document_source_source_id_record_id", "document_source", ["source_id", "record_id"], unique=False
    )
    op.create_table(
        "document_state",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("generation", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_document_state_single")),
        sa.PrimaryKeyConstraint("id", name="pk_document_state"),
    )
    op.create_table(
        "record",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("recorded", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.Column("corrections", sa.Integer(), nullable=False),
        sa.Column("corrected_at", INSTANT, nullable=True),
        sa.Column("corrected_cause", sa.String(), nullable=True),
        sa.Column("corrected_note", sa.String(), nullable=True),
        sa.Column("retracted_at", INSTANT, nullable=True),
        sa.Column("retracted_cause", sa.String(), nullable=True),
        sa.Column("retracted_note", sa.String(), nullable=True),
        sa.CheckConstraint("NOT public OR status = 'published'", name=op.f("ck_record_public_is_published")),
        sa.CheckConstraint(
            "corrected_cause IN ('our_error', 'publisher_correction', 'originator_correction', 'vocabulary', 'parent', 'protection', 'source_text')",
            name=op.f("ck_record_corrected_cause_known"),
        ),
        sa.CheckConstraint(
            "public = (retracted_at IS NULL) OR status IN ('draft', 'in_review')",
            name=op.f("ck_record_not_public_is_retracted"),
        ),
        sa.CheckConstraint(
            "retracted_cause IN ('our_error', 'publisher_correction', 'originator_correction', 'vocabulary', 'parent', 'protection', 'source_text')",
            name=op.f("ck_record_retracted_cause_known"),
        ),
        sa.CheckConstraint(
            "status IN ('draft', 'in_review', 'published', 'retracted')", name=op.f("ck_record_status_known")
        ),
        sa.CheckConstraint(
            "(corrected_at IS NULL) = (corrected_cause IS NULL)", name=op.f("ck_record_corrections_caused")
        ),
        sa.CheckConstraint("(corrections = 0) = (corrected_at IS NULL)", name=op.f("ck_record_corrections_dated")),
        sa.CheckConstraint(
            "(retracted_at IS NULL) = (retracted_cause IS NULL)", name=op.f("ck_record_retraction_dated")
        ),
        sa.CheckConstraint("recorded <= seq", name=op.f("ck_record_recorded_first")),
        sa.CheckConstraint("recorded_at <= changed_at", name=op.f("ck_record_changed_after_recorded")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_record_version_positive")),
        sa.PrimaryKeyConstraint("id", name="pk_record"),
    )
    op.create_index("ix_record_listing", "record", ["type", "public", "recorded"], unique=False)
    op.create_index("uq_record_recorded", "record", ["recorded"], unique=True)
    op.create_table(
        "document",
        sa.Column("recorded", SEQ_KEY, autoincrement=False, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("etag", sa.String(), nullable=False),
        sa.Column("modified_at", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("card", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["record.id"], name="fk_document_id"),
        sa.PrimaryKeyConstraint("recorded", name="pk_document"),
    )
    op.create_index("uq_document_id", "document", ["id"], unique=True)
    op.create_table(
        "handle",
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("handle", sa.String(), nullable=False),
        sa.Column("record_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name="fk_handle_record_id"),
        sa.PrimaryKeyConstraint("type", "handle", name="pk_handle"),
    )
    op.create_index("ix_handle_record_id", "handle", ["record_id"], unique=False)
    op.create_table(
        "lineage",
        sa.Column("ancestor_id", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("recorded", sa.BigInteger(), nullable=False),
        sa.Column("record_id", sa.String(), nullable=False),
        sa.CheckConstraint("ancestor_id <> record_id", name=op.f("ck_lineage_not_itself")),
        sa.ForeignKeyConstraint(["ancestor_id"], ["record.id"], name="fk_lineage_ancestor_id"),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name="fk_lineage_record_id"),
        sa.PrimaryKeyConstraint("ancestor_id", "type", "recorded", name="pk_lineage"),
    )
    op.create_index("ix_lineage_record_id", "lineage", ["record_id"], unique=False)
    op.create_table(
        "tally",
        sa.Column("record_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.CheckConstraint("total >= 0", name=op.f("ck_tally_not_negative")),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name="fk_tally_record_id"),
        sa.PrimaryKeyConstraint("record_id", "name", name="pk_tally"),
    )
    op.execute("INSERT INTO document_state (id, generation) VALUES (1, 0)")


def downgrade() -> None:
    op.drop_table("tally")
    op.drop_table("lineage")
    op.drop_table("handle")
    op.drop_table("document")
    op.drop_table("record")
    op.drop_table("document_state")
    op.drop_table("document_source")
    op.drop_table("document_queue")
