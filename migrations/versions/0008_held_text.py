"""The texts of reports, for as long as their operator holds them; empty until one is attached.

Revision: 0008, after 0007.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision: str | None = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "held_text",
        sa.Column("record_id", sa.String(), nullable=False),
        sa.Column("edition", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("edition >= 1", name=op.f("ck_held_text_edition_positive")),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name="fk_held_text_record_id"),
        sa.PrimaryKeyConstraint("record_id", "edition", name="pk_held_text"),
    )
    if op.get_bind().dialect.name == "postgresql":
        # The planner keeps samples of short values, and those of a table that was emptied for ever.
        op.execute("ALTER TABLE held_text ALTER COLUMN content SET STATISTICS 0")


def downgrade() -> None:
    op.drop_table("held_text")
