"""Counts promise: what a document says of how many is what a recount gives, also when the counted moves."""

from app.kit import ids
from app.ledger.words import Cause, WriterRole
from app.record.writing import Writing
from tests.record.readings import body_of, check_documents, documents
from tests.support.world import World, draft_of


def test_the_claims_of_a_report_count_for_its_crisis_wherever_it_moves(world: World) -> None:
    """A report that turns out to be of another crisis takes its claims and figures with it, and back."""
    claim = world.create("claim", world.claim())
    world.create("figure", world.figure(claim))
    gone = world.create("claim", world.claim())
    world.retract(gone)
    other = world.create("crisis", world.crisis_draft())
    body = body_of(world.desk.engine, world.report)
    for here, there in ((world.crisis, other), (other, world.crisis)):
        world.correct(world.report, {**body, "crisis": there})
        found = documents(world.desk.engine)
        assert found[here]["counts"] == {"reports": 0, "claims": 0, "figures": 0}
        assert found[there]["counts"] == {"reports": 1, "claims": 1, "figures": 1}
    world.correct(world.report, {**body, "crisis": other})
    world.restore(gone)
    world.retract(claim)
    assert documents(world.desk.engine)[other]["counts"] == {"reports": 1, "claims": 1, "figures": 0}
    check_documents(world.desk)


def test_a_claim_that_is_given_to_another_counts_for_that_one(world: World) -> None:
    """Who turns out not to have said it has said one thing less."""
    claim = world.create("claim", world.claim())
    other = world.create("actor", world.person())
    world.correct(claim, world.claim(attribution=world.attribution([world.originator(actor=other)])))
    found = documents(world.desk.engine)
    assert (found[world.speaker]["counts"]["originator"], found[other]["counts"]["originator"]) == (0, 1)
    check_documents(world.desk)


def test_one_transaction_sees_what_it_did(world: World) -> None:
    """A code that is added, and a label that is changed, hold for what the same transaction records next."""
    theme = ids.seeded_id("vocabulary", "theme")
    body = body_of(world.desk.engine, theme)
    new = {**body["terms"][0], "code": "new_theme", "label": "A new theme"}
    longer = draft_of("vocabulary", {**body, "terms": [*body["terms"], new]})
    claim = ids.seeded_id("claim", "mine")

    def verbs(writing: Writing) -> None:
        writing.create("claim", claim, draft_of("claim", world.claim()))
        writing.correct(theme, longer, Cause.VOCABULARY)
        writing.correct(claim, draft_of("claim", world.claim(themes=["new_theme"])), Cause.VOCABULARY)

    world.desk.write(WriterRole.EDITOR, verbs)
    assert documents(world.desk.engine)[claim]["themes"] == [{"code": "new_theme", "label": "A new theme"}]
    check_documents(world.desk)
