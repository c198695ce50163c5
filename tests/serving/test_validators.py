"""Validators promise: who has the current representation pays nothing, and nobody keeps an old one."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import pytest

from tests.support.api import Api, serving
from tests.support.databases import Databases
from tests.support.routes import FILES, HISTORIES, LEDGER, MADE_OF_RECORDS, NAMES, PAGED, RECORDS, path_of
from tests.support.wire import wire
from tests.support.world import World

STRONG = re.compile(r'"[A-Za-z0-9_-]+"')
TAGGED = [*RECORDS, "get_openapi"]
# A record as it was is not dated, and is linked with its other revisions (tests/history).
REVISIONS = [name for name in RECORDS if name.startswith("get_revision_of_")]
# The head, and a history of one revision, are too short to be worth coding.
SHORT = {"get_ledger_head", *HISTORIES}
CODINGS = ["zstd", "br", "gzip"]
# What a 304 must say as the 200 would (RFC 9110, 15.4.5), and what we add.
KEPT = ["etag", "cache-control", "vary", "last-modified"]


@pytest.mark.parametrize("name", TAGGED)
def test_a_client_with_the_current_representation_gets_a_304(seeded_api: Api, name: str) -> None:
    """One tag, a weak one, several, or `*`: no body is sent again."""
    path = path_of(seeded_api, name)
    whole = seeded_api.get(path)
    assert STRONG.fullmatch(whole.headers["etag"])
    for shape in ("{}", "W/{}", "*", '"a", {}', '{} , "b"', 'W/"a",W/{}'):
        answer = seeded_api.get(path, if_none_match=shape.format(whole.headers["etag"]))
        assert (answer.status_code, answer.content) == (304, b""), shape
        assert {one: answer.headers.get(one) for one in KEPT} == {one: whole.headers.get(one) for one in KEPT}


@pytest.mark.parametrize("name", TAGGED)
def test_a_client_with_anything_else_gets_the_whole(seeded_api: Api, name: str) -> None:
    """A tag that is not ours is never taken for the current one."""
    path = path_of(seeded_api, name)
    whole = seeded_api.get(path).content
    for tag in ('"other"', "other", "", '""', "W/", '"'):
        assert seeded_api.get(path, if_none_match=tag).content == whole, tag


@pytest.mark.parametrize("name", [name for name in TAGGED if name not in SHORT])
@pytest.mark.parametrize("coding", CODINGS)
def test_each_content_coding_has_a_tag_of_its_own(seeded_api: Api, name: str, coding: str) -> None:
    """A strong tag means equal bytes: a compressed body has another, good only while its coding is accepted."""
    path = path_of(seeded_api, name)
    plain, coded = seeded_api.get(path), seeded_api.get(path, accept_encoding=coding)
    assert coded.headers["content-encoding"] == coding
    assert coded.headers["etag"] == plain.headers["etag"][:-1] + f'-{coding}"'
    again = seeded_api.get(path, accept_encoding=coding, if_none_match=coded.headers["etag"])
    assert (again.status_code, again.headers["etag"]) == (304, coded.headers["etag"])
    assert {one: again.headers.get(one) for one in KEPT} == {one: coded.headers.get(one) for one in KEPT}
    other = {"zstd": "br", "br": "gzip", "gzip": "zstd"}[coding]
    for accepted in ("identity", other, f"*, {coding};q=0"):
        assert seeded_api.get(path, accept_encoding=accepted, if_none_match=coded.headers["etag"]).status_code == 200
    assert seeded_api.get(path, accept_encoding=coding, if_none_match=plain.headers["etag"]).status_code == 304


def test_tags_on_several_header_lines_are_all_read(seeded_api: Api) -> None:
    """Lines of one header are one list (RFC 9110, 5.3), also of Accept and Accept-Encoding."""
    tag = seeded_api.get("/v1/claims").headers["etag"].encode()
    assert wire(seeded_api, b"/v1/claims", [(b"if-none-match", b'"a"'), (b"if-none-match", tag)]).status == 304
    assert wire(seeded_api, b"/v1/claims", [(b"accept", b"text/html"), (b"accept", b"*/*")]).status == 200
    coded = [(b"accept-encoding", b"br"), (b"accept-encoding", b"gzip"), (b"if-none-match", tag[:-1] + b'-gzip"')]
    assert wire(seeded_api, b"/v1/claims", coded).status == 304


def test_a_changed_record_has_another_tag(world: World, api: Api) -> None:
    """After a correction the old copy is not current any more, in its own answer and in every list."""
    claim = world.create("claim", world.claim())
    paths = [f"/v1/claims/{claim}", "/v1/claims", f"/v1/reports/{world.report}/claims", f"/v1/reports/{world.report}"]
    before = {path: api.get(path).headers["etag"] for path in paths[:3]}
    world.correct(claim, world.claim(statement="Something else happened."))
    for path, tag in before.items():
        answer = api.get(path, if_none_match=tag)
        assert answer.status_code == 200
        assert answer.headers["etag"] != tag


def test_a_name_that_changes_changes_the_tags_of_all_that_embed_it(world: World, api: Api) -> None:
    """An actor's new name reaches every copy, though no revision of the claim was made."""
    claim = world.create("claim", world.claim())
    figure = world.create("figure", world.figure(claim))
    paths = [f"/v1/claims/{claim}", f"/v1/figures/{figure}", "/v1/claims", "/v1/figures"]
    before = {path: api.get(path) for path in paths}
    world.correct(world.speaker, world.person(name="A Renamed Speaker"))
    for path, old in before.items():
        answer = api.get(path, if_none_match=old.headers["etag"])
        assert answer.status_code == 200
        assert "A Renamed Speaker" in answer.text
        assert "A Renamed Speaker" not in old.text


