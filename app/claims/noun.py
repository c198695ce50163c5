"""Why this file exists: how a claim is laid out and checked; `render` says how it looks."""

from collections.abc import Iterable, Iterator

from app.claims import appearances, attribution
from app.claims.keys import claim_keys
from app.claims.render import attribution_view, claim_view
from app.claims.schemas import ClaimDraft
from app.claims.tables import (
    Claim,
    ClaimAbout,
    ClaimAppearance,
    ClaimGrading,
    ClaimHop,
    ClaimHopSegment,
    ClaimPlace,
    ClaimSegment,
    ClaimTheme,
)
from app.index.keys import Keys
from app.kit.canonical import JSON
from app.kit.errors import Fault
from app.kit.schema import date_bound
from app.record.noun import Noun, Reference
from app.record.refs import Lifecycle, Refs
from app.record.shape import Path, Shape, dated
from app.store.base import table_of

SEGMENT_COLUMNS: dict[str, Path] = {
    "start_at": ("start",),
    "end_at": ("end",),
    "sha256": ("sha256",),
    "normalised_sha256": ("normalised", "sha256"),
    "normalised_length": ("normalised", "length"),
}
_EVENT_COLUMNS, _EVENT = dated("event", "event")
_SAID_COLUMNS: dict[str, Path] = {
    f"said_{name}": ("attribution", "said_on", name) for name in ("edtf", "text", "basis", "reasoning")
}
_HOP_PLAIN = ("position", "role", "label", "short_label", "known", "source_ref", "capacity", "verb", "medium")
_MENTIONS = ("affiliation", "on_behalf_of", "addressee")
_HOPS = Shape(
    table_of(ClaimHop),
    key=("claim_id",),
    at=("attribution", "chain"),
    columns={
        **{name: (name,) for name in _HOP_PLAIN},
        "actor_id": ("actor",),
        **{f"{name}_id": (name, "actor") for name in _MENTIONS},
        **{f"{name}_label": (name, "label") for name in _MENTIONS},
        **{f"cue_{name}": ("cue", name) for name in ("edition", "locator", "part", "paragraph")},
    },
    objects={**{(name,): f"{name}_label" for name in _MENTIONS}, ("cue",): "cue_edition"},
    children=(
        Shape(table_of(ClaimHopSegment), key=("claim_id", "hop"), at=("cue", "segments"), columns=SEGMENT_COLUMNS),
    ),
)
_APPEARANCES = Shape(
    table_of(ClaimAppearance),
    key=("claim_id",),
    at=("appearances",),
    columns={name: (name,) for name in ("edition", "locator", "part", "paragraph")},
    children=(
        Shape(table_of(ClaimSegment), key=("claim_id", "appearance"), at=("segments",), columns=SEGMENT_COLUMNS),
    ),
)
_ABOUT = Shape(
    table_of(ClaimAbout),
    key=("claim_id",),
    at=("about",),
    columns={"actor_id": ("actor",), "label": ("label",), "role": ("role",)},
)
_GRADINGS = Shape(
    table_of(ClaimGrading),
    key=("claim_id",),
    at=("gradings",),
    columns={name: (name,) for name in ("source_reliability", "information_credibility", "graded_by", "graded_at")},
)


