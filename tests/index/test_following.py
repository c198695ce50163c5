"""The index promises: after every verb it finds what a rebuild would find, in the same transaction as the documents."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings

from app.kit import ids
from app.kit.errors import InvalidInput, OnrecordError
from app.ledger.words import Cause, WriterRole
from app.record.writing import Writing
from app.store.bulk import FEW
from tests.index.looking import check_index, found, searched, span
from tests.record.histories import Player, Step, beside, few, histories
from tests.record.nouns import unchanged
from tests.record.readings import INDEX, body_of, count, dump, found_by
from tests.support.databases import Databases
from tests.support.world import World, draft_of


def test_after_every_verb_the_index_is_what_a_rebuild_makes(databases: Databases, furnished_template: World) -> None:
    """Whatever editors do, one verb after the other, what is refused included."""

    @settings(max_examples=few(databases))
    @given(histories(8))
    def prove(steps: list[Step]) -> None:
        with databases.copy("furnished") as url:
            player = Player(beside(furnished_template, url)).furnish()
            for step in steps:
                player.play(step)
                check_index(player.world)

    prove()


# --- what a record takes over from others ----------------------------------------------------------------------------


def test_all_that_is_in_a_place_moves_with_it(world: World) -> None:
    """Places, crises, reports, claims and figures are found by all around them, as it is now."""
    region, other = (world.create("place", world.place()) for _ in range(2))
    district = world.create("place", world.place(parent=region))
    village = world.create("place", world.place(parent=district))
    crisis = world.create("crisis", world.crisis_draft(places=[village]))
    report = world.create("report", world.report_draft(places=[village]))
    claim = world.create("claim", world.claim(places=[village]))
    figure = world.create("figure", world.figure(claim, place=village))
    elsewhere = world.create("figure", world.figure(claim))
    everything = {("crisis", crisis), ("report", report), ("claim", claim), ("figure", figure), ("place", village)}
    for moved, parent in ((district, other), (district, region), (village, other), (other, region)):
        world.correct(moved, {**body_of(world.desk.engine, moved), "parent": parent})
        around = _around(world, village)
        for noun, one in everything:
            for place in (village, district, region, other, world.country):
                assert (one in found(world, f"{noun}.place", place)) == (place in around), (noun, place)
        assert found(world, "figure.place", village) == {figure}
        assert elsewhere in found(world, "figure.place", world.country)
        check_index(world)


def _around(world: World, place: str) -> set[str]:
    """Return a place and all that it lies in, by the newest bodies."""
    around = set()
    above: str | None = place
    while above is not None:
        around.add(above)
        above = body_of(world.desk.engine, above)["parent"]
    return around


def test_all_that_is_in_a_report_moves_to_its_crisis(world: World) -> None:
    """Claims, figures and relations are found by the crisis of their report, in whose key neither stands."""
    one, other = world.create_all([("claim", world.claim())] * 2)
    figure = world.create("figure", world.figure(one))
    relation = world.create("relation", world.relation(one, other))
    crisis = world.create("crisis", world.crisis_draft())
    world.correct(world.report, {**body_of(world.desk.engine, world.report), "crisis": crisis})
    for field, records in {
        "report.crisis": {world.report},
        "claim.crisis": {one, other},
        "figure.crisis": {figure},
        "relation.crisis": {relation},
    }.items():
        assert found(world, field, crisis) == records
        assert found(world, field, world.crisis) == set()
    check_index(world)


def test_when_a_report_was_published_is_when_its_claims_were(world: World) -> None:
    """A corrected date of a report is the date of its claims and figures; its places stay its own."""
    claim = world.create("claim", world.claim())
    figure = world.create("figure", world.figure(claim))
    place = world.create("place", world.place())
    published = {"edtf": "2017-01", "basis": "stated"}
    world.correct(world.report, {**body_of(world.desk.engine, world.report), "published": published, "places": [place]})
    first, last = date(2017, 1, 1).toordinal(), date(2017, 1, 31).toordinal()
    for noun, one in (("report", world.report), ("claim", claim), ("figure", figure)):
        assert span(world, f"{noun}.published", one) == (first, first, first, last)
    assert (found(world, "report.place", place), found(world, "claim.place", place)) == ({world.report}, set())
    check_index(world)


def test_a_figure_is_found_by_what_its_claim_says_now(world: World) -> None:
    """Themes, kind, about and event of a corrected claim find its figures."""
    actor = world.create("actor", world.actor())
    claim = world.create("claim", world.claim())
    figure = world.create("figure", world.figure(claim))
    changes: dict[str, Any] = {
        "themes": ["education"],
        "kind": "denial",
        "about": [{"actor": actor, "label": "they", "role": "agent"}],
        "event": {"edtf": "2016-12-12", "basis": "stated"},
    }
    for name, value in changes.items():
        world.correct(claim, {**body_of(world.desk.engine, claim), name: value})
        check_index(world)
    day = date(2016, 12, 12).toordinal()
    for noun, one in (("claim", claim), ("figure", figure)):
        for name, value in {"theme": "education", "kind": "denial", "about": actor}.items():
            assert found(world, f"{noun}.{name}", value) == {one}, name
        for name, value in {"theme": "health", "kind": "factual_report"}.items():
            assert found(world, f"{noun}.{name}", value) == set(), name
        assert span(world, f"{noun}.event", one) == (day, day, day, day)


def test_a_figure_is_found_by_whoever_said_its_claim(world: World) -> None:
    """The whole attribution of a corrected claim finds its figures: who, for whom, how, when, and in what words."""
    speaker, house = (world.create("actor", world.actor()) for _ in range(2))
    claim = world.create("claim", world.claim())
    figure = world.create("figure", world.figure(claim))
    affiliation = {"actor": house, "label": "a house"}
    hop = world.originator(actor=speaker, medium="message", affiliation=affiliation, label="A Spokeswoman")
    said = world.attribution([hop], form="indirect_quote", said_on={"edtf": "2016", "basis": "stated"})
    world.correct(claim, world.claim(attribution=said))
    year = date(2016, 1, 1).toordinal()
    terms = dict.fromkeys(("originator", "voice", "voice_key", "actor"), speaker)
    terms |= {"affiliation": house, "medium": "message", "form": "indirect_quote"}
    for noun, one in (("claim", claim), ("figure", figure)):
        for name, value in terms.items():
            assert found(world, f"{noun}.{name}", value) == {one}, name
        assert found(world, f"{noun}.originator", world.speaker) == set()
        assert span(world, f"{noun}.said", one)[:2] == (year, year)
        assert (searched(world, noun, "spokeswoman"), searched(world, noun, '"a speaker"')) == ({one}, set())
    ((_, *row),) = dump(world.desk.engine)["figure_index"]
    assert {figure, claim, world.report, world.publisher, speaker} <= set(row)
    check_index(world)


def test_a_claim_is_found_by_the_figures_that_it_has(world: World) -> None:
    """The first figure makes it one that has figures, the last one's going ends that; measures likewise."""
    claim, other = world.create_all([("claim", world.claim())] * 2)
    assert found(world, "claim.has_figures", "false") == {claim, other}
    one, two = (world.create("figure", world.figure(claim, text=words)) for words in ("100 people", "100 souls"))
    assert found(world, "claim.has_figures", "true") == found(world, "claim.measure", "people_besieged") == {claim}
    world.retract(one)
    assert found(world, "claim.measure", "people_besieged") == {claim}
    world.correct(two, world.figure(claim, measure="people_missing"))
    assert found(world, "claim.measure", "people_besieged") == set()
    assert found(world, "claim.measure", "people_missing") == {claim}
    world.retract(two)
    assert found(world, "claim.has_figures", "false") == {claim, other}
    assert found(world, "claim.measure", "people_missing") == set()
    world.restore(one)
    assert found(world, "claim.measure", "people_besieged") == {claim}
    check_index(world)


