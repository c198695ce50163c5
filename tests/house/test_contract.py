"""The contract promises: operations keep their names, everything public is described, everything possible declared."""

import json
from collections.abc import Iterator
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from app.kit.schema import View
from app.serving.problems import ProblemView
from app.web import assembly
from tests.support.api import Api
from tests.support.routes import (
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

# Names in other people's generated clients: one may be added, none renamed or taken away.
OPERATIONS = {
    "actors": ["get_actor", "list_actors"],
    "claims": ["get_claim", "list_claims", "list_claims_of_actor", "list_claims_of_report"],
    "compare": ["compare", "compare_claims"],
    "crises": ["get_crisis", "get_crisis_overview", "list_crises"],
    "figures": ["get_figure", "list_figures", "list_figures_of_claim", "list_figures_of_report"],
    "places": ["get_place", "list_places"],
    "relations": ["get_relation", "list_relations"],
    "reports": ["get_report", "list_reports"],
    "search": ["search"],
    "service": ["get_health", "get_metrics", "get_openapi", "get_problem", "get_readiness", "get_service"],
    "vocabularies": ["get_vocabulary", "list_vocabularies"],
}
# The document about the others is not in itself.
UNDOCUMENTED = {"get_openapi"}
DOCUMENT: dict[str, Any] = assembly.openapi_document(application())
DOCUMENTED = {operation["operationId"]: operation for path in DOCUMENT["paths"].values() for operation in path.values()}
# May be left out: it stands in one kind of problem only.
OPTIONAL = {(ProblemView, "retracted")}


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


def provoked(api: Api, name: str) -> Iterator[int]:
    """Yield every status that an anonymous caller can get from a route with a database that is there."""
    path = path_of(api, name)
    whole = api.get(path)
    yield whole.status_code
    yield api.get(asking(path, "no-such-name=1")).status_code
    yield api.get(path, accept="text/html").status_code
    yield api.get(path, if_none_match=whole.headers.get("etag", '"none"')).status_code
    if name in TEMPLATED:
        yield api.get(path_with(name, "no-such-record")).status_code


@pytest.mark.parametrize("name", sorted(DOCUMENTED))
def test_the_anonymous_caller_is_answered_as_declared(seeded_api: Api, name: str) -> None:
    """No status comes that the documentation does not list."""
    declared = {int(status) for status in DOCUMENTED[name]["responses"]}
    assert set(provoked(seeded_api, name)) <= declared
    assert 200 in declared
    assert (503 in declared) is (name in RECORDS or name == "get_readiness")
    assert (410 in declared) is (name in RECORDS and name in TEMPLATED)


@pytest.mark.parametrize("name", sorted(DOCUMENTED))
def test_every_header_of_a_record_is_declared(seeded_api: Api, name: str) -> None:
    """Whoever generates types gets the validators, too; what every HTTP answer has need not be said."""
    if name in RECORDS:
        everywhere = {"content-type", "content-length", "access-control-allow-origin", "x-content-type-options"}
        sent = set(seeded_api.get(path_of(seeded_api, name)).headers) - everywhere
        declared = DOCUMENTED[name]["responses"]["200"]["headers"]
        assert sent - {one.lower() for one in declared} == {"access-control-expose-headers"}
        assert all(one["description"] for one in declared.values())


@pytest.mark.parametrize("name", sorted(DOCUMENTED))
def test_every_error_is_declared_as_the_one_problem(name: str) -> None:
    """A generated client reads all errors as one type."""
    for status, answer in DOCUMENTED[name]["responses"].items():
        assert answer["description"]
        if int(status) >= 400:
            schema = answer["content"]["application/problem+json"]["schema"]
            assert schema == {"$ref": "#/components/schemas/ProblemView"}


def test_every_reference_in_the_document_leads_somewhere() -> None:
    """The document is whole: no tool stumbles over a schema that is not there."""
    text = json.dumps(DOCUMENT)
    wanted = {piece.partition('"')[0] for piece in text.split('"$ref": "#/components/schemas/')[1:]}
    assert wanted <= set(DOCUMENT["components"]["schemas"])
    assert "HTTPValidationError" not in text


def test_the_document_is_what_the_service_hands_out(seeded_api: Api) -> None:
    """One document, the same each time it is built."""
    assert json.loads(seeded_api.get("/openapi.json").content) == json.loads(json.dumps(DOCUMENT))


def test_the_exclusions_are_routes() -> None:
    """An exclusion of nothing hides a mistake."""
    assert set(NAMES) >= UNDOCUMENTED | WITHOUT_ENVELOPE
