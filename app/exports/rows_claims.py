"""Why this file exists: claims as flat rows; their attributions, a row for each hop; where they stand, a row for each
stretch of text; pure.
"""

from collections.abc import Iterator

from app.exports.columns import Block, Cell, Column, Places, Table, block, of_blocks, picked
from app.exports.rows import (
    ATTRIBUTION,
    CITE,
    LIFE,
    LOCATION,
    REPORT,
    coded,
    dated,
    id_column,
    joined,
    licence,
    location,
    locator,
    locator_columns,
    period,
)
from app.kit.canonical import JSON

_SAYS = block(
    (
        Column(name="statement", description="The proposition, in our words.", required=True),
        Column(name="lang", description="Language of the statement (BCP 47).", required=True),
        Column(name="kind", description="What the claim does (vocabulary `claim_kind`).", required=True),
        Column(name="hedge", description="How it is hedged by whoever made it, or empty."),
        *dated("event", "When the claimed thing happened or will"),
        Column(name="themes", description="What it is about (codes of the vocabulary `theme`)."),
        Column(name="theme_labels", description="The same, as labels."),
        Column(name="about", description="Whom it concerns, as the text names them."),
        Column(name="about_ids", description="Their ids, of those that are on record."),
    ),
    lambda document: (
        document["statement"],
        document["lang"],
        document["kind"],
        document["hedge"]["type"] if document["hedge"] else None,
        *period(document["event"]),
        *coded(document["themes"]),
        joined([one["label"] for one in document["about"]]),
        joined([one["actor"]["id"] for one in document["about"] if one["actor"]]),
    ),
)
_WHERE = Block(
    columns=(
        Column(name="places", description="Where the claimed thing is: names."),
        Column(name="place_ids", description="Their ids."),
        *LOCATION,
    ),
    fill=lambda document, places: (
        joined([one["name"] for one in document["places"]]),
        joined([one["id"] for one in document["places"]]),
        *location(document["places"], places),
    ),
)
_STANDS = block(
    (
        Column(name="appearances", kind="integer", description="In how many places it stands.", required=True),
        *locator_columns(),
    ),
    lambda document: (len(document["appearances"]), *locator(document["appearances"][0])),
)
_RATED = block(
    (
        Column(name="figures", kind="integer", description="How many figures it states.", required=True),
        Column(name="figure_ids", description="Their ids."),
        Column(name="source_reliability", description="Admiralty code, A to F.", required=True),
        Column(name="information_credibility", description="Admiralty code, 1 to 6.", required=True),
        Column(name="sensitivity", description="low, moderate, high or severe (OCHA).", required=True),
        Column(name="licence", description="The terms that the row stands under.", required=True),
    ),
    lambda document: (
        len(document["figures"]),
        joined([one["id"] for one in document["figures"]]),
        document["grading"]["source_reliability"],
        document["grading"]["information_credibility"],
        document["sensitivity"],
        licence(document["report"]["publisher"]),
    ),
)
_COLUMNS, _CELLS = of_blocks(id_column("claim"), _SAYS, ATTRIBUTION, REPORT, _WHERE, _STANDS, _RATED, CITE, LIFE)
CLAIMS = Table(
    name="claims",
    noun="claim",
    title="Claims",
    description="One proposition a row, with who said it, by which way it came, and where it stands.",
    columns=_COLUMNS,
    cells=_CELLS,
)

# --- attributions ----------------------------------------------------------------------------------------------------

_OF_CLAIM = Column(name="claim_id", description="The claim.", required=True, primary=True, references="claims.id")
_CLAIM_LIFE = (
    Column(name="claim_version", kind="integer", description="Number of the claim's revisions.", required=True),
    Column(name="claim_changed_at", kind="instant", description="The claim's newest revision (UTC).", required=True),
)


def _mentioned(name: str, what: str) -> tuple[Column, Column]:
    return (
        Column(name=name, description=f"{what}, as the text names it."),
        Column(name=f"{name}_id", description="Its id, when on record.", references="actors.id"),
    )


def _mention(one: JSON | None) -> tuple[Cell, Cell]:
    return (None, None) if one is None else (one["label"], one["actor"] and one["actor"]["id"])


