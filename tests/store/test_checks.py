"""The database promises by itself: a row that breaks a rule is refused, by the rule's name, whoever writes it."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy import CheckConstraint, Connection, Integer, Table, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from tests.ledger.redacting import erasable, redact
from tests.record.readings import LAYOUT
from tests.store.bad_rows import BAD, CODED, ROUNDED, SHADOWED, THEN, Bad, Some
from tests.support.world import World

ONE_OF = re.compile(r"(\w+) IN \('[^()]*\)")
QUANTIFIED = "ck_figure_quantity_as_quantified"


def checks() -> dict[str, tuple[Table, str]]:
    """Return every named CHECK: its table and its text."""
    return {
        f"ck_{table.name}_{one.name}".replace(f"ck_{table.name}_ck_{table.name}_", f"ck_{table.name}_"): (
            table,
            str(one.sqltext),
        )
        for table in LAYOUT.tables.values()
        for one in table.constraints
        if isinstance(one, CheckConstraint)
    }


def bad_rows() -> list[Bad]:
    """Return the bad rows that are written down, and those that follow from the form of a CHECK."""
    found = list(BAD)
    for name, (_, condition) in checks().items():
        listed = ONE_OF.fullmatch(condition)
        if listed and name not in {bad.name for bad in BAD}:
            found.append(Bad(name, {listed[1]: "nonsense"}, CODED.get(name, {})))
        if condition == "ordinal >= 1":
            found.append(Bad(name, {"ordinal": 0}))
    return found


@pytest.fixture
def filled(rich_world: World) -> Iterator[Connection]:
    """A database with rows in every table, open for writing behind the program's back; undone in the end."""
    redact(rich_world, rich_world.report, erasable(rich_world)[:1])
    with rich_world.desk.engine.connect() as connection:
        held = {"record_id": rich_world.report, "edition": 1, "content": b"words"}
        connection.execute(insert(LAYOUT.tables["held_text"]), held)
        fork = {"ledger": "another", "parent": "one", "seq": 0, "chain": "", "recorded_at": THEN}
        connection.execute(insert(LAYOUT.tables["ledger_fork"]), fork)
        yield connection
        connection.rollback()


def refusal(connection: Connection, table: Table, row: dict[str, Any]) -> str:
    """Return what a database says of a row that is inserted; there is always something, if only its key."""
    undo = connection.begin_nested()
    with pytest.raises(IntegrityError) as caught:
        connection.execute(insert(table), row)
    undo.rollback()
    return str(caught.value.orig)


def chosen(connection: Connection, table: Table, bad: Bad) -> dict[str, Any]:
    """Return the row that a bad one is a copy of."""
    wanted = [
        table.c[name].is_not(None) if value is Some else table.c[name] == value for name, value in bad.chosen.items()
    ]
    row = connection.execute(select(table).where(*wanted).order_by(*table.primary_key)).mappings().first()
    assert row is not None, bad
    return dict(row)


def test_every_check_has_a_bad_row() -> None:
    """No rule of the layout goes untried."""
    tried = {bad.name for bad in bad_rows()} | set(SHADOWED) | {QUANTIFIED} | {bad.name for bad in ROUNDED}
    assert set(checks()) - tried == set()
    assert tried - set(checks()) == set()


def test_every_bad_row_is_refused_by_the_rule_that_it_breaks(filled: Connection) -> None:
    """And by no other; the row that it is a copy of breaks none."""
    for bad in bad_rows():
        table, _ = checks()[bad.name]
        row = chosen(filled, table, bad)
        if table.name not in ("revision", "revision_content", "revision_redaction"):
            assert not re.search(r"ck_\w+", refusal(filled, table, row)), bad
        assert re.findall(r"ck_\w+", refusal(filled, table, {**row, **bad.changes})) == [bad.name], bad


def test_a_rule_inside_another_is_refused_by_one_of_them(filled: Connection) -> None:
    """Some rules cannot be broken alone."""
    for name, (bad, other) in SHADOWED.items():
        table, _ = checks()[name]
        (named,) = re.findall(r"ck_\w+", refusal(filled, table, {**chosen(filled, table, bad), **bad.changes}))
        assert named in (name, other)


def test_no_figure_has_more_than_six_places(filled: Connection) -> None:
    """Either the rule refuses a seventh place, or the column's type has none."""
    rounds = filled.dialect.name == "postgresql"
    for bad in ROUNDED:
        table, _ = checks()[bad.name]
        told = refusal(filled, table, {**chosen(filled, table, bad), **bad.changes})
        assert re.findall(r"ck_\w+", told) == ([] if rounds else [bad.name]), bad


