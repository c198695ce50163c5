"""A copy promises whoever is protected: no byte of what was taken back stays in it, by whatever way it had come."""

from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from app.client.copy import Copy, Target
from app.client.errors import Unreachable
from app.client.pulling import Server, pull
from app.kit import ids
from app.kit.canonical import JSON
from app.ledger.words import Cause, WriterRole
from tests.client.conftest import Targets
from tests.client.following import Bridge, client_of, copied_revisions, pulled, served_revisions
from tests.support.api import Api
from tests.support.world import World, draft_of

SECRET = "Zoraida Quell"


def protect(world: World, record_id: str, draft: JSON) -> None:
    """Replace what a record says to protect somebody."""
    changed = draft_of(ids.type_of(record_id), draft)
    world.desk.write(WriterRole.EDITOR, lambda writing: writing.correct(record_id, changed, Cause.PROTECTION, None))


def bytes_of(target: Target) -> bytes:
    """Return every byte that a copy has on the disk; of a database on a server, what its tables' files hold."""
    if target.file is not None:
        folder = target.folder or target.file.parent
        return b"".join(one.read_bytes() for one in sorted(folder.iterdir()) if one.is_file())
    engine = create_engine(target.url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as connection:
        connection.execute(text("COMMIT"))
        connection.execute(text("CHECKPOINT"))
        query = text(
            "SELECT pg_read_binary_file(pg_relation_filepath(oid)) FROM pg_class"
            " WHERE relkind IN ('r', 't') AND (relnamespace = CAST(:schema AS regnamespace)"
            " OR oid IN (SELECT reltoastrelid FROM pg_class WHERE relnamespace = CAST(:schema AS regnamespace)))"
        )
        found = b"".join(bytes(one) for one in connection.execute(query, {"schema": target.schema}).scalars())
    engine.dispose()
    return found


def test_a_name_that_only_documents_showed_leaves_the_files(world: World, api: Api, targets: Targets) -> None:
    """A copy of claims alone never had the facts of who spoke; the name that it showed is gone from every page."""
    world.correct(world.speaker, world.person(name=SECRET))
    world.create("claim", world.claim())
    target = targets()
    pulled(api, target, types="claim")
    assert SECRET.encode() in bytes_of(target)
    protect(world, world.speaker, world.person(name="A source"))
    pulled(api, target, types="claim")
    assert SECRET.encode() not in bytes_of(target)


@pytest.mark.parametrize("filters", [{}, {"types": "claim"}, {"theme": "education"}])
def test_whom_earlier_revisions_named_leaves_the_files(
    world: World, api: Api, targets: Targets, filters: dict[str, str]
) -> None:
    """When somebody is gone, so is what a corrected claim had said of them, whatever the copy follows."""
    somebody = world.create("actor", world.person(name="A Person"))
    about = [{"actor": somebody, "label": SECRET, "role": "affected"}]
    claim = world.create("claim", world.claim(about=about, themes=["education"]))
    world.correct(claim, world.claim(themes=["education"]))
    target = targets()
    pulled(api, target, **filters)
    assert SECRET.encode() in bytes_of(target)
    world.retract(somebody, Cause.PROTECTION)
    pulled(api, target, **filters)
    assert SECRET.encode() not in bytes_of(target)
    world.restore(somebody)
    pulled(api, target, **filters)
    with Copy.there(target) as copy:
        assert SECRET.encode() in bytes_of(target)
        if not filters:
            assert copied_revisions(copy) == served_revisions(api)


def test_what_was_retracted_before_leaves_with_its_report(world: World, api: Api, targets: Targets) -> None:
    """A claim that had been retracted for another reason is erased when its report is gone to protect somebody."""
    claim = world.create("claim", world.claim(statement=SECRET))
    world.create("figure", world.figure(claim, text=f"100 like {SECRET}"))
    world.retract(claim, Cause.OUR_ERROR)
    target = targets()
    pulled(api, target)
    assert SECRET.encode() in bytes_of(target)
    world.retract(world.report, Cause.PROTECTION)
    pulled(api, target)
    assert SECRET.encode() not in bytes_of(target)
    with Copy.there(target) as copy:
        assert copied_revisions(copy) == served_revisions(api)


def test_erasing_does_not_wait_for_the_pages_after_it(
    world: World, api: Api, targets: Targets, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that breaks off after the page that protects leaves a copy without what it protects."""
    claim = world.create("claim", world.claim(statement=SECRET))
    target = targets()
    pulled(api, target)
    protect(world, claim, world.claim())
    seq = api.data("/v1/ledger/head")["seq"]
    world.create("actor", world.actor())
    page = Server.page

    def broken(server: Server, place: object, until: int) -> JSON:
        if getattr(place, "seq", 0) >= seq:
            raise Unreachable("gone away")
        return page(server, place, min(until, seq))  # type: ignore[arg-type]

    monkeypatch.setattr(Server, "page", broken)
    with pytest.raises(Unreachable):
        pulled(api, target)
    assert SECRET.encode() not in bytes_of(target)


def test_an_erasure_that_waits_needs_no_server(world: World, api: Api, tmp_path: Path) -> None:
    """A pull that finds nobody still makes up for what the last one was kept from."""
    target = Target.read(f"sqlite:///{tmp_path}/copy.db")
    pulled(api, target)
    with Copy.there(target) as copy, client_of(api) as client:
        copy.mark_purge()

        def away(*_: object) -> None:
            raise Unreachable("gone away")

        bridge = client._http._transport
        assert isinstance(bridge, Bridge)
        bridge.handle_request = away  # type: ignore[method-assign,assignment]
        with pytest.raises(Unreachable):
            pull(client, copy)
        assert not copy.state.must_purge