def test_a_new_name_finds_the_actor_and_not_what_was_said(world: World) -> None:
    """Search follows the name of an actor; a claim keeps the words with which its source was named."""
    claim = world.create("claim", world.claim())
    before = searched(world, "claim", "speaker")
    assert before == {claim}
    world.correct(world.speaker, world.person(name="Zaynab al-Ḥalabī", aliases=["Umm Yusuf"]))
    assert searched(world, "actor", "zaynab") == searched(world, "actor", '"umm yusuf"') == {world.speaker}
    assert searched(world, "actor", "speaker") == set()
    assert searched(world, "claim", "speaker") == before
    assert searched(world, "claim", "zaynab") == set()
    check_index(world)


def test_an_actor_is_found_by_the_roles_that_it_has_in_public_claims(world: World) -> None:
    """From the first claim to the last, counted for everybody in the chain."""
    assert found(world, "actor.role", "originator") == set()
    claim = world.create("claim", world.claim())
    other = world.create("actor", world.actor())
    assert found(world, "actor.role", "originator") == {world.speaker}
    assert found(world, "actor.role", "reporter") == {world.reporter}
    world.correct(claim, world.claim(attribution=world.attribution([world.originator(actor=other)])))
    assert found(world, "actor.role", "originator") == {other}
    world.retract(claim)
    assert found(world, "actor.role", "originator") == found(world, "actor.role", "publisher") == set()
    check_index(world)


