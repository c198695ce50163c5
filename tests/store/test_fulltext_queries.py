"""The index promises for any query: an answer, the same from both databases, and never a fault."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from app.kit.words import SEPARATOR, WordsError, matches, parse_query
from app.store import fulltext
from app.store.engine import writer
from app.store.fulltext import expression, join
from tests.store.test_fulltext import TEXTS, contained, found, make
from tests.support.databases import Databases
from tests.support.queries import HOSTILE


@pytest.fixture
def index(databases: Databases) -> Iterator[Connection]:
    """A connection to a database with an empty index."""
    with databases.copy("layout") as url, writer(url).begin() as connection:
        make(connection)
        yield connection


def test_hostile_queries_find_what_their_words_say(index: Connection) -> None:
    """Whatever is sent is refused in words or answered as a query of words, and the index is still there after it."""
    corpus = {key: [*heads, *bodies] for key, (heads, bodies) in TEXTS.items()}
    # Each hostile text is also searched, so that its own words find it.
    corpus |= {1000 + number: [text] for number, text in enumerate(HOSTILE)}
    fulltext.put(index, [(key, join(texts[:1]), join(texts[1:])) for key, texts in corpus.items()])
    answered = 0
    for query in HOSTILE:
        try:
            terms = parse_query(query)
        except WordsError:
            continue
        expected = {key for key, texts in corpus.items() if matches(terms, texts)}
        assert set(found(index, query)) == contained(index, query) == expected, query
        answered += 1
    assert len(HOSTILE) > 100
    assert answered > 60


ROOTS = st.sampled_from(["a", "ab", "abc", "b", "bc", "é", "حل", "حلب", "ß", "12", "100,000", "a-b", "a'b", "½", "m²"])
SIGNS = st.sampled_from([" ", " ", " ", "  ", "-", ", ", ". ", "’s ", f" {SEPARATOR} ", "\u0301 ", "😀"])
SENTENCES = st.lists(st.tuples(ROOTS, SIGNS).map("".join), max_size=7).map("".join)
ENTRIES = st.lists(st.tuples(st.lists(SENTENCES, max_size=2), st.lists(SENTENCES, max_size=3)), max_size=6)
PARTS = st.tuples(st.lists(ROOTS, min_size=1, max_size=3).map(" ".join), st.sampled_from(["", "*", '"', '*"'])).map(
    lambda part: ('"' if part[1].endswith('"') else "") + part[0] + part[1]
)
QUERIES = st.lists(st.lists(PARTS, min_size=1, max_size=3).map(" ".join), min_size=1, max_size=6)


@settings(max_examples=50)
@given(ENTRIES, QUERIES)
def test_any_query_finds_what_the_words_say(
    index: Connection, entries: list[tuple[list[str], list[str]]], queries: list[str]
) -> None:
    """Through the index and without it, exactly the entries whose texts the query matches."""
    fulltext.clear(index)
    fulltext.put(index, [(key, join(heads), join(bodies)) for key, (heads, bodies) in enumerate(entries, 1)])
    for query in queries:
        try:
            terms = parse_query(query)
        except WordsError:
            continue
        expected = {key for key, (heads, bodies) in enumerate(entries, 1) if matches(terms, [*heads, *bodies])}
        assert set(found(index, query)) == contained(index, query) == expected, query


@pytest.mark.parametrize(
    ("query", "sqlite", "postgresql"),
    [
        ("Aleppo", '"aleppo"', "('aleppo')"),
        ('"east alep*" Homs', '"east alep" * AND "homs"', "('east' <-> 'alep':*) & ('homs')"),
        ("OR! head:x", '"or" AND "head" AND "x"', "('or') & ('head') & ('x')"),
    ],
)
def test_every_word_is_quoted(query: str, sqlite: str, postgresql: str) -> None:
    """No word of a caller is an operator of a database."""
    terms = parse_query(query)
    assert expression("sqlite", terms) == sqlite
    assert expression("postgresql", terms) == postgresql