_HOP = picked(
    Column(name="position", kind="integer", description="From 1; joint originators share 1.", required=True),
    Column(name="role", description="originator, relay, publisher or reporter.", required=True),
    Column(name="label", description="Who it is, as the text names them; empty when not known."),
    Column(name="short_label", description="The same in short."),
    Column(name="known", kind="boolean", description="false when the text does not say who it was.", required=True),
    Column(name="withheld", kind="boolean", description="true when kept back to protect them.", required=True),
    Column(name="source_ref", description="For a source without name: s1, s2 …, within one report only."),
    Column(name="capacity", description="The role as stated."),
    Column(name="verb", description="The text's verb."),
    Column(name="medium", description="Through what they spoke (vocabulary `medium`)."),
)
_ACTOR = (
    Column(name="actor_id", description="The actor; empty when unnamed, unknown or withheld.", references="actors.id"),
    Column(name="actor_name", description="The actor's name here."),
    Column(name="actor_kind", description="What the actor is (vocabulary `actor_kind`)."),
)
_MENTIONS = (
    ("affiliation", "Where they belong"),
    ("on_behalf_of", "The institution whose statement it is"),
    ("addressee", "To whom they spoke"),
)


def _attributions(document: JSON, places: Places) -> Iterator[tuple[Cell, ...]]:
    lived = (document["report"]["id"], document["version"], document["changed_at"])
    for at, hop in enumerate(document["attribution"]["chain"], 1):
        actor = hop["actor"]
        yield (
            document["id"],
            at,
            *_HOP.fill(hop, places),
            *((actor["id"], actor["name"], actor["kind"]) if actor else (None, None, None)),
            *(cell for name, _ in _MENTIONS for cell in _mention(hop[name])),
            *locator(hop["cue"]),
            *lived,
        )


ATTRIBUTIONS = Table(
    name="attributions",
    noun="claim",
    title="Attributions",
    description="One hop a row: the way of a claim from who said it, through relays, to the publisher and reporters.",
    columns=(
        _OF_CLAIM,
        Column(name="hop", kind="integer", description="Place in the chain, from 1.", required=True, primary=True),
        *_HOP.columns,
        *_ACTOR,
        *(column for name, what in _MENTIONS for column in _mentioned(name, what)),
        *locator_columns("cue_"),
        Column(name="report_id", description="The report that carries it.", required=True, references="reports.id"),
        *_CLAIM_LIFE,
    ),
    cells=_attributions,
    tombstones=False,
)

# --- appearances -----------------------------------------------------------------------------------------------------

_QUOTED = ("exact", "prefix", "suffix")
_NO_STRETCH = {"start": None, "end": None, "sha256": None, "normalised": {"sha256": None, "length": None}}


def _appearances(document: JSON, places: Places) -> Iterator[tuple[Cell, ...]]:
    report, said = document["report"], document["attribution"]["text"]
    lived = (said, report["id"], report["url"], document["version"], document["changed_at"])
    for at, one in enumerate(document["appearances"], 1):
        quote = one["quote"]
        for stretch, part in enumerate(one["segments"] or [_NO_STRETCH], 1):
            shown = quote and stretch == 1
            yield (
                document["id"],
                at,
                stretch,
                one["edition"],
                one["locator"],
                one["part"],
                one["paragraph"],
                part["start"],
                part["end"],
                part["sha256"],
                part["normalised"]["sha256"],
                part["normalised"]["length"],
                *(quote[name] if shown else None for name in _QUOTED),
                *lived,
            )


APPEARANCES = Table(
    name="appearances",
    noun="claim",
    title="Appearances",
    description="One stretch of a report's text a row: where a claim stands; check the digests against any copy.",
    columns=(
        _OF_CLAIM,
        Column(
            name="appearance",
            kind="integer",
            description="Which of the claim's places, from 1.",
            required=True,
            primary=True,
        ),
        Column(
            name="segment",
            kind="integer",
            description="Which stretch of a split quotation, from 1.",
            required=True,
            primary=True,
        ),
        Column(name="edition", kind="integer", description="Number of the report's edition.", required=True),
        Column(name="locator", description="text, or document for a source without text.", required=True),
        Column(name="part", description="Part of the document (vocabulary `appearance_part`).", required=True),
        Column(name="paragraph", kind="integer", description="Paragraph, counted from 1."),
        Column(name="segment_start", kind="integer", description="First code point (not UTF-16 unit), from 0."),
        Column(name="segment_end", kind="integer", description="The code point after the last."),
        Column(name="sha256", description="SHA-256 of exactly these characters, UTF-8."),
        Column(name="normalised_sha256", description="The same for a copy with other white space and quotes."),
        Column(name="normalised_length", kind="integer", description="Length of the normalised stretch."),
        Column(name="quote_exact", description="The words, while the text is held; in the first stretch's row."),
        Column(name="quote_prefix", description="What stands before them in their line."),
        Column(name="quote_suffix", description="What stands after them in their line."),
        Column(name="attribution", description="Who said it, ready to show.", required=True),
        Column(name="report_id", description="The report that carries it.", required=True, references="reports.id"),
        Column(name="report_url", description="Where it was published.", required=True),
        *_CLAIM_LIFE,
    ),
    cells=_appearances,
    tombstones=False,
)
