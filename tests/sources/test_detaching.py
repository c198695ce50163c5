"""After detaching nothing of a text is left: not in an answer, and not in a byte of what the database keeps.

PostgreSQL's write-ahead log is excepted: it is the database's own log of the past, and turns over with use.
"""

import shutil
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from sqlalchemy import Engine, text

from app.ledger.words import Cause
from app.record.rebuild import rebuild
from app.sources.attaching import Detached, detach
from app.store import erasing
from app.store.engine import is_sqlite, snapshot, sqlite_path
from app.store.erasing import NotErased
from tests.sources.answers import found, lists, raw, records, tags
from tests.sources.remains import remains, unpacked
from tests.support.api import Api
from tests.support.articles import Annotated, Article, annotated, claims_of
from tests.support.terminal import ONRECORD, Served, serving_on_a_socket
from tests.support.world import World


def test_every_answer_is_as_it_was(one: Annotated, api: Api) -> None:
    """Byte for byte, and every record with the validator of before; a list's tells that it was another in between."""
    one.world.create("relation", one.world.relation(one.claims[0], one.claims[1]))
    alone, paths = records(one), [*records(one), *lists(one)]
    before, tagged = raw(api, paths), tags(api, alone)
    one.attach()
    during = raw(api, paths)
    assert {path for path in paths if during[path] == before[path]} == set()
    assert detach(one.world.desk, one.report) == Detached(one.report, [1])
    assert (raw(api, paths), tags(api, alone)) == (before, tagged)
    assert detach(one.world.desk, one.report) == Detached(one.report, [])
    assert (raw(api, paths), tags(api, alone)) == (before, tagged)
    assert rebuild(one.world.desk, keep=False) == 0


def places(one: Annotated) -> set[str]:
    """Return where words must be while a text is held: a search that cannot find them there proves nothing."""
    if is_sqlite(one.world.url):
        return {"file"}
    return {"document", "held_text", "search_words", "statistics of search_words.lexemes"}


def written(one: Annotated) -> None:
    """Have the database keep words wherever it can: in its file, its statistics, and in rows that were replaced."""
    world, article = one.world, one.article
    moved = article.locator(1, article.lines[1].quotation[0])
    world.correct(one.claims[0], world.claim(report=one.report, appearances=[moved]))
    world.retract(one.claims[2])
    analyse(world)
    world.restore(one.claims[2])


def analyse(world: World) -> None:
    """Have the database look at its tables, as it does by itself now and then."""
    with world.desk.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))


def test_no_byte_of_a_text_is_left(one: Annotated) -> None:
    """Round after round with other writes between, in the file, its journal, indexes, statistics and free space."""
    unpacked(one.world)
    assert remains(one.world) == {}
    for _ in range(3):
        one.attach()
        written(one)
        assert places(one) <= remains(one.world).keys()
        one.world.create("claim", one.world.claim())
        detach(one.world.desk, one.report)
        assert remains(one.world) == {}
        one.world.correct(one.claims[0], claims_of(one.world, one.article, one.report)[0])
    assert rebuild(one.world.desk, keep=False) == 0


class Long(Article):
    """A text of a book's length, with many claims at its beginning."""

    def __init__(self) -> None:
        super().__init__(4, 60)
        self.text += "\n\n" + "\n".join(" ".join(self._some() for _ in range(32)) for _ in range(150))
        self.content = self.text.encode()

    def edition(self, n: int = 1) -> dict[str, Any]:
        """Return how an edition describes it."""
        return {**super().edition(n), "paragraphs": 61 + 150}


def test_nothing_is_left_in_pages_that_others_share(world: World) -> None:
    """A long text with many claims, between those of another report: rows move from page to page and leave copies."""
    article = Long()
    report = world.create("report", world.report_draft(editions=[article.edition()]))
    long = Annotated(world, article, report, [], [])
    drafts = []
    for number, draft in enumerate(claims_of(world, article, report)):
        other = world.claim(statement=f"Number {number}. " + "Many words." * (number % 17 + 1))
        drafts += [("claim", draft), ("claim", other)]
    long.claims += world.create_all(drafts)[::2]
    unpacked(world)
    assert len(article.content) > 250_000
    long.attach()
    assert sum(remains(world).values()) > 25_000
    for _ in range(2):
        detach(world.desk, report)
        assert remains(world) == {}
        long.attach()
    for claim in long.claims[::7]:
        world.retract(claim)
    assert detach(world.desk, report).editions == [1]
    assert remains(world) == {}
    assert rebuild(world.desk, keep=False) == 0


