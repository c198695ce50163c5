"""A history promises: every public revision, with its reason and what it changed, for every noun and for ever."""

import json
from typing import Any

import pytest
from hypothesis import given, settings

from app.history.views import HistoryAnswer
from app.kit import ids
from app.ledger.words import Cause
from tests.history.patching import patched
from tests.history.reading import everybody, ledger_of, path_of
from tests.record.histories import Player, Step, beside, few, histories
from tests.record.nouns import DRAFTS
from tests.support.api import Api, serving
from tests.support.databases import Databases
from tests.support.routes import problem_of
from tests.support.wire import wire
from tests.support.world import World

WITHOUT_CONTENTS = ("seq", "version", "operation", "cause", "recorded_at", "role")


def history(api: Api, record_id: str) -> list[dict[str, Any]]:
    """Return the whole history of a record."""
    return api.walk(f"{path_of(record_id)}/history")


def test_an_anonymous_caller_reads_what_was_changed_when_and_why(world: World, api: Api) -> None:
    """Newest first: the correction with its note and the one fact that it changed, then the first revision."""
    claim = world.create("claim", world.claim())
    world.correct(claim, world.claim(statement="Something else happened."), "A word was misread.")
    second, first = history(api, claim)
    assert (first["operation"], first["cause"], first["note"], first["differences"]) == ("create", None, None, None)
    assert {**second, "seq": 0, "recorded_at": ""} == {
        "type": "revision",
        "seq": 0,
        "version": 2,
        "operation": "correct",
        "cause": "our_error",
        "recorded_at": "",
        "role": "editor",
        "note": {"text": "A word was misread.", "lang": "en"},
        "withheld": None,
        "differences": [
            {
                "pointer": "/statement",
                "operation": "replace",
                "before": "Something happened.",
                "after": "Something else happened.",
            }
        ],
        "links": {"self": f"/v1/claims/{claim}/revisions/2"},
    }
    assert second["seq"] == json.loads(api.get(f"/v1/claims/{claim}").content)["meta"]["seq"]


def hold(api: Api, world: World, record_id: str, limit: int) -> None:
    """Hold the history of a record against the ledger's rows, and its differences against their bodies."""
    rows = ledger_of(world.desk.engine, record_id)
    told = api.walk(f"{path_of(record_id)}/history?limit={limit}")
    told.reverse()
    HistoryAnswer.model_validate_json(api.get(f"{path_of(record_id)}/history").content, strict=True)
    assert [one["version"] for one in told] == [row["version"] for row in rows] == list(range(1, len(rows) + 1))
    body = rows[0]["body"]
    for row, one in zip(rows, told, strict=True):
        assert [one[name] for name in WITHOUT_CONTENTS if name != "recorded_at"] == [
            row[name] for name in WITHOUT_CONTENTS if name != "recorded_at"
        ]
        assert (one["note"], one["withheld"]) == (row["note"], None)
        body = body if one["differences"] is None else patched(body, one["differences"])
        assert body == row["body"]
    assert [one["differences"] is None for one in told] == [True, *[False] * (len(told) - 1)]


def test_every_history_is_what_the_ledger_says(databases: Databases, furnished_template: World) -> None:
    """Whatever editors did to any noun, in pages of any size: every revision once, and patches that make each body."""

    @settings(max_examples=few(databases))
    @given(histories(12))
    def prove(steps: list[Step]) -> None:
        with databases.copy("furnished") as url:
            player = Player(beside(furnished_template, url)).furnish()
            for step in [one for one in steps if one.pick % 4 != 3]:
                player.play(step)
            with serving(url) as api:
                for number, record_id in enumerate(everybody(player.world.desk.engine)):
                    hold(api, player.world, record_id, 1 + number % 3)

    prove()


@pytest.mark.parametrize("noun", sorted(ids.PLURALS))
def test_every_noun_has_its_history(world: World, api: Api, noun: str) -> None:
    """By id, and by whatever else finds the record."""
    record_id = world.create(noun, DRAFTS[noun](world))
    (first,) = history(api, record_id)
    assert (first["version"], first["links"]["self"]) == (1, f"{path_of(record_id)}/revisions/1")
    document = api.data(path_of(record_id))
    assert first["recorded_at"] == document["recorded_at"]
    for handle in filter(None, (document.get("slug"), document.get("p_code"))):
        named = api.get(f"/v1/{ids.PLURALS[noun]}/{handle}/history")
        assert named.content == api.get(f"{path_of(record_id)}/history").content


