"""While a text is held every locator shows its words, and nothing else about the record changes."""

import json
from typing import Any

import pytest
from sqlalchemy import update

from app.ledger import queries as ledger_queries
from app.record.queries import DOCUMENT
from app.record.rebuild import rebuild
from app.sources.attaching import Attached, attach, detach
from app.store.engine import snapshot
from tests.sources.answers import found, lists, raw, read, records, tags
from tests.support.api import Api
from tests.support.articles import Annotated, appearances, quote_of, without_quotes

LIVED = ("version", "recorded_at", "changed_at", "corrections", "status")


def test_an_anonymous_caller_sees_the_words_of_a_claim(one: Annotated, api: Api) -> None:
    """The pieces of a split quotation, and what stands round them in their line; then nothing again."""
    path = f"/v1/claims/{one.claims[0]}"
    assert api.data(path)["appearances"][0]["quote"] is None
    assert attach(one.world.desk, one.report, one.article.content) == Attached(one.report, 1)
    line = one.article.lines[0]
    shown = api.data(path)
    assert shown["appearances"][0]["quote"] == {
        "exact": " … ".join(line.quotation),
        "prefix": "",
        "suffix": f" {line.sentence}"[:32],
    }
    assert shown["attribution"]["chain"][0]["cue"]["quote"]["exact"] == line.speaker
    assert detach(one.world.desk, one.report).editions == [1]
    assert api.data(path)["appearances"][0]["quote"] is None


def test_every_answer_quotes_at_every_locator(one: Annotated, api: Api) -> None:
    """Records, lists, nested lists, comparisons, the overview and search: equal to the text between the offsets."""
    relation = one.world.create("relation", one.world.relation(one.claims[0], one.claims[1]))
    paths = [*records(one), *lists(one), f"/v1/relations/{relation}"]
    before = read(api, paths)
    one.attach()
    shown = set()
    for path, answer in read(api, paths).items():
        assert without_quotes(answer) == without_quotes(before[path]), path
        for _, at in appearances(answer):
            assert at["quote"] == quote_of(one.article.text, at), path
            shown.add((path, at["quote"]["exact"]))
    without = {path for path in paths if path not in {path for path, _ in shown}}
    assert without == {f"/v1/reports/{one.report}", "/v1/reports"}
    lines = one.article.lines
    sentences = [text for line in lines for text in (line.sentence, " … ".join(line.quotation), line.speaker)]
    whole = {text for path, text in shown if path.startswith("/v1/claims?")}
    assert whole == {*sentences, "about 40 left"}
    newest = {text for path, text in shown if path.startswith("/v1/figures?")}
    assert newest == {"about 40", lines[1].speaker, lines[2].speaker}
    assert [edition["held"] for edition in api.data(f"/v1/reports/{one.report}")["editions"]] == [True]


def test_no_copy_without_quotes_is_taken_for_the_current_one(one: Annotated, api: Api) -> None:
    """Whoever asks with the validator of before is given the words, and after detaching loses them again."""
    quoting = [path for path in (*records(one), *lists(one)) if path != "/v1/reports"]
    before = tags(api, quoting)
    one.attach()
    during = tags(api, quoting)
    for path in quoting:
        assert during[path] != before[path], path
        assert api.get(path, if_none_match=before[path]).status_code == 200, path
        assert api.get(path, if_none_match=during[path]).status_code == 304, path
    detach(one.world.desk, one.report)
    for path in quoting:
        assert api.get(path, if_none_match=during[path]).status_code == 200, path


