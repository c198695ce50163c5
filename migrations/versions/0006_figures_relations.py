"""Figures and relations.

Revision: 0006, after 0005.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision: str | None = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "relation",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("from_id", sa.String(), nullable=False),
        sa.Column("to_id", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("lang", sa.String(), nullable=False),
        sa.CheckConstraint("role IN ('seed', 'editor')", name=op.f("ck_relation_role_known")),
        sa.CheckConstraint(
            "substr(from_id, 1, 4) = substr(to_id, 1, 4) AND substr(from_id, 1, 4) IN ('clm_', 'fig_')",
            name=op.f("ck_relation_one_kind"),
        ),
        sa.CheckConstraint(
            "type <> 'same_quantity' OR substr(from_id, 1, 4) = 'fig_'", name=op.f("ck_relation_quantities_are_figures")
        ),
        sa.CheckConstraint(
            "type IN ('restates', 'corroborates', 'conflicts_with', 'updates', 'same_quantity')",
            name=op.f("ck_relation_type_known"),
        ),
        sa.CheckConstraint("from_id <> to_id", name=op.f("ck_relation_not_itself")),
        sa.ForeignKeyConstraint(["from_id"], ["record.id"], name="fk_relation_from_id"),
        sa.ForeignKeyConstraint(["id"], ["record.id"], name="fk_relation_id"),
        sa.ForeignKeyConstraint(["to_id"], ["record.id"], name="fk_relation_to_id"),
        sa.PrimaryKeyConstraint("id", name="pk_relation"),
        sa.UniqueConstraint("from_id", "to_id", "type", name="uq_relation_from_id_to_id_type"),
    )
    op.create_index("ix_relation_to_id", "relation", ["to_id"], unique=False)
    op.create_table(
        "figure",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("claim_id", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("measure_basis", sa.String(), nullable=False),
        sa.Column("term", sa.String(), nullable=True),
        sa.Column("reported", sa.String(), nullable=True),
        sa.Column("quantifier", sa.String(), nullable=False),
        sa.Column("value", sa.Numeric(21, 6), nullable=True),
        sa.Column("lower", sa.Numeric(21, 6), nullable=True),
        sa.Column("upper", sa.Numeric(21, 6), nullable=True),
        sa.Column("lower_exclusive", sa.Boolean(), nullable=False),
        sa.Column("upper_exclusive", sa.Boolean(), nullable=False),
        sa.Column("ratio_numerator", sa.BigInteger(), nullable=True),
        sa.Column("ratio_denominator", sa.BigInteger(), nullable=True),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("population_group", sa.String(), nullable=True),
        sa.Column("place_id", sa.String(), nullable=False),
        sa.Column("place_basis", sa.String(), nullable=False),
        sa.Column("reference_edtf", sa.String(), nullable=True),
        sa.Column("reference_earliest", sa.Date(), nullable=True),
        sa.Column("reference_latest", sa.Date(), nullable=True),
        sa.Column("reference_text", sa.String(), nullable=True),
        sa.Column("reference_basis", sa.String(), nullable=True),
        sa.Column("reference_reasoning", sa.String(), nullable=True),
        sa.Column("derived_formula", sa.String(), nullable=True),
        sa.Column("appearance_edition", sa.Integer(), nullable=True),
        sa.Column("appearance_locator", sa.String(), nullable=True),
        sa.Column("appearance_part", sa.String(), nullable=True),
        sa.Column("appearance_paragraph", sa.Integer(), nullable=True),
        sa.Column("sensitivity", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(quantifier = 'unqualified' AND value IS NOT NULL AND lower IS NOT NULL AND lower = value AND NOT lower_exclusive AND upper IS NOT NULL AND upper = value AND NOT upper_exclusive) OR (quantifier = 'approximately' AND value IS NOT NULL AND lower IS NULL AND NOT lower_exclusive AND upper IS NULL AND NOT upper_exclusive) OR (quantifier = 'just_under' AND value IS NOT NULL AND lower IS NULL AND NOT lower_exclusive AND upper IS NOT NULL AND upper = value AND upper_exclusive) OR (quantifier = 'less_than' AND value IS NOT NULL AND lower IS NULL AND NOT lower_exclusive AND upper IS NOT NULL AND upper = value AND upper_exclusive) OR (quantifier = 'at_most' AND value IS NOT NULL AND lower IS NULL AND NOT lower_exclusive AND upper IS NOT NULL AND upper = value AND NOT upper_exclusive) OR (quantifier = 'just_over' AND value IS NOT NULL AND lower IS NOT NULL AND lower = value AND lower_exclusive AND upper IS NULL AND NOT upper_exclusive) OR (quantifier = 'more_than' AND value IS NOT NULL AND lower IS NOT NULL AND lower = value AND lower_exclusive AND upper IS NULL AND NOT upper_exclusive) OR (quantifier = 'at_least' AND value IS NOT NULL AND lower IS NOT NULL AND lower = value AND NOT lower_exclusive AND upper IS NULL AND NOT upper_exclusive) OR (quantifier = 'between' AND value IS NULL AND lower IS NOT NULL AND NOT lower_exclusive AND upper IS NOT NULL AND NOT upper_exclusive) OR (quantifier = 'order_of_magnitude' AND value IS NULL AND lower IS NOT NULL AND NOT lower_exclusive AND upper IS NULL AND NOT upper_exclusive)",
            name=op.f("ck_figure_quantity_as_quantified"),
        ),
        sa.CheckConstraint("appearance_locator IN ('text', 'document')", name=op.f("ck_figure_locator_known")),
        sa.CheckConstraint(
            "appearance_part IN ('masthead', 'headline', 'standfirst', 'byline', 'body', 'caption', 'other')",
            name=op.f("ck_figure_part_known"),
        ),
        sa.CheckConstraint("measure_basis IN ('stated', 'inferred')", name=op.f("ck_figure_measure_basis_known")),
        sa.CheckConstraint("place_basis IN ('stated', 'inferred')", name=op.f("ck_figure_place_basis_known")),
        sa.CheckConstraint("quantifier <> 'between' OR lower < upper", name=op.f("ck_figure_between_differs")),
        sa.CheckConstraint(
            "reference_basis = 'stated' OR reference_basis IS NULL OR reference_reasoning IS NOT NULL",
            name=op.f("ck_figure_reference_reasoned"),
        ),
        sa.CheckConstraint(
            "reference_basis IN ('stated', 'completed', 'inferred')", name=op.f("ck_figure_reference_basis_known")
        ),
        sa.CheckConstraint(
            "sensitivity IN ('low', 'moderate', 'high', 'severe')", name=op.f("ck_figure_sensitivity_known")
        ),
        sa.CheckConstraint(
            "(appearance_edition IS NULL) = (appearance_part IS NULL)", name=op.f("ck_figure_appearance_whole")
        ),
        sa.CheckConstraint(
            "(derived_formula IS NULL) = (reported IS NOT NULL)", name=op.f("ck_figure_derived_or_reported")
        ),
        sa.CheckConstraint(
            "(ratio_numerator IS NULL) = (ratio_denominator IS NULL)", name=op.f("ck_figure_ratio_whole")
        ),
        sa.CheckConstraint(
            "(reference_edtf IS NULL) = (reference_basis IS NULL)", name=op.f("ck_figure_reference_whole")
        ),
        sa.CheckConstraint(
            "(reported IS NULL) = (appearance_edition IS NULL)", name=op.f("ck_figure_reported_is_located")
        ),
        sa.CheckConstraint("lower <= upper", name=op.f("ck_figure_bounds_in_order")),
        sa.CheckConstraint(
            "lower <= value AND value <= upper OR lower IS NULL OR upper IS NULL OR value IS NULL",
            name=op.f("ck_figure_value_in_bounds"),
        ),
        sa.CheckConstraint("lower >= 0 AND lower < 1000000000000000", name=op.f("ck_figure_lower_exact")),
        sa.CheckConstraint("ratio_numerator >= 0 AND ratio_denominator > 0", name=op.f("ck_figure_ratio_positive")),
        sa.CheckConstraint("ratio_numerator IS NULL OR value IS NOT NULL", name=op.f("ck_figure_ratio_has_value")),
        sa.CheckConstraint("reference_earliest <= reference_latest", name=op.f("ck_figure_reference_in_order")),
        sa.CheckConstraint("upper >= 0 AND upper < 1000000000000000", name=op.f("ck_figure_upper_exact")),
        sa.CheckConstraint("value >= 0 AND value < 1000000000000000", name=op.f("ck_figure_value_exact")),
        sa.CheckConstraint(
            "(lower < 1000000000 OR lower >= 10000000000 OR lower = round(lower, 5)) AND (lower < 10000000000 OR lower >= 100000000000 OR lower = round(lower, 4)) AND (lower < 100000000000 OR lower >= 1000000000000 OR lower = round(lower, 3)) AND (lower < 1000000000000 OR lower >= 10000000000000 OR lower = round(lower, 2)) AND (lower < 10000000000000 OR lower >= 100000000000000 OR lower = round(lower, 1)) AND (lower < 100000000000000 OR lower >= 1000000000000000 OR lower = round(lower, 0))",
            name=op.f("ck_figure_lower_digits"),
        ),
        sa.CheckConstraint("lower >= 1000000000 OR lower = round(lower, 6)", name=op.f("ck_figure_lower_places")),
        sa.CheckConstraint(
            "(upper < 1000000000 OR upper >= 10000000000 OR upper = round(upper, 5)) AND (upper < 10000000000 OR upper >= 100000000000 OR upper = round(upper, 4)) AND (upper < 100000000000 OR upper >= 1000000000000 OR upper = round(upper, 3)) AND (upper < 1000000000000 OR upper >= 10000000000000 OR upper = round(upper, 2)) AND (upper < 10000000000000 OR upper >= 100000000000000 OR upper = round(upper, 1)) AND (upper < 100000000000000 OR upper >= 1000000000000000 OR upper = round(upper, 0))",
            name=op.f("ck_figure_upper_digits"),
        ),
        sa.CheckConstraint("upper >= 1000000000 OR upper = round(upper, 6)", name=op.f("ck_figure_upper_places")),
        sa.CheckConstraint(
            "(value < 1000000000 OR value >= 10000000000 OR value = round(value, 5)) AND (value < 10000000000 OR value >= 100000000000 OR value = round(value, 4)) AND (value < 100000000000 OR value >= 1000000000000 OR value = round(value, 3)) AND (value < 1000000000000 OR value >= 10000000000000 OR value = round(value, 2)) AND (value < 10000000000000 OR value >= 100000000000000 OR value = round(value, 1)) AND (value < 100000000000000 OR value >= 1000000000000000 OR value = round(value, 0))",
            name=op.f("ck_figure_value_digits"),
        ),
        sa.CheckConstraint("value >= 1000000000 OR value = round(value, 6)", name=op.f("ck_figure_value_places")),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name="fk_figure_claim_id"),
        sa.ForeignKeyConstraint(["id"], ["record.id"], name="fk_figure_id"),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name="fk_figure_place_id"),
        sa.PrimaryKeyConstraint("id", name="pk_figure"),
    )
    op.create_index("ix_figure_claim_id", "figure", ["claim_id"], unique=False)
    op.create_index("ix_figure_place_id", "figure", ["place_id"], unique=False)
    op.create_table(
        "figure_input",
        sa.Column("figure_id", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("input_id", sa.String(), nullable=False),
        sa.CheckConstraint("input_id <> figure_id", name=op.f("ck_figure_input_not_itself")),
        sa.CheckConstraint("ordinal >= 1", name=op.f("ck_figure_input_ordinal_positive")),
        sa.ForeignKeyConstraint(["figure_id"], ["figure.id"], name="fk_figure_input_figure_id"),
        sa.ForeignKeyConstraint(["input_id"], ["figure.id"], name="fk_figure_input_input_id"),
        sa.PrimaryKeyConstraint("figure_id", "ordinal", name="pk_figure_input"),
        sa.UniqueConstraint("figure_id", "input_id", name="uq_figure_input_figure_id_input_id"),
    )
    op.create_index("ix_figure_input_input_id", "figure_input", ["input_id"], unique=False)
    op.create_table(
        "figure_segment",
        sa.Column("start_at", sa.Integer(), nullable=False),
        sa.Column("end_at", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("normalised_sha256", sa.String(), nullable=False),
        sa.Column("normalised_length", sa.Integer(), nullable=False),
        sa.Column("figure_id", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "length(normalised_sha256) = 64 AND normalised_length >= 1", name=op.f("ck_figure_segment_normalised_shape")
        ),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_figure_segment_sha256_shape")),
        sa.CheckConstraint("ordinal >= 1", name=op.f("ck_figure_segment_ordinal_positive")),
        sa.CheckConstraint("start_at >= 0 AND start_at < end_at", name=op.f("ck_figure_segment_bounds_in_order")),
        sa.ForeignKeyConstraint(["figure_id"], ["figure.id"], name="fk_figure_segment_figure_id"),
        sa.PrimaryKeyConstraint("figure_id", "ordinal", name="pk_figure_segment"),
    )


def downgrade() -> None:
    op.drop_table("figure_segment")
    op.drop_table("figure_input")
    op.drop_table("figure")
    op.drop_table("relation")
