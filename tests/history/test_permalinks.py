"""A permalink promises: the record as that revision left it, for every noun and every time, and nothing else."""

import json
from typing import Any

import pytest
from hypothesis import given, settings

from app.history.views import PermalinkMeta
from app.kit import ids
from app.kit.clock import parse_instant
from app.ledger.chain import Envelope, link
from app.ledger.words import WriterRole
from tests.history.reading import ledger_of, path_of
from tests.record.histories import Player, Step, beside, few, histories
from tests.record.nouns import DRAFTS
from tests.record.readings import documents
from tests.support.api import Api, serving
from tests.support.databases import Databases
from tests.support.routes import ROUTES, problem_of
from tests.support.wire import wire
from tests.support.world import World, draft_of


def test_an_anonymous_caller_reads_a_claim_as_it_was(world: World, api: Api) -> None:
    """The earlier words under the earlier permalink, with the revision that left them so; the later ones as now."""
    claim = world.create("claim", world.claim())
    before = api.data(f"/v1/claims/{claim}")
    world.correct(claim, world.claim(statement="Something else happened."))
    first, second = (api.get(f"/v1/claims/{claim}/revisions/{version}") for version in (1, 2))
    assert (first.status_code, first.json()["data"]) == (200, before)
    assert second.json()["data"] == api.data(f"/v1/claims/{claim}")
    assert before["cite"]["url"] == first.json()["links"]["self"]
    revision = second.json()["meta"]["revision"]
    assert (revision["operation"], revision["cause"]) == ("correct", "our_error")
    assert revision["note"] == {"text": "Corrected.", "lang": "en"}
    assert second.json()["meta"]["retracted"] is None


def kept(player: Player, seen: dict[tuple[str, int], Any]) -> None:
    """Remember every document that a write has made a new version of, as readers got it then."""
    for record_id, document in documents(player.world.desk.engine).items():
        seen.setdefault((record_id, document["version"]), document)


def test_every_permalink_is_what_readers_got_then(databases: Databases, furnished_template: World) -> None:
    """Whatever editors did: every document that ever was new is read again, with the names and counts of its time."""

    @settings(max_examples=few(databases))
    @given(histories(14))
    def prove(steps: list[Step]) -> None:
        with databases.copy("furnished") as url:
            player = Player(beside(furnished_template, url))
            # What was there before was seen when others had counted themselves in it.
            seen: dict[tuple[str, int], Any] = {}
            kept(player, seen)
            old = set(seen)
            for noun, pick in (("actor", 1), ("claim", 1), ("claim", 2), ("figure", 1), ("figure", 7), ("relation", 1)):
                player.play(Step("create", noun, pick))
                kept(player, seen)
            for step in [one for one in steps if one.pick % 4 != 3]:
                player.play(step)
                kept(player, seen)
            with serving(url) as api:
                for record_id, version in seen.keys() - old:
                    assert api.data(f"{path_of(record_id)}/revisions/{version}") == seen[record_id, version]

    prove()


@pytest.mark.parametrize("noun", sorted(ids.PLURALS))
def test_every_noun_has_permalinks_typed_as_itself(world: World, api: Api, noun: str) -> None:
    """The newest one says what the record says now, and is what `cite` names."""
    record_id = world.create(noun, DRAFTS[noun](world))
    answer = api.get(f"{path_of(record_id)}/revisions/1")
    model: Any = ROUTES[f"get_revision_of_{noun}"].response_model
    model.model_validate_json(answer.content, strict=True)
    document = api.data(path_of(record_id))
    assert answer.json()["data"] == document == api.data(document["cite"]["url"])


def test_a_permalink_shows_the_names_of_its_time(world: World, api: Api) -> None:
    """A publisher that was renamed since is still called what it was called."""
    claim = world.create("claim", world.claim())
    world.correct(world.publisher, world.actor(kind="media", slug="a-paper", name="The New Paper"))
    world.correct(claim, world.claim(statement="Something else happened."))
    now, then = api.data(f"/v1/claims/{claim}"), api.data(f"/v1/claims/{claim}/revisions/1")
    assert (then["report"]["publisher"], now["report"]["publisher"]) == ("A Paper", "The New Paper")
    assert "A Paper, “A Report”" in then["cite"]["text"]


