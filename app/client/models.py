"""Why this file exists: what answers are read into: the server's own views, so that both sides mean the same fields."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from app.actors.schemas import ActorView
from app.changes.views import ChangeView, LedgerHeadView
from app.claims.views import ClaimView
from app.compare.views import ClaimTableView, ComparisonView
from app.crises.schemas import CrisisView
from app.figures.schemas import FigureView
from app.kit.canonical import JSON
from app.places.schemas import PlaceView
from app.relations.schemas import RelationView
from app.reports.schemas import ReportView
from app.search.hits import HitView
from app.vocabulary.schemas import VocabularyView

__all__ = [
    "ActorView",
    "ChangeView",
    "ClaimTableView",
    "ClaimView",
    "ComparisonView",
    "CrisisView",
    "FigureView",
    "HitView",
    "LedgerHeadView",
    "Page",
    "PlaceView",
    "RelationView",
    "ReportView",
    "VocabularyView",
]
T = TypeVar("T")


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page of a list. `next` is the path of the one after it."""

    data: list[T]
    next: str | None
    meta: JSON

    @property
    def goes_on(self) -> str | None:
        """Return the path of the next page while there is more to be had now: a feed has a next page always."""
        ended = "through" in self.meta and self.meta["complete"]
        return None if ended else self.next


def as_json(record: Any) -> JSON:
    """Return a record as JSON, whether it is a view or a document already."""
    if isinstance(record, dict):
        return record
    value: JSON = record.model_dump(mode="json", by_alias=True)
    return value
