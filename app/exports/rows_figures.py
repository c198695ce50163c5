"""Why this file exists: figures as flat rows: the number with bounds and qualifier, who reported it, where; pure."""

from app.exports.columns import Block, Cell, Column, Places, Table, block, of_blocks
from app.exports.rows import (
    ATTRIBUTION,
    CITE,
    LIFE,
    LOCATION,
    REPORT,
    dated,
    id_column,
    joined,
    licence,
    location,
    locator,
    locator_columns,
    number,
    period,
)
from app.kit.canonical import JSON

_COUNTS = block(
    (
        Column(name="text", description="The figure in a few words of ours.", required=True),
        Column(name="value", kind="decimal", description="The number; empty when only bounds are known."),
        Column(name="lower", kind="decimal", description="Lower bound; empty when open."),
        Column(name="upper", kind="decimal", description="Upper bound; empty when open."),
        Column(
            name="lower_exclusive", kind="boolean", description="true when the lower bound is not meant.", required=True
        ),
        Column(
            name="upper_exclusive", kind="boolean", description="true when the upper bound is not meant.", required=True
        ),
        Column(name="quantifier", description="How the source qualified the number.", required=True),
        Column(name="unit", description="Unit (UCUM style; vocabulary `unit`).", required=True),
        Column(
            name="derived",
            kind="boolean",
            description="true for a number that no source stated and that was computed here from others.",
            required=True,
        ),
        Column(name="derived_formula", description="How it was computed here."),
        Column(name="derived_from", description="Ids of the figures that it was computed from."),
        Column(name="reported", description="The words that carry the number; empty when derived."),
        Column(name="term", description="The source's own word for what it counts."),
        Column(name="ratio_numerator", kind="integer", description="Of a stated fraction, not reduced."),
        Column(name="ratio_denominator", kind="integer", description="Of a stated fraction, not reduced."),
        Column(name="measure", description="What it counts or gauges (vocabulary `measure`).", required=True),
        Column(name="measure_label", description="The same, as a label.", required=True),
        Column(name="measure_kind", description="stock, flow, share, area, duration or count.", required=True),
        Column(name="measure_basis", description="stated, or inferred by us.", required=True),
        Column(name="population_group", description="Of whom (HDX HAPI's column, our vocabulary)."),
        *dated("reference_period", "A point for a stock, an interval for a flow"),
    ),
    lambda document: _counted(document, document["measure"], document["ratio"], document["derived"]),
)


def _counted(document: JSON, measure: JSON, ratio: JSON | None, derived: JSON | None) -> tuple[Cell, ...]:
    return (
        document["text"],
        number(document["value"]),
        number(document["lower"]),
        number(document["upper"]),
        document["lower_exclusive"],
        document["upper_exclusive"],
        document["quantifier"],
        document["unit"],
        derived is not None,
        derived["formula"] if derived else None,
        joined(derived["inputs"]) if derived else None,
        document["reported"],
        document["term"],
        ratio["numerator"] if ratio else None,
        ratio["denominator"] if ratio else None,
        measure["code"],
        measure["label"],
        measure["kind"],
        measure["basis"],
        document["population_group"],
        *period(document["reference_period"]),
    )


def _where(document: JSON, places: Places) -> tuple[Cell, ...]:
    card = document["place"]
    whole = places(card["id"])
    point = whole["point"] if whole else None
    return (
        card["id"],
        card["name"],
        document["place_basis"],
        *location((card,), places),
        number(point["latitude"]) if point else None,
        number(point["longitude"]) if point else None,
    )


_WHERE = Block(
    columns=(
        Column(name="place_id", description="Where.", required=True, references="places.id"),
        Column(name="place", description="Name of the place.", required=True),
        Column(name="place_basis", description="stated, or inferred by us.", required=True),
        *LOCATION,
        Column(name="latitude", kind="decimal", description="Degrees north of a point in the place (WGS 84)."),
        Column(name="longitude", kind="decimal", description="Degrees east of a point in the place (WGS 84)."),
    ),
    fill=_where,
)
_CLAIM = block(
    (
        Column(name="claim_id", description="The claim that states it.", required=True, references="claims.id"),
        Column(name="claim_statement", description="The claim, in our words.", required=True),
    ),
    lambda document: (document["claim"]["id"], document["claim"]["statement"]),
)
_STANDS = block(
    (
        *locator_columns(),
        Column(name="sensitivity", description="low, moderate, high or severe (OCHA).", required=True),
        Column(name="licence", description="The terms that the row stands under.", required=True),
    ),
    lambda document: (
        *locator(document["appearance"]),
        document["sensitivity"],
        licence(document["report"]["publisher"]),
    ),
)
_COLUMNS, _CELLS = of_blocks(id_column("figure"), _COUNTS, _WHERE, ATTRIBUTION, _CLAIM, REPORT, _STANDS, CITE, LIFE)
FIGURES = Table(
    name="figures",
    noun="figure",
    title="Figures",
    description="One reported number a row, with its bounds and who reported it; rival numbers are never added up.",
    columns=_COLUMNS,
    cells=_CELLS,
)
