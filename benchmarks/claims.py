"""Claims: all kinds, themes and places by how often they are spoken of, dates of every form, and their figures."""

import random
from typing import Any

from benchmarks import chance as chances
from benchmarks import days, people
from benchmarks.attributions import attribution
from benchmarks.chance import Record, bench_id, key, skewed
from benchmarks.land import Place, focus, popular
from benchmarks.names import sentence
from benchmarks.quantities import figures, is_focus
from benchmarks.reports import SENSITIVITY, THEMES, located, report

_KINDS = skewed("factual_report allegation analysis warning prediction appeal demand denial intention norm")
_HEDGES = skewed("possibility appearance hearsay worry")
_PARTS = skewed("headline standfirst caption other byline masthead")
_ABOUT = ("people", "civilians", "families", "fighters", "aid workers", "children")


def records(number: int, report_number: int, remark: str | None = None) -> list[Record]:
    """Return a claim and its figures; with a remark, the claim as it is corrected."""
    chance = chances.of("claim", number)
    carried = report(report_number)
    places = _places(chance, number)
    day = days.before(chance, carried.day, 200)
    said = attribution(chance, carried)
    about = [_about(chance) for _ in range(chance.randint(1, 2))]
    mentions = [places[0].name] if places and chance.random() < 0.5 else []
    mentions += [one["label"] for one in about if one["actor"] and chance.random() < 0.5]
    statement = sentence(chance, mentions)
    claim: dict[str, Any] = {
        "report": carried.id,
        "kind": _KINDS.one(chance),
        "lang": "en",
        "statement": f"{statement} {remark}" if remark else statement,
        "hedge": {"type": _HEDGES.one(chance)} if chance.random() < 0.15 else None,
        "event": days.event(chance, day),
        "themes": THEMES.some(chance, chance.randint(1, 3)),
        "places": [bench_id("place", place.number) for place in places],
        "about": about,
        "attribution": said,
        "appearances": _appearances(chance),
        "gradings": _gradings(chance) if chance.random() < 0.2 else [],
        "sensitivity": SENSITIVITY.one(chance),
    }
    place = places[0] if places else popular().one(chance)
    return [("claim", key(number), claim), *figures(chance, number, place, day)]


def _places(chance: random.Random, number: int) -> list[Place]:
    if is_focus(number):
        return [focus()]
    return [] if chance.random() < 0.03 else popular().some(chance, chance.choice((1, 1, 1, 2)))


def _about(chance: random.Random) -> dict[str, Any]:
    role = chance.choice(("affected", "affected", "agent", "other"))
    if chance.random() < 0.5:
        return {"actor": None, "label": chance.choice(_ABOUT), "role": role}
    kind = chance.choice(("organization", "government", "armed_group", "community"))
    one = people.actor(people.speaking(kind).one(chance))
    return {"actor": one.id, "label": one.name, "role": role}


def _appearances(chance: random.Random) -> list[dict[str, Any]]:
    body = located(chance)
    return [body, located(chance, _PARTS.one(chance))] if chance.random() < 0.1 else [body]


def _gradings(chance: random.Random) -> list[dict[str, Any]]:
    grading = {"source_reliability": chance.choice("ABCDEF"), "information_credibility": chance.choice("123456")}
    return [{**grading, "graded_by": "analyst", "graded_at": f"2024-03-{chance.randint(1, 28):02d}T08:00:00.000000Z"}]
