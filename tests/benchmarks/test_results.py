"""The results promise: every run keeps what others measured, and says plainly which target was missed, and why."""

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks import partner_targets, results, targets
from benchmarks.load import percentiles
from benchmarks.measuring import NARROWED, ONE, PAGE, UNCHANGED
from benchmarks.servers import FLOOR, IDIOMATIC, OURS
from benchmarks.worlds import POSTGRESQL, SQLITE


def row(of_floor: float, of_idiomatic: float | None = 50.0) -> dict[str, Any]:
    """What was measured of one row under load."""
    times = {"rate": 9000.0, "p50": 1.0, "p99": 5.0, "connections": 16, "bytes": 4000}
    return {**times, "of_floor": of_floor, "of_idiomatic": of_idiomatic}


def measured(of_floor: float = 0.9, p99: float = 5.0, deep: float = 1.0) -> dict[str, Any]:
    """What a run measures of a world; all targets are met unless told otherwise."""
    rows = {FLOOR: row(1.0), OURS: row(of_floor), UNCHANGED: row(0.99), IDIOMATIC: row(0.02, 1.0)}
    asked = [(group, beginning or "theme, common") for group, beginning, _ in targets.MILLISECONDS]
    times = {"first": 9.0, "p50": 1.0, "p99": p99, "times": 300, "shown": 50}
    pages = [
        {"group": "page", "name": "1", **times},
        {"group": "page", "name": "5,000", **times, "p50": deep},
    ]
    return {
        "world": {"database": SQLITE, "claims": 1, "bytes": 2_000_000, "version": "SQLite 3", "made": None},
        "start": 1.0,
        "load_average": 0.5,
        "load": {group: {"bytes": 4000, "rows": rows} for group in (ONE, PAGE, NARROWED)},
        "questions": [{"group": group, "name": name, **times} for group, name in asked] + pages,
        "private_bytes": 90_000_000,
        "beside": {"idle_p99": 2.0, "busy_p99": 5.0, "idle_rate": 1.0, "busy_rate": 1.0, "commits": 9, "searches": 9},
    }


def pulled(speed: float = 200.0, memory: int | None = 50_000_000, night: float = 0.9) -> dict[str, Any]:
    """What a run measures for partners; all targets are met unless told otherwise."""
    times = {"p50": 1.0, "p99": 2.0, "times": 200}
    export = {"rows": 25_000, "bytes": 5_000_000, "rounds": 3, "seconds": 1.0, "rows_a_second": 1000.0, "of_floor": 0.5}
    taken = {"speed": speed, "memory": memory, "part_rows": 2_500, "part_memory": memory and memory - 10_000_000}
    asked = [(name, count) for count in (0, 9) for name in (ONE, PAGE)]
    return {
        "exports": [{"format": one, **export, **taken} for one in ("ndjson", "csv", "xlsx")],
        "feed": [{"kind": "bare", "rows_a_second": 9000.0, "speed": 5.0, "bytes_a_row": 500.0, "of_floor": 0.1}],
        "beside": {"idle_p99": 2.0, "busy_p99": 5.0, "idle_rate": 1.0, "busy_rate": 1.0, "commits": 9.0, "speed": 90.0},
        "copy": {
            "claims": 1000,
            "revisions": 2000,
            "first": {"seconds": 0.17, "memory": memory, "bytes": 9_000_000},
            "unchanged": 0.5,
            "night": night,
            "night_revisions": 1000,
            "night_memory": memory,
        },
        "past": [{"name": name, "changed": count, "now": times, "then": times} for name, count in asked],
    }


def test_a_run_leaves_what_others_measured(tmp_path: Path) -> None:
    """A million claims on one database erase neither the section of fewer claims nor that of the other database."""
    results.keep(100_000, SQLITE, measured(), tmp_path)
    results.keep(100_000, POSTGRESQL, measured(), tmp_path)
    results.keep(1_000_000, SQLITE, measured(), tmp_path)
    results.keep(1_000_000, SQLITE, measured(of_floor=0.1234567), tmp_path)
    kept = json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))
    assert {size: list(found) for size, found in kept.items()} == {
        "100000": [SQLITE, POSTGRESQL],
        "1000000": [SQLITE],
    }
    assert kept["1000000"][SQLITE]["load"][ONE]["rows"][OURS]["of_floor"] == 0.1235
    page = (tmp_path / "RESULTS.md").read_text(encoding="utf-8")
    heads = [line for line in page.splitlines() if line.startswith(("## ", "### "))]
    assert heads == ["## 100,000 claims", "### SQLite", "### PostgreSQL", "## 1,000,000 claims", "### SQLite"]


def test_what_is_committed_is_what_was_measured() -> None:
    """RESULTS.md is never edited: it is what results.json says, written out."""
    known = results.FOLDER / "results.json"
    if not known.exists():
        pytest.skip("nothing was measured yet")
    written = results.markdown(json.loads(known.read_text(encoding="utf-8")))
    assert (results.FOLDER / "RESULTS.md").read_text(encoding="utf-8") == written


