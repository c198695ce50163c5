"""Why this file exists: reports, actors and relations as flat rows; pure."""

from app.exports.columns import Block, Cell, Column, Table, block, of_blocks, picked
from app.exports.rows import CITE, LIFE, LOCATION, coded, dated, id_column, joined, location, period
from app.kit.canonical import JSON

# --- reports ---------------------------------------------------------------------------------------------------------

_PUBLISHED = block(
    (
        Column(name="slug", description="Readable name that also finds it.", required=True),
        Column(name="title", description="Its title, as published.", required=True),
        Column(name="summary", description="What it holds, in our words.", required=True),
        Column(name="lang", description="Language of title and summary (BCP 47).", required=True),
        Column(name="url", description="Where it was published.", required=True),
        Column(name="report_format", description="What kind of document it is (code).", required=True),
        Column(name="report_format_label", description="The same, as a label.", required=True),
        Column(name="publisher_id", description="Who published it.", required=True, references="actors.id"),
        Column(name="publisher", description="The publisher's name.", required=True),
        Column(name="reporters", description="Who wrote it, as its byline names them."),
        Column(name="reporter_ids", description="Their ids."),
        *dated("published", "When it was published", required=True),
        Column(name="crisis_id", description="The crisis that it is about.", required=True),
        Column(name="crisis", description="Slug of the crisis.", required=True),
        Column(name="crisis_name", description="Name of the crisis.", required=True),
        Column(name="themes", description="What it is about (codes of the vocabulary `theme`)."),
        Column(name="theme_labels", description="The same, as labels."),
    ),
    lambda document: (
        document["slug"],
        document["title"],
        document["summary"],
        document["lang"],
        document["url"],
        document["report_format"]["code"],
        document["report_format"]["label"],
        document["publisher"]["id"],
        document["publisher"]["name"],
        joined([one["label"] for one in document["reporters"]]),
        joined([one["actor"]["id"] for one in document["reporters"]]),
        *period(document["published"]),
        document["crisis"]["id"],
        document["crisis"]["slug"],
        document["crisis"]["name"],
        *coded(document["themes"]),
    ),
)
_REPORT_WHERE = Block(
    columns=(
        Column(name="places", description="Where it is about: names."),
        Column(name="place_ids", description="Their ids."),
        *LOCATION,
    ),
    fill=lambda document, places: (
        joined([one["name"] for one in document["places"]]),
        joined([one["id"] for one in document["places"]]),
        *location(document["places"], places),
    ),
)
_EDITIONS = block(
    (
        Column(name="editions", kind="integer", description="How many states of its text are known.", required=True),
        Column(name="sha256", description="SHA-256 of the newest edition as received, UTF-8.", required=True),
        Column(name="length", kind="integer", description="Its length in code points.", required=True),
        Column(name="held", kind="boolean", description="Whether its text is held now.", required=True),
        Column(name="claims", kind="integer", description="How many public claims it has.", required=True),
        Column(name="figures", kind="integer", description="How many public figures it has.", required=True),
        Column(name="sensitivity", description="low, moderate, high or severe (OCHA).", required=True),
        Column(name="licence", description="Whose the text is, and the annotation's terms.", required=True),
    ),
    lambda document: (
        len(document["editions"]),
        *(document["editions"][-1][name] for name in ("sha256", "length", "held")),
        document["counts"]["claims"],
        document["counts"]["figures"],
        document["sensitivity"],
        document["licence"],
    ),
)
_COLUMNS, _CELLS = of_blocks(id_column("report"), _PUBLISHED, _REPORT_WHERE, _EDITIONS, CITE, LIFE)
REPORTS = Table(
    name="reports",
    noun="report",
    title="Reports",
    description="One published document a row: where it was published, by whom, and what is known of its text.",
    columns=_COLUMNS,
    cells=_CELLS,
)

# --- actors ----------------------------------------------------------------------------------------------------------

_ROLES = ("originator", "relay", "publisher", "reporter")
_ACTOR = picked(
    Column(name="slug", description="Readable name that also finds it; persons have none."),
    Column(name="kind", description="person, organization, government … (vocabulary `actor_kind`).", required=True),
    Column(name="organisation_type", description="What kind of organisation (vocabulary `organisation_type`)."),
    Column(name="name", description="Name.", required=True),
    Column(name="short_name", description="Short name."),
    Column(name="lang", description="Language of the name (BCP 47).", required=True),
    Column(name="country", description="ISO 3166-1 alpha-3 code."),
)
_ACTOR_MORE = block(
    (
        Column(name="aliases", description="Other names."),
        Column(name="parent_id", description="What it is a part of.", references="actors.id"),
        Column(name="parent", description="Name of that."),
        *(
            Column(name=f"claims_as_{role}", kind="integer", description=f"Public claims as {role}.", required=True)
            for role in _ROLES
        ),
    ),
    lambda document: (
        joined(document["aliases"]),
        *((document["parent"]["id"], document["parent"]["name"]) if document["parent"] else (None, None)),
        *(document["counts"][role] for role in _ROLES),
    ),
)
_COLUMNS, _CELLS = of_blocks(id_column("actor"), _ACTOR, _ACTOR_MORE, CITE, LIFE)
ACTORS = Table(
    name="actors",
    noun="actor",
    title="Actors",
    description="One person, organisation, medium or community a row: who speaks, carries or is spoken about.",
    columns=_COLUMNS,
    cells=_CELLS,
)

# --- relations -------------------------------------------------------------------------------------------------------


def _end_columns(name: str, what: str) -> tuple[Column, ...]:
    return (
        Column(name=f"{name}_claim_id", description=f"{what}, when it is a claim.", references="claims.id"),
        Column(name=f"{name}_figure_id", description=f"{what}, when it is a figure.", references="figures.id"),
        Column(name=f"{name}_text", description="What it says, in our words.", required=True),
        Column(name=f"{name}_attribution", description="Who said it, ready to show.", required=True),
        Column(name=f"{name}_voice_key", description="Whose statement it is: equal keys are one voice.", required=True),
    )


def _end(one: JSON) -> tuple[Cell, ...]:
    ends = (one["id"], None) if one["type"] == "claim" else (None, one["id"])
    return (*ends, one["text"], one["attribution"]["text"], one["attribution"]["voice"]["key"])


_RELATION = block(
    (
        Column(
            name="relation",
            description="restates, corroborates, conflicts_with, updates or same_quantity.",
            required=True,
        ),
        *_end_columns("from", "The later or dependent one"),
        *_end_columns("to", "The earlier or independent one"),
        Column(name="reason", description="Why it was judged so, in our words.", required=True),
        Column(name="lang", description="Language of the reason (BCP 47).", required=True),
        Column(name="role", description="In what role it was judged (vocabulary `writer_role`).", required=True),
    ),
    lambda document: (
        document["relation"],
        *_end(document["from"]),
        *_end(document["to"]),
        document["reason"],
        document["lang"],
        document["role"],
    ),
)
_COLUMNS, _CELLS = of_blocks(id_column("relation"), _RELATION, CITE, LIFE)
RELATIONS = Table(
    name="relations",
    noun="relation",
    title="Relations",
    description="How two claims or two figures stand to each other, a row for each relation.",
    columns=_COLUMNS,
    cells=_CELLS,
)
