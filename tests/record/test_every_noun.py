"""Every noun keeps the same promises: four verbs, one revision each, and refusals that leave nothing behind."""

from functools import partial
from typing import Any

from app.kit import ids
from app.kit.errors import AlreadyRecorded, InvalidInput, NotAllowed, NothingChanged, NotRecorded, UnknownReference
from app.ledger.words import Cause, WriterRole
from app.record.desk import note
from app.record.refs import Entry
from app.record.writing import Writing
from tests.record.nouns import CODES, DRAFTS, REFERENCES, WORDS, Held, refusal, refused, unchanged
from tests.record.readings import body_of, check_documents, documents, revisions
from tests.support.world import World, draft_of


def _entry(writing: Writing, record_id: str) -> Entry | None:
    return writing.shelf.entry(record_id)


def test_a_record_is_created_corrected_retracted_and_restored(world: World) -> None:
    """Each verb makes one revision with its cause, and the document follows at once."""
    for noun in DRAFTS:
        draft = DRAFTS[noun](world)
        record_id = world.create(noun, draft)
        assert documents(world.desk.engine)[record_id]["version"] == 1
        world.correct(record_id, {**draft, WORDS[noun]: "Other words"})
        document = documents(world.desk.engine)[record_id]
        assert (document[WORDS[noun]], document["version"], document["corrections"]["count"]) == ("Other words", 2, 1)
        world.retract(record_id)
        assert record_id not in documents(world.desk.engine)
        world.restore(record_id)
        document = documents(world.desk.engine)[record_id]
        assert (document["version"], document["status"], document["corrections"]["count"]) == (4, "published", 1)
        assert revisions(world.desk.engine, record_id) == [
            ("create", None),
            ("correct", "our_error"),
            ("retract", "publisher_correction"),
            ("restore", "our_error"),
        ]
    check_documents(world.desk)


def one_of_each(world: World) -> list[tuple[str, str, dict[str, Any]]]:
    """Return (noun, id, draft) of a new record of each noun that no other names."""
    drafts = {noun: DRAFTS[noun](world) for noun in DRAFTS}
    made = world.create_all(list(drafts.items()))
    return [(noun, record_id, drafts[noun]) for noun, record_id in zip(drafts, made, strict=True)]


def create(world: World, noun: str, record_id: str, draft: dict[str, Any]) -> None:
    """Create a record under an id of one's own."""
    verb = partial(Writing.create, record_type=noun, record_id=record_id, draft=draft_of(noun, draft))
    world.desk.write(WriterRole.EDITOR, verb)


def test_a_verb_that_the_state_forbids_is_refused(world: World) -> None:
    """A public record cannot be restored; a retracted one can be neither corrected nor retracted nor made anew."""
    made = one_of_each(world)
    with unchanged(world):
        for _, record_id, draft in made:
            with refusal(NothingChanged):
                world.correct(record_id, draft)
            with refusal(NotAllowed):
                world.restore(record_id)
    for _, record_id, _ in made:
        world.retract(record_id)
    with unchanged(world):
        for noun, record_id, draft in made:
            with refusal(NotAllowed):
                world.correct(record_id, {**draft, WORDS[noun]: "Other words"})
            with refusal(NotAllowed):
                world.retract(record_id)
            with refusal(AlreadyRecorded):
                create(world, noun, record_id, draft)


def test_what_was_never_recorded_cannot_be_changed(world: World) -> None:
    """An id that nobody recorded is not there for any verb."""
    cases = [(ids.seeded_id(noun, "never"), draft(world)) for noun, draft in DRAFTS.items()]
    with unchanged(world):
        for record_id, draft in cases:
            with refusal(NotRecorded):
                world.correct(record_id, draft)
            with refusal(NotRecorded):
                world.retract(record_id)
            with refusal(NotRecorded):
                world.restore(record_id)


def test_a_record_takes_only_a_free_id_of_its_own_type(world: World) -> None:
    """No id names two records, and the prefix tells the type."""
    made = one_of_each(world)
    with unchanged(world):
        for noun, record_id, draft in made:
            other = next(one for one in DRAFTS if one != noun)
            with refusal(AlreadyRecorded):
                create(world, noun, record_id, draft)
            for wrong in (ids.seeded_id(other, "free"), "not-an-id", record_id.upper()):
                with refusal(InvalidInput):
                    create(world, noun, wrong, draft)


