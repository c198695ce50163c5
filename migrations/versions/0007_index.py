"""The index: terms, postings, spans and words, by which records are found; it takes the place of `claim_actor`.

A database that holds records has them indexed by `onrecord rebuild`, which `onrecord migrate` runs by itself.

Revision: 0007, after 0006.
"""

import sqlalchemy as sa
from alembic import op

from app.store import fulltext

revision = "0007"
down_revision: str | None = "0006"
branch_labels = None
depends_on = None


def _number(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.Numeric(21, 6), nullable=False)


def _perhaps(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.Numeric(21, 6), nullable=True)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False)


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def upgrade() -> None:
    op.drop_table("claim_actor")
    op.create_index("ix_revision_recorded_at", "revision", ["recorded_at"], unique=False)
    op.create_index("ix_record_changes", "record", ["type", "public", "seq"], unique=False)
    _terms()
    _spans()
    _figures()
    fulltext.create(op.get_bind())


def _terms() -> None:
    op.create_table(
        "index_field",
        sa.Column("no", sa.Integer(), autoincrement=False, nullable=False),
        _text("name"),
        sa.CheckConstraint("no >= 1", name=op.f("ck_index_field_no_positive")),
        sa.PrimaryKeyConstraint("no", name="pk_index_field"),
        sa.UniqueConstraint("name", name="uq_index_field_name"),
    )
    op.create_table(
        "index_term",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        _text("field"),
        _text("value"),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.CheckConstraint("total >= 0", name=op.f("ck_index_term_total_not_negative")),
        sa.PrimaryKeyConstraint("id", name="pk_index_term"),
        sa.UniqueConstraint("field", "value", name="uq_index_term_field_value"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "index_posting",
        sa.Column("term", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("recorded", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("term", "recorded", name="pk_index_posting"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_index_posting_recorded_term", "index_posting", ["recorded", "term"], unique=False)


def _spans() -> None:
    op.create_table(
        "index_span",
        sa.Column("field", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("recorded", sa.BigInteger(), nullable=False),
        sa.Column("up", sa.BigInteger(), nullable=False),
        sa.Column("down", sa.BigInteger(), nullable=False),
        sa.Column("node", sa.Integer(), nullable=True),
        sa.Column("earliest", sa.Integer(), nullable=True),
        sa.Column("latest", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(node IS NULL) = (earliest IS NULL) AND (node IS NULL) = (latest IS NULL)",
            name=op.f("ck_index_span_interval_whole"),
        ),
        sa.CheckConstraint("earliest <= node AND node <= latest", name=op.f("ck_index_span_interval_in_order")),
        sa.PrimaryKeyConstraint("field", "recorded", name="pk_index_span"),
        sqlite_with_rowid=False,
    )
    for key in ("up", "down"):
        op.create_index(f"ix_index_span_field_{key}_recorded", "index_span", ["field", key, "recorded"], unique=False)
    interval = ["field", "node", "earliest", "latest", "recorded"]
    op.create_index("ix_index_span_interval", "index_span", interval, unique=False)


def _figures() -> None:
    op.create_table(
        "figure_index",
        sa.Column(
            "recorded", sa.Integer().with_variant(sa.BigInteger(), "postgresql"), autoincrement=False, nullable=False
        ),
        *(_text(name) for name in ("figure_id", "claim_id", "report_id", "publisher_id", "voice")),
        _flag("independent"),
        *(_text(name) for name in ("measure", "kind", "unit")),
        sa.Column("population_group", sa.String(), nullable=True),
        _text("place_id"),
        _flag("derived"),
        _text("quantifier"),
        *(_perhaps(name) for name in ("value", "lower", "upper")),
        _flag("lower_exclusive"),
        _flag("upper_exclusive"),
        *(_number(name) for name in ("low", "high", "floor", "ceiling")),
        _flag("dated"),
        sa.Column("earliest", sa.Date(), nullable=True),
        sa.Column("latest", sa.Date(), nullable=True),
        sa.CheckConstraint("low <= high AND floor <= ceiling", name=op.f("ck_figure_index_extent_in_order")),
        sa.PrimaryKeyConstraint("recorded", name="pk_figure_index"),
    )
    for key in ("low", "ceiling"):
        op.create_index(f"ix_figure_index_{key}", "figure_index", [key], unique=False)


def downgrade() -> None:
    fulltext.drop(op.get_bind())
    op.drop_table("figure_index")
    op.drop_table("index_span")
    op.drop_table("index_posting")
    op.drop_table("index_term")
    op.drop_table("index_field")
    op.drop_index("ix_record_changes", table_name="record")
    op.drop_index("ix_revision_recorded_at", table_name="revision")
    op.create_table(
        "claim_actor",
        _text("actor_id"),
        _text("role"),
        sa.Column("recorded", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "role IN ('originator', 'relay', 'publisher', 'reporter')", name=op.f("ck_claim_actor_role_known")
        ),
        sa.PrimaryKeyConstraint("actor_id", "role", "recorded", name="pk_claim_actor"),
    )
    op.create_index("ix_claim_actor_recorded", "claim_actor", ["recorded"], unique=False)
