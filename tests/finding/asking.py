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


def assert_answers(api: Api, oracle: Oracle, noun: str, given: Mapping[str, str], limit: int = WHOLE) -> list[Document]:
    """Check that a list is exactly the oracle's, in its order, page by page and to the byte; return its records."""
    expected = oracle.found(noun, given)
    following: str | None = path(noun, {**given, "limit": limit})
    for start in range(0, max(len(expected), 1), limit):
        assert following is not None, f"{path(noun, given)} by {limit}: ends after {start} of {len(expected)}"
        response = api.get(following)
        assert response.status_code == 200, f"{following}: {response.text[:300]}"
        data, _, rest = response.content.rpartition(b',"links":{')
        page = expected[start : start + limit]
        if data != b'{"data":[%b]' % b",".join(oracle.on.spelled[one["id"]] for one in page):
            found = orjson.loads(response.content)["data"]
            assert ids_of(found) == ids_of(page), f"{path(noun, given)} by {limit} from {start}"
            assert found == page
            raise AssertionError(f"{following}: the same documents in other bytes")
        following = orjson.loads(b'{"links":{' + rest)["links"]["next"]
    assert following is None, f"{path(noun, given)} by {limit}: goes on after {len(expected)}"
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