def test_search_finds_words_that_stand_in_the_text_alone(one: Annotated, api: Api) -> None:
    """In any case and without marks; the snippet shows the quote, and the score is the same on both databases."""
    line = one.article.lines[1]
    word = line.sentence.split()[1]
    draft = one.world.figure(
        one.claims[1], reported="40", appearance=one.article.locator(0, one.article.lines[0].sentence)
    )
    figure = one.world.create("figure", draft)
    marked = line.quotation[0].strip("“,").split()[-1]
    assert read(api, [found(word)])[found(word)]["data"] == []
    one.attach()
    hits = api.data(found(word.upper()))
    assert [hit["id"] for hit in hits] == [one.claims[3]]
    assert [piece["text"] for piece in hits[0]["snippet"] if piece["match"]] == [word]
    assert "".join(piece["text"] for piece in hits[0]["snippet"]) == line.sentence
    assert [hit["id"] for hit in api.data(found(marked))] == [one.claims[2]]
    assert hits[0]["score"] == SCORE
    of_the_figure = one.article.lines[0].sentence.split()[1]
    assert {hit["id"] for hit in api.data(found(of_the_figure))} == {figure, one.claims[1]}
    # Whoever said it is found by the record; that the text names them so is no part of what is searched.
    assert api.data(found(line.speaker.split()[0])) == []
    listed = read(api, [f"/v1/claims?q={word}"]).popitem()[1]["data"]
    assert [claim["id"] for claim in listed] == [one.claims[3]]
    detach(one.world.desk, one.report)
    assert api.data(found(word)) == []


# What both databases give to that one word in that text.
SCORE = 0.498811


def test_the_ledger_hears_nothing_of_a_text(one: Annotated, api: Api) -> None:
    """Head, versions and dates stay; a rebuild finds every document as it should be, with and without the text."""

    def state() -> tuple[Any, list[Any]]:
        with snapshot(one.world.desk.engine) as connection:
            head = ledger_queries.head(connection)
        return head, [[record[name] for name in LIVED] for record in map(api.data, records(one))]

    before = state()
    one.attach()
    assert state() == before
    assert rebuild(one.world.desk, keep=False) == 0
    detach(one.world.desk, one.report)
    assert state() == before
    assert rebuild(one.world.desk, keep=False) == 0


def test_a_rebuild_beside_a_text_gives_the_same_bytes(one: Annotated, api: Api) -> None:
    """Documents that were forged are made again with their quotes."""
    one.attach()
    paths = records(one)
    before = raw(api, paths)
    with one.world.desk.engine.begin() as connection:
        connection.execute(update(DOCUMENT).values(body=b"{}"))
    assert raw(api, paths) != before
    rebuild(one.world.desk)
    assert raw(api, paths) == before


def test_what_is_recorded_beside_a_text_is_quoted_at_once(one: Annotated, api: Api) -> None:
    """A claim that is added, corrected, retracted or restored while the text is held."""
    one.attach()
    world, article = one.world, one.article
    place = article.locator(0, article.lines[0].quotation[1])
    claim = world.create("claim", world.claim(report=one.report, appearances=[place]))

    def quotes() -> list[str]:
        return [at["quote"]["exact"] for at in api.data(f"/v1/claims/{claim}")["appearances"]]

    assert quotes() == [article.lines[0].quotation[1]]
    moved = article.locator(2, article.lines[2].quotation[0])
    world.correct(claim, world.claim(report=one.report, appearances=[moved]))
    assert quotes() == [article.lines[2].quotation[0]]
    world.retract(claim)
    gone = api.get(f"/v1/claims/{claim}")
    assert (gone.status_code, "quote" in gone.text) == (410, False)
    world.restore(claim)
    assert quotes() == [article.lines[2].quotation[0]]


def test_a_retracted_report_shows_nothing_and_quotes_again_when_it_is_restored(one: Annotated, api: Api) -> None:
    """A retraction that protects nobody leaves the text with its operator, and with readers nothing."""
    one.attach()
    before = raw(api, records(one))
    word = one.article.lines[0].sentence.split()[1]
    one.world.retract(one.report)
    for path in records(one):
        assert api.get(path).status_code == 410
    for path in ("/v1/claims", "/v1/figures", found(word)):
        assert json.loads(api.get(path).content)["data"] == []
    one.world.restore(one.report)
    shown = [api.data(path) for path in records(one)]
    assert [without_quotes(record) for record in shown] != shown
    assert all(at["quote"] == quote_of(one.article.text, at) for record in shown for _, at in appearances(record))
    assert before.keys() == set(records(one))


@pytest.mark.parametrize("name", ["slug", "id"])
def test_a_report_is_named_by_its_slug_or_its_id(one: Annotated, api: Api, name: str) -> None:
    """As everywhere; attaching it again changes nothing."""
    named = api.data(f"/v1/reports/{one.report}")[name]
    for _ in range(2):
        assert attach(one.world.desk, named, one.article.content) == Attached(one.report, 1)
    assert detach(one.world.desk, named).editions == [1]
