"""The layout promises: migrations and models are one layout, and there is a way up and a way back down."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Engine, Inspector, inspect, text

from app.catalogue import all_tables
from app.store import fulltext, migrate
from app.store.engine import writer
from tests.support.databases import Databases
from tests.support.world import World

Layout = dict[str, dict[str, Any]]
STEPS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "0010")
# The searched words are outside the models: SQLite keeps them in a virtual table, with shadow tables beside it.
WORDS = "search_words"
GUARDED = ("revision", "revision_content", "revision_redaction")


def layout(engine: Engine) -> Layout:
    """Return everything that a database says of its tables, without the one that counts migrations."""
    with engine.connect() as connection:
        seen = inspect(connection)
        names = sorted(set(seen.get_table_names()) - {"alembic_version"})
        return {name: {**_table(seen, name), "virtual": _virtual(connection, name)} for name in names}


def _table(seen: Inspector, name: str) -> dict[str, Any]:
    columns = [(one["name"], str(one["type"]), one["nullable"], one["default"]) for one in seen.get_columns(name)]
    foreign = [
        (one["name"], one["constrained_columns"], one["referred_table"], one["referred_columns"], one["options"])
        for one in seen.get_foreign_keys(name)
    ]
    unique = [(one["name"], one["column_names"]) for one in seen.get_unique_constraints(name)]
    indexes = [(one["name"], one["column_names"], bool(one["unique"]), _options(one)) for one in seen.get_indexes(name)]
    key = seen.get_pk_constraint(name)
    return {
        "columns": sorted(columns),
        "key": (key["name"], key["constrained_columns"]),
        "foreign": sorted(foreign, key=str),
        "unique": sorted(unique, key=str),
        "indexes": sorted(indexes, key=str),
        "checks": sorted((str(one["name"]), one["sqltext"]) for one in seen.get_check_constraints(name)),
    }


def _virtual(connection: Connection, name: str) -> str | None:
    """Return how a virtual table of SQLite is made, which no inspection tells."""
    if connection.dialect.name != "sqlite":
        return None
    query = text("SELECT sql FROM sqlite_master WHERE name = :name AND sql LIKE 'CREATE VIRTUAL%'")
    made: str | None = connection.execute(query, {"name": name}).scalar()
    return made


def _options(index: Any) -> list[tuple[str, str]]:
    """Return what only one database says of an index: above all of which rows it is."""
    return sorted((name, str(value)) for name, value in index.get("dialect_options", {}).items())


def routines(engine: Engine) -> list[str]:
    """Return the names of all triggers and functions of ours."""
    if engine.dialect.name == "sqlite":
        query = "SELECT tbl_name || '.' || name FROM sqlite_master WHERE type = 'trigger'"
    else:
        query = (
            "SELECT tgrelid::regclass || '.' || tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O' "
            "UNION ALL SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
        )
    with engine.connect() as connection:
        return sorted(connection.execute(text(query)).scalars())


@pytest.fixture
def empty(databases: Databases) -> Iterator[str]:
    """A database in which there is nothing."""
    name = f"empty_{uuid4().hex}"
    databases.empty(name)
    with databases.copy(name) as url:
        yield url


def test_the_migrations_make_what_the_models_say(databases: Databases, empty: str, layout_url: str) -> None:
    """Columns, types, keys, uniques, indexes and CHECKs, by name and to the letter."""
    engine = writer(empty)
    with engine.begin() as connection:
        all_tables().create_all(connection)
        fulltext.create(connection)
    made, migrated = layout(engine), layout(writer(layout_url))
    assert set(made) == set(migrated)
    assert {name for name in migrated if not name.startswith(WORDS)} == set(all_tables().tables)
    assert WORDS in migrated
    for name, table in made.items():
        assert migrated[name] == table, name
    checks = [check for table in migrated.values() for check in table["checks"]]
    assert len(checks) > 100
    assert not [name for name, _ in checks if not name.startswith("ck_") or "_ck_" in name]


def test_alembic_finds_nothing_to_migrate(layout_url: str) -> None:
    """Alembic's own comparison of the models with a migrated database is empty."""
    with writer(layout_url).connect() as connection:
        opts = {"compare_type": True, "compare_server_default": True, "include_name": _of_the_models}
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, all_tables()) == []


