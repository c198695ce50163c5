"""What is in a database that a record moves to, and where such databases are."""

from itertools import count
from typing import Any

from sqlalchemy import select

from app.catalogue import all_tables
from app.store import fulltext
from app.store.engine import snapshot, writer
from tests.store.test_migrations import layout, routines
from tests.support.databases import Databases

NOTHING: tuple[dict[str, Any], list[str]] = ({}, [])
Values = dict[str, list[tuple[Any, ...]]]
_numbers = count()


def empty(home: Databases) -> str:
    """Return the URL of a new database in which there is nothing."""
    return home.empty(f"moved_{next(_numbers)}")


def values(url: str) -> Values:
    """Return every row of every table as the program reads it, and the words that are searched."""
    words = select(fulltext.RECORDED, fulltext.HEAD, fulltext.BODY).order_by(fulltext.RECORDED)
    with snapshot(writer(url)) as connection:
        rows = {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
            for table in all_tables().sorted_tables
        }
        return {**rows, "search_words": [tuple(row) for row in connection.execute(words)]}


def laid_out(url: str) -> tuple[dict[str, Any], list[str]]:
    """Return all that a database says of its tables, and its triggers and functions."""
    return layout(writer(url)), routines(writer(url))
