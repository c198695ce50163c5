"""Twelve crises, and the reports over them: many publishers, ten years, not recorded in the order of publication."""

import random
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from app.claims.appearances import digest
from benchmarks import chance as chances
from benchmarks import days, people
from benchmarks.chance import Record, Skewed, bench_id, key, skewed
from benchmarks.land import IN_COUNTRY, places, popular
from benchmarks.names import sentence

CRISES = range(12)
LENGTH, PARAGRAPHS = 5000, 50
THEMES = skewed("""
    protection_and_human_rights safety_and_security health food_and_nutrition conflict_and_territorial_control
    humanitarian_access_and_evacuation shelter_and_non_food_items water_sanitation_hygiene education coordination
    politics_and_diplomacy international_law logistics_and_telecommunications agriculture gender contributions
    peacekeeping_and_peacebuilding recovery_and_reconstruction humanitarian_financing disaster_management
    camp_coordination_and_camp_management climate_change_and_environment mine_action hiv_aids""")
_FORMATS = skewed("""news_and_press_release situation_report analysis appeal assessment map infographic un_document
    manual_and_guideline evaluation_and_lessons_learned other""")
_TYPES = ("conflict", "complex_emergency", "natural_hazard", "epidemic", "technological", "other")
_STATES = ("ongoing", "past", "alert")
_CRISES = Skewed(chances.shuffled("crises", CRISES))
SENSITIVITY = Skewed(("low", "moderate", "high", "severe"), 3.0)


class Report(NamedTuple):
    """What its claims need of a report."""

    number: int
    id: str
    day: date
    publisher: people.Actor
    reporters: tuple[people.Actor, ...]


def crisis(number: int) -> Record:
    chance = chances.of("crisis", number)
    country, began = number % 3, days.anywhere(chance)
    lies_in = [bench_id("place", country * IN_COUNTRY)]
    if number % 4 == 0:
        lies_in.append(bench_id("place", (country + 1) % 3 * IN_COUNTRY))
    value: dict[str, Any] = {
        "slug": f"crisis-{number}",
        "name": f"{places()[country * IN_COUNTRY].name}: crisis {number}",
        "lang": "en",
        "type": _TYPES[number % len(_TYPES)],
        "status": _STATES[number % len(_STATES)],
        "dates": {"edtf": f"{began.year}/..", "basis": "stated"},
        "places": lies_in,
        "external_ids": [{"scheme": "glide", "value": f"CE-{began.year}-{number + 1:06d}-SYR"}],
    }
    return ("crisis", key(number), value)


@lru_cache(maxsize=64)
def report(number: int) -> Report:
    chance = chances.of("report", number)
    kind = "media" if chance.random() < 0.85 else "organization"
    publisher = people.actor(people.speaking(kind).one(chance))
    reporters = people.speaking("person").some(chance, chance.randrange(4))
    by = tuple(people.actor(one) for one in reporters)
    return Report(number, bench_id("report", number), days.anywhere(chance), publisher, by)


def record(number: int, title: str | None = None) -> Record:
    one, chance = report(number), chances.of("report's record", number)
    url = f"https://example.org/reports/{number}"
    # Drawn whether it is used or not, so that nothing else of a report changes with its title.
    first_title = " ".join(sentence(chance, []).split()[:9])
    value: dict[str, Any] = {
        "slug": f"report-{number}",
        "crisis": bench_id("crisis", _CRISES.one(chance)),
        "title": title or first_title,
        "lang": "en",
        "summary": sentence(chance, []),
        "report_format": _FORMATS.one(chance),
        "publisher": one.publisher.id,
        "reporters": [{"actor": by.id, "label": by.name, "capacity": by.capacity} for by in one.reporters],
        "published": days.single(chance, one.day),
        "url": url,
        "editions": [_edition(n, url) for n in range(1, 3 if chance.random() < 0.1 else 2)],
        "themes": THEMES.some(chance, chance.randint(1, 3)),
        "places": [bench_id("place", place.number) for place in popular().some(chance, chance.randrange(3))],
        "licence": "Synthetic.",
        "sensitivity": SENSITIVITY.one(chance),
    }
    return ("report", key(number), value)


def _edition(n: int, url: str) -> dict[str, Any]:
    return {"n": n, "url": url, "sha256": _text_digest(LENGTH), "length": LENGTH, "paragraphs": PARAGRAPHS}


@lru_cache(maxsize=512)
def _text_digest(length: int) -> str:
    """Return the digest of a text so long; every text is of one letter, since nobody reads it."""
    return digest("x" * length)


def located(chance: random.Random, part: str = "body") -> dict[str, Any]:
    """Return where something stands in the first edition; a tenth of it is in two pieces."""
    start = chance.randrange(LENGTH - 600)
    lengths = [chance.randint(20, 200) for _ in range(2 if chance.random() < 0.1 else 1)]
    segments = []
    for length in lengths:
        plain = _text_digest(length)
        normalised = {"sha256": plain, "length": length}
        segments.append({"start": start, "end": start + length, "sha256": plain, "normalised": normalised})
        start += length + 40
    return {"edition": 1, "part": part, "paragraph": chance.randint(1, PARAGRAPHS), "segments": segments}
