"""Figures for comparisons: somebody says a number of a place on a day; everything else is lawful and the same."""

from typing import Any

from tests.support.api import Api
from tests.support.world import World

Json = dict[str, Any]
DAY = "2016-12-12"


def voice(world: World, name: str) -> str:
    """Record an organisation that speaks for itself, and return its id."""
    return world.create("actor", world.actor(name=name, short_name=name))


def says(world: World, who: str | None, value: int | str, day: str | None = DAY, **changes: Any) -> str:
    """Record a claim of an actor, or of an unnamed source, with one figure; return the figure's id."""
    report = changes.pop("report", world.report)
    hop = world.originator(actor=who, label="Somebody", source_ref=None if who else "s1")
    identification = "named" if who else "unnamed"
    claim = world.create(
        "claim",
        world.claim(report=report, attribution=world.attribution([hop], identification=identification)),
    )
    period = {"edtf": day, "basis": "stated"} if day else None
    return add(world, claim, value, reference_period=period, **changes)


def add(world: World, claim: str, value: int | str, **changes: Any) -> str:
    """Record one more figure of a claim; return its id."""
    stated = {"text": f"{value} people", "reported": str(value), "value": str(value), **changes}
    return world.create("figure", world.figure(claim, **stated))


def compared(api: Api, query: str) -> list[Json]:
    """Return the comparisons that a query answers, those of later pages too."""
    return api.walk(f"/v1/compare?{query}")


def one(api: Api, query: str) -> Json:
    """Return the only comparison that a query answers."""
    (found,) = compared(api, query)
    return found


def rows(comparison: Json) -> dict[str, list[str]]:
    """Return {voice: ids of figures} of a comparison's rows, in their order."""
    return {row["voice"]["key"]: [figure["id"] for figure in row["figures"]] for row in comparison["rows"]}


def near(comparison: Json) -> dict[str, list[str]]:
    """Return {id of a figure: what differs} of what is shown beside."""
    return {beside["figure"]["id"]: beside["differs"] for beside in comparison["near"]}


def ends(comparison: Json) -> tuple[float, float] | None:
    """Return the lowest and the highest number of the spread, or null."""
    spread = comparison["spread"]
    return spread and (spread["lowest"][0]["number"], spread["highest"][0]["number"])