def test_a_retracted_record_is_not_a_304(world: World, api: Api) -> None:
    """Who asks with the last tag, or with `*`, hears of the retraction."""
    claim = world.create("claim", world.claim())
    tag = api.get(f"/v1/claims/{claim}").headers["etag"]
    world.retract(claim)
    for given in (tag, "*"):
        assert api.get(f"/v1/claims/{claim}", if_none_match=given).status_code == 410


def test_after_a_restored_backup_no_copy_from_before_is_taken_for_the_current_one(
    databases: Databases, furnished_template: World
) -> None:
    """The ledger's id and the seq are the same again, the revisions are not: what was withdrawn stays withdrawn."""
    shared = {name: one for name, one in vars(furnished_template).items() if name not in ("url", "desk")}
    with databases.copy("furnished") as lost, databases.copy("furnished") as restored:
        worlds = [World(lost), World(restored)]
        for one in worlds:
            vars(one).update(shared)
        worlds[0].create("claim", worlds[0].claim(statement="Somebody at risk was named."))
        worlds[1].create("claim", worlds[1].claim(statement="Nobody was named."))
        with serving(lost) as before, serving(restored) as after:
            for path in ("/v1/claims", f"/v1/reports/{shared['report']}/claims"):
                old = before.get(path)
                assert "at risk" in old.text
                answer = after.get(path, if_none_match=old.headers["etag"])
                assert answer.json()["meta"]["seq"] == old.json()["meta"]["seq"]
                assert (answer.status_code, "at risk" in answer.text) == (200, False)


def test_a_restored_record_has_a_tag_that_it_never_had(world: World, api: Api) -> None:
    """The same words at another version are another representation."""
    claim = world.create("claim", world.claim())
    seen = [api.get(f"/v1/claims/{claim}").headers["etag"]]
    world.retract(claim)
    world.restore(claim)
    assert api.get(f"/v1/claims/{claim}").headers["etag"] not in seen


@pytest.mark.parametrize(
    "name", [name for name in RECORDS if name not in (*PAGED, *MADE_OF_RECORDS, *LEDGER, *FILES, *REVISIONS)]
)
def test_one_record_says_when_it_changed_and_where_it_belongs(seeded_api: Api, name: str) -> None:
    """Last-Modified is an HTTP date that has passed; Link names the canonical path and the collection."""
    answer = seeded_api.get(path_of(seeded_api, name))
    assert answer.headers["last-modified"].endswith(" GMT")
    assert parsedate_to_datetime(answer.headers["last-modified"]) <= datetime.now(UTC)
    canonical = answer.json()["links"]["self"]
    collection = canonical.rpartition("/")[0]
    assert answer.headers["link"] == f'<{canonical}>; rel="canonical", <{collection}>; rel="collection"'
    assert seeded_api.get(canonical).content == answer.content
    assert answer.json()["data"] in seeded_api.walk(f"{collection}?limit=1000")


@pytest.mark.parametrize("name", PAGED)
def test_a_list_says_where_it_is_and_goes_on(seeded_api: Api, name: str) -> None:
    """Link repeats links.self and links.next, for clients that read headers only; self is the same page."""
    answer = seeded_api.get(path_of(seeded_api, name, "limit=1"))
    links = answer.json()["links"]
    following = f', <{links["next"]}>; rel="next"' if links["next"] else ""
    assert answer.headers["link"] == f'<{links["self"]}>; rel="self"{following}'
    assert seeded_api.get(links["self"]).content == answer.content


@pytest.mark.parametrize("name", NAMES)
def test_every_answer_says_how_long_it_may_be_kept(seeded_api: Api, name: str) -> None:
    """Copies of the record are checked before use; the service's state is never kept, and what is named for its digest
    always.
    """
    answer = seeded_api.get(path_of(seeded_api, name))
    state = name in ("get_health", "get_readiness", "get_metrics")
    kept = {"get_docs_asset": "public, max-age=31536000, immutable"}.get(name, "public, no-cache")
    assert answer.headers["cache-control"] == ("no-store" if state else kept)
    if not state:
        assert "Accept" in answer.headers["vary"].split(", ")
