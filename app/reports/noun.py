"""Why this file exists: how a report is laid out, checked and rendered."""

from collections.abc import Iterable, Iterator

from app.index.keys import Keys
from app.kit.canonical import JSON
from app.kit.errors import Fault
from app.kit.schema import date_bound, date_view
from app.places.noun import around, countries, place_views
from app.record import citing
from app.record.noun import Noun, Reference
from app.record.refs import Lifecycle, Refs
from app.record.shape import Shape, dated
from app.reports.schemas import ReportDraft
from app.reports.tables import Edition, Report, ReportPlace, ReportReporter, ReportTheme
from app.store.base import table_of

COUNTS = ("claims", "figures")
_PLAIN = ("slug", "title", "lang", "summary", "report_format", "url", "licence", "sensitivity")
_EDITION = ("n", "retrieved_at", "url", "sha256", "length", "paragraphs")
_DATE_COLUMNS, _ = dated("published", "published")
# What a reference manager takes a document for; every other format is a report.
_CITED_AS = {"news_and_press_release": "article-newspaper", "map": "map", "infographic": "graphic"}


class ReportNoun(Noun):
    """Reports."""

    type = "report"
    draft = ReportDraft
    vocabularies = ("report_format", "theme")
    shape = Shape(
        table_of(Report),
        key=("id",),
        columns={
            **{name: (name,) for name in _PLAIN},
            "crisis_id": ("crisis",),
            "publisher_id": ("publisher",),
            **_DATE_COLUMNS,
        },
        derived={
            "published_earliest": lambda body: date_bound(body["published"], "earliest"),
            "published_latest": lambda body: date_bound(body["published"], "latest"),
        },
        children=(
            Shape(
                table_of(ReportReporter),
                key=("report_id",),
                at=("reporters",),
                columns={"actor_id": ("actor",), "label": ("label",), "capacity": ("capacity",)},
            ),
            Shape(
                table_of(Edition),
                key=("report_id",),
                at=("editions",),
                columns={name: (name,) for name in _EDITION},
            ),
            Shape(table_of(ReportTheme), key=("report_id",), at=("themes",), columns={"theme": ()}),
            Shape(table_of(ReportPlace), key=("report_id",), at=("places",), columns={"place_id": ()}),
        ),
    )

    def references(self, body: JSON) -> Iterator[Reference]:
        """A report names its crisis, publisher, reporters and places."""
        yield "/crisis", body["crisis"]
        yield "/publisher", body["publisher"]
        for index, one in enumerate(body["reporters"]):
            yield f"/reporters/{index}/actor", one["actor"]
        for index, place in enumerate(body["places"]):
            yield f"/places/{index}", place

    def codes(self, body: JSON) -> Iterator[tuple[str, str, str]]:
        """A report has a format and themes."""
        yield "/report_format", "report_format", body["report_format"]
        for index, theme in enumerate(body["themes"]):
            yield f"/themes/{index}", "theme", theme

    def faults(self, body: JSON, refs: Refs) -> Iterable[Fault]:
        """A person does not publish a report; a publication does."""
        if refs.body(body["publisher"])["kind"] == "person":
            yield Fault("/publisher", "expected an actor that is not a person", "publisher_is_person")

    def change_faults(self, before: JSON, body: JSON) -> Iterable[Fault]:
        """The publisher stays, since every chain passes through it; so do editions, since locators point into them."""
        if body["publisher"] != before["publisher"]:
            yield Fault("/publisher", "expected the same publisher as before", "publisher_differs")
        if body["editions"][: len(before["editions"])] != before["editions"]:
            yield Fault("/editions", "expected the editions so far, then new ones", "edition_differs")

    def tallies(self, body: JSON, refs: Refs) -> Iterable[tuple[str, str]]:
        """A crisis counts its reports."""
        yield body["crisis"], "reports"

    def keys(self, record_id: str, body: JSON, refs: Refs) -> Keys:
        """It is found by who published and wrote it, what and where it is about, and when it was published."""
        return Keys(
            terms={
                "crisis": [body["crisis"]],
                "publisher": [body["publisher"]],
                "reporter": [one["actor"] for one in body["reporters"]],
                "report_format": [body["report_format"]],
                "theme": body["themes"],
                "place": around(body["places"], refs),
                "country": countries(body["places"], refs),
            },
            dates={"published": body["published"]},
            head=[body["title"]],
            body=[body["summary"]],
        )

    def card(self, record_id: str, body: JSON, refs: Refs) -> JSON:
        """Return what claims and figures embed."""
        return {
            "id": record_id,
            "slug": body["slug"],
            "title": body["title"],
            "url": body["url"],
            "publisher": refs.card(body["publisher"])["name"],
            "published": date_view(body["published"]),
            "crisis": refs.card(body["crisis"])["slug"],
        }

    def document(self, record_id: str, body: JSON, life: Lifecycle, refs: Refs) -> JSON:
        """Return the report with its counts over public records."""
        publisher, lived = refs.card(body["publisher"]), life.view()
        return {
            "id": record_id,
            "type": self.type,
            "slug": body["slug"],
            "crisis": refs.card(body["crisis"]),
            "title": body["title"],
            "summary": body["summary"],
            "lang": body["lang"],
            "report_format": refs.term("report_format", body["report_format"]),
            "publisher": publisher,
            "reporters": [
                {"actor": refs.card(one["actor"]), "label": one["label"], "capacity": one["capacity"]}
                for one in body["reporters"]
            ],
            "published": date_view(body["published"]),
            "url": body["url"],
            "editions": [
                {**{name: one[name] for name in _EDITION}, "held": refs.text(record_id, one["n"]) is not None}
                for one in body["editions"]
            ],
            "themes": [refs.term("theme", one) for one in body["themes"]],
            "places": place_views(body["places"], refs),
            "licence": body["licence"],
            "sensitivity": body["sensitivity"],
            "counts": {name: refs.tally(record_id, name) for name in COUNTS},
            **lived,
            "cite": _cite(record_id, body, lived, publisher["name"]),
        }


def _cite(record_id: str, body: JSON, lived: JSON, publisher: str) -> JSON:
    """Return the citation of a report as its publisher published it; where it stands is in the line and the note."""
    writers = citing.names(one["label"] for one in body["reporters"])
    published = date_view(body["published"]) or {}
    item = {
        "type": _CITED_AS.get(body["report_format"], "report"),
        "title": body["title"],
        "author": writers,
        "publisher": publisher,
        "issued": citing.issued(published["edtf"], published["text"]),
        "language": body["lang"],
        "note": body["url"],
    }
    by = ", ".join(one["literal"] for one in writers)
    words = f"{by + ', ' if by else ''}“{body['title']}”, in: {publisher}, {published['text']}. {body['url']}."
    return citing.cite(record_id, lived, words, item)
