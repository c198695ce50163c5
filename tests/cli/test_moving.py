"""`onrecord move` promises: all of the record arrives, in whichever database, or nothing does."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

import pytest
from sqlalchemy import text

from app.catalogue import all_tables
from app.ledger.words import WriterRole
from app.store import bulk, copying, migrate
from app.store.engine import snapshot, writer
from tests.cli.homes import empty, laid_out, values
from tests.record.histories import beside
from tests.record.readings import dump
from tests.support.api import Api, serving
from tests.support.databases import ENGINES, Databases
from tests.support.routes import PAGED, RECORDS, parameters_of, path_of
from tests.support.terminal import Ran, onrecord
from tests.support.world import TEXT, World


def head_of(url: str) -> str:
    """Return the head of a ledger that is intact."""
    verified = onrecord(url, "ledger", "verify")
    assert verified.code == 0, verified
    return verified.out.split()[-1]


@pytest.mark.parametrize("engine", ENGINES)
def test_every_row_arrives_as_it_was(lived: World, homes: dict[str, Databases], engine: str) -> None:
    """Ledger, facts, counts, index and documents; and the ledger's new home proves itself with the old head."""
    target = empty(homes[engine])
    before, head = values(lived.url), head_of(lived.url)
    total = sum(map(len, before.values()))
    assert onrecord(lived.url, "move", "--to", target) == Ran(0, f"Moved {total} rows. Head {head}\n", "")
    assert values(target) == before == values(lived.url)
    unused = {name for name, rows in before.items() if not rows}
    assert unused <= {"revision_redaction", "document_queue", "held_text", "ledger_fork"}
    assert onrecord(target, "ledger", "verify", "--head", head).code == 0
    assert onrecord(target, "rebuild", "--check").out == "Every document is what the ledger says.\n"
    # Whatever was taken away to be quick is there again: keys, references, indexes, rules and triggers.
    migrate.upgrade(plain := empty(homes[engine]))
    assert laid_out(target) == laid_out(plain)
    assert taken_on_trust(target) == []


def taken_on_trust(url: str) -> list[str]:
    """Return the constraints that PostgreSQL was told to take on trust, and the indexes that it may not use."""
    if writer(url).dialect.name == "sqlite":
        return []
    with writer(url).connect() as connection:
        doubtful = "SELECT conname FROM pg_constraint WHERE NOT convalidated UNION ALL "
        unusable = "SELECT indexrelid::regclass::text FROM pg_index WHERE NOT (indisvalid AND indisready AND indislive)"
        return list(connection.execute(text(doubtful + unusable)).scalars())


def test_a_text_that_is_held_goes_along(world: World, target: str) -> None:
    """With the quotes that it lets documents show; where it arrives it can be let go of as anywhere."""
    world.create("claim", world.claim())
    world.desk.write(WriterRole.EDITOR, lambda writing: writing.hold(world.report, 1, TEXT))
    assert onrecord(world.url, "move", "--to", target).code == 0
    moved = values(target)
    assert len(moved["held_text"]) == 1
    assert moved == values(world.url)
    assert onrecord(target, "source", "detach", world.report).code == 0
    assert values(target)["held_text"] == []


def test_there_and_back_again_nothing_has_changed(lived: World, target: str, databases: Databases) -> None:
    """To the byte as the database keeps it, so that no way of writing a value wears it down."""
    back = empty(databases)
    assert onrecord(lived.url, "move", "--to", target).code == 0
    assert onrecord(target, "move", "--to", back).code == 0
    assert dump(writer(back)) == dump(lived.desk.engine)


def answers(api: Api) -> dict[str, tuple[int, bytes, dict[str, str]]]:
    """Return what every route over the record says, every list in every order with its facets, and every record."""
    paths = [path_of(api, name) for name in RECORDS]
    for name in PAGED:
        asked = parameters_of(name)
        orders = ["sort=-recorded&limit=1000", "sort=event&limit=7", "sort=-published&limit=7&count=exact"]
        paths += [path_of(api, name, query) for query in orders if "sort" in asked]
        paths += [path_of(api, name, f"facets={facet}") for facet in ("theme", "place", "voice") if "facets" in asked]
    for noun in ("crises", "reports", "claims", "figures", "actors", "places", "relations", "vocabularies"):
        paths += [
            f"/v1/{noun}/{one.get('name') if noun == 'vocabularies' else one['id']}" for one in api.walk(f"/v1/{noun}")
        ]
    found = {}
    for path in paths:
        answer = api.get(path)
        kept = {name: value for name, value in answer.headers.items() if name not in ("x-request-id", "date")}
        body = answer.content if answer.status_code < 400 else b""
        found[path] = (answer.status_code, body, kept)
    return found