class ClaimNoun(Noun):
    """Claims; each stands in its report."""

    type = "claim"
    draft = ClaimDraft
    embeds = ("figure",)
    binds = True
    vocabularies = ("theme",)
    shape = Shape(
        table_of(Claim),
        key=("id",),
        columns={
            "report_id": ("report",),
            **{name: (name,) for name in ("kind", "statement", "lang", "sensitivity")},
            "hedge_type": ("hedge", "type"),
            **_EVENT_COLUMNS,
            "form": ("attribution", "form"),
            "identification": ("attribution", "identification"),
            **_SAID_COLUMNS,
            "said_in_id": ("attribution", "said_in"),
        },
        objects={("hedge",): "hedge_type", **_EVENT, ("attribution", "said_on"): "said_edtf"},
        derived={
            "event_earliest": lambda body: date_bound(body["event"], "earliest"),
            "event_latest": lambda body: date_bound(body["event"], "latest"),
            "said_earliest": lambda body: date_bound(body["attribution"]["said_on"], "earliest"),
            "said_latest": lambda body: date_bound(body["attribution"]["said_on"], "latest"),
        },
        children=(
            Shape(table_of(ClaimTheme), key=("claim_id",), at=("themes",), columns={"theme": ()}),
            Shape(table_of(ClaimPlace), key=("claim_id",), at=("places",), columns={"place_id": ()}),
            _ABOUT,
            _HOPS,
            _APPEARANCES,
            _GRADINGS,
        ),
    )

    def references(self, body: JSON) -> Iterator[Reference]:
        """A claim names its report, places, and every actor that it is about or came through."""
        yield "/report", body["report"]
        for index, place in enumerate(body["places"]):
            yield f"/places/{index}", place
        for index, about in enumerate(body["about"]):
            if about["actor"]:
                yield f"/about/{index}/actor", about["actor"]
        if body["attribution"]["said_in"]:
            yield "/attribution/said_in", body["attribution"]["said_in"]
        for index, hop in enumerate(body["attribution"]["chain"]):
            where = f"/attribution/chain/{index}"
            if hop["actor"]:
                yield f"{where}/actor", hop["actor"]
            for name in _MENTIONS:
                if hop[name] and hop[name]["actor"]:
                    yield f"{where}/{name}/actor", hop[name]["actor"]

    def codes(self, body: JSON) -> Iterator[tuple[str, str, str]]:
        """A claim has themes."""
        for index, theme in enumerate(body["themes"]):
            yield f"/themes/{index}", "theme", theme

    def faults(self, body: JSON, refs: Refs) -> Iterable[Fault]:
        """The chain is lawful, and every locator lies inside an edition of the report."""
        report = refs.body(body["report"])
        yield from attribution.faults(body["attribution"], report["publisher"], "/attribution")
        yield from _persons(body["attribution"], refs)
        for pointer, one in appearances.of_claim(body):
            yield from appearances.faults(one, report["editions"], pointer)
            text = refs.text(body["report"], one["edition"])
            if text is not None:
                yield from appearances.text_faults(one, text, pointer)

    def change_faults(self, before: JSON, body: JSON) -> Iterable[Fault]:
        """Gradings are dated and never overwritten: a new one is added after the others."""
        if body["gradings"][: len(before["gradings"])] != before["gradings"]:
            yield Fault("/gradings", "expected the gradings so far, then new ones", "grading_dropped")

    def ancestors(self, body: JSON, refs: Refs) -> tuple[str, ...]:
        """A claim stands in its report."""
        return (body["report"],)

    def tallies(self, body: JSON, refs: Refs) -> Iterable[tuple[str, str]]:
        """Its report and crisis count it, and every actor of its chain in each role."""
        yield body["report"], "claims"
        yield refs.body(body["report"])["crisis"], "claims"
        yield from _actors(body)

    def keys(self, record_id: str, body: JSON, refs: Refs) -> Keys:
        """It is found by everybody of its chain, by its places and all around them, and by its figures' measures."""
        return claim_keys(record_id, body, refs)

    def card(self, record_id: str, body: JSON, refs: Refs) -> JSON:
        """Return what figures and relations embed: the statement, and above all the attribution.

        The rest is what its figures are found by: when it changes, they are to be found by it.
        """
        return {
            "id": record_id,
            "statement": body["statement"],
            "attribution": attribution_view(record_id, body, refs),
            "kind": body["kind"],
            "themes": body["themes"],
            "about": [one["actor"] for one in body["about"]],
            "event": body["event"],
        }

    def document(self, record_id: str, body: JSON, life: Lifecycle, refs: Refs) -> JSON:
        """Return the claim with its whole attribution and its figures."""
        return claim_view(record_id, body, life, refs)


def _persons(said: JSON, refs: Refs) -> Iterator[Fault]:
    """Yield every person behind a claim whose source the text does not name: they would be exposed by us."""
    if said["identification"] == "named":
        return
    expected = "expected nobody who is a person, unless the identification is `named`"
    for index, hop in enumerate(said["chain"]):
        if hop["role"] != "originator":
            continue
        behalf = hop["on_behalf_of"]["actor"] if hop["on_behalf_of"] else None
        for name, actor in (("actor", hop["actor"]), ("on_behalf_of/actor", behalf)):
            if actor and refs.body(actor)["kind"] == "person":
                yield Fault(f"/attribution/chain/{index}/{name}", expected, "person_exposed")


def _actors(body: JSON) -> list[tuple[str, str]]:
    """Return (actor, role) of every hop that has an actor, each once."""
    pairs = [(hop["actor"], hop["role"]) for hop in body["attribution"]["chain"] if hop["actor"]]
    return list(dict.fromkeys(pairs))
