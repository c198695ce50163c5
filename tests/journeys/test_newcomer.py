"""A newcomer's journey: from an empty database to the source of a claim, by the commands and over a real socket."""

from typing import Any

import httpx

from tests.support.databases import Databases
from tests.support.terminal import MODULE, program, serving_on_a_socket


def read(client: httpx.Client, path: str) -> Any:
    """Return `data` of a 200."""
    return client.get(path).raise_for_status().json()["data"]


def walk(client: httpx.Client, path: str | None) -> list[Any]:
    """Return every record of a list, following links.next."""
    found: list[Any] = []
    while path is not None:
        page = client.get(path).raise_for_status().json()
        found += page["data"]
        path = page["links"]["next"]
    return found


def test_from_nothing_to_the_source_of_a_claim(databases: Databases) -> None:
    """Migrate, seed, serve; then the report, its claims, one of them, who said it, and all that they said."""
    url = databases.empty("newcomer")
    for command in ("migrate", "seed"):
        assert program(MODULE, url, command).code == 0
    with serving_on_a_socket(MODULE, url) as server, server.client as client:
        (report,) = read(client, read(client, "/")["collections"]["reports"])
        claims = walk(client, f"/v1/reports/{report['slug']}/claims?limit=40")
        assert len({one["id"] for one in claims}) == len(claims) == report["counts"]["claims"]
        spoken = next(one for one in claims if one["attribution"]["short"] == "White Helmets, 12 Dec 2016")
        _from_a_claim_to_its_source(client, spoken)


def _from_a_claim_to_its_source(client: httpx.Client, spoken: dict[str, Any]) -> None:
    """Follow what a claim says of itself: the record is whole at every step, and says the same wherever it stands."""
    answer = client.get(f"/v1/claims/{spoken['id']}")
    claim = answer.json()["data"]
    assert claim == spoken == read(client, claim["cite"]["url"])
    assert claim["report"]["url"] == read(client, f"/v1/reports/{claim['report']['id']}")["url"]
    actor = read(client, f"/v1/actors/{claim['attribution']['chain'][0]['actor']['slug']}")
    theirs = walk(client, f"/v1/actors/{actor['id']}/claims?limit=3")
    assert claim in theirs
    assert len(theirs) == actor["counts"]["originator"] > 3
    assert all(one["attribution"]["chain"][0]["actor"]["id"] == actor["id"] for one in theirs)
    again = client.get(f"/v1/claims/{claim['id']}", headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
