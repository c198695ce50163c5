"""Every kind of answer in which a locator may stand, and what a reader is given there."""

import json
from typing import Any
from urllib.parse import quote

from tests.support.api import Api
from tests.support.articles import Annotated

Answers = dict[str, Any]


def records(one: Annotated) -> list[str]:
    """Return the path of every record of a report."""
    claims, figures = (sorted(found) for found in (one.claims, one.figures))
    nouns = {"reports": [one.report], "claims": claims, "figures": figures}
    return [f"/v1/{plural}/{record}" for plural, found in nouns.items() for record in found]


def lists(one: Annotated) -> list[str]:
    """Return paths of every kind of list, and of every answer that is made of records."""
    world = one.world
    return [
        "/v1/reports",
        f"/v1/claims?report={one.report}&facets=theme&count=exact",
        "/v1/claims?sort=report_order&report=" + one.report,
        "/v1/figures?limit=2",
        f"/v1/reports/{one.report}/claims",
        f"/v1/reports/{one.report}/figures",
        f"/v1/claims/{one.claims[1]}/figures",
        f"/v1/actors/{world.speaker}/claims",
        f"/v1/compare?measure=people_besieged&place={world.town}",
        f"/v1/compare/claims?crisis={world.crisis}",
        f"/v1/crises/{world.crisis}/overview",
        "/v1/search?q=something%20happened",
        "/v1/relations",
    ]


def found(word: str) -> str:
    """Return the path of a search."""
    return f"/v1/search?q={quote(word)}"


def read(api: Api, paths: list[str]) -> Answers:
    """Return the answer of every path, without its date."""
    answers = {}
    for path in paths:
        answer = api.get(path)
        assert answer.status_code == 200, (path, answer.text)
        answers[path] = json.loads(answer.content)
    return answers


def raw(api: Api, paths: list[str]) -> dict[str, bytes]:
    """Return the bytes of the answer of every path."""
    return {path: api.get(path).content for path in paths}


def tags(api: Api, paths: list[str]) -> dict[str, str]:
    """Return the validator of every answer."""
    return {path: api.get(path).headers["etag"] for path in paths}
