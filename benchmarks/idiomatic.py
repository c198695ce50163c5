"""The idiomatic path: SQLModel relationships and response models, as their documentation teaches, on our tables."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException
from sqlalchemy import MetaData
from sqlmodel import Field, Relationship, Session, SQLModel, create_engine, select

from app.store.engine import is_sqlite, normal_url


class Base(SQLModel):
    """A metadata apart from the application's."""

    metadata = MetaData()


class ActorOut(SQLModel):
    id: str
    slug: str | None
    name: str
    short_name: str | None
    kind: str


class ReportOut(SQLModel):
    id: str
    slug: str
    title: str
    url: str


class PlaceOut(SQLModel):
    id: str
    slug: str
    name: str
    kind: str
    country: str | None


class HopOut(SQLModel):
    position: int
    role: str
    label: str | None
    capacity: str | None
    verb: str | None
    medium: str | None
    known: bool
    actor: ActorOut | None


class FigureOut(SQLModel):
    id: str
    text: str
    measure: str
    value: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    quantifier: str
    unit: str
    population_group: str | None


class SegmentOut(SQLModel):
    start_at: int
    end_at: int
    sha256: str
    normalised_sha256: str
    normalised_length: int


class ThemeOut(SQLModel):
    theme: str


class ClaimOut(SQLModel):
    id: str
    kind: str
    statement: str
    lang: str
    event_earliest: date | None
    event_latest: date | None
    form: str
    identification: str
    said_earliest: date | None
    sensitivity: str
    report: ReportOut
    hops: list[HopOut]
    figures: list[FigureOut]
    segments: list[SegmentOut]
    places: list[PlaceOut]
    themes: list[ThemeOut]


class IdiomaticActor(Base, table=True):
    __tablename__ = "actor"
    id: str = Field(primary_key=True)
    slug: str | None
    name: str
    short_name: str | None
    kind: str


class IdiomaticReport(Base, table=True):
    __tablename__ = "report"
    id: str = Field(primary_key=True)
    slug: str
    title: str
    url: str


class IdiomaticClaimPlace(Base, table=True):
    __tablename__ = "claim_place"
    claim_id: str = Field(primary_key=True, foreign_key="claim.id")
    ordinal: int = Field(primary_key=True)
    place_id: str = Field(foreign_key="place.id")


class IdiomaticPlace(Base, table=True):
    __tablename__ = "place"
    id: str = Field(primary_key=True)
    slug: str
    name: str
    kind: str
    country: str | None


class IdiomaticClaim(Base, table=True):
    __tablename__ = "claim"
    id: str = Field(primary_key=True)
    report_id: str = Field(foreign_key="report.id")
    kind: str
    statement: str
    lang: str
    event_earliest: date | None
    event_latest: date | None
    form: str
    identification: str
    said_earliest: date | None
    sensitivity: str
    report: IdiomaticReport = Relationship()
    hops: list["IdiomaticHop"] = Relationship()
    figures: list["IdiomaticFigure"] = Relationship()
    segments: list["IdiomaticSegment"] = Relationship()
    themes: list["IdiomaticTheme"] = Relationship()
    places: list[IdiomaticPlace] = Relationship(link_model=IdiomaticClaimPlace)


class IdiomaticHop(Base, table=True):
    __tablename__ = "claim_hop"
    claim_id: str = Field(primary_key=True, foreign_key="claim.id")
    ordinal: int = Field(primary_key=True)
    position: int
    role: str
    label: str | None
    capacity: str | None
    verb: str | None
    medium: str | None
    known: bool
    actor_id: str | None = Field(foreign_key="actor.id")
    actor: IdiomaticActor | None = Relationship()


class IdiomaticFigure(Base, table=True):
    __tablename__ = "figure"
    id: str = Field(primary_key=True)
    claim_id: str = Field(foreign_key="claim.id")
    text: str
    measure: str
    value: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    quantifier: str
    unit: str
    population_group: str | None


class IdiomaticSegment(Base, table=True):
    __tablename__ = "claim_segment"
    claim_id: str = Field(primary_key=True, foreign_key="claim.id")
    appearance: int = Field(primary_key=True)
    ordinal: int = Field(primary_key=True)
    start_at: int
    end_at: int
    sha256: str
    normalised_sha256: str
    normalised_length: int


class IdiomaticTheme(Base, table=True):
    __tablename__ = "claim_theme"
    claim_id: str = Field(primary_key=True, foreign_key="claim.id")
    ordinal: int = Field(primary_key=True)
    theme: str


class IdiomaticRecord(Base, table=True):
    __tablename__ = "record"
    id: str = Field(primary_key=True)
    type: str
    public: bool
    recorded: int


def build(url: str) -> FastAPI:
    """Return the application on a database of ours."""
    across_threads = {"check_same_thread": False} if is_sqlite(url) else {}
    engine = create_engine(normal_url(url), connect_args=across_threads)

    def session() -> Iterator[Session]:
        with Session(engine) as opened:
            yield opened

    app = FastAPI(openapi_url=None)

    @app.get("/one/{claim}", response_model=ClaimOut)
    def get_one(claim: str, session: Annotated[Session, Depends(session)]) -> IdiomaticClaim:
        found = session.get(IdiomaticClaim, claim)
        if found is None:
            raise HTTPException(404)
        return found

    @app.get("/page", response_model=list[ClaimOut])
    def get_page(
        session: Annotated[Session, Depends(session)],
        limit: int = 50,
        theme: str | None = None,
        place: str | None = None,
    ) -> list[IdiomaticClaim]:
        query = (
            select(IdiomaticClaim)
            .join(IdiomaticRecord, IdiomaticRecord.id == IdiomaticClaim.id)  # type: ignore[arg-type]
            .where(IdiomaticRecord.type == "claim", IdiomaticRecord.public)
        )
        if theme is not None:
            query = query.join(IdiomaticTheme).where(IdiomaticTheme.theme == theme)
        if place is not None:
            query = query.join(IdiomaticClaimPlace).where(IdiomaticClaimPlace.place_id == place)
        newest = IdiomaticRecord.recorded.desc()  # type: ignore[attr-defined]
        return list(session.exec(query.order_by(newest).limit(limit)))

    return app
