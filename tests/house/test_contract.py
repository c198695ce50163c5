"""The contract promises: operations keep their names, everything public is described, everything possible declared."""

import json
import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Any, get_args

import httpx
import pytest
from pydantic import BaseModel

from app.claims.words import AttributionForm, ClaimKind, HopRole, Identification, Medium, Quantifier
from app.exports.tables import TABLES
from app.kit import ids
from app.kit.schema import View
from app.record.lifecycle import Status
from app.reports.words import Sensitivity
from app.search.listing import NOUNS
from app.serving.problems import ProblemView
from tests.support.api import Api, serving
from tests.support.databases import Databases
from tests.support.documents import DOCUMENT, DOCUMENTED, followed
from tests.support.routes import (
    FILES,
    NAMES,
    RECORDS,
    ROUTES,
    TEMPLATED,
    WITHOUT_ENVELOPE,
    application,
    asking,
    path_of,
    path_with,
)
from tests.support.world import World

# Names in other people's generated clients: one may be added, none renamed or taken away.
OPERATIONS = {
    "actors": ["get_actor", "list_actors"],
    "changes": ["get_ledger_head", "list_changes"],
    "claims": ["get_claim", "list_claims", "list_claims_of_actor", "list_claims_of_report"],
    "compare": ["compare", "compare_claims"],
    "crises": ["get_crisis", "get_crisis_overview", "list_crises"],
    "exports": [
        *(f"export_{table}" for table in sorted(TABLES)),
        "get_catalogue",
        "get_context",
        "get_datapackage",
    ],
    "figures": ["get_figure", "list_figures", "list_figures_of_claim", "list_figures_of_report"],
    "history": [
        *(f"get_revision_of_{noun}" for noun in sorted(ids.PREFIXES)),
        *(f"list_revisions_of_{noun}" for noun in sorted(ids.PREFIXES)),
    ],
    "places": ["get_place", "list_places"],
    "relations": ["get_relation", "list_relations"],
    "reports": ["get_report", "list_reports"],
    "search": ["search"],
    "service": [
        "get_docs",
        "get_docs_asset",
        "get_health",
        "get_metrics",
        "get_openapi",
        "get_problem",
        "get_readiness",
        "get_service",
    ],
    "vocabularies": ["get_vocabulary", "list_vocabularies"],
}
# The document about the others is not in itself, nor is the page for people that shows it.
UNDOCUMENTED = {"get_openapi", "get_docs", "get_docs_asset"}
# What any server of HTTP sends, and what says that every page may read every answer.
BESIDE = {"content-type", "content-length", "x-content-type-options"}
BESIDE |= {"access-control-allow-origin", "access-control-expose-headers"}
# May be left out: it stands in one kind of problem only.
OPTIONAL = {(ProblemView, "retracted"), (ProblemView, "forked")}


