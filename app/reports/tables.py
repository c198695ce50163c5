"""Why this file exists: the tables of reports."""

from datetime import date

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint
from sqlmodel import Field

from app.reports.words import Sensitivity
from app.store.base import Model, check, one_of


class Report(Model, table=True):
    """A published document; its text belongs to its publisher and is not here."""

    __tablename__ = "report"
    __table_args__ = (
        one_of("sensitivity_known", "sensitivity", Sensitivity),
        one_of("published_basis_known", "published_basis", ("stated", "completed", "inferred")),
        check("published_reasoned", "published_basis = 'stated' OR published_reasoning IS NOT NULL"),
        check("published_in_order", "published_earliest <= published_latest"),
        UniqueConstraint("slug"),
        ForeignKeyConstraint(["id"], ["record.id"]),
        ForeignKeyConstraint(["crisis_id"], ["crisis.id"]),
        ForeignKeyConstraint(["publisher_id"], ["actor.id"]),
        Index(None, "crisis_id"),
        Index(None, "publisher_id"),
    )

    id: str = Field(primary_key=True)
    slug: str
    crisis_id: str
    title: str
    lang: str
    summary: str
    report_format: str
    publisher_id: str
    published_edtf: str
    published_earliest: date | None
    published_latest: date | None
    published_text: str | None
    published_basis: str
    published_reasoning: str | None
    url: str
    licence: str
    sensitivity: str


class ReportReporter(Model, table=True):
    """Who wrote a report, as its byline names them."""

    __tablename__ = "report_reporter"
    __table_args__ = (
        check("ordinal_positive", "ordinal >= 1"),
        UniqueConstraint("report_id", "actor_id"),
        ForeignKeyConstraint(["report_id"], ["report.id"]),
        ForeignKeyConstraint(["actor_id"], ["actor.id"]),
        Index(None, "actor_id"),
    )

    report_id: str = Field(primary_key=True)
    ordinal: int = Field(primary_key=True)
    actor_id: str
    label: str
    capacity: str | None


class Edition(Model, table=True):
    """A state of a report's text: its digest and measures, never the text."""

    __tablename__ = "edition"
    __table_args__ = (
        check("n_positive", "n >= 1"),
        check("n_in_order", "n = ordinal"),
        check("length_positive", "length >= 1"),
        check("paragraphs_positive", "paragraphs >= 1"),
        check("sha256_shape", "length(sha256) = 64"),
        UniqueConstraint("report_id", "n"),
        ForeignKeyConstraint(["report_id"], ["report.id"]),
    )

    report_id: str = Field(primary_key=True)
    ordinal: int = Field(primary_key=True)
    n: int
    retrieved_at: str | None
    url: str
    sha256: str
    length: int
    paragraphs: int


class ReportTheme(Model, table=True):
    """A theme of a report."""

    __tablename__ = "report_theme"
    __table_args__ = (
        check("ordinal_positive", "ordinal >= 1"),
        UniqueConstraint("report_id", "theme"),
        ForeignKeyConstraint(["report_id"], ["report.id"]),
    )

    report_id: str = Field(primary_key=True)
    ordinal: int = Field(primary_key=True)
    theme: str


class ReportPlace(Model, table=True):
    """A place that a report is about."""

    __tablename__ = "report_place"
    __table_args__ = (
        check("ordinal_positive", "ordinal >= 1"),
        UniqueConstraint("report_id", "place_id"),
        ForeignKeyConstraint(["report_id"], ["report.id"]),
        ForeignKeyConstraint(["place_id"], ["place.id"]),
        Index(None, "place_id"),
    )

    report_id: str = Field(primary_key=True)
    ordinal: int = Field(primary_key=True)
    place_id: str
