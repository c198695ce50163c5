"""Why this file exists: claims, figures and relations in JSON-LD: who said it, whence it was taken, where it stands.

A claim is a schema:Claim, and a Web Annotation whose targets are the stretches of the report's text. Its primary source
(PROV-O) is the utterance: what somebody said, on a day, in a place. The report was quoted (`wasQuotedFrom`) when it
gives the speaker's words, else derived from. Every hop of the chain is a qualified attribution with its role.
"""

from collections.abc import Iterator

from app.claims.appearances import digest
from app.exports.jsonld_nodes import actor, concept, dated, decimal, iri, labelled, lived, mention, node, place, report
from app.exports.jsonld_nodes import words as said_words
from app.kit.canonical import JSON

# The forms of attribution in which the report gives the speaker's own words.
_QUOTED = frozenset({"direct_quote", "mixed_quote"})
_BREAK = " … "
# PROV-O's properties of a thing, and ours, that only stand with an attribution.
_HOP = ("position", "role", "label", "short_label", "known", "withheld", "source_ref", "capacity", "verb", "medium")


def claim(document: JSON) -> JSON:
    """Return a claim."""
    return {
        "id": iri(document["id"]),
        "type": ["Claim", "Annotation", "Entity"],
        **node(
            text=said_words(document["statement"], document["lang"]),
            kind=document["kind"],
            hedge=document["hedge"] and document["hedge"]["type"],
            event=dated(document["event"]),
            theme=[labelled("theme", one) for one in document["themes"]],
            spatial=[place(one) for one in document["places"]],
            about=[mention(one, role=one["role"]) for one in document["about"]],
        ),
        **attribution(document, document["id"]),
        **node(
            target=list(targets(document)),
            figures=[iri(one["id"]) for one in document["figures"]],
            grading=node(**document["grading"]),
            sensitivity=document["sensitivity"],
        ),
        **lived(document),
    }


def figure(document: JSON) -> JSON:
    """Return a figure; a derived one says that it is, and from which figures it was computed."""
    derived, measure = document["derived"], document["measure"]
    return {
        "id": iri(document["id"]),
        "type": ["Observation", "Entity"],
        **node(
            text=document["text"],
            measuredProperty=labelled("measure", measure),
            measure_kind=measure["kind"],
            measure_basis=measure["basis"],
            value=decimal(document["value"]),
            lower=decimal(document["lower"]),
            upper=decimal(document["upper"]),
            lower_exclusive=document["lower_exclusive"],
            upper_exclusive=document["upper_exclusive"],
            quantifier=document["quantifier"],
            unitText=document["unit"],
            **{name: document[name] for name in ("term", "reported", "ratio", "population_group", "place_basis")},
            spatial=[place(document["place"])] if document["place"] else None,
            reference_period=dated(document["reference_period"]),
            observationDate=_day(document["reference_period"]),
            derived=derived is not None,
            derived_formula=derived and derived["formula"],
            claim={"id": iri(document["claim"]["id"]), "type": "Claim", "text": document["claim"]["statement"]},
        ),
        **_computed(attribution(document, document["claim"]["id"]), derived),
        **node(
            target=list(_stretches(document["appearance"], 1, document["report"])),
            sensitivity=document["sensitivity"],
        ),
        **lived(document),
    }


def _day(period: JSON | None) -> str | None:
    """Return the day of a period that is one certain day, and nothing for any other."""
    return period["edtf"] if period and period["edtf"] == period["earliest"] else None


def _computed(stated: JSON, derived: JSON | None) -> JSON:
    """Return the attribution of a figure; no utterance is the source of a derived one, but what it was made of."""
    if derived is None:
        return stated
    kept = {name: value for name, value in stated.items() if name not in ("hadPrimarySource", "wasQuotedFrom")}
    return {**kept, "wasDerivedFrom": [*(iri(one) for one in derived["inputs"]), stated["report"]["id"]]}


def relation(document: JSON) -> JSON:
    """Return how two claims or two figures stand to each other, each with its whole attribution."""
    return {
        "id": iri(document["id"]),
        "type": ["Relation", "Entity"],
        **node(
            relation=document["relation"],
            from_=_end(document["from"]),
            to=_end(document["to"]),
            role=document["role"],
            reason=said_words(document["reason"], document["lang"]),
        ),
        **lived(document),
    }


def _end(one: JSON) -> JSON:
    kind = "Claim" if one["type"] == "claim" else "Observation"
    said = one["attribution"]
    when = node(said_on=dated(said["said_on"]), said_in=place(said["said_in"]))
    return {"id": iri(one["id"]), "type": kind, "text": one["text"], **_line(said), **when, **_agents(said, None)}