def models(annotation: Any) -> Iterator[type[BaseModel]]:
    """Yield every model inside an annotation."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from models(inner)


def public_models() -> list[type[BaseModel]]:
    """Return every model that an answer is made of, the deepest too."""
    waiting = [one for route in ROUTES.values() for one in models(route.response_model)] + [ProblemView]
    seen: dict[type[BaseModel], None] = {}
    while waiting:
        model = waiting.pop()
        if model not in seen:
            seen[model] = None
            waiting += [one for field in model.model_fields.values() for one in models(field.annotation)]
    return sorted(seen, key=lambda one: one.__name__)


MODELS = public_models()


def test_operations_are_unique_and_none_is_gone() -> None:
    """A client generated last year still compiles; a new operation is listed here, and then never taken away."""
    assert len(application().routes) == len(ROUTES)
    by_tag: dict[str, list[str]] = {}
    for name in NAMES:
        by_tag.setdefault(str(ROUTES[name].tags[0]), []).append(name)
    assert by_tag == OPERATIONS


def test_every_route_is_documented_once() -> None:
    """What is served is described, and what is described is served."""
    assert set(DOCUMENTED) == set(ROUTES) - UNDOCUMENTED
    assert DOCUMENT["openapi"].startswith("3.1")


@pytest.mark.parametrize("name", sorted(DOCUMENTED))
def test_every_operation_says_what_it_does_and_takes(name: str) -> None:
    """Summary, description, a room to find it in, and for each parameter a description and an example."""
    operation = DOCUMENTED[name]
    assert operation["summary"]
    assert operation["description"].endswith(".")
    assert operation["tags"]
    for parameter in operation.get("parameters", []):
        stated = {**parameter["schema"], **parameter}
        assert len(parameter.get("description", "")) > 10, parameter["name"]
        assert {"example", "examples", "default"} & set(stated), parameter["name"]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: str(model.__name__))
def test_every_public_field_is_described_and_stated(model: type[BaseModel]) -> None:
    """A reader finds the meaning of every field; none is ever left out, and none unknown comes in."""
    assert issubclass(model, View)
    assert model.model_config.get("extra") == "forbid"
    fields = model.model_fields.items()
    assert [name for name, field in fields if len(field.description or "") < 3] == []
    assert [name for name, field in fields if not field.is_required() and (model, name) not in OPTIONAL] == []


def test_the_models_reach_every_noun() -> None:
    """A walk that stops early checks nothing."""
    assert {"ClaimView", "HopView", "NormalisedView", "RetractionView"} <= {model.__name__ for model in MODELS}
    assert len(MODELS) > 40


def provoked(api: Api, name: str) -> Iterator[httpx.Response]:
    """Yield the answers that an anonymous caller can get from a route with a database that is there."""
    path = path_of(api, name)
    whole = api.get(path)
    yield whole
    yield api.get(asking(path, "no-such-name=1"))
    yield api.get(path, accept="text/html")
    yield api.get(path, if_none_match=whole.headers.get("etag", '"none"'))
    if name in TEMPLATED:
        yield api.get(path_with(name, "no-such-record"))


def assert_declared(name: str, answer: httpx.Response) -> None:
    """Hold an answer's headers and media type against what the document says of its status: neither more nor less."""
    declared = followed(DOCUMENTED[name]["responses"][str(answer.status_code)])
    assert {header.lower() for header in declared["headers"]} == set(answer.headers) - BESIDE, answer.status_code
    media = answer.headers.get("content-type")
    assert (media.partition(";")[0] if media else None) == next(iter(declared.get("content", {})), None)


@pytest.mark.parametrize("name", sorted(DOCUMENTED))
def test_the_anonymous_caller_is_answered_as_declared(seeded_api: Api, name: str) -> None:
    """No status, media type or header comes that the documentation does not list, and every one that it lists comes."""
    for answer in provoked(seeded_api, name):
        assert_declared(name, answer)
    declared = {int(status) for status in DOCUMENTED[name]["responses"]}
    assert 200 in declared
    assert (304 in declared) is (name in RECORDS)
    assert (503 in declared) is (name in RECORDS or name == "get_readiness")
    assert (410 in declared) is (name in RECORDS and name in TEMPLATED and name not in FILES)


# A history goes on being answered, and tells why (tests/history).
BEHIND = [name for name in TEMPLATED if "{report}" in ROUTES[name].path and "history" not in ROUTES[name].tags]


@pytest.mark.parametrize("name", sorted(BEHIND))
def test_what_is_retracted_is_answered_as_declared(world: World, api: Api, name: str) -> None:
    """The problem, its headers and nothing else."""
    world.retract(world.report)
    answer = api.get(path_with(name, world.report))
    assert answer.status_code == 410
    assert_declared(name, answer)


def test_a_database_that_is_away_is_answered_as_declared(databases: Databases) -> None:
    """Also when nothing can be read the document is right; Retry-After is promised, and sent."""
    url = databases.empty("contract_away").replace("contract_away", "contract_never_made")
    with serving(url) as api:
        pool = getattr(api.app.state.reader, "_pool", None)
        if pool is not None:
            pool.timeout = 0.05
        for name in sorted({*RECORDS, "get_readiness"}):
            answer = api.get(path_with(name, "bcdf", lawful=("format", "version")))
            assert answer.status_code == 503
            assert_declared(name, answer)


