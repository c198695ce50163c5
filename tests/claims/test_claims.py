"""The promise: whoever reads a claim reads its source, every field stated, in documents and in lists."""

from typing import Any

from app.claims.views import ClaimView
from app.kit.schema import View
from app.serving.envelope import RecordAnswer
from tests.support.api import Api
from tests.support.lived import assert_new
from tests.support.world import World, appearance, segment

MONDAY = {"edtf": "2016-12-12", "basis": "completed", "reasoning": "The year is 2016."}
HOP_FIELDS = (
    "position", "role", "actor", "label", "short_label", "known", "withheld", "source_ref", "capacity", "affiliation",
    "on_behalf_of", "verb", "medium", "addressee", "cue",
)  # fmt: skip


def seen(part: dict[str, Any]) -> dict[str, Any]:
    """Return an appearance as a reader sees it."""
    return {"locator": "text", **part, "quote": None}


def actor(record_id: str, name: str, **changes: Any) -> dict[str, Any]:
    return {"id": record_id, "slug": None, "name": name, "short_name": None, "kind": "person", **changes}


def hop(**stated: Any) -> dict[str, Any]:
    return {**dict.fromkeys(HOP_FIELDS), "known": True, "withheld": False, **stated}


def test_an_anonymous_caller_reads_a_claim_whole(world: World, api: Api) -> None:
    """Every field of the model is stated, and null where there is nothing."""
    behalf = {"actor": world.publisher, "label": "A Paper"}
    origin = world.originator(
        capacity="editor", affiliation={"label": "A Club"}, on_behalf_of=behalf, short_label="Speaker", cue=appearance()
    )
    origin["addressee"] = {"actor": world.publisher, "label": "The Paper"}
    two = appearance(part="headline", paragraph=None, segments=[segment(0, 3), segment(5, 9)])
    said = world.attribution([origin], said_on=MONDAY, said_in=world.town)
    hedge, event = {"type": "worry"}, {"edtf": "2016-12-13?", "basis": "inferred", "reasoning": "A Tuesday."}
    claim = world.create(
        "claim",
        world.claim(attribution=said, hedge=hedge, event=event, appearances=[appearance(), two], sensitivity="high"),
    )
    data = api.data(f"/v1/claims/{claim}")
    assert set(data) == set(ClaimView.model_fields)
    found = assert_new(data)
    paper = actor(world.publisher, "A Paper", slug="a-paper", kind="media")
    town = {"id": world.town, "slug": "atown", "name": "A Town", "kind": "area", "p_code": None, "country": "SYR"}
    line = "A Speaker (editor, A Club, for A Paper), in an interview with The Paper"
    assert found == {
        "id": claim,
        "type": "claim",
        "report": {
            "id": world.report,
            "slug": api.data(f"/v1/reports/{world.report}")["slug"],
            "title": "A Report",
            "url": "https://example.org/a",
            "publisher": "A Paper",
            "published": day("2016-12-14", "14 December 2016"),
            "crisis": api.data(f"/v1/crises/{world.crisis}")["slug"],
        },
        "kind": "factual_report",
        "statement": "Something happened.",
        "lang": "en",
        "hedge": {"type": "worry"},
        "event": {
            **day("2016-12-13?", "13 December 2016 (uncertain)"),
            "earliest": "2016-12-13",
            "latest": "2016-12-13",
            "basis": "inferred",
            "reasoning": "A Tuesday.",
        },
        "themes": [{"code": "health", "label": "Health"}],
        "places": [town],
        "about": [{"actor": None, "label": "people", "role": "affected"}],
        "attribution": {
            "form": "direct_quote",
            "identification": "named",
            "text": line,
            "short": "Speaker, 12 Dec 2016",
            "voice": {"key": world.publisher, "label": "A Paper", "actors": [paper], "named": True},
            "said_on": {
                **day("2016-12-12", "12 December 2016"),
                "basis": "completed",
                "reasoning": "The year is 2016.",
            },
            "said_in": town,
            "chain": [
                hop(
                    position=1,
                    role="originator",
                    actor=actor(world.speaker, "A Speaker"),
                    label="A Speaker",
                    short_label="Speaker",
                    capacity="editor",
                    affiliation={"label": "A Club", "actor": None},
                    on_behalf_of={"label": "A Paper", "actor": paper},
                    verb="told",
                    medium="interview",
                    addressee={"label": "The Paper", "actor": paper},
                    cue=seen(appearance()),
                ),
                hop(position=2, role="publisher", actor=paper, label="A Paper", medium="news_report"),
                hop(position=3, role="reporter", actor=actor(world.reporter, "A Reporter"), label="A Reporter"),
            ],
        },
        "appearances": [seen(appearance()), seen(two)],
        "figures": [],
        "grading": {"source_reliability": "F", "information_credibility": "6", "graded_by": None, "graded_at": None},
        "sensitivity": "high",
    }


def day(edtf: str, text: str) -> dict[str, Any]:
    """Return a stated day as a reader sees it."""
    bare = edtf.rstrip("?")
    return {"edtf": edtf, "earliest": bare, "latest": bare, "text": text, "basis": "stated", "reasoning": None}


def test_a_claim_is_what_the_documentation_says(seeded_api: Api) -> None:
    """Every claim of the seed has exactly the documented fields, at every depth, and dates that are dates."""
    answers = [seeded_api.get(f"/v1/claims/{one['id']}") for one in seeded_api.walk("/v1/claims?limit=1000")]
    for answer in answers:
        documented(RecordAnswer[ClaimView], answer.content)


def documented(view: type[View], content: bytes) -> None:
    """Fail unless a body has exactly the fields of a view."""
    view.model_validate_json(content)


