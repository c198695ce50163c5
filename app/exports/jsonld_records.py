"""Why this file exists: reports, actors, places and vocabularies in JSON-LD."""

from app.exports.jsonld_nodes import actor, concept, dated, decimal, iri, labelled, lived, mention, node, place, words
from app.kit.canonical import JSON

_EDITION = ("retrieved_at", "url", "sha256", "length", "paragraphs", "held")
_ADMIN = ("admin1_code", "admin1_name", "admin2_code", "admin2_name", "admin3_code", "admin3_name")
_ROLES = ("originator", "relay", "publisher", "reporter")


def report(document: JSON) -> JSON:
    """Return a report; its text is its publisher's, and not in it."""
    crisis = document["crisis"]
    return {
        "id": iri(document["id"]),
        "type": ["Report", "Entity"],
        **node(
            name=words(document["title"], document["lang"]),
            abstract=words(document["summary"], document["lang"]),
            slug=document["slug"],
            url=document["url"],
            report_format=labelled("report_format", document["report_format"]),
            publisher=actor(document["publisher"]),
            author=[iri(one["actor"]["id"]) for one in document["reporters"]],
            byline=[mention(one, capacity=one["capacity"]) for one in document["reporters"]],
            published=dated(document["published"]),
            crisis={"id": iri(crisis["id"]), "type": "Crisis", "slug": crisis["slug"], "name": crisis["name"]},
            editions=[
                node(type="Edition", edition=one["n"], **{name: one[name] for name in _EDITION})
                for one in document["editions"]
            ],
            theme=[labelled("theme", one) for one in document["themes"]],
            spatial=[place(one) for one in document["places"]],
            rights=document["licence"],
            sensitivity=document["sensitivity"],
            claim_count=document["counts"]["claims"],
            figure_count=document["counts"]["figures"],
        ),
        **lived(document),
    }


def actor_node(document: JSON) -> JSON:
    """Return an actor."""
    kind = "Person" if document["kind"] == "person" else "Organization"
    return {
        "id": iri(document["id"]),
        "type": [kind, "Agent"],
        **node(
            name=words(document["name"], document["lang"]),
            short_name=document["short_name"],
            alternateName=document["aliases"],
            actor_kind=document["kind"],
            organisation_type=document["organisation_type"],
            slug=document["slug"],
            country=document["country"],
            parentOrganization=actor(document["parent"]),
            **{f"{role}_count": document["counts"][role] for role in _ROLES},
        ),
        **lived(document),
    }


def place_node(document: JSON) -> JSON:
    """Return a place."""
    point = document["point"]
    return {
        "id": iri(document["id"]),
        "type": "Place",
        **node(
            name=[words(document["name"], document["lang"]), *_other_names(document)],
            slug=document["slug"],
            place_kind=document["kind"],
            p_code=document["p_code"],
            country=document["country"],
            **{name: document[name] for name in _ADMIN},
            containedInPlace=place(document["parent"]),
            ancestors=[place(one) for one in document["ancestors"]],
            geo=point and {"type": "GeoCoordinates", **{name: decimal(degrees) for name, degrees in point.items()}},
            informal=document["informal"],
            cod_version=document["cod_version"],
        ),
        **lived(document),
    }


def _other_names(document: JSON) -> list[JSON]:
    own = (document["name"], document["lang"])
    return [words(name, lang) for lang, name in document["names"].items() if (name, lang) != own]


def vocabulary(document: JSON) -> JSON:
    """Return a vocabulary with its codes, under the IRIs by which other nodes name them."""
    lang, own = document["lang"], f"/v1/vocabularies/{document['name']}"
    return {
        "id": own,
        "type": ["ConceptScheme", "Entity"],
        **node(
            notation=document["name"],
            prefLabel=words(document["label"], lang),
            definition=words(document["definition"], lang),
            vocabulary_source=document["source"],
            hasTopConcept=[_term(one, document["name"], lang) for one in document["terms"]],
        ),
        **lived(document),
    }


def _term(one: JSON, name: str, lang: str) -> JSON:
    return node(
        id=concept(name, one["code"]),
        type="Concept",
        inScheme=f"/v1/vocabularies/{name}",
        notation=one["code"],
        prefLabel=words(one["label"], lang),
        definition=words(one["definition"], lang),
        ours=one["ours"],
        measure_kind=one["kind"],
        unitText=one["unit"],
        crosswalk=[{"system": system, "notation": word} for system, word in one["crosswalk"].items()],
    )
