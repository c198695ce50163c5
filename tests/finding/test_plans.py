"""No list scans a table: what the databases say they would do, for every question that the lists can be asked."""

import pytest
from sqlalchemy import Connection

from app.catalogue import NOUNS
from app.record.desk import Desk
from app.seeding.seed import seed
from app.store.engine import writer
from benchmarks import plans, questions
from tests.finding.multiplied import multiply
from tests.support.databases import Databases
from tests.support.paths import SEED

# No figure of the seed was passed on, so that there is no value to ask for.
UNKNOWN_TO_THE_SEED = {("/v1/figures", "relay=")}
ONE_WAY = ("relevance", "report_order")
# Through a whole table; through a whole index; and from a table to what was gathered, instead of the other way.
SCANS = (
    "SELECT recorded FROM index_posting WHERE recorded + 0 = 5",
    "SELECT count(*) FROM document WHERE etag = 'none'",
    "SELECT max(term + 0) FROM index_posting",
    "WITH few AS MATERIALIZED (SELECT recorded FROM record WHERE id = 'none')"
    " SELECT index_span.up FROM index_span JOIN few ON few.recorded = index_span.earliest ORDER BY index_span.up",
)


@pytest.fixture(scope="module")
def large(databases: Databases) -> str:
    """A database in which a table is too large to be read through; of its own, since none in use can be copied."""
    url = databases.migrated("large")
    seed(Desk(writer(url), NOUNS), SEED)
    multiply(url)
    return url


def test_no_question_scans_a_table(large: str) -> None:
    """Every filter, pair, sort, count, facet, search and comparison is answered by walks and look-ups of indexes."""
    found, explained = plans.faults(large)
    assert [f"{fault.scan}: {fault.ask.path}\n{fault.statement}" for fault in found] == []
    assert explained > 80


def test_every_filter_is_asked(large: str) -> None:
    """The questions cover every documented filter and sort of every list; none is left out in silence."""
    with writer(large).connect() as connection:
        asked = {one.path for one in questions.everything(connection)}
    missing: set[tuple[str, str]] = set()
    for listing in questions.LISTINGS:
        path = questions.path_of(listing)
        wanted = [f"{one.name}=" for one in listing.parameters]
        wanted += [f"sort={sign}{sort}" for sort in listing.sorts for sign in ("", "-") if sort not in ONE_WAY]
        mine = [one.replace("?", "&") for one in asked if one.startswith(f"{path}?")]
        missing.update((path, name) for name in wanted if not any(f"&{name}" in one for one in mine))
    assert missing == UNKNOWN_TO_THE_SEED


@pytest.mark.parametrize("statement", SCANS)
def test_a_scan_is_seen(large: str, statement: str) -> None:
    """A statement that goes through a table, in whatever way, is told from one that does not."""
    with writer(large).connect() as connection:
        assert _scans(connection, statement)


def _scans(connection: Connection, statement: str) -> list[str]:
    return list(plans.scans(connection, plans.Run(statement, {})))
