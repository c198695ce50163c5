"""The promise: a report is described so that its text can be recognised, and the text itself is not here."""

from typing import Any

import pytest

from app.kit.errors import InvalidInput, UnknownReference
from app.reports.schemas import ReportView
from app.serving.envelope import RecordAnswer
from tests.support.api import Api
from tests.support.lived import assert_new
from tests.support.refusals import assert_required, assert_strict, pointers, put
from tests.support.world import World

ID = "0" * 26
EDITION = {
    "n": 1,
    "retrieved_at": "2026-11-22T08:00:00.000000Z",
    "url": "https://example.org/a",
    "sha256": "0" * 64,
    "length": 2000,
    "paragraphs": 5,
}
REPORT: dict[str, Any] = {
    "slug": "a-report",
    "crisis": f"crs_{ID}",
    "title": "A Title",
    "lang": "en",
    "summary": "What it says.",
    "report_format": "news_and_press_release",
    "publisher": f"act_{ID}",
    "reporters": [{"actor": f"act_{ID}", "label": "A Reporter", "capacity": "student"}],
    "published": {
        "edtf": "[2016-12-13..2016-12-15]",
        "text": "mid-month",
        "basis": "inferred",
        "reasoning": "A guess.",
    },
    "url": "https://example.org/a",
    "editions": [EDITION],
    "themes": ["health"],
    "places": [f"plc_{ID}"],
    "licence": "Its publisher's.",
    "sensitivity": "moderate",
}


def test_an_anonymous_caller_reads_a_report_whole(world: World, api: Api) -> None:
    """Every field of the model: who published and wrote it, when as far as known, and every edition's measures."""
    named = {"crisis": world.crisis, "publisher": world.publisher, "places": [world.town]}
    reporters = [{"actor": world.reporter, "label": "A. Reporter", "capacity": "student"}]
    editions = [EDITION, {**EDITION, "n": 2, "retrieved_at": None, "sha256": "1" * 64}]
    one = world.create("report", {**REPORT, **named, "reporters": reporters, "editions": editions})
    data = api.data("/v1/reports/a-report")
    assert set(data) == set(ReportView.model_fields)
    crisis = api.data(f"/v1/crises/{world.crisis}")
    card = {"short_name": None}
    assert assert_new(data) == {
        "id": one,
        "type": "report",
        "slug": "a-report",
        "crisis": {name: crisis[name] for name in ("id", "slug", "name")},
        "title": "A Title",
        "summary": "What it says.",
        "lang": "en",
        "report_format": {"code": "news_and_press_release", "label": "News and Press Release"},
        "publisher": {"id": world.publisher, "slug": "a-paper", "name": "A Paper", **card, "kind": "media"},
        "reporters": [
            {
                "actor": {"id": world.reporter, "slug": None, "name": "A Reporter", **card, "kind": "person"},
                "label": "A. Reporter",
                "capacity": "student",
            }
        ],
        "published": {**REPORT["published"], "earliest": "2016-12-13", "latest": "2016-12-15"},
        "url": "https://example.org/a",
        "editions": [{**edition, "held": False} for edition in editions],
        "themes": [{"code": "health", "label": "Health"}],
        "places": [
            {"id": world.town, "slug": "atown", "name": "A Town", "kind": "area", "p_code": None, "country": "SYR"}
        ],
        "licence": "Its publisher's.",
        "sensitivity": "moderate",
        "counts": {"claims": 0, "figures": 0},
    }
    assert api.data(f"/v1/reports/{one}") == data


def test_it_counts_what_is_public_in_it(world: World, api: Api) -> None:
    """Claims and figures, up and down with what is retracted and restored."""

    def counts() -> list[int]:
        return list(api.data(f"/v1/reports/{world.report}")["counts"].values())

    claim = world.create("claim", world.claim())
    figure = world.create("figure", world.figure(claim))
    world.create("claim", world.claim(statement="Another."))
    assert counts() == [2, 1]
    world.retract(figure)
    assert counts() == [2, 0]
    world.restore(figure)
    world.retract(claim)
    assert counts() == [1, 0]
    world.restore(claim)
    assert counts() == [2, 1]


def test_the_report_of_the_seed(seeded_api: Api) -> None:
    """Exactly the documented fields; bibliographic facts, the byline, and no date that is surer than the text."""
    answer = seeded_api.get("/v1/reports/aleppo-2016-12")
    RecordAnswer[ReportView].model_validate_json(answer.content)
    data = answer.json()["data"]
    assert (data["publisher"]["name"], data["reporters"][0]["label"]) == ("The Media Line", "Katie Beiter")
    assert data["reporters"][0]["capacity"] == "student journalist"
    dates = data["published"]
    assert (dates["earliest"], dates["latest"], dates["basis"]) == ("2016-12-13", "2016-12-15", "inferred")
    (edition,) = data["editions"]
    assert (edition["length"], edition["paragraphs"], edition["held"]) == (6985, 31, False)
    claims, figures = (seeded_api.walk(f"/v1/reports/aleppo-2016-12/{name}") for name in ("claims", "figures"))
    assert data["counts"] == {"claims": len(claims), "figures": len(figures)}


