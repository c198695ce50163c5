"""The document promises: every example in it is what a service with the seed really answers, and fits its schema."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import jsonschema_rs
import pytest

from app.kit import ids
from app.serving.envelope import REFUSALS
from app.serving.problems import KINDS
from tests.support import examples
from tests.support.api import Api
from tests.support.chains import faults
from tests.support.databases import Databases
from tests.support.documents import DOCUMENT, DOCUMENTED, followed
from tests.support.routes import ASKED, FILES, ROUTES

EXAMPLES: dict[str, Any] = examples.committed()
ANSWERS = EXAMPLES["answers"]
# A cursor is bound to the list that gave it out: there is none that fits any list.
BOUND = {"cursor"}
# What a parameter cannot be without, since it is a part of the same question.
TOGETHER = {"value_match": "value_min=1"}


def valid(schema: dict[str, Any], value: Any) -> bool:
    """Whether a value is what a schema of the document says."""
    whole = {**schema, "components": DOCUMENT["components"]}
    return bool(jsonschema_rs.Draft202012Validator(whole).is_valid(value))


def contents() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every answer's content in the document, by operation and status, but files: those are not read there."""
    for name, operation in DOCUMENTED.items():
        for status, answer in operation["responses"].items():
            for content in followed(answer).get("content", {}).values():
                if name not in FILES or status != "200":
                    yield f"{name} {status}", content


def test_every_example_is_what_the_service_says(databases: Databases) -> None:
    """Made anew on this database, with the clock standing still: equal, to the last digit of an instant."""
    url, away = databases.migrated("examples"), databases.empty("examples_away")
    made = examples.made(url, away.replace("examples_away", "examples_never_made"))
    assert made == EXAMPLES, "run scripts/openapi"


def test_every_answer_has_an_example() -> None:
    """Each operation has one of its 200, each shared problem one of each of its kinds; nothing is left over."""
    assert set(ANSWERS) == set(DOCUMENTED) - FILES == set(examples.REQUESTS)
    assert all(content["examples"] for _, content in contents())
    assert set(EXAMPLES["problems"]) == {code for code, kind in KINDS.items() if kind.status in REFUSALS}
    shown = {code for _, content in contents() for code in content["examples"]}
    assert shown == {"seed", *EXAMPLES["problems"]}


@pytest.mark.parametrize("name", sorted(ANSWERS))
def test_every_example_fits_its_schema(name: str) -> None:
    """Two judges: the document's schema, and the model that the route declares."""
    (content,) = DOCUMENTED[name]["responses"]["200"]["content"].values()
    answer = content["examples"]["seed"]["value"]
    assert answer == ANSWERS[name]["answer"]
    assert valid(content["schema"], answer)
    if name != "get_metrics":
        model: Any = ROUTES[name].response_model
        model.model_validate_json(json.dumps(answer), strict=True)


def test_every_problem_fits_the_one_schema() -> None:
    """Beside each status stand only problems of it."""
    for where, content in contents():
        for code, example in content["examples"].items():
            assert valid(content["schema"], example["value"]), where
            if code != "seed":
                assert str(example["value"]["status"]) == where.rpartition(" ")[2]
    assert not valid({"$ref": "#/components/schemas/Problem"}, {"type": "about:blank"})


def test_no_example_shows_a_claim_without_its_source() -> None:
    """Cutting a list never cuts a chain: each begins with who said it and holds the publisher."""
    chains = list(chains_in(ANSWERS))
    assert len(chains) >= 20
    for chain in chains:
        roles = [hop["role"] for hop in chain]
        assert roles[0] == "originator"
        assert roles.count("publisher") == 1
    assert faults(ANSWERS) == []


def chains_in(value: Any) -> Iterator[list[dict[str, Any]]]:
    """Yield every chain inside a value."""
    if isinstance(value, dict):
        # A revision has a chain too: the ledger's, which is a digest.
        if isinstance(value.get("chain"), list):
            yield value["chain"]
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from chains_in(one)


def parameters() -> list[tuple[str, str]]:
    """Return every parameter of a query, with the operation that takes it."""
    found = ((name, one) for name, operation in DOCUMENTED.items() for one in operation.get("parameters", []))
    return [(name, one["name"]) for name, one in found if one["in"] == "query" and one["name"] not in BOUND]


def parameter(name: str, wanted: str) -> dict[str, Any]:
    """Return one parameter of an operation."""
    return next(one for one in DOCUMENTED[name]["parameters"] if one["name"] == wanted)


def path_of(name: str) -> str:
    """Return the path of an operation with the examples of its path's parameters in it."""
    path = ROUTES[name].path
    for one in DOCUMENTED[name].get("parameters", []):
        path = path.replace(f"{{{one['name']}}}", str(one.get("example")))
    return path


@pytest.mark.parametrize("name", sorted(DOCUMENTED))
def test_what_tools_fill_in_answers(seeded_api: Api, name: str) -> None:
    """Whoever presses the button without writing anything gets an answer, since what must be given has an example."""
    required = [one for one in DOCUMENTED[name].get("parameters", []) if one["required"] and one["in"] == "query"]
    query = "&".join(f"{one['name']}={quote(str(one['example']))}" for one in required)
    if name in ASKED and not query:
        # One of several must be given, which no schema can say: the example's own request gives it.
        query = ANSWERS[name]["request"].partition("?")[2]
    assert seeded_api.get(f"{path_of(name)}?{query}").status_code == 200
    optional = [one for one in DOCUMENTED[name].get("parameters", []) if not one["required"]]
    assert [one["name"] for one in optional if {"example", "examples"} & one.keys()] == []


def test_every_example_of_a_parameter_is_taken(seeded_api: Api) -> None:
    """Each alone on its operation: the codes, names and dates in the document are real ones."""
    refused = []
    for name, wanted in parameters():
        one = parameter(name, wanted)
        value = one.get("example", *one["schema"].get("examples", [])[:1])
        text = (
            ",".join(value) if isinstance(value, list) else json.dumps(value) if isinstance(value, bool) else str(value)
        )
        beside = [TOGETHER.get(wanted, "")] + ([ASKED[name]] if name in ASKED else [])
        more = [pair for one in beside for pair in one.split("&") if pair and not pair.startswith(f"{wanted}=")]
        query = "&".join({pair.partition("=")[0]: pair for pair in [*more, f"{wanted}={quote(text)}"]}.values())
        answer = seeded_api.get(f"{path_of(name)}?{query}")
        if answer.status_code != 200:
            refused.append((name, query, answer.json()["detail"]))
    assert len(parameters()) > 150
    assert refused == []


def fields() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every field of every schema, under its name."""
    for name, schema in DOCUMENT["components"]["schemas"].items():
        for field, stated in schema.get("properties", {}).items():
            yield f"{name}.{field}", stated


def test_every_field_that_is_open_has_an_example() -> None:
    """A reader sees what a text or a number looks like; closed lists and other schemas speak for themselves."""
    without = []
    for name, stated in fields():
        alternatives = [
            one for one in stated.get("anyOf", [stated]) if one.get("type") in ("string", "integer", "number")
        ]
        if any(not one.keys() & {"enum", "const"} for one in alternatives) and not stated.get("examples"):
            without.append(name)
    assert without == []
    assert sum(1 for _ in fields()) > 300


def test_ids_in_examples_are_of_their_own_noun() -> None:
    """A field's example comes from the same kind of record."""
    schemas = DOCUMENT["components"]["schemas"]
    for noun, prefix in ids.PREFIXES.items():
        (example,) = schemas[noun.capitalize()]["properties"]["id"]["examples"][:1]
        assert example.startswith(prefix), noun
