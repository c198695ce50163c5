"""What was measured for partners, as Markdown."""

from collections.abc import Iterator
from typing import Any


def sections(found: dict[str, Any]) -> Iterator[str]:
    """Yield the tables."""
    yield "#### Exports over HTTP\n"
    yield from _exports(found["exports"])
    yield "#### The change feed, one follower\n"
    yield from _feed(found["feed"])
    yield "#### A partner's copy in SQLite\n"
    yield from _copy(found["copy"])
    yield "#### As of a time\n"
    yield from _past(found["past"])


def fact(found: dict[str, Any]) -> str:
    """Return what point reads are beside an export."""
    beside = found["beside"]
    return (
        f"- Before copies were made, point reads on an idle server: {beside['idle_rate']:,.0f}/s, p99 "
        f"{beside['idle_p99']:.1f} ms; beside one writer ({beside['commits']:.0f} commits/s) and one export (NDJSON, "
        f"{beside['speed']:.0f} MB/s): {beside['busy_rate']:,.0f}/s, p99 {beside['busy_p99']:.1f} ms."
    )


def _exports(exports: list[dict[str, Any]]) -> Iterator[str]:
    yield (
        "Memory is what the server has itself, at the highest, above what it had when it was idle; the floor streams "
        "as many bytes from memory.\n"
    )
    yield "| claims as | rows | MB | MB/s | rows/s | of the floor | memory, MB | of a tenth of the rows, MB |"
    yield "|---|---|---|---|---|---|---|---|"
    for one in exports:
        yield (
            f"| {one['format']} | {one['rows']:,} | {one['bytes'] / 1e6:,.0f} | {one['speed']:.3g} | "
            f"{one['rows_a_second']:,.0f} | {one['of_floor']:.2g} | {_megabytes(one['memory'])} | "
            f"{_megabytes(one['part_memory'])} |"
        )
    yield ""


def _feed(feed: list[dict[str, Any]]) -> Iterator[str]:
    yield "| pages of 1,000 | rows/s | MB/s | bytes a row | of the floor, in bytes |\n|---|---|---|---|---|"
    for one in feed:
        yield (
            f"| {one['kind']} | {one['rows_a_second']:,.0f} | {one['speed']:.3g} | {one['bytes_a_row']:,.0f} | "
            f"{one['of_floor']:.2g} |"
        )
    yield ""


def _copy(copy: dict[str, Any]) -> Iterator[str]:
    first = copy["first"]
    yield "Whole runs of `onrecord pull`, from the start of the program to its end.\n"
    yield "| what | seconds | revisions/s | private memory, MB |\n|---|---|---|---|"
    yield (
        f"| the first pull: {copy['revisions']:,} revisions | {first['seconds']:.1f} | "
        f"{copy['revisions'] / first['seconds']:,.0f} | {_megabytes(first['memory'])} |"
    )
    yield f"| nothing has changed | {copy['unchanged']:.2f} | – | – |"
    yield (
        f"| {copy['night_revisions']:,} claims were corrected | {copy['night']:.2f} | "
        f"{copy['night_revisions'] / copy['night']:,.0f} | {_megabytes(copy['night_memory'])} |"
    )
    size = first["bytes"]
    yield f"\nThe copy takes {size / 1e9:.2f} GB, {size / copy['claims']:,.0f} bytes for each claim.\n"


def _past(past: list[dict[str, Any]]) -> Iterator[str]:
    yield "| question | records changed since | p50 ms | p99 ms | the same now: p50 ms | p99 ms |"
    yield "|---|---|---|---|---|---|"
    for name in dict.fromkeys(one["name"] for one in past):
        for one in (one for one in past if one["name"] == name):
            then, now = one["then"], one["now"]
            yield (
                f"| {name} | {one['changed']:,} | {then['p50']:.2f} | {then['p99']:.2f} | {now['p50']:.2f} | "
                f"{now['p99']:.2f} |"
            )
    yield ""


def _megabytes(size: int | None) -> str:
    return "–" if size is None else f"{size / 1e6:.0f}"