def test_a_record_names_only_what_is_public(world: World) -> None:
    """A reference to what was never recorded, or is retracted, is refused where it stands, new or corrected."""
    hidden = {one.of: world.create(one.of, DRAFTS[one.of](world)) for one in REFERENCES}
    record = {one.noun: world.create(one.noun, DRAFTS[one.noun](world)) for one in REFERENCES}
    for one in hidden.values():
        world.retract(one)
    cases = [
        (held, held.draft(world, unknown))
        for held in REFERENCES
        for unknown in (hidden[held.of], ids.seeded_id(held.of, "never"))
    ]
    with unchanged(world):
        for held, draft in cases:
            with refusal(UnknownReference, held.pointer):
                world.create(held.noun, draft)
            with refusal(UnknownReference, held.pointer):
                world.correct(record[held.noun], draft)


def test_a_record_names_only_codes_of_its_vocabulary(world: World) -> None:
    """A code that its list does not have is refused where it stands."""
    cases = [(held, held.draft(world, "no_such_code")) for held in CODES]
    with unchanged(world):
        for held, draft in cases:
            with refusal(UnknownReference, held.pointer):
                world.create(held.noun, draft)


CITED = [one for one in REFERENCES if one.of in ("place", "actor", "crisis")]


def citing(world: World) -> list[tuple[Held, str, str]]:
    """Return for every field that names a place, actor or crisis: the field, who names it there, and whom."""
    found = []
    for held in CITED:
        cited = world.create(held.of, DRAFTS[held.of](world))
        found.append((held, world.create(held.noun, held.draft(world, cited)), cited))
    return found


def test_what_a_public_record_names_cannot_be_retracted(world: World) -> None:
    """Nothing is left standing without what it names; when that goes, it may go too, and it comes back the same way."""
    cases = citing(world)
    with unchanged(world):
        for _, _, cited in cases:
            with refusal(NotAllowed):
                world.retract(cited, Cause.PROTECTION)
    for _, record_id, cited in cases:
        world.retract(record_id)
        world.retract(cited, Cause.PROTECTION)
    check_documents(world.desk)
    with unchanged(world):
        for held, record_id, _ in cases:
            with refusal(NotAllowed, held.pointer):
                world.restore(record_id)
    for _, record_id, cited in cases:
        world.restore(cited)
        world.restore(record_id)
    check_documents(world.desk)


def test_a_parent_comes_back_only_with_what_its_children_name(world: World) -> None:
    """A report is not restored while a claim in it names an actor that is retracted since."""
    actor = world.create("actor", world.actor())
    world.create("claim", world.claim(about=[{"actor": actor, "label": "they", "role": "agent"}]))
    world.retract(world.report)
    world.retract(actor)
    with refused(world, NotAllowed, "/about/0/actor"):
        world.restore(world.report)
    world.restore(actor)
    world.restore(world.report)
    check_documents(world.desk)


def test_a_vocabulary_in_use_stays_and_keeps_its_name_and_codes(world: World) -> None:
    """A list of which a public record names a code is not retracted; and no list is renamed or loses a code."""
    bodies = {held.of: body_of(world.desk.engine, ids.seeded_id("vocabulary", held.of)) for held in CODES}
    for held in CODES:
        world.create(held.noun, held.draft(world, bodies[held.of]["terms"][0]["code"]))
    with unchanged(world):
        for name, body in bodies.items():
            vocabulary = ids.seeded_id("vocabulary", name)
            with refusal(NotAllowed):
                world.retract(vocabulary)
            with refusal(InvalidInput, "/terms"):
                world.correct(vocabulary, {**body, "terms": body["terms"][:-1]})
            with refusal(InvalidInput, "/name"):
                world.correct(vocabulary, {**body, "name": "another"})


def test_a_code_of_a_retracted_vocabulary_is_not_known(world: World) -> None:
    """A list nobody uses may go; then nobody can begin to use it, and what used it once waits until it is back."""
    actor = world.create("actor", world.actor(organisation_type="media"))
    vocabulary = ids.seeded_id("vocabulary", "organisation_type")
    world.retract(actor)
    world.retract(vocabulary)
    with refused(world, UnknownReference, "/organisation_type"):
        world.create("actor", world.actor(organisation_type="media"))
    with refused(world, NotAllowed, "/organisation_type"):
        world.restore(actor)
    world.restore(vocabulary)
    world.restore(actor)


def test_the_note_and_cause_of_a_retraction_are_kept(world: World) -> None:
    """Whoever finds a record gone is told when and why."""
    for noun in DRAFTS:
        record_id = world.create(noun, DRAFTS[noun](world))
        told = note("It was another's.")
        world.desk.write(
            WriterRole.EDITOR,
            partial(Writing.retract, record_id=record_id, cause=Cause.ORIGINATOR_CORRECTION, note=told),
        )
        entry = world.desk.write(WriterRole.EDITOR, partial(_entry, record_id=record_id))
        assert entry is not None
        assert (entry.status, entry.public, entry.retracted_cause, entry.retracted_note) == (
            "retracted",
            False,
            "originator_correction",
            "It was another's.",
        )