def test_every_header_is_described_and_promised() -> None:
    """Whoever generates types gets them without a question mark: each is sent wherever it is listed."""
    headers = DOCUMENT["components"]["headers"].values()
    assert all(one["description"].endswith(".") and one["required"] and one["example"] for one in headers)
    listed = [one for operation in DOCUMENTED.values() for one in operation["responses"].values()]
    assert all(set(header) == {"$ref"} for one in listed for header in followed(one)["headers"].values())


@pytest.mark.parametrize("name", sorted(DOCUMENTED))
def test_every_error_is_declared_as_the_one_problem(name: str) -> None:
    """A generated client reads all errors as one type."""
    for status, stated in DOCUMENTED[name]["responses"].items():
        answer = followed(stated)
        assert answer["description"].endswith(".")
        if int(status) >= 400:
            schema = answer["content"]["application/problem+json"]["schema"]
            assert schema == {"$ref": "#/components/schemas/Problem"}


def test_every_reference_in_the_document_leads_somewhere() -> None:
    """The document is whole: no tool stumbles over a schema that is not there."""
    text = json.dumps(DOCUMENT)
    wanted = {piece.partition('"')[0] for piece in text.split('"$ref": "')[1:]}
    assert len(wanted) > 100
    assert all(followed({"$ref": one}) for one in wanted)
    named = {f"#/components/{kind}/{name}" for kind, named in DOCUMENT["components"].items() for name in named}
    assert named == wanted, "a component that nobody refers to, or the other way round"


def test_no_name_in_the_document_is_ours_alone() -> None:
    """Generated types are called as people speak; no title makes a generator invent another name."""
    names = set(DOCUMENT["components"]["schemas"])
    assert [name for name in names if not re.fullmatch("[A-Z][A-Za-z]+", name) or name.endswith("View")] == []
    schemas = DOCUMENT["components"]["schemas"].values()
    assert [one for one in schemas if "title" in one or not one["description"].endswith((".", "…"))] == []
    assert [one for one in schemas if one.get("additionalProperties") is False] == [], (
        "readers skip what they do not know"
    )


def test_closed_lists_are_closed_in_the_document_too() -> None:
    """A front end can name every code of a closed list, and is told by its compiler which it forgot."""
    schemas = DOCUMENT["components"]["schemas"]
    closed: dict[str, type[StrEnum]] = {
        "Quantifier": Quantifier,
        "HopRole": HopRole,
        "ClaimKind": ClaimKind,
        "AttributionForm": AttributionForm,
        "Identification": Identification,
        "HopMedium": Medium,
        "Sensitivity": Sensitivity,
        "RecordStatus": Status,
    }
    assert {name: schemas[name]["enum"] for name in closed} == {name: [*words] for name, words in closed.items()}
    claims = {one["name"]: one["schema"] for one in DOCUMENTED["list_claims"]["parameters"]}
    assert claims["form"]["items"]["enum"] == [*AttributionForm]
    assert "enum" not in claims["theme"]["items"], "themes are added to, so that no type may close them"


def test_nouns_can_be_told_apart_by_their_type() -> None:
    """A compiler knows what a hit of a search is, once its `type` was looked at."""
    schemas = DOCUMENT["components"]["schemas"]
    hits = [followed(one) for one in schemas["SearchHit"]["properties"]["record"]["anyOf"]]
    assert sorted(one["properties"]["type"]["const"] for one in hits) == sorted(NOUNS)


def test_the_document_is_what_the_service_hands_out(seeded_api: Api) -> None:
    """One document, the same each time it is built."""
    assert json.loads(seeded_api.get("/openapi.json").content) == json.loads(json.dumps(DOCUMENT))


def test_the_exclusions_are_routes() -> None:
    """An exclusion of nothing hides a mistake."""
    assert set(NAMES) >= UNDOCUMENTED | WITHOUT_ENVELOPE
