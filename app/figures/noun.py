"""Why this file exists: how a figure is laid out, checked and rendered."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from app.claims import appearances, attribution
from app.claims.noun import SEGMENT_COLUMNS
from app.claims.render import appearance_view, carried_by, cite_said
from app.figures.keys import FIGURE_INDEX, figure_keys
from app.figures.quantity import fits, json_number
from app.figures.schemas import NUMBERS, FigureDraft
from app.figures.tables import Figure, FigureInput, FigureSegment
from app.index.keys import Keys
from app.kit.canonical import JSON
from app.kit.dates import is_period
from app.kit.errors import Fault
from app.kit.schema import date_bound, date_view
from app.places.noun import place_view
from app.record import citing
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
    index_tables = (FIGURE_INDEX,)
    binds = True
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
        """The words lie inside an edition, unit and period fit the measure, and inputs are stated by the same voice."""
        yield from _appearance_faults(body, refs)
        yield from _measure_faults(body, refs.full_term("measure", body["measure"]))
        for index, one in enumerate(_inputs(body)):
            where, source = f"/derived/inputs/{index}", refs.body(one)
            if source["derived"] is not None:
                yield Fault(where, "expected a figure that a source stated", "derived_input")
            if _voice(source["claim"], refs) != _voice(body["claim"], refs):
                yield Fault(where, "expected a figure of the same voice: none across voices", "across_voices")

    def ancestors(self, body: JSON, refs: Refs) -> tuple[str, ...]:
        """A figure stands in its claim and report, and falls with what it is derived from."""
        return (body["claim"], refs.body(body["claim"])["report"], *_inputs(body))

    def tallies(self, body: JSON, refs: Refs) -> Iterable[tuple[str, str]]:
        """Its report and crisis count it."""
        report = refs.body(body["claim"])["report"]
        yield report, "figures"
        yield refs.body(report)["crisis"], "figures"

    def keys(self, record_id: str, body: JSON, refs: Refs) -> Keys:
        """It is found by all that its claim is found by, and by what it counts, where, when and how much."""
        return figure_keys(record_id, body, refs)

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
        report_id = refs.body(body["claim"])["report"]
        said, report, lived = claim["attribution"], refs.card(report_id), life.view()
        return {
            "id": record_id,
            "type": self.type,
            **self.card(record_id, body, refs),
            "claim": {"id": claim["id"], "statement": claim["statement"]},
            "report": report,
            "voice": said["voice"],
            "attribution": said,
            "appearance": appearance_view(body["appearance"], report_id, refs),
            "sensitivity": body["sensitivity"],
            **lived,
            "cite": _cite(record_id, body, lived, said, report),
        }


def _cite(record_id: str, body: JSON, lived: JSON, said: JSON, report: JSON) -> JSON:
    """Return the citation of a figure: in the source's own words, or as computed by us when no source stated it."""
    text, reported, derived = body["text"], body["reported"], body["derived"]
    if derived is None:
        words = text if reported.casefold() in text.casefold() else f"{text} (reported as “{reported}”)"
        return cite_said(record_id, lived, words, said, report, None)
    formula, inputs = derived["formula"], ", ".join(derived["inputs"])
    computed = f"computed by {citing.ARCHIVE} and stated by no source ({formula}, from {inputs})"
    line = carried_by(said, report)
    more = {"author": citing.names([citing.ARCHIVE]), "note": f"{computed[0].upper()}{computed[1:]}; {line}"}
    return citing.cite_ours(record_id, lived, text, f"{text} — {computed}; {line}", None, **more)


def _appearance_faults(body: JSON, refs: Refs) -> Iterator[Fault]:
    """Yield what is wrong with where its words stand; while the text is held, they must stand there."""
    one, report = body["appearance"], refs.body(body["claim"])["report"]
    if one is None:
        return
    yield from appearances.faults(one, refs.body(report)["editions"], "/appearance")
    text = refs.text(report, one["edition"])
    if text is not None:
        faults = list(appearances.text_faults(one, text, "/appearance"))
        yield from faults or appearances.words_faults(body["reported"], one, text, "/reported")


def _measure_faults(body: JSON, measure: JSON) -> Iterator[Fault]:
    """Yield what does not fit the measure: its unit, and for a stock, which is true of one time, a period."""
    if not fits(body["unit"], measure["unit"]):
        yield Fault("/unit", f"expected {measure['unit']}, or a unit of its kind", "unit_differs")
    if measure["kind"] == "stock" and body["reference_period"] and is_period(body["reference_period"]["edtf"]):
        expected = "expected a point in time for a stock: an uncertain day is [A..B], an open end A/.. or ../B"
        yield Fault("/reference_period/edtf", expected, "stock_period")


def _voice(claim: str, refs: Refs) -> str:
    """Return the key of the voice that a claim is of."""
    body = refs.body(claim)
    return attribution.voice_key(body["attribution"]["chain"], body["report"], claim)


def _inputs(body: JSON) -> list[str]:
    return body["derived"]["inputs"] if body["derived"] else []
