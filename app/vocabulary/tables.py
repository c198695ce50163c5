"""Why this file exists: vocabularies, their terms, and each term's words in other systems."""

from sqlalchemy import ForeignKeyConstraint, UniqueConstraint
from sqlmodel import Field

from app.store.base import Model, check


class Vocabulary(Model, table=True):
    """One list of codes."""

    __tablename__ = "vocabulary"
    __table_args__ = (UniqueConstraint("name"), ForeignKeyConstraint(["id"], ["record.id"]))

    id: str = Field(primary_key=True)
    name: str
    label: str
    lang: str
    definition: str
    source: str


class VocabularyTerm(Model, table=True):
    """One code of a list; measures also say their kind and usual unit."""

    __tablename__ = "vocabulary_term"
    __table_args__ = (
        UniqueConstraint("vocabulary_id", "code"),
        check("ordinal_positive", "ordinal >= 1"),
        ForeignKeyConstraint(["vocabulary_id"], ["vocabulary.id"]),
    )

    vocabulary_id: str = Field(primary_key=True)
    ordinal: int = Field(primary_key=True)
    code: str
    label: str
    definition: str
    ours: bool
    kind: str | None
    unit: str | None


class VocabularyCrosswalk(Model, table=True):
    """What another system calls a term."""

    __tablename__ = "vocabulary_crosswalk"
    __table_args__ = (
        check("ordinal_positive", "ordinal >= 1"),
        ForeignKeyConstraint(["vocabulary_id", "term"], ["vocabulary_term.vocabulary_id", "vocabulary_term.ordinal"]),
    )

    vocabulary_id: str = Field(primary_key=True)
    term: int = Field(primary_key=True)
    ordinal: int = Field(primary_key=True)
    system: str
    value: str