def test_every_answer_is_the_same_to_the_byte(seeded_url: str, seeded_api: Api, target: str) -> None:
    """With the same validators, so that no client's cache, and no kept entity tag, notices the move."""
    assert onrecord(seeded_url, "move", "--to", target).code == 0
    before = answers(seeded_api)
    with serving(target) as moved:
        assert answers(moved) == before
    assert len(before) > 300
    assert sum(status == 200 for status, _, _ in before.values()) > 250


def test_the_record_goes_on_where_it_stood(lived: World, target: str) -> None:
    """The first write after the move is the next revision, found by terms old and new; the old home is untouched."""
    assert onrecord(lived.url, "move", "--to", target).code == 0
    left = values(lived.url)
    moved = beside(lived, target)
    seq = int(head_of(target).partition(":")[0])
    claim = moved.create(
        "claim", moved.claim(themes=["health", "protection_and_human_rights"], statement="Newly said.")
    )
    assert int(head_of(target).partition(":")[0]) == seq + 1
    assert onrecord(target, "rebuild", "--check").code == 0
    with serving(target) as api:
        assert api.data("/v1/claims?theme=protection_and_human_rights")[0]["id"] == claim
        assert api.data("/v1/search?q=newly")[0]["id"] == claim
    assert values(lived.url) == left


def test_a_target_that_is_laid_out_already_is_filled(lived: World, target: str) -> None:
    """Whoever ran `migrate` first, with this version or an earlier one, has done no harm."""
    for revision in ("head", "0004"):
        if revision != "head":
            migrate.downgrade(target)
        migrate.upgrade(target, revision)
        assert onrecord(lived.url, "move", "--to", target).code == 0
        assert values(target) == values(lived.url)


def test_what_is_written_meanwhile_is_told(lived: World, target: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The copy is of one moment; whoever wrote after it hears loudly that it is not there."""
    before = values(lived.url)
    whole = copying.copy

    def meanwhile(*arguments: Any) -> dict[str, int]:
        lived.create("claim", lived.claim())
        return whole(*arguments)

    monkeypatch.setattr(copying, "copy", meanwhile)
    ran = onrecord(lived.url, "move", "--to", target)
    assert ran.code == 0
    assert ran.err.startswith("NOT MOVED: 1 revisions that were written here meanwhile.")
    assert values(target) == before


def test_memory_does_not_grow_with_the_record(target: str) -> None:
    """However many rows a table has, few of them are held at a time."""
    table = all_tables().tables["document_source"]
    alive = most = 0

    class Counted(tuple[str, str]):
        """A row that knows whether it is still held."""

        def __del__(self) -> None:
            nonlocal alive
            alive -= 1

    def rows() -> Iterator[Sequence[str]]:
        nonlocal alive, most
        for number in range(20_000):
            alive += 1
            most = max(most, alive)
            yield Counted((f"record {number}", "source"))

    migrate.upgrade(target)
    with copying.filling(writer(target)) as connection:
        bulk.pour(connection, table, rows())
        assert connection.execute(text("SELECT count(*) FROM document_source")).scalar_one() == 20_000
    assert most < 10


def test_progress_tells_of_every_row(lived: World, target: str) -> None:
    """The bar of a long move ends where the rows do."""
    told: list[int] = []
    copied = partial(copying.copy, tables=all_tables().sorted_tables, single=_single(), step=told.append)
    with snapshot(lived.desk.engine) as source, copying.filling(writer(target)) as connection:
        rows = copied(source, connection)
    assert sum(told) == sum(rows.values())


def _single() -> list[Any]:
    return [all_tables().tables[name] for name in ("ledger_head", "document_state")]
