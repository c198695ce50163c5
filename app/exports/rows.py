"""Why this file exists: the columns that several tables share, each block with what fills it; pure.

Names follow HDX HAPI where they fit. Several values of one cell are joined by `; `.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from app.exports.columns import Block, Cell, Column, Places, block
from app.kit.canonical import JSON

JOINT = "; "
UNKNOWN, WITHHELD = "an unknown source", "a source kept back to protect them"
_NOWHERE: tuple[Cell, ...] = (None, None, None, None, None)


def joined(values: Iterable[str | None]) -> str | None:
    """Return several values as one cell; nothing for none."""
    return JOINT.join([one for one in values if one]) or None


def number(value: float | None) -> Decimal | None:
    """Return a document's number with every digit it shows."""
    return None if value is None else Decimal(repr(value))


def dated(name: str, what: str, *, required: bool = False) -> tuple[Column, ...]:
    """Return the columns of an uncertain date: as recorded, and the first and last day that it can mean."""
    return (
        Column(name=name, description=f"{what}: the date as far as it is known (EDTF).", required=required),
        Column(name=f"{name}_start", kind="date", description=f"{what}: the first day it can mean; empty when open."),
        Column(name=f"{name}_end", kind="date", description=f"{what}: the last day it can mean; empty when open."),
    )


def period(date: JSON | None) -> tuple[Cell, ...]:
    """Return the cells of an uncertain date."""
    return (date["edtf"], date["earliest"], date["latest"]) if date else (None, None, None)


def coded(terms: Sequence[JSON]) -> tuple[Cell, Cell]:
    """Return the codes and the labels of terms, each as one cell."""
    return joined([one["code"] for one in terms]), joined([one["label"] for one in terms])


# --- where -----------------------------------------------------------------------------------------------------------

LOCATION = (
    Column(name="location_code", description="Country, ISO 3166-1 alpha-3 (HDX HAPI)."),
    Column(name="admin1_code", description="P-code of the first-level area that it lies in (HDX HAPI)."),
    Column(name="admin1_name", description="Name of the first-level area (HDX HAPI)."),
    Column(name="admin2_code", description="P-code of the second-level area that it lies in (HDX HAPI)."),
    Column(name="admin2_name", description="Name of the second-level area (HDX HAPI)."),
    Column(
        name="admin_level",
        kind="integer",
        description="0, 1 or 2: how deep the areas of these columns go (HDX HAPI); empty without a country.",
    ),
)


def location(cards: Sequence[JSON], places: Places) -> tuple[Cell, ...]:
    """Return the areas that all of some places lie in: nothing is said that is true of only one of them."""
    found = [_areas(card, places) for card in cards]
    if not found:
        return (*_NOWHERE, None)
    shared = found[0]
    if len(found) > 1:
        shared = tuple(cell if all(one[at] == cell for one in found) else None for at, cell in enumerate(found[0]))
    level = 2 if shared[3] else 1 if shared[1] else 0 if shared[0] else None
    return (*shared, level)


def _areas(card: JSON, places: Places) -> tuple[Cell, ...]:
    whole = places(card["id"])
    if whole is None:
        return (card["country"], None, None, None, None)
    return (
        whole["country"],
        whole["admin1_code"],
        whole["admin1_name"],
        whole["admin2_code"],
        whole["admin2_name"],
    )


# --- the report ------------------------------------------------------------------------------------------------------


def licence(publisher: str) -> str:
    """Return the terms that a row stands under: our words are free, the text is its publisher's."""
    return f"Annotation: CC BY 4.0. The text that it points into belongs to {publisher}."


REPORT = block(
    (
        Column(name="report_id", description="The report that carries it.", required=True, references="reports.id"),
        Column(name="report_title", description="Its title, as published.", required=True),
        Column(name="report_url", description="Where it was published.", required=True),
        Column(name="crisis", description="Slug of the crisis that the report is about.", required=True),
        *dated("published", "When the report was published", required=True),
    ),
    lambda document: _report(document["report"]),
)


def _report(card: JSON) -> tuple[Cell, ...]:
    return (card["id"], card["title"], card["url"], card["crisis"], *period(card["published"]))


# --- who said it -----------------------------------------------------------------------------------------------------

ATTRIBUTION = block(
    (
        Column(name="attribution", description="Who said it, ready to show.", required=True),
        Column(name="attribution_short", description="Who said it, for small spaces.", required=True),
        Column(name="form", description="direct_quote, indirect_quote, mixed_quote or narration.", required=True),
        Column(
            name="identification",
            description="How far the text says who: named, described, collective or unnamed.",
            required=True,
        ),
        Column(name="voice_key", description="Whose statement it is: equal keys are one voice.", required=True),
        Column(name="voice", description="Whose statement it is, as the text names them.", required=True),
        Column(
            name="voice_named", kind="boolean", description="false for an unnamed or unknown source.", required=True
        ),
        Column(name="originators", description="Who said it, as the text names them.", required=True),
        Column(name="originator_ids", description="Their ids, of those that are on record."),
        Column(name="medium", description="Through what the originators spoke (vocabulary `medium`)."),
        Column(name="relays", description="Who passed it on, as the text names them."),
        Column(name="publisher", description="Who published the report, as it names itself.", required=True),
        Column(name="publisher_id", description="The publisher's id.", required=True, references="actors.id"),
        Column(name="reporters", description="Who wrote the report, as its byline names them."),
        Column(name="reporter_ids", description="Their ids."),
        *dated("said_on", "When it was said"),
        Column(name="said_in_id", description="Where it was said, when stated.", references="places.id"),
        Column(name="said_in", description="Name of that place."),
    ),
    lambda document: said(document["attribution"]),
)


