"""The JSON-LD promises: nothing is lost, every name means something, and no number or statement without its source."""

import json
from typing import Any

import pytest
from pyld import jsonld  # type: ignore[import-untyped]

from app.exports import context
from app.exports.jsonld import NODES, JsonLd
from app.exports.jsonld_nodes import concept
from app.exports.tables import TABLES
from app.kit.ids import PLURALS
from tests.support.api import Api
from tests.support.exports import about_of, expanded, file_of, loader
from tests.support.graphs import graph, left_out, nodes

BASE = "https://example.org"
RECORDED = f"{BASE}/v1/"


def full(name: str) -> str:
    """Return the IRI of a name of the context."""
    prefix, _, local = context.CONTEXT["@context"][name]["@id"].partition(":")
    return context.PREFIXES[prefix] + str(local)


@pytest.fixture(params=sorted(NODES))
def table(request: pytest.FixtureRequest) -> str:
    """Every table."""
    return str(request.param)


def seeded_of(api: Api, table: str) -> list[Any]:
    """Return the documents of the seed that a table is made of."""
    return api.walk(f"/v1/{PLURALS[TABLES[table].noun]}?limit=200")


@pytest.fixture
def seeded(seeded_api: Api, table: str) -> list[Any]:
    """The documents of the seed that the table is made of."""
    return seeded_of(seeded_api, table)


# --- nothing is lost -------------------------------------------------------------------------------------------------


def test_every_table_has_nodes() -> None:
    """No table is left out."""
    assert set(NODES) == set(TABLES)


def test_every_name_means_something(table: str, seeded: list[Any]) -> None:
    """No term would be dropped by whoever reads it; every class is one of the context."""
    known = set(context.CONTEXT["@context"])
    for one in nodes(graph(table, seeded)["@graph"]):
        assert {name for name in one if not name.startswith("@")} <= known
        kinds = one.get("type", [])
        assert {*([kinds] if isinstance(kinds, str) else kinds)} <= known


def test_expanding_and_compacting_gives_back_what_was_sent(table: str, seeded: list[Any]) -> None:
    """Nothing falls out on the way: no field, no value, no language."""
    sent = graph(table, seeded[:12])
    options = {"compactToRelative": False, "documentLoader": loader, "graph": True}
    again = jsonld.compact(expanded(json.dumps(sent).encode()), BASE + context.PATH, options)
    assert _normal(again["@graph"]) == _normal(sent["@graph"])


def _normal(value: Any) -> Any:
    """Return a value without what does not matter: where the service is, and whether one thing is a list of one."""
    if isinstance(value, list):
        return _normal(value[0]) if len(value) == 1 else [_normal(one) for one in value]
    if isinstance(value, dict):
        return {name: _normal(one) for name, one in value.items()}
    return value.removeprefix(BASE) if isinstance(value, str) else value


def test_everything_that_a_document_says_is_in_its_node(table: str, seeded: list[Any]) -> None:
    """Every value stands in the node: as it is, or at the end of the IRI of what it names."""
    assert left_out(table, seeded) == []


# --- what it says ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("table", "kind"), [("claims", "Claim"), ("figures", "Observation")])
def test_every_claim_and_figure_has_its_source(seeded_api: Api, table: str, kind: str) -> None:
    """The line, the voice and every hop with its role; a number that nobody stated has no utterance as its source."""
    documents = seeded_of(seeded_api, table)
    made = expanded(file_of(JsonLd(), about_of(TABLES[table]), documents))[1:]
    for document, one in zip(documents, made, strict=True):
        assert one[full("attribution")] == [{"@value": document["attribution"]["text"]}]
        hops = one[full("qualifiedAttribution")]
        roles = [hop[full("hadRole")][0]["@id"].rpartition("#")[2] for hop in hops]
        assert roles == [hop["role"] for hop in document["attribution"]["chain"]]
        actors = [hop[full("agent")][0].get("@id") for hop in hops]
        known = [hop["actor"] and f"{RECORDED}actors/{hop['actor']['id']}" for hop in document["attribution"]["chain"]]
        assert actors == known
        derived = document.get("derived")
        assert (full("hadPrimarySource") in one) is (derived is None)
        taken_from = {link["@id"] for name in ("wasQuotedFrom", "wasDerivedFrom") for link in one.get(full(name), [])}
        inputs = {f"{RECORDED}figures/{other}" for other in (derived["inputs"] if derived else [])}
        assert taken_from == {f"{RECORDED}reports/{document['report']['id']}", *inputs}
    assert {one["@type"][0] for one in made} == {f"{context.PREFIXES['schema']}{kind}"}


def test_no_verdict_is_given(table: str, seeded: list[Any]) -> None:
    """Nothing is called a review of a claim."""
    assert b"ClaimReview" not in file_of(JsonLd(), about_of(TABLES[table]), seeded)
    assert b"ClaimReview" not in context.CONTENT


def test_the_words_of_a_speaker_are_told_from_those_of_the_report(seeded_api: Api) -> None:
    """Quoted when it was quoted, derived when it was told; the same claim is never both."""
    documents = seeded_of(seeded_api, "claims")
    made = graph("claims", documents)["@graph"][1:]
    for document, one in zip(documents, made, strict=True):
        quoted = document["attribution"]["form"] in ("direct_quote", "mixed_quote")
        assert ("wasQuotedFrom" in one, "wasDerivedFrom" in one) == (quoted, not quoted)
        assert ("Quotation" in one["hadPrimarySource"]["type"]) is quoted
    assert {"wasQuotedFrom" in one for one in made} == {True, False}


