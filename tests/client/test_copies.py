"""A copy promises: after whatever editors did, and whenever it was pulled, it holds what the server shows, and why."""

from hypothesis import given
from hypothesis import strategies as st

from app.client.copy import Copy, Target
from tests.client.conftest import Targets
from tests.client.following import (
    assert_flat,
    client_of,
    copied_documents,
    copied_revisions,
    pulled,
    served_documents,
    served_revisions,
)
from tests.record.histories import Player, beside, histories
from tests.support.api import Api, serving
from tests.support.databases import Databases
from tests.support.world import World


def assert_in_step(api: Api, target: Target, **filters: str) -> None:
    """Check that a copy is what the server shows: documents, flat tables, and, without filters, the whole history."""
    whole = served_documents(api)
    documents = served_documents(api, filters) if filters else whole
    with Copy.there(target) as copy:
        assert copied_documents(copy) == documents
        assert_flat(copy, documents, whole)
        if not filters:
            assert copied_revisions(copy) == served_revisions(api)


def test_a_first_pull_holds_everything(api: Api, targets: Targets) -> None:
    """A copy that was begun just now has every record, every table and the whole ledger; nobody needs a key."""
    target = targets()
    pulled(api, target)
    assert_in_step(api, target)
    with Copy.there(target) as copy:
        assert copy.db.rows("SELECT count(*) FROM reports") == [(1,)]


def test_a_second_pull_moves_only_what_changed(world: World, api: Api, targets: Targets) -> None:
    """The job of the next night asks for the head and one page, whatever the copy holds."""
    target = targets()
    pulled(api, target)
    world.create("actor", world.actor(name="Another"))
    with client_of(api) as client, Copy.open(target, "http://test", {}, None) as copy:
        from app.client.pulling import pull  # noqa: PLC0415

        told = pull(client, copy)
        asked = client._http._transport.asked  # type: ignore[attr-defined]
    assert told.revisions == 1
    assert [one.split("?")[0] for one in asked] == ["/v1/ledger/head", "/v1/changes"]
    assert_in_step(api, target)


@given(st.data())
def test_whatever_editors_do_the_copy_keeps_in_step(
    databases: Databases, furnished_template: World, targets: Targets, data: st.DataObject
) -> None:
    """Random edits of every noun, pulled at random moments: documents, tables and history equal the server's."""
    played = data.draw(histories(14))
    nights = data.draw(st.sets(st.integers(0, len(played)), max_size=3))
    with databases.copy("furnished") as url:
        player = Player(beside(furnished_template, url)).furnish()
        with serving(url) as api:
            target = targets()
            for at, step in enumerate(played):
                if at in nights:
                    pulled(api, target)
                    assert_in_step(api, target)
                player.play(step)
            pulled(api, target)
            assert_in_step(api, target)
