"""The journey of a name: an actor is renamed, every document says the new name, and no readable line is rewritten."""

import json
from typing import Any

from app.ledger import queries as ledger_queries
from tests.support.api import Api
from tests.support.world import World

OLD, NEW = "A Paper", "The New Paper"


def lines(value: Any) -> list[str]:
    """Return every readable line, label and statement in a document: the text's words and ours, no actor's name."""
    if isinstance(value, list):
        return [line for one in value for line in lines(one)]
    if not isinstance(value, dict):
        return []
    kept = [value[name] for name in ("text", "short", "label", "short_label") if isinstance(value.get(name), str)]
    return kept + [line for name, one in value.items() if name != "cite" for line in lines(one)]


def names(value: Any, record_id: str) -> set[str]:
    """Return every name that a document gives an actor."""
    if isinstance(value, list):
        return {name for one in value for name in names(one, record_id)}
    if not isinstance(value, dict):
        return set()
    mine = {value["name"]} if value.get("id") == record_id and "name" in value else set()
    return mine | {name for one in value.values() for name in names(one, record_id)}


def documents_that_name_it(world: World) -> tuple[list[str], str]:
    """Record everything that names the publisher; return the paths, and that of the claim that it is quoted in."""
    mention = {"actor": world.publisher, "label": OLD}
    hop = world.originator(affiliation=mention, addressee=mention, on_behalf_of=mention)
    own = {**world.carriers()[0], "role": "originator"}
    quoted = world.create("claim", world.claim(attribution=world.attribution([hop])))
    narrated = world.create("claim", world.claim(attribution=world.attribution([own], form="narration")))
    concerned = world.create("claim", world.claim(about=[{**mention, "role": "agent"}]))
    figures = [world.create("figure", world.figure(one)) for one in (quoted, narrated)]
    relation = world.create("relation", world.relation(quoted, narrated))
    desk = world.create("actor", world.actor(parent=world.publisher))
    paths = [f"/v1/actors/{desk}", f"/v1/reports/{world.report}", f"/v1/relations/{relation}"]
    paths += [f"/v1/claims/{one}" for one in (quoted, narrated, concerned)]
    return [*paths, *(f"/v1/figures/{one}" for one in figures)], f"/v1/claims/{quoted}"


def head(world: World) -> int:
    with world.desk.engine.connect() as connection:
        return ledger_queries.head(connection)[1]


def test_a_new_name_reaches_every_document_and_no_line_changes(world: World, api: Api) -> None:
    """Publisher, originator, affiliation, addressee, parent: wherever it stands, and without a revision there."""
    paths, quoted = documents_that_name_it(world)
    before, listed, seq = {path: api.get(path) for path in paths}, api.get("/v1/claims"), head(world)
    world.correct(world.publisher, world.actor(kind="media", slug="a-paper", name=NEW))
    assert head(world) == seq + 1
    for path, old in before.items():
        now = api.get(path, if_none_match=old.headers["etag"])
        assert now.status_code == 200, path
        data, data_before = now.json()["data"], old.json()["data"]
        assert (names(data_before, world.publisher), names(data, world.publisher)) == ({OLD}, {NEW}), path
        assert lines(data) == lines(data_before), path
        for same in ("version", "changed_at", "corrections"):
            assert data[same] == data_before[same]
    claim = api.data(quoted)
    assert claim["report"]["publisher"] == NEW
    assert claim["attribution"]["text"] == "A Speaker (A Paper), in an interview with A Paper"
    assert api.get("/v1/claims", if_none_match=listed.headers["etag"]).status_code == 200
    for path in ("/v1/claims", f"/v1/reports/{world.report}/claims", f"/v1/actors/{world.speaker}/claims"):
        assert all(one == api.data(f"/v1/claims/{one['id']}") for one in api.walk(path))
    assert api.data("/v1/actors/a-paper")["name"] == NEW


def test_a_new_slug_finds_and_so_does_the_old_one(world: World, api: Api) -> None:
    """Links that somebody kept go on working."""
    world.correct(world.publisher, world.actor(kind="media", slug="the-new-paper", name=NEW))
    for slug in ("the-new-paper", "a-paper"):
        assert api.data(f"/v1/actors/{slug}")["id"] == world.publisher
        assert json.loads(api.get(f"/v1/actors/{slug}/claims").content)["data"] == []
    assert api.data("/v1/actors/a-paper")["slug"] == "the-new-paper"
