"""Order promises: `seq` is commit order; who follows it misses nothing, whatever number of writers there is."""

from collections.abc import Callable
from concurrent.futures import Future

from sqlalchemy import Engine, text

from app.ledger.verify import verify
from app.record.rebuild import differences, rebuild
from app.store.engine import snapshot
from tests.ledger.writers import SECONDS, Told, writers
from tests.record.readings import check_documents, documents
from tests.support.databases import Databases
from tests.support.world import World

# How many processes write, and how many transactions each tries.
WRITERS = {"postgresql": (8, 12), "sqlite": (4, 6)}


def follow(engine: Engine, working: Callable[[], bool]) -> list[int]:
    """Follow `seq` as a reader does, again and again while others write; return all that was seen, in order."""
    seen: list[int] = [0]
    query = text("SELECT seq FROM revision WHERE seq > :last ORDER BY seq")
    last_round = False
    while not last_round:
        last_round = not working()
        with snapshot(engine) as connection:
            seen += connection.execute(query, {"last": seen[-1]}).scalars()
    return seen[1:]


def at_work(futures: "list[Future[Told]]") -> bool:
    """Whether anybody still writes."""
    return any(not one.done() for one in futures)


def test_a_reader_misses_nothing_while_many_write(world: World, databases: Databases) -> None:
    """Processes write many records at a time, some fail half-way: no error, no gap, no repeat, and all verifies."""
    number, transactions = WRITERS[databases.engine]
    engine = world.desk.engine
    with snapshot(engine) as connection:
        before = verify(connection).revisions
    with writers(world, number, transactions) as futures:
        seen = follow(engine, lambda: at_work(futures))
        told = [one.result(SECONDS) for one in futures]
    assert seen == list(range(1, before + sum(one.revisions for one in told) + 1))
    undone = {record_id for one in told for record_id in one.undone}
    assert len(undone) == number * (transactions // 6) * 3
    assert not undone & set(documents(engine))
    with snapshot(engine) as connection:
        assert verify(connection).problems == []
        assert list(differences(connection, world.desk.nouns)) == []
    check_documents(world.desk)
    assert rebuild(world.desk) == 0


def test_a_ledger_is_verified_while_others_write(world: World, databases: Databases) -> None:
    """Whoever verifies sees one moment: a write in between is no tampering."""
    number = min(2, WRITERS[databases.engine][0])
    verdicts = []
    with writers(world, number, 18) as futures:
        while at_work(futures):
            with snapshot(world.desk.engine) as connection:
                verdicts.append(verify(connection).problems)
                verdicts.append(list(differences(connection, world.desk.nouns)))
        assert [one.exception(SECONDS) for one in futures] == [None] * number
    assert len(verdicts) > 2
    assert not any(verdicts)


def test_who_reads_for_long_keeps_no_writer_waiting(world: World) -> None:
    """A snapshot stays as it is, and writers go on beside it."""
    with snapshot(world.desk.engine) as connection:
        before = verify(connection)
        claim = world.create("claim", world.claim())
        assert verify(connection) == before
    with snapshot(world.desk.engine) as connection:
        assert verify(connection).seq == before.seq + 1
    assert claim in documents(world.desk.engine)
