"""The service promises: where to begin, whether it is well, and what its problems mean."""

import logging
from itertools import count

import pytest

from app.kit import ids
from app.serving.problems import KINDS
from app.store import migrate
from app.store.reader import PostgresReader
from tests.support.api import Api, serving
from tests.support.databases import Databases
from tests.support.logged import logged
from tests.support.routes import RECORDS, path_with, problem_of

_numbers = count()


def fresh(databases: Databases) -> str:
    """Return the URL of a new database without any table."""
    return databases.empty(f"service_{next(_numbers)}")


def away(databases: Databases, api: Api) -> None:
    """Hold a service without a usable database against what is promised of it."""
    assert api.get("/healthz").status_code == 200
    for path in ["/readyz", *(path_with(name, "bcdf", lawful=("format", "version")) for name in RECORDS)]:
        answer = api.get(path)
        problem = problem_of(answer)
        assert (answer.status_code, problem["code"]) == (503, "unavailable")
        assert answer.headers["retry-after"].isdigit()
        assert problem["detail"] == "the database cannot be read now"
        assert databases.engine not in answer.text.lower().replace("/v1/", "")
    assert api.get("/").status_code == api.get("/openapi.json").status_code == 200


def test_the_anonymous_caller_finds_every_list_from_the_root(seeded_api: Api) -> None:
    """Who knows nothing but the host gets to every record, change and file."""
    root = seeded_api.data("/")
    assert set(root["collections"]) == set(ids.PLURALS.values())
    for path in [
        *root["collections"].values(),
        *(root[name] for name in ("changes", "ledger_head", "catalogue", "docs")),
    ]:
        assert seeded_api.get(path).status_code == 200


def test_a_seeded_service_is_alive_and_ready(seeded_api: Api) -> None:
    """Both say ok."""
    assert seeded_api.data("/healthz") == seeded_api.data("/readyz") == {"type": "state", "status": "ok"}


def test_an_empty_database_makes_the_service_unready_not_dead_until_it_is_migrated(databases: Databases) -> None:
    """Whoever restarts it would gain nothing; once the layout is there, it is ready without a restart."""
    url = fresh(databases)
    with serving(url) as api:
        away(databases, api)
        migrate.upgrade(url)
        assert api.get("/readyz").status_code == 200
        assert api.data("/v1/claims") == []


@pytest.mark.parametrize("revision", ["0001", "0003", "0005"])
def test_an_older_layout_makes_the_service_unready_until_it_is_migrated(databases: Databases, revision: str) -> None:
    """A version never reads a layout that it does not know."""
    url = fresh(databases)
    migrate.upgrade(url, revision)
    with serving(url) as api:
        assert api.get("/healthz").status_code == 200
        assert problem_of(api.get("/readyz"))["code"] == "unavailable"
        assert api.get("/readyz").status_code == 503
        migrate.upgrade(url)
        assert api.get("/readyz").status_code == 200


def test_a_missing_database_makes_the_service_unready_not_dead(databases: Databases) -> None:
    """The process starts, says what is wrong in its log, and waits."""
    url = fresh(databases).replace("service_", "never_made_")
    with logged(url) as (api, log):
        pool = getattr(api.app.state.reader, "_pool", None)
        if pool is not None:
            # How long a request waits for a connection; the default would make this test as slow as its caller.
            pool.timeout = 0.05
        away(databases, api)
        events = {(line["event"], line["level"]) for line in log.lines()}
    assert ("database", "error") in events


@pytest.mark.parametrize("rest", ["hunter2@127.0.0.1:1/x", "hunter2%25%40@127.0.0.1:1/x?application_name=a"])
def test_no_log_holds_the_password_of_a_server_that_is_away(
    rest: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """Neither our lines nor those of the libraries below, nor the answer."""
    caplog.set_level(logging.DEBUG)
    with logged(f"postgresql://user:{rest}") as (api, log):
        reader = api.app.state.reader
        assert isinstance(reader, PostgresReader)
        assert reader._pool.conninfo == ""
        # Long enough for a refused connection to be logged by the pool.
        reader._pool.timeout = 1
        answer = api.get("/v1/claims")
        text = log.text
    assert (answer.status_code, "PoolTimeout" in text) == (503, True)
    assert "127.0.0.1" in caplog.text
    for told in (answer.text, text, caplog.text, *capfd.readouterr()):
        assert "hunter2" not in told


@pytest.mark.parametrize("code", sorted(KINDS))
def test_every_kind_of_problem_says_what_it_means_and_what_to_do(seeded_api: Api, code: str) -> None:
    """The `type` of a problem is a path that answers."""
    data = seeded_api.data(f"/problems/{code}")
    assert (data["code"], data["status"], data["title"]) == (code, KINDS[code].status, KINDS[code].title)
    assert data["advice"].endswith(".")


@pytest.mark.parametrize("code", ["", "nothing", "NOT_FOUND", "not_found%00", "%2e%2e", "a" * 5000])
def test_a_problem_that_does_not_exist_is_a_404(seeded_api: Api, code: str) -> None:
    """Only the table's codes are paths."""
    assert seeded_api.get(f"/problems/{code}").status_code == 404
