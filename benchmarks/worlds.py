"""The worlds that are measured: made when they are not there, and kept in a folder for the next who measures."""

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from psycopg import sql
from sqlalchemy import func, select, text

from app.record.queries import RECORD
from app.store import migrate
from app.store.engine import writer
from benchmarks import world as making
from benchmarks.paths import ROOT
from tests.support import postgres

SQLITE, POSTGRESQL = "sqlite", "postgresql"
DATABASES = (SQLITE, POSTGRESQL)
# What a server of a world so large is given; the rest is as PostgreSQL comes, and as tests/support says.
LARGE = 100_000
SETTINGS = {"shared_buffers": "2GB", "effective_cache_size": "8GB", "max_wal_size": "8GB"}


@dataclass(frozen=True)
class World:
    """A world: where it is, how large, and how long it took to make if it was made just now."""

    database: str
    url: str
    claims: int
    bytes: int
    version: str
    made: str | None


@contextmanager
def world(database: str, claims: int, folder: Path) -> Iterator[World]:
    """Give a world of so many claims, for as long as the block lasts; what lies in the folder stays there."""
    folder.mkdir(parents=True, exist_ok=True)
    if database == POSTGRESQL:
        # A server that root starts runs as somebody else, who must come through.
        folder.chmod(folder.stat().st_mode | 0o111)
    with _sqlite(claims, folder) if database == SQLITE else _postgresql(claims, folder) as (url, made):
        migrate.upgrade(url)
        with writer(url).connect() as connection:
            found = connection.execute(select(func.count()).where(RECORD.c.type == "claim")).scalar_one()
            if found != claims:
                raise SystemExit(f"a kept world of {claims} claims has {found}: remove it, and it is made again")
            if database == SQLITE:
                size, version = sqlite_path(claims, folder).stat().st_size, f"SQLite {sqlite3.sqlite_version}"
            else:
                size = connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one()
                version = "PostgreSQL " + connection.execute(text("SHOW server_version")).scalar_one().split()[0]
        yield World(database, url, claims, size, version, made)


def sqlite_path(claims: int, folder: Path) -> Path:
    """Return the file of a kept world."""
    return folder / f"sqlite-{claims}.db"


@contextmanager
def _sqlite(claims: int, folder: Path) -> Iterator[tuple[str, str | None]]:
    path, made = sqlite_path(claims, folder), None
    if not path.exists():
        # Under another name until it is whole.
        for part in folder.glob(f"{path.stem}.part*"):
            part.unlink()
        part = path.with_suffix(".part")
        made = _made(f"sqlite:///{part}", claims)
        part.rename(path)
    yield f"sqlite:///{path}", made


@contextmanager
def _postgresql(claims: int, folder: Path) -> Iterator[tuple[str, str | None]]:
    name, part = f"onrecord_{claims}", f"onrecord_{claims}_part"
    with postgres.server(folder / f"postgresql-{claims}", **(SETTINGS if claims >= LARGE else {})) as server:
        made = None
        with server.connect() as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if known is None:
            server.drop_database(part)
            server.create_database(part)
            made = _filled(server.database_url(part), claims, folder)
            with server.connect() as connection:
                rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
                connection.execute(rename.format(sql.Identifier(part), sql.Identifier(name)))
        yield server.database_url(name), made


def _filled(url: str, claims: int, folder: Path) -> str:
    """Fill PostgreSQL from SQLite's world when it is there, else through the verbs; return how long it took."""
    source = sqlite_path(claims, folder)
    if source.exists():
        # The source may have been kept for longer than its layout.
        migrate.upgrade(f"sqlite:///{source}")
        environment = {**os.environ, "ONRECORD_DATABASE_URL": f"sqlite:///{source}"}
        started = time.perf_counter()
        subprocess.run([sys.executable, "-m", "app", "move", "--to", url], cwd=ROOT, env=environment, check=True)
        seconds = time.perf_counter() - started
        made = f"moved from SQLite by `onrecord move` in {seconds:.0f} s ({claims / seconds:,.0f} claims/s)"
    else:
        made = _made(url, claims)
    with writer(url).connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))
    return made


def _made(url: str, claims: int) -> str:
    seconds = making.make(url, claims)
    return f"recorded through the verbs in {seconds:.0f} s ({claims / seconds:,.0f} claims/s)"