def test_a_retracted_record_keeps_its_history_and_says_so(world: World, api: Api) -> None:
    """The record answers 410; why it does can be read, also of what fell with it, and after it came back."""
    claim = world.create("claim", world.claim())
    figure = world.create("figure", world.figure(claim))
    made = world.retract(claim)
    for record_id, cause, seq in ((claim, "publisher_correction", made.seq), (figure, "parent", made.seq + 1)):
        answer = api.get(f"{path_of(record_id)}/history")
        assert answer.status_code == 200
        newest, meta = answer.json()["data"][0], answer.json()["meta"]
        assert (newest["operation"], newest["cause"], newest["differences"]) == ("retract", cause, [])
        note = "Withdrawn by its publisher." if record_id == claim else None
        at = newest["recorded_at"]
        assert meta["retracted"] == {"at": at, "cause": cause, "note": note, "seq": seq}
        assert problem_of(api.get(path_of(record_id)))["retracted"] == meta["retracted"]
    world.restore(claim)
    for record_id in (claim, figure):
        answer = api.get(f"{path_of(record_id)}/history").json()
        assert answer["meta"]["retracted"] is None
        assert [one["operation"] for one in answer["data"]] == ["restore", "retract", "create"]


def test_what_never_was_has_no_history(world: World, api: Api) -> None:
    """Nothing is told of an id of another noun, of a name that nobody has, or of what is no name."""
    claim = world.create("claim", world.claim())
    never = ids.seeded_id("claim", "never")
    for path in (f"/v1/figures/{claim}", f"/v1/claims/{never}", "/v1/reports/nobody", "/v1/claims/%00"):
        for more in ("history", "revisions/1"):
            assert problem_of(api.get(f"{path}/{more}"))["code"] == "not_found", path


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("limit=0", "invalid_parameter"),
        ("limit=1001", "invalid_parameter"),
        ("limit=x", "invalid_parameter"),
        ("limit=1&limit=2", "repeated_parameter"),
        ("sort=version", "unknown_parameter"),
        ("cursor=", "invalid_cursor"),
        ("cursor=eyJi", "invalid_cursor"),
        ("limit=%FF", "bad_request"),
    ],
)
def test_a_history_is_strict(seeded_api: Api, query: str, code: str) -> None:
    """What is wrong is refused, and named."""
    assert problem_of(seeded_api.get(f"/v1/reports/aleppo-2016-12/history?{query}"))["code"] == code


def test_a_cursor_belongs_to_its_history(world: World, api: Api) -> None:
    """The cursor of one record's history is refused by another's; what is written meanwhile moves nothing."""
    one, other = (world.create("claim", world.claim()) for _ in range(2))
    for number in range(3):
        world.correct(one, world.claim(statement=f"It happened {number} times."))
    page = api.get(f"/v1/claims/{one}/history?limit=2").json()
    following = page["links"]["next"]
    assert problem_of(api.get(following.replace(one, other)))["code"] == "invalid_cursor"
    world.correct(one, world.claim(statement="It never happened."))
    rest = api.get(following).json()
    assert [item["version"] for item in page["data"] + rest["data"]] == [4, 3, 2, 1]
    assert rest["links"]["next"] is None


def test_a_history_has_the_validator_of_lists(world: World, api: Api) -> None:
    """Unchanged until the ledger moves; HEAD says the same as GET."""
    path = f"/v1/reports/{world.report}/history"
    whole = api.get(path)
    assert whole.headers["cache-control"] == "public, no-cache"
    assert whole.headers["etag"] == api.get("/v1/claims").headers["etag"]
    assert api.get(path, if_none_match=whole.headers["etag"]).status_code == 304
    head = wire(api, path.encode(), method="HEAD")
    assert (head.status, head.body, head.one("etag")) == (200, b"", whole.headers["etag"])
    world.correct(world.report, world.report_draft(title="Another Title"))
    assert api.get(path, if_none_match=whole.headers["etag"]).status_code == 200


def test_a_vocabulary_tells_which_codes_came_and_which_were_reworded(world: World, api: Api) -> None:
    """A long list that grew in its middle is not told as a new list."""
    name = ids.seeded_id("vocabulary", "theme")
    body = ledger_of(world.desk.engine, name)[0]["body"]
    new = {**body["terms"][0], "code": "new_code", "label": "New"}
    terms = [*body["terms"][:3], new, {**body["terms"][3], "label": "Reworded"}, *body["terms"][4:]]
    world.correct(name, {**body, "terms": terms})
    (told, _) = history(api, name)
    assert [(one["operation"], one["pointer"]) for one in told["differences"]] == [
        ("add", "/terms/3"),
        ("replace", "/terms/4/label"),
    ]
    assert told["cause"] == Cause.OUR_ERROR.value
