"""Claims: hops, about, appearances, segments, gradings.

Revision: 0005, after 0004.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision: str | None = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "claim_actor",
        sa.Column("actor_id", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("recorded", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "role IN ('originator', 'relay', 'publisher', 'reporter')", name=op.f("ck_claim_actor_role_known")
        ),
        sa.PrimaryKeyConstraint("actor_id", "role", "recorded", name="pk_claim_actor"),
    )
    op.create_index("ix_claim_actor_recorded", "claim_actor", ["recorded"], unique=False)
    op.create_table(
        "claim",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("report_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("statement", sa.String(), nullable=False),
        sa.Column("lang", sa.String(), nullable=False),
        sa.Column("hedge_type", sa.String(), nullable=True),
        sa.Column("event_edtf", sa.String(), nullable=True),
        sa.Column("event_earliest", sa.Date(), nullable=True),
        sa.Column("event_latest", sa.Date(), nullable=True),
        sa.Column("event_text", sa.String(), nullable=True),
        sa.Column("event_basis", sa.String(), nullable=True),
        sa.Column("event_reasoning", sa.String(), nullable=True),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("identification", sa.String(), nullable=False),
        sa.Column("said_edtf", sa.String(), nullable=True),
        sa.Column("said_earliest", sa.Date(), nullable=True),
        sa.Column("said_latest", sa.Date(), nullable=True),
        sa.Column("said_text", sa.String(), nullable=True),
        sa.Column("said_basis", sa.String(), nullable=True),
        sa.Column("said_reasoning", sa.String(), nullable=True),
        sa.Column("said_in_id", sa.String(), nullable=True),
        sa.Column("sensitivity", sa.String(), nullable=False),
        sa.CheckConstraint(
            "event_basis = 'stated' OR event_basis IS NULL OR event_reasoning IS NOT NULL",
            name=op.f("ck_claim_event_reasoned"),
        ),
        sa.CheckConstraint(
            "event_basis IN ('stated', 'completed', 'inferred')", name=op.f("ck_claim_event_basis_known")
        ),
        sa.CheckConstraint(
            "form IN ('direct_quote', 'indirect_quote', 'mixed_quote', 'narration')", name=op.f("ck_claim_form_known")
        ),
        sa.CheckConstraint(
            "hedge_type IN ('possibility', 'worry', 'appearance', 'hearsay')", name=op.f("ck_claim_hedge_known")
        ),
        sa.CheckConstraint(
            "identification IN ('named', 'described', 'collective', 'unnamed')",
            name=op.f("ck_claim_identification_known"),
        ),
        sa.CheckConstraint(
            "kind IN ('factual_report', 'allegation', 'analysis', 'prediction', 'warning', 'appeal', 'demand', 'norm', 'denial', 'intention')",
            name=op.f("ck_claim_kind_known"),
        ),
        sa.CheckConstraint(
            "said_basis = 'stated' OR said_basis IS NULL OR said_reasoning IS NOT NULL",
            name=op.f("ck_claim_said_reasoned"),
        ),
        sa.CheckConstraint("said_basis IN ('stated', 'completed', 'inferred')", name=op.f("ck_claim_said_basis_known")),
        sa.CheckConstraint(
            "sensitivity IN ('low', 'moderate', 'high', 'severe')", name=op.f("ck_claim_sensitivity_known")
        ),
        sa.CheckConstraint("(event_edtf IS NULL) = (event_basis IS NULL)", name=op.f("ck_claim_event_whole")),
        sa.CheckConstraint("(said_edtf IS NULL) = (said_basis IS NULL)", name=op.f("ck_claim_said_whole")),
        sa.CheckConstraint("event_earliest <= event_latest", name=op.f("ck_claim_event_in_order")),
        sa.CheckConstraint("said_earliest <= said_latest", name=op.f("ck_claim_said_in_order")),
        sa.ForeignKeyConstraint(["id"], ["record.id"], name="fk_claim_id"),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name="fk_claim_report_id"),
        sa.ForeignKeyConstraint(["said_in_id"], ["place.id"], name="fk_claim_said_in_id"),
        sa.PrimaryKeyConstraint("id", name="pk_claim"),
    )
    op.create_index("ix_claim_report_id", "claim", ["report_id"], unique=False)
    op.create_index("ix_claim_said_in_id", "claim", ["said_in_id"], unique=False)
    op.create_table(
        "claim_about",
        sa.Column("claim_id", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.String(), nullable=True),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.CheckConstraint("role IN ('agent', 'affected', 'other')", name=op.f("ck_claim_about_role_known")),
        sa.CheckConstraint("ordinal >= 1", name=op.f("ck_claim_about_ordinal_positive")),
        sa.ForeignKeyConstraint(["actor_id"], ["actor.id"], name="fk_claim_about_actor_id"),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name="fk_claim_about_claim_id"),
        sa.PrimaryKeyConstraint("claim_id", "ordinal", name="pk_claim_about"),
    )
    op.create_index("ix_claim_about_actor_id", "claim_about", ["actor_id"], unique=False)
    op.create_table(
        "claim_appearance",
        sa.Column("claim_id", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("locator", sa.String(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("paragraph", sa.Integer(), nullable=True),
        sa.CheckConstraint("locator IN ('text', 'document')", name=op.f("ck_claim_appearance_locator_known")),
        sa.CheckConstraint(
            "part IN ('masthead', 'headline', 'standfirst', 'byline', 'body', 'caption', 'other')",
            name=op.f("ck_claim_appearance_part_known"),
        ),
        sa.CheckConstraint("edition >= 1", name=op.f("ck_claim_appearance_edition_positive")),
        sa.CheckConstraint("ordinal >= 1", name=op.f("ck_claim_appearance_ordinal_positive")),
        sa.CheckConstraint("paragraph >= 1", name=op.f("ck_claim_appearance_paragraph_positive")),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name="fk_claim_appearance_claim_id"),
        sa.PrimaryKeyConstraint("claim_id", "ordinal", name="pk_claim_appearance"),
    )
    op.create_table(
        "claim_grading",
        sa.Column("claim_id", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("source_reliability", sa.String(), nullable=False),
        sa.Column("information_credibility", sa.String(), nullable=False),
        sa.Column("graded_by", sa.String(), nullable=False),
        sa.Column("graded_at", sa.String(), nullable=False),
        sa.CheckConstraint(
            "information_credibility IN ('1', '2', '3', '4', '5', '6')", name=op.f("ck_claim_grading_credibility_known")
        ),
        sa.CheckConstraint(
            "source_reliability IN ('A', 'B', 'C', 'D', 'E', 'F')", name=op.f("ck_claim_grading_reliability_known")
        ),
        sa.CheckConstraint("ordinal >= 1", name=op.f("ck_claim_grading_ordinal_positive")),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name="fk_claim_grading_claim_id"),
        sa.PrimaryKeyConstraint("claim_id", "ordinal", name="pk_claim_grading"),
    )
    op.create_table(
        "claim_hop",
        sa.Column("claim_id", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("actor_id", sa.String(), nullable=True),
        sa.Column("label", sa.String(), nullable=True),
        sa.Column("short_label", sa.String(), nullable=True),
        sa.Column("known", sa.Boolean(), nullable=False),
        sa.Column("source_ref", sa.String(), nullable=True),
        sa.Column("capacity", sa.String(), nullable=True),
        sa.Column("affiliation_id", sa.String(), nullable=True),
        sa.Column("affiliation_label", sa.String(), nullable=True),
        sa.Column("on_behalf_of_id", sa.String(), nullable=True),
        sa.Column("on_behalf_of_label", sa.String(), nullable=True),
        sa.Column("verb", sa.String(), nullable=True),
        sa.Column("medium", sa.String(), nullable=True),
        sa.Column("addressee_id", sa.String(), nullable=True),
        sa.Column("addressee_label", sa.String(), nullable=True),
        sa.Column("cue_edition", sa.Integer(), nullable=True),
        sa.Column("cue_locator", sa.String(), nullable=True),
        sa.Column("cue_part", sa.String(), nullable=True),
        sa.Column("cue_paragraph", sa.Integer(), nullable=True),
        sa.CheckConstraint("(medium IS NULL) = (role = 'reporter')", name=op.f("ck_claim_hop_medium_but_reporters")),
        sa.CheckConstraint("(role = 'originator') = (position = 1)", name=op.f("ck_claim_hop_originators_first")),
        sa.CheckConstraint("cue_locator IN ('text', 'document')", name=op.f("ck_claim_hop_cue_locator_known")),
        sa.CheckConstraint(
            "cue_part IN ('masthead', 'headline', 'standfirst', 'byline', 'body', 'caption', 'other')",
            name=op.f("ck_claim_hop_cue_part_known"),
        ),
        sa.CheckConstraint(
            "medium IN ('interview', 'press_release', 'social_media_video', 'social_media_post', 'message', 'official_statement', 'news_report', 'unspecified')",
            name=op.f("ck_claim_hop_medium_known"),
        ),
        sa.CheckConstraint(
            "role IN ('originator', 'relay', 'publisher', 'reporter')", name=op.f("ck_claim_hop_role_known")
        ),
        sa.CheckConstraint(
            "role NOT IN ('publisher', 'reporter') OR actor_id IS NOT NULL",
            name=op.f("ck_claim_hop_carriers_are_actors"),
        ),
        sa.CheckConstraint("(cue_edition IS NULL) = (cue_part IS NULL)", name=op.f("ck_claim_hop_cue_whole")),
        sa.CheckConstraint(
            "(on_behalf_of_id IS NULL) = (on_behalf_of_label IS NULL)", name=op.f("ck_claim_hop_behalf_whole")
        ),
        sa.CheckConstraint(
            "NOT known OR (actor_id IS NULL) <> (source_ref IS NULL)",
            name=op.f("ck_claim_hop_known_is_actor_or_source"),
        ),
        sa.CheckConstraint("NOT known OR label IS NOT NULL", name=op.f("ck_claim_hop_known_has_label")),
        sa.CheckConstraint(
            "addressee_id IS NULL OR addressee_label IS NOT NULL", name=op.f("ck_claim_hop_addressee_labelled")
        ),
        sa.CheckConstraint(
            "affiliation_id IS NULL OR affiliation_label IS NOT NULL", name=op.f("ck_claim_hop_affiliation_labelled")
        ),
        sa.CheckConstraint(
            "known OR (actor_id IS NULL AND source_ref IS NULL AND label IS NULL AND short_label IS NULL AND capacity IS NULL AND affiliation_label IS NULL AND on_behalf_of_label IS NULL)",
            name=op.f("ck_claim_hop_unknown_has_nobody"),
        ),
        sa.CheckConstraint("ordinal >= 1", name=op.f("ck_claim_hop_ordinal_positive")),
        sa.CheckConstraint("position >= 1", name=op.f("ck_claim_hop_position_positive")),
        sa.ForeignKeyConstraint(["actor_id"], ["actor.id"], name="fk_claim_hop_actor_id"),
        sa.ForeignKeyConstraint(["addressee_id"], ["actor.id"], name="fk_claim_hop_addressee_id"),
        sa.ForeignKeyConstraint(["affiliation_id"], ["actor.id"], name="fk_claim_hop_affiliation_id"),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name="fk_claim_hop_claim_id"),
        sa.ForeignKeyConstraint(["on_behalf_of_id"], ["actor.id"], name="fk_claim_hop_on_behalf_of_id"),
        sa.PrimaryKeyConstraint("claim_id", "ordinal", name="pk_claim_hop"),
    )
    op.create_index("ix_claim_hop_actor_id", "claim_hop", ["actor_id"], unique=False)
    op.create_index("ix_claim_hop_affiliation_id", "claim_hop", ["affiliation_id"], unique=False)
    op.create_index("ix_claim_hop_on_behalf_of_id", "claim_hop", ["on_behalf_of_id"], unique=False)
    op.create_index(
        "uq_claim_hop_publisher",
        "claim_hop",
        ["claim_id"],
        unique=True,
        sqlite_where=sa.text("role = 'publisher'"),
        postgresql_where=sa.text("role = 'publisher'"),
    )
    op.create_table(
        "claim_place",
        sa.Column("claim_id", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.String(), nullable=False),
        sa.CheckConstraint("ordinal >= 1", name=op.f("ck_claim_place_ordinal_positive")),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name="fk_claim_place_claim_id"),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name="fk_claim_place_place_id"),
        sa.PrimaryKeyConstraint("claim_id", "ordinal", name="pk_claim_place"),
        sa.UniqueConstraint("claim_id", "place_id", name="uq_claim_place_claim_id_place_id"),
    )
    op.create_index("ix_claim_place_place_id", "claim_place", ["place_id"], unique=False)
    op.create_table(
        "claim_theme",
        sa.Column("claim_id", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("theme", sa.String(), nullable=False),
        sa.CheckConstraint("ordinal >= 1", name=op.f("ck_claim_theme_ordinal_positive")),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name="fk_claim_theme_claim_id"),
        sa.PrimaryKeyConstraint("claim_id", "ordinal", name="pk_claim_theme"),
        sa.UniqueConstraint("claim_id", "theme", name="uq_claim_theme_claim_id_theme"),
    )
    op.create_table(
        "claim_hop_segment",
        sa.Column("start_at", sa.Integer(), nullable=False),
        sa.Column("end_at", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("normalised_sha256", sa.String(), nullable=False),
        sa.Column("normalised_length", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.String(), nullable=False),
        sa.Column("hop", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "length(normalised_sha256) = 64 AND normalised_length >= 1",
            name=op.f("ck_claim_hop_segment_normalised_shape"),
        ),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_claim_hop_segment_sha256_shape")),
        sa.CheckConstraint("ordinal >= 1", name=op.f("ck_claim_hop_segment_ordinal_positive")),
        sa.CheckConstraint("start_at >= 0 AND start_at < end_at", name=op.f("ck_claim_hop_segment_bounds_in_order")),
        sa.ForeignKeyConstraint(
            ["claim_id", "hop"], ["claim_hop.claim_id", "claim_hop.ordinal"], name="fk_claim_hop_segment_claim_id_hop"
        ),
        sa.PrimaryKeyConstraint("claim_id", "hop", "ordinal", name="pk_claim_hop_segment"),
    )
    op.create_table(
        "claim_segment",
        sa.Column("start_at", sa.Integer(), nullable=False),
        sa.Column("end_at", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("normalised_sha256", sa.String(), nullable=False),
        sa.Column("normalised_length", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.String(), nullable=False),
        sa.Column("appearance", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "length(normalised_sha256) = 64 AND normalised_length >= 1", name=op.f("ck_claim_segment_normalised_shape")
        ),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_claim_segment_sha256_shape")),
        sa.CheckConstraint("ordinal >= 1", name=op.f("ck_claim_segment_ordinal_positive")),
        sa.CheckConstraint("start_at >= 0 AND start_at < end_at", name=op.f("ck_claim_segment_bounds_in_order")),
        sa.ForeignKeyConstraint(
            ["claim_id", "appearance"],
            ["claim_appearance.claim_id", "claim_appearance.ordinal"],
            name="fk_claim_segment_claim_id_appearance",
        ),
        sa.PrimaryKeyConstraint("claim_id", "appearance", "ordinal", name="pk_claim_segment"),
    )


def downgrade() -> None:
    op.drop_table("claim_segment")
    op.drop_table("claim_hop_segment")
    op.drop_table("claim_theme")
    op.drop_table("claim_place")
    op.drop_table("claim_hop")
    op.drop_table("claim_grading")
    op.drop_table("claim_appearance")
    op.drop_table("claim_about")
    op.drop_table("claim")
    op.drop_table("claim_actor")
