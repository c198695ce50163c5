"""A list is asked over HTTP, whole or page by page, and its answer held against the oracle's."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import orjson

from app.kit.ids import PLURALS, type_of
from tests.finding.oracle import Oracle
from tests.finding.properties import Document, Records
from tests.finding.worlds import Told
from tests.support.api import Api
from tests.support.routes import problem_of

Answer = dict[str, Any]
WHOLE = 1000


def path(noun: str, given: Mapping[str, object]) -> str:
    """Return the path of a list with its parameters."""
    return f"/v1/{PLURALS[noun]}?{urlencode(given)}"


def answer(api: Api, where: str) -> Answer:
    """Return the envelope of a 200."""
    response = api.get(where)
    assert response.status_code == 200, f"{where}: {response.text}"
    found: Answer = orjson.loads(response.content)
    return found


def ids_of(documents: list[Document]) -> list[str]:
    """Return the ids of documents."""
    return [one["id"] for one in documents]


def problem(api: Api, noun: str, given: Mapping[str, object]) -> Answer:
    """Return the problem of a request that is refused."""
    response = api.get(path(noun, given))
    assert response.status_code == 400, f"{given}: {response.text[:200]}"
    return problem_of(response)


def faults(api: Api, noun: str, given: Mapping[str, object]) -> dict[str, str]:
    """Return what a refusal says of each parameter."""
    return {one["parameter"]: one["detail"] for one in problem(api, noun, given)["errors"]}


def walked(api: Api, noun: str, given: Mapping[str, object], limit: int) -> list[Document]:
    """Return a list read page by page; each page but the last is full."""
    found: list[Document] = []
    following: str | None = path(noun, {**given, "limit": limit})
    while following is not None:
        page = answer(api, following)
        following = page["links"]["next"]
        assert page["meta"]["limit"] == limit
        assert len(page["data"]) == limit or (following is None and len(page["data"]) < limit)
        found += page["data"]
    return found


def assert_answers(api: Api, oracle: Oracle, noun: str, given: Mapping[str, str], limit: int = WHOLE) -> list[Document]:
    """Check that a list has exactly the oracle's records, whole and in its order; return them."""
    expected = oracle.found(noun, given)
    found = walked(api, noun, given, limit)
    assert ids_of(found) == ids_of(expected), f"{path(noun, given)} by {limit}"
    assert found == expected
    return expected


def oracle_of(api: Api, told: Told) -> Oracle:
    """Return the oracle of every document that the API serves by id."""
    documents = []
    for one in told.ids:
        response = api.get(f"/v1/{PLURALS[type_of(one)]}/{one}")
        assert response.status_code in (200, 410)
        if response.status_code == 200:
            documents.append(orjson.loads(response.content)["data"])
    return Oracle(Records(documents))
