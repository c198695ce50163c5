"""The index promises: both databases find the same, which is what the words themselves say, and forget on demand."""

# Characters that look like others are what this is about.
# ruff: noqa: RUF001

import asyncio
from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, bindparam, select, text

from app.kit.words import SEPARATOR, matches, parse_query
from app.store import fulltext
from app.store.engine import writer
from app.store.fulltext import HEAD, RECORDED, SEARCH, containing, expression, join, matching, patterns
from app.store.reader import PostgresReader, SqliteReader, Statement
from tests.support.databases import Databases

FOUND = select(RECORDED).select_from(SEARCH).where(matching(bindparam("query"))).order_by(RECORDED.desc())
# Heads (names and titles) and bodies by key; each text of a list is a text of its own.
TEXTS: dict[int, tuple[list[str], list[str]]] = {
    1: (
        ["White Helmets", "Syria Civil Defence", "الخوذ البيضاء"],
        ["A rescue group that works in places held by rebels"],
    ),
    2: (["حَلَب"], ["Halab is the Arabic name of Aleppo."]),
    3: (["A spokesman"], ["In East Aleppo's hospitals almost 100,000 people, he said, were trapped."]),
    4: (["President al-Assad"], ["Ba'ath party; the army retook 98 % of Deir-ez-Zor, 12 December 2016"]),
    5: (["Médecins Sans Frontières", "MSF"], ["The École de Santé in Liège sent 3½ tonnes over 5 km²."]),
    6: (["Technisches Hilfswerk"], ["Große Hilfe für Flüchtlinge an der Straße nach Homs"]),
    7: (["AFAD", "Afet ve Acil Durum Yönetimi"], ["Diyarbakır’da İstanbul’dan gelen çadırlar; IŞIK"]),
    8: (["مستشفى القدس"], ["قصفت القوّات مُستشفى في إدلب، ٣٥٠ قتيلاً"]),
    9: (["East"], ["Aleppo lies in the east; ʿAlī and the Shīʿa of Nubl; a re-opened road"]),
    10: (["Ammar"], ["Assad al Nusra 100 000 people 1.5 million"]),
    11: (["", "East", "Aleppo"], ["Homs", "Hama"]),
}
QUERIES: dict[str, set[int]] = {
    "aleppo": {2, 3, 9, 11},
    "ALEPPO'S": {2, 3, 9, 11},
    '"east aleppo"': {3},
    "“East Aleppo”": {3},
    "east aleppo": {3, 9, 11},
    '"homs hama"': set(),
    "homs hama": {11},
    "halab": {2},
    "حلب": {2},
    "حَلَبـ": {2},
    "الخُوَذ البَيْضَاء": {1},
    '"الخوذ البيضاء"': {1},
    '"البيضاء الخوذ"': set(),
    "البي*": {1},
    "مستشفي القدس": {8},
    "ادلب 350": {8},
    "القوات": {8},
    "medecins frontieres": {5},
    "Médecins": {5},
    "ecole sante liege": {5},
    '"3 1 2 tonnes"': {5},
    "km² 5": {5},
    "strasse fluchtlinge grosse": {6},
    "STRAẞE": {6},
    "diyarbakirda istanbuldan isik": {7},
    "IŞIK cadirlar YÖNETİMİ": {7},
    "al-Assad": {4},
    '"al assad"': {4},
    "assad": {4, 10},
    "al assad": {4, 10},
    "baath Ba’ath": {4},
    "deir-ez-zor": {4},
    "zor-ez": set(),
    "100,000": {3},
    "100000 people": {3},
    '"100 000 people"': {10},
    "1.5": {10},
    "98%": {4},
    "ali shia": {9},
    "re-open*": {9},
    "reopened": set(),
    "hosp*": {3},
    '"aleppo hosp*"': {3},
    '"almost 1000*"': {3},
    "hilf*": {6},
    "hilfe hilfswerk": {6},
    '"helmets syria"': set(),
    '"helmets a"': set(),
    "helmets rescue": {1},
    '"he said were trapped"': {3},
    "nothing": set(),
    "aleppo nothing": set(),
    f"east {SEPARATOR} aleppo": {3, 9, 11},
}