def test_a_target_is_met_or_missed() -> None:
    """Nothing is missed that reaches its target, and whatever misses it is named."""
    assert [one for one in targets.verdicts(SQLITE, measured()) if not one.met] == []
    assert _missed(SQLITE, measured(of_floor=0.44)) == [ONE, PAGE, NARROWED]
    assert _missed(SQLITE, measured(of_floor=0.46)) == [ONE]
    assert _missed(POSTGRESQL, measured(of_floor=0.3)) == [ONE]
    assert _missed(SQLITE, measured(deep=1.3)) == ["page 5,000 against page 1, medians"]
    slow = _missed(SQLITE, measured(p99=1000.0))
    assert len(slow) == len(targets.MILLISECONDS)


def _missed(database: str, found: dict[str, Any]) -> list[str]:
    return [one.what for one in targets.verdicts(database, found) if not one.met]


def test_what_is_missed_says_why() -> None:
    """The page gives the measured limit and the reason beside it."""
    page = results.markdown({"1": {SQLITE: {**results.about(), **measured(of_floor=0.44)}}})
    assert "| page of 50 | ≥ 0.45 of the floor | 0.44 | **missed** |" in page
    assert f"- page of 50: 0.44. {targets.WHY[SQLITE, OURS]}" in page
    assert "Missed" not in results.markdown({"1": {SQLITE: {**results.about(), **measured()}}})


def test_an_answer_that_nobody_waits_for_is_said_to_be_missing() -> None:
    """A row that could not be measured is no empty place in a table."""
    found = measured()
    found["load"][PAGE]["rows"] = {FLOOR: row(1.0), OURS: row(0.9, None)}
    page = results.markdown({"1": {SQLITE: {**results.about(), **found}}})
    assert "no answer within a minute" in page
    assert not [one for one in targets.verdicts(SQLITE, found) if one.what == PAGE and "idiomatic" in one.wanted]


def test_what_partners_are_promised_is_met_or_missed() -> None:
    """Nothing is missed that reaches its target, and whatever misses it is named; what nobody can tell is left out."""
    every = ("ndjson", "csv", "xlsx")
    assert _broken(pulled()) == []
    assert _broken(pulled(speed=149.0)) == ["export of 25,000 claims as ndjson"]
    assert _broken(pulled(speed=39.0)) == [f"export of 25,000 claims as {one}" for one in every[:2]]
    assert _broken(pulled(memory=101_000_000)) == [f"private memory above idle during {one}" for one in every]
    assert _broken(pulled(night=1.1)) == ["a pull of 1,000 new revisions"]
    told = [one.what for one in partner_targets.verdicts(pulled(memory=None))]
    assert len(told) == 5
    assert [one for one in told if "memory" in one] == []


def test_each_target_of_partners_stands_alone() -> None:
    """A slow first pull, memory that grows and readers who wait are told apart."""
    slow, growing, busy = pulled(), pulled(), pulled()
    slow["copy"]["first"]["seconds"] = 0.19
    assert _broken(slow) == ["a first pull, for each million claims"]
    growing["exports"][2]["part_memory"] = 29_000_000
    assert _broken(growing) == ["memory during xlsx, of 25,000 rows against 2,500"]
    growing["exports"][2]["part_rows"] = 2_499
    assert _broken(growing) == []
    busy["beside"]["busy_p99"] = 6.1
    assert _broken(busy) == ["p99 of point reads beside one export and one writer, against an idle server"]


def _broken(found: dict[str, Any]) -> list[str]:
    return [one.what for one in partner_targets.verdicts(found) if not one.met]


def test_what_was_measured_for_partners_is_on_the_page() -> None:
    """Every table has its rows, and a missed target its reason."""
    found = {**results.about(), **measured(), "partners": pulled(night=1.5)}
    page = results.markdown({"1": {SQLITE: found}})
    assert "| xlsx | 25,000 | 5 | 200 | 1,000 | 0.5 | 50 | 40 |" in page
    assert "| bare | 9,000 | 5 | 500 | 0.1 |" in page
    assert "| 1,000 claims were corrected | 1.50 | 667 | 50 |" in page
    assert f"| {PAGE} | 9 | 1.00 | 2.00 | 1.00 | 2.00 |" in page
    assert "one export (NDJSON, 90 MB/s)" in page
    assert f"- a pull of 1,000 new revisions: 1.50 s. {partner_targets.WHY['night']}" in page
    assert "Exports over HTTP" not in results.markdown({"1": {SQLITE: {**results.about(), **measured()}}})


@pytest.mark.parametrize(
    ("times", "p50", "p99"), [([3.0], 3.0, 3.0), ([1.0, 9.0], 5.0, 9.0), ([*range(1, 1001)], 500.5, 990)]
)
def test_percentiles(times: list[float], p50: float, p99: float) -> None:
    """The middle, and what 99 of a hundred do not exceed; of few, the greatest."""
    assert percentiles(times) == (p50, p99)
