"""Why this file exists: places as flat rows, and vocabularies, a row for each code; pure."""

from collections.abc import Iterator

from app.exports.columns import Block, Cell, Column, Places, Table, block, of_blocks, picked
from app.exports.rows import CITE, LIFE, LOCATION, id_column, joined, number
from app.kit.canonical import JSON

# --- places ----------------------------------------------------------------------------------------------------------

_PLACE = picked(
    Column(name="slug", description="Readable name that also finds it.", required=True),
    Column(name="name", description="Its name in English.", required=True),
    Column(name="lang", description="Language of the name (BCP 47).", required=True),
    Column(name="kind", description="country, admin1, admin2, admin3, community or area.", required=True),
    Column(name="p_code", description="P-code (OCHA common operational datasets)."),
)


def _areas(document: JSON, places: Places) -> tuple[Cell, ...]:
    level = 2 if document["admin2_code"] else 1 if document["admin1_code"] else 0 if document["country"] else None
    names = ("country", "admin1_code", "admin1_name", "admin2_code", "admin2_name")
    return (*(document[name] for name in names), level)


_MORE = block(
    (
        Column(name="admin3_code", description="P-code of the third-level area that it lies in."),
        Column(name="admin3_name", description="Name of the third-level area."),
        Column(name="names", description="Its name in other languages: `ar=…`."),
        Column(name="parent_id", description="The place that it lies in directly.", references="places.id"),
        Column(name="parent", description="Name of that place."),
        Column(name="ancestor_ids", description="Every place that it lies in, nearest first."),
        Column(name="latitude", kind="decimal", description="Degrees north of a point in it (WGS 84)."),
        Column(name="longitude", kind="decimal", description="Degrees east of a point in it (WGS 84)."),
        Column(
            name="informal", kind="boolean", description="true for an area without official boundary.", required=True
        ),
        Column(name="cod_version", description="Version of the common operational dataset."),
    ),
    lambda document: (
        document["admin3_code"],
        document["admin3_name"],
        joined([f"{lang}={name}" for lang, name in document["names"].items()]),
        *((document["parent"]["id"], document["parent"]["name"]) if document["parent"] else (None, None)),
        joined([one["id"] for one in document["ancestors"]]),
        *(number(document["point"][name]) if document["point"] else None for name in ("latitude", "longitude")),
        document["informal"],
        document["cod_version"],
    ),
)
_COLUMNS, _CELLS = of_blocks(id_column("place"), _PLACE, Block(columns=LOCATION, fill=_areas), _MORE, CITE, LIFE)
PLACES = Table(
    name="places",
    noun="place",
    title="Places",
    description="One place a row, with the areas that it lies in.",
    columns=_COLUMNS,
    cells=_CELLS,
)

# --- vocabularies ----------------------------------------------------------------------------------------------------


def _terms(document: JSON, places: Places) -> Iterator[tuple[Cell, ...]]:
    lived = (document["id"], document["version"], document["changed_at"])
    for at, term in enumerate(document["terms"], 1):
        yield (
            document["name"],
            term["code"],
            at,
            term["label"],
            term["definition"],
            document["lang"],
            term["ours"],
            term["kind"],
            term["unit"],
            joined([f"{system}={word}" for system, word in term["crosswalk"].items()]),
            document["label"],
            document["source"],
            *lived,
        )


VOCABULARIES = Table(
    name="vocabularies",
    noun="vocabulary",
    title="Vocabularies",
    description="Every closed list, a row for each code.",
    columns=(
        Column(name="vocabulary", description="Name of the list.", required=True, primary=True),
        Column(name="code", description="The code, as it stands in records.", required=True, primary=True),
        Column(name="position", kind="integer", description="Place in the list, from 1.", required=True),
        Column(name="label", description="For display.", required=True),
        Column(name="definition", description="When the code is used, and when not.", required=True),
        Column(name="lang", description="Language of label and definition (BCP 47).", required=True),
        Column(name="ours", kind="boolean", description="true when the code is Onrecord's own.", required=True),
        Column(name="kind", description="Measures only: stock, flow, share, area, duration or count."),
        Column(name="unit", description="Measures only: the usual unit (UCUM style)."),
        Column(name="crosswalk", description="What other systems call it: `system=word`."),
        Column(name="vocabulary_label", description="The list's name for display.", required=True),
        Column(name="source", description="Where the list's codes come from.", required=True),
        Column(name="vocabulary_id", description="Id of the list.", required=True),
        Column(name="version", kind="integer", description="Number of the list's revisions.", required=True),
        Column(name="changed_at", kind="instant", description="The list's newest revision (UTC).", required=True),
    ),
    cells=_terms,
    tombstones=False,
)
