"""Why this file exists: by what a figure is found: what its claim is found by, and what it counts, where and when."""

from decimal import Decimal

from app.claims import attribution
from app.claims.keys import said_dates, said_terms
from app.claims.render import quoted
from app.claims.words import Quantifier
from app.figures.quantity import extent
from app.figures.tables import FigureIndex
from app.index.keys import Keys
from app.kit.canonical import JSON
from app.kit.schema import date_bound
from app.places.noun import around, countries
from app.record.refs import Refs
from app.store.base import Row, table_of

FIGURE_INDEX = table_of(FigureIndex)
NUMBERS = ("value", "lower", "upper")
# The kinds of measure that are counted over a period, and not true of a moment.
COUNTED_OVER = ("flow", "count")
_SAME = ("measure", "unit", "population_group", "quantifier", "lower_exclusive", "upper_exclusive")


def figure_keys(record_id: str, body: JSON, refs: Refs) -> Keys:
    """Return by what a figure is found."""
    claim = refs.body(body["claim"])
    # What it takes over from its claim stands in the claim's card, which tells when it changes.
    refs.card(body["claim"])
    group = body["population_group"]
    terms = {
        **said_terms(body["claim"], claim, refs),
        "claim": [body["claim"]],
        "measure": [body["measure"]],
        "unit": [body["unit"]],
        "population_group": [group] if group else [],
        "quantifier": [body["quantifier"]],
        "place": around([body["place"]], refs),
        "place_stated": [body["place"]],
        "country": countries([body["place"]], refs),
        "derived": ["true" if body["derived"] else "false"],
    }
    return Keys(
        terms=terms,
        dates={**said_dates(claim, refs), "reference": body["reference_period"]},
        head=[body["text"]],
        body=[body["reported"], body["term"], attribution.readable(claim["attribution"]), _quote(body, claim, refs)],
        rows=[(FIGURE_INDEX, _row(record_id, body, claim, refs))],
    )


def _quote(body: JSON, claim: JSON, refs: Refs) -> str | None:
    """Return the words at its place, while the text is held."""
    found = quoted(body["appearance"], claim["report"], refs) if body["appearance"] else None
    return found["exact"] if found else None


def _row(record_id: str, body: JSON, claim: JSON, refs: Refs) -> Row:
    chain = claim["attribution"]["chain"]
    numbers = {name: None if body[name] is None else Decimal(body[name]) for name in NUMBERS}
    period, kind = body["reference_period"], refs.full_term("measure", body["measure"])["kind"]
    # Of what is counted over a period, "some time between" is not that period: it has no bounds to be compared by.
    known = None if period and kind in COUNTED_OVER and period["edtf"].startswith("[") else period
    return {
        "figure_id": record_id,
        "claim_id": body["claim"],
        "report_id": claim["report"],
        "publisher_id": refs.body(claim["report"])["publisher"],
        "voice": attribution.voice_key(chain, claim["report"], body["claim"]),
        "independent": all(one["actor"] for one in attribution.voices(chain)),
        "kind": kind,
        "place_id": body["place"],
        "derived": body["derived"] is not None,
        **{name: body[name] for name in _SAME},
        **numbers,
        **extent(Quantifier(body["quantifier"]), **numbers)._asdict(),
        "dated": period is not None,
        "earliest": date_bound(known, "earliest"),
        "latest": date_bound(known, "latest"),
    }
