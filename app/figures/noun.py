"""Why this file exists: how a figure is laid out, checked and rendered."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from app.claims import appearances
from app.claims.noun import SEGMENT_COLUMNS
from app.claims.render import appearance_view
from app.figures.quantity import json_number
from app.figures.schemas import NUMBERS, FigureDraft
from app.figures.tables import Figure, FigureInput, FigureSegment
from app.kit.canonical import JSON
from app.kit.errors import Fault
from app.kit.schema import date_bound, date_view
from app.places.noun import place_view
from app.record.noun import Noun, Reference
from app.record.refs import Lifecycle, Refs
from app.record.shape import Shape, dated
from app.store.base import table_of

_PLAIN = (
    "text",
    "measure",
    "measure_basis",
    "term",
    "reported",
    "quantifier",
    *NUMBERS,
    "lower_exclusive",
    "upper_exclusive",
    "unit",
    "population_group",
    "place_basis",
    "sensitivity",
)
_REFERENCE_COLUMNS, _REFERENCE = dated("reference", "reference_period")
_CODES = (("measure", "measure"), ("unit", "unit"), ("population_group", "population_group"))


class FigureNoun(Noun):
    """Figures; each stands in its claim, and a derived one in the figures that it was computed from."""

    type = "figure"
    draft = FigureDraft
    vocabularies = ("measure",)
    shape = Shape(
        table_of(Figure),
        key=("id",),
        columns={
            "claim_id": ("claim",),
            **{name: (name,) for name in _PLAIN},
            "ratio_numerator": ("ratio", "numerator"),
            "ratio_denominator": ("ratio", "denominator"),
            "place_id": ("place",),
            **_REFERENCE_COLUMNS,
            "derived_formula": ("derived", "formula"),
            **{f"appearance_{name}": ("appearance", name) for name in ("edition", "locator", "part", "paragraph")},
        },
        objects={
            ("ratio",): "ratio_numerator",
            **_REFERENCE,
            ("derived",): "derived_formula",
            ("appearance",): "appearance_edition",
        },
        derived={
            "reference_earliest": lambda body: date_bound(body["reference_period"], "earliest"),
            "reference_latest": lambda body: date_bound(body["reference_period"], "latest"),
        },
        decimals=frozenset(NUMBERS),
        children=(
            Shape(table_of(FigureInput), key=("figure_id",), at=("derived", "inputs"), columns={"input_id": ()}),
            Shape(table_of(FigureSegment), key=("figure_id",), at=("appearance", "segments"), columns=SEGMENT_COLUMNS),
        ),
    )

    def references(self, body: JSON) -> Iterator[Reference]:
        """A figure names its claim, its place, and what it is derived from."""
        yield "/claim", body["claim"]
        yield "/place", body["place"]
        for index, one in enumerate(_inputs(body)):
            yield f"/derived/inputs/{index}", one

    def codes(self, body: JSON) -> Iterator[tuple[str, str, str]]:
        """A figure has a measure, a unit, and perhaps a population group."""
        for name, vocabulary in _CODES:
            if body[name] is not None:
                yield f"/{name}", vocabulary, body[name]

    def faults(self, body: JSON, refs: Refs) -> Iterable[Fault]:
        """The reported words lie inside an edition of the report; a derived figure is derived from stated ones."""
        report = refs.body(refs.body(body["claim"])["report"])
        if body["appearance"]:
            yield from appearances.faults(body["appearance"], report["editions"], "/appearance")
        for index, one in enumerate(_inputs(body)):
            if refs.body(one)["derived"] is not None:
                yield Fault(f"/derived/inputs/{index}", "expected a figure that a source stated", "derived_input")

    def ancestors(self, body: JSON, refs: Refs) -> tuple[str, ...]:
        """A figure stands in its claim and report, and falls with what it is derived from."""
        return (body["claim"], refs.body(body["claim"])["report"], *_inputs(body))

    def tallies(self, body: JSON, refs: Refs) -> Iterable[tuple[str, str]]:
        """Its report and crisis count it."""
        report = refs.body(body["claim"])["report"]
        yield report, "figures"
        yield refs.body(report)["crisis"], "figures"

    def card(self, record_id: str, body: JSON, refs: Refs) -> JSON:
        """Return what its claim embeds: everything but the attribution, which is the claim's."""
        measure = refs.full_term("measure", body["measure"])
        return {
            "id": record_id,
            "text": body["text"],
            "measure": {
                "code": body["measure"],
                "label": measure["label"],
                "kind": measure["kind"],
                "basis": body["measure_basis"],
            },
            "term": body["term"],
            "reported": body["reported"],
            **{name: None if body[name] is None else json_number(Decimal(body[name])) for name in NUMBERS},
            "lower_exclusive": body["lower_exclusive"],
            "upper_exclusive": body["upper_exclusive"],
            "ratio": body["ratio"],
            "quantifier": body["quantifier"],
            "unit": body["unit"],
            "population_group": body["population_group"],
            "place": place_view(body["place"], refs),
            "place_basis": body["place_basis"],
            "reference_period": date_view(body["reference_period"]),
            "derived": body["derived"],
        }

    def document(self, record_id: str, body: JSON, life: Lifecycle, refs: Refs) -> JSON:
        """Return the figure with the whole attribution of its claim."""
        claim = refs.card(body["claim"])
        report = refs.body(body["claim"])["report"]
        return {
            "id": record_id,
            "type": self.type,
            **self.card(record_id, body, refs),
            "claim": {"id": claim["id"], "statement": claim["statement"]},
            "report": refs.card(report),
            "voice": claim["attribution"]["voice"],
            "attribution": claim["attribution"],
            "appearance": appearance_view(body["appearance"]),
            "sensitivity": body["sensitivity"],
            **life.view(),
        }


def _inputs(body: JSON) -> list[str]:
    return body["derived"]["inputs"] if body["derived"] else []
