"""A follower promises: whoever changes the ledger behind the server's back is found out by the next pull, and told."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from app.client.checking import check, check_against
from app.client.copy import Copy
from app.client.errors import NotProven
from app.client.pulling import Server
from app.ledger.append import CONTENT, HEAD, REVISION
from app.ledger.chain import GENESIS, Envelope, commitment, link
from app.ledger.signing import generate
from app.store.engine import writer
from tests.cli.test_commands import tamper
from tests.client.conftest import Targets
from tests.client.following import client_of, copied_revisions, pulled
from tests.support.api import Api, serving
from tests.support.world import World

# What is done to the last five revisions, of which a follower has not heard: `one` to `five`; `old` it has heard of.
ZEROS = "0" * 64
COPIED = "ledger, record_type, version, operation, cause, recorded_at, role, body_commitment, note_commitment, chain"
ATTACKS = {
    "altered": ["UPDATE revision SET record_type = 'place' WHERE seq = {two}"],
    "altered chain": ["UPDATE revision SET chain = '{zeros}' WHERE seq = {two}"],
    "altered body": ["UPDATE revision_content SET value = '{{}}' WHERE seq = {two} AND part = 'body'"],
    "altered salt": ["UPDATE revision_content SET salt = '{zeros}' WHERE seq = {two} AND part = 'body'"],
    "dropped": ["DELETE FROM revision WHERE seq = {two}"],
    "dropped at the end": ["DELETE FROM revision WHERE seq = {five}"],
    "reordered": [
        "UPDATE revision SET seq = 999 WHERE seq = {two}",
        "UPDATE revision SET seq = {two} WHERE seq = {three}",
        "UPDATE revision SET seq = {three} WHERE seq = 999",
    ],
    "inserted": [
        "INSERT INTO revision (seq, record_id, {copied})"
        " SELECT {five} + 1, 'act_00000000000000000000000000', {copied} FROM revision WHERE seq = {five}",
        "UPDATE ledger_head SET seq = {five} + 1",
    ],
    "cut": ["DELETE FROM revision WHERE seq >= {old}", "UPDATE ledger_head SET seq = {old} - 1"],
    "head": ["UPDATE ledger_head SET chain = '{zeros}'"],
}


def refused(api: Api, follow: Callable[[], None], copy: Copy) -> str:
    """Return why a pull refused, after checking that the copy is as it was."""
    before = copied_revisions(copy), copy.state
    with pytest.raises(NotProven) as error:
        follow()
    assert (copied_revisions(copy), copy.state) == before
    return str(error.value)


@pytest.mark.parametrize("attack", ATTACKS)
def test_whatever_is_done_to_the_ledger_is_reported(world: World, targets: Targets, attack: str) -> None:
    """Altered, dropped, reordered, inserted or cut: the pull says so, and the copy stays as it was."""
    with serving(world.url) as api:
        target = targets()
        pulled(api, target)
        for at in range(5):
            world.create("actor", world.actor(name=f"Actor {at}"))
    with Copy.there(target) as copy:
        old = copy.state.place.seq
    places = dict(zip(("old", "one", "two", "three", "four", "five"), range(old, old + 6), strict=True))
    tamper(world.url, *(one.format(**places, zeros=ZEROS, copied=COPIED) for one in ATTACKS[attack]))
    with serving(world.url) as api, Copy.there(target) as copy:
        told = refused(api, lambda: pulled(api, target), copy)
    assert told


def test_a_history_that_was_rewritten_whole_is_found_by_whoever_kept_a_head(world: World, targets: Targets) -> None:
    """Somebody who computes every commitment and every link anew deceives only those who never looked before."""
    target, later = targets(), targets()
    with serving(world.url) as api:
        pulled(api, target)
    rewrite(world.url)
    with serving(world.url) as api:
        with Copy.there(target) as copy:
            told = refused(api, lambda: pulled(api, target), copy)
            assert "history was rewritten" in told
            with client_of(api) as client:
                verdict = check(copy)
                assert verdict.problems == []
                check_against(copy, Server(client, {}), verdict)
                assert any("is not the one of this copy" in one for one in verdict.problems)
        pulled(api, later)
    with Copy.there(later) as copy:
        assert check(copy).problems == []


def rewrite(url: str) -> None:
    """Change the first body of the ledger, and compute everything after it anew."""
    with writer(url).connect() as connection:
        rows = connection.execute(REVISION.select().order_by(REVISION.c.seq)).all()
        first = CONTENT.select().where(CONTENT.c.seq == 1, CONTENT.c.part == "body")
        content = connection.execute(first).one()
    forged = content.value.replace('"lang":"en"', '"lang":"fr"')
    assert forged != content.value
    chain = GENESIS
    tamper(url)  # Takes the triggers away that would refuse what follows.
    with writer(url).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET session_replication_role = replica"))
        connection.execute(CONTENT.update().where(CONTENT.c.seq == 1, CONTENT.c.part == "body").values(value=forged))
        for row in rows:
            fields = {name: getattr(row, name) for name in Envelope.__dataclass_fields__}
            if row.seq == 1:
                fields["body_commitment"] = commitment(content.salt, forged.encode())
            chain = link(chain, Envelope(**fields))
            new = {"chain": chain, "body_commitment": fields["body_commitment"]}
            connection.execute(REVISION.update().where(REVISION.c.seq == row.seq).values(**new))
        connection.execute(HEAD.update().values(chain=chain))


@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        ("UPDATE revision SET role = 'editor' WHERE seq = 3", "seq 3: the chain does not follow"),
        ("DELETE FROM revision WHERE seq = 3", "seq 4: expected 3"),
        ("UPDATE revision_content SET body = '{}' WHERE seq = 3", "seq 3: the body is not what was committed to"),
        ("DELETE FROM revision_content WHERE seq = 3", "seq 3: its contents are missing"),
        ("DELETE FROM reports", "reports: rep_"),
        ("DELETE FROM document WHERE type = 'report'", "has rows, and is not in the copy"),
        ("UPDATE pull_state SET seq = 7", "the copy says that it stands at seq 7"),
        ("UPDATE pull_head SET chain = 'x'", "the chain is not the one of the head"),
    ],
)
def test_a_damaged_copy_is_found_without_a_server(api: Api, targets: Targets, damage: str, expected: str) -> None:
    """Whoever changes the copy, by accident or not, is found by `onrecord verify`."""
    target = targets()
    pulled(api, target)
    with Copy.there(target) as copy:
        assert check(copy).problems == []
        copy.db.run(damage)
        assert any(expected in one for one in check(copy).problems), check(copy).problems


def test_a_head_must_be_signed_by_the_key_that_is_known(world: World, targets: Targets, tmp_path: Path) -> None:
    """The first signed head pins its key; an unsigned head, or one of another key, is refused from then on."""
    target = targets()
    keys = [tmp_path / name for name in ("one.pem", "two.pem")]
    public = [generate(path) for path in keys]
    with serving(world.url, ledger_key=keys[0]) as api:
        pulled(api, target)
    with Copy.there(target) as copy:
        assert copy.state.pinned == public[0]
        with serving(world.url) as api:
            assert "is not signed" in refused(api, lambda: pulled(api, target), copy)
        with serving(world.url, ledger_key=keys[1]) as api:
            assert "by the key that this copy knows" in refused(api, lambda: pulled(api, target), copy)
    with serving(world.url, ledger_key=keys[0]) as api:
        pulled(api, target)