def test_nothing_is_left_while_a_server_reads_beside(one: Annotated) -> None:
    """A server answers all the while; it shows quotes only while the text is held, and keeps no byte in the files."""
    unpacked(one.world)
    word = one.article.lines[0].sentence.split()[1]
    paths = [f"/v1/reports/{one.report}/claims", f"/v1/claims/{one.claims[0]}", found(word)]
    with serving_on_a_socket(ONRECORD, one.world.url, log_level="error") as server:
        over, seen = Event(), list[int]()
        reader = Thread(target=_read_on, args=(server, paths, over, seen))
        reader.start()
        try:
            for _ in range(2):
                one.attach()
                assert word in server.client.get(paths[0]).text
                detach(one.world.desk, one.report)
                assert remains(one.world) == {}
                assert word not in server.client.get(paths[0]).text
                one.world.create("claim", one.world.claim())
        finally:
            over.set()
            reader.join()
            server.stop()
    assert set(seen) == {200}
    assert len(seen) > 10


def _read_on(server: Served, paths: list[str], over: Event, seen: list[int]) -> None:
    while not over.is_set():
        seen += [server.client.get(path).status_code for path in paths]


@pytest.mark.parametrize("query", ["SELECT count(*) FROM document", "SELECT count(*) FROM revision"])
def test_a_reader_who_may_still_see_it_is_told_of(one: Annotated, query: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever an open snapshot has read so far: the text is let go of, and detaching again erases it."""
    unpacked(one.world)
    one.attach()
    monkeypatch.setattr(erasing, "PATIENCE", 0.3)
    with snapshot(one.world.desk.engine) as reading:
        reading.execute(text(query)).scalar_one()
        with pytest.raises(NotErased, match="give `onrecord source detach` once more"):
            detach(one.world.desk, one.report)
        assert remains(one.world) != {}
    monkeypatch.undo()
    assert detach(one.world.desk, one.report).editions == []
    assert remains(one.world) == {}


def test_a_database_that_is_written_to_is_told_of(one: Annotated, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody else's open transaction: nothing is erased before it is over, and that is said."""
    unpacked(one.world)
    one.attach()
    monkeypatch.setattr(erasing, "PATIENCE", 0.3)
    # On SQLite every transaction of a writer locks the file.
    lock = "SELECT 1" if is_sqlite(one.world.url) else "LOCK TABLE search_words IN ROW EXCLUSIVE MODE"

    def beside(engine: Engine, tables: Iterable[str]) -> None:
        with engine.connect() as other:
            other.execute(text(lock))
            erasing.erase(engine, tables)

    monkeypatch.setattr("app.record.desk.erase", beside)
    with pytest.raises(NotErased):
        detach(one.world.desk, one.report)
    monkeypatch.undo()
    detach(one.world.desk, one.report)
    assert remains(one.world) == {}


def test_short_texts_leave_nothing_with_the_planner(world: World) -> None:
    """PostgreSQL keeps samples of short values, even those of a table that is empty now."""
    article, later = Article(5, 1, words=2), Article(6, 1, words=2)
    one = annotated(world, article, editions=[article.edition(), later.edition(2)])
    one.attach()
    Annotated(world, later, one.report, [], []).attach()
    analyse(world)
    world.retract(one.report, Cause.PROTECTION)
    assert remains(world) == {}


def test_a_copy_of_the_file_is_as_clean(one: Annotated, tmp_path: Path) -> None:
    """What an operator hands on of a SQLite database after detaching: the file alone, opened elsewhere."""
    if not is_sqlite(one.world.url):
        pytest.skip("only SQLite is a file of its own")
    one.attach()
    detach(one.world.desk, one.report)
    journal = sqlite_path(one.world.url + "-wal")
    assert not journal.exists() or journal.stat().st_size == 0
    copied = shutil.copy(sqlite_path(one.world.url), tmp_path / "copy.db")
    with sqlite3.connect(copied) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
