"""What was: by what records were found, what counts were, whom revisions reach, writes, and forks of the ledger.

What a database already holds is worked out from its revisions by `onrecord migrate`.

Revision: 0010, after 0009.
"""

import sqlalchemy as sa
from alembic import op

from app.store.types import Instant, SeqKey

revision = "0010"
down_revision: str | None = "0009"
branch_labels = None
depends_on = None


def _seq(name: str) -> sa.Column[int]:
    return sa.Column(name, SeqKey(), autoincrement=False, nullable=False)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), autoincrement=False, nullable=False)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False)


def upgrade() -> None:
    op.create_table("ledger_write", _seq("seq"), sa.PrimaryKeyConstraint("seq", name="pk_ledger_write"))
    op.create_table(
        "ledger_fork",
        _text("ledger"),
        _text("parent"),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        _text("chain"),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.CheckConstraint("seq >= 0", name=op.f("ck_ledger_fork_seq_not_negative")),
        sa.CheckConstraint("parent <> ledger", name=op.f("ck_ledger_fork_another")),
        sa.PrimaryKeyConstraint("ledger", name="pk_ledger_fork"),
    )
    op.create_table(
        "index_past",
        _number("recorded"),
        _number("until"),
        _text("type"),
        sa.Column("entries", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("recorded", "until", name="pk_index_past"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_index_past_type_recorded_until", "index_past", ["type", "recorded", "until"], unique=False)
    op.create_table(
        "tally_past",
        _text("record_id"),
        _text("name"),
        _number("until"),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.CheckConstraint("total >= 0", name=op.f("ck_tally_past_not_negative")),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name="fk_tally_past_record_id"),
        sa.PrimaryKeyConstraint("record_id", "name", "until", name="pk_tally_past"),
    )
    op.create_table(
        "revision_reach",
        _seq("seq"),
        *(sa.Column(name, sa.String(), nullable=True) for name in ("before", "after", "ever")),
        sa.PrimaryKeyConstraint("seq", name="pk_revision_reach"),
    )
    with op.batch_alter_table("document_queue") as queue:
        # What waits now is rendered before anything new is asked of the past: 0 is before every write.
        queue.add_column(sa.Column("since", sa.BigInteger(), nullable=False, server_default=sa.text("0")))
    with op.batch_alter_table("document_queue") as queue:
        queue.alter_column("since", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("document_queue") as queue:
        queue.drop_column("since")
    for name in ("revision_reach", "tally_past"):
        op.drop_table(name)
    op.drop_index("ix_index_past_type_recorded_until", "index_past")
    for name in ("index_past", "ledger_fork", "ledger_write"):
        op.drop_table(name)
