"""Why this file exists: how a claim and its attribution look to a reader."""

from app.claims import attribution as rules
from app.claims.appearances import quote
from app.kit.canonical import JSON
from app.kit.schema import date_view
from app.places.noun import place_view, place_views
from app.record import citing
from app.record.refs import Lifecycle, Refs


def appearance_view(one: JSON | None, report: str, refs: Refs) -> JSON | None:
    """Return a locator for readers, with the words that it points at while the text of the report is held."""
    if one is None:
        return None
    return {
        **{name: one[name] for name in ("edition", "locator", "part", "paragraph")},
        "segments": [_segment(part) for part in one["segments"]],
        "quote": quoted(one, report, refs),
    }


def quoted(one: JSON, report: str, refs: Refs) -> JSON | None:
    """Return the words at a locator, and what stands round them, while the text is held; null otherwise."""
    text = refs.text(report, one["edition"])
    return None if text is None else quote(one, text)


def _segment(part: JSON) -> JSON:
    normalised = {name: part["normalised"][name] for name in ("sha256", "length")}
    return {**{name: part[name] for name in ("start", "end", "sha256")}, "normalised": normalised}


def attribution_view(record_id: str, body: JSON, refs: Refs) -> JSON:
    """Return the whole attribution of a claim: its lines, its voice, and every hop."""
    stated = body["attribution"]
    return {
        "form": stated["form"],
        "identification": stated["identification"],
        "text": rules.readable(stated),
        "short": rules.short(stated),
        "voice": _voice(record_id, body, refs),
        "said_on": date_view(stated["said_on"]),
        "said_in": place_view(stated["said_in"], refs) if stated["said_in"] else None,
        "chain": [_hop(hop, body["report"], refs) for hop in stated["chain"]],
    }


def _voice(record_id: str, body: JSON, refs: Refs) -> JSON:
    chain = body["attribution"]["chain"]
    behind = rules.voices(chain)
    names = [one["short_label"] or one["label"] or rules.UNKNOWN for one in behind]
    return {
        "key": rules.voice_key(chain, body["report"], record_id),
        "label": rules.listed(names),
        "actors": [refs.card(one["actor"]) for one in behind if one["actor"]],
        "named": all(one["actor"] for one in behind),
    }


def _hop(hop: JSON, report: str, refs: Refs) -> JSON:
    return {
        "position": hop["position"],
        "role": hop["role"],
        "actor": refs.card_or_none(hop["actor"]),
        "label": hop["label"],
        "short_label": hop["short_label"],
        "known": hop["known"],
        # Sources are sealed by the editors' protection verbs, which write a body without the actor.
        "withheld": False,
        "source_ref": hop["source_ref"],
        "capacity": hop["capacity"],
        "affiliation": _mention(hop["affiliation"], refs),
        "on_behalf_of": _mention(hop["on_behalf_of"], refs),
        "verb": hop["verb"],
        "medium": hop["medium"],
        "addressee": _mention(hop["addressee"], refs),
        "cue": appearance_view(hop["cue"], report, refs),
    }


def _mention(one: JSON | None, refs: Refs) -> JSON | None:
    return None if one is None else {"label": one["label"], "actor": refs.card_or_none(one["actor"])}


def _grading(gradings: list[JSON]) -> JSON:
    """Return the newest grading; what nobody graded cannot be judged (F, 6)."""
    if gradings:
        return max(gradings, key=lambda one: str(one["graded_at"]))
    return {"source_reliability": "F", "information_credibility": "6", "graded_by": None, "graded_at": None}


def carried_by(said: JSON, report: JSON) -> str:
    """Return who said a thing, and in what report, as the line of a citation goes on."""
    return f"{said['text']}; in: {report['publisher']}, “{report['title']}”, {report['published']['text']}."


def cite_said(record_id: str, lived: JSON, words: str, said: JSON, report: JSON, lang: str | None) -> JSON:
    """Return the citation of what a source said: it is the author, within what the reporters wrote.

    `said` is the attribution as a reader sees it, `report` the card of the report.
    """
    chain, published = said["chain"], report["published"]
    item = {
        "type": "entry",
        "title": words,
        "author": citing.names(hop["label"] for hop in chain if hop["role"] == "originator"),
        "container-title": report["title"],
        "container-author": citing.names(hop["label"] for hop in chain if hop["role"] == "reporter"),
        "publisher": report["publisher"],
        "issued": citing.issued(published["edtf"], published["text"]),
        "language": lang,
        "note": said["text"],
    }
    return citing.cite(record_id, lived, f"{words} — {carried_by(said, report)}", item)


def claim_view(record_id: str, body: JSON, life: Lifecycle, refs: Refs) -> JSON:
    """Return the document of a claim."""
    said, report, lived = attribution_view(record_id, body, refs), refs.card(body["report"]), life.view()
    return {
        "id": record_id,
        "type": "claim",
        "report": report,
        "kind": body["kind"],
        "statement": body["statement"],
        "lang": body["lang"],
        "hedge": body["hedge"],
        "event": date_view(body["event"]),
        "themes": [refs.term("theme", one) for one in body["themes"]],
        "places": place_views(body["places"], refs),
        "about": [{**one, "actor": refs.card_or_none(one["actor"])} for one in body["about"]],
        "attribution": said,
        "appearances": [appearance_view(one, body["report"], refs) for one in body["appearances"]],
        "figures": refs.children(record_id, "figure"),
        "grading": _grading(body["gradings"]),
        "sensitivity": body["sensitivity"],
        **lived,
        "cite": cite_said(record_id, lived, body["statement"], said, report, body["lang"]),
    }
