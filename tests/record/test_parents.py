"""The parent rule promises: what stands in a record falls and rises with it, with one revision each, at every depth."""

from typing import Any, NamedTuple

from app.ledger.words import Cause, WriterRole
from app.record.writing import Writing
from tests.record.readings import check_documents, documents, revisions
from tests.support.world import World, draft_of


class Tree(NamedTuple):
    """A report, a claim, its figure, a figure elsewhere derived from that, and relations with one end in the report."""

    report: str
    claim: str
    figure: str
    derived: str
    between_claims: str
    between_figures: str
    elsewhere: str


def tree(world: World) -> Tree:
    """Grow the tree; `elsewhere` is a claim of another report, in which the derived figure stands."""
    other = world.create("report", world.report_draft())
    elsewhere = world.create("claim", world.claim(report=other))
    report = world.create("report", world.report_draft())
    claim = world.create("claim", world.claim(report=report))
    figure = world.create("figure", world.figure(claim))
    unsaid: dict[str, Any] = {"reported": None, "appearance": None}
    derived = {"formula": "the same", "inputs": [figure]}
    counted = world.create("figure", world.figure(elsewhere, derived=derived, **unsaid))
    stated = world.create("figure", world.figure(elsewhere))
    return Tree(
        report,
        claim,
        figure,
        counted,
        world.create("relation", world.relation(elsewhere, claim)),
        world.create("relation", world.relation(figure, stated)),
        elsewhere,
    )


# What falls with each, at whatever depth.
FALLS = {
    "report": ("claim", "figure", "derived", "between_claims", "between_figures"),
    "claim": ("figure", "derived", "between_claims", "between_figures"),
    "figure": ("derived", "between_figures"),
    "derived": (),
    "elsewhere": ("derived", "between_claims", "between_figures"),
}


def test_all_that_stands_in_a_record_falls_and_rises_with_it(world: World) -> None:
    """Each gets exactly one revision for the fall and one for the rise, with the cause `parent`; others get none."""
    for name, below in FALLS.items():
        grown = tree(world)
        fallen = set(below)
        world.retract(getattr(grown, name))
        assert {one for one in Tree._fields if getattr(grown, one) not in documents(world.desk.engine)} == fallen | {
            name
        }
        check_documents(world.desk)
        world.restore(getattr(grown, name))
        check_documents(world.desk)
        for one in Tree._fields:
            made = revisions(world.desk.engine, getattr(grown, one))[1:]
            if one == name:
                assert made == [("retract", "publisher_correction"), ("restore", "our_error")]
            else:
                assert made == ([("retract", "parent"), ("restore", "parent")] if one in fallen else []), one


def test_what_was_retracted_by_itself_stays_so_when_its_parent_comes_back(world: World) -> None:
    """A restored report brings back what fell with it; not what was taken back for its own reason, or hung on that."""
    grown = tree(world)
    world.retract(grown.claim, Cause.ORIGINATOR_CORRECTION)
    before = [revisions(world.desk.engine, one) for one in (grown.claim, grown.figure, grown.between_claims)]
    world.retract(grown.report)
    world.restore(grown.report)
    assert [revisions(world.desk.engine, one) for one in (grown.claim, grown.figure, grown.between_claims)] == before
    assert not {grown.claim, grown.figure, grown.derived} & set(documents(world.desk.engine))
    world.restore(grown.claim)
    assert {grown.claim, grown.figure, grown.derived, grown.between_figures} <= set(documents(world.desk.engine))
    check_documents(world.desk)


def test_a_relation_waits_for_both_its_ends(world: World) -> None:
    """When both ends fell, it comes back with the second, once."""
    grown = tree(world)
    world.retract(grown.claim)
    world.retract(grown.elsewhere)
    world.restore(grown.claim)
    assert grown.between_claims not in documents(world.desk.engine)
    world.restore(grown.elsewhere)
    made = revisions(world.desk.engine, grown.between_claims)
    assert made == [("create", None), ("retract", "parent"), ("restore", "parent")]
    check_documents(world.desk)


def test_a_relation_between_siblings_falls_once(world: World) -> None:
    """Both ends in one report are one reason to fall."""
    one, other = world.create_all([("claim", world.claim())] * 2)
    relation = world.create("relation", world.relation(one, other))
    world.retract(world.report)
    assert revisions(world.desk.engine, relation) == [("create", None), ("retract", "parent")]


def test_one_transaction_may_do_several_things_to_one_record(world: World) -> None:
    """Create, correct, retract and restore in one transaction leave what they would leave in four."""
    claim = world.create("claim", world.claim())

    def verbs(writing: Writing) -> None:
        figure = "fig_00000000000000000000000001"
        writing.create("figure", figure, draft_of("figure", world.figure(claim)))
        writing.correct(figure, draft_of("figure", world.figure(claim, text="101 people")), Cause.OUR_ERROR)
        writing.correct(claim, draft_of("claim", world.claim(statement="Corrected.")), Cause.OUR_ERROR)
        writing.retract(claim, Cause.OUR_ERROR)
        writing.restore(claim, Cause.OUR_ERROR)
        writing.correct(figure, draft_of("figure", world.figure(claim, text="102 people")), Cause.OUR_ERROR)
        writing.retract(figure, Cause.OUR_ERROR)
        writing.restore(figure, Cause.OUR_ERROR)

    world.desk.write(WriterRole.EDITOR, verbs)
    found = documents(world.desk.engine)
    (figure,) = found[claim]["figures"]
    assert (figure["text"], found[figure["id"]]["version"]) == ("102 people", 7)
    assert (found[claim]["statement"], found[claim]["version"]) == ("Corrected.", 4)
    assert [operation for operation, _ in revisions(world.desk.engine, figure["id"])] == [
        "create",
        "correct",
        "retract",
        "restore",
        "correct",
        "retract",
        "restore",
    ]
    check_documents(world.desk)