def test_a_permalink_shows_all_that_its_write_did(world: World, api: Api) -> None:
    """Claims and figures recorded together are whole at once: nobody ever read a half of them."""
    claim_id, figure_id = ids.seeded_id("claim", "together"), ids.seeded_id("figure", "together")
    drafts = [("claim", claim_id, world.claim()), ("figure", figure_id, world.figure(claim_id))]
    named = [(noun, one, draft_of(noun, draft)) for noun, one, draft in drafts]
    world.desk.write(WriterRole.EDITOR, lambda writing: writing.create_all(named))
    then = api.data(f"/v1/claims/{claim_id}/revisions/1")
    assert [one["id"] for one in then["figures"]] == [figure_id]
    assert then == api.data(f"/v1/claims/{claim_id}")


def test_a_retraction_has_a_permalink(world: World, api: Api) -> None:
    """The last facts, marked as retracted, with when and why; what fell with it too; also after it came back."""
    claim = world.create("claim", world.claim())
    figure = world.create("figure", world.figure(claim))
    world.retract(claim)
    for record_id, status in ((claim, "retracted"), (figure, "published")):
        for version in (1, 2):
            answer = api.get(f"{path_of(record_id)}/revisions/{version}").json()
            assert answer["meta"]["retracted"] == problem_of(api.get(path_of(record_id)))["retracted"]
            assert answer["data"]["status"] == (status if version == 2 else "published")
            assert answer["data"]["version"] == version
    world.restore(claim)
    answer = api.get(f"/v1/claims/{claim}/revisions/2").json()
    assert (answer["meta"]["retracted"], answer["meta"]["revision"]["operation"]) == (None, "retract")


def test_a_revision_is_linked_with_its_neighbours(world: World, api: Api) -> None:
    """RFC 5829, in the body and as Link: predecessor, successor, latest, history; each leads somewhere."""
    slug = api.data(f"/v1/reports/{world.report}")["slug"]
    for number in range(2):
        world.correct(world.report, world.report_draft(slug=slug, title=f"Title {number}"))
    whole = f"/v1/reports/{world.report}"
    for version in (1, 2, 3):
        answer = api.get(f"/v1/reports/{slug}/revisions/{version}")
        links = answer.json()["links"]
        assert links == {
            "self": f"{whole}/revisions/{version}",
            "next": None,
            "canonical": f"{whole}/revisions/{version}",
            "latest_version": whole,
            "version_history": f"{whole}/history",
            "predecessor_version": f"{whole}/revisions/{version - 1}" if version > 1 else None,
            "successor_version": f"{whole}/revisions/{version + 1}" if version < 3 else None,
        }
        related = {one.replace("_", "-"): path for one, path in links.items() if path and one not in ("self", "next")}
        assert answer.headers["link"] == ", ".join(f'<{path}>; rel="{one}"' for one, path in related.items())
        assert all(api.get(path).status_code == 200 for path in related.values())


def test_the_envelope_is_the_one_that_the_chain_is_made_over(world: World, api: Api) -> None:
    """Whoever holds the link before it can compute the revision's own."""
    claim = world.create("claim", world.claim())
    world.correct(claim, world.claim(statement="Something else happened."))
    first, second = ledger_of(world.desk.engine, claim)
    stated = api.get(f"/v1/claims/{claim}/revisions/2").json()["meta"]["revision"]
    PermalinkMeta.model_validate_json(json.dumps(api.get(f"/v1/claims/{claim}/revisions/2").json()["meta"]))
    assert second["seq"] == first["seq"] + 1
    fields = {name: stated[name] for name in Envelope.__dataclass_fields__}
    envelope = Envelope(**{**fields, "recorded_at": parse_instant(stated["recorded_at"])})
    assert stated["chain"] == link(first["chain"], envelope) == second["chain"]


@pytest.mark.parametrize("version", ["0", "2", "01", "-1", "+1", "1.0", "x", "1" * 12, "%D9%A1", "1%0A"])
def test_there_is_one_address_for_each_version(world: World, api: Api, version: str) -> None:
    """A version that is none, or is written in another way, is not there."""
    assert problem_of(api.get(f"/v1/reports/{world.report}/revisions/{version}"))["code"] == "not_found"


def test_a_permalink_is_checked_before_a_copy_is_used(world: World, api: Api) -> None:
    """It is not cached for ever, since what is protected must vanish at once; its tag holds while nothing changes."""
    path = f"/v1/reports/{world.report}/revisions/1"
    whole = api.get(path)
    assert whole.headers["cache-control"] == "public, no-cache"
    assert api.get(path, if_none_match=whole.headers["etag"]).status_code == 304
    head = wire(api, path.encode(), method="HEAD")
    assert (head.status, head.body, head.one("etag")) == (200, b"", whole.headers["etag"])
    world.create("claim", world.claim())
    assert api.get(path).headers["etag"] == whole.headers["etag"], "other writes change nothing"
    assert problem_of(api.get(f"{path}?fields=id"))["code"] == "unknown_parameter"