def attribution(document: JSON, claim_id: str) -> JSON:
    """Return who said a claim or figure, and by which way it came."""
    said, carried = document["attribution"], iri(document["report"]["id"])
    taken = "wasQuotedFrom" if said["form"] in _QUOTED else "wasDerivedFrom"
    return {
        **_line(said),
        "hadPrimarySource": _utterance(document, claim_id),
        taken: carried if taken == "wasQuotedFrom" else [carried],
        **_agents(said, document["report"]),
        "report": report(document["report"]),
    }


def _line(said: JSON) -> JSON:
    """Return the lines that are ready to show, and whose voice it is."""
    voice = said["voice"]
    return {
        "attribution": said["text"],
        "attribution_short": said["short"],
        "form": said["form"],
        "identification": said["identification"],
        "voice": node(
            type="Voice",
            voice_key=voice["key"],
            label=voice["label"],
            named=voice["named"],
            actors=[actor(one) for one in voice["actors"]],
        ),
    }


def _utterance(document: JSON, claim_id: str) -> JSON:
    """Return what was said, before anybody carried it: the primary source."""
    said = document["attribution"]
    speakers = (hop["actor"] for hop in said["chain"] if hop["role"] == "originator")
    return node(
        id=f"{iri(claim_id)}#said",
        type=["Quotation", "Entity"] if said["form"] in _QUOTED else ["Entity"],
        creator=[iri(one["id"]) for one in speakers if one],
        isPartOf=iri(document["report"]["id"]),
        said_on=dated(said["said_on"]),
        said_in=place(said["said_in"]),
    )


def _agents(said: JSON, carrier: JSON | None) -> JSON:
    return node(
        wasAttributedTo=[iri(one["id"]) for one in said["voice"]["actors"]],
        qualifiedAttribution=[_hop(hop, carrier) for hop in said["chain"]],
    )


def _hop(hop: JSON, carrier: JSON | None) -> JSON:
    """Return one station of the way; whoever is unnamed, unknown or withheld is an agent of whom nothing is said."""
    return node(
        type="Attribution",
        agent=actor(hop["actor"]) or {"type": "Agent"},
        hadRole=concept("hop_role", hop["role"]),
        **{name: hop[name] for name in _HOP},
        affiliation=mention(hop["affiliation"]),
        on_behalf_of=mention(hop["on_behalf_of"]),
        addressee=mention(hop["addressee"]),
        cue=list(_stretches(hop["cue"], None, carrier)),
    )


def targets(document: JSON) -> Iterator[JSON]:
    """Yield every stretch of text in which a claim stands."""
    for number, one in enumerate(document["appearances"], 1):
        yield from _stretches(one, number, document["report"])


def _stretches(one: JSON | None, number: int | None, carrier: JSON | None) -> Iterator[JSON]:
    """Yield each stretch of a locator; selectors of one resource would be other ways to say the same place."""
    if one is None:
        return
    base = {"edition": one["edition"], "locator": one["locator"], "part": one["part"], "paragraph": one["paragraph"]}
    source = iri(carrier["id"]) if carrier else None
    for at, part in enumerate(one["segments"], 1):
        position = {"type": "TextPositionSelector", "start": part["start"], "end": part["end"]}
        yield node(
            type="SpecificResource",
            source=source,
            appearance=number,
            segment=at,
            **base,
            selector=[position, *_quote(one, at)],
            sha256=part["sha256"],
            normalised=dict(part["normalised"]),
        )
    if not one["segments"]:
        yield node(type="SpecificResource", source=source, appearance=number, **base)


def _quote(one: JSON, at: int) -> Iterator[JSON]:
    """Yield the words of a stretch while the text is held; a split quotation's pieces each with their own."""
    if one["quote"] is None:
        return
    segments = one["segments"]
    pieces = [one["quote"]["exact"]] if len(segments) == 1 else one["quote"]["exact"].split(_BREAK)
    # The text itself may hold what the pieces are joined by; the digest says whether this one is whole.
    if len(pieces) == len(segments) and digest(pieces[at - 1]) == segments[at - 1]["sha256"]:
        before = one["quote"]["prefix"] if at == 1 else None
        after = one["quote"]["suffix"] if at == len(segments) else None
        yield node(type="TextQuoteSelector", exact=pieces[at - 1], prefix=before, suffix=after)


def chain_of(document: JSON) -> Iterator[JSON]:
    """Yield a claim with nothing but its attribution: the rows of `attributions` as one node."""
    yield {"id": iri(document["id"]), "type": ["Claim", "Entity"], **attribution(document, document["id"])}


def places_of(document: JSON) -> Iterator[JSON]:
    """Yield a claim with where it stands, and who said it: the rows of `appearances` as one node."""
    said = attribution(document, document["id"])
    yield {"id": iri(document["id"]), "type": ["Claim", "Annotation"], **said, "target": list(targets(document))}