# --- what is not public ----------------------------------------------------------------------------------------------


def test_what_falls_with_a_report_is_found_by_nothing_and_comes_back(world: World) -> None:
    """No row of any table of the index is of a record that is not public; restored, it is found as before."""
    one, other = world.create_all([("claim", world.claim())] * 2)
    world.create("figure", world.figure(one))
    world.create("relation", world.relation(one, other))
    before, rows = found_by(world.desk.engine), [count(world.desk.engine, name) for name in INDEX]
    gone = [row[2] for row in dump(world.desk.engine)["record"] if row[1] in ("report", "claim", "figure", "relation")]
    assert len(gone) == 5
    world.retract(world.report)
    after = dump(world.desk.engine)
    places = {"index_posting": 1, "index_span": 1, "figure_index": 0, "search_words": 0}
    assert [row for name, at in places.items() for row in after[name] if row[at] in gone] == []
    check_index(world)
    world.restore(world.report)
    assert found_by(world.desk.engine) == before
    assert [count(world.desk.engine, name) for name in INDEX] == rows
    check_index(world)


def test_what_came_and_went_in_one_transaction_was_never_found(world: World) -> None:
    """Created and retracted, and created, retracted and restored."""
    before = found_by(world.desk.engine)
    claim = ids.seeded_id("claim", "mine")

    def come_and_go(writing: Writing) -> None:
        writing.create("claim", claim, draft_of("claim", world.claim(statement="Passing.")))
        writing.retract(claim, Cause.OUR_ERROR)

    world.desk.write(WriterRole.EDITOR, come_and_go)
    assert found_by(world.desk.engine) == before
    world.restore(claim)
    assert searched(world, "claim", "passing") == {claim}
    check_index(world)


def test_what_is_refused_leaves_nothing_in_the_index(world: World) -> None:
    """Not even the number of a value that was never found before, nor what the same transaction did before."""
    good, bad = world.claim(themes=["education"]), world.claim(themes=["no_such_theme"])

    def verbs(writing: Writing) -> None:
        writing.create("claim", ids.seeded_id("claim", "good"), draft_of("claim", good))
        writing.correct(world.report, draft_of("report", world.report_draft(themes=["education"])), Cause.OUR_ERROR)
        writing.retract(ids.seeded_id("claim", "good"), Cause.OUR_ERROR)
        writing.create("claim", ids.seeded_id("claim", "bad"), draft_of("claim", bad))

    with unchanged(world), pytest.raises(OnrecordError):
        world.desk.write(WriterRole.EDITOR, verbs)
    with unchanged(world), pytest.raises(InvalidInput):
        world.create("place", world.place(country="TUR"))
    check_index(world)


# --- many at once, and what touches nothing --------------------------------------------------------------------------


def test_many_records_of_one_transaction_are_all_found(world: World) -> None:
    """More than are inserted one by one; the totals and a rebuild agree."""
    drafts = [("claim", world.claim(statement=f"Statement number{at}.")) for at in range(FEW + 5)]
    claims = world.create_all(drafts)
    figures = world.create_all([("figure", world.figure(one, value=str(at))) for at, one in enumerate(claims)])
    assert found(world, "claim.report", world.report) == found(world, "claim.has_figures", "true") == set(claims)
    assert found(world, "figure.report", world.report) == set(figures)
    assert searched(world, "claim", "number7") == {claims[7]}
    check_index(world)


def test_words_of_a_vocabulary_find_nothing_and_change_nothing(world: World) -> None:
    """A label that is changed and a code that is added re-render documents; a vocabulary that was corrected before
    leaves every row of the index as it was.
    """
    world.create("figure", world.figure(world.create("claim", world.claim())))
    lists = [ids.seeded_id("vocabulary", name) for name in ("theme", "measure", "report_format")]
    for vocabulary in lists:
        world.correct(vocabulary, {**body_of(world.desk.engine, vocabulary), "label": "A list that was corrected"})
    before = {name: rows for name, rows in dump(world.desk.engine).items() if name in INDEX}
    for vocabulary in lists:
        body = body_of(world.desk.engine, vocabulary)
        terms = [{**term, "label": "Renamed", "definition": "Otherwise."} for term in body["terms"]]
        world.correct(vocabulary, {**body, "terms": [*terms, {**terms[0], "code": "one_more"}]})
    assert {name: rows for name, rows in dump(world.desk.engine).items() if name in INDEX} == before
    check_index(world)