@pytest.fixture
def index(databases: Databases) -> Iterator[Connection]:
    """A connection to a database with the index of TEXTS."""
    with databases.copy("layout") as url, writer(url).begin() as connection:
        make(connection)
        fulltext.put(connection, [(key, join(heads), join(bodies)) for key, (heads, bodies) in TEXTS.items()])
        yield connection


def make(connection: Connection) -> None:
    """Lay the index out afresh."""
    connection.execute(text("DROP TABLE IF EXISTS search_words"))
    fulltext.create(connection)


def found(connection: Connection, query: str) -> list[int]:
    """Return what is found through the index, newest first."""
    return list(connection.execute(FOUND, {"query": expression(connection.dialect.name, parse_query(query))}).scalars())


def contained(connection: Connection, query: str) -> set[int]:
    """Return what is found without the index."""
    terms = parse_query(query)
    return set(connection.execute(select(RECORDED).where(containing(len(terms))), patterns(terms)).scalars())


def test_both_databases_find_what_is_expected(index: Connection) -> None:
    """One table of texts, queries and what they find, for the index, the check without it, and the words' own rule."""
    for query, expected in QUERIES.items():
        assert found(index, query) == sorted(expected, reverse=True), query
        assert contained(index, query) == expected, query
        judged = {key for key, (heads, bodies) in TEXTS.items() if matches(parse_query(query), [*heads, *bodies])}
        assert judged == expected, query


def test_an_entry_is_replaced_removed_and_read_back(index: Connection) -> None:
    """The index says what was put last, and nothing of what was taken out."""
    fulltext.put(index, [(2, join(["Idlib"]), ""), (40, join(["Raqqa"]), join(["Aleppo"])), (40, "", join(["Aleppo"]))])
    assert found(index, "halab") == found(index, "raqqa") == []
    assert found(index, "aleppo") == [40, 11, 9, 3]
    assert found(index, "idlib") == [2]
    fulltext.remove(index, [40, 9, 4711])
    assert found(index, "aleppo") == [11, 3]
    expected = {2: ("idlib", ""), 11: (f"east {SEPARATOR} aleppo", f"homs {SEPARATOR} hama")}
    assert fulltext.read(index, [11, 9, 2, 4711]) == expected
    fulltext.put(index, [])
    fulltext.remove(index, [])
    assert fulltext.read(index, []) == {}
    fulltext.clear(index)
    assert found(index, "aleppo") == []
    assert fulltext.read(index, list(TEXTS)) == {}
    fulltext.put(index, [(7, "aleppo", "")])
    assert found(index, "aleppo") == [7]


def test_many_entries_are_read_back(index: Connection) -> None:
    """More than one statement can name."""
    fulltext.clear(index)
    fulltext.put(index, [(key, f"head{key}", "body") for key in range(1, 1202)])
    assert fulltext.read(index, range(1, 1300)) == {key: (f"head{key}", "body") for key in range(1, 1202)}


def test_the_index_leaves_nothing_when_it_goes(databases: Databases) -> None:
    """Neither the table nor what a database keeps beside it."""
    with databases.copy("layout") as url, writer(url).begin() as connection:
        make(connection)
        named = "SELECT name FROM sqlite_master WHERE name LIKE '%search_words%'"
        if connection.dialect.name == "postgresql":
            named = "SELECT relname FROM pg_class WHERE relname LIKE '%search_words%'"
        assert len(connection.execute(text(named)).all()) >= 3
        fulltext.drop(connection)
        assert connection.execute(text(named)).all() == []


