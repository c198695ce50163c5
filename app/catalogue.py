"""Why this file exists: all nouns on one page, in the order of citation: each may name those before it."""

from sqlalchemy import MetaData

from app.actors.noun import ActorNoun
from app.claims.noun import ClaimNoun
from app.crises.noun import CrisisNoun
from app.figures.noun import FigureNoun
from app.index import tables as index_tables
from app.ledger import tables as ledger_tables
from app.places.noun import PlaceNoun
from app.record import tables as record_tables
from app.record.noun import Noun
from app.relations.noun import RelationNoun
from app.reports.noun import ReportNoun
from app.vocabulary.noun import VocabularyNoun

NOUNS: tuple[Noun, ...] = (
    VocabularyNoun(),
    PlaceNoun(),
    ActorNoun(),
    CrisisNoun(),
    ReportNoun(),
    ClaimNoun(),
    FigureNoun(),
    RelationNoun(),
)


def all_tables() -> MetaData:
    """Return the layout of the whole database: the nouns' tables, the desk's, the index's, and the ledger's."""
    # Naming the shared rooms' tables is what puts them into the metadata.
    shared = (ledger_tables.RevisionRow, record_tables.Record, index_tables.IndexTerm)
    return shared[0].metadata