def test_the_newest_grading_is_shown(world: World, api: Api) -> None:
    """Gradings are dated rows; readers see the newest by date, wherever it stands in the list."""

    def grading(letter: str, number: str, year: int) -> dict[str, str]:
        at = f"{year}-11-22T08:00:00.000000Z"
        said = {"source_reliability": letter, "information_credibility": number}
        return {**said, "graded_by": "editor", "graded_at": at}

    claim = world.create("claim", world.claim(gradings=[grading("C", "3", 2024), grading("B", "2", 2026)]))
    assert api.data(f"/v1/claims/{claim}")["grading"] == grading("B", "2", 2026)
    rows = [grading("C", "3", 2024), grading("B", "2", 2026), grading("D", "4", 2025)]
    world.correct(claim, world.claim(gradings=rows))
    assert api.data(f"/v1/claims/{claim}")["grading"] == grading("B", "2", 2026)


def test_an_unnamed_source_is_shown_without_a_person(world: World, api: Api) -> None:
    """A source without a name has words and a reference within the report, and is no named voice."""
    hop_ = world.originator(actor=None, label="sources", source_ref="s2", medium="unspecified")
    said = world.attribution([hop_], identification="unnamed")
    one, other = (world.create("claim", world.claim(attribution=said)) for _ in range(2))
    voices = [api.data(f"/v1/claims/{claim}")["attribution"]["voice"] for claim in (one, other)]
    assert voices[0] == voices[1]
    assert voices[0] == {"key": f"{world.report}.s2", "label": "sources", "actors": [], "named": False}


def test_an_unknown_source_is_shown_as_unknown(world: World, api: Api) -> None:
    """An unknown hop is kept, says nothing of anybody, and is linked to no other claim."""
    origin = {"role": "originator", "known": False, "medium": "unspecified"}
    relay = world.originator(role="relay")
    said = world.attribution([origin, relay], form="indirect_quote", identification="unnamed")
    claim = world.create("claim", world.claim(attribution=said))
    found = api.data(f"/v1/claims/{claim}")["attribution"]
    assert found["text"] == "An unknown source, passed on by A Speaker in an interview"
    assert found["voice"] == {
        "key": f"{claim}.unknown",
        "label": "an unknown source",
        "actors": [],
        "named": False,
    }
    assert found["chain"][0] == hop(position=1, role="originator", known=False, medium="unspecified")
    assert [(one["position"], one["role"]) for one in found["chain"]][1] == (2, "relay")


def test_joint_originators_are_shown_as_one_voice(world: World, api: Api) -> None:
    """Two who say it together share position 1 and are one voice with two actors."""
    second = world.create("actor", world.person(name="B Speaker"))
    said = world.attribution([world.originator(), world.originator(actor=second, label="B Speaker")])
    found = api.data(f"/v1/claims/{world.create('claim', world.claim(attribution=said))}")["attribution"]
    assert [one["position"] for one in found["chain"]] == [1, 1, 2, 3]
    assert found["voice"]["label"] == "A Speaker and B Speaker"
    assert [one["id"] for one in found["voice"]["actors"]] == [world.speaker, second]
    assert found["voice"]["key"] == "+".join(sorted([world.speaker, second]))
    nobody = world.originator(actor=None, label="officials", source_ref="s1")
    office = world.create("actor", world.actor(name="An Office"))
    mixed = world.attribution([world.originator(actor=office, label="An Office"), nobody], identification="described")
    voice = api.data(f"/v1/claims/{world.create('claim', world.claim(attribution=mixed))}")["attribution"]["voice"]
    assert (voice["label"], voice["named"], len(voice["actors"])) == ("An Office and officials", False, 1)


def test_lists_hold_the_same_documents(world: World, api: Api) -> None:
    """A claim in a list is the claim itself, newest recorded first, in every list that holds it."""
    ids = [world.create("claim", world.claim(statement=f"Number {number}.")) for number in range(3)]
    expected = [api.data(f"/v1/claims/{one}") for one in reversed(ids)]
    actors = [(world.speaker, "originator"), (world.publisher, "publisher"), (world.reporter, "reporter")]
    of_actors = [f"/v1/actors/{one}/claims?role={role}" for one, role in actors]
    paths = ["/v1/claims", f"/v1/reports/{world.report}/claims", f"/v1/actors/{world.speaker}/claims", *of_actors]
    for path in paths:
        assert api.walk(path) == expected
    assert api.walk(f"/v1/actors/{world.speaker}/claims?role=relay") == []
    assert api.walk(f"/v1/actors/{world.publisher}/claims") == []


def test_an_actor_in_two_roles_is_listed_in_both(world: World, api: Api) -> None:
    """In narration the publisher is originator and publisher of one claim."""
    own = {**world.carriers()[0], "role": "originator"}
    narration = world.attribution([own], form="narration")
    claim = world.create("claim", world.claim(attribution=narration))
    for role in ("originator", "publisher"):
        assert [one["id"] for one in api.walk(f"/v1/actors/a-paper/claims?role={role}")] == [claim]


def test_a_corrected_chain_moves_the_claim_to_its_new_source(world: World, api: Api) -> None:
    """Lists by actor follow the chain: who no longer said it is no longer listed with it."""
    claim = world.create("claim", world.claim())
    other = world.create("actor", world.person(name="B Speaker"))
    hop_ = world.originator(actor=other, label="B Speaker")
    world.correct(claim, world.claim(attribution=world.attribution([hop_])))
    assert api.walk(f"/v1/actors/{world.speaker}/claims") == []
    assert [one["id"] for one in api.walk(f"/v1/actors/{other}/claims")] == [claim]
    assert api.data(f"/v1/actors/{world.speaker}")["counts"]["originator"] == 0
    assert api.data(f"/v1/actors/{other}")["counts"]["originator"] == 1
