"""Why this file exists: what a hit of a search looks like: the record, what it is called, and where the words stand."""

from typing import Any, Literal

import orjson
from pydantic import Field

from app.actors.schemas import ActorView
from app.claims.views import ClaimView
from app.crises.schemas import CrisisView
from app.figures.schemas import FigureView
from app.kit.canonical import JSON, compact, parse
from app.kit.schema import View
from app.kit.words import HIGHEST_SCORE, Term, join, score
from app.places.schemas import PlaceView
from app.reports.schemas import ReportView
from app.search.snippets import snippet

Texts = list[str]


class SnippetPieceView(View):
    """A piece of a text; there is no markup in it."""

    text: str = Field(description="The piece.", examples=["100,000 "])
    match: bool = Field(description="true when it is what was looked for.")


class HitView(View):
    """One record that a search found."""

    type: Literal["claim", "figure", "report", "actor", "place", "crisis"] = Field(
        description="The noun of the record.", examples=["claim"]
    )
    id: str = Field(description="Id of the record.")
    score: float = Field(description="How relevant it is, 0 to 1; the same whenever and wherever it is asked.")
    title: str = Field(description="What it is called: a name, a title, or a claim's statement.")
    snippet: list[SnippetPieceView] = Field(description="The text in which the words stand, in segments.")
    record: ClaimView | FigureView | ReportView | ActorView | PlaceView | CrisisView = Field(
        description="The whole record, with its attribution."
    )


def texts_of(record: JSON) -> tuple[Texts, Texts]:
    """Return what search covers of a record, as it is shown: names and titles, and everything else."""
    head: list[Any]
    body: list[Any] = []
    if record["type"] == "claim":
        head = [record["statement"]]
        body = [record["attribution"]["text"], *(_quote(one) for one in record["appearances"])]
    elif record["type"] == "figure":
        head = [record["text"]]
        body = [record["reported"], record["term"], record["attribution"]["text"], _quote(record["appearance"])]
    elif record["type"] == "report":
        head, body = [record["title"]], [record["summary"]]
    elif record["type"] == "actor":
        head = [record["name"], record["short_name"], *record["aliases"]]
    elif record["type"] == "place":
        head = [record["name"], *record["names"].values()]
    else:
        head = [record["name"]]
    return [one for one in head if one], [one for one in body if one]


def _quote(appearance: JSON | None) -> str | None:
    """Return the words at a locator, which are there while the text is held."""
    return appearance["quote"]["exact"] if appearance and appearance["quote"] else None


def hit(terms: tuple[Term, ...], body: bytes) -> JSON:
    """Return the hit of a document."""
    record = parse(body)
    head, rest = texts_of(record)
    return {
        "type": record["type"],
        "id": record["id"],
        "score": round(score(terms, join(head), join(rest)) / HIGHEST_SCORE, 6),
        "title": head[0],
        "snippet": snippet(terms, [*head, *rest]),
        "record": orjson.Fragment(body),
    }


def hits(terms: tuple[Term, ...], bodies: list[bytes]) -> bytes:
    """Return the hits of documents as JSON."""
    return compact([hit(terms, body) for body in bodies])