def test_no_words_of_the_text_are_handed_out(seeded_api: Api) -> None:
    """The text belongs to its publisher: without a copy that the operator holds, every quote is null."""
    for path in ("/v1/claims?limit=1000", "/v1/figures?limit=1000"):
        for one in seeded_api.walk(path):
            cues = [hop["cue"] for hop in one["attribution"]["chain"]]
            for locator in [*one.get("appearances", []), one.get("appearance"), *cues]:
                assert locator is None or locator["quote"] is None


def test_nothing_but_a_report_is_taken() -> None:
    """Every field refuses junk, every object what it does not know."""
    assert_strict("report", REPORT)
    optional = {"reporters", "themes", "places"}
    assert_required("report", REPORT, set(REPORT) - optional)


WRONG: list[tuple[tuple[str | int, ...], Any, str]] = [
    (("editions",), [], "/editions"),
    (("editions",), [{**EDITION, "n": 2}], ""),
    (("editions",), [EDITION, EDITION], ""),
    (("editions", 0, "n"), 0, "/editions/0/n"),
    (("editions", 0, "length"), 0, "/editions/0/length"),
    (("editions", 0, "paragraphs"), 0, "/editions/0/paragraphs"),
    (("editions", 0, "sha256"), "0" * 63, "/editions/0/sha256"),
    (("editions", 0, "retrieved_at"), "yesterday", "/editions/0/retrieved_at"),
    (("editions", 0, "retrieved_at"), "2026-11-22T08:00:00Z", "/editions/0/retrieved_at"),
    (("editions", 0, "url"), "javascript:alert(1)", "/editions/0/url"),
    (("url",), "ftp://example.org/a", "/url"),
    (("url",), "https://example.org/a b", "/url"),
    (("themes",), ["health", "health"], ""),
    (("places",), [f"plc_{ID}"] * 2, ""),
    (("reporters",), REPORT["reporters"] * 2, ""),
    (("published", "reasoning"), None, "/published"),
    (("sensitivity",), "none", "/sensitivity"),
]


@pytest.mark.parametrize(("path", "value", "pointer"), WRONG, ids=[f"{row[2]} {row[1]!s:.20}" for row in WRONG])
def test_a_report_that_cannot_be_is_refused(path: tuple[str | int, ...], value: Any, pointer: str) -> None:
    """Editions are numbered from 1, addresses are of the web, and lists hold a thing once."""
    assert pointers("report", put(REPORT, path, value)) == {pointer}


def test_what_is_not_on_record_is_refused_with_a_pointer(furnished_template: World) -> None:
    """Crisis, publisher, reporters, places and codes are there, or each is named; a person publishes nothing."""
    world = furnished_template
    with pytest.raises(UnknownReference) as caught:
        world.create("report", {**REPORT, "report_format": "song", "themes": ["witchcraft"]})
    found = {fault.pointer for fault in caught.value.faults}
    names = {"/crisis", "/publisher", "/reporters/0/actor", "/places/0", "/report_format", "/themes/0"}
    assert found == names
    with pytest.raises(InvalidInput) as refused:
        world.create("report", world.report_draft(publisher=world.speaker))
    assert [fault.pointer for fault in refused.value.faults] == ["/publisher"]


def test_a_report_keeps_its_publisher_and_its_editions(world: World) -> None:
    """Chains pass through its publisher and locators point into its editions; new editions are added after them."""
    other = world.create("actor", world.actor(kind="media", name="Another Paper"))
    report = world.report_draft(slug="a-report")
    one = world.create("report", report)
    (edition,) = report["editions"]
    second = {**EDITION, "n": 2}
    wrong: list[tuple[str, Any]] = [("publisher", other), ("editions", [{**edition, "length": 10}])]
    wrong += [("editions", [{**second, "n": 1}, {**edition, "n": 2}])]
    for name, value in wrong:
        with pytest.raises(InvalidInput) as caught:
            world.correct(one, {**report, name: value})
        assert [fault.pointer for fault in caught.value.faults] == [f"/{name}"]
    world.correct(one, {**report, "editions": [edition, second]})
    with pytest.raises(InvalidInput):
        world.correct(one, report)