def test_a_write_that_is_undone_is_not_found(databases: Databases) -> None:
    """The index is of the same transaction as what it is an index of."""
    with databases.copy("layout") as url:
        engine = writer(url)
        with engine.begin() as connection:
            make(connection)
            fulltext.put(connection, [(1, "aleppo", "")])
        with engine.connect() as connection:
            fulltext.put(connection, [(1, "homs", ""), (2, "aleppo", "")])
            fulltext.purge(connection)
            connection.rollback()
        with engine.connect() as connection:
            assert found(connection, "aleppo") == [1]
            assert found(connection, "homs") == []


def test_a_purge_leaves_no_word_of_what_was_removed(index: Connection) -> None:
    """Whoever takes SQLite's file finds no name that was taken out; everywhere what stays is found as before."""
    for key in range(101, 150):
        fulltext.put(index, [(key, f"witness{key}" if key == 120 else "public", "body")])
        # A search ends a segment, as the end of a transaction does.
        assert found(index, "witness120") == ([120] if key >= 120 else [])
    fulltext.remove(index, [120])
    if index.dialect.name == "sqlite":
        # Of a word that follows a similar one FTS5 writes only the end.
        kept = text("SELECT count(*) FROM search_words_data WHERE instr(block, CAST('ness120' AS BLOB))")
        assert index.execute(kept).scalar_one() > 0
        fulltext.purge(index)
        assert index.execute(kept).scalar_one() == 0
    else:
        fulltext.purge(index)
    assert found(index, "witness*") == []
    assert len(found(index, "public")) == 48


def test_what_one_database_cannot_place_is_kept_from_both(index: Connection) -> None:
    """Of a giant text the same is found everywhere: 16,000 words, and 255 places of one word."""
    often = "the end " * 255 + "the close"
    long = " ".join(f"word{number}" for number in range(20_000))
    fulltext.put(index, [(50, join(["Often"]), join([often])), (51, join(["Long", "Texts"]), join([long, "tail"]))])
    fulltext.put(index, [(52, "wide", " ".join(f"{number:x<60}" for number in range(16_000)))])
    for query, expected in {
        '"the end"': [50],
        '"the close"': [],
        "the close": [50],
        '"word100 word101"': [51],
        '"word15995 word15996"': [51],
        "word15996": [51],
        "word15997": [],
        "tail": [],
        '"texts word0"': [],
        f"{8_000:x<60}": [52],
        f"{8_500:x<60}": [],
    }.items():
        assert found(index, query) == expected, query
        assert sorted(contained(index, query), reverse=True) == expected, query


def test_the_fast_reader_reads_the_same(databases: Databases) -> None:
    """The clauses compile for each database, and newest first needs no sorting on SQLite."""
    with databases.copy("layout") as url:
        with writer(url).begin() as connection:
            make(connection)
            fulltext.put(connection, [(key, join(heads), join(bodies)) for key, (heads, bodies) in TEXTS.items()])
        reader = SqliteReader(url) if databases.engine == "sqlite" else PostgresReader(url, 1)
        asyncio.run(read_pages(reader))


async def read_pages(reader: SqliteReader | PostgresReader) -> None:
    """Read a page through the index and a row without it."""
    await reader.open()
    page = Statement(FOUND.where(bindparam("before") > RECORDED).limit(2))
    query = {"query": expression(reader.dialect.name, parse_query("aleppo")), "before": 11}
    assert await reader.rows(page, query) == [(9,), (3,)]
    heads = Statement(select(HEAD).where(bindparam("one") == RECORDED, containing(1)))
    assert await reader.rows(heads, {"one": 2, **patterns(parse_query("aleppo"))}) == [("حلب",)]
    if reader.dialect.name == "sqlite":
        sql, brought = page.compiled(reader.dialect)
        explained = Statement(text(f"EXPLAIN QUERY PLAN {sql}"))
        (step,) = await reader.rows(explained, {**brought, **query})
        assert "VIRTUAL TABLE INDEX" in step[-1]
    await reader.close()
