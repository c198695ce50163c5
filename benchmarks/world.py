"""A world of synthetic claims, made through the real verbs: `python -m benchmarks.world sqlite:///FILE --claims N`.

Reproducible: the same number of claims gives the same ids, texts and figures. A third of the claims have a figure.
"""

import argparse
import random
import time
from typing import Any

from app.catalogue import NOUNS
from app.claims.appearances import digest
from app.kit import ids
from app.ledger.words import WriterRole
from app.record.desk import Desk
from app.record.writing import Writing
from app.seeding.entries import DRAFTS, Folder
from app.store import migrate
from app.store.engine import writer
from benchmarks.paths import SEED

BATCH = 1000
ACTORS, PLACES, REPORTS = 400, 200, 200
THEMES = ("health", "education", "protection_and_human_rights", "food_and_nutrition", "safety_and_security")
WORDS = [
    "siege",
    "convoy",
    "clinic",
    "bread",
    "water",
    "road",
    "shelter",
    "school",
    "family",
    "winter",
    "market",
    "bridge",
    "fuel",
    "flour",
    "night",
]
TEXT = "x" * 5000


def main() -> None:
    """Make the world and say how fast the write path was."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("--claims", type=int, default=100_000)
    arguments = parser.parse_args()
    migrate.upgrade(arguments.url)
    desk = Desk(writer(arguments.url), NOUNS)
    _furnish(desk)
    started = time.perf_counter()
    for first in range(0, arguments.claims, BATCH):
        count = min(BATCH, arguments.claims - first)
        drafts = [_claim(number) for number in range(first, first + count)]
        desk.write(WriterRole.SEED, lambda writing, drafts=drafts: _write(writing, drafts))  # type: ignore[misc]
    seconds = time.perf_counter() - started
    print(f"{arguments.claims} claims in {seconds:.1f} s: {arguments.claims / seconds:.0f} claims/s through the verbs")


def _write(writing: Writing, drafts: list[list[tuple[str, str, dict[str, Any]]]]) -> None:
    writing.create_all(
        (record_type, ids.seeded_id(record_type, key), DRAFTS[record_type].parse(value))
        for records in drafts
        for record_type, key, value in records
    )


def _id(record_type: str, number: int) -> str:
    return ids.seeded_id(record_type, f"bench{number}")


def _furnish(desk: Desk) -> None:
    """Record vocabularies, places, actors, a crisis and reports."""

    def verbs(writing: Writing) -> None:
        for one in Folder(SEED).read():
            if one.type == "vocabulary":
                writing.create(one.type, one.id, one.draft)
        records: list[tuple[str, str, dict[str, Any]]] = [
            ("place", "bench0", {"slug": "p0", "name": "Land", "kind": "country", "parent": None, "informal": False}),
            *(
                (
                    "place",
                    f"bench{n}",
                    {
                        "slug": f"p{n}",
                        "name": f"Place {n}",
                        "kind": "area",
                        "parent": _id("place", 0),
                        "informal": True,
                    },
                )
                for n in range(1, PLACES)
            ),
            ("actor", "bench0", {"slug": "paper", "name": "A Paper", "kind": "media"}),
            *(("actor", f"bench{n}", {"name": f"Person {n}", "kind": "person"}) for n in range(1, ACTORS)),
        ]
        for record_type, key, value in records:
            place = {"country": "SYR"} if record_type == "place" else {}
            draft = DRAFTS[record_type].parse({"lang": "en", **place, **value})
            writing.create(record_type, ids.seeded_id(record_type, key), draft)
        _write(
            writing,
            [[("crisis", "bench0", _crisis())], *([("report", f"bench{n}", _report(n))] for n in range(REPORTS))],
        )

    desk.write(WriterRole.SEED, verbs)


def _crisis() -> dict[str, Any]:
    dates = {"edtf": "2011/..", "basis": "stated"}
    base = {"slug": "crisis", "name": "Crisis", "lang": "en", "type": "conflict", "status": "ongoing"}
    return {**base, "dates": dates, "places": [_id("place", 0)]}


def _report(number: int) -> dict[str, Any]:
    edition = {"n": 1, "url": "https://example.org", "sha256": digest(TEXT), "length": len(TEXT), "paragraphs": 50}
    return {
        "slug": f"report-{number}",
        "crisis": _id("crisis", 0),
        "title": f"Report {number}",
        "lang": "en",
        "summary": "A synthetic report.",
        "report_format": "news_and_press_release",
        "publisher": _id("actor", 0),
        "reporters": [],
        "published": {"edtf": "2016-12-14", "basis": "stated"},
        "url": f"https://example.org/{number}",
        "editions": [edition],
        "themes": ["health"],
        "places": [_id("place", 0)],
        "licence": "Synthetic.",
        "sensitivity": "low",
    }


def _claim(number: int) -> list[tuple[str, str, dict[str, Any]]]:
    """Return a claim, and for every third one its figure."""
    chance = random.Random(number)
    start = chance.randrange(4000)
    plain = digest(TEXT[start : start + 80])
    segment = {"start": start, "end": start + 80, "sha256": plain, "normalised": {"sha256": plain, "length": 80}}
    located = {"edition": 1, "part": "body", "paragraph": 1 + start // 100, "segments": [segment]}
    day = {"edtf": f"2016-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}", "basis": "stated"}
    place = _id("place", chance.randrange(1, PLACES))
    claim = {
        "report": _id("report", number % REPORTS),
        "kind": "factual_report",
        "lang": "en",
        "statement": " ".join(chance.choices(WORDS, k=14)).capitalize() + ".",
        "event": day,
        "themes": [chance.choice(THEMES)],
        "places": [place],
        "about": [{"label": "people", "role": "affected"}],
        "attribution": _attribution(chance.randrange(1, ACTORS), day),
        "appearances": [located],
        "sensitivity": "low",
    }
    records: list[tuple[str, str, dict[str, Any]]] = [("claim", f"bench{number}", claim)]
    if number % 3 == 0:
        figure = _figure(_id("claim", number), str(chance.randint(1, 900) * 100), place, day, located)
        records.append(("figure", f"bench{number}", figure))
    return records


def _attribution(speaker: int, day: dict[str, str]) -> dict[str, Any]:
    hop = {
        "role": "originator",
        "actor": _id("actor", speaker),
        "label": f"Person {speaker}",
        "verb": "said",
        "capacity": "witness",
        "medium": "interview",
    }
    carrier = {"role": "publisher", "actor": _id("actor", 0), "label": "A Paper", "medium": "news_report"}
    return {"form": "direct_quote", "identification": "named", "said_on": day, "chain": [hop, carrier]}


def _figure(claim: str, value: str, place: str, day: dict[str, str], located: dict[str, Any]) -> dict[str, Any]:
    return {
        "claim": claim,
        "text": f"{value} people",
        "measure": "people_besieged",
        "measure_basis": "stated",
        "reported": value,
        "quantifier": "unqualified",
        "value": value,
        "unit": "{person}",
        "population_group": "people",
        "place": place,
        "place_basis": "stated",
        "reference_period": day,
        "appearance": located,
        "sensitivity": "low",
    }


if __name__ == "__main__":
    main()