def _of_the_models(name: str | None, kind: str, _parents: object) -> bool:
    return kind != "table" or not str(name).startswith(WORDS)


def test_every_step_up_has_its_step_down(empty: str) -> None:
    """Down one step is where one was before it; down all is nothing; and up again is the same."""
    engine = writer(empty)
    before = [(layout(engine), routines(engine))]
    assert before == [({}, [])]
    for step in STEPS:
        migrate.upgrade(empty, step)
        before.append((layout(engine), routines(engine)))
    with engine.connect() as connection:
        assert migrate.current(connection) == migrate.head() == STEPS[-1]
    top = before.pop()
    for step in (*reversed(STEPS[:-1]), "base"):
        migrate.downgrade(empty, step)
        assert (layout(engine), routines(engine)) == before.pop(), step
    assert before == []
    migrate.upgrade(empty)
    assert (layout(engine), routines(engine)) == top


def test_a_full_database_can_be_taken_down(rich_world: World) -> None:
    """Neither triggers nor foreign keys are in the way, and nothing is left."""
    migrate.downgrade(rich_world.url)
    assert (layout(rich_world.desk.engine), routines(rich_world.desk.engine)) == ({}, [])


def test_the_ledger_is_guarded_from_the_first_migration(empty: str) -> None:
    """Every trigger is there and switched on."""
    migrate.upgrade(empty, STEPS[0])
    engine = writer(empty)
    last = "replace" if engine.dialect.name == "sqlite" else "truncate"
    triggers = [f"{one}.{one}_refuses_{event}" for one in GUARDED for event in ("update", "delete", last)]
    functions = [] if engine.dialect.name == "sqlite" else ["ledger_refuses", "ledger_erases"]
    assert routines(engine) == sorted(triggers + functions)


def test_a_new_database_has_a_ledger_of_its_own(databases: Databases, layout_url: str, empty: str) -> None:
    """It begins at nothing, under an id that no other ledger has."""
    migrate.upgrade(empty)
    heads = []
    for url in (layout_url, empty):
        with writer(url).connect() as connection:
            row = connection.execute(text("SELECT id, seq, chain, recorded_at, ledger FROM ledger_head")).one()
            heads.append(tuple(row))
            assert connection.execute(text("SELECT id, generation FROM document_state")).all() == [(1, 0)]
    assert [head[:-1] for head in heads] == [(1, 0, "0" * 64, None)] * 2
    assert heads[0][-1] != heads[1][-1]


def test_a_migration_that_fails_changes_nothing(empty: str) -> None:
    """All steps of an upgrade are one transaction."""
    migrate.upgrade(empty, STEPS[2])
    engine = writer(empty)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE claim (id integer)"))
    before = layout(engine), routines(engine)
    with pytest.raises(Exception, match="claim"):
        migrate.upgrade(empty)
    assert (layout(engine), routines(engine)) == before
    with engine.connect() as connection:
        assert migrate.current(connection) == STEPS[2]


def test_documents_are_packed_for_quick_unpacking(empty: str) -> None:
    """PostgreSQL packs them with lz4 where it can; whoever goes back a step finds its usual way again."""
    engine = writer(empty)
    if engine.dialect.name == "sqlite":
        pytest.skip("SQLite packs nothing")
    usual, packed = "", "l"
    for step, how in (("0009", packed), ("0008", usual), ("0009", packed)):
        (migrate.upgrade if how else migrate.downgrade)(empty, step)
        assert _packing(engine) == how


def _packing(engine: Engine) -> str:
    query = "SELECT attcompression FROM pg_attribute WHERE attrelid = 'document'::regclass AND attname = 'body'"
    with engine.connect() as connection:
        found: bytes | str = connection.execute(text(query)).scalar_one()
        return found.decode() if isinstance(found, bytes) else found
