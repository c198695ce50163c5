"""What partners are promised, and whether it was reached: speeds and times, each as it was measured here."""

from collections.abc import Iterator
from typing import Any

from benchmarks.targets import BUSY, Verdict

# Megabytes a second, by format, and the memory that any of them may take above idle.
SPEED = {"ndjson": 150.0, "csv": 40.0}
MEMORY = 100_000_000
# So much more may ten times the rows take, where a tenth is more than any format holds at once.
GROWTH, PART_ROWS = 20_000_000, 2_500
# Seconds of a first pull for each million claims, and of a night.
PULL, NIGHT = 180.0, 1.0

WHY = {
    "ndjson": "Documents are handed on as they are stored; what is beyond the floor is the database reading them.",
    "csv": "A row has some sixty cells, made in Python of a document that is parsed for it: parsing, making and "
    "spelling them take about a third of the time each.",
    "memory": "The libraries that write a format are in it, and what they have not written yet.",
    "growth": "What a library keeps of all rows until the file is whole grows with them.",
    "pull": "One processor verifies, parses and stores every revision, its document and its flat rows, in Python.",
    "night": "The program starts and reads its libraries; then every correction is verified and stored, and what shows "
    "a corrected record is looked up.",
    "beside": "The writer and whoever takes the export share two cores with the server and the load.",
}


def verdicts(found: dict[str, Any]) -> Iterator[Verdict]:
    """Yield every target of what was measured for partners."""
    for one in found["exports"]:
        yield from _export(one)
    yield from _copy(found["copy"])
    busy = found["beside"]["busy_p99"] / found["beside"]["idle_p99"]
    what = "p99 of point reads beside one export and one writer, against an idle server"
    yield Verdict(what, f"≤ {BUSY:g} ×", f"{busy:.2f} ×", busy <= BUSY, WHY["beside"])


def _export(one: dict[str, Any]) -> Iterator[Verdict]:
    extension = one["format"]
    if extension in SPEED:
        least, speed = SPEED[extension], one["speed"]
        what = f"export of {one['rows']:,} claims as {extension}"
        yield Verdict(what, f"≥ {least:g} MB/s", f"{speed:.0f} MB/s", speed >= least, WHY[extension])
    memory, part = one["memory"], one["part_memory"]
    if memory is None or part is None:
        return
    what = f"private memory above idle during {extension}"
    yield Verdict(what, f"≤ {MEMORY / 1e6:g} MB", f"{memory / 1e6:.0f} MB", memory <= MEMORY, WHY["memory"])
    if one["part_rows"] < PART_ROWS:
        return
    grown = memory - part
    what = f"memory during {extension}, of {one['rows']:,} rows against {one['part_rows']:,}"
    wanted = f"≤ {GROWTH / 1e6:g} MB more"
    yield Verdict(what, wanted, f"{grown / 1e6:.0f} MB more", grown <= GROWTH, WHY["growth"])


def _copy(copy: dict[str, Any]) -> Iterator[Verdict]:
    each = copy["first"]["seconds"] * 1e6 / copy["claims"]
    what = "a first pull, for each million claims"
    yield Verdict(what, f"≤ {PULL:g} s", f"{each:.0f} s", each <= PULL, WHY["pull"])
    night = copy["night"]
    what = f"a pull of {copy['night_revisions']:,} new revisions"
    yield Verdict(what, f"≤ {NIGHT:g} s", f"{night:.2f} s", night <= NIGHT, WHY["night"])
