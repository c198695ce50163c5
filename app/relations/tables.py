"""Why this file exists: the table of relations."""

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint
from sqlmodel import Field

from app.ledger.words import WriterRole
from app.relations.words import RelationType
from app.store.base import Model, check, one_of


class Relation(Model, table=True):
    """How two claims, or two figures, stand to each other, and who judged so."""

    __tablename__ = "relation"
    __table_args__ = (
        one_of("type_known", "type", RelationType),
        one_of("role_known", "role", WriterRole),
        check("one_kind", "substr(from_id, 1, 4) = substr(to_id, 1, 4) AND substr(from_id, 1, 4) IN ('clm_', 'fig_')"),
        check("not_itself", "from_id <> to_id"),
        check("quantities_are_figures", "type <> 'same_quantity' OR substr(from_id, 1, 4) = 'fig_'"),
        UniqueConstraint("from_id", "to_id", "type"),
        ForeignKeyConstraint(["id"], ["record.id"]),
        ForeignKeyConstraint(["from_id"], ["record.id"]),
        ForeignKeyConstraint(["to_id"], ["record.id"]),
        Index(None, "to_id"),
    )

    id: str = Field(primary_key=True)
    type: str
    from_id: str
    to_id: str
    role: str
    reason: str
    lang: str
