"""Vocabularies, places and actors.

Revision: 0003, after 0002.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision: str | None = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "actor",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("slug", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("organisation_type", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("short_name", sa.String(), nullable=True),
        sa.Column("lang", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("parent_id", sa.String(), nullable=True),
        sa.CheckConstraint("(kind = 'person') = (slug IS NULL)", name=op.f("ck_actor_person_without_slug")),
        sa.CheckConstraint("kind <> 'person' OR organisation_type IS NULL", name=op.f("ck_actor_person_without_type")),
        sa.CheckConstraint(
            "kind IN ('person', 'organization', 'government', 'armed_group', 'community', 'media')",
            name=op.f("ck_actor_kind_known"),
        ),
        sa.CheckConstraint("country IS NULL OR length(country) = 3", name=op.f("ck_actor_country_code")),
        sa.CheckConstraint("parent_id IS NULL OR parent_id <> id", name=op.f("ck_actor_not_in_itself")),
        sa.ForeignKeyConstraint(["id"], ["record.id"], name="fk_actor_id"),
        sa.ForeignKeyConstraint(["parent_id"], ["actor.id"], name="fk_actor_parent_id"),
        sa.PrimaryKeyConstraint("id", name="pk_actor"),
        sa.UniqueConstraint("slug", name="uq_actor_slug"),
    )
    op.create_index("ix_actor_parent_id", "actor", ["parent_id"], unique=False)
    op.create_table(
        "place",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("lang", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("p_code", sa.String(), nullable=True),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("parent_id", sa.String(), nullable=True),
        sa.Column("latitude", sa.Numeric(21, 6), nullable=True),
        sa.Column("longitude", sa.Numeric(21, 6), nullable=True),
        sa.Column("informal", sa.Boolean(), nullable=False),
        sa.Column("cod_version", sa.String(), nullable=True),
        sa.CheckConstraint("kind <> 'country' OR country IS NOT NULL", name=op.f("ck_place_country_has_code")),
        sa.CheckConstraint("kind <> 'country' OR parent_id IS NULL", name=op.f("ck_place_country_is_top")),
        sa.CheckConstraint("kind = 'country' OR parent_id IS NOT NULL", name=op.f("ck_place_only_country_is_top")),
        sa.CheckConstraint(
            "kind IN ('country', 'admin1', 'admin2', 'admin3', 'community', 'area')", name=op.f("ck_place_kind_known")
        ),
        sa.CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name=op.f("ck_place_point_whole")),
        sa.CheckConstraint("NOT informal OR p_code IS NULL", name=op.f("ck_place_informal_without_p_code")),
        sa.CheckConstraint("country IS NULL OR length(country) = 3", name=op.f("ck_place_country_code")),
        sa.CheckConstraint("latitude BETWEEN -90 AND 90", name=op.f("ck_place_latitude_bounds")),
        sa.CheckConstraint("longitude BETWEEN -180 AND 180", name=op.f("ck_place_longitude_bounds")),
        sa.CheckConstraint("parent_id IS NULL OR parent_id <> id", name=op.f("ck_place_not_in_itself")),
        sa.ForeignKeyConstraint(["id"], ["record.id"], name="fk_place_id"),
        sa.ForeignKeyConstraint(["parent_id"], ["place.id"], name="fk_place_parent_id"),
        sa.PrimaryKeyConstraint("id", name="pk_place"),
        sa.UniqueConstraint("p_code", name="uq_place_p_code"),
        sa.UniqueConstraint("slug", name="uq_place_slug"),
    )
    op.create_index("ix_place_parent_id", "place", ["parent_id"], unique=False)
    op.create_table(
        "vocabulary",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("lang", sa.String(), nullable=False),
        sa.Column("definition", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["record.id"], name="fk_vocabulary_id"),
        sa.PrimaryKeyConstraint("id", name="pk_vocabulary"),
        sa.UniqueConstraint("name", name="uq_vocabulary_name"),
    )
    op.create_table(
        "actor_alias",
        sa.Column("actor_id", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("alias", sa.String(), nullable=False),
        sa.CheckConstraint("ordinal >= 1", name=op.f("ck_actor_alias_ordinal_positive")),
        sa.ForeignKeyConstraint(["actor_id"], ["actor.id"], name="fk_actor_alias_actor_id"),
        sa.PrimaryKeyConstraint("actor_id", "ordinal", name="pk_actor_alias"),
        sa.UniqueConstraint("actor_id", "alias", name="uq_actor_alias_actor_id_alias"),
    )
    op.create_table(
        "place_name",
        sa.Column("place_id", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("lang", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.CheckConstraint("ordinal >= 1", name=op.f("ck_place_name_ordinal_positive")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name="fk_place_name_place_id"),
        sa.PrimaryKeyConstraint("place_id", "ordinal", name="pk_place_name"),
        sa.UniqueConstraint("place_id", "lang", name="uq_place_name_place_id_lang"),
    )
    op.create_table(
        "vocabulary_term",
        sa.Column("vocabulary_id", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("definition", sa.String(), nullable=False),
        sa.Column("ours", sa.Boolean(), nullable=False),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("unit", sa.String(), nullable=True),
        sa.CheckConstraint("ordinal >= 1", name=op.f("ck_vocabulary_term_ordinal_positive")),
        sa.ForeignKeyConstraint(["vocabulary_id"], ["vocabulary.id"], name="fk_vocabulary_term_vocabulary_id"),
        sa.PrimaryKeyConstraint("vocabulary_id", "ordinal", name="pk_vocabulary_term"),
        sa.UniqueConstraint("vocabulary_id", "code", name="uq_vocabulary_term_vocabulary_id_code"),
    )
    op.create_table(
        "vocabulary_crosswalk",
        sa.Column("vocabulary_id", sa.String(), nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("system", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.CheckConstraint("ordinal >= 1", name=op.f("ck_vocabulary_crosswalk_ordinal_positive")),
        sa.ForeignKeyConstraint(
            ["vocabulary_id", "term"],
            ["vocabulary_term.vocabulary_id", "vocabulary_term.ordinal"],
            name="fk_vocabulary_crosswalk_vocabulary_id_term",
        ),
        sa.PrimaryKeyConstraint("vocabulary_id", "term", "ordinal", name="pk_vocabulary_crosswalk"),
    )


def downgrade() -> None:
    op.drop_table("vocabulary_crosswalk")
    op.drop_table("vocabulary_term")
    op.drop_table("place_name")
    op.drop_table("actor_alias")
    op.drop_table("vocabulary")
    op.drop_table("place")
    op.drop_table("actor")
