"""Why this file exists: a join that goes through its left side first, for when that side is known to be the small one.

SQLite keeps no statistics of ours, and guesses that what a WITH has gathered is large: it would go through the whole
table on the right, and look each row up on the left. It takes CROSS JOIN as an order to keep. PostgreSQL has no such
words; its reading connections are told to prefer look-ups (see `PLANNED_WITHOUT` in app/store/reader.py).
"""

from typing import Any

from sqlalchemy import ColumnElement, FromClause, Join
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler


class _InOrder(Join):
    """A join whose left side is gone through first."""

    inherit_cache = True


@compiles(_InOrder)
def _join(element: _InOrder, compiler: SQLCompiler, **options: Any) -> str:
    written: str = compiler.visit_join(element, **options)  # type: ignore[no-untyped-call]
    return written


@compiles(_InOrder, "sqlite")
def _join_sqlite(element: _InOrder, compiler: SQLCompiler, **options: Any) -> str:
    left, right = (compiler.process(side, **{**options, "asfrom": True}) for side in (element.left, element.right))
    return f"{left} CROSS JOIN {right} ON {compiler.process(element.onclause, **options)}"  # type: ignore[arg-type]


def in_order(left: FromClause, right: FromClause, on: ColumnElement[bool]) -> Join:
    """Return the join of two tables for `select_from`; every row of the left one looks for its own of the right."""
    return _InOrder(left, right, on)
