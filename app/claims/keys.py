"""Why this file exists: by what a claim is found; its figures are found by most of it too."""

from typing import Any

from app.claims import attribution
from app.claims.render import quoted
from app.claims.words import HopRole
from app.index.keys import Keys
from app.kit.canonical import JSON
from app.places.noun import around, countries
from app.record.refs import Refs


def said_terms(record_id: str, body: JSON, refs: Refs) -> dict[str, Any]:
    """Return what a claim and its figures are both found by: who said it, in which report, and what it does."""
    report, chain = refs.body(body["report"]), body["attribution"]["chain"]
    # The report's card tells when its crisis changes; the claim's card says all else that stands here.
    refs.card(body["report"])
    voice = attribution.voice_key(chain, body["report"], record_id)
    behind = [one["actor"] for one in attribution.voices(chain) if one["actor"]]
    hops = [(hop["role"], hop["actor"]) for hop in chain if hop["actor"]]
    return {
        "report": [body["report"]],
        "crisis": [report["crisis"]],
        # Found by each actor behind it, and by its key; counted by its key, so that every claim counts once.
        "voice": [*behind, voice],
        "voice_key": [voice],
        "actor": [*(actor for _, actor in hops), *_mentioned(chain, "on_behalf_of")],
        **{role.value: [actor for one, actor in hops if one == role] for role in HopRole},
        "affiliation": _mentioned(chain, "affiliation"),
        "about": [one["actor"] for one in body["about"] if one["actor"]],
        "form": [body["attribution"]["form"]],
        "identification": [body["attribution"]["identification"]],
        "kind": [body["kind"]],
        "medium": [hop["medium"] for hop in chain if hop["medium"]],
        "theme": body["themes"],
    }


def said_dates(body: JSON, refs: Refs) -> dict[str, JSON | None]:
    """Return the uncertain dates that a claim and its figures both have."""
    report = refs.body(body["report"])
    return {"event": body["event"], "said": body["attribution"]["said_on"], "published": report["published"]}


def _mentioned(chain: list[JSON], name: str) -> list[str]:
    return [hop[name]["actor"] for hop in chain if hop[name] and hop[name]["actor"]]


def claim_keys(record_id: str, body: JSON, refs: Refs) -> Keys:
    """Return by what a claim is found."""
    figures = refs.children(record_id, "figure")
    starts = [one["segments"][0]["start"] for one in body["appearances"] if one["segments"]]
    return Keys(
        terms={
            **said_terms(record_id, body, refs),
            "place": around(body["places"], refs),
            "country": countries(body["places"], refs),
            "measure": [one["measure"]["code"] for one in figures],
            "has_figures": ["true" if figures else "false"],
        },
        dates=said_dates(body, refs),
        # Where it first stands in the text; what stands nowhere in it has no order, and comes last.
        orders={"report_order": min(starts) + 1 if starts else None},
        head=[body["statement"]],
        body=[attribution.readable(body["attribution"]), *_quotes(body, refs)],
    )


def _quotes(body: JSON, refs: Refs) -> list[str]:
    """Return the words at the places where a claim stands, of the texts that are held."""
    return [found["exact"] for one in body["appearances"] if (found := quoted(one, body["report"], refs))]