def named(hop: JSON) -> str:
    """Return who a hop is, in the text's own words."""
    label: str | None = hop["label"]
    return label or (WITHHELD if hop["withheld"] else UNKNOWN)


def _ids(hops: Iterable[JSON]) -> str | None:
    return joined([hop["actor"]["id"] for hop in hops if hop["actor"]])


def said(attribution: JSON) -> tuple[Cell, ...]:
    """Return the cells of an attribution."""
    voice, place = attribution["voice"], attribution["said_in"]
    by_role: dict[str, list[JSON]] = {"originator": [], "relay": [], "publisher": [], "reporter": []}
    for hop in attribution["chain"]:
        by_role[hop["role"]].append(hop)
    originators, reporters, publisher = by_role["originator"], by_role["reporter"], by_role["publisher"][0]
    return (
        attribution["text"],
        attribution["short"],
        attribution["form"],
        attribution["identification"],
        voice["key"],
        voice["label"],
        voice["named"],
        joined(map(named, originators)),
        _ids(originators),
        joined(dict.fromkeys(hop["medium"] for hop in originators)),
        joined(map(named, by_role["relay"])),
        publisher["label"],
        publisher["actor"]["id"],
        joined(map(named, reporters)),
        _ids(reporters),
        *period(attribution["said_on"]),
        place and place["id"],
        place and place["name"],
    )


# --- where in the text -----------------------------------------------------------------------------------------------


def locator_columns(prefix: str = "locator_") -> tuple[Column, ...]:
    """Return the columns that say where in an edition of the report something stands."""
    return (
        Column(name=f"{prefix}edition", kind="integer", description="Number of the report's edition."),
        Column(name=f"{prefix}part", description="Part of the document (vocabulary `appearance_part`)."),
        Column(name=f"{prefix}paragraph", kind="integer", description="Paragraph, counted from 1."),
        Column(
            name=f"{prefix}start", kind="integer", description="First code point (not UTF-16 unit), counted from 0."
        ),
        Column(name=f"{prefix}end", kind="integer", description="The code point after the last."),
        Column(name=f"{prefix}sha256", description="SHA-256 of exactly these characters, UTF-8."),
    )


def locator(one: JSON | None) -> tuple[Cell, ...]:
    """Return where something stands: its place in the document, and the first stretch of its words."""
    if one is None:
        return (None, None, None, None, None, None)
    first: dict[str, Any] = one["segments"][0] if one["segments"] else dict.fromkeys(("start", "end", "sha256"))
    return (one["edition"], one["part"], one["paragraph"], first["start"], first["end"], first["sha256"])


# --- its life --------------------------------------------------------------------------------------------------------

LIFE = block(
    (
        Column(
            name="status",
            description="`published`; in a row without facts `retracted`, or `gone`: erase your copy.",
            required=True,
        ),
        Column(name="version", kind="integer", description="Number of public revisions.", required=True),
        Column(name="recorded_at", kind="instant", description="First published here (UTC).", required=True),
        Column(name="changed_at", kind="instant", description="Newest public revision (UTC).", required=True),
        Column(name="corrections", kind="integer", description="How often it was corrected.", required=True),
        Column(name="corrected_at", kind="instant", description="When it was last corrected (UTC)."),
        Column(name="corrected_cause", description="Why it was last corrected (vocabulary `cause`)."),
        Column(name="correction_note", description="The public note of the last correction."),
        Column(name="retracted_at", kind="instant", description="When it was retracted (UTC); only without facts."),
        Column(name="retracted_cause", description="Why it was retracted (vocabulary `cause`); only without facts."),
    ),
    lambda document: _life(document, document["corrections"]),
)


def _life(document: JSON, corrections: JSON) -> tuple[Cell, ...]:
    return (
        document["status"],
        document["version"],
        document["recorded_at"],
        document["changed_at"],
        corrections["count"],
        corrections["last_at"],
        corrections["last_cause"],
        corrections["note"],
        None,
        None,
    )


CITE = block(
    (
        Column(name="cite", description="A citation to copy.", required=True),
        Column(name="cite_url", description="Where this very revision is read: a path of the API.", required=True),
    ),
    lambda document: (document["cite"]["text"], document["cite"]["url"]),
)


def id_column(noun: str) -> Block:
    """Return the column of a record's own id."""
    column = Column(name="id", description=f"Id of the {noun}; stable.", required=True, primary=True)
    return block((column,), lambda document: (document["id"],))
