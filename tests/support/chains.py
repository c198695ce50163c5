"""Finds every claim and figure in an answer and what is wrong with its source; written apart from the application."""

import re
from collections.abc import Iterator
from typing import Any

LETTERS = {"originator": "o", "relay": "r", "publisher": "p", "reporter": "b"}
LAWFUL = re.compile(r"o+r*pb*")


def carriers(value: Any, covered: bool = False, where: str = "") -> Iterator[tuple[str, dict[str, Any], bool]]:
    """Yield (where, object, whether an object round it has an attribution) of every claim and figure in an answer."""
    if isinstance(value, list):
        for index, one in enumerate(value):
            yield from carriers(one, covered, f"{where}/{index}")
    elif isinstance(value, dict):
        identity = value.get("id")
        if value.get("type") in ("claim", "figure") or (isinstance(identity, str) and identity[:4] in ("clm_", "fig_")):
            # A hit of a search names the record that stands in it, with its own source.
            record = value.get("record")
            yield where, value, covered or (isinstance(record, dict) and "attribution" in record)
        inside = covered or "attribution" in value
        for name, one in value.items():
            yield from carriers(one, inside, f"{where}/{name}")


def faults(value: Any) -> list[str]:
    """Return what is wrong with the sources of an answer; none when each claim and figure has its whole chain."""
    found = []
    for where, one, covered in carriers(value):
        if "attribution" in one:
            found += [f"{where}: {fault}" for fault in attribution_faults(one["attribution"])]
        elif not covered:
            found.append(f"{where}: no attribution")
    return found


def attribution_faults(said: Any) -> list[str]:
    """Return what is wrong with one attribution."""
    if not isinstance(said, dict) or not said.get("chain"):
        return ["no chain"]
    found = [f"empty {name}" for name in ("form", "identification", "text", "short", "voice") if not said.get(name)]
    chain = said["chain"]
    if not LAWFUL.fullmatch("".join(LETTERS.get(hop["role"], "?") for hop in chain)):
        found.append(f"unlawful chain {[hop['role'] for hop in chain]}")
    joint = sum(hop["role"] == "originator" for hop in chain)
    if [hop["position"] for hop in chain] != [1] * joint + list(range(2, len(chain) - joint + 2)):
        found.append(f"positions {[hop['position'] for hop in chain]}")
    for hop in chain:
        names = [hop["actor"], hop["source_ref"]]
        if hop["known"] and not hop["withheld"] and (names.count(None) != 1 or not hop["label"]):
            found.append(f"hop {hop['position']}: known, but neither actor nor source_ref alone, or without a label")
        if not hop["known"] and (any(names) or hop["label"]):
            found.append(f"hop {hop['position']}: unknown, but named")
    return found
