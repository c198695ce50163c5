"""Crises and reports with their editions.

Revision: 0004, after 0003.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision: str | None = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "crisis",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("lang", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("crisis_status", sa.String(), nullable=False),
        sa.Column("dates_edtf", sa.String(), nullable=False),
        sa.Column("dates_earliest", sa.Date(), nullable=True),
        sa.Column("dates_latest", sa.Date(), nullable=True),
        sa.Column("dates_text", sa.String(), nullable=True),
        sa.Column("dates_basis", sa.String(), nullable=False),
        sa.Column("dates_reasoning", sa.String(), nullable=True),
        sa.CheckConstraint("crisis_status IN ('alert', 'ongoing', 'past')", name=op.f("ck_crisis_crisis_status_known")),
        sa.CheckConstraint(
            "dates_basis = 'stated' OR dates_reasoning IS NOT NULL", name=op.f("ck_crisis_dates_reasoned")
        ),
        sa.CheckConstraint(
            "dates_basis IN ('stated', 'completed', 'inferred')", name=op.f("ck_crisis_dates_basis_known")
        ),
        sa.CheckConstraint(
            "type IN ('complex_emergency', 'conflict', 'natural_hazard', 'epidemic', 'technological', 'other')",
            name=op.f("ck_crisis_type_known"),
        ),
        sa.CheckConstraint("dates_earliest <= dates_latest", name=op.f("ck_crisis_dates_in_order")),
        sa.ForeignKeyConstraint(["id"], ["record.id"], name="fk_crisis_id"),
        sa.PrimaryKeyConstraint("id", name="pk_crisis"),
        sa.UniqueConstraint("slug", name="uq_crisis_slug"),
    )
    op.create_table(
        "crisis_external_id",
        sa.Column("crisis_id", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("scheme", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.CheckConstraint("ordinal >= 1", name=op.f("ck_crisis_external_id_ordinal_positive")),
        sa.ForeignKeyConstraint(["crisis_id"], ["crisis.id"], name="fk_crisis_external_id_crisis_id"),
        sa.PrimaryKeyConstraint("crisis_id", "ordinal", name="pk_crisis_external_id"),
        sa.UniqueConstraint("crisis_id", "scheme", "value", name="uq_crisis_external_id_crisis_id_scheme_value"),
    )
    op.create_index("ix_crisis_external_id_scheme_value", "crisis_external_id", ["scheme", "value"], unique=False)
    op.create_table(
        "crisis_place",
        sa.Column("crisis_id", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.String(), nullable=False),
        sa.CheckConstraint("ordinal >= 1", name=op.f("ck_crisis_place_ordinal_positive")),
        sa.ForeignKeyConstraint(["crisis_id"], ["crisis.id"], name="fk_crisis_place_crisis_id"),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name="fk_crisis_place_place_id"),
        sa.PrimaryKeyConstraint("crisis_id", "ordinal", name="pk_crisis_place"),
        sa.UniqueConstraint("crisis_id", "place_id", name="uq_crisis_place_crisis_id_place_id"),
    )
    op.create_index("ix_crisis_place_place_id", "crisis_place", ["place_id"], unique=False)
    op.create_table(
        "report",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("crisis_id", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("lang", sa.String(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("report_format", sa.String(), nullable=False),
        sa.Column("publisher_id", sa.String(), nullable=False),
        sa.Column("published_edtf", sa.String(), nullable=False),
        sa.Column("published_earliest", sa.Date(), nullable=True),
        sa.Column("published_latest", sa.Date(), nullable=True),
        sa.Column("published_text", sa.String(), nullable=True),
        sa.Column("published_basis", sa.String(), nullable=False),
        sa.Column("published_reasoning", sa.String(), nullable=True),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("licence", sa.String(), nullable=False),
        sa.Column("sensitivity", sa.String(), nullable=False),
        sa.CheckConstraint(
            "published_basis = 'stated' OR published_reasoning IS NOT NULL", name=op.f("ck_report_published_reasoned")
        ),
        sa.CheckConstraint(
            "published_basis IN ('stated', 'completed', 'inferred')", name=op.f("ck_report_published_basis_known")
        ),
        sa.CheckConstraint(
            "sensitivity IN ('low', 'moderate', 'high', 'severe')", name=op.f("ck_report_sensitivity_known")
        ),
        sa.CheckConstraint("published_earliest <= published_latest", name=op.f("ck_report_published_in_order")),
        sa.ForeignKeyConstraint(["crisis_id"], ["crisis.id"], name="fk_report_crisis_id"),
        sa.ForeignKeyConstraint(["id"], ["record.id"], name="fk_report_id"),
        sa.ForeignKeyConstraint(["publisher_id"], ["actor.id"], name="fk_report_publisher_id"),
        sa.PrimaryKeyConstraint("id", name="pk_report"),
        sa.UniqueConstraint("slug", name="uq_report_slug"),
    )
    op.create_index("ix_report_crisis_id", "report", ["crisis_id"], unique=False)
    op.create_index("ix_report_publisher_id", "report", ["publisher_id"], unique=False)
    op.create_table(
        "edition",
        sa.Column("report_id", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("retrieved_at", sa.String(), nullable=True),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("paragraphs", sa.Integer(), nullable=False),
        sa.CheckConstraint("length >= 1", name=op.f("ck_edition_length_positive")),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_edition_sha256_shape")),
        sa.CheckConstraint("n = ordinal", name=op.f("ck_edition_n_in_order")),
        sa.CheckConstraint("n >= 1", name=op.f("ck_edition_n_positive")),
        sa.CheckConstraint("paragraphs >= 1", name=op.f("ck_edition_paragraphs_positive")),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name="fk_edition_report_id"),
        sa.PrimaryKeyConstraint("report_id", "ordinal", name="pk_edition"),
        sa.UniqueConstraint("report_id", "n", name="uq_edition_report_id_n"),
    )
    op.create_table(
        "report_place",
        sa.Column("report_id", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.String(), nullable=False),
        sa.CheckConstraint("ordinal >= 1", name=op.f("ck_report_place_ordinal_positive")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name="fk_report_place_place_id"),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name="fk_report_place_report_id"),
        sa.PrimaryKeyConstraint("report_id", "ordinal", name="pk_report_place"),
        sa.UniqueConstraint("report_id", "place_id", name="uq_report_place_report_id_place_id"),
    )
    op.create_index("ix_report_place_place_id", "report_place", ["place_id"], unique=False)
    op.create_table(
        "report_reporter",
        sa.Column("report_id", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("capacity", sa.String(), nullable=True),
        sa.CheckConstraint("ordinal >= 1", name=op.f("ck_report_reporter_ordinal_positive")),
        sa.ForeignKeyConstraint(["actor_id"], ["actor.id"], name="fk_report_reporter_actor_id"),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name="fk_report_reporter_report_id"),
        sa.PrimaryKeyConstraint("report_id", "ordinal", name="pk_report_reporter"),
        sa.UniqueConstraint("report_id", "actor_id", name="uq_report_reporter_report_id_actor_id"),
    )
    op.create_index("ix_report_reporter_actor_id", "report_reporter", ["actor_id"], unique=False)
    op.create_table(
        "report_theme",
        sa.Column("report_id", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("theme", sa.String(), nullable=False),
        sa.CheckConstraint("ordinal >= 1", name=op.f("ck_report_theme_ordinal_positive")),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name="fk_report_theme_report_id"),
        sa.PrimaryKeyConstraint("report_id", "ordinal", name="pk_report_theme"),
        sa.UniqueConstraint("report_id", "theme", name="uq_report_theme_report_id_theme"),
    )


def downgrade() -> None:
    op.drop_table("report_theme")
    op.drop_table("report_reporter")
    op.drop_table("report_place")
    op.drop_table("edition")
    op.drop_table("report")
    op.drop_table("crisis_place")
    op.drop_table("crisis_external_id")
    op.drop_table("crisis")