def test_every_stretch_of_text_is_a_resource_of_its_own(seeded_api: Api) -> None:
    """Selectors of one resource are ways to say the same place, so that a split quotation needs two resources."""
    documents = seeded_of(seeded_api, "claims")
    for document, one in zip(documents, graph("claims", documents)["@graph"][1:], strict=True):
        expected = [
            (at, number, part["start"], part["end"], part["sha256"], f"/v1/reports/{document['report']['id']}")
            for at, appearance in enumerate(document["appearances"], 1)
            for number, part in enumerate(appearance["segments"], 1)
        ]
        found = [
            (each["appearance"], each["segment"], where["start"], where["end"], each["sha256"], each["source"])
            for each in one["target"]
            for where in each["selector"]
            if where["type"] == "TextPositionSelector"
        ]
        assert found == expected


def test_decimals_keep_every_digit_and_dates_their_type(seeded_api: Api) -> None:
    """A number is an xsd:decimal, a day an xsd:date: no reader makes a float of them."""
    documents = seeded_of(seeded_api, "figures")
    made = expanded(file_of(JsonLd(), about_of(TABLES["figures"]), documents))[1:]
    for document, one in zip(documents, made, strict=True):
        for name in ("value", "lower", "upper"):
            found = one.get(full(name), [None])[0]
            assert (found is None) is (document[name] is None)
            if found is not None:
                assert found["@type"] == context.PREFIXES["xsd"] + "decimal"
                assert float(found["@value"]) == document[name]


def test_a_period_is_no_day_unless_it_is_one_certain_day(seeded_api: Api) -> None:
    """`observationDate` is never more certain than the record."""
    documents = seeded_of(seeded_api, "figures")
    for document, one in zip(documents, graph("figures", documents)["@graph"][1:], strict=True):
        period = document["reference_period"]
        certain = period is not None and len(period["edtf"]) == 10 and period["edtf"][4::3] == "--"
        assert ("observationDate" in one) is certain


def test_it_frames_into_trees(seeded_api: Api) -> None:
    """Whoever asks for claims gets them with their chains inside, by any JSON-LD processor."""
    documents = seeded_of(seeded_api, "claims")[:5]
    frame = {"@context": json.loads(context.CONTENT)["@context"], "type": "Claim", "identifier": {}}
    options = {"base": f"{BASE}/v1/exports/x.jsonld", "documentLoader": loader, "omitGraph": False}
    sent = json.loads(file_of(JsonLd(), about_of(TABLES["claims"]), documents))
    found = {one["identifier"]: one for one in jsonld.frame(sent, frame, options)["@graph"]}
    assert set(found) == {one["id"] for one in documents}
    for document in documents:
        hops = found[document["id"]]["qualifiedAttribution"]
        labels = sorted(hop["label"] for hop in hops if "label" in hop)
        assert labels == sorted(hop["label"] for hop in document["attribution"]["chain"] if hop["label"])


# --- what is no record -----------------------------------------------------------------------------------------------


def test_the_first_node_is_the_file_itself() -> None:
    """Which state it shows, under what terms; also when there is nothing in it."""
    made = graph("claims", [])
    (one,) = made["@graph"]
    assert made["@context"] == "/v1/context.jsonld"
    assert (one["id"], one["type"], one["export_seq"]) == ("/v1/exports/claims.x", "Dataset", 214)


def test_what_was_retracted_is_a_node_without_facts() -> None:
    """That it was, when and why; of what is gone nothing but that."""
    table, at = TABLES["claims"], "2026-11-22T08:00:00.000000Z"
    rows = [
        table.tombstone({"id": "clm_a", "status": "retracted", "retracted_at": at, "retracted_cause": "our_error"}),
        table.tombstone({"id": "clm_b", "status": "gone"}),
    ]
    _, first, second = graph("claims", [], tombstones=True, retracted=rows)["@graph"]
    base = {"type": "Entity"}
    assert first == {
        **base, "id": "/v1/claims/clm_a", "identifier": "clm_a", "status": "retracted",
        "invalidatedAtTime": at, "retracted_cause": "our_error",
    }  # fmt: skip
    assert second == {**base, "id": "/v1/claims/clm_b", "identifier": "clm_b", "status": "gone"}


def test_a_code_has_an_iri_whatever_is_in_it() -> None:
    """Braces and percent signs of units are spelled as IRIs need them."""
    assert concept("unit", "{person}") == "/v1/vocabularies/unit#%7Bperson%7D"
    assert concept("unit", "%") == "/v1/vocabularies/unit#%25"


def test_it_is_sent_in_pieces(seeded_api: Api) -> None:
    """However many nodes there are, a piece stays small."""
    body = json.dumps(seeded_of(seeded_api, "claims")[0]).encode()
    pieces = list(JsonLd().present(about_of(TABLES["claims"]), iter([body] * 200), lambda _: None))
    assert len(pieces) > 5
    assert max(map(len, pieces)) < 90_000
    assert len(json.loads(b"".join(pieces))["@graph"]) == 201
