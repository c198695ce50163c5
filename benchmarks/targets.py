"""What the read path aims for, and whether it was reached: as ratios of one run, or as times where nothing else counts.

A target that is missed says why, in words that were measured too.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from benchmarks.measuring import NARROWED, ONE, PAGE, UNCHANGED
from benchmarks.servers import ASKING, OURS
from benchmarks.worlds import POSTGRESQL, SQLITE

OF_FLOOR = {
    (SQLITE, ONE, OURS): 0.80,
    (SQLITE, PAGE, OURS): 0.45,
    (SQLITE, NARROWED, OURS): 0.45,
    (SQLITE, ONE, UNCHANGED): 0.85,
    (POSTGRESQL, ONE, OURS): 0.45,
    (POSTGRESQL, PAGE, OURS): 0.27,
    (POSTGRESQL, NARROWED, OURS): 0.27,
    (POSTGRESQL, ONE, UNCHANGED): 0.85,
}
OF_IDIOMATIC = {(SQLITE, ONE): 20, (SQLITE, PAGE): 40, (SQLITE, NARROWED): 40}
DISJOINT = "form and identification, none is both"
# Milliseconds of the 99th in a hundred, by the group of a question and the beginning of its name.
MILLISECONDS = (
    ("filter", "", 20),
    ("pair", DISJOINT, 300),
    ("pair", "", 20),
    ("search", "newest", 10),
    ("search", "relevance with three facets", 60),
    ("search", "relevance", 40),
    ("compare", "one measure and place", 50),
)
DEEP, BUSY, START = 1.2, 3.0, 2.0

WHY = {
    (POSTGRESQL, UNCHANGED): "The tag of one record lies beside it in the database: a 304 asks PostgreSQL as often as "
    "an answer does, and the way there and back is what an answer costs.",
    (POSTGRESQL, OURS): "The server, PostgreSQL and the load share two cores here; a page is unpacked by PostgreSQL, "
    "sent in pieces of 8 kB, and put together again by the driver.",
    (SQLITE, UNCHANGED): "A 304 reads the tag from the database, where the floor reads nothing.",
    (SQLITE, OURS): "What is beyond the floor is SQLite going through the page's rows, and copying them.",
    "idiomatic": "Its answer holds less than ours, and a record alone needs few queries of it: the more are asked for, "
    "the further it falls behind.",
    "filter": "What is rare is found by looking through what is common, or the other way round.",
    "pair": "Whoever is in both is found by looking through the smaller of the two.",
    "search": "The newest 2,000 matches are ranked, and the newest 5,000 counted, whatever is asked.",
    "compare": "Every figure of the measure and place is compared with every other voice's, in Python.",
    "page": "The cursor is a key of the index; the documents of an old page lie elsewhere than the newest.",
    "beside": "The writer and the searches share two cores with the server and the load.",
    "start": "Half of it is Python reading the modules of its libraries.",
}


class Verdict(NamedTuple):
    """One target: what was wanted and measured, and, if it was missed, why."""

    what: str
    wanted: str
    measured: str
    met: bool
    why: str


def verdicts(database: str, measured: dict[str, Any]) -> Iterator[Verdict]:
    """Yield every target of a database that was measured."""
    yield from _ratios(database, measured["load"])
    yield from _times(measured["questions"])
    pages = [one for one in measured["questions"] if one["group"] == "page"]
    if len(pages) == 2:
        deep = pages[1]["p50"] / pages[0]["p50"]
        what = f"page {pages[1]['name']} against page 1, medians"
        yield Verdict(what, f"≤ {DEEP} ×", f"{deep:.2f} ×", deep <= DEEP, WHY["page"])
    busy = measured["beside"]["busy_p99"] / measured["beside"]["idle_p99"]
    what = "p99 of point reads beside one writer and ranked searches, against an idle server"
    yield Verdict(what, f"≤ {BUSY:g} ×", f"{busy:.2f} ×", busy <= BUSY, WHY["beside"])
    start = measured["start"]
    yield Verdict("start to ready", f"≤ {START:g} s", f"{start:.2f} s", start <= START, WHY["start"])


def _ratios(database: str, load: dict[str, Any]) -> Iterator[Verdict]:
    for (of, group, who), least in OF_FLOOR.items():
        if of == database and who in load[group]["rows"]:
            ratio = load[group]["rows"][who]["of_floor"]
            what = group if who == OURS else f"{group}, {who}"
            why = WHY[database, who] + _limit(load[group]["rows"])
            yield Verdict(what, f"≥ {least:.2f} of the floor", f"{ratio:.2f}", ratio >= least, why)
    for (of, group), least in OF_IDIOMATIC.items():
        ratio = load[group]["rows"][OURS]["of_idiomatic"]
        if of == database and ratio is not None:
            wanted = f"≥ {least} × the idiomatic path"
            yield Verdict(group, wanted, f"{ratio:.0f} ×", ratio >= least, WHY["idiomatic"])


def _limit(rows: dict[str, Any]) -> str:
    """Return what an answer out of this database could reach at most, where that was measured."""
    if ASKING not in rows:
        return ""
    return f" The floor itself, when it asks the database `SELECT 1` first, reaches {rows[ASKING]['of_floor']:.2f}."


def _times(questions: list[dict[str, Any]]) -> Iterator[Verdict]:
    """Yield the slowest question of each target."""
    left = list(questions)
    for group, beginning, most in MILLISECONDS:
        mine = [one for one in left if one["group"] == group and one["name"].startswith(beginning)]
        left = [one for one in left if one not in mine]
        if mine:
            slowest = max(mine, key=lambda one: float(one["p99"]))
            what = f"{group}: the slowest of {len(mine)}: {slowest['name']}"
            met = slowest["p99"] <= most
            yield Verdict(what, f"p99 ≤ {most} ms", f"{slowest['p99']:.1f} ms", met, WHY[group])
