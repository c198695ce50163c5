"""What was measured, kept as JSON and written as Markdown: a section for each number of claims.

A run replaces what it measured itself, and leaves the rest.
"""

import json
import os
import platform
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks import partner_tables, partner_targets
from benchmarks.measuring import CONNECTIONS
from benchmarks.targets import verdicts
from benchmarks.worlds import DATABASES

FOLDER = Path(__file__).parent
LIBRARIES = ("fastapi", "starlette", "uvicorn", "uvloop", "sqlmodel", "sqlalchemy", "psycopg")
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
HEADS = {
    "floor": "the floor: FastAPI, the same bytes from memory",
    "asking": "the floor, asking the database `SELECT 1` first",
    "ours": "ours",
    "logged": "ours, with a line in the log for each request",
    "304": "ours, 304",
    "idiomatic": "the idiomatic path: SQLModel, relationships, `response_model`",
}
PREFACE = """# Results
Written by `python -m benchmarks` from what it measured; [results.json](results.json) has the same numbers. How to run
it, and how to read it, stands in [README.md](README.md).

Times differ between machines, and from hour to hour on one that others use. **Ratios** of one run are what to compare:
to the *floor*, which is a FastAPI route that hands out the same bytes from memory, and to the *idiomatic path*, which
is FastAPI with SQLModel as its documentation teaches, on the same tables.
"""


def keep(claims: int, database: str, measured: dict[str, Any], folder: Path = FOLDER) -> None:
    """Put what was measured of a world in the place of what was known of it, and write both files."""
    path = folder / "results.json"
    known = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    known.setdefault(str(claims), {})[database] = {**about(), **_rounded(measured)}
    ordered = {size: known[size] for size in sorted(known, key=int)}
    path.write_text(json.dumps(ordered, indent=1) + "\n", encoding="utf-8")
    (folder / "RESULTS.md").write_text(markdown(ordered), encoding="utf-8")


def about() -> dict[str, Any]:
    """Return when, and on what kind of machine and with which versions, something is measured."""
    return {
        "day": datetime.now(UTC).date().isoformat(),
        "machine": f"{os.cpu_count()} cores, {_memory()}{platform.system()} {platform.machine()}",
        "versions": {"Python": platform.python_version(), **{name: version(name) for name in LIBRARIES}},
    }


def _memory() -> str:
    try:
        return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB, "
    except (ValueError, OSError):
        return ""


def _rounded(value: Any) -> Any:
    """Return numbers with four digits, which is more than a run can repeat."""
    if isinstance(value, float):
        return float(f"{value:.4g}")
    if isinstance(value, dict):
        return {key: _rounded(one) for key, one in value.items()}
    return [_rounded(one) for one in value] if isinstance(value, list) else value


# --- as Markdown ------------------------------------------------------------------------------------------------------


def markdown(known: dict[str, dict[str, Any]]) -> str:
    """Return the page."""
    lines = [PREFACE]
    for claims, found in known.items():
        lines.append(f"## {int(claims):,} claims\n")
        for database in (one for one in DATABASES if one in found):
            lines += _section(NAMES[database], database, found[database])
    return "\n".join(lines).rstrip("\n") + "\n"


def _section(name: str, database: str, found: dict[str, Any]) -> Iterator[str]:
    versions = ", ".join(f"{one} {number}" for one, number in found["versions"].items())
    world = found["world"]
    yield f"### {name}\n"
    yield f"{found['day']}; {found['machine']}; {world['version']}, {versions}.\n"
    yield "\n".join(_facts(found)) + "\n"
    yield "#### Targets\n"
    yield from _targets(database, found)
    yield "#### Under load\n"
    yield from _load(found["load"])
    yield "#### One question at a time\n"
    yield from _questions(found["questions"])
    if "partners" in found:
        yield from partner_tables.sections(found["partners"])


def _facts(found: dict[str, Any]) -> Iterator[str]:
    world, beside = found["world"], found["beside"]
    yield f"- The world takes {world['bytes'] / 1e9:.2f} GB" + (f"; {world['made']}." if world["made"] else ".")
    busy = f"; the machine's load average when it began was {found['load_average']:.1f}"
    yield f"- Start to ready: {found['start']:.2f} s{busy}."
    if found["private_bytes"]:
        yield f"- Private memory of the server after all questions: {found['private_bytes'] / 1e6:.0f} MB."
    yield (
        f"- Point reads on an idle server: {beside['idle_rate']:,.0f}/s, p99 {beside['idle_p99']:.1f} ms; beside one "
        f"writer ({beside['commits']:.0f} commits/s) and ranked searches ({beside['searches']:.0f}/s): "
        f"{beside['busy_rate']:,.0f}/s, p99 {beside['busy_p99']:.1f} ms."
    )
    if "partners" in found:
        yield partner_tables.fact(found["partners"])


def _targets(database: str, found: dict[str, Any]) -> Iterator[str]:
    judged = list(verdicts(database, found))
    if "partners" in found:
        judged += partner_targets.verdicts(found["partners"])
    yield "| what | target | measured | |\n|---|---|---|---|"
    for one in judged:
        yield f"| {one.what} | {one.wanted} | {one.measured} | {'met' if one.met else '**missed**'} |"
    yield ""
    missed = [one for one in judged if not one.met]
    if missed:
        yield "Missed, and why:\n"
        for one in missed:
            yield f"- {one.what}: {one.measured}. {one.why}"
        yield ""


def _load(groups: dict[str, Any]) -> Iterator[str]:
    for group, one in groups.items():
        yield f"| {group}, {one['bytes']:,} bytes | req/s | of the floor | × idiomatic | p50 ms | p99 ms |"
        yield "|---|---|---|---|---|---|"
        for who, row in one["rows"].items():
            rate = f"{row['rate']:,.0f}" if row["rate"] >= 10 else f"{row['rate']:.2g}"
            times = f"{row['of_idiomatic']:.1f}" if row["of_idiomatic"] else "–"
            ratios = f"{row['of_floor']:.2g} | {times}"
            name = HEADS[who] + _beside(row, one["bytes"])
            yield f"| {name} | {rate} | {ratios} | {row['p50']:.2f} | {row['p99']:.2f} |"
        if "idiomatic" not in one["rows"]:
            yield f"| {HEADS['idiomatic']} | no answer within a minute | | | | |"
        yield ""


def _beside(row: dict[str, Any], size: int) -> str:
    """Return what is different about a row: fewer connections, or an answer of another size."""
    count, found = row["connections"], []
    if count != CONNECTIONS:
        found.append(f"{count} connection{'s' if count > 1 else ''} instead of {CONNECTIONS}")
    if abs(row["bytes"] - size) > size / 10:
        found.append(f"{row['bytes']:,} bytes")
    return f" ({', '.join(found)})" if found else ""


def _questions(asked: list[dict[str, Any]]) -> Iterator[str]:
    yield "| question | first ms | p50 ms | p99 ms | shown |\n|---|---|---|---|---|"
    for one in asked:
        shown = "–" if one["shown"] is None else one["shown"]
        yield (
            f"| {one['group']}: {one['name']} | {one['first']:.1f} | {one['p50']:.2f} | {one['p99']:.2f} | {shown} |"
        )
    yield ""