@given(digits=st.integers(0, 10**15 - 1) | st.integers(10**14, 10**15 - 1), places=st.integers(0, 6))
@example(digits=438486325677, places=1)
@example(digits=349, places=6)
def test_every_lawful_number_passes(filled: Connection, digits: int, places: int) -> None:
    """15 digits with up to 6 places are kept as they are, however the database counts."""
    number = Decimal(f"{digits}E-{places}")
    table = LAYOUT.tables["figure"]
    row = chosen(filled, table, Bad("", {}, {"quantifier": "between"}))
    here = table.c.id == row["id"]
    with filled.begin_nested() as undo:
        filled.execute(update(table).where(here).values(lower=number, upper=None, quantifier="order_of_magnitude"))
        assert filled.execute(select(table.c.lower).where(here)).scalar_one() == number
        undo.rollback()


# The table of the model page, row by row: value, lower, upper; `x` is exclusive, None is absent.
V, A, B = Decimal(5), Decimal(3), Decimal(8)
LAWFUL: dict[str, tuple[Decimal | None, Decimal | None, Decimal | None, str]] = {
    "unqualified": (V, V, V, ""),
    "approximately": (V, None, None, ""),
    "just_under": (V, None, V, "upper"),
    "less_than": (V, None, V, "upper"),
    "at_most": (V, None, V, ""),
    "just_over": (V, V, None, "lower"),
    "more_than": (V, V, None, "lower"),
    "at_least": (V, V, None, ""),
    "between": (None, A, B, ""),
    "order_of_magnitude": (None, A, None, ""),
}


def test_a_figure_is_what_its_quantifier_allows_and_nothing_else(filled: Connection) -> None:
    """Every combination of value, bounds and exclusiveness, for every quantifier: one row of the table, or refused."""
    table = LAYOUT.tables["figure"]
    row = chosen(filled, table, Bad("", {}, {"value": Decimal("0.5")}))
    combinations = [
        {"value": value, "lower": lower, "upper": upper, "lower_exclusive": low, "upper_exclusive": high}
        for value in (V, None)
        for lower in (V, A, None)
        for upper in (V, B, None)
        for low in (False, True)
        for high in (False, True)
    ]
    for quantifier, (value, lower, upper, exclusive) in LAWFUL.items():
        lawful: dict[str, Any] = {"value": value, "lower": lower, "upper": upper}
        lawful |= {f"{name}_exclusive": exclusive == name for name in ("lower", "upper")}
        accepted = [
            numbers
            for numbers in combinations
            if "ck_figure" not in refusal(filled, table, {**row, **numbers, "quantifier": quantifier})
        ]
        free = _free(quantifier, combinations)
        assert lawful in accepted, quantifier
        assert accepted == (free or [lawful]), quantifier


def _free(quantifier: str, combinations: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the combinations of the two quantifiers whose bounds are given by the source."""
    given = {"between": (True, True), "order_of_magnitude": (True, False)}.get(quantifier)
    return [
        one
        for one in combinations
        if given is not None
        and (one["value"], one["lower_exclusive"], one["upper_exclusive"]) == (None, False, False)
        and (one["lower"] is not None, one["upper"] is not None) == given
        and (one["upper"] is None or one["lower"] < one["upper"])
    ]


def test_a_claim_has_one_publisher(filled: Connection) -> None:
    """The chain passes through one publication; a second publisher hop is refused by its own index."""
    table = LAYOUT.tables["claim_hop"]
    publisher = chosen(filled, table, Bad("", {}, {"role": "publisher"}))
    assert re.search("uq_claim_hop_publisher|claim_hop.claim_id", refusal(filled, table, {**publisher, "ordinal": 99}))


def test_what_others_name_cannot_be_deleted(filled: Connection) -> None:
    """Foreign keys hold: a row that another names stays."""
    for name in ("place", "actor", "crisis", "report", "claim", "figure", "record", "claim_hop", "vocabulary"):
        with pytest.raises(IntegrityError), filled.begin_nested():
            filled.execute(delete(LAYOUT.tables[name]))


def test_nobody_is_named_who_is_not_there(filled: Connection) -> None:
    """Every foreign key refuses an id that nothing has."""
    for table in LAYOUT.tables.values():
        for key in table.foreign_key_constraints:
            column = next(iter(key.columns))
            missing = 10**6 if isinstance(column.type, Integer) else "clm_nobody"
            row = chosen(filled, table, Bad("", {}, {column.name: Some}))
            here = [one == row[one.name] for one in table.primary_key]
            with pytest.raises(IntegrityError, match=r"(?i)foreign key"), filled.begin_nested():
                filled.execute(update(table).where(*here).values({column.name: missing}))
