"""The contract promises: what others built on it goes on working; whoever would break it is told before it lands."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.house.contract_changes import JUDGED, SAID, breaking
from tests.house.contract_mutations import ADDING, BREAKING, JSON, changed, parameters, schemas
from tests.support.documents import DOCUMENT

TEXT = json.dumps(DOCUMENT)


def copy() -> JSON:
    """Return a document of one's own to change."""
    made: JSON = json.loads(TEXT)
    return made


wheres = st.integers(min_value=0, max_value=10**6)


@given(name=st.sampled_from(sorted(BREAKING)), where=wheres)
def test_whatever_breaks_is_found_wherever_it_is(name: str, where: int) -> None:
    """A path, parameter, answer, field, type or code that changes under somebody's feet never lands unseen."""
    assert breaking(DOCUMENT, changed(copy(), BREAKING[name], where)) != [], name


@given(name=st.sampled_from(sorted(ADDING)), where=wheres)
def test_whatever_only_adds_passes_wherever_it_is(name: str, where: int) -> None:
    """The contract can grow: a check that cries at every change is switched off."""
    assert breaking(DOCUMENT, changed(copy(), ADDING[name], where)) == [], name


@given(
    adding=st.lists(st.tuples(st.sampled_from(sorted(ADDING)), wheres), max_size=4, unique_by=lambda one: one[0]),
    name=st.sampled_from(sorted(BREAKING)),
    where=wheres,
)
def test_what_breaks_is_not_hidden_by_what_is_added(adding: list[tuple[str, int]], name: str, where: int) -> None:
    """A change is judged for itself, whatever comes with it."""
    new = copy()
    for more, place in adding:
        if more in ("a path", "a method"):
            continue
        new = changed(new, ADDING[more], place)
    old = json.loads(json.dumps(new))
    assert breaking(old, changed(new, BREAKING[name], where)) != [], (adding, name)


@pytest.mark.parametrize("name", sorted(BREAKING))
def test_each_kind_of_break_is_found_at_once_and_again(name: str) -> None:
    """Every kind is tried in every run, not only those that chance picks."""
    for where in (0, 7, 1234):
        assert breaking(DOCUMENT, changed(copy(), BREAKING[name], where)) != []


@pytest.mark.parametrize("name", sorted(ADDING))
def test_each_kind_of_addition_passes_and_could_not_be_taken_back(name: str) -> None:
    """What was added is promised from then on; only what was said to people may be unsaid."""
    new = changed(copy(), ADDING[name], 3)
    assert breaking(DOCUMENT, new) == []
    spoken = {"a better description", "a better summary", "a deprecation"}
    assert (breaking(new, DOCUMENT) == []) is (name in spoken)


def test_a_document_breaks_nothing_of_itself() -> None:
    """Nothing changed, nothing is said."""
    assert breaking(DOCUMENT, copy()) == []


def test_a_break_is_named_once_and_where_it_is() -> None:
    """Who broke it finds the place, also when forty operations share the schema."""
    new = copy()
    del new["components"]["schemas"]["Attribution"]["properties"]["short"]
    new["components"]["schemas"]["HopRole"]["enum"][0] = "speaker"
    assert sorted(breaking(DOCUMENT, new)) == ["Attribution.short: gone", "HopRole: code originator gone"]


def every_keyword(value: Any) -> Iterator[str]:
    """Yield every keyword of the schemas in a part of a document."""
    for schema in [*schemas(value), *(one["schema"] for one in parameters(value))]:
        yield from schema


def test_no_schema_says_what_is_not_judged() -> None:
    """A keyword that the comparison does not understand would be compared as a whole, which is too strict to last."""
    assert set(every_keyword(DOCUMENT)) <= {*JUDGED, *SAID, "$ref", "anyOf"}


# Nothing is written over HTTP yet; when it is, its bodies are judged as well.
WRITING: JSON = {
    "type": "object",
    "properties": {"name": {"type": "string"}, "notes": {"type": "array", "items": {"type": "string"}}},
    "required": ["name"],
}


def writing(schema: JSON, required: bool = False, media: str = "application/json") -> JSON:
    """Return a small document with an operation that takes a body."""
    body = {"required": required, "content": {media: {"schema": schema}}}
    return {"paths": {"/v1/new": {"post": {"operationId": "write", "requestBody": body, "responses": {}}}}}


@pytest.mark.parametrize(
    ("new", "broken"),
    [
        (writing(WRITING), []),
        (writing({**WRITING, "required": []}), []),
        (writing({**WRITING, "properties": {**WRITING["properties"], "more": {"type": "string"}}}), []),
        (writing(WRITING, required=True), ["POST /v1/new body: required now"]),
        (writing(WRITING, media="text/csv"), ["POST /v1/new body application/json: gone"]),
        (
            writing({**WRITING, "required": ["name", "notes"]}),
            ["POST /v1/new body application/json.notes: required now"],
        ),
        (
            writing({**WRITING, "properties": {"name": {"type": "string"}}}),
            ["POST /v1/new body application/json.notes: gone"],
        ),
        (
            writing({**WRITING, "additionalProperties": False}),
            ["POST /v1/new body application/json.*: additionalProperties was True, is False"],
        ),
        (
            writing({**WRITING, "properties": {**WRITING["properties"], "notes": {"type": "array", "items": {}}}}),
            [],
        ),
        (
            writing({**WRITING, "properties": {"name": {"type": "string", "maxLength": 9}, "notes": {}}}),
            ["POST /v1/new body application/json.name: maxLength None against 9"],
        ),
    ],
)
def test_what_a_writer_sends_is_still_taken(new: JSON, broken: list[str]) -> None:
    """The other direction: a body that was lawful stays lawful; what it may leave out, it may still leave out."""
    assert breaking(writing(WRITING), new) == broken
