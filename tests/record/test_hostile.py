"""What somebody who means harm, or only hurries, tries at the desk, and what the desk says."""

from typing import Any

import pytest
from sqlalchemy import insert, select, text

from app.kit.errors import NotAllowed
from app.ledger.words import Cause, WriterRole
from app.record import documents
from app.record.desk import note
from app.record.queries import DOCUMENT, HANDLE, QUEUE, RECORD
from app.record.rebuild import differences, rebuild
from app.record.writing import Writing
from tests.support.api import Api
from tests.support.world import World, draft_of


def correct(world: World, record_id: str, record_type: str, value: dict[str, Any], cause: Cause) -> None:
    """Correct a record for a cause."""
    draft = draft_of(record_type, value)
    world.desk.write(WriterRole.EDITOR, lambda writing: writing.correct(record_id, draft, cause, note("Why.")))


def test_a_former_slug_is_forgotten_when_somebody_is_protected(world: World, api: Api) -> None:
    """Other corrections keep old links alive; a protection does not, because the link itself can tell a name."""
    kept = world.create("actor", world.actor(slug="old-name"))
    correct(world, kept, "actor", world.actor(slug="new-name"), Cause.OUR_ERROR)
    assert api.data("/v1/actors/old-name")["id"] == kept
    correct(world, kept, "actor", world.actor(slug="newest-name"), Cause.PROTECTION)
    assert api.get("/v1/actors/old-name").status_code == api.get("/v1/actors/new-name").status_code == 404
    assert api.data("/v1/actors/newest-name")["id"] == kept
    with world.desk.engine.connect() as connection:
        left = connection.execute(select(HANDLE.c.handle).where(HANDLE.c.record_id == kept)).scalars()
        assert list(left) == ["newest-name"]


def test_nobody_says_by_hand_that_a_parent_is_the_cause(world: World) -> None:
    """`parent` is what the desk writes for what stands in a record."""
    with pytest.raises(NotAllowed, match="cause of this very change"):
        world.retract(world.report, Cause.PARENT)
    with pytest.raises(NotAllowed, match="cause of this very change"):
        correct(world, world.report, "report", world.report_draft(), Cause.PARENT)


def test_who_is_cited_in_the_same_write_cannot_go_in_it(world: World) -> None:
    """A claim made a moment ago, not yet rendered, holds whom it names as any other does."""
    witness = world.create("actor", world.person())
    claim = draft_of("claim", world.claim(about=[{"actor": witness, "label": "a witness", "role": "other"}]))
    record_id = world.create("claim", world.claim())

    def verbs(writing: Writing) -> None:
        writing.correct(record_id, claim, Cause.OUR_ERROR)
        writing.retract(witness, Cause.PROTECTION)

    with pytest.raises(NotAllowed, match="cite it"):
        world.desk.write(WriterRole.EDITOR, verbs)


def test_a_witness_is_taken_out_of_a_claim_and_of_sight_in_one_write(world: World, api: Api) -> None:
    """Protection is one step: there is no moment in which one half is done."""
    witness = world.create("actor", world.person(name="A Witness"))
    about = [{"actor": witness, "label": "a witness", "role": "other"}]
    claim = world.create("claim", world.claim(about=about))
    world.create("figure", world.figure(claim))
    draft = draft_of("claim", world.claim())

    def verbs(writing: Writing) -> None:
        writing.correct(claim, draft, Cause.PROTECTION)
        writing.retract(witness, Cause.PROTECTION)

    world.desk.write(WriterRole.EDITOR, verbs)
    assert api.get(f"/v1/actors/{witness}").status_code == 410
    assert "Witness" not in api.get(f"/v1/claims/{claim}").text
    assert len(api.walk("/v1/claims")) == 1
    assert "A Witness" not in api.get("/v1/claims").text


def test_protection_leaves_nothing_waiting(world: World, api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    """What an interrupted write has left to be rendered is rendered before the answer, not after it."""
    claim = world.create("claim", world.claim())
    with world.desk.engine.begin() as connection:
        connection.execute(DOCUMENT.update().where(DOCUMENT.c.id == claim).values(body=b'{"stale":true}', etag="old"))
        connection.execute(insert(QUEUE), [{"record_id": claim, "since": 1}])
    monkeypatch.setattr(type(world.desk), "settle", lambda _desk: 0)
    other = world.create("actor", world.person())
    world.retract(other, Cause.PROTECTION)
    assert api.data(f"/v1/claims/{claim}")["id"] == claim
    with world.desk.engine.connect() as connection:
        assert documents.all_waiting(connection) == set()


def test_what_comes_back_must_still_keep_the_rules(world: World) -> None:
    """A claim whose report has another text by now cannot come back with locators that point past its end."""
    claim = world.create("claim", world.claim())
    world.retract(claim)
    with world.desk.engine.begin() as connection:
        seq = connection.execute(select(RECORD.c.seq).where(RECORD.c.id == world.report)).scalar_one()
        suffix = " ON revision_content" if connection.dialect.name == "postgresql" else ""
        connection.execute(text("DROP TRIGGER revision_content_refuses_update" + suffix))
        forge = "UPDATE revision_content SET value = replace(value, :old, :new) WHERE seq = :seq"
        lengths = {"old": '"length":2000', "new": '"length":3'}
        assert connection.execute(text(forge), {**lengths, "seq": seq}).rowcount == 1
    with pytest.raises(NotAllowed, match="would break a rule"):
        world.restore(claim)


def test_a_forged_record_is_found(world: World) -> None:
    """A row of the register without a revision, and a retraction that no revision made, are found."""
    claim = world.create("claim", world.claim())
    with world.desk.engine.begin() as connection:
        row = dict(connection.execute(select(RECORD).where(RECORD.c.id == claim)).mappings().one())
        forged = {**row, "id": "clm_" + "0" * 26, "recorded": 999_999, "seq": 999_999}
        connection.execute(insert(RECORD), [forged])
    with world.desk.engine.connect() as connection:
        assert list(differences(connection, world.desk.nouns)) == [forged["id"]]
    with world.desk.engine.begin() as connection:
        connection.execute(RECORD.delete().where(RECORD.c.id == forged["id"]))
        withdrawn = {"public": False, "retracted_at": row["changed_at"], "retracted_cause": "our_error"}
        connection.execute(RECORD.update().where(RECORD.c.id == claim).values(status="retracted", **withdrawn))
    with world.desk.engine.connect() as connection:
        assert list(differences(connection, world.desk.nouns)) == [claim]


@pytest.mark.parametrize(("column", "forgery"), [("body", b"{}"), ("card", "{}"), ("etag", "forged"), ("seq", 1)])
def test_a_forged_document_is_found_and_finding_it_changes_nothing(world: World, column: str, forgery: Any) -> None:
    """Readers see what the ledger says, and whoever doubts it can ask without repairing anything."""
    claim = world.create("claim", world.claim())
    assert rebuild(world.desk, keep=False) == 0
    with world.desk.engine.begin() as connection:
        true = connection.execute(select(DOCUMENT).where(DOCUMENT.c.id == claim)).mappings().one()
        connection.execute(DOCUMENT.update().where(DOCUMENT.c.id == claim).values({column: forgery}))
    assert rebuild(world.desk, keep=False) == 1
    assert rebuild(world.desk, keep=False) == 1
    assert rebuild(world.desk) == 1
    assert rebuild(world.desk, keep=False) == 0
    with world.desk.engine.connect() as connection:
        mended = connection.execute(select(DOCUMENT).where(DOCUMENT.c.id == claim)).mappings().one()
    assert {**mended, "modified_at": 0} == {**true, "modified_at": 0}
